/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Turns. One begins when the host calls an export of the loop or its callback, and runs what can run in it: everything in the
 * modes where work runs anywhere, else what is for this export's task. See loop.h for the order.
 */
#include "loop.h"

witguest__loop witguest__the_loop;

/* ---- Queues ---- */

static bool runs_here(const witguest_task *t) {
  return witguest__mode_runs_anywhere || (witguest__rt.running && witguest__rt.running->task == t);
}

static void queue_local(witguest__job job) {
  witguest__queue_push(job.flags & WITGUEST__MACROTASK ? &witguest__the_loop.macrotasks : &witguest__the_loop.microtasks, job);
}

void witguest__loop_queue(witguest__job job) {
  if (runs_here(job.task)) {
    queue_local(job);
    return;
  }
  witguest__queue_push(&job.task->jobs, job);
  witguest__wake(job.task);
}

void witguest_microtask(witguest_work work, void *arg) {
  witguest__loop_queue((witguest__job){work, arg, witguest__ref(witguest__current()), 0});
}

void witguest_microtask_for(witguest_capture_t capture, witguest_work work, void *arg) {
  witguest__loop_queue((witguest__job){work, arg, (witguest_task *)capture, 0});
}

void witguest_macrotask(witguest_work work, void *arg) {
  witguest__loop_queue((witguest__job){work, arg, witguest__ref(witguest__current()), WITGUEST__MACROTASK});
}

void witguest_macrotask_for(witguest_capture_t capture, witguest_work work, void *arg) {
  witguest__loop_queue((witguest__job){work, arg, (witguest_task *)capture, WITGUEST__MACROTASK});
}

void witguest__loop_rest(void) {
  witguest__queue_release(&witguest__the_loop.microtasks);
  witguest__queue_release(&witguest__the_loop.macrotasks);
}

/* ---- Turns ---- */

/* From job to job the thread moves only if the task is another one; then it goes home. */
static void run_microtasks(void) {
  witguest__queue *q = &witguest__the_loop.microtasks;
  witguest__job job;
  if (!q->count) return;
  while (witguest__queue_pop(q, &job)) {
    if (job.task != witguest__rt.current) witguest__move(job.task);
    job.run(job.arg);
    witguest__unref(job.task);
  }
  witguest__move(witguest__home());
}

/* What a task's callback was woken for. */
static void adopt(witguest_task *t) {
  witguest__job job;
  while (witguest__queue_pop(&t->jobs, &job)) queue_local(job);
}

static void run_macrotasks(void) {
  witguest__queue *q = &witguest__the_loop.macrotasks;
  witguest__job job;
  for (uint32_t left = q->count; left && witguest__queue_pop(q, &job); left--) {
    witguest__job_run(&job);
    run_microtasks();
  }
}

/* More macrotasks than were there at first: others have their turn before them. */
static void hand_over(void) {
  witguest__job job;
  witguest_task *home = witguest__home();
  while (witguest__queue_pop(&witguest__the_loop.macrotasks, &job)) witguest__queue_push(&home->jobs, job);
}

static uint32_t turn_end(witguest_export *x) {
  if (witguest__the_loop.macrotasks.count) hand_over();
  bool needed = witguest_export_is_needed(x);
  witguest_task *t = x->task;
  bool woken = needed && t->jobs.count;
  if (needed && !t->set) t->set = witguest__set_new();
  uint32_t set = t ? t->set : 0;
  witguest_export_leave(x);
  if (needed) {
    witguest__mode_waits(t);
    if (woken) witguest__wake(t);
    return WITGUEST__WAIT | set << 4;
  }
  witguest_export_end(x);
  if (set) witguest__set_drop(set);
  witguest__mode_export_ends();
  return WITGUEST__EXIT;
}

uint32_t witguest_loop_start(void (*main)(void *), void *arg) {
  witguest_export x = {0};
  witguest__mode_export_begins();
  witguest_export_enter(&x);
  main(arg);
  run_microtasks();
  run_macrotasks();
  return turn_end(&x);
}

uint32_t witguest_loop_event(uint32_t event, uint32_t waitable, uint32_t code) {
  witguest__waiter *w = event == WITGUEST__EVENT_NONE || event == WITGUEST__EVENT_CANCELLED ? NULL : witguest__waitable_get(waitable);
  witguest_export x = {.task = w ? w->task : witguest__mode_find()};
  witguest__mode_resumes(x.task);
  witguest_export_enter(&x);
  adopt(x.task);
  run_microtasks();
  if (w) w->event(w, event, code);
  run_microtasks();
  run_macrotasks();
  return turn_end(&x);
}
