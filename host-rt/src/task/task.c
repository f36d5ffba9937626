/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Tasks: the callee's side of canon_lift. Their records, what the host asks of them (call, cancel), and the built-ins that
 * act on them (task.return, task.cancel, back-pressure). How they run is in step.c.
 */
#include "machine.h"

/* ---- Records ---- */

/* A task on the C stack that somebody wants to name gets a record, which is the task from then on. */
static withost_task *task_shadow(withost_task *t) {
  withost_store *store = t->call.instance->store;
  withost_task *shadow = withost__slab_take(store, &store->tasks);
  if (!shadow) return NULL;
  *shadow = *t;
  shadow->on_stack = false;
  shadow->thread.done = true;
  shadow->refs = 1; /* the original's */
  withost__group_task_begins(store, t->group);
  t->shadow = shadow;
  t->thread.task = shadow;
  return shadow;
}

withost_task *withost__task_ref(withost_task *t) {
  if (WITHOST_UNLIKELY(t->on_stack)) {
    t = t->shadow ? t->shadow : task_shadow(t);
    if (!t) return NULL;
  }
  t->refs++;
  return t;
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
  t->thread.done = t->thread.suspended = t->thread.returning = false;
  t->thread.is_implicit = true;
  t->thread.queue = NULL;
  t->thread.stack = NULL;
  t->thread.set = NULL;
  t->state = WITHOST__STARTED;
  t->form = WITHOST_LIFT_SYNC;
  t->refs = 1;
  t->num_borrows = 0;
  t->threads = 1;
  t->joined = t->handles = t->deadline = 0;
  t->export = NULL;
  t->lent = NULL;
  t->shadow = NULL;
  t->on_stack = true;
  t->listed = t->overdue = false;
}

static void task_list(withost_task *t) {
  withost_instance *i = t->call.instance;
  t->prev = NULL;
  t->next = i->tasks;
  if (t->next) t->next->prev = t;
  i->tasks = t;
  t->listed = true;
  t->refs++;
}

static void task_unlist(withost_task *t) {
  if (!t->listed) return;
  t->listed = false;
  *(t->prev ? &t->prev->next : &t->call.instance->tasks) = t->next;
  if (t->next) t->next->prev = t->prev;
  withost__task_unref(t);
}

/* With two references: the list's, and the implicit thread's, which is part of the record. */
static withost_task *task_new(withost_instance *i, const withost_export *export, withost_group *group) {
  withost_task *t = withost__slab_take(i->store, &i->store->tasks);
  if (!t) return NULL;
  withost__task_init_on_stack(t, i, &export->function, group);
  t->on_stack = false;
  t->state = WITHOST__INITIAL;
  t->form = export->form(i);
  t->export = export;
  t->kept = NULL;
  task_list(t);
  withost__group_task_begins(i->store, t->group);
  return t;
}

void withost__task_forget_params(withost_task *t) {
  if (t->kept) withost__free(t->call.instance->store, t->kept, t->export->params_size);
  t->kept = NULL;
  t->params = NULL;
}

void withost__task_resolve(withost_task *t, int status, const void *result) {
  t->state = WITHOST__RESOLVED;
  if (WITHOST_UNLIKELY(t->deadline)) withost__deadline_remove(t);
  if (WITHOST_UNLIKELY(t->lent != NULL)) withost__task_unlend(t);
  if (WITHOST_UNLIKELY(t->passed_from != NULL)) withost__call_part(t->passed_from);
  withost_done done = t->done;
  if (done) t->export->deliver(done, t->user, &t->call, status, result);
  t->done = NULL;
  if (!t->threads) task_unlist(t);
}

void withost__task_abort(withost_task *t, int status) {
  t->refs++;
  if (t->state == WITHOST__INITIAL) t->call.instance->held_back--;
  if (!t->thread.done) withost__thread_abort(&t->thread);
  if (t->state != WITHOST__RESOLVED) withost__task_resolve(t, status, NULL);
  task_unlist(t);
  withost__task_unref(t);
}

/* ---- Threads in tasks ---- */

/* An implicit thread is at home in its own task, or in the record that this one got. */
static bool is_at_home(withost_thread *thread, const withost_task *t) {
  const withost_task *home = withost__thread_home(thread);
  return home && (t == home || t == home->shadow);
}

static void thread_left(withost_thread *thread, withost_task *t) {
  bool at_home = is_at_home(thread, t);
  t->threads--;
  if (thread->is_implicit && !at_home) t->joined--;
  if (!t->threads && t->state == WITHOST__RESOLVED) task_unlist(t);
  if (!at_home) withost__task_unref(t);
}

void withost__thread_leave(withost_thread *thread) { thread_left(thread, thread->task); }

void withost__thread_join(withost_thread *thread, withost_task *t) {
  thread->task = t;
  t->threads++;
  if (WITHOST_UNLIKELY(t->state == WITHOST__RESOLVED && !t->listed)) task_list(t); /* reached through a handle */
  if (is_at_home(thread, t)) return;
  t->refs++;
  if (thread->is_implicit) t->joined++;
}

void withost__thread_move(withost_thread *thread, withost_task *t) {
  withost_task *old = thread->task;
  if (t == old) return;
  bool told = WITHOST_UNLIKELY(t->call.instance->store->has_hooks) && old->group != t->group;
  if (told) withost__hook(thread, false);
  withost__thread_join(thread, t);
  if (told) withost__hook(thread, true);
  thread_left(thread, old); /* which may be the end of it: after the hooks */
}

void withost__thread_end(withost_thread *thread) {
  withost_task *home = withost__thread_home(thread);
  withost_store *store = thread->task->call.instance->store;
  if (WITHOST_UNLIKELY(thread->index != 0)) withost__thread_unregister(thread);
  thread->done = true;
  withost__thread_leave(thread);
  if (!home) {
    withost__slab_give(&store->threads, thread);
    return;
  }
  withost__task_forget_params(home);
  withost__task_unref(home);
}

void withost__thread_abort(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  withost__queue_remove(thread);
  if (thread->stack) withost_can_block.forget(thread);
  if (i->exclusive == thread) i->exclusive = NULL;
  withost__thread_end(thread);
}

void withost__task_end_on_stack(withost_task *t) {
  if (WITHOST_UNLIKELY(t->thread.index != 0)) withost__thread_unregister(&t->thread);
  if (WITHOST_UNLIKELY(t->thread.task != t && t->thread.task != t->shadow)) withost__thread_leave(&t->thread);
  if (WITHOST_LIKELY(!t->shadow)) return;
  if (t->thread.task == t->shadow) t->shadow->threads--;
  t->shadow->state = WITHOST__RESOLVED;
  if (t->shadow->threads && !t->shadow->listed) task_list(t->shadow); /* those that it spawned */
  withost__task_unref(t->shadow);
}

/* ---- Calls by the host ---- */

static int task_hold_back(withost_task *t) {
  withost_instance *i = t->call.instance;
  size_t size = t->export->params_size;
  t->kept = size ? withost__alloc(i->store, size) : NULL;
  if (size && !t->kept) {
    t->done = NULL;
    i->held_back++;
    withost__task_abort(t, WITHOST_ENOMEM);
    return withost__fail(i->store, WITHOST_ENOMEM, "no memory for a call");
  }
  if (size) memcpy(t->kept, t->params, size);
  t->params = t->kept;
  i->held_back++;
  withost__queue_push(withost__gate_queue(t), &t->thread);
  withost__instance_wake(i);
  return WITHOST_OK;
}

int withost__instance_refuse(withost_instance *i) {
  return withost__fail(i->store, WITHOST_EPOISONED, "cannot enter component instance: %s", withost_instance_trap(i));
}

int withost_task_call(withost_instance *i, const withost_export *export, withost_group *group, const void *params,
                      withost_done done, void *user, withost_call **call) {
  if (call) *call = NULL;
  if (i->poisoned) return withost__instance_refuse(i);
  withost_task *t = task_new(i, export, group);
  if (!t) return withost__fail(i->store, WITHOST_ENOMEM, "no memory for a call");
  t->params = params;
  t->done = done;
  t->user = user;
  if (i->held_back || withost__gate_is_shut(t)) {
    int error = task_hold_back(t);
    if (call && !error) *call = &t->call;
    return error;
  }
  t->refs++;
  withost__thread_run(&t->thread);
  if (call && t->state != WITHOST__RESOLVED) *call = &t->call;
  withost__task_unref(t);
  return WITHOST_OK;
}

bool withost_call_has_started(const withost_call *call) {
  return ((const withost_task *)call)->state != WITHOST__INITIAL;
}

/* Exactly one thread that is in the task and waits in its event loop is to see it; a thread that runs, or that is parked
 * in the middle, when it comes to wait there. */
static void task_request_cancel(withost_task *t) {
  t->state = WITHOST__PENDING_CANCEL;
  withost_thread *thread = &t->thread;
  if (thread->done || thread->task != t || !withost__thread_waits_in_loop(thread))
    thread = t->joined ? withost__threads_find_waiting(t) : NULL;
  if (thread) withost__thread_wake_for_cancel(thread);
}

static int cancelled_status(const withost_task *t) { return t->overdue ? WITHOST_EDEADLINE : WITHOST_ECANCELLED; }

void withost_call_cancel(withost_call *call) {
  if (call->kind != WITHOST_CALL_EXPORT) return;
  withost_task *t = (withost_task *)call;
  withost_instance *i = call->instance;
  if (t->state == WITHOST__STARTED) task_request_cancel(t);
  if (t->state != WITHOST__INITIAL) return;
  i->store->depth++; /* law 8: the callback cannot close it */
  withost__task_abort(t, cancelled_status(t));
  i->store->depth--;
  withost__instance_wake(i);
}

/* ---- Built-ins ---- */

static withost_task *current_async_task(withost_instance *i, const char *what) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
  withost_task *t = i->running->task;
  if (t->form == WITHOST_LIFT_SYNC) withost_trap(i, "invalid `%s` signature and/or options for current task", what);
  return t;
}

static void task_check_unresolved(withost_instance *i, const withost_task *t) {
  if (t->state == WITHOST__RESOLVED)
    withost_trap(i, "`task.return` or `task.cancel` called more than once for current task");
}

void withost__task_check_borrows(withost_instance *i, const withost_task *t) {
  if (t->num_borrows) withost_trap(i, "borrow handles still remain at the end of the call");
}

void withost_task_return_begin(withost_instance *i, const withost_function *function) {
  const withost_task *t = current_async_task(i, "task.return");
  if (t->call.function != function && t->call.function->result_type != function->result_type)
    withost_trap(i, "invalid `task.return` signature and/or options for current task");
  task_check_unresolved(i, t);
  withost__task_check_borrows(i, t);
  i->running->returning = true;
}

/* Not from [task-return]: then a sync lift's core function has returned, and its thread is back in its own task. */
void withost_task_return(withost_instance *i, const withost_function *function, const void *result) {
  (void)function;
  withost_thread *thread = i->running;
  if (!thread->returning) withost__thread_move(thread, withost__thread_home(thread));
  thread->returning = false;
  withost_task *t = thread->task;
  withost__task_check_borrows(i, t);
  if (WITHOST_UNLIKELY(!t->done && i->unsettled)) withost__moves_undo(i); /* nobody takes it */
  withost__task_resolve(t, WITHOST_OK, result);
  withost_import_leave(i);
}

void withost_task_cancel(withost_instance *i) {
  withost_task *t = current_async_task(i, "task.cancel");
  task_check_unresolved(i, t);
  if (t->state != WITHOST__CANCEL_DELIVERED)
    withost_trap(i, "`task.cancel` called by task which has not been cancelled");
  withost__task_check_borrows(i, t);
  withost__task_resolve(t, cancelled_status(t), NULL);
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
