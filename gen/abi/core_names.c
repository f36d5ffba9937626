/*
 * Core names: the legacy mangling, spelled out.
 *
 * Short functions that glue prefixes to WIT names, then the numbering of streams and futures: a walk over the types of
 * a signature in which a payload comes before what carries it. A type may occur very often below another one, so counts
 * are kept per type and a type that was walked once is only counted again.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/core_names.h"

#include "../../guest-rt/src/task/names.h"
#include "support/vec.h"

#include <uthash.h>

static str text_join(arena *a, const char *prefix, str rest) {
  return str_format(a, "%s%.*s", prefix, STR_ARG(rest));
}

/* Modules */

str core_import_module(arena *a, const world_item *item) {
  return item->kind == ITEM_INTERFACE ? world_item_key(a, item) : STR("$root");
}

str core_export_intrinsic_module(arena *a, const world_item *item) {
  return text_join(a, "[export]", core_import_module(a, item));
}

/* Functions */

str core_export_name(arena *a, const world_item *item, const func *f) {
  if (item->kind != ITEM_INTERFACE) {
    return f->name;
  }
  str key = world_item_key(a, item);
  return str_format(a, "%.*s#%.*s", STR_ARG(key), STR_ARG(f->name));
}

str core_async_export_name(arena *a, const world_item *item, const func *f) {
  return text_join(a, "[async-lift]", core_export_name(a, item, f));
}

str core_callback_name(arena *a, const world_item *item, const func *f) {
  return text_join(a, "[callback]", core_async_export_name(a, item, f));
}

str core_post_return_name(arena *a, const world_item *item, const func *f) {
  return text_join(a, "cabi_post_", core_export_name(a, item, f));
}

str core_async_import_name(arena *a, const func *f) {
  return text_join(a, "[async-lower]", f->name);
}

str core_task_return_name(arena *a, const func *f) {
  return text_join(a, "[task-return]", f->name);
}

/* Resources */

str core_resource_drop_name(arena *a, const type *resource) {
  return text_join(a, "[resource-drop]", resource->name);
}

str core_resource_new_name(arena *a, const type *resource) {
  return text_join(a, "[resource-new]", resource->name);
}

str core_resource_rep_name(arena *a, const type *resource) {
  return text_join(a, "[resource-rep]", resource->name);
}

str core_destructor_name(arena *a, const world_item *item, const type *resource) {
  str key = world_item_key(a, item);
  return str_format(a, "%.*s#[dtor]%.*s", STR_ARG(key), STR_ARG(resource->name));
}

/* Streams and futures */

/* How many numbers the parts of one type take. */
typedef struct payload_count {
  const type *type;
  uint32_t count;
  UT_hash_handle hh;
} payload_count;

typedef struct payload_walk {
  arena *arena;
  payload_count *seen;
  core_payload_vec found;
  uint32_t next; /* the number of the next occurrence; sticks at UINT32_MAX */
} payload_walk;

static void payload_advance(payload_walk *w, uint32_t by) {
  w->next = w->next > UINT32_MAX - by ? UINT32_MAX : w->next + by;
}

static void payload_visit(payload_walk *w, const type *t);

static void payload_visit_parts(payload_walk *w, const type *t) {
  for (size_t i = 0; i < t->members.count; i++) {
    payload_visit(w, t->members.items[i].type);
  }
  payload_visit(w, t->key);
  payload_visit(w, t->elem);
  payload_visit(w, t->err);
  if (t->kind == TYPE_FUTURE || t->kind == TYPE_STREAM) {
    core_payload p = {t, w->next};
    vec_push(w->arena, &w->found, p);
    payload_advance(w, 1);
  }
}

static void payload_visit(payload_walk *w, const type *t) {
  if (!t || t->kind < TYPE_PRIMITIVES || t->kind == TYPE_OWN || t->kind == TYPE_BORROW) {
    return;
  }
  payload_count *known;
  HASH_FIND_PTR(w->seen, &t, known);
  if (known) {
    payload_advance(w, known->count);
    return;
  }
  uint32_t before = w->next;
  payload_visit_parts(w, t);
  known = arena_new(w->arena, payload_count);
  known->type = t;
  known->count = w->next - before;
  HASH_ADD_PTR(w->seen, type, known);
}

core_payload_vec core_payloads(arena *a, const func *f) {
  payload_walk w = {.arena = a};
  for (size_t i = 0; i < f->params.count; i++) {
    payload_visit(&w, f->params.items[i].type);
  }
  payload_visit(&w, f->result);
  HASH_CLEAR(hh, w.seen);
  return w.found;
}

str core_copy_name(arena *a, core_copy_op op, const core_payload *p, const func *f, bool async_lower) {
  static const char *const words[] = {
      [CORE_COPY_NEW] = "new",
      [CORE_COPY_READ] = "read",
      [CORE_COPY_WRITE] = "write",
      [CORE_COPY_CANCEL_READ] = "cancel-read",
      [CORE_COPY_CANCEL_WRITE] = "cancel-write",
      [CORE_COPY_DROP_READABLE] = "drop-readable",
      [CORE_COPY_DROP_WRITABLE] = "drop-writable",
      [CORE_COPY_FORWARD] = "forward",
  };
  return str_format(a, "%s[%s-%s-%u]%.*s", async_lower ? "[async-lower]" : "",
                    p->type->kind == TYPE_STREAM ? "stream" : "future", words[op], p->index, STR_ARG(f->name));
}

/* The names themselves are in a header of the guest library, which calls them. */
const char *core_task_name(core_task_op op) {
  static const char *const names[] = {
      [CORE_THREAD_GET_TASK] = WITGUEST_NAME_THREAD_GET_TASK,
      [CORE_THREAD_SET_TASK] = WITGUEST_NAME_THREAD_SET_TASK,
      [CORE_TASK_DROP] = WITGUEST_NAME_TASK_DROP,
  };
  return names[op];
}
