/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Laws S1 to S5 of withost.h: the host's ends of streams and futures.
 */
#include "check.h"

typedef struct fixture {
  tap tap;
  withost_store *store;
  stream_instance *guest;
  int ready_calls; /* of on_ready */
} fixture;

/* What callbacks of one end have said. */
typedef struct log {
  int calls, status;
  size_t count;
  withost_stream *stream;
  bool inside;      /* set while a function of the API runs */
  bool ran_inside;
  /* for views */
  size_t take;      /* at most so many */
  int views;
  uint8_t seen[256];
  size_t seen_count;
  const void *at;
  bool fill;
} log;

static void done(void *user, withost_stream *stream, int status, size_t count) {
  log *l = user;
  l->stream = stream;
  l->calls++;
  l->status = status;
  l->count = count;
  l->ran_inside |= l->inside;
}

static void future_done(void *user, withost_future *future, int status) { done(user, (withost_stream *)future, status, 0); }

static size_t ready(void *user, withost_stream *stream, void *elements, size_t count) {
  log *l = user;
  (void)stream;
  size_t n = count < l->take ? count : l->take;
  l->views++;
  l->ran_inside |= l->inside;
  l->at = elements;
  if (l->fill) memset(elements, 'f', n);
  else if (n && elements && l->seen_count + n <= sizeof l->seen) memcpy(l->seen + l->seen_count, elements, n);
  l->seen_count += n;
  return n;
}

static void on_ready(void *user, withost_store *store) {
  fixture *f = user;
  (void)store;
  f->ready_calls++;
}

static void setup(fixture *f) {
  const withost_config config = {.on_ready = on_ready, .user = f};
  if (withost_store_new(&config, &f->store)) abort();
  f->guest = instance_new(f->store);
}

static void teardown(fixture *f, const char *what) {
  turn(f->store);
  if (!withost_store_close(f->store)) return;
  printf("# %s\n", withost_store_message(f->store));
  check(&f->tap, false, what);
}

/* The guest writes, the host reads; or the other way round. */
static withost_stream *from_guest(fixture *f, uint32_t type, uint32_t *w) {
  uint64_t ends = op(f->guest, OP_NEW, type, 0, 0, 0);
  *w = (uint32_t)(ends >> 32);
  return lift(f->guest, type, (uint32_t)ends);
}

static withost_stream *to_guest(fixture *f, uint32_t type, uint32_t *r) {
  withost_stream *readable, *writable;
  if (withost_stream_pair(f->store, &stream_types[type], &readable, &writable)) abort();
  if (stream_lower(f->guest, type, readable, r)) abort();
  return writable;
}

/* ---- S1 ---- */

static void test_s1(fixture *f) {
  uint32_t w;
  uint8_t buffer[8] = {0};
  log l = {0};
  withost_stream *s = from_guest(f, U8, &w);
  memcpy(memory(f->guest) + 100, "abcdefghij", 10);
  op(f->guest, OP_WRITE, U8, w, 100, 10);
  l.inside = true;
  check(&f->tap, !withost_stream_read(s, buffer, 4, done, &l), "S1: a read of what is there starts");
  l.inside = false;
  check(&f->tap, l.calls == 0 && f->ready_calls == 1 && withost_store_is_ready(f->store), "S1: the store says that it has work");
  check(&f->tap, withost_stream_read(s, buffer, 4, done, &l) == WITHOST_EBUSY, "S1: one operation at a time");
  turn(f->store);
  check(&f->tap, l.calls == 1 && !l.ran_inside && l.status == WITHOST_OK && l.count == 4 && !memcmp(buffer, "abcd", 4),
        "S1: the callback runs in the turn, once, with the count");
  turn(f->store);
  check(&f->tap, l.calls == 1, "S1: and not again");
  withost_stream_read(s, buffer, 8, done, &l);
  turn(f->store);
  check(&f->tap, l.calls == 2 && l.count == 6 && !memcmp(buffer, "efghij", 6), "S1: what a parked guest still offers");
  withost_stream_read(s, buffer, 8, done, &l);
  op(f->guest, OP_POLL, 0, (uint32_t)op(f->guest, OP_SET_NEW, 0, 0, 0, 0), 0, 0);
  l.inside = true;
  withost_stream_cancel(s);
  l.inside = false;
  turn(f->store);
  check(&f->tap, l.calls == 3 && l.status == WITHOST_ECANCELLED && !l.ran_inside, "S1: ECANCELLED");
  check(&f->tap, withost_stream_cancel(s) == WITHOST_EINVAL, "S1: nothing to cancel");
  check(&f->tap, withost_stream_write(s, buffer, 1, done, &l) == WITHOST_EINVAL, "S1: the wrong direction");
  check(&f->tap, withost_store_close(f->store) == WITHOST_EBUSY, "law 10: a host end is unfinished work");
  withost_stream_drop(s);
}

static void test_s1_inside_guest(fixture *f) {
  uint32_t w, r;
  uint8_t buffer[8] = {0};
  log l = {0};
  withost_stream *s = from_guest(f, U8, &w);
  withost_stream_read(s, buffer, 8, done, &l);
  memcpy(memory(f->guest) + 100, "abcdefghij", 10);
  check(&f->tap, op(f->guest, OP_WRITE, U8, w, 100, 10) == RESULT(COMPLETED, 8) && l.calls == 1 && l.count == 8,
        "S1: a parked read ends inside the guest's write");
  withost_stream_drop(s);
  log k = {0};
  s = to_guest(f, U8, &r);
  withost_stream_write(s, "xyz", 3, done, &k);
  check(&f->tap, op(f->guest, OP_READ, U8, r, 200, 8) == RESULT(COMPLETED, 3) && !memcmp(memory(f->guest) + 200, "xyz", 3) &&
                   k.calls == 1 && k.count == 3, "S1: and a parked write inside the guest's read");
  withost_stream_drop(s);
}

/* A callback that starts the next operation, a hundred times. */
typedef struct repeater { int left; size_t total; uint8_t buffer[4]; } repeater;
static void again(void *user, withost_stream *stream, int status, size_t count) {
  repeater *r = user;
  r->total += count;
  if (status == WITHOST_OK && --r->left) withost_stream_read(stream, r->buffer, sizeof r->buffer, again, r);
  else withost_stream_drop(stream);
}
static void test_s1_restart(fixture *f) {
  uint32_t w;
  repeater r = {.left = 25};
  withost_stream *s = from_guest(f, U8, &w);
  op(f->guest, OP_WRITE, U8, w, 100, 90);
  withost_stream_read(s, r.buffer, 4, again, &r);
  turn(f->store); /* 22 of 4, one of 2; the next waits */
  check(&f->tap, r.left == 2 && r.total == 90, "S1: a parked write feeds one read after the other");
  op(f->guest, OP_CANCEL_WRITE, U8, w, 0, 0);
  for (int n = 0; n < 2; n++) op(f->guest, OP_WRITE, U8, w, 100, 5);
  turn(f->store);
  check(&f->tap, r.left == 0 && r.total == 98, "S1: a callback may start the next operation, and the last one drop the end");
}

/* ---- S2 ---- */

static void test_s2(fixture *f) {
  uint32_t r;
  uint8_t buffer[4] = {1, 2, 3, 4};
  log l = {0};
  withost_stream *s = to_guest(f, U8, &r);
  withost_stream_write(s, buffer, 4, done, &l);
  buffer[0] = 9;
  op(f->guest, OP_READ, U8, r, 200, 2);
  check(&f->tap, memory(f->guest)[200] == 9 && l.count == 2, "S2: a buffer is read in place, until the callback");
  buffer[2] = 8;
  op(f->guest, OP_READ, U8, r, 200, 2);
  check(&f->tap, l.calls == 1 && memory(f->guest)[200] == 9, "S2: and not after it");
  withost_stream_drop(s);
}

/* ---- S3 ---- */

static void test_s3(fixture *f) {
  uint32_t w, r;
  log l = {.take = 100};
  withost_stream *s = from_guest(f, U8, &w);
  memcpy(memory(f->guest) + 100, "abcdefghij", 10);
  withost_stream_read_view(s, ready, done, &l);
  check(&f->tap, op(f->guest, OP_WRITE, U8, w, 100, 5) == RESULT(COMPLETED, 5) && l.at == memory(f->guest) + 100,
        "S3: a view is the guest's own buffer");
  l.take = 2;
  check(&f->tap, op(f->guest, OP_WRITE, U8, w, 105, 5) == RESULT(COMPLETED, 2) && l.views == 2 && !memcmp(l.seen, "abcdefg", 7),
        "S3: it may take a part");
  l.take = 0;
  check(&f->tap, op(f->guest, OP_WRITE, U8, w, 107, 3) == BLOCKED && l.views == 3, "S3: 0 parks the guest");
  turn(f->store);
  check(&f->tap, l.views == 3, "S3: until the host resumes");
  l.take = 100;
  l.inside = true;
  withost_stream_resume(s);
  l.inside = false;
  turn(f->store);
  check(&f->tap, l.views == 4 && !l.ran_inside && l.seen_count == 10 && !memcmp(l.seen, "abcdefghij", 10), "S3: then it goes on");
  op(f->guest, OP_CANCEL_WRITE, U8, w, 0, 0);
  op(f->guest, OP_DROP_WRITABLE, U8, w, 0, 0);
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_EDROPPED && l.count == 10, "S3: the end of it carries the sum");
  withost_stream_drop(s);
  log k = {.take = 3, .fill = true};
  s = to_guest(f, U8, &r);
  op(f->guest, OP_READ, U8, r, 200, 5);
  withost_stream_write_view(s, ready, done, &k);
  turn(f->store);
  check(&f->tap, k.views == 1 && !memcmp(memory(f->guest) + 200, "fff", 4), "S3: a view to fill");
  check(&f->tap, op(f->guest, OP_CANCEL_READ, U8, r, 0, 0) == RESULT(CANCELLED, 3), "S3: the guest's count");
  check(&f->tap, op(f->guest, OP_READ, U8, r, 200, 2) == RESULT(COMPLETED, 2), "S3: the view is still there");
  withost_stream_cancel(s);
  turn(f->store);
  check(&f->tap, k.calls == 1 && k.status == WITHOST_ECANCELLED && k.count == 5, "S3: cancelled, with the sum");
  withost_stream_drop(s);
}

/* A view was cancelled, then the end went to a guest: whose reads are its own. */
static void test_s3_passed_on(fixture *f) {
  withost_stream *readable, *writable;
  uint32_t r;
  log l = {.take = 9}, k = {0};
  withost_stream_pair(f->store, &stream_types[U8], &readable, &writable);
  withost_stream_read_view(readable, ready, done, &l);
  withost_stream_cancel(readable);
  turn(f->store);
  stream_lower(f->guest, U8, readable, &r);
  withost_stream_write(writable, "abc", 3, done, &k);
  check(&f->tap, op(f->guest, OP_READ, U8, r, 200, 3) == RESULT(COMPLETED, 3) && !memcmp(memory(f->guest) + 200, "abc", 3) && !l.views,
        "S3: a view ends with its callback, also if the end is passed on");
  withost_stream_drop(writable);
}

/* The view's owner ends the guest, from inside. */
static size_t aborting(void *user, withost_stream *stream, void *elements, size_t count) {
  fixture *f = user;
  (void)stream;
  (void)elements;
  withost_instance_abort(&f->guest->base, "by the host");
  return count;
}
static void ignore(void *user, withost_stream *stream, int status, size_t count) {
  (void)user;
  (void)status;
  (void)count;
  withost_stream_drop(stream);
}
static size_t cancelling(void *user, withost_stream *stream, void *elements, size_t count) {
  withost_stream_cancel(stream);
  return ready(user, stream, elements, count);
}
static void test_s3_hostile(fixture *f) {
  uint32_t w;
  log l = {.take = 2};
  withost_stream *s = from_guest(f, U8, &w);
  withost_stream_read_view(s, cancelling, done, &l);
  check(&f->tap, op(f->guest, OP_WRITE, U8, w, 100, 5) == RESULT(COMPLETED, 2), "S3: cancel inside the view");
  check(&f->tap, l.calls == 0, "S3: its callback is not run inside");
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_ECANCELLED && l.count == 2, "S3: but later");
  withost_stream_read_view(s, aborting, ignore, f);
  check(&f->tap, op(f->guest, OP_WRITE, U8, w, 100, 5) == TRAPPED, "S3: the instance is aborted inside the view");
}

/* ---- S4 ---- */

static void test_s4(fixture *f) {
  uint32_t w, r;
  uint8_t buffer[4];
  log l = {0};
  withost_stream *s = from_guest(f, U8, &w);
  op(f->guest, OP_WRITE, U8, w, 100, 5);
  withost_stream_drop(s);
  check(&f->tap, op(f->guest, OP_CANCEL_WRITE, U8, w, 0, 0) == RESULT(DROPPED, 0), "S4: the guest's operation ends with DROPPED");
  s = from_guest(f, U8, &w);
  withost_stream_read(s, buffer, 4, done, &l);
  op(f->guest, OP_CANCEL_READ, U8, 0, 0, 0);
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_EDROPPED, "S4: and the host's, also when the guest traps");
  check(&f->tap, withost_stream_read(s, buffer, 4, done, &l) == WITHOST_EDROPPED, "S4: nothing can be started after that");
  withost_stream_drop(s);
  turn(f->store);
  if (withost_instance_close(&f->guest->base)) abort();
  f->guest = instance_new(f->store);
  s = to_guest(f, U8, &r);
  op(f->guest, OP_DROP_READABLE, U8, r, 0, 0);
  l = (log){.inside = true};
  check(&f->tap, !withost_stream_write(s, buffer, 4, done, &l), "S4: a write to a dropped end starts");
  l.inside = false;
  turn(f->store);
  check(&f->tap, l.calls == 1 && !l.ran_inside && l.status == WITHOST_EDROPPED && l.count == 0, "S4: and ends with EDROPPED");
  withost_stream_drop(s);
  l = (log){0};
  s = to_guest(f, U8, &r);
  withost_stream_write(s, buffer, 4, done, &l);
  withost_stream_drop(s);
  check(&f->tap, l.calls == 0 && op(f->guest, OP_READ, U8, r, 0, 4) == RESULT(DROPPED, 0), "S4: dropped too early: the peer sees it");
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_ECANCELLED, "S4: and the callback runs even so");
}

static void last_and_drop(void *user, withost_stream *stream, int status, size_t count) {
  done(user, stream, status, count);
  withost_stream_drop(stream);
}
static void test_s4_last_chunk(fixture *f) {
  uint32_t r;
  log l = {0};
  withost_stream *s = to_guest(f, U8, &r);
  withost_stream_write(s, "end", 3, last_and_drop, &l);
  check(&f->tap, op(f->guest, OP_READ, U8, r, 200, 8) == RESULT(COMPLETED, 3), "S4: dropped in the callback: first the data");
  check(&f->tap, op(f->guest, OP_READ, U8, r, 200, 8) == RESULT(DROPPED, 0), "S4: then DROPPED");
}

/* ---- S5 ---- */

static void test_s5(fixture *f) {
  withost_future *readable, *writable;
  uint32_t r, w, value = 1234, got = 0;
  log l = {0};
  withost_future_pair(f->store, &stream_types[U32], &readable, &writable);
  stream_lower_future(f->guest, U32, readable, &r);
  check(&f->tap, op(f->guest, OP_FUTURE + OP_READ, U32, r, 200, 0) == BLOCKED, "S5: the guest waits for the host's value");
  withost_future_write(writable, &value, future_done, &l);
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_OK && withost_load_u32(memory(f->guest) + 200) == 1234, "S5: it gets it");
  check(&f->tap, withost_future_write(writable, &value, future_done, &l) == WITHOST_EDROPPED, "S5: a future is written once");
  withost_future_drop(writable);
  withost_future_pair(f->store, &stream_types[U32], &readable, &writable);
  stream_lower_future(f->guest, U32, readable, &r);
  withost_future_drop(writable);
  check(&f->tap, op(f->guest, OP_FUTURE + OP_READ, U32, r, 200, 0) == DROPPED, "S5: dropped without a value: the reader is told");
  uint64_t ends = op(f->guest, OP_FUTURE + OP_NEW, U32, 0, 0, 0);
  w = (uint32_t)(ends >> 32);
  withost_future *mine = lift_future(f->guest, U32, (uint32_t)ends);
  l = (log){0};
  withost_future_read(mine, &got, future_done, &l);
  withost_store_u32(memory(f->guest) + 100, 77);
  check(&f->tap, op(f->guest, OP_FUTURE + OP_WRITE, U32, w, 100, 0) == COMPLETED && got == 77 && l.calls == 1,
        "S5: the host reads the guest's");
  withost_future_drop(mine);
  ends = op(f->guest, OP_FUTURE + OP_NEW, U32, 0, 0, 0);
  w = (uint32_t)(ends >> 32);
  mine = lift_future(f->guest, U32, (uint32_t)ends);
  withost_future_drop(mine);
  check(&f->tap, op(f->guest, OP_FUTURE + OP_WRITE, U32, w, 100, 0) == DROPPED &&
                   op(f->guest, OP_FUTURE + OP_DROP_WRITABLE, U32, w, 0, 0) == 0, "S5: a guest that is told may drop");
}

/* ---- Payloads with another layout ---- */

static void got_string(void *user, withost_stream *stream, int status, size_t count) {
  stream_string *s = user;
  (void)stream;
  (void)status;
  if (count) s->len = s->len == 3 && !memcmp(s->ptr, "one", 3) ? 1000 : 0; /* the text lives until this returns */
}

static void test_lifted(fixture *f) {
  uint32_t w, r;
  log l = {0};
  stream_string got = {0};
  withost_stream *s = from_guest(f, STRING, &w);
  memcpy(memory(f->guest) + 100, "one", 3);
  const uint32_t span[2] = {100, 3};
  memcpy(memory(f->guest) + 200, span, sizeof span);
  op(f->guest, OP_WRITE, STRING, w, 200, 1);
  withost_stream_read(s, &got, 1, got_string, &got);
  turn(f->store);
  check(&f->tap, got.len == 1000, "a string of a parked write is lifted in the turn, and lives for the callback");
  withost_stream_drop(s);
  s = to_guest(f, STRING, &r);
  const stream_string two[2] = {{(const uint8_t *)"hello", 5}, {(const uint8_t *)"you", 3}};
  withost_stream_write(s, two, 2, done, &l);
  check(&f->tap, op(f->guest, OP_READ, STRING, r, 400, 2) == RESULT(COMPLETED, 2), "strings for the guest");
  uint32_t p = withost_load_u32(memory(f->guest) + 408);
  check(&f->tap, !memcmp(memory(f->guest) + p, "you", 3), "are in its memory");
  op(f->guest, OP_READ, STRING, r, 400, 2);
  withost_stream_write(s, two, 1, done, &l);
  turn(f->store);
  check(&f->tap, l.calls == 2 && l.count == 1, "also when the guest waits for them");
  withost_stream_drop(s);
  s = from_guest(f, STRING, &w);
  const uint32_t bad[2] = {0xfffffff0, 3};
  memcpy(memory(f->guest) + 200, bad, sizeof bad);
  op(f->guest, OP_WRITE, STRING, w, 200, 1);
  l = (log){0};
  withost_stream_read(s, &got, 1, done, &l);
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_EDROPPED && withost_instance_status(&f->guest->base) == WITHOST_ETRAP,
        "a bad string found in the turn: the instance traps, the host is told");
  withost_stream_drop(s);
}

/* ---- Host to host ---- */

static void test_host_to_host(fixture *f) {
  withost_stream *r, *w;
  uint8_t buffer[8] = {0};
  log read = {0}, written = {0}, view = {.take = 3};
  withost_stream_pair(f->store, &stream_types[U8], &r, &w);
  withost_stream_read(r, buffer, 8, done, &read);
  written.inside = read.inside = true;
  withost_stream_write(w, "hello", 5, done, &written);
  written.inside = read.inside = false;
  turn(f->store);
  check(&f->tap, read.calls == 1 && read.count == 5 && written.calls == 1 && written.count == 5 && !memcmp(buffer, "hello", 5) &&
                   !read.ran_inside && !written.ran_inside, "host to host: both callbacks, in the turn");
  withost_stream_read_view(r, ready, done, &view);
  withost_stream_write(w, "world", 5, done, &written);
  turn(f->store);
  check(&f->tap, view.views == 1 && written.calls == 2 && written.count == 3 && !memcmp(view.seen, "wor", 3), "host to host: a view");
  withost_stream_drop(w);
  turn(f->store);
  check(&f->tap, view.calls == 1 && view.status == WITHOST_EDROPPED && view.count == 3, "host to host: drop");
  withost_stream_drop(r);
}

/* A guest puts the host's readable end in front of a stream that the host reads. */
static void test_forward_between_host_ends(fixture *f) {
  uint32_t r, w;
  uint8_t buffer[8] = {0};
  log read = {0}, written = {0};
  withost_stream *source = to_guest(f, U8, &r), *sink = from_guest(f, U8, &w);
  withost_stream_read(sink, buffer, 8, done, &read);
  withost_stream_write(source, "spliced", 7, done, &written);
  check(&f->tap, op(f->guest, OP_FORWARD, U8, r, w, 0) == 0 && !read.calls && !written.calls, "forward joins two host ends");
  turn(f->store);
  check(&f->tap, read.count == 7 && written.count == 7 && !memcmp(buffer, "spliced", 7), "and what was parked moves in the turn");
  log a = {.take = 1}, b = {.take = 1};
  uint32_t r2, w2;
  withost_stream *source2 = to_guest(f, U8, &r2), *sink2 = from_guest(f, U8, &w2);
  withost_stream_read_view(sink2, ready, done, &a);
  withost_stream_write_view(source2, ready, done, &b);
  op(f->guest, OP_FORWARD, U8, r2, w2, 0);
  turn(f->store);
  check(&f->tap, a.calls == 1 && a.status == WITHOST_EUNSUPPORTED && b.calls == 1, "two views have no memory between them: an error, no hang");
  withost_stream_drop(source);
  withost_stream_drop(sink);
  withost_stream_drop(source2);
  withost_stream_drop(sink2);
}

/* Half of a batch was lifted when the guest turned out to lie. */
static void test_owned_to_host(fixture *f) {
  uint32_t w;
  log l = {0};
  stream_string got[4] = {{0}};
  withost_stream *s = from_guest(f, OWNED, &w);
  const uint32_t spans[4] = {100, 1, 0xfffffff0, 64};
  memcpy(memory(f->guest) + 1000, spans, sizeof spans);
  withost_stream_read(s, got, 4, done, &l);
  check(&f->tap, op(f->guest, OP_WRITE, OWNED, w, 1000, 2) == TRAPPED, "owned elements: a bad one ends the guest");
  turn(f->store);
  check(&f->tap, l.calls == 1 && l.status == WITHOST_EDROPPED && l.count == 0, "the host is told, and owns none of them");
  withost_stream_drop(s);
}

static void test_misuse(fixture *f) {
  uint32_t r, ignored;
  withost_stream *s = to_guest(f, U8, &r), *readable, *writable;
  check(&f->tap, stream_lower(f->guest, U8, s, &ignored) == WITHOST_ETRAP, "a writable end can't be passed to a guest");
  withost_stream_drop(s);
  turn(f->store);
  withost_instance_close(&f->guest->base);
  f->guest = instance_new(f->store);
  withost_stream_pair(f->store, &stream_types[U8], &readable, &writable);
  check(&f->tap, stream_lower(f->guest, U32, readable, &ignored) == WITHOST_ETRAP, "nor an end of another payload type");
  withost_stream_drop(readable);
  withost_stream_drop(writable);
  turn(f->store);
  withost_instance_close(&f->guest->base);
  f->guest = instance_new(f->store);
  withost_stream_pair(f->store, &stream_types[U32], &readable, &writable);
  check(&f->tap, stream_lower(f->guest, U32_AGAIN, readable, &r) == WITHOST_OK && op(f->guest, OP_READ, U32, r, 200, 1) == BLOCKED,
        "equal types are one, whatever table a world has for them");
  withost_stream_drop(writable);
  withost_stream_pair(f->store, &stream_types[U32], &readable, &writable);
  check(&f->tap, stream_lower(f->guest, S32, readable, &ignored) == WITHOST_ETRAP, "and others are others, also with the same layout");
  withost_stream_drop(readable);
  withost_stream_drop(writable);
  turn(f->store);
  withost_instance_close(&f->guest->base);
  f->guest = instance_new(f->store);
  withost_stream_pair(f->store, &stream_types[FILES], &readable, &writable);
  check(&f->tap, stream_lower(f->guest, OTHER_FILES, readable, &ignored) == WITHOST_ETRAP,
        "a resource that one world defines and the other imports is not one type");
  withost_stream_drop(readable);
  withost_stream_drop(writable);
}

int main(void) {
  static void (*const tests[])(fixture *) = {test_s1, test_s1_inside_guest, test_s1_restart, test_s2, test_s3, test_s3_passed_on, test_s3_hostile,
                                             test_s4, test_s4_last_chunk, test_s5, test_lifted, test_host_to_host, test_forward_between_host_ends, test_owned_to_host,
                                             test_misuse};
  fixture f = {0};
  for (size_t n = 0; n < sizeof tests / sizeof *tests; n++) {
    f.ready_calls = 0;
    setup(&f);
    tests[n](&f);
    teardown(&f, "the store closes");
  }
  return tap_end(&f.tap);
}
