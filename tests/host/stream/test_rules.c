/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The rules of streams and futures between guests, one test each. What is expected follows `End`, `StreamEnd`, `FutureEnd`
 * and canon_* in canonical-abi/definitions.py; the texts of traps are those of the reference engine.
 */
#include "check.h"

typedef struct fixture {
  tap tap;
  withost_store *store;
  stream_instance *a, *b; /* a writes, b reads */
  uint32_t r, w;
} fixture;

static void setup(fixture *f) {
  f->store = store_new();
  f->a = instance_new(f->store);
  f->b = instance_new(f->store);
}

static void teardown(fixture *f) {
  if (withost_store_close(f->store)) check(&f->tap, false, "the store closes");
}

/* A stream from a to b. */
static void open_stream(fixture *f, uint32_t type) {
  uint64_t ends = op(f->a, OP_NEW, type, 0, 0, 0);
  f->w = (uint32_t)(ends >> 32);
  f->r = pass(f->a, f->b, type, (uint32_t)ends);
}

static void open_future(fixture *f, uint32_t type) {
  uint64_t ends = op(f->a, OP_FUTURE + OP_NEW, type, 0, 0, 0);
  f->w = (uint32_t)(ends >> 32);
  if (stream_lower_future(f->b, type, lift_future(f->a, type, (uint32_t)ends), &f->r)) abort();
}

static uint64_t wr(fixture *f, uint32_t type, uint32_t ptr, uint32_t n) { return op(f->a, OP_WRITE, type, f->w, ptr, n); }
static uint64_t rd(fixture *f, uint32_t type, uint32_t ptr, uint32_t n) { return op(f->b, OP_READ, type, f->r, ptr, n); }

/* The next event of a waitable: joined to a new set, polled. Code 0: none. */
typedef struct event { uint32_t code, index, payload; } event;
static event next_event(stream_instance *i, uint32_t waitable) {
  uint32_t set = (uint32_t)op(i, OP_SET_NEW, 0, 0, 0, 0);
  op(i, OP_JOIN, 0, waitable, set, 0);
  event e = {(uint32_t)op(i, OP_POLL, 0, set, 8, 0), withost_load_u32(memory(i) + 8), withost_load_u32(memory(i) + 12)};
  op(i, OP_JOIN, 0, waitable, 0, 0);
  op(i, OP_SET_DROP, 0, set, 0, 0);
  return e;
}
static bool is_event(event e, uint32_t code, uint32_t index, uint64_t payload) {
  return e.code == code && e.index == index && e.payload == payload;
}

/* A fresh fixture: `result` is of an operation that had to trap in `i`. */
static void expect_trap(fixture *f, stream_instance *i, uint64_t result, const char *text) {
  char name[160];
  const char *trap = withost_instance_trap(&i->base), *at = strstr(trap, ": ");
  bool good = result == TRAPPED && at && !strcmp(at + 2, text);
  if (!good) printf("# expected '%s', got '%s' (%#llx)\n", text, trap, (unsigned long long)result);
  snprintf(name, sizeof name, "trap: %s", text);
  check(&f->tap, good, name);
  teardown(f);
  setup(f);
}

/* ---- Copies ---- */

static void test_rendezvous(fixture *f) {
  open_stream(f, U8);
  memcpy(memory(f->a) + 100, "rendezvous", 10);
  check(&f->tap, wr(f, U8, 100, 10) == BLOCKED, "a write without a reader blocks");
  check(&f->tap, rd(f, U8, 200, 4) == RESULT(COMPLETED, 4) && !memcmp(memory(f->b) + 200, "rend", 4), "a read takes what it can");
  check(&f->tap, rd(f, U8, 204, 10) == RESULT(COMPLETED, 6) && !memcmp(memory(f->b) + 200, "rendezvous", 10), "the rest of it");
  check(&f->tap, is_event(next_event(f->a, f->w), 3, f->w, RESULT(COMPLETED, 10)), "the event is updated until it is delivered");
  check(&f->tap, next_event(f->a, f->w).code == 0, "an event is delivered once");
  check(&f->tap, rd(f, U8, 200, 4) == BLOCKED, "a read without a writer blocks");
  check(&f->tap, wr(f, U8, 100, 2) == RESULT(COMPLETED, 2), "a write into a bigger buffer is over at once");
  check(&f->tap, wr(f, U8, 100, 10) == RESULT(COMPLETED, 2), "and again until the buffer is full");
  check(&f->tap, wr(f, U8, 100, 10) == BLOCKED, "then it blocks");
  check(&f->tap, is_event(next_event(f->b, f->r), 2, f->r, RESULT(COMPLETED, 4)), "the reader's event counts both");
  check(&f->tap, !memcmp(memory(f->b) + 200, "rere", 4), "in order");
}

static void test_partial_delivery(fixture *f) {
  open_stream(f, U32);
  wr(f, U32, 100, 10);
  rd(f, U32, 200, 3);
  check(&f->tap, is_event(next_event(f->a, f->w), 3, f->w, RESULT(COMPLETED, 3)), "partial progress completes the operation");
  check(&f->tap, rd(f, U32, 200, 3) == BLOCKED, "its buffer is not read after the event was delivered");
}

static void test_zero_length(fixture *f) {
  open_stream(f, U8);
  check(&f->tap, wr(f, U8, 1, 0) == BLOCKED, "zero-length: a write waits for a reader");
  check(&f->tap, rd(f, U8, 2, 0) == BLOCKED, "zero-length: a read meets it and parks");
  check(&f->tap, is_event(next_event(f->a, f->w), 3, f->w, RESULT(COMPLETED, 0)), "zero-length: the write is told");
  check(&f->tap, wr(f, U8, 1, 0) == RESULT(COMPLETED, 0), "zero-length: a write completes itself at a parked read");
  check(&f->tap, wr(f, U8, 1, 5) == BLOCKED, "zero-length: a real write parks");
  check(&f->tap, is_event(next_event(f->b, f->r), 2, f->r, RESULT(COMPLETED, 0)), "zero-length: and ends the read");
  check(&f->tap, rd(f, U8, 2, 0) == RESULT(COMPLETED, 0), "zero-length: a read of a parked write completes with 0");
  check(&f->tap, rd(f, U8, 2, 9) == RESULT(COMPLETED, 5), "zero-length: the write is untouched by it");
}

static void test_unit(fixture *f) {
  open_stream(f, UNIT);
  check(&f->tap, wr(f, UNIT, 0xffffffff, 1000) == BLOCKED && rd(f, UNIT, 3, 999) == RESULT(COMPLETED, 999),
        "no payload: only counts move, pointers mean nothing");
}

/* Guest memory to guest memory, through the typed lift and lower. */
static void test_lifted(fixture *f) {
  static const char text[] = "onetwothree";
  open_stream(f, STRING);
  memcpy(memory(f->a) + 100, text, sizeof text);
  const uint32_t spans[6] = {100, 3, 103, 3, 106, 5};
  memcpy(memory(f->a) + 200, spans, sizeof spans);
  check(&f->tap, wr(f, STRING, 200, 3) == BLOCKED && rd(f, STRING, 400, 8) == RESULT(COMPLETED, 3), "strings pass from guest to guest");
  uint32_t p = withost_load_u32(memory(f->b) + 416), n = withost_load_u32(memory(f->b) + 420);
  check(&f->tap, n == 5 && !memcmp(memory(f->b) + p, "three", 5), "into memory of the receiver's own");
}

/* More than one block of scratch; then one that goes bad in the middle. The sanitizer sees what is not freed. */
static void test_lifted_many(fixture *f) {
  open_stream(f, OWNED);
  for (uint32_t n = 0; n < 200; n++) {
    const uint32_t span[2] = {100 + n, 1};
    memcpy(memory(f->a) + 1000 + n * 8, span, sizeof span);
    memory(f->a)[100 + n] = (uint8_t)('a' + n % 26);
  }
  check(&f->tap, rd(f, OWNED, 4000, 200) == BLOCKED && wr(f, OWNED, 1000, 200) == RESULT(COMPLETED, 200), "200 strings at once");
  uint32_t p = withost_load_u32(memory(f->b) + 4000 + 199 * 8);
  check(&f->tap, memory(f->b)[p] == 'a' + 199 % 26, "the last one is right");
  next_event(f->b, f->r);
  const uint32_t bad[2] = {0xfffffff0, 64};
  memcpy(memory(f->a) + 1000 + 100 * 8, bad, sizeof bad);
  rd(f, OWNED, 4000, 200);
  check(&f->tap, wr(f, OWNED, 1000, 200) == TRAPPED, "a writer that offers a bad string to a reader that waits traps");
  check(&f->tap, is_event(next_event(f->b, f->r), 2, f->r, RESULT(DROPPED, 64)), "what came before it has arrived");
}

/* In which end the fault is decides who ends. */
static void test_bad_element(fixture *f) {
  open_stream(f, OWNED);
  const uint32_t spans[4] = {100, 1, 0xfffffff0, 64};
  memcpy(memory(f->a) + 1000, spans, sizeof spans);
  check(&f->tap, wr(f, OWNED, 1000, 2) == BLOCKED, "a bad string is not looked at before somebody reads it");
  check(&f->tap, rd(f, OWNED, 4000, 2) == RESULT(DROPPED, 0), "a trap in the writer: the reader finds it dropped");
  check(&f->tap, withost_instance_status(&f->a->base) == WITHOST_ETRAP && !withost_instance_status(&f->b->base),
        "and only the writer's instance ends");
  teardown(f);
  setup(f);
  open_stream(f, OWNED);
  const uint32_t good[4] = {100, 1, 101, 1};
  memcpy(memory(f->a) + 1000, good, sizeof good);
  f->b->base.realloc = NULL;
  check(&f->tap, rd(f, OWNED, 4000, 2) == BLOCKED && wr(f, OWNED, 1000, 2) == RESULT(DROPPED, 0),
        "a reader that cannot take it traps: the writer finds it dropped");
  check(&f->tap, withost_instance_status(&f->b->base) == WITHOST_ETRAP && !withost_instance_status(&f->a->base),
        "and only the reader's instance ends");
}

/* ---- Drop and cancel ---- */

static void test_drop(fixture *f) {
  open_stream(f, U8);
  wr(f, U8, 100, 10);
  rd(f, U8, 200, 3);
  op(f->b, OP_DROP_READABLE, U8, f->r, 0, 0);
  check(&f->tap, is_event(next_event(f->a, f->w), 3, f->w, RESULT(DROPPED, 3)), "DROPPED carries the progress");
  open_stream(f, U8);
  op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0);
  check(&f->tap, is_event(next_event(f->b, f->r), 2, f->r, RESULT(DROPPED, 0)), "an idle end gets an event when its peer drops");
  open_stream(f, U8);
  op(f->b, OP_DROP_READABLE, U8, f->r, 0, 0);
  check(&f->tap, wr(f, U8, 100, 10) == RESULT(DROPPED, 0), "or finds it with the next operation");
  check(&f->tap, next_event(f->a, f->w).code == 0, "but not twice");
  check(&f->tap, op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0) == 0, "a DONE end can be dropped");
}

static void test_drop_before_pass(fixture *f) {
  uint64_t ends = op(f->a, OP_NEW, U8, 0, 0, 0);
  op(f->a, OP_DROP_WRITABLE, U8, (uint32_t)(ends >> 32), 0, 0);
  f->r = pass(f->a, f->b, U8, (uint32_t)ends);
  check(&f->tap, is_event(next_event(f->b, f->r), 2, f->r, RESULT(DROPPED, 0)), "an end whose peer is gone can be passed on, and tells");
}

static void test_cancel(fixture *f) {
  open_stream(f, U8);
  wr(f, U8, 100, 10);
  check(&f->tap, op(f->a, OP_CANCEL_WRITE, U8, f->w, 0, 0) == RESULT(CANCELLED, 0), "cancel of a write");
  check(&f->tap, rd(f, U8, 200, 1) == BLOCKED, "takes its buffer away");
  check(&f->tap, op(f->b, OP_CANCEL_READ, U8, f->r, 0, 0) == RESULT(CANCELLED, 0), "cancel of a read");
  wr(f, U8, 100, 10);
  rd(f, U8, 200, 4);
  check(&f->tap, op(f->a, OP_CANCEL_WRITE, U8, f->w, 0, 0) == RESULT(CANCELLED, 4), "cancel after progress reports it");
  wr(f, U8, 100, 10);
  op(f->b, OP_DROP_READABLE, U8, f->r, 0, 0);
  check(&f->tap, op(f->a, OP_CANCEL_WRITE, U8, f->w, 0, 0) == RESULT(DROPPED, 0), "cancel after the peer's drop: DROPPED");
}

static void test_future(fixture *f) {
  open_future(f, U32);
  withost_store_u32(memory(f->a) + 100, 77);
  check(&f->tap, op(f->a, OP_FUTURE + OP_WRITE, U32, f->w, 100, 0) == BLOCKED, "future: a write waits");
  check(&f->tap, op(f->b, OP_FUTURE + OP_READ, U32, f->r, 200, 0) == COMPLETED && memory(f->b)[200] == 77, "future: a read gets it");
  check(&f->tap, is_event(next_event(f->a, f->w), 5, f->w, COMPLETED), "future: the writer is told");
  check(&f->tap, op(f->a, OP_FUTURE + OP_DROP_WRITABLE, U32, f->w, 0, 0) == 0, "future: a writer that is DONE may drop");
  open_future(f, U32);
  op(f->b, OP_FUTURE + OP_READ, U32, f->r, 200, 0);
  check(&f->tap, op(f->b, OP_FUTURE + OP_CANCEL_READ, U32, f->r, 0, 0) == CANCELLED, "future: a cancelled read may be repeated");
  check(&f->tap, op(f->b, OP_FUTURE + OP_READ, U32, f->r, 200, 0) == BLOCKED, "future: repeated");
  check(&f->tap, op(f->a, OP_FUTURE + OP_WRITE, U32, f->w, 100, 0) == COMPLETED, "future: a write finds the reader");
  check(&f->tap, op(f->b, OP_FUTURE + OP_CANCEL_READ, U32, f->r, 0, 0) == COMPLETED, "future: cancel is too late: COMPLETED");
  open_future(f, U32);
  op(f->b, OP_FUTURE + OP_DROP_READABLE, U32, f->r, 0, 0);
  check(&f->tap, is_event(next_event(f->a, f->w), 5, f->w, DROPPED), "future: an idle writer is told that nobody reads");
  check(&f->tap, op(f->a, OP_FUTURE + OP_DROP_WRITABLE, U32, f->w, 0, 0) == 0, "future: then it may drop without a value");
}

/* ---- One instance ---- */

/* Reader and writer of one instance, in one place of its memory. */
static void test_same_buffer(fixture *f) {
  uint64_t ends = op(f->a, OP_NEW, U8, 0, 0, 0);
  uint32_t r = (uint32_t)ends, w = (uint32_t)(ends >> 32);
  memcpy(memory(f->a) + 100, "abcdefgh", 9);
  op(f->a, OP_WRITE, U8, w, 100, 8);
  check(&f->tap, op(f->a, OP_READ, U8, r, 102, 8) == RESULT(COMPLETED, 8) && !memcmp(memory(f->a) + 100, "ababcdefgh", 10),
        "overlapping buffers: the bytes as they were");
  next_event(f->a, w);
  op(f->a, OP_READ, U8, r, 100, 8);
  check(&f->tap, op(f->a, OP_WRITE, U8, w, 100, 8) == RESULT(COMPLETED, 8) && !memcmp(memory(f->a) + 100, "ababcdefgh", 10),
        "one buffer for both");
}

static void test_same_instance(fixture *f) {
  uint64_t ends = op(f->a, OP_NEW, U32, 0, 0, 0);
  uint32_t r = (uint32_t)ends, w = (uint32_t)(ends >> 32);
  withost_store_u32(memory(f->a) + 100, 5);
  op(f->a, OP_WRITE, U32, w, 100, 1);
  check(&f->tap, op(f->a, OP_READ, U32, r, 200, 1) == RESULT(COMPLETED, 1) && memory(f->a)[200] == 5, "numbers within one instance");
  ends = op(f->a, OP_NEW, PAIR, 0, 0, 0);
  op(f->a, OP_WRITE, PAIR, (uint32_t)(ends >> 32), 100, 0);
  check(&f->tap, op(f->a, OP_READ, PAIR, (uint32_t)ends, 200, 1) == BLOCKED, "zero-length within one instance, any payload");
  next_event(f->a, (uint32_t)(ends >> 32));
  expect_trap(f, f->a, op(f->a, OP_WRITE, PAIR, (uint32_t)(ends >> 32), 104, 1),
              "cannot read from and write to intra-component future/stream with non-numeric payload");
}

/* ---- Forward ---- */

/* a writes to f->w; b holds f->r and a stream of its own, back to a: reads at r2. */
typedef struct chain { uint32_t w2, r2; } chain;
static chain open_chain(fixture *f, uint32_t type) {
  open_stream(f, type);
  uint64_t ends = op(f->b, OP_NEW, type, 0, 0, 0);
  return (chain){(uint32_t)(ends >> 32), pass(f->b, f->a, type, (uint32_t)ends)};
}

static void test_forward(fixture *f) {
  chain c = open_chain(f, U8);
  check(&f->tap, op(f->b, OP_FORWARD, U8, f->r, c.w2, 0) == 0, "forward connects the outer ends");
  memcpy(memory(f->a) + 100, "through", 7);
  check(&f->tap, wr(f, U8, 100, 7) == BLOCKED && op(f->a, OP_READ, U8, c.r2, 200, 7) == RESULT(COMPLETED, 7) &&
                   !memcmp(memory(f->a) + 200, "through", 7), "forward: data passes");
  c = open_chain(f, U8);
  wr(f, U8, 100, 7);
  op(f->a, OP_READ, U8, c.r2, 300, 4);
  op(f->b, OP_FORWARD, U8, f->r, c.w2, 0);
  check(&f->tap, is_event(next_event(f->a, f->w), 3, f->w, RESULT(COMPLETED, 4)) &&
                   is_event(next_event(f->a, c.r2), 2, c.r2, RESULT(COMPLETED, 4)), "forward: operations that were parked meet");
  c = open_chain(f, U8);
  op(f->a, OP_DROP_READABLE, U8, c.r2, 0, 0);
  op(f->b, OP_FORWARD, U8, f->r, c.w2, 0);
  check(&f->tap, wr(f, U8, 100, 1) == RESULT(DROPPED, 0), "forward to a dropped end drops both");
  uint64_t ends = op(f->b, OP_NEW, U8, 0, 0, 0);
  check(&f->tap, op(f->b, OP_FORWARD, U8, (uint32_t)ends, (uint32_t)(ends >> 32), 0) == 0, "forward of a stream into itself drops it");
}

/* What was to be forwarded must not be in nobody's table: its peer would wait for ever, or for memory that is gone. */
static void test_forward_traps_cleanly(fixture *f) {
  chain c = open_chain(f, U8);
  (void)c;
  op(f->b, OP_FORWARD, U8, f->r, 77, 0);
  check(&f->tap, is_event(next_event(f->a, f->w), 3, f->w, RESULT(DROPPED, 0)), "forward to an unknown handle: the peer is told");
  check(&f->tap, !withost_instance_close(&f->b->base) && op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0) == 0,
        "also when the instance is gone");
}

static void test_forward_traps(fixture *f) {
  chain c = open_chain(f, U8);
  op(f->b, OP_READ, U8, f->r, 100, 1);
  expect_trap(f, f->b, op(f->b, OP_FORWARD, U8, f->r, c.w2, 0), "cannot forward busy stream");
  c = open_chain(f, U8);
  op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0);
  op(f->b, OP_READ, U8, f->r, 100, 1);
  expect_trap(f, f->b, op(f->b, OP_FORWARD, U8, f->r, c.w2, 0), "cannot forward stream after being notified that the writable end dropped");
  c = open_chain(f, U8);
  op(f->b, OP_JOIN, 0, c.w2, (uint32_t)op(f->b, OP_SET_NEW, 0, 0, 0, 0), 0);
  expect_trap(f, f->b, op(f->b, OP_FORWARD, U8, f->r, c.w2, 0), "cannot forward stream while it's in a waitable set");
  c = open_chain(f, U8);
  expect_trap(f, f->b, op(f->b, OP_FORWARD, U8, f->r, f->r, 0), "unknown handle index 1");
  c = open_chain(f, PAIR);
  wr(f, PAIR, 104, 2);
  op(f->a, OP_READ, PAIR, c.r2, 304, 2);
  expect_trap(f, f->b, op(f->b, OP_FORWARD, PAIR, f->r, c.w2, 0),
              "cannot read from and write to intra-component future/stream with non-numeric payload");
}

/* ---- Traps of copies ---- */

static void test_copy_traps(fixture *f) {
  open_stream(f, U32);
  expect_trap(f, f->a, wr(f, U32, 2, 1), "unaligned pointer");
  open_stream(f, U32);
  expect_trap(f, f->a, wr(f, U32, 131072 - 4, 2), "pointer out-of-bounds");
  open_stream(f, U32);
  expect_trap(f, f->a, wr(f, U32, 0xfffffffc, 0x0fffffff), "pointer out-of-bounds");
  open_stream(f, UNIT);
  expect_trap(f, f->a, wr(f, UNIT, 0, 1u << 28), "stream read/write count too large");
  open_stream(f, U8);
  wr(f, U8, 0, 1);
  expect_trap(f, f->a, wr(f, U8, 0, 1), "cannot have concurrent operations active on a future/stream");
  open_stream(f, U8);
  expect_trap(f, f->a, op(f->a, OP_READ, U8, f->w, 0, 1), "handle index 2 used with the wrong type");
  open_stream(f, U8);
  expect_trap(f, f->a, wr(f, U32, 0, 1), "handle index 2 used with the wrong type");
  open_stream(f, U8);
  expect_trap(f, f->a, op(f->a, OP_FUTURE + OP_WRITE, U8, f->w, 0, 1), "handle index 2 used with the wrong type");
  expect_trap(f, f->a, op(f->a, OP_WRITE, U8, 7, 0, 1), "unknown handle index 7");
  open_stream(f, U8);
  expect_trap(f, f->a, op(f->a, OP_WRITE, U8, 1, 0, 1), "unknown handle index 1");
}

static void test_done_traps(fixture *f) {
  open_stream(f, U8);
  op(f->b, OP_DROP_READABLE, U8, f->r, 0, 0);
  wr(f, U8, 0, 1);
  expect_trap(f, f->a, wr(f, U8, 0, 1), "cannot write to stream after being notified that the readable end dropped");
  open_stream(f, U8);
  op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0);
  next_event(f->b, f->r);
  expect_trap(f, f->b, rd(f, U8, 0, 1), "cannot read from stream after being notified that the writable end dropped");
  open_stream(f, U8);
  op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0);
  next_event(f->b, f->r);
  expect_trap(f, f->b, op(f->b, OP_LIFT, U8, f->r, 0, 0), "cannot lift stream after being notified that the writable end dropped");
  open_future(f, U8);
  op(f->a, OP_FUTURE + OP_WRITE, U8, f->w, 0, 0);
  op(f->b, OP_FUTURE + OP_READ, U8, f->r, 0, 0);
  expect_trap(f, f->b, op(f->b, OP_FUTURE + OP_READ, U8, f->r, 0, 0), "cannot read from future after previous read succeeded");
  open_future(f, U8);
  op(f->b, OP_FUTURE + OP_READ, U8, f->r, 0, 0);
  op(f->a, OP_FUTURE + OP_WRITE, U8, f->w, 0, 0);
  expect_trap(f, f->a, op(f->a, OP_FUTURE + OP_WRITE, U8, f->w, 0, 0),
              "cannot write to future after previous write succeeded or readable end dropped");
}

static void test_drop_traps(fixture *f) {
  open_stream(f, U8);
  rd(f, U8, 0, 1);
  expect_trap(f, f->b, op(f->b, OP_DROP_READABLE, U8, f->r, 0, 0), "cannot remove busy stream");
  open_stream(f, U8);
  wr(f, U8, 0, 1);
  expect_trap(f, f->a, op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0), "cannot drop busy stream");
  open_future(f, U8);
  expect_trap(f, f->a, op(f->a, OP_FUTURE + OP_DROP_WRITABLE, U8, f->w, 0, 0), "cannot drop future write end without first writing a value");
  open_stream(f, U8);
  expect_trap(f, f->a, op(f->a, OP_CANCEL_WRITE, U8, f->w, 0, 0), "stream or future write cancelled when no write is pending");
  open_stream(f, U8);
  rd(f, U8, 0, 1);
  expect_trap(f, f->b, op(f->b, OP_LIFT, U8, f->r, 0, 0), "cannot lift busy stream");
  open_stream(f, U8);
  op(f->b, OP_JOIN, 0, f->r, (uint32_t)op(f->b, OP_SET_NEW, 0, 0, 0, 0), 0);
  expect_trap(f, f->b, op(f->b, OP_LIFT, U8, f->r, 0, 0), "cannot lift stream while it's in a waitable set");
}

/* ---- Sync forms ---- */

typedef struct outcome { int status, count; uint64_t result; } outcome;
static void finished(void *user, withost_call *call, int status, const uint64_t *result) {
  outcome *o = user;
  (void)call;
  *o = (outcome){status, o->count + 1, result ? *result : 0};
}

static void test_sync(fixture *f) {
  open_stream(f, U8);
  outcome o = {0};
  memory(f->a)[100] = 42;
  stream_op_async(f->b, OP_READ, U8, f->r, 200, 3, finished, &o, NULL);
  check(&f->tap, o.count == 0, "sync: a read blocks its thread");
  wr(f, U8, 100, 3);
  check(&f->tap, o.count == 0, "sync: the thread goes on in the next turn");
  turn(f->store);
  check(&f->tap, o.count == 1 && o.result == RESULT(COMPLETED, 3) && memory(f->b)[200] == 42, "sync: with the data");
  o = (outcome){0};
  stream_op_async(f->b, OP_READ, U8, f->r, 200, 3, finished, &o, NULL);
  op(f->a, OP_DROP_WRITABLE, U8, f->w, 0, 0);
  turn(f->store);
  check(&f->tap, o.count == 1 && o.result == RESULT(DROPPED, 0), "sync: or with DROPPED");
}

static void test_sync_traps(fixture *f) {
  open_stream(f, U8);
  outcome o = {0};
  op(f->b, OP_JOIN, 0, f->r, (uint32_t)op(f->b, OP_SET_NEW, 0, 0, 0, 0), 0);
  stream_op_async(f->b, OP_READ, U8, f->r, 200, 3, finished, &o, NULL);
  turn(f->store);
  expect_trap(f, f->b, o.status == WITHOST_ETRAP ? TRAPPED : 0, "waitable cannot be used synchronously while added to a waitable set");
  open_stream(f, U8);
  stream_op_async(f->b, OP_READ, U8, f->r, 200, 3, finished, &o, NULL);
  expect_trap(f, f->b, op(f->b, OP_CANCEL_READ, U8, f->r, 0, 0), "cannot cancel a read that a thread waits for");
}

/* ---- Death ---- */

static void test_death(fixture *f) {
  open_stream(f, U8);
  rd(f, U8, 200, 3);
  withost_instance_abort(&f->a->base, "enough");
  check(&f->tap, is_event(next_event(f->b, f->r), 2, f->r, RESULT(DROPPED, 0)), "an aborted instance drops its ends");
  teardown(f);
  setup(f);
  open_stream(f, U8);
  wr(f, U8, 100, 3);
  outcome o = {0};
  stream_op_async(f->b, OP_CANCEL_WRITE, U8, f->r, 0, 0, finished, &o, NULL);
  check(&f->tap, o.status == WITHOST_ETRAP && is_event(next_event(f->a, f->w), 3, f->w, RESULT(DROPPED, 0)), "so does one that traps");
  teardown(f);
  setup(f);
  open_stream(f, U8);
  check(&f->tap, !withost_instance_close(&f->b->base) && wr(f, U8, 100, 3) == RESULT(DROPPED, 0), "and one that is closed");
  teardown(f);
  setup(f);
  uint64_t ends = op(f->a, OP_NEW, U8, 0, 0, 0);
  stream_op_async(f->a, OP_READ, U8, (uint32_t)ends, 200, 3, finished, &o, NULL);
  withost_instance_abort(&f->a->base, "enough");
  check(&f->tap, o.status == WITHOST_ETRAP, "an instance that waits for itself ends cleanly");
}

int main(void) {
  static void (*const tests[])(fixture *) = {
    test_forward_traps_cleanly, test_rendezvous, test_partial_delivery, test_zero_length, test_unit, test_lifted, test_lifted_many, test_bad_element,
    test_drop, test_drop_before_pass, test_cancel, test_future, test_same_buffer, test_same_instance, test_forward, test_forward_traps,
    test_copy_traps, test_done_traps, test_drop_traps, test_sync, test_sync_traps, test_death};
  fixture f = {0};
  for (size_t n = 0; n < sizeof tests / sizeof *tests; n++) {
    setup(&f);
    tests[n](&f);
    teardown(&f);
  }
  return tap_end(&f.tap);
}
