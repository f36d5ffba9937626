/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Cooperative threads and task handles. A thread may spawn others, wake them, switch to them, and move to another task of its
 * instance. The table of threads is apart from that of handles, with the same rules: index 0 is reserved, the last index
 * that became free is the next one.
 *
 * Linked only where a guest uses it: see machine.h.
 */
#include "machine.h"

/* ---- The table. Its slots are those of handles; `record` is the thread. ---- */

static bool table_grow(withost_instance *i) {
  uint32_t old = i->threads.capacity, capacity = old ? old * 2 : 16;
  withost_slot *slots = withost__resize(i->store, i->threads.slots, old * sizeof *slots, capacity * sizeof *slots);
  if (!slots) return false;
  i->threads.slots = slots;
  i->threads.capacity = capacity;
  if (!i->threads.used) {
    slots[0] = (withost_slot){.tag = WITHOST__FREE};
    i->threads.used = 1;
  }
  return true;
}

static bool thread_register(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  uint32_t index = i->threads.free;
  if (index) {
    i->threads.free = i->threads.slots[index].value;
  } else {
    if (i->threads.used > WITHOST__TABLE_MAX) return false;
    if (i->threads.used == i->threads.capacity && !table_grow(i)) return false;
    index = i->threads.used++;
  }
  i->threads.slots[index] = (withost_slot){.record = thread, .tag = WITHOST__THREAD};
  thread->index = index;
  return true;
}

void withost__thread_unregister(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  if (!thread->index) return;
  i->threads.slots[thread->index] = (withost_slot){.value = i->threads.free, .tag = WITHOST__FREE};
  i->threads.free = thread->index;
  thread->index = 0;
}

/* The instance's stack is empty, so no thread of a sync call is among them. */
void withost__threads_abort(withost_instance *i) {
  for (uint32_t n = 1; n < i->threads.used; n++)
    if (i->threads.slots[n].tag == WITHOST__THREAD) withost__thread_abort(i->threads.slots[n].record);
}

void withost__threads_release(withost_instance *i) {
  withost__free(i->store, i->threads.slots, i->threads.capacity * sizeof *i->threads.slots);
  i->threads.slots = NULL;
  i->threads.used = i->threads.capacity = i->threads.free = 0;
}

withost_thread *withost__threads_next(withost_instance *i, uint32_t *index) {
  while (++*index < i->threads.used)
    if (i->threads.slots[*index].tag == WITHOST__THREAD) return i->threads.slots[*index].record;
  return NULL;
}

withost_thread *withost__threads_find_waiting(const withost_task *task) {
  uint32_t index = 0;
  for (withost_thread *t; (t = withost__threads_next(task->call.instance, &index));)
    if (t->task == task && withost__thread_waits_in_loop(t)) return t;
  return NULL;
}

/* A thread has no number until it uses a built-in of threads: most never do, and would pay for it. */
static void thread_number(withost_instance *i) {
  if (!i->running->index && !thread_register(i->running)) withost_trap(i, "out of memory for a thread");
}

static withost_thread *thread_get(withost_instance *i, uint32_t index) {
  thread_number(i);
  if (index >= i->threads.used || i->threads.slots[index].tag == WITHOST__FREE)
    withost_trap(i, "unknown thread index %u", index);
  return i->threads.slots[index].record;
}

static void check_may_leave(withost_instance *i) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
}

/* ---- Threads ---- */

uint32_t withost_thread_index(withost_instance *i) {
  check_may_leave(i);
  thread_number(i);
  return i->running->index;
}

uint32_t withost_thread_new(withost_instance *i, void (*start)(void *self, uint32_t argument), void *self, uint32_t argument) {
  check_may_leave(i);
  if (!start) withost_trap(i, "undefined table element or indirect call type mismatch");
  thread_number(i);
  withost_task *task = withost__task_ref(i->running->task);
  withost__spawned *s = task ? withost__slab_take(i->store, &i->store->threads) : NULL;
  if (task) withost__task_unref(task);
  if (!s) withost_trap(i, "out of memory for a thread");
  *s = (withost__spawned){.thread = {.task = task, .suspended = true}, .start = start, .self = self, .argument = argument};
  if (!thread_register(&s->thread)) {
    withost__slab_give(&i->store->threads, s);
    withost_trap(i, "out of memory for a thread");
  }
  withost__thread_join(&s->thread, task);
  return s->thread.index;
}

static uint32_t thread_wait(withost_thread *thread, const withost_blocking *block) {
  withost__thread_park(thread, block);
  return 0;
}

uint32_t withost_thread_yield(withost_instance *i, const withost_blocking *block) {
  check_may_leave(i);
  withost__thread_make_ready(i->running);
  return thread_wait(i->running, block);
}

uint32_t withost_thread_suspend(withost_instance *i, const withost_blocking *block) {
  check_may_leave(i);
  i->running->suspended = true;
  return thread_wait(i->running, block);
}

static withost_thread *thread_unsuspend(withost_instance *i, uint32_t index) {
  check_may_leave(i);
  withost_thread *thread = thread_get(i, index);
  if (!thread->suspended) withost_trap(i, "cannot resume thread which is not suspended");
  thread->suspended = false;
  return thread;
}

void withost_thread_resume_later(withost_instance *i, uint32_t thread) {
  withost__thread_make_ready(thread_unsuspend(i, thread));
}

uint32_t withost_thread_suspend_then_resume(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  i->switch_to = thread_unsuspend(i, thread);
  return withost_thread_suspend(i, block);
}

uint32_t withost_thread_yield_then_resume(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  i->switch_to = thread_unsuspend(i, thread);
  return withost_thread_yield(i, block);
}

/* If it could run now, it is the next one. */
static void thread_promote(withost_instance *i, uint32_t index) {
  check_may_leave(i);
  withost_thread *thread = thread_get(i, index);
  if (thread == i->running) withost_trap(i, "cannot promote the running thread");
  if (!withost__thread_can_run(thread)) return;
  withost__queue_remove(thread);
  i->switch_to = thread;
}

uint32_t withost_thread_suspend_then_promote(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  thread_promote(i, thread);
  return withost_thread_suspend(i, block);
}

uint32_t withost_thread_yield_then_promote(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  thread_promote(i, thread);
  return withost_thread_yield(i, block);
}

/* ---- Task handles ---- */

uint32_t withost_thread_get_task(withost_instance *i) {
  check_may_leave(i);
  withost_task *t = withost__task_ref(i->running->task);
  if (!t) withost_trap(i, "out of memory for a task");
  withost__task_unref(t); /* without a handle after all, if the table is full */
  uint32_t index = withost__handle_add(i, WITHOST__TASK, t);
  t->refs++;
  t->handles++;
  return index;
}

void withost_thread_set_task(withost_instance *i, uint32_t task) {
  check_may_leave(i);
  thread_number(i); /* so that it can be found where it is */
  withost__thread_move(i->running, withost__handle_get(i, task, WITHOST__TASK, "task"));
}

void withost__task_handle_release(withost_task *t) {
  t->handles--;
  withost__task_unref(t);
}

void withost_task_drop(withost_instance *i, uint32_t task) {
  check_may_leave(i);
  withost_task *t = withost__handle_get(i, task, WITHOST__TASK, "task");
  withost__handle_remove(i, task);
  withost__task_handle_release(t);
}
