/*
 * Hidden: items that one input has only behind a feature that is not on.
 *
 * The inputs are compared as they are for a user who has turned certain features on; an item that is missing there may be
 * in `ungated`, the same input with all features on. Then its gate moved: it did not come or go.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

/* "ns:pkg@1.0.0/item", with "#part" when there is one: what an item is found by in both forms of an input. */
static str hidden_key(arena *a, const package *p, str item, str part) {
  str package_text = package_name_text(a, &p->name);
  return str_format(a, "%.*s/%.*s%s%.*s", STR_ARG(package_text), STR_ARG(item), part.len ? "#" : "", STR_ARG(part));
}

static void add_hidden(table *t, str key, const stability *s, span at) {
  if (s->kind != STABILITY_UNSTABLE)
    return;
  hidden *h = arena_new(t->arena, hidden);
  *h = (hidden){true, s->feature, at};
  table_add(t, key, h);
}

static void add_interface(table *t, const interface *i) {
  arena *a = t->arena;
  add_hidden(t, hidden_key(a, i->package, i->name, STR("")), &i->stability, i->at);
  for (size_t k = 0; k < i->funcs.count; k++) {
    const func *f = i->funcs.items[k];
    add_hidden(t, hidden_key(a, i->package, i->name, f->name), &f->stability, f->at);
  }
  for (size_t k = 0; k < i->types.count; k++) {
    const type *one = i->types.items[k];
    add_hidden(t, hidden_key(a, i->package, i->name, one->name), &one->stability, one->at);
  }
}

static void add_items(comparison *c, table *t, const world *w, const world_item_vec *items, const char *direction) {
  for (size_t i = 0; i < items->count; i++) {
    const world_item *item = &items->items[i];
    const stability *s = item->kind == ITEM_FUNC   ? &item->func->stability
                         : item->kind == ITEM_TYPE ? &item->type->stability
                                                   : &item->stability;
    add_hidden(t, hidden_key(t->arena, w->package, w->name, item_part(c, item, direction)), s, item_at(item));
  }
}

static void add_world(comparison *c, table *t, const world *w) {
  add_hidden(t, hidden_key(t->arena, w->package, w->name, STR("")), &w->stability, w->at);
  add_items(c, t, w, &w->imports, "import");
  add_items(c, t, w, &w->exports, "export");
}

void hidden_index(comparison *c, table *t, const review_side *side) {
  const package_vec *packages = side->ungated ? &side->ungated->model.packages : NULL;
  for (size_t i = 0; packages && i < packages->count; i++) {
    const package *p = packages->items[i];
    for (size_t k = 0; k < p->interfaces.count; k++)
      add_interface(t, p->interfaces.items[k]);
    for (size_t k = 0; k < p->worlds.count; k++)
      add_world(c, t, p->worlds.items[k]);
  }
}

hidden hidden_find(const table *t, const package *p, str item, str part) {
  const hidden *h = t->head && item.len ? table_get(t, hidden_key(t->arena, p, item, part)) : NULL;
  return h ? *h : (hidden){0};
}

void gate_opened(comparison *c, hidden old, span new_at, str path, str what) {
  change_add(c, RULE_GATE_OPENED, path, (places){old.at, new_at}, "%.*s is there without feature '%.*s' now",
             STR_ARG(what), STR_ARG(old.feature));
}

void gate_closed(comparison *c, hidden new, span old_at, str path, str what) {
  change_add(c, RULE_GATE_CLOSED, path, (places){old_at, new.at}, "%.*s is behind feature '%.*s' now", STR_ARG(what),
             STR_ARG(new.feature));
}
