/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Turns. One begins when the host calls an export of the loop or its callback, and runs what can run in it: everything in the
 * modes where work runs anywhere, else what is for this export's task. See loop.h for the order.
 */
#include "loop.h"

/* Forgotten work had to be asked for: somebody may count on running. */
static bool is_forgotten(const witguest__job *job) { return (job->flags & WITGUEST_UNLESS_CANCELLED) && job->task->cancelled; }

static void run_job(witguest__job *job) {
  if (is_forgotten(job)) witguest__unref(job->task);
  else witguest__job_run(job);
}

/* A reference has gone. Nobody is to be in a task that is not there any more. */
static void last_of_task(witguest_task *t) {
  if (!t->refs) witguest__move(witguest__home());
  witguest__task_is_less(t);
}

/* From job to job the thread moves only if the task is another one; then it goes home. */
static void run_microtasks(void) {
  witguest__queue *q = &witguest__the_loop.microtasks;
  witguest__job job;
  if (!q->count) return;
  while (witguest__queue_pop(q, &job)) {
    if (!is_forgotten(&job)) {
      if (job.task != witguest__rt.current) witguest__move(job.task);
      job.run(job.arg);
    }
    if (--job.task->refs <= 1) last_of_task(job.task);
  }
  witguest__move(witguest__home());
}

static void run_macrotasks(void) {
  witguest__queue *q = &witguest__the_loop.macrotasks;
  witguest__job job;
  for (uint32_t left = q->count; left && witguest__queue_pop(q, &job); left--) {
    run_job(&job);
    run_microtasks();
  }
}

void witguest_run_microtasks(void) {
  witguest__job job;
  if (witguest__rt.running) {
    run_microtasks();
    return;
  }
  while (witguest__queue_pop(&witguest__the_loop.microtasks, &job)) run_job(&job);
  if (!witguest__rt.tasks) witguest__rest();
}

/* What a task's callback was woken for. */
static void adopt(witguest_task *t) {
  witguest__job job;
  while (witguest__queue_pop(&t->jobs, &job)) witguest__queue_here(job);
}

/* Macrotasks that came up meanwhile: the host has its turn before them. */
static void hand_over(void) {
  witguest__job job;
  witguest_task *home = witguest__home();
  while (witguest__queue_pop(&witguest__the_loop.macrotasks, &job)) witguest__queue_push(&home->jobs, job);
}

/* Waiting: the last that it does in this callback. */
static uint32_t turn_wait(witguest_export *x) {
  witguest_task *t = x->task;
  if (!t->set) t->set = witguest__set_new();
  witguest_export_leave(x);
  witguest__mode_waits(t);
  return WITGUEST__WAIT | t->set << 4;
}

static uint32_t turn_end(witguest_export *x) {
  if (witguest__the_loop.macrotasks.count) hand_over();
  if (witguest_export_is_needed(x)) return turn_wait(x);
  uint32_t set = x->task ? x->task->set : 0;
  witguest_export_leave(x);
  witguest_export_end(x);
  if (set) witguest__set_drop(set);
  if (witguest__the_loop.draining) witguest__drain_look();
  return WITGUEST__EXIT;
}

uint32_t witguest_loop_start(void (*main)(void *), void *arg) {
  witguest_export x = {0};
  wasip3_task_v2 shared;
  witguest_export_enter(&x);
  wasip3_task *outer = witguest__wasip3_enter(&shared, &x);
  main(arg);
  run_microtasks();
  run_macrotasks();
  wasip3_task_set(outer);
  return turn_end(&x);
}

static bool names_a_waitable(uint32_t event) { return event != WITGUEST__EVENT_NONE && event != WITGUEST__EVENT_CANCELLED; }

uint32_t witguest_loop_event(uint32_t event, uint32_t waitable, uint32_t code) {
  witguest__waiter *waiter = names_a_waitable(event) ? witguest__waitable_get(waitable) : NULL;
  witguest_export x = {.task = waiter ? waiter->task : witguest__mode_find(), .has_begun = true};
  wasip3_task_v2 shared;
  if (!x.task) __builtin_trap(); /* an event of something that is not the loop's */
  witguest__mode_resumes(x.task);
  witguest_export_enter(&x);
  wasip3_task *outer = witguest__wasip3_enter(&shared, &x);
  if (event == WITGUEST__EVENT_CANCELLED) witguest__loop_cancelled(x.task); /* before anything that might return its result */
  adopt(x.task);
  run_microtasks();
  if (waiter) waiter->event(waiter, event, code);
  run_microtasks();
  run_macrotasks();
  wasip3_task_set(outer);
  return turn_end(&x);
}
