/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Parked stacks. A step of a task runs on a stack from the store's pool. If the guest blocks in the middle, the stack is kept
 * with its thread and the host goes on; when the thread is ready again the turn jumps back in. Stacks that ran to the
 * end go back to the pool, last in first out, their context ready for the next step: no system call in steady state.
 *
 * This file is linked only into programs with a guest that may block (see withost_blocking in glue.h), and with it
 * Boost.Context.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <sys/mman.h>

#include "machine.h"

typedef struct transfer { void *context, *data; } transfer;
extern transfer jump_fcontext(void *to, void *data);
extern void *make_fcontext(void *top, size_t size, void (*run)(transfer from));

/* At the top of its own mapping, below which the frames are; a guard page is at the bottom. */
struct withost_stack {
  void *context; /* where to jump: into the stack while it is idle or parked, out of it while it runs */
  void (*body)(withost_thread *thread);
  withost_thread *thread;
  withost_store *store;
  withost_stack *next; /* in the pool */
  withost_entry *entry;
  void *base;
  bool finished;
};

enum { STACK_SIZE = 256 * 1024, GUARD_SIZE = 4096, HOST_RESERVE = 64 * 1024 };

static void stack_main(transfer from) {
  withost_stack *s = from.data;
  for (;;) {
    s->context = from.context;
    s->body(s->thread);
    s->finished = true;
    from = jump_fcontext(s->context, s);
  }
}

static withost_stack *stack_new(withost_store *store) {
  char *base = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return NULL;
  mprotect(base, GUARD_SIZE, PROT_NONE);
  withost_stack *s = (withost_stack *)(void *)(base + STACK_SIZE - 128);
  *s = (withost_stack){.base = base, .store = store};
  s->context = make_fcontext(s, STACK_SIZE - 128 - GUARD_SIZE, stack_main);
  return s;
}

static withost_stack *stack_take(withost_store *store) {
  withost_stack *s = store->stacks;
  if (!s) return stack_new(store);
  store->stacks = s->next;
  return s;
}

static void stack_give(withost_stack *s) {
  s->next = s->store->stacks;
  s->store->stacks = s;
}

/* In, until it finishes or parks. The chain of entries and the limit belong to a stack. */
static void stack_switch(withost_stack *s) {
  withost_entry *entry = withost__entry;
  uintptr_t limit = withost__stack_limit;
  withost__entry = s->entry;
  withost__stack_limit = (uintptr_t)s->base + GUARD_SIZE + HOST_RESERVE;
  s->context = jump_fcontext(s->context, s).context;
  withost__entry = entry;
  withost__stack_limit = limit;
  if (s->finished) stack_give(s);
}

static void blocking_run(withost_store *store, void (*body)(withost_thread *), withost_thread *thread) {
  withost_stack *s = stack_take(store);
  if (!s) {
    withost_instance_abort(thread->task->call.instance, "out of memory for a stack");
    return;
  }
  s->body = body;
  s->thread = thread;
  s->entry = NULL;
  s->finished = false;
  stack_switch(s);
}

/* While it is away, the instance runs nothing and the store is one entry shallower. */
static void blocking_resume(withost_thread *thread) {
  withost_stack *s = thread->stack;
  thread->stack = NULL;
  stack_switch(s);
}

static withost_stack *current_stack(const withost_thread *thread) {
  uintptr_t here = (uintptr_t)__builtin_frame_address(0), limit = withost__stack_limit;
  uintptr_t base = limit - GUARD_SIZE - HOST_RESERVE;
  (void)thread;
  return here - base < STACK_SIZE ? (withost_stack *)(base + STACK_SIZE - 128) : NULL;
}

static void blocking_park(withost_thread *thread) {
  withost_stack *s = current_stack(thread);
  withost_instance *i = thread->task->call.instance;
  if (!s || s->thread != thread || withost__entry->interrupted || withost__entry->outer) {
    withost__queue_remove(thread);
    withost_trap(i, "cannot block here");
  }
  thread->stack = s;
  s->entry = withost__entry;
  i->running = NULL;
  i->store->depth--;
  withost__instance_wake(i);
  s->context = jump_fcontext(s->context, s).context;
  i->running = thread;
  i->store->depth++;
}

static void blocking_forget(withost_thread *thread) {
  withost_stack *s = thread->stack;
  thread->stack = NULL;
  s->context = make_fcontext(s, STACK_SIZE - 128 - GUARD_SIZE, stack_main);
  stack_give(s);
}

static void blocking_close(withost_store *store) {
  for (withost_stack *s = store->stacks, *next; s; s = next) {
    next = s->next;
    munmap(s->base, STACK_SIZE);
  }
}

const withost_blocking withost_can_block = {blocking_run, blocking_resume, blocking_park, blocking_forget, blocking_close};
