/*
 * Compare: packages are paired, and what is in them. What it gives is in compare.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

change *change_add(comparison *c, change_rule rule, str path, places at, const char *format, ...) {
  const rule_row *row = rule_get(rule);
  change new = {.rule = rule, .callers = row->callers, .implementers = row->implementers, .path = path};
  new.old_at = at.old;
  new.new_at = at.new;
  new.why = str_of(row->why);
  buf b;
  va_list args;
  buf_init(&b, c->arena);
  va_start(args, format);
  buf_vprintf(&b, format, args);
  va_end(args);
  new.text = buf_str(&b);
  vec_push(c->arena, &c->out->changes, new);
  return &c->out->changes.items[c->out->changes.count - 1];
}

str path_member(const comparison *c, str path, str name) {
  return str_format(c->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(name));
}

/* "ns:pkg", "ns:pkg/item" */
static str path_of(const comparison *c, const package *p, str item) {
  const package_name *n = &p->name;
  return item.len ? str_format(c->arena, "%.*s:%.*s/%.*s", STR_ARG(n->ns), STR_ARG(n->name), STR_ARG(item))
                  : str_format(c->arena, "%.*s:%.*s", STR_ARG(n->ns), STR_ARG(n->name));
}

static void compare_interfaces(comparison *c, const package_pair *pair) {
  table old;
  table_init(&old, c->arena);
  for (size_t i = 0; i < pair->old->interfaces.count; i++)
    table_add(&old, pair->old->interfaces.items[i]->name, pair->old->interfaces.items[i]);
  for (size_t i = 0; i < pair->new->interfaces.count; i++) {
    const interface *new = pair->new->interfaces.items[i];
    if (!table_get(&old, new->name))
      change_add(c, RULE_INTERFACE_ADDED, path_of(c, pair->new, new->name), (places){SPAN_NONE, new->at},
                 "interface '%.*s' is new", STR_ARG(new->name));
  }
  table_release(&old);
}

static void pair_mains(comparison *c) {
  package_pair mains = {c->old->resolved->mains.items[0], c->new->resolved->mains.items[0]};
  vec_push(c->arena, &c->out->packages, mains);
}

static void count_classes(review *out) {
  for (size_t i = 0; i < out->changes.count; i++) {
    const change *ch = &out->changes.items[i];
    out->callers[ch->callers]++;
    out->implementers[ch->implementers]++;
    out->worst[change_worst(ch)]++;
  }
}

void review_compare(const review_side *old, const review_side *new, arena *a, review *out) {
  comparison c = {.arena = a, .out = out, .old = old, .new = new};
  *out = (review){.old_name = old->name, .new_name = new->name, .old = old->resolved, .new = new->resolved};
  out->old_world = old->world;
  out->new_world = new->world;
  pair_mains(&c);
  for (size_t i = 0; i < out->packages.count; i++)
    compare_interfaces(&c, &out->packages.items[i]);
  count_classes(out);
}
