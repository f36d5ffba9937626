/*
 * Compare: packages, and the interfaces and worlds in them. What it gives is in compare.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

change *change_add(comparison *c, change_rule r, str path, places at, const char *format, ...) {
  const rule_row *row = rule_get(r);
  change ch = {.rule = r, .callers = row->callers, .implementers = row->implementers, .path = path};
  ch.old_at = at.old;
  ch.new_at = at.new;
  ch.why = str_of(row->why);
  buf b;
  va_list args;
  buf_init(&b, c->arena);
  va_start(args, format);
  buf_vprintf(&b, format, args);
  va_end(args);
  ch.text = buf_str(&b);
  vec_push(c->arena, &c->out->changes, ch);
  return &c->out->changes.items[c->out->changes.count - 1];
}

void change_explain(comparison *c, change *ch, const char *format, ...) {
  buf b;
  va_list args;
  buf_init(&b, c->arena);
  buf_add(&b, ch->why);
  va_start(args, format);
  buf_vprintf(&b, format, args);
  va_end(args);
  ch->why = buf_str(&b);
}

str path_member(const comparison *c, str path, str name) {
  return str_format(c->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(name));
}

str path_item(const comparison *c, const package *p, str item) {
  const package_name *n = &p->name;
  return item.len ? str_format(c->arena, "%.*s:%.*s/%.*s", STR_ARG(n->ns), STR_ARG(n->name), STR_ARG(item))
                  : str_format(c->arena, "%.*s:%.*s", STR_ARG(n->ns), STR_ARG(n->name));
}

/* Interfaces */

void compare_interface(comparison *c, const interface *old, const interface *new, str path) {
  compare_types(c, old, new, path);
  compare_funcs(c, old, new, path);
}

static void interface_added(comparison *c, const package_pair *p, const interface *i) {
  hidden h = hidden_find(&c->old_hidden, p->old, i->name, STR(""));
  str path = path_item(c, p->new, i->name);
  places at = {h.found ? h.at : p->old->at, i->at};
  change_add(c, RULE_INTERFACE_ADDED, path, at,
             h.found ? "interface '%.*s' needs no feature any more" : "interface '%.*s' is new", STR_ARG(i->name));
  hint_keep(c, NULL, i, true);
}

static void interface_removed(comparison *c, const package_pair *p, const interface *i) {
  hidden h = hidden_find(&c->new_hidden, p->new, i->name, STR(""));
  str path = path_item(c, p->new, i->name);
  places at = {i->at, h.found ? h.at : p->new->at};
  change_add(c, RULE_INTERFACE_REMOVED, path, at,
             h.found ? "interface '%.*s' is behind a feature now" : "interface '%.*s' is gone", STR_ARG(i->name));
  hint_keep(c, NULL, i, false);
}

/* What comes and goes in a dependency, or beside the world that was asked for, is told where something takes it. */
static bool is_promised(const comparison *c, const package_pair *p) {
  return !c->new->world && p == &c->out->packages.items[0];
}

static void compare_interfaces(comparison *c, const package_pair *p) {
  item_pair_vec pairs = pair_interfaces(c, p);
  for (size_t i = 0; i < pairs.count; i++) {
    const interface *a = pairs.items[i].old, *b = pairs.items[i].new;
    if (a && b) {
      notes_on notes[2] = {{&a->stability, &a->docs, false, {0}, a->at}, {&b->stability, &b->docs, false, {0}, b->at}};
      str path = path_item(c, p->new, b->name);
      compare_interface(c, a, b, path);
      compare_notes(c, notes[0], notes[1], path, str_format(c->arena, "interface '%.*s'", STR_ARG(b->name)).ptr);
    } else if (!is_promised(c, p)) {
      continue;
    } else if (b) {
      interface_added(c, p, b);
    } else {
      interface_removed(c, p, a);
    }
  }
}

/* Worlds */

/* The two that were chosen are one, whatever they are called. The name is that of the one that somebody named. */
static void compare_chosen(comparison *c) {
  const world *old = c->old->world, *new = c->new->world, *one = new->package->is_made ? old : new;
  compare_world(c, old, new, path_item(c, one->package, one->name));
}

static void compare_worlds(comparison *c, const package_pair *p) {
  if (c->new->world)
    return;
  item_pair_vec pairs = pair_worlds(c, p);
  for (size_t i = 0; i < pairs.count; i++) {
    const world *a = pairs.items[i].old, *b = pairs.items[i].new;
    str path = path_item(c, p->new, b ? b->name : a->name);
    if (a && b)
      compare_world(c, a, b, path);
    else if (!is_promised(c, p))
      continue;
    else if (b)
      change_add(c, RULE_WORLD_ADDED, path, (places){p->old->at, b->at}, "world '%.*s' is new", STR_ARG(b->name));
    else
      change_add(c, RULE_WORLD_REMOVED, path, (places){a->at, p->new->at}, "world '%.*s' is gone", STR_ARG(a->name));
  }
}

/* Packages */

static void compare_versions(comparison *c, const package *old, const package *new, str path) {
  const package_name *a = &old->name, *b = &new->name;
  places at = {old->at, new->at};
  if (a->has_version == b->has_version && (!a->has_version || semver_compare(&a->version, &b->version) == 0))
    return;
  str before = a->has_version ? semver_text(c->arena, &a->version) : STR("none");
  str after = b->has_version ? semver_text(c->arena, &b->version) : STR("none");
  bool same = a->has_version && b->has_version && semver_same_track(&a->version, &b->version);
  bool released = !a->version.pre.len && !b->version.pre.len;
  change_rule r = !same ? RULE_VERSION_OTHER_TRACK : released ? RULE_VERSION_SAME_TRACK : RULE_VERSION_PRE_RELEASE;
  change_add(c, r, path, at, "the version is %.*s instead of %.*s",
             STR_ARG(after), STR_ARG(before));
}

/* While several versions of a package are there, names in C hold the version. */
static void compare_c_names(comparison *c, const package *old, const package *new, str path) {
  bool before = c->old_several[old->id] && old->name.has_version, after = c->new_several[new->id] && new->name.has_version;
  if (before == after && (!after || package_name_eq(&old->name, &new->name)))
    return;
  const char *how = !after ? "without the version now" : before ? "with another version now" : "with the version now";
  change_add(c, RULE_VERSION_IN_C, path, (places){old->at, new->at}, "names in C are %s", how);
}

static void compare_names(comparison *c, const package *old, const package *new, str path) {
  if (!str_eq(old->name.ns, new->name.ns) || !str_eq(old->name.name, new->name.name))
    change_add(c, RULE_PACKAGE_RENAMED, path, (places){old->at, new->at}, "package '%.*s' is called '%.*s' now",
               STR_ARG(path_item(c, old, STR(""))), STR_ARG(path));
  else
    compare_versions(c, old, new, path);
}

static bool in_scope(const package *p, const bool *scope) {
  for (size_t i = 0; i < p->interfaces.count; i++)
    if (!scope || scope[p->interfaces.items[i]->id])
      return true;
  return !scope;
}

static void compare_package(comparison *c, const package_pair *p) {
  const package *old = p->old, *new = p->new;
  str path = path_item(c, new ? new : old, STR(""));
  bool is_worlds = c->new->world && c->new->world->package == new;
  if ((new && !in_scope(new, c->new_scope) && !is_worlds) || (c->is_mixed && is_worlds && !old) || (!new && c->old->world))
    return;
  if (!old) {
    change_add(c, RULE_PACKAGE_ADDED, path, (places){SPAN_NONE, new->at}, "package '%.*s' is new", STR_ARG(path));
  } else if (!new) {
    change_add(c, RULE_PACKAGE_REMOVED, path, (places){old->at, SPAN_NONE}, "package '%.*s' is gone", STR_ARG(path));
  } else {
    compare_names(c, old, new, path);
    compare_c_names(c, old, new, path);
    compare_interfaces(c, p);
    compare_worlds(c, p);
    compare_notes(c, (notes_on){.docs = &old->docs, .at = old->at}, (notes_on){.docs = &new->docs, .at = new->at}, path,
                  str_format(c->arena, "package '%.*s'", STR_ARG(path)).ptr);
  }
}

/* All */

static bool *world_scope(arena *a, const review_side *side) {
  if (!side->world)
    return NULL;
  bool *scope = arena_alloc(a, side->resolved->model.interfaces.count);
  const world_item_vec *lists[] = {&side->world->imports, &side->world->exports};
  for (size_t l = 0; l < 2; l++)
    for (size_t i = 0; i < lists[l]->count; i++)
      if (lists[l]->items[i].kind == ITEM_INTERFACE)
        scope[lists[l]->items[i].interface->id] = true;
  return scope;
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
  c.old_scope = world_scope(a, old);
  c.new_scope = world_scope(a, new);
  c.old_flow = flow_assign(&old->resolved->model, a);
  c.new_flow = flow_assign(&new->resolved->model, a);
  table_init(&c.equal, a);
  table_init(&c.same, a);
  table_init(&c.old_hidden, a);
  table_init(&c.new_hidden, a);
  hidden_index(&c, &c.old_hidden, old);
  hidden_index(&c, &c.new_hidden, new);
  c.is_mixed = old->resolved->mains.items[0]->is_made != new->resolved->mains.items[0]->is_made;
  pair_all(&c);
  pair_renamed(&c);
  for (size_t i = 0; i < out->packages.count; i++)
    compare_package(&c, &out->packages.items[i]);
  if (new->world)
    compare_chosen(&c);
  hint_all(&c);
  positions_assign(&c);
  count_classes(out);
}
