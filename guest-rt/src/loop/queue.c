/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Where work goes: to the loop's queues if the running callback may run it, else to its task, which is woken.
 */
#include "loop.h"

witguest__loop witguest__the_loop;

static bool runs_here(const witguest_task *t) {
  return witguest__mode_runs_anywhere || (witguest__rt.running && witguest__rt.running->task == t);
}

void witguest__queue_here(witguest__job job) {
  bool is_macrotask = job.flags & WITGUEST_IS_MACROTASK;
  witguest__queue_push(is_macrotask ? &witguest__the_loop.macrotasks : &witguest__the_loop.microtasks, job);
}

void witguest__queue_job(witguest__job job) {
  if (runs_here(job.task)) {
    witguest__queue_here(job);
    return;
  }
  witguest__queue_push(&job.task->jobs, job);
  witguest__wake(job.task);
}

/* An export that nobody told us of has no callback that we could come back in. */
static witguest_task *current_own(void) {
  if (!witguest__is_unknown()) return witguest__ref(witguest__current());
  return witguest__mode_runs_anywhere ? witguest__unknown() : NULL;
}

/* Not inlined into witguest_microtask, whose usual way needs no stack. */
__attribute__((noinline)) int witguest_queue(witguest_capture_t capture, witguest_work work, void *arg, unsigned flags) {
  witguest_task *t = capture ? (witguest_task *)capture : current_own();
  if (!t || (!runs_here(t) && !t->has_export)) return WITGUEST_ENOLOOP;
  witguest__queue_job((witguest__job){work, arg, t, flags});
  return WITGUEST_OK;
}

/* Mostly for a task that is known, and served here. */
int witguest_microtask(witguest_work work, void *arg) {
  witguest_task *t = witguest__rt.current;
  if (!t || !runs_here(t)) return witguest_queue(0, work, arg, 0);
  witguest__queue_push(&witguest__the_loop.microtasks, (witguest__job){work, arg, witguest__ref(t), 0});
  return WITGUEST_OK;
}

int witguest_macrotask(witguest_work work, void *arg) { return witguest_queue(0, work, arg, WITGUEST_IS_MACROTASK); }

int witguest_microtask_for(witguest_capture_t capture, witguest_work work, void *arg) {
  return witguest_queue(capture, work, arg, 0);
}

int witguest_macrotask_for(witguest_capture_t capture, witguest_work work, void *arg) {
  return witguest_queue(capture, work, arg, WITGUEST_IS_MACROTASK);
}

witguest_task *witguest__loop_task(void) {
  if (witguest__is_unknown()) return NULL;
  witguest_task *t = witguest__current();
  return t->has_export ? t : NULL;
}

void witguest__loop_rest(void) {
  witguest__queue_release(&witguest__the_loop.microtasks);
  witguest__queue_release(&witguest__the_loop.macrotasks);
}
