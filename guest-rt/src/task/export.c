/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Where an export's code begins and ends. Exports nest: a sync one may barge in while another one is suspended in an import.
 */
#include "../mode/mode.h"

void witguest_export_enter(witguest_export *x) {
  x->outer = witguest__rt.running;
  x->outer_current = witguest__rt.current;
  witguest__rt.running = x;
  witguest__rt.current = x->task;
  if (x->task) x->task->running = true;
  if (!x->has_begun) witguest__mode_export_begins();
  x->has_begun = true;
}

/* The thread goes home, in case a scope was left by longjmp. Who holds a reference may want to enter the task from elsewhere. */
void witguest_export_leave(witguest_export *x) {
  witguest_task *t = x->task;
  if (witguest__rt.current && witguest__rt.current != t) witguest__move(witguest__home());
  if (t) {
    if (t->refs > 1) witguest__mode_capture(t);
    t->running = false;
    if (t->jobs.count) witguest__wake(t);
  }
  witguest__rt.running = x->outer;
  witguest__rt.current = x->outer_current;
}

bool witguest_export_is_needed(const witguest_export *x) {
  const witguest_task *t = x->task;
  return t && (t->refs > 1 || t->pending || t->jobs.count);
}

void witguest_export_waits(witguest_export *x, uint32_t set) {
  if (x->task) x->task->set = set;
}

void witguest__task_adopt(witguest_task *t) {
  witguest__job job;
  while (witguest__queue_pop(&t->jobs, &job)) witguest__job_run(&job);
}

/* A cancellation is the author's first: work that comes before it might return the result. */
bool witguest_export_event(witguest_export *x, uint32_t event, uint32_t waitable, uint32_t code) {
  witguest_task *t = x->task;
  if (!t) return false;
  if (event == WITGUEST__EVENT_CANCELLED) {
    t->cancelled = true;
    return false;
  }
  bool is_wake = event == WITGUEST__EVENT_STREAM_READ && waitable == t->readable;
  if (is_wake) t->wake.event(&t->wake, event, code);
  witguest__task_adopt(t);
  return is_wake;
}

void witguest_export_end(witguest_export *x) {
  witguest_task *t = x->task;
  witguest__mode_export_ends();
  if (!t) return;
  witguest__wake_end(t);
  if (t->next) t->next->prev = t->prev;
  *(t->prev ? &t->prev->next : &witguest__rt.tasks) = t->next;
  t->has_export = false;
  t->set = 0;
  x->task = NULL;
  witguest__unref(t);
  if (!witguest__rt.tasks) witguest__rest();
}
