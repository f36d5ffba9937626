/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A library that knows the loop only through wasip3_task: it waits in exports of others, and runs exports in which others wait. And
 * the count of intrinsics.
 */
#ifndef SHARED_H
#define SHARED_H

#include <stdint.h>

#define WITGUEST_TEST_IMPORT(name) __attribute__((__import_module__("$root"), __import_name__(name))) extern

/* Calls over(arg, state) when the import has returned. */
void shared_wait(uint32_t status, void (*over)(void *arg, uint32_t state), void *arg);

typedef struct shared_executor shared_executor;
shared_executor *shared_enter(void);
/* Returns the callback code: WAIT. */
uint32_t shared_leave(shared_executor *executor, void *user);
shared_executor *shared_find(uint32_t waitable);
/* The user if nothing is waited for any more, else NULL. */
void *shared_deliver(shared_executor *executor, uint32_t waitable, uint32_t code);
uint32_t shared_set(const shared_executor *executor);
void shared_end(shared_executor *executor);

/* How often the library has called [thread-*], [task-*], [context-*] since the last time. */
uint32_t counted_intrinsics(void);

#endif
