/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The loop as an executor for other runtimes in the module. What they are given is a reference to the task: a clone is the record;
 * without one it is the export that runs, marked by its lowest bit, because most callbacks never ask and need no record.
 */
#include <stdlib.h>

#include "loop.h"

static wasip3_task *the_task;

__attribute__((weak)) wasip3_task *wasip3_task_set(wasip3_task *task) {
  wasip3_task *before = the_task;
  the_task = task;
  return before;
}

/* One that is registered. */
typedef struct guest_waiter {
  witguest__waiter waiter;
  uint32_t waitable;
  wasip3_waitable_callback callback;
  void *callback_ptr;
} guest_waiter;

static void waiter_event(witguest__waiter *waiter, uint32_t event, uint32_t code);

static witguest_task *task_of(void *ptr) {
  uintptr_t word = (uintptr_t)ptr;
  return word & 1 ? witguest__export_task((witguest_export *)(word - 1)) : ptr;
}

static guest_waiter *waiter_find(uint32_t waitable) {
  witguest__waiter *w = witguest__waitable_get(waitable);
  return w && w->event == waiter_event ? (guest_waiter *)w : NULL;
}

static void waiter_detach(guest_waiter *g) {
  witguest__join(g->waitable, 0);
  witguest__waitable_set(g->waitable, NULL);
  g->waiter.task->pending--;
}

static void waiter_event(witguest__waiter *waiter, uint32_t event, uint32_t code) {
  guest_waiter g = *(guest_waiter *)waiter;
  (void)event;
  witguest__ref(g.waiter.task);
  waiter_detach(&g);
  free(waiter);
  g.callback(g.callback_ptr, code);
  witguest__unref(g.waiter.task);
}

static void *waitable_register(void *ptr, uint32_t waitable, wasip3_waitable_callback callback, void *callback_ptr) {
  witguest_task *t = task_of(ptr);
  guest_waiter *g = waiter_find(waitable);
  void *before = g ? g->callback_ptr : NULL;
  if (!g) {
    g = malloc(sizeof *g);
    if (!g) __builtin_trap();
    t->pending++;
    if (!t->set) t->set = witguest__set_new();
    g->waiter = (witguest__waiter){waiter_event, t};
    g->waitable = waitable;
    witguest__waitable_set(waitable, &g->waiter);
    witguest__join(waitable, t->set);
  }
  g->callback = callback;
  g->callback_ptr = callback_ptr;
  return before;
}

static void *waitable_unregister(void *ptr, uint32_t waitable) {
  guest_waiter *g = waiter_find(waitable);
  if (!g) return NULL;
  (void)ptr;
  void *callback_ptr = g->callback_ptr;
  witguest_task *t = witguest__ref(g->waiter.task);
  waiter_detach(g);
  free(g);
  witguest__unref(t);
  return callback_ptr;
}

static void *task_clone(void *ptr) { return witguest__ref(task_of(ptr)); }
static void task_drop(void *ptr) { witguest__unref(ptr); }

static const wasip3_task_vtable vtable = {waitable_register, waitable_unregister, task_clone, task_drop};

wasip3_task *witguest__wasip3_enter(wasip3_task_v2 *task, witguest_export *x) {
  void *ptr = (void *)((uintptr_t)x | 1);
  *task = (wasip3_task_v2){{WASIP3_TASK_V2, ptr, waitable_register, waitable_unregister}, &vtable};
  return wasip3_task_set(&task->v1);
}
