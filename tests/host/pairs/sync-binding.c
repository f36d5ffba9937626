/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Async functions that the caller, the callee, or both bind as plain ones: the host's side is the same as ever.
 */
#include "pair.h"

#define CALLEE(name) callee_test_sync_binding_io_##name
#define RUNNER(name) runner_test_sync_binding_io_##name

static void add_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(add_return)(call, *result);
}

static void on_add(void *host, withost_call *call, uint32_t a, uint32_t b) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(add)(TO_CALLEE(host, call), a, b, add_done, w, wire_inner(w)));
}

static void wide_done(void *user, withost_call *inner, int status, const exports_test_sync_binding_io_answer_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(wide_return)(call, SAME(test_sync_binding_io_answer_t, *result));
}

static void on_wide(void *host, withost_call *call, runner_string_t a, runner_string_t b, runner_string_t c, runner_string_t d,
                    runner_string_t e, runner_string_t f, runner_string_t g, runner_string_t h, uint8_t i) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(wide)(TO_CALLEE(host, call), pair_keep(w, a), pair_keep(w, b), pair_keep(w, c), pair_keep(w, d),
                         pair_keep(w, e), pair_keep(w, f), pair_keep(w, g), pair_keep(w, h), i, wide_done, w, wire_inner(w)));
}

static void check_done(void *user, withost_call *inner, int status,
                       const exports_test_sync_binding_io_result_u32_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(check_return)(call, SAME(test_sync_binding_io_result_u32_string_t, *result));
}

static void on_check(void *host, withost_call *call, uint32_t n) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(check)(TO_CALLEE(host, call), n, check_done, w, wire_inner(w)));
}

static void nothing_done(void *user, withost_call *inner, int status) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(nothing_return)(call);
}

static void on_nothing(void *host, withost_call *call) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(nothing)(TO_CALLEE(host, call), nothing_done, w, wire_inner(w)));
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_sync_binding_io_add = on_add,
  .test_sync_binding_io_wide = on_wide,
  .test_sync_binding_io_check = on_check,
  .test_sync_binding_io_nothing = on_nothing,
  .test_sync_binding_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "sync-binding", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = pair_round});
}
