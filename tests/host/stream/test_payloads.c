/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Elements with handles and memory in them. Whatever ends in the middle of a batch: each handle has one owner, each destructor
 * runs once, each copy is freed once (the sanitizer's tests see that).
 */
#include "check.h"

typedef struct fixture {
  tap tap;
  withost_store *store;
  stream_instance *a, *b;
  uint8_t destroyed[16]; /* by rep */
} fixture;

static void setup(fixture *f) {
  f->store = store_new();
  f->a = instance_new(f->store);
  f->b = instance_new(f->store);
  memset(f->destroyed, 0, sizeof f->destroyed);
  f->a->destroyed = f->b->destroyed = f->destroyed;
}

/* How often files 1 to 4 were destroyed: "1100". */
static bool destroyed_are(const fixture *f, const char *expected) {
  for (int n = 0; n < 4; n++)
    if (f->destroyed[n + 1] != expected[n] - '0') return false;
  return true;
}

static void teardown(fixture *f, const char *name) {
  turn(f->store);
  int error = withost_store_close(f->store);
  if (error) printf("# %s\n", withost_store_message(f->store));
  check(&f->tap, !error, name);
}

enum { AT = 1000, TEXT = 100, INTO = 4000 };

/* Four elements of FILES at AT, reps 1 to 4, in guest a; handles 1 to 4 in a fresh one. */
static void make_files(fixture *f) {
  memcpy(memory(f->a) + TEXT, "name", 4);
  for (uint32_t n = 0; n < 4; n++) {
    uint32_t element[3] = {(uint32_t)op(f->a, OP_MAKE_FILE, 0, n + 1, 0, 0), TEXT, n + 1};
    memcpy(memory(f->a) + AT + n * 12, element, 12);
  }
}

static void spoil(fixture *f, uint32_t which) {
  withost_store_u32(memory(f->a) + AT + which * 12 + 4, 0xfffffff0);
}

typedef struct log { int calls, status; size_t count; } log;
static void done(void *user, withost_stream *stream, int status, size_t count) {
  log *l = user;
  (void)stream;
  *l = (log){l->calls + 1, status, count};
}

static withost_stream *from_guest(fixture *f, uint32_t type, uint32_t *w) {
  uint64_t ends = op(f->a, OP_NEW, type, 0, 0, 0);
  *w = (uint32_t)(ends >> 32);
  return lift(f->a, type, (uint32_t)ends);
}

/* A realloc that works twice. */
static int reallocs;
static uint32_t failing_realloc(void *core, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  (void)core, (void)old, (void)old_size, (void)align, (void)size;
  return reallocs++ < 2 ? 60000 : 0xfffffff0;
}

/* ---- To the host ---- */

static void test_to_host(fixture *f) {
  uint32_t w;
  stream_file got[4];
  log l = {0};
  make_files(f);
  withost_stream *s = from_guest(f, FILES, &w);
  op(f->a, OP_WRITE, FILES, w, AT, 4);
  withost_stream_read(s, got, 4, done, &l);
  turn(f->store);
  bool names = l.count == 4 && got[3].rep == 4 && got[3].name.len == 4 && !memcmp(got[3].name.ptr, "name", 4);
  check(&f->tap, l.calls == 1 && names && destroyed_are(f, "0000"), "files to the host: they are its own");
  stream_types[FILES].release(got, l.count);
  withost_stream_drop(s);
}

static void test_to_host_traps(fixture *f) {
  uint32_t w;
  stream_file got[4];
  log l = {0};
  make_files(f);
  spoil(f, 2);
  withost_stream *s = from_guest(f, FILES, &w);
  op(f->a, OP_WRITE, FILES, w, AT, 4);
  withost_stream_read(s, got, 4, done, &l);
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_EDROPPED && l.count == 0 && destroyed_are(f, "1111"),
        "a bad one among them: the host gets none, all end with the guest");
  withost_stream_drop(s);
}

/* ---- Between guests ---- */

static void open_between(fixture *f, uint32_t *w, uint32_t *r) {
  uint64_t ends = op(f->a, OP_NEW, FILES, 0, 0, 0);
  *w = (uint32_t)(ends >> 32);
  *r = pass(f->a, f->b, FILES, (uint32_t)ends);
}

static void test_writer_traps(fixture *f) {
  uint32_t w, r;
  make_files(f);
  spoil(f, 2);
  open_between(f, &w, &r);
  op(f->a, OP_WRITE, FILES, w, AT, 4);
  check(&f->tap, op(f->b, OP_READ, FILES, r, INTO, 4) == RESULT(DROPPED, 0) && destroyed_are(f, "1111"),
        "between guests, the writer traps: all end with it");
}

static void test_reader_traps(fixture *f) {
  uint32_t w, r;
  make_files(f);
  open_between(f, &w, &r);
  reallocs = 0;
  f->b->base.realloc = failing_realloc;
  op(f->b, OP_READ, FILES, r, INTO, 4);
  check(&f->tap, op(f->a, OP_WRITE, FILES, w, AT, 4) == RESULT(DROPPED, 2), "the reader traps: the writer hears how many it has got");
  check(&f->tap, destroyed_are(f, "1100"), "those end with it");
  check(&f->tap, op(f->a, OP_DROP_FILE, 0, 3, 0, 0) == 0 && destroyed_are(f, "1110"), "the others are still the writer's, with their handles");
}

static void test_reader_runs_and_traps(fixture *f) {
  uint32_t w, r;
  make_files(f);
  open_between(f, &w, &r);
  reallocs = 0;
  f->b->base.realloc = failing_realloc;
  op(f->a, OP_WRITE, FILES, w, AT, 4);
  check(&f->tap, op(f->b, OP_READ, FILES, r, INTO, 4) == TRAPPED && destroyed_are(f, "1100"), "also if it is the one that runs");
  check(&f->tap, op(f->a, OP_CANCEL_WRITE, FILES, w, 0, 0) == RESULT(DROPPED, 2) && op(f->a, OP_DROP_FILE, 0, 4, 0, 0) == 0 &&
                   destroyed_are(f, "1101"), "the writer's event says so");
}

/* ---- From the host ---- */

static void test_from_host_traps(fixture *f) {
  withost_stream *readable, *writable;
  uint32_t r;
  log l = {0};
  const stream_string name = {(const uint8_t *)"name", 4};
  const stream_file files[4] = {{1, name}, {2, name}, {3, name}, {4, name}};
  withost_stream_pair(f->store, &stream_types[FILES], &readable, &writable);
  stream_lower(f->b, FILES, readable, &r);
  reallocs = 0;
  f->b->base.realloc = failing_realloc;
  withost_stream_write(writable, files, 4, done, &l);
  check(&f->tap, op(f->b, OP_READ, FILES, r, INTO, 4) == TRAPPED, "the host writes to a guest that traps");
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_EDROPPED && l.count == 2 && destroyed_are(f, "1100"),
        "the host hears how many it has got; the others are still the host's");
  withost_stream_drop(writable);
}

/* ---- Streams in streams, and in functions ---- */

static void test_nested_to_host_traps(fixture *f) {
  uint32_t w, inner;
  withost_stream *got[2] = {NULL, NULL};
  log l = {0};
  withost_stream *s = from_guest(f, NESTED, &w);
  uint64_t ends = op(f->a, OP_NEW, U8, 0, 0, 0);
  inner = (uint32_t)ends;
  const uint32_t elements[2] = {inner, 99};
  memcpy(memory(f->a) + AT, elements, sizeof elements);
  op(f->a, OP_WRITE, NESTED, w, AT, 2);
  withost_stream_read(s, got, 2, done, &l);
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_EDROPPED && l.count == 0, "a stream of streams with an unknown one: the host gets none");
  withost_stream_drop(s);
}

static void test_import_traps(fixture *f) {
  uint64_t ends = op(f->b, OP_NEW, U8, 0, 0, 0);
  uint32_t r = pass(f->b, f->a, U8, (uint32_t)ends), w = (uint32_t)(ends >> 32);
  op(f->b, OP_WRITE, U8, w, 0, 4);
  check(&f->tap, op(f->a, OP_LIFT_AND_STRING, U8, r, 0xfffffff0, 64) == TRAPPED, "a stream, then a bad string: the stream was not given");
  check(&f->tap, op(f->b, OP_CANCEL_WRITE, U8, w, 0, 0) == RESULT(DROPPED, 0), "and ends with its guest");
}

int main(void) {
  static const struct { void (*run)(fixture *); const char *name; } tests[] = {
    {test_to_host, "files to the host"}, {test_to_host_traps, "a bad file to the host"}, {test_writer_traps, "a writer that traps"},
    {test_reader_traps, "a reader that traps"}, {test_reader_runs_and_traps, "a reader that runs and traps"},
    {test_from_host_traps, "files from the host"}, {test_nested_to_host_traps, "streams in streams"},
    {test_import_traps, "an import that traps"}};
  fixture f = {0};
  for (size_t n = 0; n < sizeof tests / sizeof *tests; n++) {
    setup(&f);
    tests[n].run(&f);
    teardown(&f, tests[n].name);
  }
  return tap_end(&f.tap);
}
