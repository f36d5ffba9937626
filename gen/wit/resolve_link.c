/*
 * Link: a package joins the model. In this order, which also is the order of ids:
 *
 *   1. what other packages provide (resolve_foreign.c)
 *   2. all types: those behind inactive features go; a bare resource inside another type becomes an own handle, made where
 *      it is first needed
 *   3. interfaces and their functions, whose handles come now
 *   4. worlds as written; then includes and the interfaces that are needed implicitly
 *
 * An error in one step ends the package after that step, so that one mistake is told once.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

type *link_add_type(resolver *r, type_node *n) {
  n->t.id = (uint32_t)r->model->types.count;
  vec_push(r->arena, &r->model->types, &n->t);
  return &n->t;
}

void link_add_interface(resolver *r, iface_node *n) {
  n->i.id = (uint32_t)r->model->interfaces.count;
  vec_push(r->arena, &r->model->interfaces, &n->i);
}

linked_package *link_add_package(resolver *r, package *p, str name, const unit *u) {
  linked_package *linked = arena_new(r->arena, linked_package);
  *linked = (linked_package){.package = p, .unit = u};
  table_init(&linked->interfaces, r->arena);
  table_init(&linked->worlds, r->arena);
  p->id = (uint32_t)r->model->packages.count;
  vec_push(r->arena, &r->model->packages, p);
  vec_push(r->arena, &r->names, name);
  table_add(&r->packages, name, linked);
  return linked;
}

/* References */

static void report_gated(resolver *r, span at, const char *what, str name, const stability *s, span defined_at) {
  if (name.len > 0) {
    diag_error(r->diag, at, "%s '%.*s' needs feature '%.*s', which is not active", what, STR_ARG(name),
               STR_ARG(s->feature));
    diag_note(r->diag, defined_at, "'%.*s' is here", STR_ARG(name));
  } else {
    diag_error(r->diag, at, "a %s here needs feature '%.*s', which is not active", what, STR_ARG(s->feature));
    diag_note(r->diag, defined_at, "because of its use here");
  }
}

/* What a reference stands for in the model, or NULL after an error. */
static type_node *map_type(resolver *r, const type *t, span at) {
  type_node *n = type_node_of(t);
  type_node *target = n->placeholder ? n->target : n;
  if (target == NULL || target->gated) {
    report_gated(r, at, "type", n->t.name, &n->t.stability, n->t.at);
    return NULL;
  }
  return target;
}

static interface *map_interface(resolver *r, interface *i, span at) {
  iface_node *n = (iface_node *)i;
  iface_node *target = n->placeholder ? n->target : n;
  if (target == NULL || target->gated) {
    report_gated(r, at, "interface", n->i.name, &n->i.stability, n->i.at);
    return NULL;
  }
  return &target->i;
}

static const type *own_handle(resolver *r, const unit *u, type_node *resource) {
  if (resource->own_in != &u->package) {
    type_node *own = type_node_new(r->arena);
    own->t = (type){.kind = TYPE_OWN, .elem = &resource->t};
    type_node_measure(own);
    resource->own = link_add_type(r, own);
    resource->own_in = &u->package;
  }
  return resource->own;
}

/* A type in a place for values: mapped, and a bare resource made into its handle. */
static const type *link_ref(resolver *r, const unit *u, const type *t, span at) {
  if (t == NULL || t->kind < TYPE_PRIMITIVES) {
    return t;
  }
  type_node *n = map_type(r, t, at);
  if (n == NULL) {
    return &r->broken.t;
  }
  return n->base->kind == TYPE_RESOURCE ? own_handle(r, u, n) : &n->t;
}

static const type *link_name(resolver *r, const type *t, span at) {
  if (t == NULL || t->kind < TYPE_PRIMITIVES) {
    return t;
  }
  const type_node *n = map_type(r, t, at);
  return n == NULL ? &r->broken.t : &n->t;
}

/* Types */

static void link_contents(resolver *r, const unit *u, type *t) {
  if (t->kind == TYPE_ALIAS || t->kind == TYPE_OWN || t->kind == TYPE_BORROW) {
    t->elem = link_name(r, t->elem, t->at);
    return;
  }
  t->key = link_ref(r, u, t->key, t->at);
  t->elem = link_ref(r, u, t->elem, t->at);
  t->err = link_ref(r, u, t->err, t->at);
  for (size_t i = 0; i < t->members.count; i++) {
    member *m = &t->members.items[i];
    m->type = link_ref(r, u, m->type, t->kind == TYPE_RECORD ? m->at : t->at);
  }
}

/* Component types are structural: tools compare them in full. */
static void check_weight(resolver *r, type_node *n) {
  if (n->weight > MAX_TYPE_WEIGHT) {
    diag_error(r->diag, n->t.at, "this type is made of more than %d others", MAX_TYPE_WEIGHT);
    n->weight = 1;
  }
}

static void link_types(resolver *r, unit *u) {
  for (size_t i = 0; i < u->types.count; i++) {
    type_node *n = u->types.items[i];
    if (!gate_is_open(r, &n->t.stability, &u->package, n->t.at)) {
      n->gated = true;
      continue;
    }
    link_contents(r, u, &n->t);
    type_node_measure(n);
    check_weight(r, n);
    link_add_type(r, n);
  }
}

/* Functions and interfaces */

static void link_func(resolver *r, const unit *u, func *f) {
  if (f->resource != NULL) {
    f->resource = link_name(r, f->resource, f->at);
  }
  for (size_t i = 0; i < f->params.count; i++) {
    f->params.items[i].type = link_ref(r, u, f->params.items[i].type, f->at);
  }
  f->result = link_ref(r, u, f->result, f->at);
  if (f->result != NULL && f->result->kind >= TYPE_PRIMITIVES && type_node_of(f->result)->has_borrow) {
    diag_error(r->diag, f->at, "'%.*s' returns a borrowed handle; borrows end with the call", STR_ARG(f->item_name));
  }
}

static void link_interface(resolver *r, const unit *u, iface_node *n) {
  if (!gate_is_open(r, &n->i.stability, &u->package, n->i.at)) {
    n->gated = true;
    return;
  }
  size_t kept = 0;
  for (size_t i = 0; i < n->i.types.count; i++) {
    if (!type_node_of(n->i.types.items[i])->gated) {
      n->i.types.items[kept++] = n->i.types.items[i];
    }
  }
  n->i.types.count = kept;
  kept = 0;
  for (size_t i = 0; i < n->i.funcs.count; i++) {
    func *f = n->i.funcs.items[i];
    if (gate_is_open(r, &f->stability, &u->package, f->at)) {
      link_func(r, u, f);
      n->i.funcs.items[kept++] = f;
    }
  }
  n->i.funcs.count = kept;
  link_add_interface(r, n);
}

static bool owner_is_gated(const type *t, const stability **s, span *at) {
  if (t->owner.kind == OWNER_INTERFACE) {
    const iface_node *i = (const iface_node *)t->owner.interface;
    *s = &i->i.stability;
    *at = i->i.at;
    return i->gated;
  }
  if (t->owner.kind == OWNER_WORLD) {
    const world_node *w = (const world_node *)t->owner.world;
    *s = &w->w.stability;
    *at = w->w.at;
    return w->gated;
  }
  return false;
}

/* A type does not take over the gate of what it is in. */
static void check_owners(resolver *r, const unit *u, owner_kind kind) {
  for (size_t i = 0; i < u->types.count; i++) {
    const type_node *n = u->types.items[i];
    const stability *s = NULL;
    span at = SPAN_NONE;
    if (!n->gated && n->t.owner.kind == kind && owner_is_gated(&n->t, &s, &at)) {
      diag_error(r->diag, n->t.at, "type '%.*s' has no feature gate but is inside one", STR_ARG(n->t.name));
      diag_note(r->diag, at, "the gate is here: feature '%.*s' is not active", STR_ARG(s->feature));
    }
  }
}

/* Worlds */

static const stability *item_stability(const world_item *item) {
  switch (item->kind) {
  case ITEM_INTERFACE: return &item->stability;
  case ITEM_FUNC: return &item->func->stability;
  case ITEM_TYPE: return &item->type->stability;
  }
  return &item->stability;
}

static void link_items(resolver *r, const unit *u, item_list *list) {
  world_item *items = list->items.items;
  size_t kept = 0;
  for (size_t i = 0; i < list->items.count; i++) {
    world_item *item = &items[i];
    if (item->kind == ITEM_TYPE && map_type(r, item->type, item->at) == NULL) {
      continue;
    }
    if (!gate_is_open(r, item_stability(item), &u->package, item->at)) {
      continue;
    }
    if (item->kind == ITEM_FUNC) {
      link_func(r, u, item->func);
    } else if (item->kind == ITEM_INTERFACE) {
      item->interface = map_interface(r, item->interface, item->at);
    }
    if (item->kind != ITEM_INTERFACE || item->interface != NULL) {
      items[kept++] = *item;
    }
  }
  list->items.count = kept;
  item_list_reindex(list, r->arena);
}

static void link_world(resolver *r, unit *u, world_node *n) {
  if (!gate_is_open(r, &n->w.stability, &u->package, n->w.at)) {
    n->gated = true;
    return;
  }
  link_items(r, u, &n->imports);
  link_items(r, u, &n->exports);
  n->w.id = (uint32_t)r->model->worlds.count;
  vec_push(r->arena, &r->model->worlds, &n->w);
}

static void complete_worlds(resolver *r, unit *u) {
  for (size_t i = 0; i < u->worlds.count; i++) {
    world_node *w = u->worlds.items[i];
    if (!w->gated) {
      size_t before = r->diag->errors;
      include_expand(r, u, w);
      if (r->diag->errors == before) {
        world_elaborate(r, w);
      }
      w->w.imports = w->imports.items;
      w->w.exports = w->exports.items;
    }
  }
}

static void publish(resolver *r, unit *u, linked_package *p) {
  for (size_t i = 0; i < u->ifaces.count; i++) {
    iface_node *n = u->ifaces.items[i];
    if (!n->gated && n->i.name.len > 0) {
      vec_push(r->arena, &u->package.interfaces, &n->i);
      table_add(&p->interfaces, n->i.name, n);
    }
  }
  for (size_t i = 0; i < u->worlds.count; i++) {
    world_node *n = u->worlds.items[i];
    if (!n->gated) {
      vec_push(r->arena, &u->package.worlds, &n->w);
      table_add(&p->worlds, n->w.name, n);
    }
  }
}

static bool link_bodies(resolver *r, unit *u) {
  size_t before = r->diag->errors;
  link_types(r, u);
  if (r->diag->errors > before) {
    return false;
  }
  for (size_t i = 0; i < u->ifaces.count; i++) {
    link_interface(r, u, u->ifaces.items[i]);
  }
  check_owners(r, u, OWNER_INTERFACE);
  if (r->diag->errors > before) {
    return false;
  }
  for (size_t i = 0; i < u->worlds.count; i++) {
    link_world(r, u, u->worlds.items[i]);
  }
  check_owners(r, u, OWNER_WORLD);
  if (r->diag->errors == before) {
    complete_worlds(r, u);
  }
  return r->diag->errors == before;
}

void link_unit(resolver *r, unit *u) {
  linked_package *p = link_add_package(r, &u->package, u->text, u);
  if (foreign_link(r, u)) {
    link_bodies(r, u);
  }
  publish(r, u, p);
}
