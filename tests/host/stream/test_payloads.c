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

/* ---- Between two ends of the host ---- */

static void test_host_to_host(fixture *f) {
  withost_stream *readable, *writable;
  log read = {0}, written = {0};
  stream_file got[70];
  stream_file *files = calloc(70, sizeof *files);
  uint8_t *text = malloc(70);
  memset(text, 'x', 70);
  for (uint32_t n = 0; n < 70; n++) files[n] = (stream_file){n, {text, n}};
  withost_stream_pair(f->store, &stream_types[FILES], &readable, &writable);
  withost_stream_read(readable, got, 70, done, &read);
  withost_stream_write(writable, files, 70, done, &written);
  turn(f->store);
  free(text);
  free(files);
  bool good = read.count == 70 && written.count == 70 && read.status == WITHOST_OK && written.status == WITHOST_OK;
  for (uint32_t n = 0; good && n < 70; n++) good = got[n].rep == n && got[n].name.len == n && (!n || got[n].name.ptr[n - 1] == 'x');
  check(&f->tap, good && destroyed_are(f, "0000"), "host to host: the writer keeps its memory, the reader has its own, handles pass");
  stream_types[FILES].release(got, read.count);
  withost_stream_drop(readable);
  withost_stream_drop(writable);
}

static void test_host_to_host_bad(fixture *f) {
  withost_stream *readable, *writable;
  log read = {0}, written = {0};
  stream_file got[3] = {{0}};
  const stream_file files[3] = {{1, {(const uint8_t *)"ok", 2}}, {2, {(const uint8_t *)"\xff", 1}}, {3, {(const uint8_t *)"ok", 2}}};
  withost_stream_pair(f->store, &stream_types[FILES], &readable, &writable);
  withost_stream_read(readable, got, 3, done, &read);
  withost_stream_write(writable, files, 3, done, &written);
  turn(f->store);
  check(&f->tap, read.status == WITHOST_EINVAL && read.count == 1 && written.status == WITHOST_EINVAL && written.count == 1 &&
                   strstr(withost_store_message(f->store), "invalid utf-8") && !f->destroyed[1] && !f->destroyed[2],
        "host to host: bad text is the host's mistake: an error for both, with what had passed");
  stream_types[FILES].release(got, read.count);
  withost_stream_drop(readable);
  withost_stream_drop(writable);
}

static void test_host_to_host_nested(fixture *f) {
  withost_stream *readable, *writable, *inner_r, *inner_w, *got = NULL;
  log read = {0}, written = {0};
  withost_stream_pair(f->store, &stream_types[NESTED], &readable, &writable);
  withost_stream_pair(f->store, &stream_types[U8], &inner_r, &inner_w);
  withost_stream_read(readable, &got, 1, done, &read);
  withost_stream_write(writable, &inner_r, 1, done, &written);
  turn(f->store);
  check(&f->tap, read.count == 1 && got == inner_r, "host to host: a stream in a stream");
  withost_stream_drop(got);
  withost_stream_drop(inner_w);
  withost_stream_drop(readable);
  withost_stream_drop(writable);
}

/* ---- Views: copies for the host's eyes, read-only; or filled in by it ---- */

typedef struct viewer { log log; size_t take, views, most, seen; uint32_t reps[256]; char text[256]; bool aborts; fixture *f; } viewer;

static void viewed(void *user, withost_stream *stream, int status, size_t count) { done(&((viewer *)user)->log, stream, status, count); }

static size_t look(void *user, withost_stream *stream, void *elements, size_t count) {
  viewer *v = user;
  const stream_file *files = elements;
  size_t n = count < v->take ? count : v->take;
  (void)stream;
  v->views++;
  if (count > v->most) v->most = count;
  for (size_t k = 0; k < n; k++) {
    v->reps[v->seen] = files[k].rep;
    v->text[v->seen++] = files[k].name.len ? (char)files[k].name.ptr[0] : '-';
  }
  if (v->aborts) withost_instance_abort(&v->f->a->base, "by the host");
  return n;
}

static void test_view(fixture *f) {
  uint32_t w;
  viewer v = {.take = 1};
  make_files(f);
  withost_stream *s = from_guest(f, FILES, &w);
  withost_stream_read_view(s, look, viewed, &v);
  check(&f->tap, op(f->a, OP_WRITE, FILES, w, AT, 4) == RESULT(COMPLETED, 1) && v.most == 4 && v.reps[0] == 1 && v.text[0] == 'n',
        "a view of files: copies of all, one is taken");
  check(&f->tap, op(f->a, OP_DROP_FILE, 0, 1, 0, 0) == TRAPPED, "whose handle has left the guest");
  turn(f->store);
  check(&f->tap, v.log.calls == 1 && v.log.status == WITHOST_EDROPPED && v.log.count == 1 && destroyed_are(f, "0111"),
        "the others have not: they end with it");
  withost_stream_drop(s);
}

static void test_view_pressure(fixture *f) {
  uint32_t w;
  viewer v = {.take = 0};
  make_files(f);
  withost_stream *s = from_guest(f, FILES, &w);
  op(f->a, OP_WRITE, FILES, w, AT, 4);
  withost_stream_read_view(s, look, viewed, &v);
  turn(f->store);
  turn(f->store);
  check(&f->tap, v.views == 1 && v.seen == 0, "a view of files that takes none: back-pressure");
  check(&f->tap, op(f->a, OP_CANCEL_WRITE, FILES, w, 0, 0) == RESULT(CANCELLED, 0) && op(f->a, OP_DROP_FILE, 0, 2, 0, 0) == 0 &&
                   destroyed_are(f, "0100"), "the handles are where they were");
  op(f->a, OP_WRITE, FILES, w, AT, 1);
  v.take = 9;
  withost_stream_resume(s);
  turn(f->store);
  check(&f->tap, v.views == 2 && v.seen == 1 && v.reps[0] == 1, "resumed, it goes on");
  withost_stream_drop(s);
}

static void test_view_many(fixture *f) {
  uint32_t w;
  viewer v = {.take = 100};
  withost_stream *s = from_guest(f, FILES, &w);
  memcpy(memory(f->a) + TEXT, "abc", 3);
  for (uint32_t n = 0; n < 150; n++) {
    uint32_t element[3] = {(uint32_t)op(f->a, OP_MAKE_FILE, 0, 7, 0, 0), TEXT + n % 3, 1};
    memcpy(memory(f->a) + AT + n * 12, element, 12);
  }
  withost_stream_read_view(s, look, viewed, &v);
  check(&f->tap, op(f->a, OP_WRITE, FILES, w, AT, 150) == RESULT(COMPLETED, 150) && v.views > 1 && v.seen == 150 && v.text[149] == 'c',
        "a view of many: one block after the other");
  withost_stream_cancel(s);
  turn(f->store);
  check(&f->tap, v.log.count == 150 && v.log.status == WITHOST_ECANCELLED, "with the sum in the end");
  withost_stream_drop(s);
}

static void test_view_hostile(fixture *f) {
  uint32_t w;
  viewer v = {.take = 9};
  make_files(f);
  spoil(f, 1);
  withost_stream *s = from_guest(f, FILES, &w);
  withost_stream_read_view(s, look, viewed, &v);
  check(&f->tap, op(f->a, OP_WRITE, FILES, w, AT, 4) == TRAPPED && !v.views, "a bad one among what a view is to see: it sees none");
  turn(f->store);
  check(&f->tap, v.log.calls == 1 && v.log.status == WITHOST_EDROPPED && destroyed_are(f, "1111"), "all end with the guest");
  withost_stream_drop(s);
}

static void test_view_aborts(fixture *f) {
  uint32_t w;
  viewer v = {.take = 2, .aborts = true, .f = f};
  make_files(f);
  withost_stream *s = from_guest(f, FILES, &w);
  withost_stream_read_view(s, look, viewed, &v);
  check(&f->tap, op(f->a, OP_WRITE, FILES, w, AT, 4) == TRAPPED && v.seen == 2, "a host that ends the guest inside the view");
  turn(f->store);
  check(&f->tap, v.log.calls == 1 && v.log.count == 2 && destroyed_are(f, "0011"), "has what it took, and no more");
  withost_stream_drop(s);
}

static size_t fill(void *user, withost_stream *stream, void *elements, size_t count) {
  viewer *v = user;
  stream_file *files = elements;
  size_t n = count < v->take ? count : v->take;
  (void)stream;
  v->views++;
  for (size_t k = 0; k < n; k++) files[k] = (stream_file){(uint32_t)++v->seen, {(const uint8_t *)"filled", 6}};
  return n;
}

static void test_view_to_fill(fixture *f) {
  withost_stream *readable, *writable;
  uint32_t r;
  viewer v = {.take = 3};
  withost_stream_pair(f->store, &stream_types[FILES], &readable, &writable);
  stream_lower(f->b, FILES, readable, &r);
  withost_stream_write_view(writable, fill, viewed, &v);
  check(&f->tap, op(f->b, OP_READ, FILES, r, INTO, 4) == RESULT(COMPLETED, 3) && v.views == 1, "a view to fill");
  uint32_t p = withost_load_u32(memory(f->b) + INTO + 4);
  check(&f->tap, !memcmp(memory(f->b) + p, "filled", 6) && op(f->b, OP_DROP_FILE, 0, withost_load_u32(memory(f->b) + INTO + 24), 0, 0) == 0 &&
                   destroyed_are(f, "0010"), "the guest owns what was filled in");
  reallocs = 0;
  f->b->base.realloc = failing_realloc;
  v.take = 9;
  v.seen = 0;
  memset(f->destroyed, 0, sizeof f->destroyed);
  uint64_t result = op(f->b, OP_READ, FILES, r, INTO, 4);
  turn(f->store);
  check(&f->tap, result == TRAPPED && v.log.calls == 1 && v.log.status == WITHOST_EDROPPED && v.log.count == 3 + 2 && f->destroyed[3] == 0 && f->destroyed[4] == 0,
        "a guest that traps on it: the host hears how many it has got");
  withost_stream_drop(writable);
}

static void test_view_of_host(fixture *f) {
  withost_stream *readable, *writable;
  viewer v = {.take = 2}, k = {.take = 2};
  log written = {0}, read = {0};
  const stream_file files[3] = {{1, {(const uint8_t *)"one", 3}}, {2, {(const uint8_t *)"two", 3}}, {3, {(const uint8_t *)"three", 5}}};
  withost_stream_pair(f->store, &stream_types[FILES], &readable, &writable);
  withost_stream_write(writable, files, 3, done, &written);
  withost_stream_read_view(readable, look, viewed, &v);
  turn(f->store);
  check(&f->tap, v.seen == 2 && v.text[1] == 't' && written.count == 2, "a view of what another end of the host writes: its own buffer");
  withost_stream_cancel(readable);
  turn(f->store);
  stream_file got[3] = {{0}};
  withost_stream_read(readable, got, 3, done, &read);
  withost_stream_write_view(writable, fill, viewed, &k);
  turn(f->store);
  check(&f->tap, read.count == 2 && got[1].rep == 2 && got[1].name.len == 6 && !memcmp(got[1].name.ptr, "filled", 6),
        "a view that fills for another end of the host: that owns copies");
  stream_types[FILES].release(got, read.count);
  withost_stream_drop(readable);
  withost_stream_drop(writable);
  turn(f->store);
}

/* A host that runs guests inside a view: the scratch that it is filling must stay. */
static size_t fill_and_call(void *user, withost_stream *stream, void *elements, size_t count) {
  viewer *v = user;
  uint64_t set;
  if (stream_op(v->f->a, OP_SET_NEW, 0, 0, 0, 0, &set)) return 0;
  return fill(user, stream, elements, count);
}

static void test_call_inside_view(fixture *f) {
  withost_stream *readable, *writable;
  log read = {0};
  viewer v = {.take = 4, .f = f};
  stream_file got[4] = {{0}};
  withost_stream_pair(f->store, &stream_types[FILES], &readable, &writable);
  withost_stream_read(readable, got, 4, done, &read);
  withost_stream_write_view(writable, fill_and_call, viewed, &v);
  turn(f->store);
  check(&f->tap, read.count == 4 && got[3].name.len == 6 && !memcmp(got[3].name.ptr, "filled", 6), "a guest is called inside a view between ends of the host");
  stream_types[FILES].release(got, read.count);
  withost_stream_drop(readable);
  withost_stream_drop(writable);
  turn(f->store);
}

int main(void) {
  static const struct { void (*run)(fixture *); const char *name; } tests[] = {
    {test_to_host, "files to the host"}, {test_to_host_traps, "a bad file to the host"}, {test_writer_traps, "a writer that traps"},
    {test_reader_traps, "a reader that traps"}, {test_reader_runs_and_traps, "a reader that runs and traps"},
    {test_from_host_traps, "files from the host"}, {test_nested_to_host_traps, "streams in streams"},
    {test_import_traps, "an import that traps"}, {test_host_to_host, "host to host"}, {test_host_to_host_bad, "host to host, bad text"},
    {test_host_to_host_nested, "host to host, streams"}, {test_view, "a view"}, {test_view_pressure, "a view that takes none"},
    {test_view_many, "a view of many"}, {test_view_hostile, "a view of a bad one"}, {test_view_aborts, "an abort in a view"},
    {test_view_to_fill, "a view to fill"}, {test_view_of_host, "views between ends of the host"},
    {test_call_inside_view, "a call inside a view"}};
  fixture f = {0};
  for (size_t n = 0; n < sizeof tests / sizeof *tests; n++) {
    setup(&f);
    tests[n].run(&f);
    teardown(&f, tests[n].name);
  }
  return tap_end(&f.tap);
}
