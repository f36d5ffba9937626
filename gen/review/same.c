/*
 * Same: whether two types mean the same.
 *
 * The component model compares value types by structure and resources by identity (Explainer.md, "Type Checking"); C
 * compares structs by their name. A pair of types that share a name is the same here whatever became of it: that is told
 * once, at its definition.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

#include <string.h>

static bool are_partners(const comparison *c, const type *old, const type *new) {
  return old->kind >= TYPE_PRIMITIVES && new->kind >= TYPE_PRIMITIVES && c->partner[old->id] == new;
}

/* Whether some name of the one is a name of the other: aliases on both sides lead there. */
static bool share_name(const comparison *c, const type *old, const type *new) {
  const type *old_end = type_resolve(old), *new_end = type_resolve(new);
  for (const type *t = new; t; t = t->kind == TYPE_ALIAS ? t->elem : NULL)
    if (are_partners(c, old, t) || are_partners(c, old_end, t))
      return true;
  for (const type *t = old; t; t = t->kind == TYPE_ALIAS ? t->elem : NULL)
    if (are_partners(c, t, new) || are_partners(c, t, new_end))
      return true;
  return false;
}

/* A resource that moved: its old name is now an alias of the new one. */
static bool is_same_resource(const comparison *c, const type *old, const type *new) {
  const type *now = c->partner[old->id];
  return now && type_resolve(now) == new;
}

static sameness parts_equal(comparison *c, const type *old, const type *new) {
  const member_vec *a = &old->members, *b = &new->members;
  if (a->count != b->count || old->length != new->length)
    return DIFFERENT;
  for (size_t i = 0; i < a->count; i++)
    if (!str_eq(a->items[i].name, b->items[i].name) || !type_equal(c, a->items[i].type, b->items[i].type))
      return DIFFERENT;
  bool same = type_equal(c, old->key, new->key) && type_equal(c, old->elem, new->elem) && type_equal(c, old->err, new->err);
  return same ? SAME : DIFFERENT;
}

/* Answers are kept, because types are compared with all that is in them, and many hold the same ones. */

static str pair_key(arena *a, const type *old, const type *new) {
  uint32_t ids[2] = {old->id, new->id};
  char *bytes = arena_alloc(a, sizeof ids);
  memcpy(bytes, ids, sizeof ids);
  return (str){bytes, sizeof ids};
}

static const sameness answers[] = {SAME, RESPELLED, RENAMED, DIFFERENT};

static sameness remember(comparison *c, table *known, const type *old, const type *new,
                         sameness (*ask)(comparison *c, const type *old, const type *new)) {
  str key = pair_key(c->arena, old, new);
  const sameness *answer = table_get(known, key);
  if (!answer) {
    answer = &answers[ask(c, old, new)];
    table_add(known, key, (void *)(uintptr_t)answer);
  }
  return *answer;
}

bool type_equal(comparison *c, const type *old, const type *new) {
  if (!old || !new)
    return old == new;
  if (share_name(c, old, new))
    return true;
  old = type_resolve(old);
  new = type_resolve(new);
  if (old->kind != new->kind || old->kind < TYPE_PRIMITIVES)
    return old->kind == new->kind;
  if (old->kind == TYPE_RESOURCE)
    return is_same_resource(c, old, new);
  return remember(c, &c->equal, old, new, parts_equal) == SAME;
}

/* The C type behind a mention: typedefs of one struct are one type. */
static bool is_one_c_type(comparison *c, const type *old, const type *new) {
  old = type_resolve(old);
  new = type_resolve(new);
  if (are_partners(c, old, new) || old->kind < TYPE_PRIMITIVES)
    return true;
  if (old->kind == TYPE_RESOURCE)
    return is_same_resource(c, old, new);
  return !old->name.len && !new->name.len && type_sameness(c, old, new) <= RESPELLED;
}

static sameness worse(sameness a, sameness b) {
  return a > b ? a : b;
}

sameness parts_sameness(comparison *c, const type *old, const type *new) {
  if (old->members.count != new->members.count || old->length != new->length)
    return DIFFERENT;
  sameness all = worse(type_sameness(c, old->key, new->key), type_sameness(c, old->elem, new->elem));
  all = worse(all, type_sameness(c, old->err, new->err));
  for (size_t i = 0; i < old->members.count && all < DIFFERENT; i++)
    all = worse(all, type_sameness(c, old->members.items[i].type, new->members.items[i].type));
  return all;
}

/* Types without a name are called after their parts in C. */
static sameness anonymous_sameness(comparison *c, const type *old, const type *new) {
  sameness parts = parts_sameness(c, old, new);
  return parts == RESPELLED ? RENAMED : parts;
}

/* The name in a mention: a resource's where the mention is its handle. */
static const type *mentioned(const type *t) {
  return t->kind == TYPE_OWN ? t->elem : t;
}

sameness type_sameness(comparison *c, const type *old, const type *new) {
  if (!old || !new)
    return old == new ? SAME : DIFFERENT;
  if (are_partners(c, mentioned(old), mentioned(new)))
    return SAME;
  if (old->kind < TYPE_PRIMITIVES && old->kind == new->kind)
    return SAME;
  bool anonymous = old->kind >= TYPE_PRIMITIVES && new->kind >= TYPE_PRIMITIVES && !old->name.len && !new->name.len;
  if (anonymous)
    return old->kind == new->kind ? remember(c, &c->same, old, new, anonymous_sameness) : DIFFERENT;
  if (!type_equal(c, old, new))
    return DIFFERENT;
  return is_one_c_type(c, old, new) ? RESPELLED : RENAMED;
}
