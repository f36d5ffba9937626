/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Error contexts in both directions, as they are: no text is copied. Lifting leaves the handle where it was (lift_error_context in
 * the reference model: get, not remove), and a guest has no way to drop what a plain function returns; so the callee keeps two
 * handles a round, and what is behind them.
 */
#include "pair.h"

#define CALLEE(name) callee_test_errors_io_##name
#define RUNNER(name) runner_test_errors_io_##name

static void release_made(void *made) { withost_error_context_release(*(callee_error_context_t *)made); }
static void free_tried(void *tried) { exports_test_errors_io_result_u32_error_context_free(tried); }

static runner_error_context_t on_make(void *host, withost_call *call, runner_string_t message) {
  callee_error_context_t result = NULL;
  if (!wire_called(host, call, CALLEE(make)(TO_CALLEE(host, call), SAME(callee_string_t, message), &result))) return NULL;
  wire_keep_result(host, &result, sizeof result, release_made);
  return result;
}

static void free_text(void *text) { callee_string_free(text); }

static runner_string_t on_read(void *host, withost_call *call, runner_error_context_t e) {
  callee_string_t result = {0};
  wire_called(host, call, CALLEE(read)(TO_CALLEE(host, call), e, &result));
  wire_keep_result(host, &result, sizeof result, free_text);
  return SAME(runner_string_t, result);
}

static test_errors_io_result_u32_error_context_t on_try_it(void *host, withost_call *call, bool fail) {
  exports_test_errors_io_result_u32_error_context_t result = {0};
  wire_called(host, call, CALLEE(try_it)(TO_CALLEE(host, call), fail, &result));
  wire_keep_result(host, &result, sizeof result, free_tried);
  return SAME(test_errors_io_result_u32_error_context_t, result);
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_errors_io_make = on_make,
  .test_errors_io_read = on_read,
  .test_errors_io_try_it = on_try_it,
  .test_errors_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "error-context", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = pair_round,
                                .fails = {"handle tables are back at their baseline",
                                          "the host's heap has as many blocks as before",
                                          "the host's heap has as many bytes as before"}});
}
