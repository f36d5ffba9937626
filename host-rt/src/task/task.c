/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Tasks: the callee's side of canon_lift. A call passes the gate (enter), takes the exclusive lock if its form needs it,
 * starts (lowers its parameters), runs, and in the callback form goes round the event loop: release the lock, wait, take
 * the lock, call back. `step` runs guest code once; everything else here is bookkeeping between steps.
 */
#include "machine.h"

/* ---- Records ---- */

withost_task *withost__task_ref(withost_task *t) {
  if (!t->on_stack) {
    t->refs++;
    return t;
  }
  if (!t->shadow) {
    withost_task *shadow = withost__slab_take(t->call.instance->store, &t->call.instance->store->tasks);
    if (!shadow) return NULL;
    *shadow = *t;
    shadow->on_stack = false;
    shadow->refs = 1; /* the original's */
    withost__group_task_begins(t->call.instance->store, t->group);
    t->shadow = shadow;
  }
  t->shadow->refs++;
  return t->shadow;
}

void withost__task_unref(withost_task *t) {
  if (--t->refs) return;
  withost_store *store = t->call.instance->store;
  withost_task *super = t->call.super;
  withost__group_task_ends(store, t->group);
  withost__slab_give(&store->tasks, t);
  if (super) withost__task_unref(super);
}

void withost__task_init_on_stack(withost_task *t, withost_instance *i, const withost_function *function,
                                 withost_group *group) {
  t->call = (withost_call){.function = function, .instance = i, .kind = WITHOST_CALL_EXPORT};
  t->group = group ? group : &i->store->group;
  t->thread.task = t;
  t->thread.context[0] = t->thread.context[1] = 0;
  t->thread.index = 0;
  t->thread.queue = NULL;
  t->thread.stack = NULL;
  t->thread.set = NULL;
  t->state = WITHOST__STARTED;
  t->form = WITHOST_LIFT_SYNC;
  t->refs = 1;
  t->num_borrows = 0;
  t->export = NULL;
  t->shadow = NULL;
  t->on_stack = true;
}

static withost_task *task_new(withost_instance *i, const withost_export *export, withost_group *group) {
  withost_task *t = withost__slab_take(i->store, &i->store->tasks);
  if (!t) return NULL;
  withost__task_init_on_stack(t, i, &export->function, group);
  t->on_stack = false;
  t->state = WITHOST__INITIAL;
  t->form = export->form(i);
  t->export = export;
  t->thread.is_implicit = true;
  t->thread.done = t->thread.suspended = false;
  t->kept = NULL;
  t->prev = NULL;
  t->next = i->tasks;
  if (t->next) t->next->prev = t;
  i->tasks = t;
  withost__group_task_begins(i->store, t->group);
  return t;
}

static void task_forget_params(withost_task *t) {
  if (t->kept) withost__free(t->call.instance->store, t->kept, t->export->params_size);
  t->kept = NULL;
  t->params = NULL;
}

/* Its threads are gone. */
static void task_end(withost_task *t) {
  withost_instance *i = t->call.instance;
  *(t->prev ? &t->prev->next : &i->tasks) = t->next;
  if (t->next) t->next->prev = t->prev;
  task_forget_params(t);
  withost__task_unref(t);
}

/* Tells the host, once. */
static void task_resolve(withost_task *t, int status, const void *result) {
  t->state = WITHOST__RESOLVED;
  if (t->done) t->export->deliver(t->done, t->user, &t->call, status, result);
  t->done = NULL;
}

void withost__task_abort(withost_task *t, int status) {
  withost_instance *i = t->call.instance;
  withost__queue_remove(&t->thread);
  if (t->thread.stack) withost_can_block.forget(&t->thread);
  if (i->exclusive == &t->thread) i->exclusive = NULL;
  if (t->state == WITHOST__INITIAL) i->held_back--;
  t->refs++;
  if (t->state != WITHOST__RESOLVED) task_resolve(t, status, NULL);
  task_end(t);
  withost__task_unref(t);
}

/* ---- The gate and the lock ---- */

static bool gate_is_shut(const withost_task *t) {
  const withost_instance *i = t->call.instance;
  return i->running || i->backpressure || (withost__needs_exclusive(t) && i->exclusive);
}

void withost__instance_wake(withost_instance *i) {
  if (!i->exclusive)
    for (withost_thread *thread; (thread = withost__queue_pop(&i->locked_out));) withost__thread_make_ready(thread);
  if (i->entering.first && !gate_is_shut(i->entering.first->task))
    withost__thread_make_ready(withost__queue_pop(&i->entering));
}

static void unlock(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  if (i->exclusive == thread) i->exclusive = NULL;
  if (WITHOST_UNLIKELY(i->locked_out.first || i->entering.first)) withost__instance_wake(i);
}

/* ---- Steps ---- */

static void task_exit(withost_instance *i, withost_thread *thread) {
  unlock(thread);
  if (thread->task->state != WITHOST__RESOLVED) withost_trap(i, "async-lifted export failed to produce a result");
  thread->done = true;
}

static void thread_wait_on(withost_instance *i, withost_thread *thread, uint32_t set_index) {
  withost__set *set = withost__set_get(i, set_index);
  unlock(thread);
  thread->set = set;
  set->waiting++;
  if (set->first || thread->task->state == WITHOST__PENDING_CANCEL) withost__thread_make_ready(thread);
  else withost__queue_push(&set->waiters, thread);
}

/* What the core function or callback returned. */
static void thread_next(withost_instance *i, withost_thread *thread, uint32_t packed) {
  switch (packed & 0xf) {
    case 0: task_exit(i, thread); break;
    case 1:
      unlock(thread);
      withost__thread_make_ready(thread);
      break;
    case 2: thread_wait_on(i, thread, packed >> 4); break;
    default: withost_trap(i, "unsupported callback code");
  }
}

/* The event that a woken callback thread is to be given. */
static withost__event thread_event(withost_thread *thread) {
  withost__set *set = thread->set;
  thread->set = NULL;
  if (set) set->waiting--;
  if (thread->task->state == WITHOST__PENDING_CANCEL) {
    thread->task->state = WITHOST__CANCEL_DELIVERED;
    return (withost__event){WITHOST__EVENT_TASK_CANCELLED, 0, 0};
  }
  return set ? withost__set_take(set) : (withost__event){WITHOST__EVENT_NONE, 0, 0};
}

static uint32_t thread_call_guest(withost_instance *i, withost_thread *thread) {
  withost_task *t = thread->task;
  if (t->state == WITHOST__INITIAL) {
    t->state = WITHOST__STARTED;
    uint32_t packed = t->export->start(i, t->params);
    task_forget_params(t);
    return t->form == WITHOST_LIFT_CALLBACK ? packed : 0;
  }
  withost__event e = thread_event(thread);
  return t->export->callback(i, e.code, e.p1, e.p2);
}

static void thread_step(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  withost_entry entry;
  withost__enter(&entry, i, thread, thread->task->call.function);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    return;
  }
  if (withost__needs_exclusive(thread->task)) i->exclusive = thread;
  thread_next(i, thread, thread_call_guest(i, thread));
  withost__leave(&entry);
}

/* Runs a step, on a stack of its own in programs that may block, and cleans up after it. */
static void thread_run(withost_thread *thread) {
  withost_task *t = thread->task;
  withost_instance *i = t->call.instance;
  if (&withost_can_block) withost_can_block.run(i->store, thread_step, thread);
  else thread_step(thread);
  if (WITHOST_UNLIKELY(i->poisoned)) withost__instance_sweep(i);
  else if (thread->done) task_end(t);
}

static void task_enter(withost_task *t) {
  if (gate_is_shut(t)) {
    withost__queue_push_front(&t->call.instance->entering, &t->thread);
    return;
  }
  t->call.instance->held_back--;
  thread_run(&t->thread);
}

/* The set's event may have gone to another thread since this one was woken. */
static bool thread_has_nothing(const withost_thread *thread) {
  return thread->set && !thread->set->first && thread->task->state != WITHOST__PENDING_CANCEL;
}

static void thread_resume_parked(withost_thread *thread) {
  withost_task *t = thread->task;
  withost_instance *i = t->call.instance;
  withost_can_block.resume(thread);
  if (WITHOST_UNLIKELY(i->poisoned)) withost__instance_sweep(i);
  else if (thread->done) task_end(t);
}

void withost__thread_run_ready(withost_thread *thread) {
  withost_task *t = thread->task;
  withost_instance *i = t->call.instance;
  if (t->state == WITHOST__INITIAL) task_enter(t);
  else if (thread->stack) thread_resume_parked(thread);
  else if (i->exclusive) withost__queue_push(&i->locked_out, thread);
  else if (thread_has_nothing(thread)) withost__queue_push(&thread->set->waiters, thread);
  else thread_run(thread);
}

/* ---- Calls by the host ---- */

static int task_hold_back(withost_task *t) {
  withost_instance *i = t->call.instance;
  t->kept = withost__alloc(i->store, t->export->params_size);
  if (!t->kept) {
    task_end(t);
    return withost__fail(i->store, WITHOST_ENOMEM, "no memory for a call");
  }
  memcpy(t->kept, t->params, t->export->params_size);
  t->params = t->kept;
  i->held_back++;
  withost__queue_push(&i->entering, &t->thread);
  return WITHOST_OK;
}

static int refuse_poisoned(withost_instance *i) {
  return withost__fail(i->store, WITHOST_EPOISONED, "cannot enter component instance: %s", withost_instance_trap(i));
}

int withost_task_call(withost_instance *i, const withost_export *export, withost_group *group, const void *params,
                      withost_done done, void *user, withost_call **call) {
  if (call) *call = NULL;
  if (i->poisoned) return refuse_poisoned(i);
  withost_task *t = task_new(i, export, group);
  if (!t) return withost__fail(i->store, WITHOST_ENOMEM, "no memory for a call");
  t->params = params;
  t->done = done;
  t->user = user;
  if (i->held_back || gate_is_shut(t)) {
    if (call) *call = &t->call;
    return task_hold_back(t);
  }
  t->refs++;
  thread_run(&t->thread);
  if (call && t->done) *call = &t->call;
  withost__task_unref(t);
  return WITHOST_OK;
}

bool withost_call_has_started(const withost_call *call) {
  return ((const withost_task *)call)->state != WITHOST__INITIAL;
}

/* A running thread sees the request when it waits next; a parked one is left alone. */
void withost_call_cancel(withost_call *call) {
  withost_task *t = (withost_task *)call;
  if (t->state == WITHOST__INITIAL) {
    withost_instance *i = call->instance;
    withost__task_abort(t, WITHOST_ECANCELLED);
    withost__instance_wake(i);
  } else if (t->state == WITHOST__STARTED) {
    t->state = WITHOST__PENDING_CANCEL;
    if (t->thread.set && t->thread.queue == &t->thread.set->waiters && !t->thread.stack) {
      withost__queue_remove(&t->thread);
      withost__thread_make_ready(&t->thread);
    }
  }
}

/* ---- Built-ins ---- */

static withost_task *current_async_task(withost_instance *i, const char *what) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
  withost_task *t = i->running->task;
  if (t->form == WITHOST_LIFT_SYNC) withost_trap(i, "invalid `%s` signature and/or options for current task", what);
  if (t->state == WITHOST__RESOLVED)
    withost_trap(i, "`task.return` or `task.cancel` called more than once for current task");
  return t;
}

static void task_check_borrows(withost_instance *i, const withost_task *t) {
  if (t->num_borrows) withost_trap(i, "borrow handles still remain at the end of the call");
}

void withost_task_return_begin(withost_instance *i, const withost_function *function) {
  const withost_task *t = current_async_task(i, "task.return");
  if (t->call.function != function && t->call.function->result_type != function->result_type)
    withost_trap(i, "invalid `task.return` signature and/or options for current task");
  task_check_borrows(i, t);
}

void withost_task_return(withost_instance *i, const withost_function *function, const void *result) {
  (void)function;
  withost_task *t = i->running->task;
  task_check_borrows(i, t);
  task_resolve(t, WITHOST_OK, result);
  withost_import_leave(i);
}

void withost_task_cancel(withost_instance *i) {
  withost_task *t = current_async_task(i, "task.cancel");
  if (t->state != WITHOST__CANCEL_DELIVERED)
    withost_trap(i, "`task.cancel` called by task which has not been cancelled");
  task_check_borrows(i, t);
  task_resolve(t, WITHOST_ECANCELLED, NULL);
  withost_import_leave(i);
}

void withost_backpressure_inc(withost_instance *i) {
  if (++i->backpressure == 1u << 16) withost_trap(i, "backpressure counter overflow");
}

/* Who waits at the gate is let in when the guest has left: withost__leave looks. */
void withost_backpressure_dec(withost_instance *i) {
  if (i->backpressure-- == 0) withost_trap(i, "backpressure counter underflow");
}

uint32_t withost_context_get(withost_instance *i, uint32_t slot) { return i->running->context[slot]; }
void withost_context_set(withost_instance *i, uint32_t slot, uint32_t value) { i->running->context[slot] = value; }

/* ---- Sync-typed exports: a task on the C stack, no gate, no lock ---- */

int withost_sync_enter(withost_instance *i, const withost_function *function, withost_group *group, withost_sync *s) {
  if (WITHOST_UNLIKELY(i->poisoned)) return refuse_poisoned(i);
  if (WITHOST_UNLIKELY(i->running != NULL))
    return withost__fail(i->store, WITHOST_EREENTER, "cannot enter component instance: it is running");
  withost_task *t = (withost_task *)(void *)s->thread;
  withost__task_init_on_stack(t, i, function, group);
  if (WITHOST_UNLIKELY(i->store->has_hooks)) withost__group_task_begins(i->store, t->group);
  withost__enter(&s->entry, i, &t->thread, function);
  return WITHOST_OK;
}

static void sync_end(withost_instance *i, withost_sync *s) {
  withost_task *t = (withost_task *)(void *)s->thread;
  if (WITHOST_UNLIKELY(i->store->has_hooks)) withost__group_task_ends(i->store, t->group);
  if (WITHOST_UNLIKELY(t->shadow != NULL)) withost__task_unref(t->shadow);
}

int withost_sync_leave(withost_sync *s) {
  withost_instance *i = s->entry.instance;
  withost__leave(&s->entry);
  sync_end(i, s);
  return WITHOST_OK;
}

int withost_sync_trapped(withost_sync *s) {
  withost_instance *i = s->entry.instance;
  withost__leave_trapped(&s->entry);
  sync_end(i, s);
  withost__instance_sweep(i);
  return WITHOST_ETRAP;
}
