/*
 * Merge: a binary package, which comes with its own model, joins the model of the run.
 *
 * What the run knows already (two binary packages may depend on the same third) is used as it is; a package that is known
 * in part gets the interfaces that are missing. Everything else is copied over with new ids.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"
#include "wit/wasm_component.h"
#include "wit/wasm_package.h"

/* For each object of the binary package, by id, the one of the run. */
typedef struct merge {
  resolver *r;
  const model *from;
  str path;
  linked_package **packages;
  iface_node **ifaces; /* NULL: not known yet */
  type_node **types;   /* the same */
  world_node **worlds; /* the same */
  bool *iface_is_known, *world_is_known;
} merge;

static void merge_packages(merge *m) {
  for (size_t i = 0; i < m->from->packages.count; i++) {
    const package *p = m->from->packages.items[i];
    str name = package_name_text(m->r->arena, &p->name);
    m->packages[i] = table_get(&m->r->packages, name);
    if (m->packages[i] == NULL) {
      package *made = arena_new(m->r->arena, package);
      *made = (package){.name = p->name, .docs = p->docs, .at = p->at};
      m->packages[i] = link_add_package(m->r, made, name, NULL);
    }
  }
}

/* What is unknown about one view of an item is taken from the other. */
static void merge_stability(const merge *m, const stability *from, stability *into, str name) {
  if (from->kind == STABILITY_UNKNOWN || stability_eq(from, into)) {
    return;
  }
  if (into->kind != STABILITY_UNKNOWN) {
    diag_error(m->r->diag, SPAN_NONE, "'%.*s' has other feature gates for '%.*s' than another dependency",
               STR_ARG(m->path), STR_ARG(name));
    return;
  }
  *into = *from;
}

static void find_known_interface(merge *m, const interface *i, iface_node *known) {
  m->ifaces[i->id] = known;
  m->iface_is_known[i->id] = true;
  for (size_t k = 0; k < i->types.count; k++) {
    const type *t = i->types.items[k];
    const scope_entry *entry = table_get(&known->scope.names, t->name);
    m->types[t->id] = entry == NULL ? NULL : entry->type;
  }
}

static void find_known_interfaces(merge *m) {
  for (size_t k = 0; k < m->from->interfaces.count; k++) {
    const interface *i = m->from->interfaces.items[k];
    iface_node *known = i->name.len == 0 ? NULL : table_get(&m->packages[i->package->id]->interfaces, i->name);
    if (known != NULL) {
      find_known_interface(m, i, known);
    }
  }
}

static bool match_item(merge *m, const world_item *from, const item_list *into) {
  const iface_node *i = from->kind == ITEM_INTERFACE ? m->ifaces[from->interface->id] : NULL;
  const world_item *known =
      from->name.len == 0 && i == NULL ? NULL : item_list_find(into, from->name, i == NULL ? NULL : &i->i);
  if (known == NULL || known->kind != from->kind) {
    return false;
  }
  if (from->kind == ITEM_TYPE) {
    m->types[from->type->id] = type_node_of(known->type);
  } else if (from->kind == ITEM_INTERFACE && from->interface->name.len == 0) {
    find_known_interface(m, from->interface, (iface_node *)known->interface);
  }
  return true;
}

static bool match_items(merge *m, const world_item_vec *from, const item_list *into) {
  bool same = from->count == into->items.count;
  for (size_t i = 0; same && i < from->count; i++) {
    same = match_item(m, &from->items[i], into);
  }
  return same;
}

static bool find_known_worlds(merge *m) {
  for (size_t i = 0; i < m->from->worlds.count; i++) {
    const world *w = m->from->worlds.items[i];
    world_node *known = table_get(&m->packages[w->package->id]->worlds, w->name);
    if (known == NULL) {
      continue;
    }
    m->worlds[i] = known;
    m->world_is_known[i] = true;
    if (!match_items(m, &w->imports, &known->imports) || !match_items(m, &w->exports, &known->exports)) {
      diag_error(m->r->diag, SPAN_NONE, "world '%.*s' in '%.*s' is not the same as in another dependency",
                 STR_ARG(w->name), STR_ARG(m->path));
      return false;
    }
  }
  return true;
}

static void add_interfaces(merge *m) {
  for (size_t k = 0; k < m->from->interfaces.count; k++) {
    const interface *i = m->from->interfaces.items[k];
    if (m->iface_is_known[k]) {
      continue;
    }
    linked_package *p = m->packages[i->package->id];
    iface_node *n = iface_node_new(m->r);
    n->i = *i;
    n->i.package = p->package;
    n->i.types = (type_vec){0};
    n->i.funcs = (func_vec){0};
    link_add_interface(m->r, n);
    m->ifaces[k] = n;
    if (i->name.len > 0) {
      table_add(&p->interfaces, i->name, n);
      vec_push(m->r->arena, &p->package->interfaces, &n->i);
    }
  }
}

static const type *map_ref(const merge *m, const type *t) {
  return t == NULL || t->kind < TYPE_PRIMITIVES ? t : &m->types[t->id]->t;
}

static owner map_owner(const merge *m, const owner *o) {
  owner mapped = *o;
  if (o->kind == OWNER_INTERFACE) {
    mapped.interface = &m->ifaces[o->interface->id]->i;
  } else if (o->kind == OWNER_WORLD) {
    mapped.world = &m->worlds[o->world->id]->w;
  }
  return mapped;
}

static void map_contents(const merge *m, type *t) {
  t->elem = map_ref(m, t->elem);
  t->key = map_ref(m, t->key);
  t->err = map_ref(m, t->err);
  member_vec members = {0};
  for (size_t i = 0; i < t->members.count; i++) {
    member q = t->members.items[i];
    q.type = map_ref(m, q.type);
    vec_push(m->r->arena, &members, q);
  }
  t->members = members;
}

static void merge_types(merge *m) {
  for (size_t i = 0; i < m->from->types.count; i++) {
    const type *t = m->from->types.items[i];
    if (m->types[i] != NULL) {
      merge_stability(m, &t->stability, &m->types[i]->t.stability, t->name);
      continue;
    }
    type_node *n = type_node_new(m->r->arena);
    n->t = *t;
    n->t.owner = map_owner(m, &t->owner);
    map_contents(m, &n->t);
    type_node_measure(n);
    link_add_type(m->r, n);
    m->types[i] = n;
  }
}

static func *map_func(const merge *m, const func *f) {
  func *made = arena_new(m->r->arena, func);
  *made = *f;
  made->resource = map_ref(m, f->resource);
  made->params = (param_vec){0};
  for (size_t i = 0; i < f->params.count; i++) {
    param p = f->params.items[i];
    p.type = map_ref(m, p.type);
    vec_push(m->r->arena, &made->params, p);
  }
  made->result = map_ref(m, f->result);
  return made;
}

static bool has_func(const interface *i, str name) {
  for (size_t k = 0; k < i->funcs.count; k++) {
    if (str_eq(i->funcs.items[k]->name, name)) {
      return true;
    }
  }
  return false;
}

/* Dependencies may show only a part of an interface: the parts add up. */
static void merge_body(const merge *m, const interface *from, iface_node *into, bool is_known) {
  for (size_t i = 0; i < from->types.count; i++) {
    type_node *t = m->types[from->types.items[i]->id];
    if (table_get(&into->scope.names, t->t.name) == NULL) {
      vec_push(m->r->arena, &into->i.types, &t->t);
      type_scope_define(m->r, &into->scope, t->t.name, t, t->t.at);
    }
  }
  for (size_t i = 0; i < from->funcs.count; i++) {
    if (!is_known || !has_func(&into->i, from->funcs.items[i]->name)) {
      func *f = map_func(m, from->funcs.items[i]);
      vec_push(m->r->arena, &into->i.funcs, f);
    }
  }
}

static void merge_bodies(merge *m) {
  for (size_t k = 0; k < m->from->interfaces.count; k++) {
    const interface *from = m->from->interfaces.items[k];
    merge_stability(m, &from->stability, &m->ifaces[k]->i.stability, from->name);
    merge_body(m, from, m->ifaces[k], m->iface_is_known[k]);
  }
}

static void add_items(const merge *m, const world_item_vec *from, item_list *to) {
  for (size_t i = 0; i < from->count; i++) {
    world_item item = from->items[i];
    if (item.kind == ITEM_INTERFACE) {
      item.interface = &m->ifaces[item.interface->id]->i;
    } else if (item.kind == ITEM_FUNC) {
      item.func = map_func(m, item.func);
    } else {
      item.type = &m->types[item.type->id]->t;
    }
    item_list_add(to, m->r->arena, &item);
  }
}

static void merge_item_stabilities(const merge *m, const world_item_vec *from, item_list *into) {
  for (size_t i = 0; i < from->count; i++) {
    const world_item *item = &from->items[i];
    if (item->kind == ITEM_INTERFACE && item->name.len == 0) {
      world_item *known = item_list_find(into, item->name, &m->ifaces[item->interface->id]->i);
      merge_stability(m, &item->stability, &known->stability, item->interface->name);
    }
  }
}

static void make_worlds(merge *m, bool is_found) {
  for (size_t i = 0; i < m->from->worlds.count; i++) {
    const world *w = m->from->worlds.items[i];
    if (m->world_is_known[i]) {
      continue;
    }
    linked_package *p = m->packages[w->package->id];
    world_node *n = world_node_new(m->r);
    n->w = *w;
    n->w.package = p->package;
    n->is_found = is_found;
    n->w.id = (uint32_t)m->r->model->worlds.count;
    vec_push(m->r->arena, &m->r->model->worlds, &n->w);
    vec_push(m->r->arena, &p->package->worlds, &n->w);
    table_add(&p->worlds, w->name, n);
    m->worlds[i] = n;
  }
}

static void merge_worlds(merge *m) {
  for (size_t i = 0; i < m->from->worlds.count; i++) {
    const world *w = m->from->worlds.items[i];
    world_node *n = m->worlds[i];
    if (m->world_is_known[i]) {
      merge_stability(m, &w->stability, &n->w.stability, w->name);
      merge_item_stabilities(m, &w->imports, &n->imports);
      merge_item_stabilities(m, &w->exports, &n->exports);
    } else {
      add_items(m, &w->imports, &n->imports);
      add_items(m, &w->exports, &n->exports);
    }
  }
}

/* An interface that got more types may need more interfaces now. */
static void complete_worlds(resolver *r) {
  for (size_t i = 0; i < r->model->worlds.count; i++) {
    world_node *n = (world_node *)r->model->worlds.items[i];
    if (!n->is_found) {
      world_elaborate(r, n);
    }
    n->w.imports = n->imports.items;
    n->w.exports = n->exports.items;
  }
}

static void merge_init(merge *m, resolver *r, const model *from, str path) {
  *m = (merge){.r = r, .from = from, .path = path};
  m->packages = arena_new_array(r->arena, linked_package *, from->packages.count);
  m->ifaces = arena_new_array(r->arena, iface_node *, from->interfaces.count);
  m->iface_is_known = arena_new_array(r->arena, bool, from->interfaces.count);
  m->types = arena_new_array(r->arena, type_node *, from->types.count);
  m->worlds = arena_new_array(r->arena, world_node *, from->worlds.count);
  m->world_is_known = arena_new_array(r->arena, bool, from->worlds.count);
}

/* Returns the main package, or NULL. */
static package *join(merge *m, resolver *r, const wasm_package *binary, str path, bool is_component) {
  merge_init(m, r, &binary->model, path);
  merge_packages(m);
  find_known_interfaces(m);
  if (!find_known_worlds(m)) {
    return NULL;
  }
  add_interfaces(m);
  make_worlds(m, is_component);
  merge_types(m);
  merge_bodies(m);
  merge_worlds(m);
  complete_worlds(r);
  return m->packages[binary->main->id]->package;
}

package *merge_binary(resolver *r, str bytes, str path) {
  wasm_package binary = {0};
  merge m;
  bool is_component = wasm_component_is(bytes);
  bool fine = is_component ? wasm_component_decode(bytes, path, r->arena, r->diag, &binary)
                           : wasm_package_decode(bytes, path, r->arena, r->diag, &binary);
  package *main = fine ? join(&m, r, &binary, path, is_component) : NULL;
  if (main && is_component) {
    main->built_for = main->worlds.items[0];
    main->is_made = true;
  }
  return main;
}

const world *merge_world(resolver *r, str bytes, str path) {
  wasm_package binary = {0};
  merge m;
  if (!wasm_world_decode(bytes, path, r->arena, r->diag, &binary) || join(&m, r, &binary, path, false) == NULL) {
    return NULL;
  }
  return &m.worlds[binary.main->worlds.items[0]->id]->w;
}
