/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The exports that every runner has: `run` calls test_all() and hands over the log, `heap` counts blocks. A runner
 * defines test_all() and says with CALLEE_HEAP how it asks for the callee's heap, which must be where it was; work
 * that goes on after an answer gets a few turns to end. Runners wait inside their call: the functions below.
 */
#include <stdlib.h>
#include "rt.h"
#include "runner.h"

static void test_all(void);

/* The next event of one waitable. */
static inline runner_event_t wait_for(uint32_t waitable) {
  runner_waitable_set_t set = runner_waitable_set_new();
  runner_event_t event = {0};
  runner_waitable_join(waitable, set);
  runner_waitable_set_wait(set, &event);
  runner_waitable_join(waitable, 0);
  runner_waitable_set_drop(set);
  return event;
}

/* How a copy ended, whether at once or later. */
static inline uint32_t settled(uint32_t waitable, runner_waitable_status_t status) {
  return status == RUNNER_WAITABLE_STATUS_BLOCKED ? wait_for(waitable).code : status;
}

/* Waits until a call has returned. */
static inline void await(runner_subtask_status_t status) {
  runner_subtask_t subtask = RUNNER_SUBTASK_HANDLE(status);
  if (RUNNER_SUBTASK_STATE(status) == RUNNER_SUBTASK_RETURNED) return;
  while (wait_for(subtask).code != RUNNER_SUBTASK_RETURNED) continue;
  runner_subtask_drop(subtask);
}

runner_callback_code_t exports_runner_run(void) {
  uint8_t *text;
  runner_string_t log;
  uint32_t before = CALLEE_HEAP();
  test_all();
  for (int i = 0; i < 10 && CALLEE_HEAP() != before; i++) runner_thread_yield();
  rt_equal(CALLEE_HEAP(), before, "the callee's heap is back at its baseline");
  rt_log_take(&text, &log.len);
  log.ptr = malloc(log.len * sizeof *log.ptr);
  if (!log.ptr) abort();
  for (size_t i = 0; i < log.len; i++) log.ptr[i] = text[i]; /* the runner may be one with wide strings */
  free(text);
  exports_runner_run_return(log);
  runner_string_free(&log);
  return RUNNER_CALLBACK_CODE_EXIT;
}

runner_callback_code_t exports_runner_run_callback(runner_event_t *event) {
  (void)event;
  abort();
}

uint32_t exports_runner_heap(void) { return rt_heap_blocks(); }
