/*
 * Host types: what conversions want to know of a type, the names that are made from it, and its declaration.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <inttypes.h>

#include "emit/host.h"

/* Traits */

static host_traits leaf_traits(host *h, const type *t) {
  host_traits r = {.known = true};
  switch (t->kind) {
  case TYPE_U8: case TYPE_U16: case TYPE_U32: case TYPE_U64: case TYPE_S8: case TYPE_S16: case TYPE_S32: case TYPE_S64:
  case TYPE_F32: case TYPE_F64: r.plain = true; break;
  case TYPE_BOOL: case TYPE_FLAGS: break;
  case TYPE_STRING: r.memory = true; r.checked = true; r.lowered = true; break;
  case TYPE_BORROW: r.borrow = !view_resource_of(h->base.view, t)->exported; r.checked = true; r.lowered = true; break;
  case TYPE_OWN: case TYPE_STREAM: case TYPE_FUTURE: r.handle = true; r.checked = true; r.lowered = true; break;
  case TYPE_ERROR_CONTEXT: r.context = true; r.checked = true; r.lowered = true; break;
  default: r.checked = true; r.lowered = true; break;
  }
  return r;
}

static void traits_add(host_traits *r, host_traits part) {
  r->plain &= part.plain;
  r->memory |= part.memory;
  r->context |= part.context;
  r->handle |= part.handle;
  r->borrow |= part.borrow;
  r->checked |= part.checked;
  r->lowered |= part.lowered;
}

static host_traits members_traits(host *h, const type *t) {
  host_traits r = {.known = true, .plain = true};
  uint32_t bytes = 0;
  for (size_t i = 0; i < t->members.count; i++) {
    if (!t->members.items[i].type)
      continue;
    traits_add(&r, host_traits_of(h, t->members.items[i].type));
    bytes += layout_size(t->members.items[i].type);
  }
  r.plain &= bytes == layout_size(t); /* padding must not leak from one side to the other */
  return r;
}

static host_traits make_traits(host *h, const type *t) {
  host_traits r = {.known = true};
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE: return members_traits(h, t);
  case TYPE_FIXED_LIST: return host_traits_of(h, t->elem);
  case TYPE_VARIANT: r = members_traits(h, t); break;
  case TYPE_OPTION: case TYPE_RESULT: break;
  case TYPE_LIST: case TYPE_MAP: r.memory = true; break;
  default: return leaf_traits(h, t);
  }
  if (t->key)
    traits_add(&r, host_traits_of(h, t->key));
  if (t->elem)
    traits_add(&r, host_traits_of(h, t->elem));
  if (t->err)
    traits_add(&r, host_traits_of(h, t->err));
  r.plain = false;
  r.checked = r.lowered = true;
  return r;
}

host_traits host_traits_of(host *h, const type *t) {
  t = type_resolve(t);
  if (t->kind < TYPE_PRIMITIVES)
    return leaf_traits(h, t);
  if (!h->traits[t->id].known)
    h->traits[t->id] = make_traits(h, t);
  return h->traits[t->id];
}

/* Numbers: a hash of the structure, so that no type's number depends on other types. */

static uint64_t make_number(host *h, const type *t) {
  buf key;
  buf_init(&key, h->base.arena);
  buf_printf(&key, "%d.%u", (int)t->kind, (unsigned)t->length);
  if (t->kind == TYPE_RESOURCE)
    buf_printf(&key, ".%.*s", STR_ARG(view_type_of(h->base.view, t)->stem));
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    buf_printf(&key, ",%.*s:%" PRIx64, STR_ARG(m->name), m->type ? host_number(h, m->type) : 0u);
  }
  buf_printf(&key, ";%" PRIx64, t->key ? host_number(h, t->key) : 0u);
  buf_printf(&key, ";%" PRIx64, t->elem ? host_number(h, t->elem) : 0u);
  buf_printf(&key, ";%" PRIx64, t->err ? host_number(h, t->err) : 0u);
  return host_hash(buf_str(&key)) | 1; /* 0: not known yet */
}

uint64_t host_number(host *h, const type *t) {
  t = type_resolve(t);
  if (t->kind < TYPE_PRIMITIVES)
    return (uint64_t)t->kind + 1;
  if (!h->numbers[t->id])
    h->numbers[t->id] = make_number(h, t);
  return h->numbers[t->id];
}

/* Names */

str host_function(host *h, const char *verb, const type *t) {
  return str_format(h->base.arena, "%s__%.*s", verb, STR_ARG(view_type_of(h->base.view, type_resolve(t))->stem));
}

bool host_claim(host *h, str name) {
  return table_add(&h->written, name, h) == NULL;
}

str host_resource_table(host *h, const view_resource *r) {
  return str_format(h->base.arena, "%.*s__resource_%.*s_%.*s", STR_ARG(h->base.view->snake), STR_ARG(r->prefix),
                    STR_ARG(r->snake));
}

/* Equal types share a table, which has the name of the first of them. */
str host_stream_table(host *h, const type *t) {
  arena *a = h->base.arena;
  t = type_resolve(t);
  str key = str_format(a, "%016" PRIx64, host_number(h, t)), *stem = arena_new(a, str);
  *stem = view_type_of(h->base.view, t)->stem;
  const str *first = table_add(&h->stream_stems, key, stem);
  return str_format(a, "%.*s__type_%.*s", STR_ARG(h->base.view->snake), STR_ARG(first ? *first : *stem));
}

str host_plain_name(host *h, str name) {
  (void)h;
  return str_starts_with(name, "exports_") ? str_sub(name, sizeof "exports_" - 1, name.len) : name;
}

str host_public_name(host *h, str name) {
  str plain = host_plain_name(h, name), w_name = h->base.view->snake;
  const char *prefix = str_format(h->base.arena, "%.*s_", STR_ARG(w_name)).ptr;
  if (str_starts_with(plain, prefix))
    return plain;
  return str_format(h->base.arena, "%s%.*s", prefix, STR_ARG(plain));
}

const char *host_core_ctype(core_type c) {
  static const char *const names[] = {
      [CORE_I32] = "uint32_t", [CORE_I64] = "uint64_t", [CORE_F32] = "float", [CORE_F64] = "double"};
  return names[c];
}
