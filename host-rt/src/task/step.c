/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Steps: when a thread may run, and what running it once means. A task passes the gate (back-pressure), takes the exclusive
 * lock if its form needs it, starts, and in the callback form goes round its event loop: release the lock, wait, take the
 * lock, call back. A thread that blocks in the middle is parked with its stack and comes back here too.
 */
#include "machine.h"

/* ---- The gate and the lock ---- */

bool withost__gate_is_shut(const withost_task *t) {
  const withost_instance *i = t->call.instance;
  return i->running || i->backpressure || (withost__needs_exclusive(t) && i->exclusive);
}

static void gate_open(withost_queue *entering) {
  if (entering->first && !withost__gate_is_shut(entering->first->task))
    withost__thread_make_ready(withost__queue_pop(entering));
}

withost_queue *withost__gate_queue(const withost_task *t) {
  withost_instance *i = t->call.instance;
  return withost__needs_exclusive(t) ? &i->entering : &i->entering_unlocked;
}

void withost__instance_wake(withost_instance *i) {
  if (!i->exclusive)
    for (withost_thread *thread; (thread = withost__queue_pop(&i->locked_out));) withost__thread_make_ready(thread);
  gate_open(&i->entering);
  gate_open(&i->entering_unlocked);
}

static void unlock(withost_instance *i, withost_thread *thread) {
  if (i->exclusive == thread) i->exclusive = NULL;
  if (WITHOST_UNLIKELY(i->locked_out.first || i->held_back)) withost__instance_wake(i);
}

/* ---- After guest code ---- */

/* With a handle to the task, or through another thread, somebody may still return for it. */
void withost__thread_exit(withost_instance *i, withost_thread *thread) {
  const withost_task *t = thread->task;
  unlock(i, thread);
  if (WITHOST_UNLIKELY(t->state != WITHOST__RESOLVED) && t->threads == 1 && !t->handles)
    withost_trap(i, "async-lifted export failed to produce a result");
  thread->done = true;
}

static void thread_wait_on(withost_instance *i, withost_thread *thread, uint32_t set_index) {
  withost__set *set = withost__set_get(i, set_index);
  unlock(i, thread);
  thread->set = set;
  set->waiting++;
  if (set->first || thread->task->state == WITHOST__PENDING_CANCEL) withost__thread_make_ready(thread);
  else withost__queue_push(&set->waiters, thread);
}

/* What the core function or callback returned. */
static void thread_next(withost_instance *i, withost_thread *thread, uint32_t packed) {
  switch (packed & 0xf) {
    case 0: withost__thread_exit(i, thread); break;
    case 1:
      unlock(i, thread);
      withost__thread_make_ready(thread);
      break;
    case 2: thread_wait_on(i, thread, packed >> 4); break;
    default: withost_trap(i, "unsupported callback code");
  }
}

/* ---- Before guest code ---- */

/* The event that a woken callback thread is to be given. */
static withost__event thread_event(withost_thread *thread) {
  withost__set *set = thread->set;
  thread->set = NULL;
  if (set) set->waiting--;
  if (thread->task->state == WITHOST__PENDING_CANCEL) {
    thread->task->state = WITHOST__CANCEL_DELIVERED;
    if (set) withost__set_wake(set);
    return (withost__event){WITHOST__EVENT_TASK_CANCELLED, 0, 0};
  }
  return set ? withost__set_take(set) : (withost__event){WITHOST__EVENT_NONE, 0, 0};
}

static uint32_t task_start(withost_instance *i, withost_task *t) {
  t->state = WITHOST__STARTED;
  uint32_t packed = t->export->start(i, t->params);
  withost__task_forget_params(t);
  return t->form == WITHOST_LIFT_CALLBACK ? packed : 0;
}

static uint32_t thread_call_guest(withost_instance *i, withost_thread *thread) {
  withost_task *home = withost__thread_home(thread);
  if (home->state == WITHOST__INITIAL) return task_start(i, home);
  withost__event e = thread_event(thread);
  return home->export->callback(i, e.code, e.p1, e.p2);
}

static void implicit_step(withost_thread *thread) {
  const withost_task *home = withost__thread_home(thread);
  withost_instance *i = home->call.instance;
  withost_entry entry;
  withost__enter(&entry, i, thread);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    return;
  }
  if (withost__needs_exclusive(home)) i->exclusive = thread;
  thread_next(i, thread, thread_call_guest(i, thread));
  withost__leave(&entry);
}

static void spawned_step(withost_thread *thread) {
  withost__spawned *s = (withost__spawned *)(void *)thread;
  void (*start)(void *, uint32_t) = s->start;
  withost_instance *i = thread->task->call.instance;
  withost_entry entry;
  withost__enter(&entry, i, thread);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    return;
  }
  s->start = NULL;
  start(s->self, s->argument);
  withost__thread_exit(i, thread);
  withost__leave(&entry);
}

/* ---- Running ---- */

static void thread_run_once(withost_instance *i, withost_thread *thread) {
  void (*step)(withost_thread *) = thread->is_implicit ? implicit_step : spawned_step;
  if (!&withost_can_block || i->program->nests) step(thread);
  else if (thread->stack) withost_can_block.resume(thread);
  else withost_can_block.run(i->store, step, thread);
  if (WITHOST_UNLIKELY(i->poisoned)) withost__instance_sweep(i);
  else if (thread->done) withost__thread_end(thread);
}

/* A thread may name the one that is to run after it. */
void withost__thread_run(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  thread_run_once(i, thread);
  while (WITHOST_UNLIKELY(i->switch_to != NULL)) {
    thread = i->switch_to;
    i->switch_to = NULL;
    thread_run_once(i, thread);
  }
}

static void task_enter(withost_task *t) {
  if (withost__gate_is_shut(t)) {
    withost__queue_push_front(withost__gate_queue(t), &t->thread);
    return;
  }
  t->call.instance->held_back--;
  if (t->passed_from) withost__subtask_start(t->passed_from);
  withost__thread_run(&t->thread);
}

bool withost__thread_waits_in_loop(withost_thread *thread) {
  const withost_task *home = withost__thread_home(thread);
  return home && home->form == WITHOST_LIFT_CALLBACK && home->state != WITHOST__INITIAL && thread->queue && !thread->stack;
}

/* In the ready queue, it will see by itself. */
void withost__thread_wake_for_cancel(withost_thread *thread) {
  if (!thread->set || thread->queue != &thread->set->waiters) return;
  withost__queue_remove(thread);
  withost__thread_make_ready(thread);
}

/* The set's event may have gone to another thread since this one was woken. */
static bool thread_has_nothing(const withost_thread *thread) {
  return thread->set && !thread->set->first && thread->task->state != WITHOST__PENDING_CANCEL;
}

/* The event that it was woken for may be taken by one that needs no lock. */
static void thread_lock_out(withost_instance *i, withost_thread *thread) {
  withost__queue_push(&i->locked_out, thread);
  if (thread->set) withost__set_wake(thread->set);
}

void withost__thread_run_ready(withost_thread *thread) {
  withost_task *home = withost__thread_home(thread);
  withost_instance *i = thread->task->call.instance;
  if (home && home->state == WITHOST__INITIAL) task_enter(home);
  else if (!home || thread->stack) withost__thread_run(thread);
  else if (i->exclusive) thread_lock_out(i, thread);
  else if (thread_has_nothing(thread)) withost__queue_push(&thread->set->waiters, thread);
  else withost__thread_run(thread);
}

/* ---- Barging ---- */

/* Or would be, had not another one been woken for the event that it waits for, too. */
static bool thread_is_ready(const withost_store *store, const withost_thread *thread) {
  const withost__set *set = thread->set;
  if (set && thread->queue == &set->waiters) return set->first;
  return thread->queue == &store->ready[0] || thread->queue == &store->ready[1];
}

bool withost__thread_can_run(withost_thread *thread) {
  const withost_task *home = withost__thread_home(thread);
  const withost_instance *i = thread->task->call.instance;
  if (!thread_is_ready(i->store, thread)) return false;
  if (!home) return thread->stack || ((const withost__spawned *)(const void *)thread)->start;
  if (home->on_stack) return thread == i->barging;
  if (thread->stack) return true;
  if (home->form != WITHOST_LIFT_CALLBACK || home->state == WITHOST__INITIAL) return false;
  return !i->exclusive && !thread_has_nothing(thread);
}

static withost_thread *instance_next_ready(withost_instance *i) {
  withost_store *store = i->store;
  for (unsigned n = 0; n < 2; n++)
    for (withost_thread *t = store->ready[n ? store->filling : !store->filling].first; t; t = t->next)
      if (t->task->call.instance == i && withost__thread_can_run(t)) return t;
  return NULL;
}

/* Who is to run next, if it can: one whose frames are below goes on after those that are on top of them. */
static withost_thread *instance_next(withost_instance *i) {
  withost_thread *next = i->switch_to;
  i->switch_to = NULL;
  if (next) withost__thread_make_ready(next);
  if (!next || !withost__thread_can_run(next)) next = instance_next_ready(i);
  return next;
}

static bool barge_until(withost_instance *i, withost_thread *waiter) {
  while (!i->poisoned) {
    withost_thread *next = instance_next(i);
    if (!next) return false;
    withost__queue_remove(next);
    if (next == waiter) return true;
    thread_run_once(i, next);
  }
  return true;
}

/* While `run` runs others, the thread's frames stay where they are, and nothing of the instance is running. */
static bool run_on_top(withost_thread *thread, bool (*run)(withost_instance *i, withost_thread *waiter)) {
  withost_instance *i = thread->task->call.instance;
  withost_thread *below = i->barging;
  withost__hook(thread, false);
  i->running = NULL;
  i->barging = thread;
  i->nested++;
  bool good = run(i, thread);
  i->nested--;
  i->barging = below;
  i->running = thread;
  withost__hook(thread, true);
  if (WITHOST_UNLIKELY(i->poisoned)) withost__queue_remove(thread); /* its record ends with a trap */
  withost_import_leave(i);
  return good;
}

void withost__thread_barge(withost_thread *thread) {
  if (run_on_top(thread, barge_until)) return;
  withost__queue_remove(thread);
  withost_trap(thread->task->call.instance, "cannot block a synchronous task before returning");
}

/* ---- Engines that cannot park a stack ---- */

static bool run_one(withost_instance *i, withost_thread *waiter) {
  withost_thread *next = instance_next(i);
  if (!next || next == waiter) return false;
  withost__queue_remove(next);
  thread_run_once(i, next);
  return true;
}

bool withost__thread_run_above(withost_thread *thread) { return run_on_top(thread, run_one); }
