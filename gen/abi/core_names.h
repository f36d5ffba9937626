/*
 * Core names: what core-module imports and exports are called (legacy mangling of wit-component).
 *
 * Every spelling that depends on a WIT name is made in this one file, so that a change in the tools is one edit. An
 * item is an import or export of a world; a function's `name` already carries its kind ("[method]r.m").
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_ABI_CORE_NAMES_H
#define WITGEN_ABI_CORE_NAMES_H

#include "model/model.h"

/* Modules */

/* Import module of an imported interface or world-level function: "ns:pkg/iface@1.0.0", a label, or "$root". */
str core_import_module(arena *a, const world_item *item);
/* Import module of the intrinsics that belong to an export: "[export]" in front. */
str core_export_intrinsic_module(arena *a, const world_item *item);

/* Functions */

/* Export name of a function of an exported item: "ns:pkg/iface#f", or "f" at world level. Filters and texts for people call
   any function so, an imported one too. */
str core_export_name(arena *a, const world_item *item, const func *f);
/* Export name of the async form with a callback, of the callback, and of the post-return of a sync function. */
str core_async_export_name(arena *a, const world_item *item, const func *f);
str core_callback_name(arena *a, const world_item *item, const func *f);
str core_post_return_name(arena *a, const world_item *item, const func *f);
/* Import names: the async form of an imported function, and how an async export gives its result. */
str core_async_import_name(arena *a, const func *f);
str core_task_return_name(arena *a, const func *f);

/* Resources */

str core_resource_drop_name(arena *a, const type *resource);
/* Only in the module of an export. */
str core_resource_new_name(arena *a, const type *resource);
str core_resource_rep_name(arena *a, const type *resource);
/* Export name of the destructor of a resource of an exported interface. */
str core_destructor_name(arena *a, const world_item *item, const type *resource);

/* Tasks: built-ins that no released tool names yet (component-model PR 730). Whoever writes or binds them asks here. */

typedef enum core_task_op { CORE_THREAD_GET_TASK, CORE_THREAD_SET_TASK, CORE_TASK_DROP } core_task_op;

/* Module "$root"; ()->(task), (task)->(), (task)->(). */
const char *core_task_name(core_task_op op);

/* Streams and futures */

typedef enum core_copy_op {
  CORE_COPY_NEW,
  CORE_COPY_READ,
  CORE_COPY_WRITE,
  CORE_COPY_CANCEL_READ,
  CORE_COPY_CANCEL_WRITE,
  CORE_COPY_DROP_READABLE,
  CORE_COPY_DROP_WRITABLE,
  CORE_COPY_FORWARD
} core_copy_op;

/* A stream or future of a function, and the number N by which the intrinsics of that function know it. */
typedef struct core_payload {
  const type *type;
  uint32_t index;
} core_payload;

typedef struct core_payload_vec {
  core_payload *items;
  size_t count, cap;
} core_payload_vec;

/*
 * The futures and streams in a function's parameters and result, in the order of their number. Every occurrence has a
 * number of its own, but each type is listed once, at its first: intrinsics of equal types are interchangeable.
 */
core_payload_vec core_payloads(arena *a, const func *f);

/*
 * "[stream-read-0]f" for payload `p` of `f`; `async_lower` puts "[async-lower]" in front, which read, write and cancel
 * take.
 */
str core_copy_name(arena *a, core_copy_op op, const core_payload *p, const func *f, bool async_lower);

#endif
