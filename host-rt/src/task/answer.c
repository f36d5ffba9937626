/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Answers: the host ends a call that the guest made. Lowering the result may call the guest's realloc, so an answer is an
 * entry, on a task of its own (fresh context slots) that may not leave the instance.
 */
#include "machine.h"

/* One implementation may serve several labels of an interface, and then one answer does, as long as the result is the same. */
static bool function_is(const withost_function *f, const withost_function *g) {
  if (WITHOST_LIKELY(f == g)) return true;
  return f->interface && g->interface && f->result_type == g->result_type && !strcmp(f->interface, g->interface) &&
         !strcmp(f->name, g->name);
}

static int answer_check(withost_subtask *s, const withost_function *function) {
  withost_instance *i = s->call.instance;
  if (s->call.kind != WITHOST_CALL_IMPORT || !function_is(s->call.function, function))
    return withost__fail(i->store, WITHOST_EINVAL, "a call of '%s' was answered as one of '%s'", s->call.function->name,
                         function->name);
  if (withost__subtask_resolved(s))
    return withost__fail(i->store, WITHOST_EANSWERED, "a call of '%s' was answered before", function->name);
  return WITHOST_OK;
}

/* Nobody will ask for the answer. A record with a handle goes when the instance closes; one whose trampoline still runs
 * is freed there. */
static int answer_nobody(withost_subtask *s) {
  withost_instance *i = s->call.instance;
  withost_store *store = i->store;
  bool was_parked = s->waitable.sync_waiter, in_call = s->in_call && !was_parked;
  s->in_call = true;
  s->waitable.sync_waiter = NULL;
  withost__subtask_resolve(s, WITHOST__SUBTASK_RETURNED);
  if (!in_call && !s->waitable.index) withost__subtask_free(s);
  withost__instance_forget(i);
  return withost__fail(store, WITHOST_EPOISONED, "the instance that made the call has trapped");
}

int withost_answer_begin(withost_call *call, const withost_function *function, withost_answer *a) {
  withost_subtask *s = (withost_subtask *)call;
  withost_instance *i = call->instance;
  int error = answer_check(s, function);
  if (error) return error;
  if (i->poisoned) return answer_nobody(s);
  a->subtask = s;
  withost_task *t = (withost_task *)(void *)a->thread;
  withost__task_init_on_stack(t, i, function, s->call.super->group);
  withost__enter(&a->entry, i, &t->thread);
  a->may_leave = i->may_leave;
  i->may_leave = false;
  return WITHOST_OK;
}

int withost_answer_end(withost_answer *a) {
  a->entry.instance->may_leave = a->may_leave;
  withost__leave(&a->entry);
  withost__subtask_resolve(a->subtask, WITHOST__SUBTASK_RETURNED);
  return WITHOST_OK;
}

int withost_answer_trapped(withost_answer *a) {
  withost_instance *i = a->entry.instance;
  withost__leave_trapped(&a->entry);
  answer_nobody(a->subtask);
  withost__instance_sweep(i);
  return WITHOST_ETRAP;
}

int withost_answer_nothing(withost_call *call, const withost_function *function) {
  withost_subtask *s = (withost_subtask *)call;
  int error = answer_check(s, function);
  if (error) return error;
  if (call->instance->poisoned) return answer_nobody(s);
  withost__subtask_resolve(s, WITHOST__SUBTASK_RETURNED);
  return WITHOST_OK;
}

uint8_t *withost_answer_out(withost_answer *a, uint32_t size, uint32_t align) {
  return withost_check(a->entry.instance, a->subtask->out, size, align);
}

bool withost_answer_is_flat(const withost_answer *a) { return a->subtask->is_sync; }
void withost_answer_flat(withost_answer *a, uint64_t value) { a->subtask->flat = value; }

/* ---- Cancellation ---- */

void withost_call_on_cancel(withost_call *call, void (*cancel)(void *user, withost_call *call), void *user) {
  if (call->kind != WITHOST_CALL_IMPORT) return;
  withost_subtask *s = (withost_subtask *)call;
  withost__call_part(s);
  withost__subtask_start(s);
  s->cancel = cancel;
  s->user = user;
}

int withost_call_answer_cancelled(withost_call *call) {
  withost_subtask *s = (withost_subtask *)call;
  int error = answer_check(s, call->function);
  if (error) return error;
  if (call->instance->poisoned) return answer_nobody(s), WITHOST_OK;
  if (!s->cancel_requested)
    return withost__fail(call->instance->store, WITHOST_EINVAL, "'%s' was not asked to cancel", call->function->name);
  bool started = s->state != WITHOST__SUBTASK_STARTING;
  withost__subtask_resolve(s, started ? WITHOST__SUBTASK_CANCELLED_BEFORE_RETURNED : WITHOST__SUBTASK_CANCELLED_BEFORE_STARTED);
  return WITHOST_OK;
}

void withost_call_trap(withost_call *call, const char *reason) {
  withost_instance *i = call->instance;
  const withost_function *function = call->function;
  if (call->kind == WITHOST_CALL_EXPORT) return;
  if (call->kind == WITHOST_CALL_IMPORT) {
    withost_subtask *s = (withost_subtask *)call;
    if (withost__subtask_resolved(s)) return;
    bool was_closing = i->closing;
    answer_nobody(s);
    if (was_closing) return;
  }
  withost__instance_abort(i, function, reason);
}
