/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Awaits in an export that another runtime calls back: that one waits for us. It may be of version 1, whose structure stays where
 * it is as long as the task, or of version 2, which has to be cloned.
 */
#include "loop.h"

wasip3_task *witguest__foreign(void) {
  if (witguest__rt.running) return NULL;
  wasip3_task *executor = wasip3_task_set(NULL);
  wasip3_task_set(executor);
  return executor;
}

/* A registration is over with its event; the first of a subtask may be that it has started. */
static void foreign_event(void *await, uint32_t code) {
  witguest__await *a = await;
  if (a->is_subtask && code < WITGUEST__RETURNED) {
    witguest__foreign_join(a);
    return;
  }
  a->waiter.event(&a->waiter, 0, code);
  witguest_run_microtasks();
}

void witguest__foreign_join(witguest__await *a) {
  if (a->vtable) a->vtable->waitable_register(a->executor, a->waitable, foreign_event, a);
  else ((wasip3_task *)a->executor)->waitable_register(((wasip3_task *)a->executor)->ptr, a->waitable, foreign_event, a);
}

void witguest__foreign_leave(witguest__await *a) {
  if (a->vtable) a->vtable->waitable_unregister(a->executor, a->waitable);
  else ((wasip3_task *)a->executor)->waitable_unregister(((wasip3_task *)a->executor)->ptr, a->waitable);
}

void witguest__foreign_begin(witguest__await *a, wasip3_task *executor) {
  bool is_v2 = executor->version >= WASIP3_TASK_V2;
  a->vtable = is_v2 ? ((wasip3_task_v2 *)(void *)executor)->vtable : NULL;
  a->executor = is_v2 ? a->vtable->clone(executor->ptr) : (void *)executor;
  witguest__foreign_join(a);
}

void witguest__foreign_end(witguest__await *a) {
  if (a->vtable) a->vtable->drop(a->executor);
  a->executor = NULL;
}
