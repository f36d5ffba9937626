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
  withost__enter(&entry, i, &task.thread, &start);
  if (!WITHOST_TRY(&entry)) return withost__leave_trapped(&entry);
  i->program->open(i, i->core);
  if (i->program->initialize) i->program->initialize(i->core);
  withost__leave(&entry);
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

static void instance_free(withost_instance *i) {
  withost_store *store = i->store;
  instance_unlink(i);
  if (i->core) i->program->close(i->core); /* also one that trapped while it was opened */
  withost__free(store, i->core, i->program->core_size);
  withost__handles_release(i);
  if (i->trap) withost__free(store, i->trap, strlen(i->trap) + 1);
  withost__free(store, i, i->size);
}

int withost_instantiate(withost_store *store, const withost_program *program, size_t size,
                        void (*prepare)(withost_instance *, const void *, void *), const void *imports, void *host,
                        withost_instance **out) {
  *out = NULL;
  if (program->abi != WITHOST_ABI)
    return withost__fail(store, WITHOST_EABI, "glue of %s has version %u, the library %u", program->world, program->abi,
                         WITHOST_ABI);
  withost_instance *i = withost__alloc(store, size);
  if (!i) return withost__fail(store, WITHOST_ENOMEM, "no memory for an instance of %s", program->world);
  i->store = store;
  i->program = program;
  i->size = size;
  i->may_leave = true;
  i->wasi = store->wasi;
  instance_link(i);
  i->core = withost__alloc(store, program->core_size);
  prepare(i, imports, host);
  int error = i->core ? instance_open(i) : WITHOST_ENOMEM;
  if (error) {
    instance_free(i);
    return error;
  }
  *out = i;
  return WITHOST_OK;
}

/* Calls of the host end with ETRAP, calls to the host are told to cancel. */
void withost__instance_sweep(withost_instance *i) {
  if (i->running) return;
  while (i->tasks) withost__task_abort(i->tasks, WITHOST_ETRAP);
  for (withost_subtask *s = i->subtasks, *next; s; s = next) {
    next = s->next;
    if (!s->cancel_requested) withost__subtask_request_cancel(s);
  }
}

/* Law 10. Destructors of resources that are left: to be run here, by resource.c. */
int withost_instance_close(withost_instance *i) {
  if (i->running || i->tasks || i->subtasks)
    return withost__fail(i->store, WITHOST_EBUSY, "an instance of %s has unfinished calls", i->program->world);
  instance_free(i);
  return WITHOST_OK;
}

void withost_instance_abort(withost_instance *i, const char *reason) {
  if (i->poisoned) return;
  i->poisoned = true;
  withost__fail(i->store, WITHOST_ETRAP, "%s: %s", i->program->world, reason);
  const char *message = withost_store_message(i->store);
  i->trap = withost__alloc(i->store, strlen(message) + 1);
  if (i->trap) memcpy(i->trap, message, strlen(message) + 1);
  withost__instance_sweep(i);
}

withost_store *withost_instance_store(const withost_instance *i) { return i->store; }
int withost_instance_status(const withost_instance *i) { return i->poisoned ? WITHOST_ETRAP : WITHOST_OK; }
const char *withost_instance_trap(const withost_instance *i) { return i->trap ? i->trap : ""; }
