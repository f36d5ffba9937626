/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Draining: who wants to hear that all others have ended. Looked at whenever an export ends, and when one begins to drain.
 */
#include "loop.h"

void witguest__drain_look(void) {
  for (const witguest_task *t = witguest__rt.tasks; t; t = t->next)
    if (!t->drained) return;
  for (witguest_task *t = witguest__rt.tasks; t; t = t->next) {
    witguest__job job = {t->drained, t->drained_arg, t, WITGUEST_IS_MACROTASK};
    t->drained = NULL;
    witguest__the_loop.draining--;
    witguest__queue_push(&t->jobs, job);
    witguest__wake(t);
  }
}

int witguest_drain(witguest_work work, void *arg) {
  witguest_task *t = witguest__loop_task();
  if (!t) return WITGUEST_ENOLOOP;
  if (t->drained) return WITGUEST_EBUSY;
  t->drained = work;
  t->drained_arg = arg;
  witguest__ref(t);
  witguest__the_loop.draining++;
  witguest__drain_look();
  return WITGUEST_OK;
}
