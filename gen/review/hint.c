/*
 * Hints: what may have been renamed or moved.
 *
 * WIT does not say where a name went: a new name is one item gone and one item new, and is classed as that. When the two
 * are alike and nothing else is, people are told.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

/* More items than these are not looked at: each is compared with each. */
enum { HINT_LIMIT = 200 };

/* Types: found before anything is compared, because functions that mention them have not changed then */

static bool is_free(const comparison *c, const type *old) {
  return !c->partner[old->id] && old->kind != TYPE_ALIAS && old->kind != TYPE_RESOURCE;
}

static bool is_alike(comparison *c, const type *old, const type *new) {
  return old->kind == new->kind && !c->is_partner[new->id] && type_equal(c, old, new);
}

/* The only new type that is like `old`, if `old` is the only one like that. */
static const type *find_only(comparison *c, const type_vec *olds, const type_vec *news, const type *old) {
  const type *found = NULL;
  size_t count = 0;
  for (size_t i = 0; i < news->count; i++)
    if (is_alike(c, old, news->items[i])) {
      found = news->items[i];
      count++;
    }
  for (size_t i = 0; found && i < olds->count; i++)
    if (olds->items[i] != old && is_free(c, olds->items[i]) && is_alike(c, olds->items[i], found))
      return NULL;
  return count == 1 ? found : NULL;
}

void pair_renamed_types(comparison *c, const interface *old, const interface *new) {
  item_pair_vec renamed = {0};
  if (old->types.count > HINT_LIMIT || new->types.count > HINT_LIMIT)
    return;
  for (size_t i = 0; i < old->types.count; i++) {
    const type *t = old->types.items[i];
    const type *now = is_free(c, t) ? find_only(c, &old->types, &new->types, t) : NULL;
    item_pair pair = {t, now};
    if (now)
      vec_push(c->arena, &renamed, pair);
  }
  for (size_t i = 0; i < renamed.count; i++) {
    const type *was = renamed.items[i].old, *is = renamed.items[i].new;
    c->partner[was->id] = is;
    c->was[is->id] = was;
  }
}

/* Functions and interfaces: found among what came and went */

void hint_keep(comparison *c, const func *f, const interface *i, bool added) {
  hint_item item = {c->out->changes.count - 1, f, i, added};
  vec_push(c->arena, &c->hints, item);
}

static bool params_alike(comparison *c, const func *old, const func *new) {
  if (old->params.count != new->params.count)
    return false;
  for (size_t i = 0; i < old->params.count; i++) {
    const param *a = &old->params.items[i], *b = &new->params.items[i];
    if (!str_eq(a->name, b->name) || !type_equal(c, a->type, b->type))
      return false;
  }
  return true;
}

static bool funcs_alike(comparison *c, const func *old, const func *new) {
  return old->kind == new->kind && old->accessor == new->accessor && old->is_async == new->is_async &&
         params_alike(c, old, new) && type_equal(c, old->result, new->result);
}

/* The same functions and types by name. */
static bool interfaces_alike(comparison *c, const interface *old, const interface *new) {
  item_pair_vec funcs = pair_funcs(c, &old->funcs, &new->funcs), types = pair_types(c, &old->types, &new->types);
  bool alike = funcs.count + types.count > 0;
  for (size_t i = 0; alike && i < funcs.count; i++)
    alike = funcs.items[i].old && funcs.items[i].new;
  for (size_t i = 0; alike && i < types.count; i++)
    alike = types.items[i].old && types.items[i].new;
  return alike;
}

static bool items_alike(comparison *c, const hint_item *old, const hint_item *new) {
  if ((old->func != NULL) != (new->func != NULL))
    return false;
  if (!old->func)
    return interfaces_alike(c, old->interface, new->interface);
  bool here = interfaces_paired(c, old->interface, new->interface);
  return (here || str_eq(old->func->name, new->func->name)) && funcs_alike(c, old->func, new->func);
}

/* The only item that is alike and on the other side. */
static const hint_item *find_twin(comparison *c, const hint_item *item) {
  const hint_item *found = NULL;
  for (size_t i = 0; i < c->hints.count; i++) {
    const hint_item *other = &c->hints.items[i];
    if (other->added == item->added || !(item->added ? items_alike(c, other, item) : items_alike(c, item, other)))
      continue;
    if (found)
      return NULL;
    found = other;
  }
  return found;
}

void hint_all(comparison *c) {
  if (c->hints.count > HINT_LIMIT)
    return;
  for (size_t i = 0; i < c->hints.count; i++) {
    const hint_item *item = &c->hints.items[i], *twin = find_twin(c, item);
    if (!twin || find_twin(c, twin) != item)
      continue;
    change *ch = &c->out->changes.items[item->change];
    str other = c->out->changes.items[twin->change].path;
    ch->hint = str_format(c->arena, item->added ? "perhaps it was '%.*s'" : "perhaps it is '%.*s' now", STR_ARG(other));
  }
}
