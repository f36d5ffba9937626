/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Awaits: a waitable in its task's set, and who is told. One that is over at once is the same without the waitable: `done`
 * is then a microtask, so that it never runs inside the function that began it.
 */
#include "loop.h"

static void await_end(void *await) {
  witguest__await *a = await;
  a->done(a->arg, a->code);
}

/* Begins: in the task's set, or with the executor of another runtime. The task is kept by `pending`, or by a reference. */
static void await_wait(witguest__await *a, witguest_task *t, wasip3_task *executor) {
  a->waiter.task = t;
  if (executor) {
    witguest__foreign_begin(a, executor);
    return;
  }
  a->next = t->awaits;
  if (a->next) a->next->prev = a;
  t->awaits = a;
  t->pending++;
  if (!t->set) t->set = witguest__set_new();
  witguest__waitable_set(a->waitable, &a->waiter);
  witguest__join(a->waitable, t->set);
}

/* Ends: leaves a reference to its task. A stream's end leaves the set, where it might have events of its own while idle. */
static void await_detach(witguest__await *a) {
  witguest_task *t = a->waiter.task;
  if (a->executor) {
    witguest__foreign_end(a);
  } else {
    witguest__waitable_set(a->waitable, NULL);
    if (!a->is_subtask) witguest__join(a->waitable, 0);
    *(a->prev ? &a->prev->next : &t->awaits) = a->next;
    if (a->next) a->next->prev = a->prev;
    t->pending--;
    witguest__ref(t);
  }
  if (a->is_subtask) witguest__subtask_drop(a->waitable);
  a->waitable = 0;
  if (a->timeout) witguest__timer_stop(a->timeout);
}

static void await_event(witguest__waiter *waiter, uint32_t event, uint32_t code) {
  witguest__await *a = (witguest__await *)waiter;
  (void)event;
  if (a->is_subtask && code < WITGUEST__RETURNED) return;
  a->code = code;
  await_detach(a);
  witguest__job_run(&(witguest__job){await_end, a, waiter->task, 0});
}

static int await_begin(witguest__await *a, bool is_over) {
  witguest_task *t = witguest__loop_task();
  wasip3_task *executor = t || is_over ? NULL : witguest__foreign();
  a->waiter.event = await_event;
  if (is_over) a->waitable = 0;
  if (is_over) return witguest_microtask(await_end, a);
  if (!t && !executor) return WITGUEST_ENOLOOP;
  await_wait(a, t ? t : witguest_task_current(), executor);
  return WITGUEST_OK;
}

int witguest_await_subtask(witguest_await *await, uint32_t status, witguest_done done, void *arg) {
  witguest__await *a = witguest__await_of(await);
  *a = (witguest__await){.done = done, .arg = arg, .waitable = status >> 4, .code = status & 15, .is_subtask = true};
  return await_begin(a, a->code >= WITGUEST__RETURNED);
}

int witguest_await_copy(witguest_await *await, uint32_t end, uint32_t status, uint32_t (*cancel)(uint32_t), witguest_done done,
                        void *arg) {
  witguest__await *a = witguest__await_of(await);
  *a = (witguest__await){.done = done, .arg = arg, .waitable = end, .code = status, .cancel = cancel};
  return await_begin(a, status != WITGUEST__BLOCKED);
}

/* In its set, or out of it for the time of a cancel, which wants that. */
static void await_join(witguest__await *a, bool joins) {
  if (!a->executor) witguest__join(a->waitable, joins ? a->waiter.task->set : 0);
  else if (joins) witguest__foreign_join(a);
  else witguest__foreign_leave(a);
}

void witguest__await_stop(witguest__await *a) {
  a->cancelling = true;
  await_join(a, false);
  a->code = a->is_subtask ? witguest__subtask_cancel(a->waitable) : a->cancel(a->waitable);
  if (a->code == WITGUEST__BLOCKED) {
    await_join(a, true);
    return;
  }
  await_detach(a);
  witguest__queue_job((witguest__job){await_end, a, a->waiter.task, 0});
}

int witguest_await_cancel(witguest_await *await) {
  witguest__await *a = witguest__await_of(await);
  if (!a->waitable || (!a->is_subtask && !a->cancel)) return WITGUEST_EINVAL;
  if (!a->cancelling) witguest__await_stop(a);
  return WITGUEST_OK;
}
