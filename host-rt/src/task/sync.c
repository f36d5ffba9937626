/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Sync-typed exports: no gate, no lock, a task that is over when the call is. Entering and leaving are there twice: in full,
 * with a record on the C stack; and for the plain case, straight-line and without calls, with a record of the
 * instance's. That is made once: each call writes only the members that differ, since making all of it is most of what
 * a call costs. What a call did to the record beyond these makes it not plain, and it is made anew.
 */
#include "machine.h"

#define NOINLINE __attribute__((noinline))

static withost_task *own_task(withost_instance *i) { return (withost_task *)(void *)i->sync_task; }

static void task_make(withost_instance *i) { withost__task_init_on_stack(own_task(i), i, NULL, NULL); }

/* The record has a function while a call uses it. A call that waits may have others on top of it, but `running` shows these
 * only while they run: the host can call in between, from on_ready. */
static bool task_is_free(const withost_task *t) { return !t->call.function; }

/* Nobody has got a name for the task or its thread, so nobody can have changed anything but the context slots. */
static bool task_is_plain(const withost_task *t) { return !t->shadow && !(t->num_borrows | t->thread.index); }

/* ---- In full ---- */

NOINLINE static int enter_fully(withost_instance *i, const withost_function *function, withost_group *group, withost_sync *s) {
  if (i->poisoned) return withost__instance_refuse(i);
  if (i->running) return withost__fail(i->store, WITHOST_EREENTER, "cannot enter component instance: it is running");
  withost_task *t = (withost_task *)(void *)s->thread;
  withost__task_init_on_stack(t, i, function, group);
  if (i->store->has_hooks) withost__group_task_begins(i->store, t->group);
  withost__enter(&s->entry, i, &t->thread);
  return WITHOST_OK;
}

/* Its entry is left already. */
static void task_end(withost_instance *i, withost_task *t) {
  withost_group *group = t->group;
  withost__task_end_on_stack(t);
  if (t == own_task(i)) task_make(i);
  if (i->store->has_hooks) withost__group_task_ends(i->store, group);
}

NOINLINE static int leave_fully(withost_sync *s) {
  withost_instance *i = s->entry.instance;
  withost_task *t = withost__thread_home(s->entry.thread);
  if (t->thread.task != t) withost__thread_move(&t->thread, t->shadow ? t->shadow : t);
  withost__task_check_borrows(i, t);
  withost__leave(&s->entry);
  task_end(i, t);
  return WITHOST_OK;
}

int withost_sync_trapped(withost_sync *s) {
  withost_instance *i = s->entry.instance;
  withost_task *t = withost__thread_home(s->entry.thread);
  withost__leave_trapped(&s->entry);
  task_end(i, t);
  withost__instance_sweep(i);
  return WITHOST_ETRAP;
}

/* ---- The plain case ---- */

int withost_sync_enter(withost_instance *i, const withost_function *function, withost_group *group, withost_sync *s) {
  withost_store *store = i->store;
  withost_task *t = own_task(i);
  if (WITHOST_UNLIKELY(i->running || !task_is_free(t) || (i->poisoned | i->unsettled | store->has_hooks)))
    return enter_fully(i, function, group, s);
  t->call.function = function;
  t->group = group ? group : &store->group;
  t->thread.context[0] = t->thread.context[1] = 0;
  withost__entry_push(&s->entry, i, &t->thread);
  return WITHOST_OK;
}

int withost_sync_leave(withost_sync *s) {
  withost_instance *i = s->entry.instance;
  withost_task *t = own_task(i);
  if (WITHOST_UNLIKELY(s->entry.thread != &t->thread || !task_is_plain(t) || i->held_back || i->store->scratch.used))
    return leave_fully(s);
  t->call.function = NULL;
  withost__entry_pop(&s->entry);
  if (WITHOST_UNLIKELY(i->unsettled)) withost__moves_settle(i);
  return WITHOST_OK;
}
