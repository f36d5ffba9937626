/*
 * Flow: which way values of a type go.
 *
 * A parameter goes to who implements the function, a result to who calls it; everything inside goes the same way, also
 * what a stream or future carries. A resource has no values of its own: its methods are functions like others.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

static void mark(uint8_t *flows, const type *t, type_flow way) {
  while (t && t->kind >= TYPE_PRIMITIVES && !(flows[t->id] & way)) {
    flows[t->id] |= (uint8_t)way;
    for (size_t i = 0; i < t->members.count; i++)
      mark(flows, t->members.items[i].type, way);
    mark(flows, t->key, way);
    mark(flows, t->err, way);
    t = t->elem;
  }
}

static void mark_func(uint8_t *flows, const func *f) {
  for (size_t i = 0; i < f->params.count; i++)
    mark(flows, f->params.items[i].type, FLOW_TAKEN);
  mark(flows, f->result, FLOW_RETURNED);
}

static void mark_items(uint8_t *flows, const world_item_vec *items) {
  for (size_t i = 0; i < items->count; i++)
    if (items->items[i].kind == ITEM_FUNC)
      mark_func(flows, items->items[i].func);
}

uint8_t *flow_assign(const model *m, arena *a) {
  uint8_t *flows = arena_alloc(a, m->types.count);
  for (size_t i = 0; i < m->interfaces.count; i++)
    for (size_t k = 0; k < m->interfaces.items[i]->funcs.count; k++)
      mark_func(flows, m->interfaces.items[i]->funcs.items[k]);
  for (size_t i = 0; i < m->worlds.count; i++) {
    mark_items(flows, &m->worlds.items[i]->imports);
    mark_items(flows, &m->worlds.items[i]->exports);
  }
  return flows;
}

type_flow flow_of(const comparison *c, const type *old, const type *new) {
  return (type_flow)((old ? c->old_flow[old->id] : 0) | (new ? c->new_flow[new->id] : 0));
}
