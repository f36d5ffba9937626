/*
 * Pair: what has one name on both sides.
 *
 * Packages are found by name, then by version: the same one, else one of the same track, else any that is left. The main
 * packages are a pair whatever they are called, unless one of them is made up around the world of a component: then the
 * two worlds are the pair, and such a package is part of nothing. Everything in packages is found by its name alone.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

item_pair_vec pair_named(arena *a, const named_vec *old, const named_vec *new) {
  table by_name;
  item_pair_vec pairs = {0};
  bool *met = arena_alloc(a, old->count);
  table_init(&by_name, a);
  for (size_t i = 0; i < old->count; i++)
    table_add(&by_name, old->items[i].name, &old->items[i]);
  for (size_t i = 0; i < new->count; i++) {
    const named *found = table_get(&by_name, new->items[i].name);
    item_pair pair = {found ? found->item : NULL, new->items[i].item};
    if (found)
      met[found - old->items] = true;
    vec_push(a, &pairs, pair);
  }
  for (size_t i = 0; i < old->count; i++) {
    item_pair gone = {old->items[i].item, NULL};
    if (!met[i])
      vec_push(a, &pairs, gone);
  }
  table_release(&by_name);
  return pairs;
}

static void add_name(const comparison *c, named_vec *names, str name, const void *item) {
  named entry = {name, item};
  vec_push(c->arena, names, entry);
}

static named_vec names_of_types(const comparison *c, const type_vec *types) {
  named_vec names = {0};
  for (size_t i = 0; i < types->count; i++)
    add_name(c, &names, types->items[i]->name, types->items[i]);
  return names;
}

item_pair_vec pair_types(const comparison *c, const type_vec *old, const type_vec *new) {
  named_vec a = names_of_types(c, old), b = names_of_types(c, new);
  return pair_named(c->arena, &a, &b);
}

static named_vec names_of_funcs(const comparison *c, const func_vec *funcs) {
  named_vec names = {0};
  for (size_t i = 0; i < funcs->count; i++)
    add_name(c, &names, funcs->items[i]->name, funcs->items[i]);
  return names;
}

item_pair_vec pair_funcs(const comparison *c, const func_vec *old, const func_vec *new) {
  named_vec a = names_of_funcs(c, old), b = names_of_funcs(c, new);
  return pair_named(c->arena, &a, &b);
}

static named_vec names_of_members(const comparison *c, const member_vec *members) {
  named_vec names = {0};
  for (size_t i = 0; i < members->count; i++)
    add_name(c, &names, members->items[i].name, &members->items[i]);
  return names;
}

item_pair_vec pair_members(const comparison *c, const member_vec *old, const member_vec *new) {
  named_vec a = names_of_members(c, old), b = names_of_members(c, new);
  return pair_named(c->arena, &a, &b);
}

static named_vec names_of_params(const comparison *c, const param_vec *params) {
  named_vec names = {0};
  for (size_t i = 0; i < params->count; i++)
    add_name(c, &names, params->items[i].name, &params->items[i]);
  return names;
}

item_pair_vec pair_params(const comparison *c, const param_vec *old, const param_vec *new) {
  named_vec a = names_of_params(c, old), b = names_of_params(c, new);
  return pair_named(c->arena, &a, &b);
}

static named_vec names_of_interfaces(const comparison *c, const package *p, const bool *scope) {
  named_vec names = {0};
  for (size_t i = 0; p && i < p->interfaces.count; i++)
    if (!scope || scope[p->interfaces.items[i]->id])
      add_name(c, &names, p->interfaces.items[i]->name, p->interfaces.items[i]);
  return names;
}

item_pair_vec pair_interfaces(const comparison *c, const package_pair *p) {
  named_vec a = names_of_interfaces(c, p->old, c->old_scope), b = names_of_interfaces(c, p->new, c->new_scope);
  return pair_named(c->arena, &a, &b);
}

static named_vec names_of_worlds(const comparison *c, const package *p) {
  named_vec names = {0};
  for (size_t i = 0; p && i < p->worlds.count; i++)
    add_name(c, &names, p->worlds.items[i]->name, p->worlds.items[i]);
  return names;
}

item_pair_vec pair_worlds(const comparison *c, const package_pair *p) {
  named_vec a = names_of_worlds(c, p->old), b = names_of_worlds(c, p->new);
  return pair_named(c->arena, &a, &b);
}

/* World items: by label, or by pair of packages and name of the interface. */

static str item_name(const comparison *c, const world_item *item, const uint32_t *pairs) {
  if (item->name.len)
    return item->name;
  const interface *i = item->interface;
  return str_format(c->arena, "%u/%.*s", pairs[i->package->id], STR_ARG(i->name));
}

static named_vec names_of_items(const comparison *c, const world_item_vec *items, const uint32_t *pairs) {
  named_vec names = {0};
  for (size_t i = 0; i < items->count; i++)
    add_name(c, &names, item_name(c, &items->items[i], pairs), &items->items[i]);
  return names;
}

item_pair_vec pair_items(const comparison *c, const world_item_vec *old, const world_item_vec *new) {
  named_vec a = names_of_items(c, old, c->old_package), b = names_of_items(c, new, c->new_package);
  return pair_named(c->arena, &a, &b);
}

bool interfaces_paired(const comparison *c, const interface *old, const interface *new) {
  return old->name.len && str_eq(old->name, new->name) &&
         c->old_package[old->package->id] == c->new_package[new->package->id];
}

/* Packages */

/* A package that is made up for a world stands for nothing that has been published, unless it is what both inputs are. */
static bool is_passed_over(const comparison *c, const package *p) {
  return p->is_made && (c->is_mixed || !p->built_for);
}

/* The versions of a package in the old model, one after the other. */
typedef struct version_chain {
  const package *package;
  struct version_chain *next;
} version_chain;

/* How near two versions of one package are: 3 the same, 2 the same track, 1 another. */
static int version_nearness(const package_name *a, const package_name *b) {
  if (package_name_eq(a, b))
    return 3;
  return a->has_version && b->has_version && semver_same_track(&a->version, &b->version) ? 2 : 1;
}

/* Chains by name; `several` tells the packages of which there is more than one version. */
static table chain_versions(const comparison *c, const package_vec *packages, bool *several) {
  table chains;
  table_init(&chains, c->arena);
  for (size_t i = 0; i < packages->count; i++) {
    if (is_passed_over(c, packages->items[i]))
      continue;
    version_chain *link = arena_new(c->arena, version_chain), *first;
    link->package = packages->items[i];
    first = table_add(&chains, path_item(c, packages->items[i], STR("")), link);
    if (!first)
      continue;
    link->next = first->next;
    first->next = link;
    several[first->package->id] = several[i] = true;
  }
  return chains;
}

static void add_package_pair(comparison *c, const package *old, const package *new) {
  package_pair pair = {old, new};
  uint32_t index = (uint32_t)c->out->packages.count;
  if (old)
    c->old_package[old->id] = index;
  if (new)
    c->new_package[new->id] = index;
  vec_push(c->arena, &c->out->packages, pair);
}

#define NOT_PAIRED UINT32_MAX

static uint32_t *unpaired(const comparison *c, size_t count) {
  uint32_t *indices = arena_new_array(c->arena, uint32_t, count);
  for (size_t i = 0; i < count; i++)
    indices[i] = NOT_PAIRED;
  return indices;
}

static void pair_package_at(comparison *c, const table *olds, const package *new, int nearness) {
  for (const version_chain *v = table_get(olds, path_item(c, new, STR(""))); v; v = v->next)
    if (c->old_package[v->package->id] == NOT_PAIRED && version_nearness(&v->package->name, &new->name) == nearness) {
      add_package_pair(c, v->package, new);
      return;
    }
}

static void pair_packages(comparison *c) {
  const resolved *old = c->old->resolved, *new = c->new->resolved;
  const package_vec *news = &new->model.packages, *all = &old->model.packages;
  c->old_several = arena_alloc(c->arena, all->count);
  c->new_several = arena_alloc(c->arena, news->count);
  table olds = chain_versions(c, all, c->old_several);
  chain_versions(c, news, c->new_several);
  c->old_package = unpaired(c, all->count);
  c->new_package = unpaired(c, news->count);
  if (!c->is_mixed)
    add_package_pair(c, old->mains.items[0], new->mains.items[0]);
  for (int nearness = 3; nearness > 0; nearness--)
    for (size_t i = 0; i < news->count; i++)
      if (c->new_package[i] == NOT_PAIRED)
        pair_package_at(c, &olds, news->items[i], nearness);
  for (size_t i = 0; i < news->count; i++)
    if (c->new_package[i] == NOT_PAIRED && !is_passed_over(c, news->items[i]))
      add_package_pair(c, NULL, news->items[i]);
  for (size_t i = 0; i < all->count; i++)
    if (c->old_package[i] == NOT_PAIRED && !is_passed_over(c, all->items[i]))
      add_package_pair(c, all->items[i], NULL);
}

/* Types */

static void pair_partner(comparison *c, const type *old, const type *new) {
  if (!c->partner[old->id]) {
    c->partner[old->id] = new;
    c->is_partner[new->id] = true;
  }
}

static void pair_types_in(comparison *c, const interface *old, const interface *new) {
  item_pair_vec pairs = pair_types(c, &old->types, &new->types);
  for (size_t i = 0; i < pairs.count; i++)
    if (pairs.items[i].old && pairs.items[i].new)
      pair_partner(c, pairs.items[i].old, pairs.items[i].new);
}

/* Types of the world itself, and of interfaces under a label that are not found otherwise. */
static void pair_types_of_items(comparison *c, const world_item_vec *olds, const world_item_vec *news) {
  item_pair_vec pairs = pair_items(c, olds, news);
  for (size_t i = 0; i < pairs.count; i++) {
    const world_item *old = pairs.items[i].old, *new = pairs.items[i].new;
    if (!old || !new || old->kind != new->kind)
      continue;
    if (old->kind == ITEM_TYPE)
      pair_partner(c, old->type, new->type);
    else if (old->kind == ITEM_INTERFACE && !interfaces_paired(c, old->interface, new->interface))
      pair_types_in(c, old->interface, new->interface);
  }
}

static void pair_types_of_worlds(comparison *c, const world *old, const world *new) {
  pair_types_of_items(c, &old->imports, &new->imports);
  pair_types_of_items(c, &old->exports, &new->exports);
}

static void pair_types_of_package(comparison *c, const package_pair *p) {
  item_pair_vec interfaces = pair_interfaces(c, p), worlds = {0};
  for (size_t i = 0; i < interfaces.count; i++)
    if (interfaces.items[i].old && interfaces.items[i].new)
      pair_types_in(c, interfaces.items[i].old, interfaces.items[i].new);
  if (!c->new->world)
    worlds = pair_worlds(c, p);
  for (size_t i = 0; i < worlds.count; i++)
    if (worlds.items[i].old && worlds.items[i].new)
      pair_types_of_worlds(c, worlds.items[i].old, worlds.items[i].new);
}

void pair_all(comparison *c) {
  pair_packages(c);
  c->partner = arena_alloc_array(c->arena, c->old->resolved->model.types.count, sizeof *c->partner);
  c->is_partner = arena_alloc(c->arena, c->new->resolved->model.types.count);
  c->was = arena_alloc_array(c->arena, c->new->resolved->model.types.count, sizeof *c->was);
  for (size_t i = 0; i < c->out->packages.count; i++)
    if (c->out->packages.items[i].old && c->out->packages.items[i].new)
      pair_types_of_package(c, &c->out->packages.items[i]);
  if (c->new->world)
    pair_types_of_worlds(c, c->old->world, c->new->world);
}

void pair_renamed(comparison *c) {
  for (size_t i = 0; i < c->out->packages.count; i++) {
    item_pair_vec interfaces = {0};
    if (c->out->packages.items[i].old && c->out->packages.items[i].new)
      interfaces = pair_interfaces(c, &c->out->packages.items[i]);
    for (size_t k = 0; k < interfaces.count; k++)
      if (interfaces.items[k].old && interfaces.items[k].new)
        pair_renamed_types(c, interfaces.items[k].old, interfaces.items[k].new);
  }
}
