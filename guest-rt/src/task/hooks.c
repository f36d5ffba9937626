/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The four hooks, run_for and call_for. A scope is the task to go back to, or SAME where nothing has changed.
 */
#include "../mode/mode.h"

#define SAME ((witguest_scope)1)

witguest_task *witguest_task_current(void) {
  if (witguest__is_unknown()) return witguest__unknown();
  witguest_task *t = witguest__current();
  witguest__mode_capture(t);
  return witguest__ref(t);
}

witguest_capture_t witguest_capture(void) { return (witguest_capture_t)witguest_task_current(); }

void witguest_release(witguest_capture_t capture) { witguest_task_unref((witguest_task *)capture); }

/* What we come from, where nobody has asked yet: for an export that we know nothing about, a record of the scope's own. */
static witguest_task *scope_outer(void) {
  if (!witguest__is_unknown()) return witguest__current();
  witguest_task *t = witguest__rt.current = witguest__unknown();
  t->is_base = true;
  return t;
}

static witguest_scope scope_open(witguest_task *t) {
  witguest_task *outer = witguest__rt.current ? witguest__rt.current : scope_outer();
  if (outer == t) return SAME;
  witguest__mode_move(outer, witguest__ref(t));
  witguest__rt.current = t;
  return (witguest_scope)outer;
}

witguest_scope witguest_enter(witguest_capture_t capture) {
  witguest_task *t = (witguest_task *)capture;
  return !t || t == witguest__rt.current ? SAME : scope_open(t);
}

static void scope_close(witguest_task *outer) {
  witguest_task *t = witguest__rt.current;
  if (t != outer) witguest__mode_move(t, outer);
  witguest__rt.current = outer;
  witguest__unref(t);
  if (!outer->is_base) return;
  witguest__rt.current = NULL;
  witguest__unref(outer);
}

void witguest_leave(witguest_scope scope) {
  if (scope != SAME) scope_close((witguest_task *)scope);
}

void witguest__job_run(witguest__job *job) {
  witguest_scope scope = witguest_enter((witguest_capture_t)job->task);
  job->run(job->arg);
  witguest_leave(scope);
  witguest__unref(job->task);
}

/* Its own callback is the innermost thing that runs. */
static bool is_at_home(const witguest_task *t) { return witguest__rt.running && witguest__rt.running->task == t; }

int witguest_run_for(witguest_task *t, void (*fn)(void *), void *arg) {
  witguest__job job = {fn, arg, witguest__ref(t), 0};
  if (witguest__mode_runs_anywhere || is_at_home(t)) {
    witguest__job_run(&job);
    return 1;
  }
  if (!t->running && !t->set) {
    witguest__unref(t);
    return WITGUEST_EINVAL;
  }
  witguest__queue_push(&t->jobs, job);
  witguest__wake(t);
  return 0;
}

void witguest_call_for(witguest_task *t, void (*fn)(void *), void *arg) {
  if (witguest__mode_runs_anywhere || is_at_home(t)) {
    witguest_scope scope = witguest_enter((witguest_capture_t)t);
    fn(arg);
    witguest_leave(scope);
  } else if (!witguest__go_call_for || !witguest__go_call_for(t, fn, arg)) {
    __builtin_trap();
  }
}
