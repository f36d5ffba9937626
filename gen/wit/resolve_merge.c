/*
 * Merge: a binary package, which comes with its own model, joins the model of the run.
 *
 * What the run knows already (two binary packages may depend on the same third) is used as it is; a package that is known
 * in part gets the interfaces that are missing. Everything else is copied over with new ids.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"
#include "wit/wasm_package.h"

/* For each object of the binary package, by id, the one of the run. */
typedef struct merge {
  resolver *r;
  const model *from;
  str path;
  linked_package **packages;
  iface_node **ifaces;
  bool *iface_is_new;
  type_node **types;
  world_node **worlds;
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

static iface_node *known_interface(const merge *m, const interface *i) {
  return i->name.len == 0 ? NULL : table_get(&m->packages[i->package->id]->interfaces, i->name);
}

static void merge_interfaces(merge *m) {
  for (size_t k = 0; k < m->from->interfaces.count; k++) {
    const interface *i = m->from->interfaces.items[k];
    iface_node *known = known_interface(m, i);
    if (known != NULL) {
      m->ifaces[k] = known;
      continue;
    }
    linked_package *p = m->packages[i->package->id];
    iface_node *n = iface_node_new(m->r);
    n->i = *i;
    n->i.package = p->package;
    link_add_interface(m->r, n);
    m->ifaces[k] = n;
    m->iface_is_new[k] = true;
    if (i->name.len > 0) {
      table_add(&p->interfaces, i->name, n);
      vec_push(m->r->arena, &p->package->interfaces, &n->i);
    }
  }
}

static type_node *known_type(const merge *m, const type *t) {
  if (t->owner.kind != OWNER_INTERFACE || m->iface_is_new[t->owner.interface->id]) {
    return NULL;
  }
  const scope_entry *entry = table_get(&m->ifaces[t->owner.interface->id]->scope.names, t->name);
  return entry == NULL ? NULL : entry->type;
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
    m->types[i] = known_type(m, t);
    if (m->types[i] != NULL) {
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

static void merge_bodies(merge *m) {
  for (size_t k = 0; k < m->from->interfaces.count; k++) {
    if (!m->iface_is_new[k]) {
      continue;
    }
    const interface *from = m->from->interfaces.items[k];
    iface_node *n = m->ifaces[k];
    n->i.types = (type_vec){0};
    n->i.funcs = (func_vec){0};
    for (size_t i = 0; i < from->types.count; i++) {
      type_node *t = m->types[from->types.items[i]->id];
      vec_push(m->r->arena, &n->i.types, &t->t);
      type_scope_define(m->r, &n->scope, t->t.name, t, t->t.at);
    }
    for (size_t i = 0; i < from->funcs.count; i++) {
      func *f = map_func(m, from->funcs.items[i]);
      vec_push(m->r->arena, &n->i.funcs, f);
    }
  }
}

static void merge_items(const merge *m, const world_item_vec *from, item_list *to) {
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

static void add_worlds(merge *m) {
  for (size_t i = 0; i < m->from->worlds.count; i++) {
    const world *w = m->from->worlds.items[i];
    linked_package *p = m->packages[w->package->id];
    m->worlds[i] = world_node_new(m->r);
    m->worlds[i]->w = *w;
    m->worlds[i]->w.package = p->package;
    if (table_add(&p->worlds, w->name, m->worlds[i]) == NULL) {
      m->worlds[i]->w.id = (uint32_t)m->r->model->worlds.count;
      vec_push(m->r->arena, &m->r->model->worlds, &m->worlds[i]->w);
      vec_push(m->r->arena, &p->package->worlds, &m->worlds[i]->w);
    }
  }
}

static void merge_worlds(merge *m) {
  for (size_t i = 0; i < m->from->worlds.count; i++) {
    const world *w = m->from->worlds.items[i];
    world_node *n = m->worlds[i];
    merge_items(m, &w->imports, &n->imports);
    merge_items(m, &w->exports, &n->exports);
    n->w.imports = n->imports.items;
    n->w.exports = n->exports.items;
  }
}

package *merge_binary(resolver *r, str bytes, str path) {
  wasm_package binary = {0};
  if (!wasm_package_decode(bytes, path, r->arena, r->diag, &binary)) {
    return NULL;
  }
  const model *from = &binary.model;
  merge m = {.r = r, .from = from, .path = path};
  m.packages = arena_new_array(r->arena, linked_package *, from->packages.count);
  m.ifaces = arena_new_array(r->arena, iface_node *, from->interfaces.count);
  m.iface_is_new = arena_new_array(r->arena, bool, from->interfaces.count);
  m.types = arena_new_array(r->arena, type_node *, from->types.count);
  m.worlds = arena_new_array(r->arena, world_node *, from->worlds.count);
  merge_packages(&m);
  merge_interfaces(&m);
  add_worlds(&m);
  merge_types(&m);
  merge_bodies(&m);
  merge_worlds(&m);
  return m.packages[binary.main->id]->package;
}
