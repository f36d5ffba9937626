/*
 * Members: fields, cases and flags. Types must be equal with all their members, in order and by name, so each difference
 * breaks; what differs is who would meet something unknown if it did not.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

/* The words and rules of one kind of type. */
typedef struct member_kind {
  const char *word, *plural;
  change_rule added, removed, reordered, changed;
} member_kind;

static member_kind member_kind_of(const type *t) {
  if (t->kind == TYPE_RECORD)
    return (member_kind){"field", "fields", RULE_FIELD_ADDED, RULE_FIELD_REMOVED, RULE_FIELDS_REORDERED, RULE_FIELD_TYPE_CHANGED};
  if (t->kind == TYPE_FLAGS)
    return (member_kind){"flag", "flags", RULE_FLAG_ADDED, RULE_FLAG_REMOVED, RULE_FLAGS_REORDERED, RULE_FLAGS_REORDERED};
  return (member_kind){"case", "cases", RULE_CASE_ADDED, RULE_CASE_REMOVED, RULE_CASES_REORDERED, RULE_CASE_TYPE_CHANGED};
}

/* Two definitions under comparison. */
typedef struct definition {
  comparison *c;
  const type *old, *new;
  str path;
  member_kind kind;
} definition;

/* What follows from the change, beyond that types must be equal. */
static void explain(const definition *d, change *ch, bool grows) {
  static const char *const who[] = {NULL, "it is only taken: implementers", "it is only returned: callers",
                                    "callers and implementers"};
  const type_layout *a = &d->old->layout, *b = &d->new->layout;
  ch->flow = flow_of(d->c, d->old, d->new);
  if (grows && ch->flow != FLOW_NONE && d->new->kind != TYPE_RECORD)
    change_explain(d->c, ch, "; %s could be given a %s that they do not know", who[ch->flow], d->kind.word);
  if (ch->flow == FLOW_NONE)
    change_explain(d->c, ch, "; no function here takes or returns it");
  if (a->size != b->size)
    change_explain(d->c, ch, "; its size goes from %u to %u bytes", a->size, b->size);
}

/* "x: u32" */
static str member_text(const definition *d, const member *m) {
  if (!m->type)
    return m->name;
  str text = type_text(d->c->arena, m->type);
  return d->new->kind == TYPE_RECORD ? str_format(d->c->arena, "%.*s: %.*s", STR_ARG(m->name), STR_ARG(text))
                                     : str_format(d->c->arena, "%.*s(%.*s)", STR_ARG(m->name), STR_ARG(text));
}

static bool has_member(const type *t, str name) {
  for (size_t i = 0; i < t->members.count; i++)
    if (str_eq(t->members.items[i].name, name))
      return true;
  return false;
}

/* In a type with more members nobody is asked whether one is another under a new name: it takes time. */
enum { RENAME_LIMIT = 200 };

/* The member at the same place on the other side, if neither side knows the other's name and the type has stayed. */
static const member *renamed_to(const definition *d, const member *gone) {
  size_t index = (size_t)(gone - d->old->members.items);
  if (d->old->members.count != d->new->members.count || d->old->members.count > RENAME_LIMIT)
    return NULL;
  const member *now = &d->new->members.items[index];
  return !has_member(d->old, now->name) && type_sameness(d->c, gone->type, now->type) == SAME ? now : NULL;
}

static void member_added(const definition *d, const member *m) {
  str text = member_text(d, m);
  change *ch = change_add(d->c, d->kind.added, path_member(d->c, d->path, m->name), (places){d->old->at, m->at},
                          "%s '%.*s' is new", d->kind.word, STR_ARG(text));
  explain(d, ch, true);
}

static void member_removed(const definition *d, const member *m) {
  const member *now = renamed_to(d, m);
  change *ch = change_add(d->c, d->kind.removed, path_member(d->c, d->path, m->name), (places){m->at, now ? now->at : d->new->at},
                          "%s '%.*s' is gone", d->kind.word, STR_ARG(m->name));
  explain(d, ch, false);
  if (now)
    ch->hint = str_format(d->c->arena, "perhaps it is called '%.*s' now", STR_ARG(now->name));
}

static void member_compared(const definition *d, const member *old, const member *new) {
  str path = path_member(d->c, d->path, new->name);
  places at = {old->at, new->at};
  const char *what = str_format(d->c->arena, "%s '%.*s'", d->kind.word, STR_ARG(new->name)).ptr;
  sameness how = type_sameness(d->c, old->type, new->type);
  if (how != SAME && old->type && new->type) {
    compare_mention(d->c, d->kind.changed, old->type, new->type, path, at, what);
  } else if (how != SAME) {
    str text = type_text(d->c->arena, new->type ? new->type : old->type);
    change_add(d->c, d->kind.changed, path, at, new->type ? "%s carries '%.*s' now" : "%s does not carry '%.*s' any more",
               what, STR_ARG(text));
  }
  if (how == DIFFERENT)
    explain(d, &d->c->out->changes.items[d->c->out->changes.count - 1], false);
  compare_notes(d->c, (notes_on){.docs = &old->docs, .at = old->at}, (notes_on){.docs = &new->docs, .at = new->at}, path, what);
}

void compare_members(comparison *c, const type *old, const type *new, str path) {
  definition d = {c, old, new, path, member_kind_of(new)};
  item_pair_vec pairs = pair_members(c, &old->members, &new->members);
  const member *last = NULL;
  bool in_order = true;
  for (size_t i = 0; i < pairs.count; i++) {
    const member *a = pairs.items[i].old, *b = pairs.items[i].new;
    if (!b) {
      member_removed(&d, a);
    } else if (!a) {
      member_added(&d, b);
    } else {
      in_order = in_order && (!last || last < a);
      last = a;
      member_compared(&d, a, b);
    }
  }
  if (!in_order)
    explain(&d,
            change_add(c, d.kind.reordered, path, (places){old->at, new->at}, "the %s have another order", d.kind.plural),
            false);
}
