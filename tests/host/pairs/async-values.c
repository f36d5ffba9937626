/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Values of every kind through async functions, as arguments and as results.
 */
#include "pair.h"

#define CALLEE(name) callee_test_async_values_io_##name
#define RUNNER(name) runner_test_async_values_io_##name
#define T(name) test_async_values_io_##name
#define E(name) exports_test_async_values_io_##name

static E(point_t) keep_point(wire *w, T(point_t) point) {
  return (E(point_t)){point.x, point.y, pair_keep(w, point.name)};
}

static E(shape_t) keep_shape(wire *w, T(shape_t) shape) {
  E(shape_t) kept = SAME(E(shape_t), shape);
  if (shape.tag == TEST_ASYNC_VALUES_IO_SHAPE_TEXT) kept.val.text = pair_keep(w, shape.val.text);
  if (shape.tag == TEST_ASYNC_VALUES_IO_SHAPE_AT) kept.val.at = keep_point(w, shape.val.at);
  return kept;
}

static void all_done(void *user, withost_call *inner, int status, const E(big_t) *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(all_return)(call, SAME(T(big_t), *result));
}

static void on_all(void *host, withost_call *call, uint8_t a, uint16_t b, uint32_t c, uint64_t d, int8_t e, int16_t f, int32_t g,
                   int64_t h, float i, double j, uint32_t k, bool l, runner_string_t m, T(color_t) n, T(perm_t) o,
                   runner_option_u8_t p, T(result_void_u16_t) q, T(point_t) r) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(all)(TO_CALLEE(host, call), a, b, c, d, e, f, g, h, i, j, k, l, pair_keep(w, m), n, o,
                        SAME(callee_option_u8_t, p), SAME(E(result_void_u16_t), q), keep_point(w, r), all_done, w, wire_inner(w)));
}

static void swap_done(void *user, withost_call *inner, int status, const E(tuple2_shape_shape_t) *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(swap_return)(call, SAME(T(tuple2_shape_shape_t), *result));
}

static void on_swap(void *host, withost_call *call, T(shape_t) first, T(shape_t) second) {
  wire *w = wire_open(host, call);
  E(shape_t) v = keep_shape(w, first), u = keep_shape(w, second);
  wire_sent(w, CALLEE(swap)(TO_CALLEE(host, call), v, u, swap_done, w, wire_inner(w)));
}

static void split_done(void *user, withost_call *inner, int status, const callee_option_list_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(split_return)(call, SAME(runner_option_list_string_t, *result));
}

static void on_split(void *host, withost_call *call, runner_option_string_t s) {
  wire *w = wire_open(host, call);
  callee_option_string_t text = {.is_some = s.is_some};
  if (s.is_some) text.val = pair_keep(w, s.val);
  wire_sent(w, CALLEE(split)(TO_CALLEE(host, call), text, split_done, w, wire_inner(w)));
}

static void turn_done(void *user, withost_call *inner, int status, const E(result_string_u64_t) *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(turn_return)(call, SAME(T(result_string_u64_t), *result));
}

static void on_turn(void *host, withost_call *call, T(result_u64_string_t) r) {
  wire *w = wire_open(host, call);
  E(result_u64_string_t) result = SAME(E(result_u64_string_t), r);
  if (r.is_err) result.val.err = pair_keep(w, r.val.err);
  wire_sent(w, CALLEE(turn)(TO_CALLEE(host, call), result, turn_done, w, wire_inner(w)));
}

static void four_done(void *user, withost_call *inner, int status, const double *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(four_return)(call, *result);
}

static void on_four(void *host, withost_call *call, uint32_t a, uint32_t b, float c, uint64_t d) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(four)(TO_CALLEE(host, call), a, b, c, d, four_done, w, wire_inner(w)));
}

static void none_done(void *user, withost_call *inner, int status, const E(result_void_void_t) *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(none_return)(call, SAME(T(result_void_void_t), *result));
}

static void on_none(void *host, withost_call *call) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(none)(TO_CALLEE(host, call), none_done, w, wire_inner(w)));
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_async_values_io_all = on_all,
  .test_async_values_io_swap = on_swap,
  .test_async_values_io_split = on_split,
  .test_async_values_io_turn = on_turn,
  .test_async_values_io_four = on_four,
  .test_async_values_io_none = on_none,
  .test_async_values_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "async-values", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = pair_round});
}
