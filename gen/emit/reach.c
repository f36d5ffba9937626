/*
 * Reach: marks in depth; types are nested at most as deep as the resolver allows.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/reach.h"

#include "support/vec.h"

void reach_type(reach *r, const type *t) {
  if (t == NULL || t->kind < TYPE_PRIMITIVES || r->types[t->id])
    return;
  r->types[t->id] = true;
  if (r->used != NULL && t->owner.kind == OWNER_INTERFACE && !r->used[t->owner.interface->id]) {
    r->used[t->owner.interface->id] = true;
    vec_push(r->arena, &r->owners, t->owner.interface);
  }
  for (size_t i = 0; i < t->members.count; i++)
    reach_type(r, t->members.items[i].type);
  reach_type(r, t->elem);
  reach_type(r, t->key);
  reach_type(r, t->err);
}

void reach_func(reach *r, const func *f) {
  reach_type(r, f->resource);
  for (size_t i = 0; i < f->params.count; i++)
    reach_type(r, f->params.items[i].type);
  reach_type(r, f->result);
}

void reach_interface(reach *r, const interface *i) {
  for (size_t k = 0; k < i->types.count; k++)
    reach_type(r, i->types.items[k]);
  for (size_t k = 0; k < i->funcs.count; k++)
    reach_func(r, i->funcs.items[k]);
}
