/*
 * Wasm order: depth first over the uses of types.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_order.h"

#include "support/vec.h"

enum { PACKAGE_DEPTH_LIMIT = 1000 };

typedef enum visit { VISIT_NEW, VISIT_OPEN, VISIT_DONE } visit;

typedef struct sorter {
  arena *arena;
  const package *main;
  bool main_is_listed; /* it is one of the packages, and ordered like the others */
  visit *visits; /* by id, which is the place in the input until the end */
  package_vec *out;
  str about;
  bool failed;
} sorter;

static void sorter_fail(sorter *s, const package *p) {
  s->failed = true;
  s->about = p->name.name;
}

static void package_visit(sorter *s, package *p, unsigned depth);

/* The package that `t` is used from, or NULL. */
static package *use_source(const type *t) {
  const interface *from = t->kind == TYPE_ALIAS ? t->elem->owner.interface : NULL;
  return from ? from->package : NULL;
}

static void uses_visit(sorter *s, const package *p, unsigned depth) {
  for (size_t i = 0; i < p->interfaces.count; i++) {
    const type_vec *types = &p->interfaces.items[i]->types;
    for (size_t k = 0; k < types->count && !s->failed; k++) {
      package *from = use_source(types->items[k]);
      if (from == s->main && from && !s->main_is_listed) {
        sorter_fail(s, p);
      } else if (from && from != p) {
        package_visit(s, from, depth);
      }
    }
  }
}

static void package_visit(sorter *s, package *p, unsigned depth) {
  visit *own = &s->visits[p->id];
  if (*own == VISIT_DONE || s->failed) {
    return;
  }
  if (*own == VISIT_OPEN || depth > PACKAGE_DEPTH_LIMIT) {
    sorter_fail(s, p);
    return;
  }
  *own = VISIT_OPEN;
  uses_visit(s, p, depth + 1);
  *own = VISIT_DONE;
  vec_push(s->arena, s->out, p);
}

bool wasm_packages_order(const package_vec *packages, package *main, arena *a, package_vec *out, str *about) {
  sorter s = {.arena = a, .main = main, .visits = arena_new_array(a, visit, packages->count), .out = out};
  for (size_t i = 0; i < packages->count; i++) {
    packages->items[i]->id = (uint32_t)i;
    s.main_is_listed = s.main_is_listed || packages->items[i] == main;
  }
  for (size_t i = 0; i < packages->count && !s.failed; i++) {
    package_visit(&s, packages->items[i], 0);
  }
  if (!s.main_is_listed) {
    vec_push(a, out, main);
  }
  for (size_t i = 0; i < out->count; i++) {
    out->items[i]->id = (uint32_t)i;
  }
  *about = s.about;
  return !s.failed;
}
