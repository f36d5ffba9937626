/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Strings of a guest in one of the three encodings; the host's are UTF-8 always and never see which one it is. The guest
 * tells the code points that it reads, which are compared with the host's own decoding.
 */
#include <stdlib.h>
#include <string.h>

#include "guest.h"

enum { TEXTS = 12, SHORT_TEXTS = 7, LONG_EVERY = 32 };

typedef struct host {
  guest_string_t texts[TEXTS]; /* the long ones last */
  guest_list_string_t wanted;  /* what the import is to see */
  bool seen;
} host;

static bool same(guest_string_t a, guest_string_t b) { return bytes_are_same(a.ptr, a.len, b.ptr, b.len); }

static bool same_list(guest_list_string_t a, guest_list_string_t b) {
  bool all = a.len == b.len;
  for (size_t n = 0; all && n < a.len; n++) all = same(a.ptr[n], b.ptr[n]);
  return all;
}

static guest_string_t on_see(void *user, withost_call *call, guest_string_t s) {
  host *h = user;
  (void)call;
  h->seen = same(s, h->wanted.ptr[0]);
  return s;
}

static guest_list_string_t on_see_list(void *user, withost_call *call, guest_list_string_t all) {
  host *h = user;
  (void)call;
  h->seen = same_list(all, h->wanted);
  return all;
}

/* ---- Texts ---- */

static guest_string_t repeat(const char *unit, size_t times, const char *end) {
  size_t size = strlen(unit), len = size * times + strlen(end);
  char *text = malloc(len + 1);
  if (!text) abort();
  for (size_t n = 0; n < times; n++) memcpy(text + n * size, unit, size);
  memcpy(text + size * times, end, strlen(end) + 1);
  return (guest_string_t){(uint8_t *)text, len};
}

static void texts_init(host *h) {
  const char *const plain[SHORT_TEXTS] = {
    "", "ascii", "gr\xc3\xbc\xc3\x9f\x65 \xc3\xbf", "\xce\xa9", "zo\xc3\xab \xf0\x9d\x84\x9e \xf0\x9f\xa6\x80", "nul # inside",
    "\xf4\x8f\xbf\xbf\xef\xbf\xbf\xee\x80\x80"};
  for (size_t n = 0; n < SHORT_TEXTS; n++) h->texts[n] = repeat(plain[n], 1, "");
  h->texts[5].ptr[4] = 0;
  h->texts[7] = repeat("\xc3\xa9", 5000, "");
  h->texts[8] = repeat("latin ", 2000, "\xce\xa9 at the end"); /* the last character decides its form in latin1+utf16 */
  h->texts[9] = repeat("\xc3\xbf", 3000, "\xf0\x9f\xa6\x80");
  h->texts[10] = repeat("\xf0\x9f\xa6\x80", 3000, "");
  h->texts[11] = repeat("x", 100001, "");
}

/* Of well-formed UTF-8. */
static bool points_are(guest_list_u32_t points, guest_string_t text) {
  size_t count = 0;
  for (size_t at = 0; at < text.len; count++) {
    uint32_t first = text.ptr[at++], more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    uint32_t point = more ? first & (0x3fu >> more) : first;
    while (more--) point = point << 6 | (text.ptr[at++] & 0x3fu);
    if (count >= points.len || points.ptr[count] != point) return false;
  }
  return count == points.len;
}

/* ---- The case ---- */

static void open(case_run *c) {
  static const guest_imports imports = {.test_strings_host_see = on_see, .test_strings_host_see_list = on_see_list};
  texts_init(c->state);
  guest_open(c, &imports);
}

static void close(case_run *c) {
  host *h = c->state;
  for (size_t n = 0; n < TEXTS; n++) free(h->texts[n].ptr);
}

static void one_text(case_run *c, guest_instance *guest, host *h, guest_string_t *text) {
  guest_list_u32_t points = {0};
  guest_string_t back = {0};
  guest_option_string_t maybe = {0};
  if (!case_called(c, guest_code_points(guest, NULL, *text, &points), "code-points")) return;
  case_check(c, points_are(points, *text), "C sees the code points of a text");
  guest_list_u32_free(&points);
  h->wanted = (guest_list_string_t){text, 1};
  h->seen = false;
  if (!case_called(c, guest_echo(guest, NULL, *text, &back), "echo")) return;
  case_check(c, h->seen, "an import gets it");
  case_check(c, same(back, *text), "it comes back");
  guest_string_free(&back);
  if (!case_called(c, guest_echo_option(guest, NULL, (guest_option_string_t){true, *text}, &maybe), "echo-option")) return;
  case_check(c, maybe.is_some && same(maybe.val, *text), "in an option");
  guest_option_string_free(&maybe);
}

static void lists(case_run *c, guest_instance *guest, host *h, size_t count) {
  guest_list_string_t back = {0};
  guest_option_string_t maybe = {true, {NULL, 0}};
  h->wanted = (guest_list_string_t){count ? h->texts : NULL, count};
  h->seen = false;
  if (!case_called(c, guest_echo_list(guest, NULL, h->wanted, &back), "echo-list")) return;
  case_check(c, h->seen, "an import gets a list of texts");
  case_check(c, same_list(back, h->wanted), "it comes back");
  guest_list_string_free(&back);
  case_called(c, guest_echo_option(guest, NULL, (guest_option_string_t){0}, &maybe), "echo-option");
  case_check(c, !maybe.is_some, "no text in an option");
}

static void made(case_run *c, int error, guest_string_t *text, const char *wanted, const char *what) {
  if (!case_called(c, error, what)) return;
  case_text(c, text->ptr, text->len, wanted, what);
  guest_string_free(text);
}

static void round_of_calls(case_run *c) {
  guest_instance *guest = guest_of(c);
  host *h = c->state;
  guest_string_t text = {0};
  bool with_long = c->rounds % LONG_EVERY == 0; /* they take long */
  for (size_t n = 0; n < (with_long ? TEXTS : SHORT_TEXTS); n++) one_text(c, guest, h, &h->texts[n]);
  lists(c, guest, h, with_long ? TEXTS : SHORT_TEXTS);
  lists(c, guest, h, 0);
  made(c, guest_make(guest, NULL, &text), &text, "zo\xc3\xab \xf0\x9d\x84\x9e", "a text that the guest makes");
  made(c, guest_make_latin(guest, NULL, &text), &text, "gr\xc3\xbc\xc3\x9f\x65", "a text of known length that the guest makes");
}

static int strings_main(const char *name) {
  return case_main(&(case_plan){.name = name, .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(host), .open = open,
                                .round = round_of_calls, .close = close});
}
