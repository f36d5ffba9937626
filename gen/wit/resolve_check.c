/*
 * Check: rules that other tools check only when they build a component; they hold for everything in the model.
 *
 * Source: component-model design/mvp/Binary.md and Explainer.md, notes on type validity; the numbers are those of
 * wasmparser, which every tool that builds components uses.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/layout.h"
#include "wit/resolve_parts.h"

enum { MAX_PARAMS = 1000, MAX_MEMBERS = 10000 };

/* Copies that includes make are at the same place as what they copy, and are told once. */
typedef struct check {
  resolver *r;
  table reported; /* by position */
} check;

static bool is_new(check *c, span at) {
  str key = str_format(c->r->arena, "%p:%u", (const void *)at.source, at.start);
  return table_add(&c->reported, key, c) == NULL;
}

/* Types */

static void check_payload(check *c, const type *t, const char *what) {
  if (t->elem == NULL) {
    return;
  }
  if (t->kind == TYPE_STREAM && type_resolve(t->elem)->kind == TYPE_CHAR && is_new(c, t->at)) {
    diag_error(c->r->diag, t->at, "a stream can't carry 'char'; use 'stream<u8>' or 'stream<string>'");
  }
  if (t->elem->kind >= TYPE_PRIMITIVES && type_node_of(t->elem)->has_borrow && is_new(c, t->at)) {
    diag_error(c->r->diag, t->at, "a %s can't carry borrowed handles; they end with the call", what);
  }
}

static bool has_handle(const type *t) {
  return t->kind == TYPE_ERROR_CONTEXT || (t->kind >= TYPE_PRIMITIVES && type_node_of(t)->has_handle);
}

static void check_extent(check *c, const type *t) {
  if (t->members.count > MAX_MEMBERS && is_new(c, t->at)) {
    diag_error(c->r->diag, t->at, "%zu members; no component accepts more than %d", t->members.count, MAX_MEMBERS);
  } else if (layout_too_large(t) && is_new(c, t->at)) {
    diag_error(c->r->diag, t->at, "values of this type take 256 MiB or more, which no component accepts");
  } else if (layout_too_deep(t) && !diag_failed(c->r->diag)) {
    diag_error(c->r->diag, t->at, "types are nested too deep here: no component accepts 100 levels or more");
  }
}

static void check_type(check *c, const type *t) {
  if (t->kind == TYPE_STREAM || t->kind == TYPE_FUTURE) {
    check_payload(c, t, t->kind == TYPE_STREAM ? "stream" : "future");
  } else if (t->kind == TYPE_FIXED_LIST && t->length == 0) {
    if (is_new(c, t->at)) {
      diag_error(c->r->diag, t->at, "a list of fixed length holds at least one value");
    }
  } else if (t->kind == TYPE_MAP && has_handle(t->elem)) {
    if (is_new(c, t->at)) {
      diag_error(c->r->diag, t->at, "a map's values can't hold handles, streams, futures or error contexts");
    }
  } else {
    check_extent(c, t);
  }
}

/* Functions */

static void check_func(check *c, const func *f) {
  const type *result = f->result == NULL ? NULL : type_resolve(f->result);
  if (f->params.count > MAX_PARAMS && is_new(c, f->at)) {
    diag_error(c->r->diag, f->at, "%zu parameters; no component accepts more than %d", f->params.count, MAX_PARAMS);
  } else if (f->accessor == ACCESSOR_GETTER && result != NULL && result->kind == TYPE_RESULT && result->elem == NULL &&
             is_new(c, f->at)) {
    diag_error(c->r->diag, f->at, "getter '%.*s' returns a 'result' without an 'ok' type, so it gets nothing",
               STR_ARG(f->item_name));
  }
}

static void check_items(check *c, const world_item_vec *items) {
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind == ITEM_FUNC) {
      check_func(c, items->items[i].func);
    }
  }
}

/* Packages */

static bool has_upper(str s) {
  for (size_t i = 0; i < s.len; i++) {
    if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') {
      return true;
    }
  }
  return false;
}

static void check_package(check *c, const package *p) {
  if (has_upper(p->name.ns) || has_upper(p->name.name)) {
    diag_error(c->r->diag, p->at, "package '%.*s:%.*s': no component accepts capital letters in the name of a package",
               STR_ARG(p->name.ns), STR_ARG(p->name.name));
  }
}

void check_model(resolver *r) {
  check c = {.r = r};
  const model *m = r->model;
  table_init(&c.reported, r->arena);
  layout_assign(r->model);
  for (size_t i = 0; i < m->packages.count; i++) {
    check_package(&c, m->packages.items[i]);
  }
  for (size_t i = 0; i < m->types.count; i++) {
    check_type(&c, m->types.items[i]);
  }
  for (size_t i = 0; i < m->interfaces.count; i++) {
    const func_vec *funcs = &m->interfaces.items[i]->funcs;
    for (size_t k = 0; k < funcs->count; k++) {
      check_func(&c, funcs->items[k]);
    }
  }
  for (size_t i = 0; i < m->worlds.count; i++) {
    check_items(&c, &m->worlds.items[i]->imports);
    check_items(&c, &m->worlds.items[i]->exports);
  }
}
