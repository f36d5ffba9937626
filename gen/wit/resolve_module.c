/*
 * Module: a core module that says what it was made from. Each of its `component-type` sections (one for each world whose
 * glue was linked in) holds a package with one world; that joins the model as binary packages do. All of the worlds
 * together are what the module is: `root` of package `root:root`, as the reference tool calls it.
 *
 * An interface under its own name is the same object in both worlds. Everything else that a world has by itself (types,
 * functions, inline interfaces) is copied for `root`, in the order in which the reference copies it.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"
#include "wit/wasm_module.h"

/* Copies for `root` of what one world has by itself. */
typedef struct copier {
  resolver *r;
  owner from, to;
  const type **copies; /* by type id: the copy, or NULL */
  size_t count;        /* of types before the copying */
} copier;

static bool owner_eq(const owner *a, const owner *b) {
  return a->kind == b->kind && a->interface == b->interface && a->world == b->world;
}

/* Types */

static const type *copy_type(copier *c, const type *t);

/* A `use` of another interface's type stays that. */
static const type *copy_alias_target(copier *c, const type *t) {
  if (t->kind < TYPE_PRIMITIVES || t->id >= c->count)
    return t;
  if (owner_eq(&t->owner, &c->from))
    return copy_type(c, t);
  return c->copies[t->id] != NULL ? c->copies[t->id] : t;
}

static void copy_parts(copier *c, type *t) {
  member_vec members = t->members;
  t->members = (member_vec){0};
  for (size_t i = 0; i < members.count; i++) {
    member m = members.items[i];
    m.type = copy_type(c, m.type);
    vec_push(c->r->arena, &t->members, m);
  }
  t->key = copy_type(c, t->key);
  t->elem = t->kind == TYPE_ALIAS ? copy_alias_target(c, t->elem) : copy_type(c, t->elem);
  t->err = copy_type(c, t->err);
}

static const type *copy_type(copier *c, const type *t) {
  if (t == NULL || t->kind < TYPE_PRIMITIVES || t->id >= c->count)
    return t;
  if (c->copies[t->id] == NULL) {
    type_node *n = type_node_new(c->r->arena);
    n->t = *t;
    if (t->owner.kind != OWNER_NONE)
      n->t.owner = c->to;
    copy_parts(c, &n->t);
    type_node_measure(n);
    c->copies[t->id] = link_add_type(c->r, n);
  }
  return c->copies[t->id];
}

/* Items */

static func *copy_func(copier *c, const func *f) {
  func *made = arena_new(c->r->arena, func);
  *made = *f;
  made->resource = copy_type(c, f->resource);
  made->params = (param_vec){0};
  for (size_t i = 0; i < f->params.count; i++) {
    param p = f->params.items[i];
    p.type = copy_type(c, p.type);
    vec_push(c->r->arena, &made->params, p);
  }
  made->result = copy_type(c, f->result);
  return made;
}

static interface *copy_interface(const copier *outer, const interface *i) {
  resolver *r = outer->r;
  iface_node *n = iface_node_new(r);
  copier c = *outer;
  c.from = (owner){.kind = OWNER_INTERFACE, .interface = i};
  c.to = (owner){.kind = OWNER_INTERFACE, .interface = &n->i};
  n->i = *i;
  n->i.package = outer->to.world->package;
  n->i.clone_of = i;
  n->i.types = (type_vec){0};
  n->i.funcs = (func_vec){0};
  for (size_t k = 0; k < i->types.count; k++) {
    type_node *t = type_node_of(copy_type(&c, i->types.items[k]));
    vec_push(r->arena, &n->i.types, &t->t);
    type_scope_define(r, &n->scope, t->t.name, t, t->t.at);
  }
  for (size_t k = 0; k < i->funcs.count; k++) {
    func *f = copy_func(&c, i->funcs.items[k]);
    vec_push(r->arena, &n->i.funcs, f);
  }
  link_add_interface(r, n);
  return &n->i;
}

static world_item copy_item(copier *c, const world_item *item) {
  world_item made = *item;
  if (item->kind == ITEM_TYPE)
    made.type = &type_node_of(copy_type(c, item->type))->t;
  else if (item->kind == ITEM_FUNC)
    made.func = copy_func(c, item->func);
  else if (item->interface->name.len == 0)
    made.interface = copy_interface(c, item->interface);
  return made;
}

/* Items that both worlds have must be the same. */

static bool type_eq(const type *a, const type *b) {
  if (a == NULL || b == NULL || a == b || a->kind < TYPE_PRIMITIVES || b->kind < TYPE_PRIMITIVES)
    return a == b;
  if (a->kind != b->kind || !str_eq(a->name, b->name) || a->length != b->length || a->members.count != b->members.count)
    return false;
  for (size_t i = 0; i < a->members.count; i++) {
    if (!str_eq(a->members.items[i].name, b->members.items[i].name) ||
        !type_eq(a->members.items[i].type, b->members.items[i].type))
      return false;
  }
  return type_eq(a->key, b->key) && type_eq(a->elem, b->elem) && type_eq(a->err, b->err);
}

static bool func_eq(const func *a, const func *b) {
  bool same = a->is_async == b->is_async && a->params.count == b->params.count && type_eq(a->result, b->result);
  for (size_t i = 0; same && i < a->params.count; i++)
    same = str_eq(a->params.items[i].name, b->params.items[i].name) &&
           type_eq(a->params.items[i].type, b->params.items[i].type);
  return same;
}

static bool interface_eq(const interface *a, const interface *b) {
  bool same = a == b || (a->name.len + b->name.len == 0 && a->types.count == b->types.count && a->funcs.count == b->funcs.count);
  for (size_t i = 0; a != b && same && i < a->types.count; i++)
    same = type_eq(a->types.items[i], b->types.items[i]);
  for (size_t i = 0; a != b && same && i < a->funcs.count; i++)
    same = str_eq(a->funcs.items[i]->name, b->funcs.items[i]->name) && func_eq(a->funcs.items[i], b->funcs.items[i]);
  return same;
}

static bool item_eq(const world_item *a, const world_item *b) {
  if (a->kind != b->kind)
    return false;
  switch (a->kind) {
  case ITEM_TYPE: return type_eq(a->type, b->type);
  case ITEM_FUNC: return func_eq(a->func, b->func);
  default: return interface_eq(a->interface, b->interface);
  }
}

/* Worlds */

static const world_item *find_item(const item_list *list, const world_item *like) {
  return item_list_find(list, like->name, like->kind == ITEM_INTERFACE && like->name.len == 0 ? like->interface : NULL);
}

/* Types of `root` stand for those of the same name that come now. */
static void match_types(copier *c, const world_item_vec *items, const item_list *into) {
  for (size_t i = 0; i < items->count; i++) {
    const world_item *known = items->items[i].kind == ITEM_TYPE ? find_item(into, &items->items[i]) : NULL;
    if (known != NULL && known->kind == ITEM_TYPE)
      c->copies[items->items[i].type->id] = known->type;
  }
}

static bool add_items(copier *c, const world_item_vec *items, item_list *into, str path) {
  for (size_t i = 0; i < items->count; i++) {
    const world_item *item = &items->items[i], *known = find_item(into, item);
    if (known == NULL) {
      world_item made = copy_item(c, item);
      item_list_add(into, c->r->arena, &made);
    } else if (!item_eq(item, known)) {
      diag_error(c->r->diag, SPAN_NONE, "%.*s: '%.*s' is not the same in two worlds of the module", STR_ARG(path),
                 STR_ARG(world_item_key(c->r->arena, item)));
      return false;
    }
  }
  return true;
}

static bool root_add(resolver *r, world_node *root, const world *w, str path) {
  copier c = {.r = r, .count = r->model->types.count};
  c.from = (owner){.kind = OWNER_WORLD, .world = w};
  c.to = (owner){.kind = OWNER_WORLD, .world = &root->w};
  c.copies = arena_alloc_array(r->arena, c.count, sizeof *c.copies);
  match_types(&c, &w->imports, &root->imports);
  bool ok = add_items(&c, &w->imports, &root->imports, path) && add_items(&c, &w->exports, &root->exports, path);
  root->w.imports = root->imports.items;
  root->w.exports = root->exports.items;
  return ok;
}

static world_node *root_new(resolver *r) {
  package *p = arena_new(r->arena, package);
  p->name = (package_name){.ns = STR("root"), .name = STR("root")};
  p->is_made = true;
  linked_package *linked = link_add_package(r, p, STR("root:root"), NULL);
  world_node *root = world_node_new(r);
  root->w.name = STR("root");
  root->w.package = p;
  root->w.id = (uint32_t)r->model->worlds.count;
  vec_push(r->arena, &r->model->worlds, &root->w);
  vec_push(r->arena, &p->worlds, &root->w);
  table_add(&linked->worlds, root->w.name, root);
  return root;
}

package *module_merge(resolver *r, str bytes, str path) {
  str_vec sections = {0};
  if (!wasm_module_component_types(bytes, path, r->arena, r->diag, &sections))
    return NULL;
  if (table_get(&r->packages, STR("root:root")) != NULL) {
    diag_error(r->diag, SPAN_NONE, "'%.*s' is a second core module: one can be read at a time", STR_ARG(path));
    return NULL;
  }
  world_node *root = root_new(r);
  const world *w = NULL;
  for (size_t i = 0; i < sections.count; i++) {
    w = merge_world(r, sections.items[i], path);
    if (w == NULL || !root_add(r, root, w, path))
      return NULL;
  }
  w = sections.count == 1 ? w : &root->w;
  w->package->built_for = w;
  return w->package;
}
