/*
 * Scope: the names that a package declares and mentions, before any body is looked at.
 *
 *   1. every item of another package that a path mentions becomes a placeholder, in the order of first mention
 *   2. the package's own interfaces and worlds are collected and sorted by who uses whom
 *   3. each file gets its names: the package's items in it, and its top-level `use`
 *   4. types that `use` takes from other packages become placeholders
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

typedef struct id_vec {
  syn_id *items;
  size_t count, cap;
} id_vec;

typedef struct scope_walk {
  resolver *r;
  unit *u;
  const table *local; /* the file's names */
  table *decl_index;  /* item name -> position + 1 in `decls` */
  decl_ref_vec *decls;
  sort_edge_vec *edges; /* per declaration */
  id_vec *dangling;     /* per declaration: what it means through a top-level `use` of nothing */
  table *file_names;    /* while edges are collected: name -> file_name */
  bool ok;
} scope_walk;

/* 1. Mentions of other packages */

static package_name name_of(const syn_package_name *p) {
  return (package_name){p->ns.name, p->name.name, p->has_version, p->version};
}

static foreign_package *foreign_package_of(resolver *r, unit *u, const syn_package_name *p) {
  package_name name = name_of(p);
  str text = package_name_text(r->arena, &name);
  foreign_package *f = table_get(&u->foreign_by_name, text);
  if (f == NULL) {
    f = arena_new(r->arena, foreign_package);
    *f = (foreign_package){.name = name, .text = text, .at = p->at};
    table_init(&f->items, r->arena);
    table_add(&u->foreign_by_name, text, f);
    vec_push(r->arena, &u->foreign, f);
  }
  return f;
}

static foreign_item *foreign_item_new(resolver *r, unit *u, foreign_package *p, syn_id name, bool is_world) {
  foreign_item *item = arena_new(r->arena, foreign_item);
  *item = (foreign_item){.name = name.name, .package = p, .ref = {.at = name.at}};
  if (is_world) {
    item->ref.world = world_node_new(r);
    item->ref.world->placeholder = true;
    item->ref.world->w.name = name.name;
    item->ref.world->w.at = name.at;
    vec_push(r->arena, &u->foreign_worlds, item);
  } else {
    item->ref.iface = iface_node_new(r);
    item->ref.iface->placeholder = true;
    item->ref.iface->i.name = name.name;
    item->ref.iface->i.at = name.at;
    vec_push(r->arena, &u->foreign_ifaces, item);
  }
  table_add(&p->items, name.name, item);
  return item;
}

static void visit_foreign(void *user, const path_visit *v) {
  scope_walk *w = user;
  if (!v->path->has_package) {
    return;
  }
  foreign_package *p = foreign_package_of(w->r, w->u, &v->path->package);
  foreign_item *item = table_get(&p->items, v->path->name.name);
  if (item == NULL) {
    item = foreign_item_new(w->r, w->u, p, v->path->name, v->is_world);
  }
  stability gate = gate_read(w->r, v->attrs, true);
  vec_push(w->r->arena, &item->gates, gate);
}

/* 2. Own items */

static bool add_decl(scope_walk *w, const syn_decl *d, size_t file) {
  decl_ref ref = {.decl = d, .file = file};
  size_t previous = (size_t)(uintptr_t)table_add(w->decl_index, d->name.name, (void *)(uintptr_t)(w->decls->count + 1));
  if (previous != 0) {
    diag_error(w->r->diag, d->name.at, "'%.*s' is declared more than once in this package", STR_ARG(d->name.name));
    diag_note(w->r->diag, w->decls->items[previous - 1].decl->name.at, "'%.*s' is declared here",
              STR_ARG(d->name.name));
    return false;
  }
  vec_push(w->r->arena, w->decls, ref);
  vec_push(w->r->arena, &w->u->declared, d->name.name);
  table_add(&w->u->declared_at, d->name.name, (void *)(uintptr_t)&d->name.at);
  return true;
}

static bool collect_decls(scope_walk *w) {
  bool ok = true;
  for (size_t f = 0; f < w->u->files.count; f++) {
    const syn_decl_vec *decls = &w->u->files.items[f]->decls;
    for (size_t i = 0; i < decls->count; i++) {
      if (decls->items[i].kind != SYN_DECL_USE) {
        ok = add_decl(w, &decls->items[i], f) && ok;
      }
    }
  }
  return ok;
}

/* A name as one file sees it: an item of the package (`target` is its name), or of another package (`target` empty). */
typedef struct file_name {
  str target;
  span at; /* of the name that stands for the target */
  span declared_at;
} file_name;

static syn_id use_name(const syn_decl *d) {
  return d->name.name.len > 0 ? d->name : d->path.name;
}

static bool collect_file_names(scope_walk *w, const syn_file *file) {
  bool ok = true;
  table_init(w->file_names, w->r->arena);
  for (size_t i = 0; i < file->decls.count; i++) {
    const syn_decl *d = &file->decls.items[i];
    syn_id name = d->kind == SYN_DECL_USE ? use_name(d) : d->name;
    file_name *n = arena_new(w->r->arena, file_name);
    *n = (file_name){.target = d->name.name, .at = d->name.at, .declared_at = name.at};
    if (d->kind == SYN_DECL_USE) {
      n->target = d->path.has_package ? (str){"", 0} : d->path.name.name;
      n->at = d->path.name.at;
    }
    const file_name *previous = table_add(w->file_names, name.name, n);
    if (previous != NULL) {
      diag_error(w->r->diag, name.at, "'%.*s' is declared more than once in this file", STR_ARG(name.name));
      diag_note(w->r->diag, previous->declared_at, "'%.*s' is declared here", STR_ARG(name.name));
      ok = false;
    }
  }
  return ok;
}

/* Paths within interfaces, and includes, order the package's items. */
static void visit_edge(void *user, const path_visit *v) {
  scope_walk *w = user;
  if (!v->orders || v->path->has_package) {
    return;
  }
  const file_name *n = table_get(w->file_names, v->path->name.name);
  if (n != NULL && n->target.len == 0) {
    return;
  }
  str target = n == NULL ? v->path->name.name : n->target;
  size_t to = (size_t)(uintptr_t)table_get(w->decl_index, target);
  size_t from = (size_t)(uintptr_t)table_get(w->decl_index, v->decl->name.name);
  if (to == 0 && n == NULL) {
    package_report_unknown(w->r, w->u, v->path->name);
    return;
  }
  if (to == 0) {
    syn_id missing = {n->target, n->at};
    vec_push(w->r->arena, &w->dangling[from - 1], missing);
    return;
  }
  sort_edge edge = {to - 1, n == NULL ? v->path->name.at : n->at};
  vec_push(w->r->arena, &w->edges[from - 1], edge);
}

static bool sort_decls(scope_walk *w) {
  size_t count = w->decls->count;
  size_t *order = arena_new_array(w->r->arena, size_t, count);
  sort_edge cycle;
  if (!sort_topologically(w->r->arena, w->edges, count, order, &cycle)) {
    const syn_decl *d = w->decls->items[cycle.to].decl;
    diag_error(w->r->diag, cycle.at, "%s '%.*s' depends on itself", d->kind == SYN_DECL_WORLD ? "world" : "interface",
               STR_ARG(d->name.name));
    return false;
  }
  decl_ref_vec sorted = {0};
  for (size_t i = 0; i < count; i++) {
    vec_push(w->r->arena, &sorted, w->decls->items[order[i]]);
  }
  *w->decls = sorted;
  return true;
}

static bool order_decls(scope_walk *w) {
  w->edges = arena_new_array(w->r->arena, sort_edge_vec, w->decls->count);
  w->dangling = arena_new_array(w->r->arena, id_vec, w->decls->count);
  w->ok = true;
  for (size_t f = 0; f < w->u->files.count; f++) {
    w->ok = collect_file_names(w, w->u->files.items[f]) && w->ok;
    package_visit_paths(w->u->files.items[f], visit_edge, w);
  }
  for (size_t i = 0; i < w->decls->count; i++) {
    for (size_t k = 0; k < w->dangling[i].count; k++) {
      package_report_unknown(w->r, w->u, w->dangling[i].items[k]);
    }
  }
  return w->ok && sort_decls(w);
}

static void make_items(scope_walk *w) {
  for (size_t i = 0; i < w->decls->count; i++) {
    const syn_decl *d = w->decls->items[i].decl;
    item_ref *item = arena_new(w->r->arena, item_ref);
    item->at = d->name.at;
    if (d->kind == SYN_DECL_INTERFACE) {
      item->iface = iface_node_new(w->r);
      item->iface->i.name = d->name.name;
      item->iface->i.at = d->name.at;
      vec_push(w->r->arena, &w->u->ifaces, item->iface);
    } else {
      item->world = world_node_new(w->r);
      item->world->w.name = d->name.name;
      item->world->w.at = d->name.at;
      vec_push(w->r->arena, &w->u->worlds, item->world);
    }
    w->decls->items[i].item = item;
    table_add(&w->u->items, d->name.name, item);
  }
}

/* 3. File scopes */

static bool add_top_level_use(scope_walk *w, table *local, const syn_decl *d) {
  if (d->attrs.count > 0) {
    diag_error(w->r->diag, d->at, "a top-level 'use' takes no attributes");
    return false;
  }
  item_ref *item = table_get(&w->u->items, d->path.name.name);
  if (d->path.has_package) {
    foreign_item *f = table_get(&foreign_package_of(w->r, w->u, &d->path.package)->items, d->path.name.name);
    item = &f->ref;
  }
  if (item == NULL) {
    package_report_unknown(w->r, w->u, d->path.name);
    return false;
  }
  table_add(local, use_name(d).name, item);
  return true;
}

static bool make_file_scopes(scope_walk *w) {
  bool ok = true;
  w->u->local = arena_new_array(w->r->arena, table, w->u->files.count);
  for (size_t f = 0; f < w->u->files.count; f++) {
    const syn_decl_vec *decls = &w->u->files.items[f]->decls;
    table *local = &w->u->local[f];
    table_init(local, w->r->arena);
    for (size_t i = 0; i < decls->count; i++) {
      const syn_decl *d = &decls->items[i];
      if (d->kind == SYN_DECL_USE) {
        ok = add_top_level_use(w, local, d) && ok;
      } else {
        table_add(local, d->name.name, table_get(&w->u->items, d->name.name));
      }
    }
  }
  return ok;
}

/* 4. Types of other packages */

static void add_foreign_type(scope_walk *w, iface_node *iface, syn_id name, const stability *st) {
  if (table_get(&iface->scope.names, name.name) != NULL) {
    return;
  }
  type_node *n = type_node_new(w->r->arena);
  n->t = (type){.kind = TYPE_ALIAS, .name = name.name, .stability = *st, .at = name.at};
  n->t.elem = type_primitive(TYPE_BOOL);
  n->t.owner = (owner){.kind = OWNER_INTERFACE, .interface = &iface->i};
  type_node_measure(n);
  n->base = &n->t;
  n->placeholder = true;
  type_scope_define(w->r, &iface->scope, name.name, n, name.at);
  vec_push(w->r->arena, &w->u->foreign_types, n);
}

static void visit_foreign_types(void *user, const path_visit *v) {
  scope_walk *w = user;
  if (v->names == NULL) {
    return;
  }
  stability st = gate_read(w->r, v->attrs, false);
  iface_node *iface = package_find_interface(w->r, w->u, w->local, v->path);
  for (size_t i = 0; iface != NULL && iface->placeholder && i < v->names->count; i++) {
    add_foreign_type(w, iface, v->names->items[i].name, &st);
  }
}

static void make_foreign_types(scope_walk *w) {
  for (size_t f = 0; f < w->u->files.count; f++) {
    w->local = &w->u->local[f];
    package_visit_paths(w->u->files.items[f], visit_foreign_types, w);
  }
}

bool scope_build(resolver *r, unit *u, decl_ref_vec *decls) {
  table decl_index, file_names;
  table_init(&decl_index, r->arena);
  scope_walk w = {.r = r, .u = u, .decls = decls, .decl_index = &decl_index, .file_names = &file_names};
  for (size_t f = 0; f < u->files.count; f++) {
    package_visit_paths(u->files.items[f], visit_foreign, &w);
  }
  if (!collect_decls(&w) || !order_decls(&w)) {
    return false;
  }
  make_items(&w);
  if (!make_file_scopes(&w)) {
    return false;
  }
  make_foreign_types(&w);
  return true;
}
