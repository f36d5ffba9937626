/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The component model's built-ins that the library calls, by their names in a core module. What is not called is not
 * imported.
 */
#ifndef WITGUEST_TASK_ABI_H
#define WITGUEST_TASK_ABI_H

#include <stdint.h>

#include "names.h"

#define WITGUEST__IMPORT(module, name) __attribute__((__import_module__(module), __import_name__(name))) extern

/* What a callback is given, and what it returns. */
enum { WITGUEST__EVENT_NONE, WITGUEST__EVENT_SUBTASK, WITGUEST__EVENT_STREAM_READ, WITGUEST__EVENT_STREAM_WRITE,
       WITGUEST__EVENT_FUTURE_READ, WITGUEST__EVENT_FUTURE_WRITE, WITGUEST__EVENT_CANCELLED };
enum { WITGUEST__EXIT, WITGUEST__YIELD, WITGUEST__WAIT };
enum { WITGUEST__STARTING, WITGUEST__STARTED, WITGUEST__RETURNED };
#define WITGUEST__BLOCKED UINT32_MAX

/* Work for tasks: native mode only. */
WITGUEST__IMPORT(WITGUEST_NAME_MODULE, WITGUEST_NAME_THREAD_GET_TASK) uint32_t witguest__thread_get_task(void);
WITGUEST__IMPORT(WITGUEST_NAME_MODULE, WITGUEST_NAME_THREAD_SET_TASK) void witguest__thread_set_task(uint32_t task);
WITGUEST__IMPORT(WITGUEST_NAME_MODULE, WITGUEST_NAME_TASK_DROP) void witguest__task_drop(uint32_t task);
WITGUEST__IMPORT("$root", "[thread-index]") uint32_t witguest__thread_index(void);

WITGUEST__IMPORT("$root", "[context-get-0]") uint32_t witguest__context_get(void);
WITGUEST__IMPORT("$root", "[context-set-0]") void witguest__context_set(uint32_t value);

WITGUEST__IMPORT("$root", "[backpressure-inc]") void witguest__backpressure_inc(void);
WITGUEST__IMPORT("$root", "[backpressure-dec]") void witguest__backpressure_dec(void);

WITGUEST__IMPORT("$root", "[waitable-set-new]") uint32_t witguest__set_new(void);
WITGUEST__IMPORT("$root", "[waitable-set-drop]") void witguest__set_drop(uint32_t set);
WITGUEST__IMPORT("$root", "[waitable-join]") void witguest__join(uint32_t waitable, uint32_t set);
WITGUEST__IMPORT("$root", "[subtask-drop]") void witguest__subtask_drop(uint32_t subtask);
WITGUEST__IMPORT("$root", "[async-lower][subtask-cancel]") uint32_t witguest__subtask_cancel(uint32_t subtask);
WITGUEST__IMPORT("[export]$root", "[task-cancel]") void witguest__task_cancel(void);

/* A stream without payload may have both its ends in one instance: that is how a task wakes another one. */
WITGUEST__IMPORT("$root", "[stream-new-unit]") uint64_t witguest__unit_new(void);
WITGUEST__IMPORT("$root", "[async-lower][stream-read-unit]") uint32_t witguest__unit_read(uint32_t end, void *p, uint32_t count);
WITGUEST__IMPORT("$root", "[async-lower][stream-write-unit]")
uint32_t witguest__unit_write(uint32_t end, const void *p, uint32_t count);
WITGUEST__IMPORT("$root", "[async-lower][stream-cancel-read-unit]") uint32_t witguest__unit_cancel_read(uint32_t end);
WITGUEST__IMPORT("$root", "[stream-drop-readable-unit]") void witguest__unit_drop_readable(uint32_t end);
WITGUEST__IMPORT("$root", "[stream-drop-writable-unit]") void witguest__unit_drop_writable(uint32_t end);

#endif
