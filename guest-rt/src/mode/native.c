/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Native: the thread moves to the task that work is for. A task's handle is asked for when its thread is about to leave it, or
 * when others will want to enter it; so a call that nobody else works for never costs an import.
 */
#include "mode.h"

WITGUEST__SAYS(NATIVE, "native");

const bool witguest__mode_runs_anywhere = true;

void witguest__mode_capture(witguest_task *t) {
  if (!t->handle) t->handle = witguest__thread_get_task();
}

void witguest__mode_move(witguest_task *from, witguest_task *to) {
  witguest__mode_capture(from);
  witguest__thread_set_task(to->handle);
}

void witguest__mode_release(witguest_task *t) {
  if (t->handle) witguest__task_drop(t->handle);
}

void witguest__mode_export_begins(void) {}
void witguest__mode_export_ends(void) {}
void witguest__mode_resumes(witguest_task *t) { (void)t; }

/* A thread keeps its index, wherever it is. Asked for once per task that waits, and once per cancellation. */
void witguest__mode_waits(witguest_task *t) {
  if (!t->thread) t->thread = witguest__thread_index();
}

witguest_task *witguest__mode_find(void) {
  uint32_t index = witguest__thread_index();
  for (witguest_task *t = witguest__rt.tasks; t; t = t->next)
    if (t->thread == index) return t;
  return NULL;
}
