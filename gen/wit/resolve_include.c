/*
 * Include: a world takes over what another imports and exports.
 *
 * Interfaces are shared; functions, types and inline interfaces belong to a world and are copied, with every type that they
 * reach, under the names that `with` gives them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "wit/resolve_parts.h"

typedef struct include_pass {
  resolver *r;
  const unit *u;
  world_node *into, *from;
  const world_include *include;
  span at;      /* the included world's name */
  table clones; /* type -> its copy, by address */
} include_pass;

/* Owner whose types are copied, and the owner of the copies. */
typedef struct clone_owner {
  owner from, to;
} clone_owner;

static str address_key(arena *a, const void *p) {
  char *bytes = arena_alloc(a, sizeof p);
  memcpy(bytes, &p, sizeof p);
  return (str){bytes, sizeof p};
}

static const type *find_clone(const include_pass *p, const type *t) {
  return table_get(&p->clones, (str){(const char *)&t, sizeof t});
}

static bool owner_eq(const owner *a, const owner *b) {
  return a->kind == b->kind && a->interface == b->interface && a->world == b->world;
}

/*
 * A world lists its types in an order in which each comes after those it needs, so that only anonymous types are still to
 * be copied when one is reached through another: the depth is that of one type expression.
 */
static const type *clone_type(include_pass *p, const clone_owner *o, const type *t);

static const type *clone_ref(include_pass *p, const clone_owner *o, const type *t) {
  return t == NULL || t->kind < TYPE_PRIMITIVES ? t : clone_type(p, o, t);
}

static void clone_contents(include_pass *p, const clone_owner *o, type *t) {
  if (t->kind == TYPE_ALIAS) {
    if (t->elem->kind < TYPE_PRIMITIVES) {
      return;
    }
    const type *known = find_clone(p, t->elem);
    if (owner_eq(&t->elem->owner, &o->from)) {
      t->elem = clone_type(p, o, t->elem);
    } else if (known != NULL) {
      t->elem = known;
    }
    return;
  }
  t->key = clone_ref(p, o, t->key);
  t->elem = clone_ref(p, o, t->elem);
  t->err = clone_ref(p, o, t->err);
  member_vec members = {0};
  for (size_t i = 0; i < t->members.count; i++) {
    member m = t->members.items[i];
    m.type = clone_ref(p, o, m.type);
    vec_push(p->r->arena, &members, m);
  }
  t->members = members;
}

static const type *clone_type(include_pass *p, const clone_owner *o, const type *t) {
  const type *known = find_clone(p, t);
  if (known != NULL) {
    return known;
  }
  type_node *n = type_node_new(p->r->arena);
  n->t = *t;
  if (t->owner.kind != OWNER_NONE) {
    n->t.owner = o->to;
  }
  clone_contents(p, o, &n->t);
  type_node_measure(n);
  table_add(&p->clones, address_key(p->r->arena, t), n);
  return link_add_type(p->r, n);
}

static func *clone_func(include_pass *p, const clone_owner *o, const func *f) {
  func *made = arena_new(p->r->arena, func);
  *made = *f;
  if (f->resource != NULL) {
    made->resource = clone_type(p, o, f->resource);
  }
  made->params = (param_vec){0};
  for (size_t i = 0; i < f->params.count; i++) {
    param q = f->params.items[i];
    q.type = clone_ref(p, o, q.type);
    vec_push(p->r->arena, &made->params, q);
  }
  made->result = clone_ref(p, o, f->result);
  return made;
}

static interface *clone_inline(include_pass *p, const interface *from) {
  iface_node *n = iface_node_new(p->r);
  clone_owner o = {.from = {.kind = OWNER_INTERFACE, .interface = from}};
  o.to = (owner){.kind = OWNER_INTERFACE, .interface = &n->i};
  n->i = *from;
  n->i.types = (type_vec){0};
  n->i.funcs = (func_vec){0};
  for (size_t i = 0; i < from->types.count; i++) {
    const type *t = clone_type(p, &o, from->types.items[i]);
    vec_push(p->r->arena, &n->i.types, &type_node_of(t)->t);
  }
  for (size_t i = 0; i < from->funcs.count; i++) {
    func *f = clone_func(p, &o, from->funcs.items[i]);
    vec_push(p->r->arena, &n->i.funcs, f);
  }
  n->i.package = (package *)(uintptr_t)&p->u->package;
  n->i.clone_of = from;
  link_add_interface(p->r, n);
  return &n->i;
}

/* Names */

/* `name` under a rename: a label, or the resource in "[method]r.m". Empty when the rename is about something else. */
static str apply_rename(arena *a, str name, const syn_rename *rename) {
  size_t start = 0;
  while (start < name.len && name.ptr[start] == '[') {
    start = str_find(name, ']', start) + 1;
  }
  size_t dot = str_find(name, '.', start);
  if (!str_eq(str_sub(name, start, dot), rename->name.name)) {
    return (str){"", 0};
  }
  return str_format(a, "%.*s%.*s%.*s", STR_ARG(str_sub(name, 0, start)), STR_ARG(rename->as.name),
                    STR_ARG(str_sub(name, dot, name.len)));
}

static str new_name(include_pass *p, str name) {
  const syn_rename_vec *renames = &p->include->syntax->names;
  for (size_t i = 0; i < renames->count; i++) {
    str renamed = apply_rename(p->r->arena, name, &renames->items[i]);
    if (renamed.len > 0) {
      return renamed;
    }
  }
  return name;
}

static bool rename_applies(include_pass *p, const syn_rename *rename) {
  const world_item_vec *lists[] = {&p->from->imports.items, &p->from->exports.items};
  for (size_t l = 0; l < 2; l++) {
    for (size_t i = 0; i < lists[l]->count; i++) {
      str name = lists[l]->items[i].name;
      if (name.len > 0 && apply_rename(p->r->arena, name, rename).len > 0) {
        return true;
      }
    }
  }
  return false;
}

static bool check_renames(include_pass *p) {
  bool ok = true;
  const syn_rename_vec *renames = &p->include->syntax->names;
  for (size_t i = 0; i < renames->count; i++) {
    if (!rename_applies(p, &renames->items[i])) {
      diag_error(p->r->diag, p->at, "world '%.*s' has no import or export '%.*s' to rename", STR_ARG(p->from->w.name),
                 STR_ARG(renames->items[i].name.name));
      diag_note(p->r->diag, renames->items[i].name.at, "interfaces that go by their own name can't be renamed");
      ok = false;
    }
  }
  return ok;
}

/* Items */

/* The part of a function's name that a person wrote, after its name in the ABI has changed. */
static str item_name_of(const func *f) {
  if (f->kind != FUNC_FREESTANDING) {
    return f->item_name;
  }
  size_t start = f->accessor == ACCESSOR_NONE ? 0 : str_find(f->name, ']', 0) + 1;
  return str_sub(f->name, start, f->name.len);
}

static void copy_named(include_pass *p, item_list *list, const world_item *item, const char *verb) {
  clone_owner o = {.from = {.kind = OWNER_WORLD, .world = &p->from->w},
                   .to = {.kind = OWNER_WORLD, .world = &p->into->w}};
  world_item copy = *item;
  copy.name = new_name(p, item->name);
  if (item->kind == ITEM_FUNC) {
    copy.func = clone_func(p, &o, item->func);
    copy.func->name = copy.name;
    copy.func->item_name = item_name_of(copy.func);
  } else if (item->kind == ITEM_TYPE) {
    copy.type = &type_node_of(clone_type(p, &o, item->type))->t;
    copy.type->name = copy.name;
  } else if (item->interface->name.len == 0) {
    copy.interface = clone_inline(p, item->interface);
  }
  const world_item *previous = item_list_add(list, p->r->arena, &copy);
  if (previous != NULL) {
    diag_error(p->r->diag, p->at, "%s '%.*s' of world '%.*s' has the name of another %s", verb, STR_ARG(copy.name),
               STR_ARG(p->from->w.name), verb);
    diag_note(p->r->diag, previous->at, "the other one is here; 'include .. with { %.*s as .. }' renames",
              STR_ARG(item->name));
  }
}

static void merge_stability(include_pass *p, const world_item *from, world_item *into, bool is_external) {
  if (is_external && from->stability.kind == STABILITY_STABLE) {
    into->stability = (stability){.kind = STABILITY_UNKNOWN}; /* versions of another package mean nothing here */
  } else if (from->stability.kind == STABILITY_UNKNOWN || stability_eq(&from->stability, &into->stability)) {
    return;
  } else if (into->stability.kind == STABILITY_UNKNOWN) {
    into->stability = from->stability;
  } else {
    diag_error(p->r->diag, p->at, "interface '%.*s' of world '%.*s' has other feature gates in world '%.*s'",
               STR_ARG(from->interface->name), STR_ARG(p->from->w.name), STR_ARG(p->into->w.name));
    diag_note(p->r->diag, into->at, "the interface is here too");
  }
}

static void copy_items(include_pass *p, const item_list *from, item_list *into, const char *verb) {
  bool is_external = p->from->w.package != p->into->w.package;
  for (size_t i = 0; i < from->items.count; i++) {
    const world_item *item = &from->items.items[i];
    if (item->name.len > 0) {
      copy_named(p, into, item, verb);
      continue;
    }
    item_list_add(into, p->r->arena, item);
    merge_stability(p, item, item_list_find(into, item->name, item->interface), is_external);
  }
}

static void include_world(resolver *r, unit *u, world_node *w, const world_include *include) {
  span at = include->syntax->from.name.at;
  if (!gate_is_open(r, &include->stability, &u->package, at)) {
    return;
  }
  world_node *from = include->from->placeholder ? include->from->target : include->from;
  if (from == NULL || from->gated) {
    diag_error(r->diag, at, "world '%.*s' needs feature '%.*s', which is not active", STR_ARG(include->from->w.name),
               STR_ARG(include->from->w.stability.feature));
    diag_note(r->diag, include->from->w.at, "'%.*s' is here", STR_ARG(include->from->w.name));
    return;
  }
  include_pass p = {.r = r, .u = u, .into = w, .from = from, .include = include, .at = at};
  table_init(&p.clones, r->arena);
  if (check_renames(&p)) {
    copy_items(&p, &from->imports, &w->imports, "import");
    copy_items(&p, &from->exports, &w->exports, "export");
  }
}

/* After includes, names are compared once more; where an include brought them, its world has no place to point at. */
static void check_names(resolver *r, const world_node *w, const item_list *list, const char *verb) {
  table names;
  table_init(&names, r->arena);
  for (size_t i = 0; i < list->items.count; i++) {
    const world_item *item = &list->items.items[i];
    if (item->name.len == 0) {
      continue;
    }
    const world_item *previous = table_add(&names, name_canonical(r->arena, item->name), &list->items.items[i]);
    if (previous != NULL) {
      diag_error(r->diag, w->w.at, "%ss '%.*s' and '%.*s' of world '%.*s' differ only in case or hyphens", verb,
                 STR_ARG(previous->name), STR_ARG(item->name), STR_ARG(w->w.name));
      diag_note(r->diag, previous->at, "'%.*s' is here", STR_ARG(previous->name));
      diag_note(r->diag, item->at, "'%.*s' is here", STR_ARG(item->name));
    }
  }
}

static void check_setters(resolver *r, const world_node *w, const item_list *list, const char *verb) {
  for (size_t i = 0; i < list->items.count; i++) {
    const world_item *item = &list->items.items[i];
    if (item->kind == ITEM_FUNC && item->func->accessor == ACCESSOR_SETTER &&
        item_list_find(list, name_getter_of_setter(r->arena, item->name), NULL) == NULL) {
      diag_error(r->diag, item->at, "setter '%.*s' has no getter among the %ss of world '%.*s'",
                 STR_ARG(item->func->item_name), verb, STR_ARG(w->w.name));
    }
  }
}

void include_expand(resolver *r, unit *u, world_node *w) {
  size_t before = r->diag->errors;
  for (size_t i = 0; i < w->includes.count; i++) {
    include_world(r, u, w, &w->includes.items[i]);
  }
  if (r->diag->errors > before) {
    return;
  }
  check_names(r, w, &w->imports, "import");
  check_names(r, w, &w->exports, "export");
  item_list_place_setters(&w->imports, r->arena);
  item_list_place_setters(&w->exports, r->arena);
  check_setters(r, w, &w->imports, "import");
  check_setters(r, w, &w->exports, "export");
}
