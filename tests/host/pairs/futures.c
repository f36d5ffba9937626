/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Futures between two guests, also inside records and as elements of a stream.
 */
#include "pair.h"

#define CALLEE(name) callee_test_futures_io_##name
#define RUNNER(name) runner_test_futures_io_##name

static void consume_done(void *user, withost_call *inner, int status, const callee_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(consume_return)(call, SAME(runner_string_t, *result));
}

static void on_consume(void *host, withost_call *call, test_futures_io_future_string_t f) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(consume)(TO_CALLEE(host, call), f, consume_done, w, wire_inner(w)));
}

static void produce_done(void *user, withost_call *inner, int status, const exports_test_futures_io_future_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(produce_return)(call, *result);
}

static void on_produce(void *host, withost_call *call, uint32_t turns) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(produce)(TO_CALLEE(host, call), turns, produce_done, w, wire_inner(w)));
}

static void consume_unit_done(void *user, withost_call *inner, int status) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(consume_unit_return)(call);
}

static void on_consume_unit(void *host, withost_call *call, test_futures_io_future_void_t f) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(consume_unit)(TO_CALLEE(host, call), f, consume_unit_done, w, wire_inner(w)));
}

static void open_done(void *user, withost_call *inner, int status,
                      const exports_test_futures_io_result_letter_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(open_return)(call, SAME(test_futures_io_result_letter_string_t, *result));
}

static void on_open(void *host, withost_call *call, bool fail) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(open)(TO_CALLEE(host, call), fail, open_done, w, wire_inner(w)));
}

static void read_letter_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(read_letter_return)(call, *result);
}

static void on_read_letter(void *host, withost_call *call, test_futures_io_letter_t l) {
  wire *w = wire_open(host, call);
  exports_test_futures_io_letter_t letter = {pair_keep(w, l.title), l.body};
  wire_sent(w, CALLEE(read_letter)(TO_CALLEE(host, call), letter, read_letter_done, w, wire_inner(w)));
}

static void refuse_done(void *user, withost_call *inner, int status) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(refuse_return)(call);
}

static void on_refuse(void *host, withost_call *call, test_futures_io_future_u32_t f) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(refuse)(TO_CALLEE(host, call), f, refuse_done, w, wire_inner(w)));
}

static void many_done(void *user, withost_call *inner, int status, const exports_test_futures_io_stream_future_u32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(many_return)(call, *result);
}

static void on_many(void *host, withost_call *call, uint32_t count) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(many)(TO_CALLEE(host, call), count, many_done, w, wire_inner(w)));
}

static void on_hold(void *host, withost_call *call, test_futures_io_future_u32_t f) {
  wire_called(host, call, CALLEE(hold)(TO_CALLEE(host, call), f));
}

static void read_held_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(read_held_return)(call, *result);
}

static void on_read_held(void *host, withost_call *call) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(read_held)(TO_CALLEE(host, call), read_held_done, w, wire_inner(w)));
}

static void on_let_go(void *host, withost_call *call) {
  wire_called(host, call, CALLEE(let_go)(TO_CALLEE(host, call)));
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_futures_io_consume = on_consume,
  .test_futures_io_produce = on_produce,
  .test_futures_io_consume_unit = on_consume_unit,
  .test_futures_io_open = on_open,
  .test_futures_io_read_letter = on_read_letter,
  .test_futures_io_refuse = on_refuse,
  .test_futures_io_many = on_many,
  .test_futures_io_hold = on_hold,
  .test_futures_io_read_held = on_read_held,
  .test_futures_io_let_go = on_let_go,
  .test_futures_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

/* `many` waits inside its call. */
static void one_round(case_run *c) {
  if (c->can_block) pair_round(c);
  else pair_round_refused(c, true, "test:futures/io#many" PAIR_BLOCKS);
}

int main(void) {
  return case_main(&(case_plan){.name = "futures", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = one_round});
}
