/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Groups: whose work is this? A group counts its tasks; the hooks hear of the first and the last.
 */
#include "machine.h"

/* An entry inside another one of its instance (an answer, a destructor) is part of that. */
void withost__hook(const withost_thread *thread, bool enter) {
  const withost_hooks *hooks = &thread->task->call.instance->store->config.hooks;
  void (*hook)(void *, withost_group *) = enter ? hooks->enter : hooks->exit;
  if (hook && !withost__entry->interrupted) hook(hooks->user, thread->task->group);
}

void withost__group_task_begins(withost_store *store, withost_group *group) {
  const withost_hooks *hooks = &store->config.hooks;
  if (group->tasks++ == 0 && hooks->start) hooks->start(hooks->user, group);
}

void withost__group_task_ends(withost_store *store, withost_group *group) {
  const withost_hooks *hooks = &store->config.hooks;
  if (--group->tasks == 0 && hooks->finish) hooks->finish(hooks->user, group);
}

/* The task that a call belongs to: itself, or for an import the guest's. */
static const withost_task *call_task(const withost_call *call) {
  return call->kind == WITHOST_CALL_EXPORT ? (const withost_task *)call : call->super;
}

withost_group *withost_call_group(const withost_call *call) { return call_task(call)->group; }
withost_instance *withost_call_instance(const withost_call *call) { return call->instance; }
const char *withost_call_function(const withost_call *call) { return call->function->name; }
const char *withost_call_interface(const withost_call *call) { return call->function->interface; }
const char *withost_call_external_id(const withost_call *call) { return call->function->external_id; }
const withost_call *withost_call_caller(const withost_call *call) { return call->super ? &call->super->call : NULL; }

const char *withost_call_label(const withost_call *call) {
  return call->function->label ? call->function->label : call->function->interface;
}
