/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The exports that every runner has: `run` calls test_all() and hands over the log, `heap` counts blocks. A runner
 * defines test_all() and says with CALLEE_HEAP how it asks for the callee's heap, which must be where it was; work
 * that goes on after an answer gets a few turns to end.
 */
#include <stdlib.h>
#include "rt.h"
#include "runner.h"

static void test_all(void);

runner_callback_code_t exports_runner_run(void) {
  runner_string_t log;
  uint32_t before = CALLEE_HEAP();
  test_all();
  for (int i = 0; i < 10 && CALLEE_HEAP() != before; i++) runner_thread_yield();
  rt_equal(CALLEE_HEAP(), before, "the callee's heap is back at its baseline");
  rt_log_take(&log.ptr, &log.len);
  exports_runner_run_return(log);
  runner_string_free(&log);
  return RUNNER_CALLBACK_CODE_EXIT;
}

runner_callback_code_t exports_runner_run_callback(runner_event_t *event) {
  (void)event;
  abort();
}

uint32_t exports_runner_heap(void) { return rt_heap_blocks(); }
