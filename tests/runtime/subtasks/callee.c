/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Callee of the subtask case: see world.wit for what each function does. */
#include <stdlib.h>
#include <string.h>
#include "callee.h"
#include "rt.h"

typedef struct job {
  uint32_t turns, tag;
  callee_waitable_set_t nothing; /* a set with no members: only a cancellation ends waiting for it */
} job;

static uint32_t pending;

static job *job_new(uint32_t turns, uint32_t tag) {
  job *j = malloc(sizeof *j);
  if (!j) abort();
  *j = (job){turns, tag, 0};
  callee_context_set_0(j);
  return j;
}

callee_callback_code_t exports_test_subtasks_work_quick(uint32_t a, uint32_t b) {
  exports_test_subtasks_work_quick_return(a + b);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t exports_test_subtasks_work_quick_callback(callee_event_t *event) {
  (void)event;
  abort();
}

callee_callback_code_t exports_test_subtasks_work_slow(uint32_t turns, uint32_t tag) {
  job_new(turns, tag);
  return CALLEE_CALLBACK_CODE_YIELD;
}

callee_callback_code_t exports_test_subtasks_work_slow_callback(callee_event_t *event) {
  job *j = callee_context_get_0();
  if (event->event == CALLEE_EVENT_CANCEL) {
    free(j);
    callee_task_cancel();
    return CALLEE_CALLBACK_CODE_EXIT;
  }
  if (j->turns && --j->turns) return CALLEE_CALLBACK_CODE_YIELD;
  exports_test_subtasks_work_slow_return(j->tag);
  free(j);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t exports_test_subtasks_work_spilled(uint8_t a, uint64_t b, float c, callee_string_t *d, uint16_t e) {
  rt_text text = {0};
  rt_put_u64(&text, a);
  rt_put(&text, " ");
  rt_put_u64(&text, b);
  rt_put(&text, " ");
  rt_put_double(&text, (double)c);
  rt_put(&text, " ");
  rt_put_n(&text, d->ptr, d->len);
  rt_put(&text, " ");
  rt_put_u64(&text, e);
  callee_string_t result = {(uint8_t *)text.ptr, text.len};
  exports_test_subtasks_work_spilled_return(result);
  callee_string_free(&result);
  callee_string_free(d);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t exports_test_subtasks_work_spilled_callback(callee_event_t *event) {
  (void)event;
  abort();
}

callee_callback_code_t exports_test_subtasks_work_early(uint32_t turns) {
  job_new(turns, 0);
  pending += turns;
  exports_test_subtasks_work_early_return(turns);
  return CALLEE_CALLBACK_CODE_YIELD;
}

callee_callback_code_t exports_test_subtasks_work_early_callback(callee_event_t *event) {
  (void)event;
  job *j = callee_context_get_0();
  pending--;
  if (--j->turns) return CALLEE_CALLBACK_CODE_YIELD;
  free(j);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t exports_test_subtasks_work_until_cancelled(void) {
  job *j = job_new(0, 0);
  j->nothing = callee_waitable_set_new();
  return CALLEE_CALLBACK_CODE_WAIT(j->nothing);
}

callee_callback_code_t exports_test_subtasks_work_until_cancelled_callback(callee_event_t *event) {
  job *j = callee_context_get_0();
  if (event->event != CALLEE_EVENT_CANCEL) return CALLEE_CALLBACK_CODE_WAIT(j->nothing);
  callee_waitable_set_drop(j->nothing);
  free(j);
  callee_task_cancel();
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t exports_test_subtasks_work_answer_when_cancelled(void) {
  job *j = job_new(0, 0);
  j->nothing = callee_waitable_set_new();
  return CALLEE_CALLBACK_CODE_WAIT(j->nothing);
}

callee_callback_code_t exports_test_subtasks_work_answer_when_cancelled_callback(callee_event_t *event) {
  job *j = callee_context_get_0();
  if (event->event != CALLEE_EVENT_CANCEL) return CALLEE_CALLBACK_CODE_WAIT(j->nothing);
  callee_waitable_set_drop(j->nothing);
  free(j);
  exports_test_subtasks_work_answer_when_cancelled_return(77);
  return CALLEE_CALLBACK_CODE_EXIT;
}

void exports_test_subtasks_work_gate(bool open) {
  if (open) callee_backpressure_dec();
  else callee_backpressure_inc();
}

uint32_t exports_test_subtasks_work_pending(void) { return pending; }
uint32_t exports_test_subtasks_work_heap(void) { return rt_heap_blocks(); }
