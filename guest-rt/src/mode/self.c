/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * How a callback finds its task when the event does not tell (a cancellation names no waitable), in modes that have no better way:
 * by a word that belongs to the thread. Where libc has thread-local storage per task, that is it. Elsewhere nothing but context
 * slot 0 is such a word, and it is not ours; so it holds our word while the task waits, when no code of the guest can look,
 * and what it held before while guest code runs.
 */
#include "mode.h"

#ifdef __wasm_libcall_thread_context__

static _Thread_local witguest_task *self;

void witguest__mode_waits(witguest_task *t) { self = t; }
void witguest__mode_resumes(witguest_task *t) { (void)t; }
witguest_task *witguest__mode_find(void) { return self; }

#else

void witguest__mode_waits(witguest_task *t) {
  t->thread = witguest__context_get();
  witguest__context_set((uint32_t)(uintptr_t)t);
}

void witguest__mode_resumes(witguest_task *t) { witguest__context_set(t->thread); }
witguest_task *witguest__mode_find(void) { return (witguest_task *)(uintptr_t)witguest__context_get(); }

#endif
