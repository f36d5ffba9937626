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

/* The trap may have come out of a nested task, as that of the guest's realloc, whose frames are gone. */
int withost__leave_trapped(withost_entry *e) {
  e->instance->running = e->thread;
  withost__leave(e);
  return WITHOST_ETRAP;
}

/* That of the task which the thread began in, wherever it is now. */
static const withost_function *entry_function(const withost_entry *e, const withost_instance *i) {
  while (e && e->instance != i) e = e->outer;
  if (!e) return NULL;
  const withost_task *home = withost__thread_home(e->thread);
  return home ? home->call.function : e->thread->task->call.function;
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

/* Where there are two, longjmp is the one that restores the signal mask. */
WITHOST_NORETURN static void target_jump(withost_target *target) {
#if !WITHOST_USE_SETJMP
  __builtin_longjmp(target->words, 1);
#elif defined(__GLIBC__) || !defined(__unix__)
  longjmp(target->buffer, 1);
#else
  _longjmp(target->buffer, 1);
#endif
}

void withost_trap_again(withost_instance *i) {
  if (!withost__entry || withost__entry->instance != i) abort(); /* law G4 was broken */
  target_jump(&withost__entry->target);
}
