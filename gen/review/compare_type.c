/*
 * Types: a definition against the one of the same name. compare_member.c has what is in records and the like.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

static notes_on type_notes(const type *t) {
  return (notes_on){&t->stability, &t->docs, t->has_external_id, t->external_id, t->at};
}

/* "record 'r'" */
static str type_title(const comparison *c, const type *t) {
  return str_format(c->arena, "%s '%.*s'", type_kind_word(t), STR_ARG(t->name));
}

/* Definitions of one kind */

static void compare_structures(comparison *c, const type *old, const type *new, str path) {
  sameness how = parts_sameness(c, old, new);
  if (how == SAME)
    return;
  change_rule rules[] = {[RESPELLED] = RULE_TYPE_SPELLED, [RENAMED] = RULE_TYPE_RENAMED_IN_C, [DIFFERENT] = RULE_TYPE_CHANGED};
  str before = type_structure_text(c->arena, old), after = type_structure_text(c->arena, new);
  change *ch = change_add(c, rules[how], path, (places){old->at, new->at}, "type '%.*s' is '%.*s' instead of '%.*s'",
                          STR_ARG(new->name), STR_ARG(after), STR_ARG(before));
  ch->flow = flow_of(c, old, new);
}

static void compare_contents(comparison *c, const type *old, const type *new, str path) {
  switch (new->kind) {
  case TYPE_RECORD:
  case TYPE_VARIANT:
  case TYPE_ENUM:
  case TYPE_FLAGS: compare_members(c, old, new, path); break;
  case TYPE_RESOURCE: break;
  default: compare_structures(c, old, new, path);
  }
}

/* Aliases */

static void compare_targets(comparison *c, const type *old, const type *new, str path) {
  sameness how = type_sameness(c, old->elem, new->elem);
  if (how == SAME)
    return;
  change_rule rules[] = {[RESPELLED] = RULE_TYPE_SPELLED, [RENAMED] = RULE_TYPE_SEPARATED, [DIFFERENT] = RULE_TYPE_CHANGED};
  str before = type_text(c->arena, old->elem), after = type_text(c->arena, new->elem);
  change *ch = change_add(c, rules[how], path, (places){old->at, new->at}, "type '%.*s' is '%.*s' instead of '%.*s'",
                          STR_ARG(new->name), STR_ARG(after), STR_ARG(before));
  ch->flow = flow_of(c, old, new);
}

/* In C, a name for a type of cases has no constants of its own. */
static change_rule sharing_rule(const type *t) {
  switch (t->kind) {
  case TYPE_RESOURCE: return RULE_RESOURCE_SHARED;
  case TYPE_VARIANT:
  case TYPE_ENUM:
  case TYPE_FLAGS: return RULE_CASES_SHARED;
  default: return RULE_TYPE_SHARED;
  }
}

/* One of the two is an alias, the other has a structure of its own, which is equal. */
static void tell_sharing(comparison *c, const type *old, const type *new, str path) {
  bool resource = type_resolve(new)->kind == TYPE_RESOURCE;
  places at = {old->at, new->at};
  if (new->kind == TYPE_ALIAS) {
    str target = type_text(c->arena, new->elem);
    change_add(c, sharing_rule(old), path, at, "%.*s is another name of '%.*s' now", STR_ARG(type_title(c, old)), STR_ARG(target));
  } else {
    str target = type_text(c->arena, old->elem);
    change_add(c, resource ? RULE_RESOURCE_SEPARATED : RULE_TYPE_SEPARATED, path, at,
               "%.*s is not another name of '%.*s' any more", STR_ARG(type_title(c, new)), STR_ARG(target));
  }
}

static void tell_kind(comparison *c, const type *old, const type *new, str path) {
  str before = type_structure_text(c->arena, old), after = type_structure_text(c->arena, new);
  change *ch = change_add(c, RULE_TYPE_KIND_CHANGED, path, (places){old->at, new->at},
                          "'%.*s' is '%.*s' instead of '%.*s'", STR_ARG(new->name), STR_ARG(after), STR_ARG(before));
  ch->flow = flow_of(c, old, new);
}

/* At least one of the two is no alias. */
static void compare_ends(comparison *c, const type *old, const type *new, str path) {
  const type *old_end = type_resolve(old), *new_end = type_resolve(new);
  if (old_end->kind != new_end->kind)
    tell_kind(c, old, new, path);
  else if (old->kind == new->kind)
    compare_contents(c, old, new, path);
  else if (old_end->kind == TYPE_RESOURCE || type_equal(c, old_end, new_end))
    tell_sharing(c, old, new, path);
  else
    compare_contents(c, old_end, new_end, path);
}

void compare_type(comparison *c, const type *old, const type *new, str path) {
  str title = type_title(c, new);
  if (old->kind == TYPE_ALIAS && new->kind == TYPE_ALIAS)
    compare_targets(c, old, new, path);
  else
    compare_ends(c, old, new, path);
  compare_notes(c, type_notes(old), type_notes(new), path, title.ptr);
}

/* Lists */

static void type_added(comparison *c, const interface *old, const type *t, str path) {
  str title = type_title(c, t);
  hidden h = hidden_find(&c->old_hidden, old->package, old->name, t->name);
  if (h.found) {
    gate_opened(c, h, t->at, path, title);
    return;
  }
  change *ch = change_add(c, RULE_TYPE_ADDED, path, (places){old->at, t->at}, "%.*s is new", STR_ARG(title));
  ch->flow = flow_of(c, NULL, t);
  if (c->was[t->id])
    ch->hint = str_format(c->arena, "perhaps it was '%.*s'", STR_ARG(c->was[t->id]->name));
}

static void type_removed(comparison *c, const interface *new, const type *t, str path) {
  str title = type_title(c, t);
  hidden h = hidden_find(&c->new_hidden, new->package, new->name, t->name);
  if (h.found) {
    gate_closed(c, h, t->at, path, title);
    return;
  }
  change *ch = change_add(c, RULE_TYPE_REMOVED, path, (places){t->at, new->at}, "%.*s is gone", STR_ARG(title));
  ch->flow = flow_of(c, t, NULL);
  if (c->partner[t->id])
    ch->hint = str_format(c->arena, "perhaps it is '%.*s' now", STR_ARG(c->partner[t->id]->name));
}

void compare_types(comparison *c, const interface *old, const interface *new, str path) {
  item_pair_vec pairs = pair_types(c, &old->types, &new->types);
  for (size_t i = 0; i < pairs.count; i++) {
    const type *a = pairs.items[i].old, *b = pairs.items[i].new;
    if (a && b)
      compare_type(c, a, b, path_member(c, path, b->name));
    else if (interface_is_partial(c, a ? c->new : c->old, a ? new : old))
      continue;
    else if (b)
      type_added(c, old, b, path_member(c, path, b->name));
    else
      type_removed(c, new, a, path_member(c, path, a->name));
  }
}
