/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Text in three encodings, to the guest and back, judged by iconv(3) of the C library. What the guest sees of it, the calls of
 * its realloc, is compared with the rule of the reference model (store_string_into_range), computed here from the
 * characters. Seeds are printed.
 */
#include <errno.h>
#include <iconv.h>

#include "../../../host-rt/src/value/text.h"
#include "bench.h"

enum { LOG = 60000, OUT = 59000, MAX = 600 };

typedef struct text { uint32_t chars[MAX]; size_t count; uint8_t utf8[4 * MAX], utf16[4 * MAX]; size_t utf8_size, utf16_size; } text;

static uint64_t next(uint64_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return *seed;
}

/* Bytes, or SIZE_MAX if iconv refuses. */
static size_t convert(const char *to, const char *from, const void *in, size_t size, void *out, size_t room) {
  iconv_t cd = iconv_open(to, from);
  if (cd == (iconv_t)-1) abort();
  char *source = (char *)(uintptr_t)in, *target = out;
  size_t left = room, result = iconv(cd, &source, &size, &target, &left);
  iconv_close(cd);
  return result == (size_t)-1 ? SIZE_MAX : room - left;
}

/* kind: how high the characters go. */
static void text_make(text *t, uint64_t *seed, int kind) {
  static const uint32_t limits[] = {0x80, 0x100, 0x800, 0x10000, 0x110000};
  uint64_t most = next(seed) % 8 ? 40 : MAX;
  t->count = next(seed) % most;
  for (size_t n = 0; n < t->count; n++) {
    uint32_t limit = limits[next(seed) % (uint64_t)(kind + 1)];
    do t->chars[n] = (uint32_t)(next(seed) % limit);
    while (t->chars[n] >= 0xd800 && t->chars[n] < 0xe000);
  }
  t->utf8_size = convert("UTF-8", "UCS-4LE", t->chars, 4 * t->count, t->utf8, sizeof t->utf8);
  t->utf16_size = convert("UTF-16LE", "UCS-4LE", t->chars, 4 * t->count, t->utf16, sizeof t->utf16);
}

static bool is_latin1(const text *t) {
  for (size_t n = 0; n < t->count; n++)
    if (t->chars[n] >= 0x100) return false;
  return true;
}

/* ---- To the guest ---- */

typedef struct call { uint32_t old_size, align, size; } call;

static size_t calls_expected(const text *t, withost_encoding encoding, call *c) {
  uint32_t length = (uint32_t)t->utf8_size, bytes = (uint32_t)t->utf16_size;
  size_t n = 0;
  if (encoding == WITHOST_UTF8) c[n++] = (call){0, 1, length};
  if (encoding == WITHOST_UTF16) c[n++] = (call){0, 2, 2 * length};
  if (encoding == WITHOST_LATIN1_UTF16) {
    c[n++] = (call){0, 2, length};
    if (is_latin1(t)) {
      if (t->count < length) c[n++] = (call){length, 2, (uint32_t)t->count};
      return n;
    }
    c[n++] = (call){length, 2, 2 * length};
  }
  if (encoding != WITHOST_UTF8 && bytes < 2 * length) c[n++] = (call){2 * length, 2, bytes};
  return n;
}

static bool calls_are(const uint8_t *m, const call *c, size_t count) {
  if (withost_load_u32(m + LOG) != count) return false;
  for (size_t n = 0; n < count; n++) {
    const uint8_t *p = m + LOG + 4 + 16 * n;
    if (withost_load_u32(p + 4) != c[n].old_size || withost_load_u32(p + 8) != c[n].align ||
        withost_load_u32(p + 12) != c[n].size)
      return false;
  }
  return true;
}

static bool content_is(const uint8_t *p, uint32_t units, const text *t, withost_encoding encoding) {
  if (encoding == WITHOST_UTF8) return units == t->utf8_size && !memcmp(p, t->utf8, units);
  if (encoding == WITHOST_LATIN1_UTF16 && is_latin1(t)) {
    for (size_t n = 0; n < t->count; n++)
      if (p[n] != t->chars[n]) return false;
    return units == t->count;
  }
  uint32_t tag = encoding == WITHOST_LATIN1_UTF16 ? 1u << 31 : 0;
  return units == (t->utf16_size / 2 | tag) && !memcmp(p, t->utf16, t->utf16_size);
}

/* Lowers it into the guest, lifts it from there. */
static bool round_trip(bench *b, const text *t, withost_encoding encoding) {
  call calls[4];
  uint8_t *m = withost_memory(&b->bad->base);
  withost_store_u32(m + LOG, 0);
  b->host.give = t->utf8;
  b->host.give_length = t->utf8_size;
  ask(b->bad, OP_give_string, encoding, OUT);
  m = withost_memory(&b->bad->base);
  uint32_t at = withost_load_u32(m + OUT), units = withost_load_u32(m + OUT + 4);
  if (!calls_are(m, calls, calls_expected(t, encoding, calls)) || !content_is(m + at, units, t, encoding)) return false;
  values_call(b->bad, OP_string, encoding, at, units, NULL);
  size_t shown = t->utf8_size < sizeof b->host.text ? t->utf8_size : sizeof b->host.text;
  return b->host.length == t->utf8_size && !memcmp(b->host.text, t->utf8, shown);
}

static void round_trips(bench *b) {
  static const char *const names[] = {"UTF-8", "UTF-16", "Latin-1 or UTF-16"};
  static text t;
  uint64_t seed = 0x5eed;
  bench_begin(b);
  for (withost_encoding encoding = WITHOST_UTF8; encoding <= WITHOST_LATIN1_UTF16; encoding++) {
    unsigned wrong = 0;
    for (int n = 0; n < 4000; n++) {
      uint64_t before = seed;
      text_make(&t, &seed, n % 5);
      if (round_trip(b, &t, encoding)) continue;
      if (!wrong++) printf("# seed %llu, kind %d, %zu characters\n", (unsigned long long)before, n % 5, t.count);
    }
    check(b, !wrong, names[encoding]);
  }
  check(b, bench_end(b), "nothing is left");
}

/* ---- What is UTF-8, what is UTF-16 ---- */

static bool guest_gives(bench *b, withost_encoding encoding, const uint8_t *bytes, size_t size, uint32_t units) {
  values *i;
  values_host host = {0};
  if (values_instantiate(b->store, &host, &i)) abort();
  memcpy(withost_memory(&i->base) + 256, bytes, size);
  bool taken = values_call(i, OP_string, encoding, 256, units, NULL) == WITHOST_OK;
  withost_instance_close(&i->base);
  return taken;
}

static void validity(bench *b) {
  static text t;
  uint8_t out[16 * MAX];
  uint64_t seed = 0xbad;
  unsigned wrong = 0, bad = 0;
  bench_begin(b);
  for (int n = 0; n < 20000; n++) {
    text_make(&t, &seed, 4);
    if (t.count > 40 || !t.utf8_size) continue;
    for (uint64_t k = next(&seed) % 3 + 1; k--;) {
      size_t at = next(&seed) % t.utf8_size;
      t.utf8[at] = (uint8_t)next(&seed);
    }
    if (t.utf8_size > 1 && next(&seed) & 1) t.utf8_size--;
    bool valid = convert("UTF-16LE", "UTF-8", t.utf8, t.utf8_size, out, sizeof out) != SIZE_MAX;
    wrong += guest_gives(b, WITHOST_UTF8, t.utf8, t.utf8_size, (uint32_t)t.utf8_size) != valid;
    bad += !valid;
  }
  printf("# %u were invalid\n", bad);
  check(b, !wrong && bad > 1000, "mutated UTF-8 is refused when iconv refuses it, and only then");
  wrong = bad = 0;
  for (int n = 0; n < 20000; n++) {
    text_make(&t, &seed, 4);
    if (t.count > 40 || !t.utf16_size) continue;
    size_t at = next(&seed) % (t.utf16_size / 2) * 2 + 1;
    t.utf16[at] = (uint8_t)(0xd8 + next(&seed) % 8);
    bool valid = convert("UTF-8", "UTF-16LE", t.utf16, t.utf16_size, out, sizeof out) != SIZE_MAX;
    wrong += guest_gives(b, WITHOST_UTF16, t.utf16, t.utf16_size, (uint32_t)t.utf16_size / 2) != valid;
    bad += !valid;
  }
  printf("# %u were invalid\n", bad);
  check(b, !wrong && bad > 1000, "so is mutated UTF-16");
  check(b, bench_end(b), "nothing is left");
}

/* Text is checked by words of several sizes: one byte that is no ASCII, at each place of texts of each length. Alone it ends
 * what is valid; as half of a character it does not. */
static void every_place(bench *b) {
  size_t wrong = 0;
  for (size_t length = 0; length <= 80; length++)
    for (size_t at = 0; at <= length; at++) {
      uint8_t *bytes = malloc(length ? length : 1); /* exactly as much: AddressSanitizer sees who reads more */
      if (!bytes) abort();
      memset(bytes, 'a', length);
      if (at < length) bytes[at] = 0xa9;
      wrong += withost__utf8_valid_length(bytes, length) != at || withost__ascii_length(bytes, length) != at;
      if (at && at < length) {
        bytes[at - 1] = 0xc3;
        wrong += withost__utf8_valid_length(bytes, length) != length || withost__ascii_length(bytes, length) != at - 1;
      }
      free(bytes);
    }
  check(b, !wrong, "a byte that is no ASCII is found at each place of texts of 0 to 80 bytes");
}

/* ---- A view on its way back, while memory moves ---- */

static void views_come_back(bench *b) {
  bench_begin(b);
  memcpy(withost_memory(&b->bad->base) + 256, "a view", 6);
  b->host.give_is_view = true;
  bool good = true;
  for (withost_encoding encoding = WITHOST_UTF8; encoding <= WITHOST_LATIN1_UTF16; encoding++) {
    values_call(b->bad, OP_mode, 0, 0, 0, NULL);
    values_call(b->bad, OP_string, WITHOST_UTF8, 256, 6, NULL);
    values_call(b->bad, OP_mode, 5, 0, 0, NULL);
    ask(b->bad, OP_give_string, encoding, OUT);
    const uint8_t *m = withost_memory(&b->bad->base);
    uint32_t at = withost_load_u32(m + OUT), units = withost_load_u32(m + OUT + 4);
    good &= units == 6 && !memcmp(m + at, encoding == WITHOST_UTF16 ? "a\0 \0v\0" : "a view", 6);
  }
  check(b, good && bench_end(b), "a view of guest memory may be given back to a guest whose realloc grows it");
}

static void host_is_checked(bench *b) {
  bench_begin(b);
  b->host.give = (const uint8_t *)"\xff";
  b->host.give_length = 1;
  bool right = values_call(b->bad, OP_give_string, WITHOST_UTF16, OUT, 0, NULL) == WITHOST_ETRAP &&
               trap_is(b, "test:values/guest#export: the host gave invalid utf-8");
  check(b, right && bench_end(b), "the host's own text is checked");
}

int main(void) {
  bench b = {0};
  round_trips(&b);
  validity(&b);
  every_place(&b);
  views_come_back(&b);
  host_is_checked(&b);
  return bench_tap(&b);
}
