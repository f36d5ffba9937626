/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Life and death of instances. An instance ends when it is closed; a trap or an abort only poisons it: its calls end
 * at once, its memory stays until the close.
 */
#include "machine.h"

static int instance_open(withost_instance *i) {
  const withost_function start = {.name = "instantiation"};
  withost_task task;
  withost_entry entry;
  withost__task_init_on_stack(&task, i, &start, NULL);
  withost__enter(&entry, i, &task.thread);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    withost__task_end_on_stack(&task);
    withost__instance_sweep(i);
    return WITHOST_ETRAP;
  }
  i->program->open(i, i->core);
  if (i->program->initialize) i->program->initialize(i->core);
  withost__leave(&entry);
  withost__task_end_on_stack(&task);
  return WITHOST_OK;
}

static void instance_unlink(withost_instance *i) {
  *(i->prev ? &i->prev->next : &i->store->instances) = i->next;
  if (i->next) i->next->prev = i->prev;
}

static void instance_link(withost_instance *i) {
  i->next = i->store->instances;
  if (i->next) i->next->prev = i;
  i->store->instances = i;
}

/* Also of one that trapped while it was opened. */
static void core_free(withost_instance *i) {
  if (!i->core) return;
  i->program->close(i->core);
  withost__free(i->store, i->core, i->program->core_size);
  i->core = NULL;
}

static void instance_free(withost_instance *i) {
  withost_store *store = i->store;
  instance_unlink(i);
  withost__free(store, i->moves.items, i->moves.capacity * sizeof *i->moves.items);
  core_free(i);
  withost__handles_release(i);
  if (withost__threads_release) withost__threads_release(i);
  if (i->trap) withost__free(store, i->trap, strlen(i->trap) + 1);
  withost__free(store, i, i->size);
}

/* Nothing of the program is needed from here on. What the guest has called may be answered yet: the record stays until then. */
static int instance_fail(withost_instance *i, int error) {
  i->closing = i->poisoned = true;
  withost__resources_release(i);
  withost__held_forget(i);
  core_free(i);
  if (i->trap) withost__fail(i->store, error, "%s", i->trap); /* the host may have caused other errors since */
  withost__instance_forget(i);
  return error;
}

void withost__instance_forget(withost_instance *i) {
  if (i->closing && !i->subtasks) instance_free(i);
}

int withost_instantiate(withost_store *store, const withost_program *program, size_t size,
                        void (*prepare)(withost_instance *, const void *, void *), const void *imports, void *host,
                        withost_instance **out) {
  *out = NULL;
  if (program->abi != WITHOST_ABI)
    return withost__fail(store, WITHOST_EABI, "glue of %s has version %u, the library %u", program->world, program->abi,
                         WITHOST_ABI);
  const char *misfit = program->misfit ? program->misfit() : NULL;
  if (misfit) return withost__fail(store, WITHOST_ELINK, "the guest does not fit world %s: %s", program->world, misfit);
  withost_instance *i = withost__alloc(store, size);
  if (!i) return withost__fail(store, WITHOST_ENOMEM, "no memory for an instance of %s", program->world);
  i->self = &i->self;
  i->store = store;
  i->program = program;
  i->encoding = program->encoding;
  i->size = size;
  i->may_leave = true;
  i->wasi = store->wasi;
  withost__task_init_on_stack((withost_task *)(void *)i->sync_task, i, NULL, NULL);
  withost__task_init_on_stack((withost_task *)(void *)i->realloc_task, i, NULL, NULL);
  instance_link(i);
  i->core = withost__alloc(store, program->core_size);
  prepare(i, imports, host);
  int error = i->core ? instance_open(i) : withost__fail(store, WITHOST_ENOMEM, "no memory for a guest of %s", program->world);
  if (error) return instance_fail(i, error);
  *out = i;
  return WITHOST_OK;
}

static void sweep_subtasks(withost_instance *i) {
  i->sweeping = i->subtasks;
  for (withost_subtask *s; (s = i->sweeping);) {
    i->sweeping = s->next; /* an answer inside the notice may take any of them off the list: see resolve */
    if (!s->cancel_requested) withost__subtask_request_cancel(s);
  }
}

/* Calls of the host end with ETRAP, calls to the host are told to cancel. While the host hears of it, nothing can be closed. */
void withost__instance_sweep(withost_instance *i) {
  if (i->running || i->nested) return;
  i->nested++;
  i->store->depth++;
  i->switch_to = NULL;
  if (withost__threads_abort) withost__threads_abort(i);
  while (i->tasks) withost__task_abort(i->tasks, WITHOST_ETRAP);
  withost__ends_release(i);
  sweep_subtasks(i);
  withost__task_handles_release(i);
  withost__resources_release(i);
  i->store->depth--;
  i->nested--;
}

/* Law 10. Destructors see an instance that takes no more calls. */
int withost_instance_close(withost_instance *i) {
  if (i->store->depth || i->store->turning)
    return withost__fail(i->store, WITHOST_EBUSY, "instances cannot be closed from inside a callback");
  if (i->tasks || i->subtasks || i->closing)
    return withost__fail(i->store, WITHOST_EBUSY, "an instance of %s has unfinished calls", i->program->world);
  if (withost__held_check(i)) return WITHOST_EBUSY;
  i->closing = i->poisoned = true;
  i->store->depth++;
  withost__resources_release(i);
  i->store->depth--;
  instance_free(i);
  return WITHOST_OK;
}

void withost__instance_abort(withost_instance *i, const withost_function *function, const char *reason) {
  if (i->poisoned) return;
  i->poisoned = true;
  withost__instance_keep_trap(i, function, reason);
  withost__instance_sweep(i);
}

void withost_instance_abort(withost_instance *i, const char *reason) {
  const withost_function aborted = {.name = i->program->world};
  withost__instance_abort(i, &aborted, reason);
}

withost_store *withost_instance_store(const withost_instance *i) { return i->store; }
int withost_instance_status(const withost_instance *i) { return i->poisoned ? WITHOST_ETRAP : WITHOST_OK; }
const char *withost_instance_trap(const withost_instance *i) { return i->trap ? i->trap : ""; }
