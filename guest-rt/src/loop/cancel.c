/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Cancellation. The host's event comes in the task's own callback, so nobody else's work is in the way, and task.cancel acts on
 * the right one.
 */
#include "loop.h"

/* One that stops at once leaves the list, and may take its timeout along: then from the start. */
static void cancel_awaits(witguest_task *t) {
  for (witguest__await *a = t->awaits; a;) {
    bool stops = !a->cancelling && (a->is_subtask || a->cancel);
    if (stops) witguest__await_stop(a);
    a = stops && !a->waitable ? t->awaits : a->next;
  }
}

void witguest_task_cancel(void) {
  witguest_task *t = witguest__current();
  witguest__task_cancel();
  cancel_awaits(t);
}

int witguest_on_cancel(witguest_work cancelled, void *arg) {
  witguest_task *t = witguest__loop_task();
  if (!t) return WITGUEST_ENOLOOP;
  t->on_cancel = cancelled;
  t->on_cancel_arg = arg;
  return WITGUEST_OK;
}

void witguest__loop_cancelled(witguest_task *t) {
  t->cancelled = true;
  if (t->on_cancel) t->on_cancel(t->on_cancel_arg);
  else witguest_task_cancel();
}
