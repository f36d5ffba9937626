/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Task records, their references, and which one is current.
 */
#include <stdlib.h>

#include "../mode/mode.h"

witguest__state witguest__rt;

static witguest_task *task_new(void) {
  witguest_task *t = calloc(1, sizeof *t);
  if (!t) __builtin_trap();
  t->refs = 1;
  return t;
}

static witguest_task *home_new(witguest_export *x) {
  witguest_task *t = task_new();
  t->has_export = t->running = true;
  t->next = witguest__rt.tasks;
  if (t->next) t->next->prev = t;
  witguest__rt.tasks = t;
  return x->task = t;
}

witguest_task *witguest__export_task(witguest_export *x) { return x->task ? x->task : home_new(x); }
witguest_task *witguest__home(void) { return witguest__export_task(witguest__rt.running); }

witguest_task *witguest__current(void) {
  if (!witguest__rt.current) witguest__rt.current = witguest__home();
  return witguest__rt.current;
}

witguest_task *witguest__unknown(void) {
  witguest_task *t = task_new();
  witguest__mode_capture(t);
  return t;
}

void witguest__move(witguest_task *to) {
  witguest_task *from = witguest__current();
  if (from != to) witguest__mode_move(from, to);
  witguest__rt.current = to;
}

static void task_free(witguest_task *t) {
  witguest__mode_release(t);
  witguest__queue_release(&t->jobs);
  free(t);
}

void witguest__task_is_less(witguest_task *t) {
  if (!t->refs) task_free(t);
  else if (t->has_export && !t->pending) witguest__wake(t);
}

witguest_task *witguest_task_ref(witguest_task *t) { return witguest__ref(t); }

void witguest_task_unref(witguest_task *t) {
  if (t) witguest__unref(t);
}

bool witguest_task_is_cancelled(const witguest_task *t) { return t->cancelled; }
