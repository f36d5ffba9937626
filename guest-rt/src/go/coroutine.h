/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Coroutines: stacks that can be left and come back to, on the one stack that a wasm module has. Binaryen's Asyncify pass
 * rewrites the linked module so that a call chain can be unwound into memory and rewound from it.
 *
 * One block of memory holds both halves of a suspended stack. From its top down grows the part that C keeps in memory; when
 * the coroutine suspends, Asyncify writes the locals of the wasm frames from its bottom up. While it runs, all of it is the C
 * stack's.
 */
#ifndef WITGUEST_COROUTINE_H
#define WITGUEST_COROUTINE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct witguest__coroutine {
  char *frames, *frames_end; /* Asyncify reads and writes these two: they come first */
  char *stack;               /* C's stack pointer while suspended */
  char *memory;
  void (*run)(void *arg);
  void *arg;
  enum { WITGUEST__NEW, WITGUEST__RUNNING, WITGUEST__SUSPENDING, WITGUEST__SUSPENDED, WITGUEST__RESUMING } state;
} witguest__coroutine;

/* The memory is the caller's, aligned to 16 bytes like its size, until the coroutine has ended or is forgotten. */
void witguest__coroutine_init(witguest__coroutine *c, void *memory, size_t size, void (*run)(void *arg), void *arg);
/* Runs it until it suspends (true) or ends (false). Not from inside itself. Traps if its stack has overflowed. */
bool witguest__coroutine_resume(witguest__coroutine *c);
/* Inside c, with nothing but instrumented frames above its start. */
void witguest__coroutine_suspend(witguest__coroutine *c);

#endif
