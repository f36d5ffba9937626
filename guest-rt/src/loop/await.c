/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Awaits: a waitable in its task's set, and who is told. Over at once is the same, without the waitable: `done` is then
 * a microtask, so that it never runs inside the function that began.
 */
#include "loop.h"

static void await_unlink(witguest__await *a) {
  witguest_task *t = a->waiter.task;
  *(a->prev ? &a->prev->next : &t->awaits) = a->next;
  if (a->next) a->next->prev = a->prev;
  t->pending--;
}

static void await_end(void *await) {
  witguest__await *a = await;
  a->done(a->arg, a->code);
}

/* The waitable leaves the set: an end that is idle in it might have events of its own. */
static void await_detach(witguest__await *a) {
  witguest__waitable_set(a->waitable, NULL);
  if (a->is_subtask) witguest__subtask_drop(a->waitable);
  else witguest__join(a->waitable, 0);
  a->waitable = 0;
  await_unlink(a);
}

/* In a callback of its task: `pending` has kept it, so there is a reference to take. */
static void await_event(witguest__waiter *waiter, uint32_t event, uint32_t code) {
  witguest__await *a = (witguest__await *)waiter;
  (void)event;
  if (a->is_subtask && code < WITGUEST__RETURNED) return;
  a->code = code;
  await_detach(a);
  witguest__job job = {await_end, a, witguest__ref(waiter->task), 0};
  witguest__job_run(&job);
}

static void await_over(witguest__await *a, uint32_t code) {
  a->waitable = 0;
  a->code = code;
  witguest_microtask(await_end, a);
}

static int await_begin(witguest__await *a, witguest_task *t, uint32_t waitable) {
  a->waiter = (witguest__waiter){await_event, t};
  a->waitable = waitable;
  a->prev = NULL;
  a->next = t->awaits;
  if (a->next) a->next->prev = a;
  t->awaits = a;
  t->pending++;
  if (!t->set) t->set = witguest__set_new();
  witguest__waitable_set(waitable, &a->waiter);
  witguest__join(waitable, t->set);
  return WITGUEST_OK;
}

static witguest_task *current_on_loop(void) {
  if (witguest__is_unknown()) return NULL;
  witguest_task *t = witguest__current();
  return t->has_export ? t : NULL;
}

int witguest_await_subtask(witguest_await *await, uint32_t status, witguest_done done, void *arg) {
  witguest__await *a = (witguest__await *)(void *)await;
  witguest_task *t = current_on_loop();
  if (!t) return WITGUEST_ENOLOOP;
  *a = (witguest__await){.done = done, .arg = arg, .is_subtask = true};
  if ((status & 15) < WITGUEST__RETURNED) return await_begin(a, t, status >> 4);
  await_over(a, status & 15);
  return WITGUEST_OK;
}

int witguest_await_copy(witguest_await *await, uint32_t end, uint32_t status, witguest_done done, void *arg) {
  witguest__await *a = (witguest__await *)(void *)await;
  witguest_task *t = current_on_loop();
  if (!t) return WITGUEST_ENOLOOP;
  *a = (witguest__await){.done = done, .arg = arg};
  if (status == WITGUEST__BLOCKED) return await_begin(a, t, end);
  await_over(a, status);
  return WITGUEST_OK;
}

/* While it is being cancelled a subtask may be in no set. */
int witguest_await_cancel(witguest_await *await) {
  witguest__await *a = (witguest__await *)(void *)await;
  if (!a->is_subtask || !a->waitable || a->cancelling) return WITGUEST_EINVAL;
  a->cancelling = true;
  witguest__join(a->waitable, 0);
  uint32_t state = witguest__subtask_cancel(a->waitable);
  if (state == WITGUEST__BLOCKED) {
    witguest__join(a->waitable, a->waiter.task->set);
    return WITGUEST_OK;
  }
  a->code = state;
  witguest__loop_queue((witguest__job){await_end, a, witguest__ref(a->waiter.task), 0});
  await_detach(a);
  return WITGUEST_OK;
}
