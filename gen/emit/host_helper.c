/*
 * Host helpers: functions over the values of one type, kept until all are known.
 *
 * Which are needed comes out while functions are written, and in that order they would stand in the file; then one parameter
 * more or less would move those of types that it has nothing to do with. So they are printed in the order of the types. That is an
 * order in which C can read them, as types are listed after what they are made of.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>

#include "emit/host.h"
#include "support/vec.h"

void host_helpers_init(host *h) {
  const view *v = h->base.view;
  uint32_t place = 0;
  h->places = arena_alloc_array(h->base.arena, v->type_count, sizeof *h->places);
  for (size_t s = 0; s < v->sections.count; s++) {
    const view_type_vec *types = &v->sections.items[s]->types;
    for (size_t i = 0; i < types->count; i++)
      h->places[types->items[i]->type->id] = ++place;
  }
}

/* Types without a place, strings, come first. */
static void add(host *h, host_helper_vec *helpers, host_helper_kind kind, const type *t, str text) {
  const view_type *vt = view_type_of(h->base.view, type_resolve(t));
  host_helper helper = {vt ? h->places[vt->type->id] : 0, kind, helpers->count, text};
  vec_push(h->base.arena, helpers, helper);
}

void host_helper_add(host *h, host_helper_kind kind, const type *t, str text) {
  add(h, &h->helpers, kind, t, text);
}

void host_helper_declare(host *h, host_helper_kind kind, const type *t, str text) {
  add(h, &h->declared, kind, t, text);
}

static int compare(const void *a, const void *b) {
  const host_helper *x = a, *y = b;
  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

static void print(host_helper_vec *helpers, buf *out) {
  if (helpers->count)
    qsort(helpers->items, helpers->count, sizeof *helpers->items, compare);
  for (size_t i = 0; i < helpers->count; i++)
    buf_add(out, helpers->items[i].text);
}

void host_helpers_print(host *h) {
  print(&h->helpers, &h->base.c_imports);
  print(&h->declared, &h->base.h_helpers);
}
