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

#if defined(__SANITIZE_THREAD__)
#define WITH_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WITH_TSAN 1
#endif
#endif

/* ThreadSanitizer is told which stack comes next. */
#ifdef WITH_TSAN
#include <sanitizer/tsan_interface.h>
#else
#define __tsan_create_fiber(flags) NULL
#define __tsan_get_current_fiber() NULL
#define __tsan_destroy_fiber(fiber) ((void)(fiber))
#define __tsan_switch_to_fiber(fiber, flags) ((void)(fiber))
#endif

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif

/* AddressSanitizer is told which stack is in use, and that the frames of a forgotten one are gone. */
#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#else
#define __sanitizer_start_switch_fiber(save, bottom, size) ((void)(save), (void)(bottom), (void)(size))
#define __sanitizer_finish_switch_fiber(saved, bottom, size) ((void)(saved), (void)(bottom), (void)(size))
#define __asan_unpoison_memory_region(bottom, size) ((void)(bottom), (void)(size))
#endif

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
  char *base;
  size_t size;
  void *fake;         /* AddressSanitizer's */
  const void *caller; /* the stack that jumped in: for AddressSanitizer */
  size_t caller_size;
  void *fiber, *caller_fiber; /* the same, for ThreadSanitizer */
  bool finished;
};

enum { GUARD_SIZE = 4096, HOST_RESERVE = 64 * 1024, HEAD_SIZE = 128 };

_Static_assert(sizeof(struct withost_stack) <= HEAD_SIZE, "the head does not fit");

static char *stack_bottom(const withost_stack *s) { return s->base + GUARD_SIZE; }
static size_t stack_room(const withost_stack *s) { return s->size - GUARD_SIZE - HEAD_SIZE; }

/* Out of the stack, until somebody jumps in again. */
static void stack_leave(withost_stack *s) {
  __sanitizer_start_switch_fiber(&s->fake, s->caller, s->caller_size);
  __tsan_switch_to_fiber(s->caller_fiber, 0);
  s->context = jump_fcontext(s->context, s).context;
  __sanitizer_finish_switch_fiber(s->fake, &s->caller, &s->caller_size);
}

static void stack_main(transfer from) {
  withost_stack *s = from.data;
  s->context = from.context;
  __sanitizer_finish_switch_fiber(s->fake, &s->caller, &s->caller_size);
  for (;;) {
    s->body(s->thread);
    s->finished = true;
    stack_leave(s);
  }
}

static void stack_renew(withost_stack *s) {
  __asan_unpoison_memory_region(stack_bottom(s), stack_room(s));
  if (s->fiber) __tsan_destroy_fiber(s->fiber);
  s->fiber = __tsan_create_fiber(0);
  s->fake = NULL;
  s->context = make_fcontext(s, stack_room(s), stack_main);
}

static withost_stack *stack_new(withost_store *store) {
  size_t size = (store->config.guest_stack + HOST_RESERVE + GUARD_SIZE + HEAD_SIZE + 4095) & ~(size_t)4095;
  char *base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return NULL;
  if (mprotect(base, GUARD_SIZE, PROT_NONE)) { /* the process has as many mappings as it may */
    munmap(base, size);
    return NULL;
  }
  withost_stack *s = (withost_stack *)(void *)(base + size - HEAD_SIZE);
  *s = (withost_stack){.base = base, .size = size, .store = store};
  stack_renew(s);
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
  withost_store *store = s->store;
  withost_stack *outer = store->stack;
  withost_entry *entry = withost__entry;
  uintptr_t limit = withost__stack_limit;
  void *fake;
  store->stack = s;
  withost__entry = s->entry;
  withost__stack_limit = (uintptr_t)stack_bottom(s) + HOST_RESERVE;
  s->caller_fiber = __tsan_get_current_fiber();
  __sanitizer_start_switch_fiber(&fake, stack_bottom(s), stack_room(s));
  __tsan_switch_to_fiber(s->fiber, 0);
  s->context = jump_fcontext(s->context, s).context;
  __sanitizer_finish_switch_fiber(fake, NULL, NULL);
  store->stack = outer;
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

static void blocking_resume(withost_thread *thread) {
  withost_stack *s = thread->stack;
  thread->stack = NULL;
  stack_switch(s);
}

/* While it is away, the instance runs nothing and the store is one entry shallower. */
static void blocking_park(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  withost_store *store = i->store;
  withost_stack *s = store->stack;
  if (!s || s->thread != thread || withost__entry->interrupted || withost__entry->outer) {
    withost__queue_remove(thread);
    withost_trap(i, "cannot block here");
  }
  thread->stack = s;
  s->entry = withost__entry;
  if (store->has_hooks) withost__hook(thread, false);
  i->running = NULL;
  store->depth--;
  withost__instance_wake(i);
  stack_leave(s);
  i->running = thread;
  store->depth++;
  if (store->has_hooks) withost__hook(thread, true);
}

static void blocking_forget(withost_thread *thread) {
  withost_stack *s = thread->stack;
  thread->stack = NULL;
  stack_renew(s);
  stack_give(s);
}

static void blocking_close(withost_store *store) {
  for (withost_stack *s = store->stacks, *next; s; s = next) {
    next = s->next;
    if (s->fiber) __tsan_destroy_fiber(s->fiber);
    munmap(s->base, s->size);
  }
}

const withost_blocking withost_can_block = {blocking_run, blocking_resume, blocking_park, blocking_forget, blocking_close};
