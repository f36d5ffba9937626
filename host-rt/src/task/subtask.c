/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Subtasks: the caller's side of canon_lower, for async imports. A record is taken before the host's implementation runs and
 * given back right after it if the answer is there already: then the guest sees RETURNED and no handle. The host's
 * view of the same record is in answer.c.
 */
#include "machine.h"

static withost__event subtask_deliver(withost__waitable *w) {
  withost_subtask *s = (withost_subtask *)(void *)((char *)w - offsetof(withost_subtask, waitable));
  if (withost__subtask_resolved(s)) {
    s->delivered = true;
    if (s->lent_count) withost__subtask_unlend(s);
  }
  return (withost__event){WITHOST__EVENT_SUBTASK, w->index, s->state};
}

withost_call *withost_subtask_begin(withost_instance *i, const withost_function *function, uint32_t out) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
  withost_subtask *s = withost__slab_take(i->store, &i->store->subtasks);
  withost_task *super = s ? withost__task_ref(i->running->task) : NULL;
  if (WITHOST_UNLIKELY(!super)) {
    if (s) withost__slab_give(&i->store->subtasks, s);
    withost_trap(i, "out of memory for a call");
  }
  s->call = (withost_call){function, i, super, WITHOST_CALL_IMPORT};
  s->waitable = (withost__waitable){.deliver = subtask_deliver};
  s->state = WITHOST__SUBTASK_STARTED;
  s->in_call = true;
  s->is_sync = s->cancel_requested = s->delivered = false;
  s->out = out;
  s->flat = 0;
  s->cancel = NULL;
  s->lent = NULL;
  s->lent_count = s->lent_capacity = 0;
  s->prev = NULL;
  s->next = i->subtasks;
  if (s->next) s->next->prev = s;
  i->subtasks = s;
  i->lifting = s;
  if (WITHOST_UNLIKELY(i->unsettled)) withost__subtask_adopt(s);
  return &s->call;
}

withost_call *withost_subtask_begin_sync(withost_instance *i, const withost_function *function, uint32_t out) {
  withost_call *call = withost_subtask_begin(i, function, out);
  ((withost_subtask *)call)->is_sync = true;
  return call;
}

void withost__subtask_free(withost_subtask *s) {
  withost_store *store = s->call.instance->store;
  if (s->lent_count) withost__subtask_unlend(s);
  withost__task_unref(s->call.super);
  withost__slab_give(&store->subtasks, s);
}

/* Off the list of what the host owes. */
static void subtask_unlink(withost_subtask *s) {
  *(s->prev ? &s->prev->next : &s->call.instance->subtasks) = s->next;
  if (s->next) s->next->prev = s->prev;
}

void withost__subtask_forget(withost_subtask *s) {
  s->call.instance->lifting = NULL;
  subtask_unlink(s);
  withost__subtask_free(s);
}

uint32_t withost_subtask_end(withost_call *call) {
  withost_subtask *s = (withost_subtask *)call;
  withost_instance *i = call->instance;
  i->lifting = NULL;
  s->in_call = false;
  if (withost__subtask_resolved(s)) {
    withost__subtask_free(s);
    withost_import_leave(i);
    return WITHOST__SUBTASK_RETURNED;
  }
  withost_import_leave(i);
  s->waitable.index = withost__handle_add(i, WITHOST__SUBTASK, s);
  return (uint32_t)s->state | s->waitable.index << 4;
}

/* The answer is there: on to whoever waits for it. */
void withost__subtask_resolve(withost_subtask *s, withost__subtask_state state) {
  if (WITHOST_UNLIKELY(s->call.instance->sweeping == s)) s->call.instance->sweeping = s->next;
  subtask_unlink(s);
  if (s->cancel) withost__call_part(s);
  s->state = state;
  if (s->in_call && !s->waitable.sync_waiter) return;
  withost__waitable_post(&s->waitable);
}

void withost__subtask_request_cancel(withost_subtask *s) {
  s->cancel_requested = true;
  if (s->cancel) s->cancel(s->user, &s->call);
}

/* ---- Built-ins ---- */

static withost_subtask *subtask_get(withost_instance *i, uint32_t index) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
  return withost__handle_get(i, index, WITHOST__SUBTASK, "subtask");
}

void withost_subtask_drop(withost_instance *i, uint32_t index) {
  withost_subtask *s = subtask_get(i, index);
  if (!s->delivered) withost_trap(i, "cannot drop a subtask which has not yet resolved");
  withost__waitable_join(&s->waitable, NULL);
  withost__handle_remove(i, index);
  withost__subtask_free(s);
}

uint32_t withost_subtask_cancel(withost_instance *i, const withost_blocking *block, uint32_t index) {
  withost_subtask *s = subtask_get(i, index);
  if (s->delivered) withost_trap(i, "`subtask.cancel` called after terminal status delivered");
  if (s->cancel_requested) withost_trap(i, "`subtask.cancel` called more than once");
  if (s->waitable.set) withost_trap(i, "`subtask.cancel` called on a subtask in a waitable set");
  if (!withost__subtask_resolved(s)) {
    withost__subtask_request_cancel(s);
    withost_import_leave(i);
  }
  while (!withost__subtask_resolved(s)) {
    if (!block) return 0xffffffffu;
    if (s->waitable.pending) withost__waitable_take(&s->waitable); /* that it has started */
    withost__waitable_wait(&s->waitable, block);
  }
  withost__waitable_take(&s->waitable);
  return s->state;
}

/* ---- Sync-lowered: the guest waits ---- */

uint64_t withost_subtask_block(withost_call *call, const withost_blocking *block) {
  withost_subtask *s = (withost_subtask *)call;
  withost_instance *i = call->instance;
  i->lifting = NULL;
  if (i->unsettled) withost__moves_settle(i);
  if (i->poisoned) {
    s->in_call = false;
    if (withost__subtask_resolved(s)) withost__subtask_free(s);
    withost_trap_again(i);
  }
  if (!withost__subtask_resolved(s)) withost__waitable_wait(&s->waitable, block);
  uint64_t flat = s->flat;
  withost__subtask_free(s);
  return flat;
}
