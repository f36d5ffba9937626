/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * QuickJS-ng, and what its promise hook leaves out. The hook tells of promises that are created (INIT) and fulfilled (RESOLVE),
 * but BEFORE and AFTER are for thenables only: not for reactions, not for the rest of a function after its `await`
 * (quickjs-ng issue 1740). What is missing comes here.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include <quickjs.h>

typedef struct engine_events {
  /* Instead of running a job. promise: which INIT told of; its creator is whose work this is. That of `then`'s result, of the async
   * function that awaits, of the request that an async generator works on; or undefined. Run it once: run(context, argc, argv). */
  void (*job)(JSContext *context, JSValueConst promise, JSJobFunc *run, int argc, JSValueConst *argv);
  /* No job will come for it any more: rejected, fulfilled, or nobody can settle it. May come twice. Only good for comparing. */
  void (*ended)(JSRuntime *runtime, const void *promise);
} engine_events;

/* The runtime's opaque pointer is ours. events: borrowed until the runtime is freed. */
static inline void engine_set_events(JSRuntime *runtime, const engine_events *events) {
  JS_SetRuntimeOpaque(runtime, (void *)(uintptr_t)events);
}

#endif
