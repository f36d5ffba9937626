/*
 * Hidden: items that one input has only behind a feature that is not on.
 *
 * The inputs are compared as they are for a user who has turned certain features on; an item that is missing there may be
 * in `ungated`, the same input with all features on. Then its gate moved: it did not come or go.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

static const package *find_package(const review_side *side, const package *p) {
  const package_vec *all = side->ungated ? &side->ungated->model.packages : NULL;
  for (size_t i = 0; all && i < all->count; i++)
    if (package_name_eq(&all->items[i]->name, &p->name))
      return all->items[i];
  return NULL;
}

static const interface *find_interface(const package *p, str name) {
  for (size_t i = 0; p && i < p->interfaces.count; i++)
    if (str_eq(p->interfaces.items[i]->name, name))
      return p->interfaces.items[i];
  return NULL;
}

static hidden hidden_make(const stability *s, span at) {
  return (hidden){s->kind == STABILITY_UNSTABLE, s->feature, at};
}

hidden hidden_find(const review_side *side, const interface *in, str name) {
  const interface *i = in->name.len ? find_interface(find_package(side, in->package), in->name) : NULL;
  for (size_t k = 0; i && k < i->funcs.count; k++)
    if (str_eq(i->funcs.items[k]->name, name))
      return hidden_make(&i->funcs.items[k]->stability, i->funcs.items[k]->at);
  for (size_t k = 0; i && k < i->types.count; k++)
    if (str_eq(i->types.items[k]->name, name))
      return hidden_make(&i->types.items[k]->stability, i->types.items[k]->at);
  return (hidden){0};
}

hidden hidden_find_item(const review_side *side, const package *in, str name) {
  const package *p = find_package(side, in);
  const interface *i = find_interface(p, name);
  if (i)
    return hidden_make(&i->stability, i->at);
  for (size_t k = 0; p && k < p->worlds.count; k++)
    if (str_eq(p->worlds.items[k]->name, name))
      return hidden_make(&p->worlds.items[k]->stability, p->worlds.items[k]->at);
  return (hidden){0};
}

void gate_opened(comparison *c, hidden old, span new_at, str path, str what) {
  change_add(c, RULE_GATE_OPENED, path, (places){old.at, new_at}, "%.*s is there without feature '%.*s' now",
             STR_ARG(what), STR_ARG(old.feature));
}

void gate_closed(comparison *c, hidden new, span old_at, str path, str what) {
  change_add(c, RULE_GATE_CLOSED, path, (places){old_at, new.at}, "%.*s is behind feature '%.*s' now", STR_ARG(what),
             STR_ARG(new.feature));
}
