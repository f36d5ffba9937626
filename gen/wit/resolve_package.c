/*
 * Package: one package by itself, from its files to interfaces and worlds that still hold placeholders.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "wit/resolve_parts.h"

iface_node *iface_node_new(resolver *r) {
  iface_node *n = arena_new(r->arena, iface_node);
  type_scope_init(&n->scope, r->arena);
  return n;
}

world_node *world_node_new(resolver *r) {
  world_node *n = arena_new(r->arena, world_node);
  type_scope_init(&n->scope, r->arena);
  item_list_init(&n->imports, r->arena);
  item_list_init(&n->exports, r->arena);
  return n;
}

/* Paths */

typedef void path_visitor(void *user, const path_visit *v);

static void visit_uses(const syn_decl *d, const syn_interface_item_vec *items, bool orders, path_visitor *visit,
                       void *user) {
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind == SYN_ITEM_USE) {
      const syn_use *u = &items->items[i].u.use;
      path_visit v = {d, &u->from, &u->attrs, &u->names, false, orders};
      visit(user, &v);
    }
  }
}

static void visit_externs(const syn_decl *d, syn_item_kind kind, path_visitor *visit, void *user) {
  for (size_t i = 0; i < d->items.count; i++) {
    if (d->items.items[i].kind != kind) {
      continue;
    }
    const syn_extern *e = &d->items.items[i].u.ext;
    if (e->kind == SYN_EXTERN_INTERFACE) {
      visit_uses(d, &e->items, false, visit, user);
    } else if (e->kind == SYN_EXTERN_PATH) {
      path_visit v = {d, &e->path, &e->attrs, NULL, false, false};
      visit(user, &v);
    }
  }
}

static void visit_world(const syn_decl *d, path_visitor *visit, void *user) {
  for (size_t i = 0; i < d->items.count; i++) {
    const syn_interface_item *item = &d->items.items[i];
    if (item->kind == SYN_ITEM_USE || item->kind == SYN_ITEM_INCLUDE) {
      bool is_include = item->kind == SYN_ITEM_INCLUDE;
      path_visit v = {d,          &item->u.use.from, &item->u.use.attrs, is_include ? NULL : &item->u.use.names,
                      is_include, is_include};
      visit(user, &v);
    }
  }
  visit_externs(d, SYN_ITEM_IMPORT, visit, user);
  visit_externs(d, SYN_ITEM_EXPORT, visit, user);
}

void package_visit_paths(const syn_file *f, void (*visit)(void *user, const path_visit *v), void *user) {
  for (size_t i = 0; i < f->decls.count; i++) {
    const syn_decl *d = &f->decls.items[i];
    if (d->kind == SYN_DECL_WORLD) {
      visit_world(d, visit, user);
    } else if (d->kind == SYN_DECL_INTERFACE) {
      visit_uses(d, &d->items, true, visit, user);
    } else {
      path_visit v = {d, &d->path, &d->attrs, NULL, false, false};
      visit(user, &v);
    }
  }
}

static item_ref *find_foreign(resolver *r, unit *u, const syn_path *path) {
  package_name name = {path->package.ns.name, path->package.name.name, path->package.has_version,
                       path->package.version};
  foreign_package *p = table_get(&u->foreign_by_name, package_name_text(r->arena, &name));
  foreign_item *item = table_get(&p->items, path->name.name);
  return &item->ref;
}

static str place_key(arena *a, span at) {
  char *bytes = arena_alloc(a, sizeof at.source + sizeof at.start);
  memcpy(bytes, &at.source, sizeof at.source);
  memcpy(bytes + sizeof at.source, &at.start, sizeof at.start);
  return (str){bytes, sizeof at.source + sizeof at.start};
}

/* Paths are looked up in more than one pass. */
static bool is_told(resolver *r, unit *u, span at) {
  return table_add(&u->told, place_key(r->arena, at), u) != NULL;
}

void package_report_unknown(resolver *r, unit *u, syn_id name) {
  if (is_told(r, u, name.at)) {
    return;
  }
  diag_error(r->diag, name.at, "no interface or world '%.*s' in this package", STR_ARG(name.name));
  str near = suggest_name(r, name.name, u->declared.items, u->declared.count);
  if (near.len > 0) {
    const span *at = table_get(&u->declared_at, near);
    diag_note(r->diag, *at, "'%.*s' is declared here; did you mean that?", STR_ARG(near));
  }
}

item_ref *package_find_item(resolver *r, unit *u, const table *local, const syn_path *path, span *at) {
  *at = path->name.at;
  if (path->has_package) {
    return find_foreign(r, u, path);
  }
  item_ref *item = table_get(local, path->name.name);
  item = item == NULL ? table_get(&u->items, path->name.name) : item;
  if (item == NULL) {
    package_report_unknown(r, u, path->name);
  }
  return item;
}

iface_node *package_find_interface(resolver *r, unit *u, const table *local, const syn_path *path) {
  span at;
  item_ref *item = package_find_item(r, u, local, path, &at);
  if (item != NULL && item->iface == NULL && !is_told(r, u, at)) {
    diag_error(r->diag, at, "'%.*s' is a world; an interface is needed here", STR_ARG(path->name.name));
    diag_note(r->diag, item->at, "'%.*s' %s here", STR_ARG(path->name.name),
              path->has_package ? "is first mentioned" : "is declared");
  }
  return item == NULL ? NULL : item->iface;
}

world_node *package_find_world(resolver *r, unit *u, const table *local, const syn_path *path) {
  span at;
  item_ref *item = package_find_item(r, u, local, path, &at);
  if (item != NULL && item->world == NULL && !is_told(r, u, at)) {
    diag_error(r->diag, at, "'%.*s' is an interface; a world is needed here", STR_ARG(path->name.name));
    diag_note(r->diag, item->at, "'%.*s' is %s here", STR_ARG(path->name.name),
              path->has_package ? "first mentioned, as an interface," : "declared");
  }
  return item == NULL ? NULL : item->world;
}

/* The header */

static bool same_package(const syn_package_name *a, const syn_package_name *b) {
  package_name x = {a->ns.name, a->name.name, a->has_version, a->version};
  package_name y = {b->ns.name, b->name.name, b->has_version, b->version};
  return package_name_eq(&x, &y);
}

static void take_docs(resolver *r, unit *u, const syn_file *file, span *docs_at) {
  if (!file->package_docs.present) {
    return;
  }
  if (u->package.docs.present) {
    diag_error(r->diag, file->package_docs.at, "the package is documented in more than one file");
    diag_note(r->diag, *docs_at, "the other comment is here");
    return;
  }
  u->package.docs = docs_of(&file->package_docs);
  *docs_at = file->package_docs.at;
}

/* Several files may name the package; they must agree, and one may document it. */
static bool take_header(resolver *r, unit *u, str where) {
  const syn_package_name *name = NULL;
  span docs_at = SPAN_NONE;
  bool ok = true;
  for (size_t i = 0; i < u->files.count; i++) {
    const syn_file *file = u->files.items[i];
    if (!file->has_package) {
      continue;
    }
    if (name != NULL && !same_package(name, &file->package)) {
      diag_error(r->diag, file->package.at, "files of one directory belong to one package, but this one is another");
      diag_note(r->diag, name->at, "the directory's package is named here");
      ok = false;
    }
    name = name == NULL ? &file->package : name;
    u->package.at = file->package.at; /* the last one stands for all, as in the reference tool */
    take_docs(r, u, file, &docs_at);
  }
  if (name == NULL) {
    diag_error(r->diag, SPAN_NONE, "no 'package' header in '%.*s'", STR_ARG(where));
    diag_note(r->diag, SPAN_NONE,
              u->files.count == 0 ? "there are no '.wit' files in it" : "begin a file with 'package namespace:name;'");
    return false;
  }
  u->package.name = (package_name){name->ns.name, name->name.name, name->has_version, name->version};
  u->text = package_name_text(r->arena, &u->package.name);
  return ok;
}

static void define_bodies(resolver *r, unit *u, const decl_ref_vec *decls) {
  for (size_t i = 0; i < decls->count; i++) {
    const decl_ref *d = &decls->items[i];
    if (d->item->iface != NULL) {
      interface_define(r, u, &u->local[d->file], d->item->iface, &d->decl->items, &d->decl->docs, &d->decl->attrs);
    }
  }
  for (size_t i = 0; i < decls->count; i++) {
    const decl_ref *d = &decls->items[i];
    if (d->item->world != NULL) {
      world_define(r, u, &u->local[d->file], d->item->world, d->decl);
    }
  }
}

unit *package_define(resolver *r, syn_file_vec files, str where) {
  unit *u = arena_new(r->arena, unit);
  u->files = files;
  table_init(&u->items, r->arena);
  table_init(&u->declared_at, r->arena);
  table_init(&u->told, r->arena);
  table_init(&u->foreign_by_name, r->arena);
  table_init(&u->anonymous, r->arena);
  decl_ref_vec decls = {0};
  if (!take_header(r, u, where) || !scope_build(r, u, &decls)) {
    return NULL;
  }
  define_bodies(r, u, &decls);
  return u;
}
