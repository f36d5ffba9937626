/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * wasip3_task: how runtimes in one module share a task (law 8 of task.h). The one that runs an export's callbacks, the executor,
 * leaves a pointer where the others find it; they register their waitables there and are called back. The structures are
 * those of the Rust runtime of wit-bindgen, which calls them versions 1 and 2; C code may use them through this header.
 *
 * The loop does both: while one of its exports runs, the pointer is to a version 2 task of the loop; what is registered there
 * keeps the call alive, and is called back for the task that registered it. Where another executor runs the export,
 * witguest_await_subtask and its kin register with that one.
 */
#ifndef WITGUEST_WASIP3_H
#define WITGUEST_WASIP3_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WASIP3_TASK_V1 1u
#define WASIP3_TASK_V2 2u

/* code: the third word of the event: a subtask's state, a copy's status. */
typedef void (*wasip3_waitable_callback)(void *callback_ptr, uint32_t code);

typedef struct wasip3_task {
  uint32_t version;
  void *ptr; /* the executor's; first argument of the functions */
  /* Calls back once, when the waitable has an event. Returns what was registered for it before, or NULL. */
  void *(*waitable_register)(void *ptr, uint32_t waitable, wasip3_waitable_callback callback, void *callback_ptr);
  /* Takes that back. Returns what was registered, or NULL. */
  void *(*waitable_unregister)(void *ptr, uint32_t waitable);
} wasip3_task;

typedef struct wasip3_task_vtable {
  void *(*waitable_register)(void *ptr, uint32_t waitable, wasip3_waitable_callback callback, void *callback_ptr);
  void *(*waitable_unregister)(void *ptr, uint32_t waitable);
  void *(*clone)(void *ptr); /* a pointer for the functions here that stays good when the callback has returned */
  void (*drop)(void *ptr);   /* of a clone */
} wasip3_task_vtable;

/* If version is WASIP3_TASK_V2 or more. */
typedef struct wasip3_task_v2 {
  wasip3_task v1;
  const wasip3_task_vtable *vtable;
} wasip3_task_v2;

/* Sets the pointer, returns the one before; NULL outside of callbacks. Weak: any runtime's definition will do for all. */
wasip3_task *wasip3_task_set(wasip3_task *task);

#ifdef __cplusplus
}
#endif
#endif
