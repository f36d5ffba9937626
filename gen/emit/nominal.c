/*
 * Nominal: which interfaces are copied, and the copying. What it gives is in nominal.h.
 *
 * In two rounds. Round one follows the reference: imports, then exports; an interface seen before, or one that uses types
 * of an interface that was copied, is copied. Interfaces under a label come last of their kind and nobody can use their
 * types, so what was copied for them is forgotten (`undo`).
 * Round two copies every exported interface once more, but keeps the types that imports and exports really share: those
 * of imported interfaces that exports use, with all they contain.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/nominal.h"

#include <string.h>

#include "emit/reach.h"
#include "support/vec.h"

typedef struct id_vec {
  uint32_t *items;
  size_t count, cap;
} id_vec;

typedef struct cloner {
  arena *arena;
  type **copies;          /* by type id: the copy, or NULL */
  const bool *kept;       /* by type id: stays as it is; NULL for none */
  interface **interfaces; /* by interface id: the copy under construction of an interface whose types are to be copied */
  id_vec journal;         /* ids entered in `copies`, for undo */
  uint32_t next_type, next_interface;
} cloner;

static void cloner_init(cloner *c, arena *a, uint32_t type_count, uint32_t interface_count) {
  *c = (cloner){.arena = a, .next_type = type_count, .next_interface = interface_count};
  c->copies = arena_alloc_array(a, type_count, sizeof *c->copies);
  c->interfaces = arena_alloc_array(a, interface_count, sizeof *c->interfaces);
}

static void cloner_undo(cloner *c, size_t mark) {
  for (size_t i = mark; i < c->journal.count; i++)
    c->copies[c->journal.items[i]] = NULL;
  c->journal.count = mark;
}

/* Types */

static const type *copy_type(cloner *c, const type *t);

static interface *copy_of_owner(const cloner *c, const type *t) {
  return t->owner.kind == OWNER_INTERFACE ? c->interfaces[t->owner.interface->id] : NULL;
}

/* What an alias means now: a copy if there is one or will be one, else still the type of another interface. */
static const type *copy_alias_target(cloner *c, const type *t) {
  if (t->kind < TYPE_PRIMITIVES)
    return t;
  return c->copies[t->id] != NULL || copy_of_owner(c, t) != NULL ? copy_type(c, t) : t;
}

static void copy_parts(cloner *c, type *copy) {
  member_vec members = copy->members;
  copy->members.items = arena_alloc_array(c->arena, members.count, sizeof *members.items);
  for (size_t i = 0; i < members.count; i++) {
    copy->members.items[i] = members.items[i];
    copy->members.items[i].type = copy_type(c, members.items[i].type);
  }
  copy->elem = copy->kind == TYPE_ALIAS ? copy_alias_target(c, copy->elem) : copy_type(c, copy->elem);
  copy->key = copy_type(c, copy->key);
  copy->err = copy_type(c, copy->err);
}

static const type *copy_type(cloner *c, const type *t) {
  if (t == NULL || t->kind < TYPE_PRIMITIVES || (c->kept != NULL && c->kept[t->id]))
    return t;
  if (c->copies[t->id] != NULL)
    return c->copies[t->id];
  type *copy = arena_new(c->arena, type);
  *copy = *t;
  interface *new_owner = copy_of_owner(c, t);
  if (new_owner != NULL)
    copy->owner.interface = new_owner;
  copy_parts(c, copy);
  copy->id = c->next_type++;
  c->copies[t->id] = copy;
  vec_push(c->arena, &c->journal, t->id);
  return copy;
}

/* Interfaces */

static func *copy_func(cloner *c, const func *f) {
  func *copy = arena_new(c->arena, func);
  *copy = *f;
  copy->resource = copy_type(c, f->resource);
  copy->params.items = arena_alloc_array(c->arena, f->params.count, sizeof *f->params.items);
  for (size_t i = 0; i < f->params.count; i++) {
    copy->params.items[i] = f->params.items[i];
    copy->params.items[i].type = copy_type(c, f->params.items[i].type);
  }
  copy->result = copy_type(c, f->result);
  return copy;
}

/* The empty copy; from now on types of `from` belong to it. */
static interface *begin_interface(cloner *c, const interface *from) {
  interface *copy = arena_new(c->arena, interface);
  *copy = *from;
  copy->id = c->next_interface++;
  copy->clone_of = from;
  c->interfaces[from->id] = copy;
  return copy;
}

static void fill_interface(cloner *c, const interface *from, interface *copy) {
  copy->types.items = arena_alloc_array(c->arena, from->types.count, sizeof *from->types.items);
  copy->funcs.items = arena_alloc_array(c->arena, from->funcs.count, sizeof *from->funcs.items);
  for (size_t i = 0; i < from->types.count; i++) {
    type *t = from->types.items[i];
    copy->types.items[i] = copy_type(c, t) == t ? t : c->copies[t->id];
  }
  for (size_t i = 0; i < from->funcs.count; i++)
    copy->funcs.items[i] = copy_func(c, from->funcs.items[i]);
}

/* Round one */

typedef struct round_one {
  cloner cloner;
  bool *seen;      /* by interface id: met in imports or exports */
  bool *rewritten; /* by interface id: copied under its own name, so that others use the copy */
} round_one;

static bool uses_rewritten(const round_one *r, const interface *i) {
  for (size_t k = 0; k < i->types.count; k++) {
    const type *t = i->types.items[k];
    if (t->kind != TYPE_ALIAS || t->elem->kind < TYPE_PRIMITIVES || t->elem->owner.kind != OWNER_INTERFACE)
      continue;
    const interface *from = t->elem->owner.interface;
    if (from != i && r->rewritten[from->id])
      return true;
  }
  return false;
}

static bool needs_copy(round_one *r, const world_item *item) {
  uint32_t id = item->interface->id;
  bool again = r->seen[id];
  r->seen[id] = true;
  return again || uses_rewritten(r, item->interface);
}

static void rewrite_item(round_one *r, world_item *item) {
  cloner *c = &r->cloner;
  const interface *from = item->interface;
  size_t mark = c->journal.count;
  item->interface = begin_interface(c, from);
  fill_interface(c, from, item->interface);
  c->interfaces[from->id] = NULL;
  if (item->name.len > 0)
    cloner_undo(c, mark);
}

/* The items of one interface that are to be copied: at most one under the interface's own name. */
typedef struct rewrite {
  world_item *plain;
  struct {
    world_item **items;
    size_t count, cap;
  } labelled;
} rewrite;

typedef struct rewrite_list {
  rewrite *of_interface; /* by interface id */
  id_vec order;          /* interface ids, as met */
} rewrite_list;

static void collect_rewrites(round_one *r, world_item_vec *items, bool labelled, rewrite_list *list) {
  for (size_t i = 0; i < items->count; i++) {
    world_item *item = &items->items[i];
    if (item->kind != ITEM_INTERFACE || (item->name.len > 0) != labelled || !needs_copy(r, item))
      continue;
    uint32_t id = item->interface->id;
    rewrite *entry = &list->of_interface[id];
    if (entry->plain == NULL && entry->labelled.count == 0)
      vec_push(r->cloner.arena, &list->order, id);
    if (labelled) {
      vec_push(r->cloner.arena, &entry->labelled, item);
    } else {
      entry->plain = item;
      r->rewritten[id] = true;
    }
  }
}

static void rewrite_items(round_one *r, size_t interface_count, world_item_vec *items) {
  rewrite_list list = {arena_alloc_array(r->cloner.arena, interface_count, sizeof(rewrite)), {0}};
  collect_rewrites(r, items, false, &list);
  collect_rewrites(r, items, true, &list);
  for (size_t i = 0; i < list.order.count; i++) {
    rewrite *entry = &list.of_interface[list.order.items[i]];
    for (size_t k = 0; k < entry->labelled.count; k++)
      rewrite_item(r, entry->labelled.items[k]);
    if (entry->plain != NULL)
      rewrite_item(r, entry->plain);
  }
}

static void run_round_one(const model *m, arena *a, nominal *n) {
  round_one r = {0};
  cloner_init(&r.cloner, a, (uint32_t)m->types.count, (uint32_t)m->interfaces.count);
  r.seen = arena_alloc(a, m->interfaces.count);
  r.rewritten = arena_alloc(a, m->interfaces.count);
  rewrite_items(&r, m->interfaces.count, &n->imports);
  rewrite_items(&r, m->interfaces.count, &n->exports);
  n->type_count = r.cloner.next_type;
  n->interface_count = r.cloner.next_interface;
}

/* Round two */

/* Tells `c` which types stay as they are: what imported interfaces reach whose types an export uses. */
static void keep_shared_types(cloner *c, const nominal *n, reach *exported) {
  reach shared = {.types = arena_alloc(c->arena, n->type_count)};
  bool *is_exported = arena_alloc(c->arena, n->interface_count);
  for (size_t i = 0; i < n->exports.count; i++) {
    if (n->exports.items[i].kind == ITEM_INTERFACE)
      is_exported[n->exports.items[i].interface->id] = true;
  }
  for (size_t i = 0; i < exported->owners.count; i++) {
    if (!is_exported[exported->owners.items[i]->id])
      reach_interface(&shared, exported->owners.items[i]);
  }
  c->kept = shared.types;
}

static void run_round_two(arena *a, nominal *n) {
  cloner c;
  cloner_init(&c, a, n->type_count, n->interface_count);
  reach exported = {.types = arena_alloc(a, n->type_count), .used = arena_alloc(a, n->interface_count), .arena = a};
  for (size_t i = 0; i < n->exports.count; i++) {
    if (n->exports.items[i].kind == ITEM_INTERFACE)
      reach_interface(&exported, n->exports.items[i].interface);
  }
  keep_shared_types(&c, n, &exported);
  for (size_t i = 0; i < n->exports.count; i++) {
    world_item *item = &n->exports.items[i];
    if (item->kind == ITEM_INTERFACE)
      item->interface = begin_interface(&c, item->interface);
  }
  for (size_t i = 0; i < n->exports.count; i++) {
    world_item *item = &n->exports.items[i];
    if (item->kind == ITEM_INTERFACE)
      fill_interface(&c, item->interface->clone_of, item->interface);
  }
  n->type_count = c.next_type;
  n->interface_count = c.next_interface;
}

static world_item_vec copy_items(arena *a, const world_item_vec *items) {
  world_item_vec copy = {arena_alloc_array(a, items->count, sizeof *items->items), items->count, items->count};
  if (items->count > 0)
    memcpy(copy.items, items->items, items->count * sizeof *items->items);
  return copy;
}

nominal nominal_make(const model *m, const world *w, arena *a) {
  nominal n = {.imports = copy_items(a, &w->imports), .exports = copy_items(a, &w->exports)};
  run_round_one(m, a, &n);
  run_round_two(a, &n);
  return n;
}
