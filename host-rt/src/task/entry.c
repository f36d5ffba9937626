/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Entries into guests, and traps. An entry is a C frame with a jump target; entries of one native stack form a chain.
 * A trap writes its message, poisons the instance and jumps to the innermost target; whoever set that leaves the
 * entry with withost__leave_trapped and reports the error in the ordinary way.
 */
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

WITHOST__TLS withost_entry *withost__entry;
WITHOST__TLS uintptr_t withost__stack_limit;

void withost__enter(withost_entry *e, withost_instance *i, withost_thread *thread, const withost_function *function) {
  e->outer = withost__entry;
  e->instance = i;
  e->interrupted = i->running;
  e->thread = thread;
  e->outer_limit = withost__stack_limit;
  e->function = function;
  withost__entry = e;
  if (!withost__stack_limit) withost__stack_limit = (uintptr_t)e - i->store->config.guest_stack;
  i->running = thread;
  i->lifting = NULL;
  if (WITHOST_UNLIKELY(i->unsettled)) withost__moves_settle(i);
  i->store->depth++;
  if (WITHOST_UNLIKELY(i->store->has_hooks)) withost__hook(thread, true);
}

void withost__leave(withost_entry *e) {
  withost_instance *i = e->instance;
  if (WITHOST_UNLIKELY(i->store->has_hooks)) withost__hook(e->thread, false);
  i->running = e->interrupted;
  if (WITHOST_UNLIKELY(i->unsettled)) withost__moves_settle(i);
  withost__entry = e->outer;
  withost__stack_limit = e->outer_limit;
  if (--i->store->depth == 0 && i->store->scratch.used) withost__scratch_release_all(i->store);
  if (WITHOST_UNLIKELY(i->held_back) && !i->running) withost__instance_wake(i);
}

/* The trap may have come out of a nested task, as that of the guest's realloc, whose frames are gone. */
int withost__leave_trapped(withost_entry *e) {
  e->instance->running = e->thread;
  withost__leave(e);
  return WITHOST_ETRAP;
}

static const withost_function *entry_function(const withost_entry *e, const withost_instance *i) {
  for (; e; e = e->outer)
    if (e->instance == i && e->function) return e->function;
  return NULL;
}

void withost__instance_keep_trap(withost_instance *i, const withost_function *f, const char *reason) {
  if (!f) f = entry_function(withost__entry, i);
  const char *interface = f && f->interface ? f->interface : "", *hash = *interface ? "#" : "";
  const char *name = f ? f->name : i->program->world;
  withost__fail(i->store, WITHOST_ETRAP, "%s%s%s: %s", interface, hash, name, reason);
  size_t size = strlen(withost_store_message(i->store)) + 1;
  i->trap = withost__alloc(i->store, size);
  if (i->trap) memcpy(i->trap, withost_store_message(i->store), size);
}

void withost_trap(withost_instance *i, const char *format, ...) {
  if (!i->poisoned) {
    char reason[256]; /* ours only: handles and counts, never text of the guest */
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    i->poisoned = true;
    if (i->unsettled || i->lifting) withost__moves_undo(i);
    withost__instance_keep_trap(i, NULL, reason);
  }
  withost_trap_again(i);
}

void withost_trap_again(withost_instance *i) {
  if (!withost__entry || withost__entry->instance != i) abort(); /* law G4 was broken */
  __builtin_longjmp(withost__entry->target, 1);
}
