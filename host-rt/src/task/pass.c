/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Calls that the host passes on: a guest called an import, the host called an export of another guest for it. The guest's
 * subtask follows that call in two ways that values and answers do not cover: it is STARTING until the other guest lets the call
 * in, and its cancellation is the other call's. The two point at each other (task->passed_from; subtask->user while `cancel`
 * is ours) until one of them is over.
 */
#include "machine.h"

static void pass_cancel(void *user, withost_call *call) {
  (void)call;
  withost_call_cancel(user);
}

bool withost__call_is_passed_on(const withost_subtask *s) { return s->cancel == pass_cancel; }

void withost__call_part(withost_subtask *s) {
  if (!withost__call_is_passed_on(s)) return;
  ((withost_task *)s->user)->passed_from = NULL;
  s->cancel = NULL;
}

void withost__subtask_start(withost_subtask *s) {
  if (s->state != WITHOST__SUBTASK_STARTING) return;
  s->state = WITHOST__SUBTASK_STARTED;
  if (s->waitable.index) withost__waitable_post(&s->waitable);
}

int withost_call_pass_on(withost_call *call, withost_call *inner) {
  withost_subtask *s = (withost_subtask *)call;
  withost_task *t = (withost_task *)inner;
  if (!inner) return WITHOST_OK;
  withost_store *store = call->instance->store;
  if (call->kind != WITHOST_CALL_IMPORT || inner->kind != WITHOST_CALL_EXPORT || inner->instance->store != store)
    return withost__fail(store, WITHOST_EINVAL, "only a call of an async import can be passed on, to one of an export in its store");
  if (withost__subtask_resolved(s))
    return withost__fail(store, WITHOST_EANSWERED, "a call of '%s' was answered before", call->function->name);
  if (s->cancel || t->passed_from)
    return withost__fail(store, WITHOST_EINVAL, "a call of '%s' has a cancel notice, or was passed on before", call->function->name);
  s->cancel = pass_cancel;
  s->user = t;
  t->passed_from = s;
  if (t->state == WITHOST__INITIAL) s->state = WITHOST__SUBTASK_STARTING;
  return WITHOST_OK;
}
