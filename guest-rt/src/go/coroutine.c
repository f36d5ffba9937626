/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * See coroutine.h. Asyncify leaves the functions that call its imports alone. So nothing else may be in the one that starts to unwind:
 * it is called through memory, because clang runs wasm-opt on what it links, where that is installed, and that inlines.
 */
#include "coroutine.h"

#include <stdint.h>

#define ASYNCIFY(name) __attribute__((__import_module__("asyncify"), __import_name__(name)))
ASYNCIFY("start_unwind") extern void asyncify_start_unwind(witguest__coroutine *c);
ASYNCIFY("stop_unwind") extern void asyncify_stop_unwind(void);
ASYNCIFY("start_rewind") extern void asyncify_start_rewind(witguest__coroutine *c);
ASYNCIFY("stop_rewind") extern void asyncify_stop_rewind(void);

/* At the low end of the memory: a stack that has grown over it has left its memory. */
#define GUARD 0x67756172u

__asm__(".globaltype __stack_pointer, i32\n");

static inline char *stack_get(void) {
  char *p;
  __asm__ volatile("global.get __stack_pointer\n local.set %0" : "=r"(p));
  return p;
}

static inline void stack_set(char *p) {
  __asm__ volatile("local.get %0\n global.set __stack_pointer" ::"r"(p));
}

static bool guard_is_broken(const witguest__coroutine *c) { return *(const uint32_t *)c->memory != GUARD; }

void witguest__coroutine_init(witguest__coroutine *c, void *memory, size_t size, void (*run)(void *arg), void *arg) {
  *c = (witguest__coroutine){
      .stack = (char *)memory + size, .memory = memory, .run = run, .arg = arg, .state = WITGUEST__NEW};
  *(uint32_t *)memory = GUARD;
}

bool witguest__coroutine_resume(witguest__coroutine *c) {
  char *mine = stack_get();
  stack_set(c->stack);
  if (c->state == WITGUEST__SUSPENDED) {
    c->state = WITGUEST__RESUMING;
    asyncify_start_rewind(c);
  } else {
    c->state = WITGUEST__RUNNING;
  }
  c->run(c->arg);
  if (c->state == WITGUEST__SUSPENDING) {
    asyncify_stop_unwind();
    c->state = WITGUEST__SUSPENDED;
  }
  stack_set(mine);
  if (guard_is_broken(c)) __builtin_trap();
  return c->state == WITGUEST__SUSPENDED;
}

static void suspend(witguest__coroutine *c) {
  if (c->state == WITGUEST__RESUMING) {
    c->state = WITGUEST__RUNNING;
    asyncify_stop_rewind();
    return;
  }
  c->state = WITGUEST__SUSPENDING;
  c->stack = stack_get();
  c->frames = c->memory + sizeof(uint32_t) * 2;
  c->frames_end = c->stack;
  asyncify_start_unwind(c);
}

static void (*volatile suspend_not_inlined)(witguest__coroutine *c) = suspend;

void witguest__coroutine_suspend(witguest__coroutine *c) { suspend_not_inlined(c); }
