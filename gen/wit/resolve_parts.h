/*
 * Parts of resolve: what its files share. Nobody else includes this.
 *
 * Resolution has two passes, because packages may be named before they are known:
 *
 *   define  each package by itself, in the order of the files: its interfaces and worlds in topological order, their
 *           types, functions and items. What it takes from another package becomes a placeholder.
 *           (resolve_package.c, resolve_interface.c, resolve_world.c, resolve_types.c, resolve_funcs.c)
 *   link    the packages in dependency order: placeholders find their targets, what is behind an inactive feature goes,
 *           bare resources become own handles, ids are given, includes are expanded, worlds completed.
 *           (resolve_link.c, resolve_include.c, resolve_elaborate.c)
 *
 * The nodes below hold the model's own objects as their first member, so that a model pointer and a node pointer can be
 * cast to each other: all types (but primitives), interfaces and worlds of a run are nodes.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_RESOLVE_PARTS_H
#define WITGEN_WIT_RESOLVE_PARTS_H

#include "support/table.h"
#include "support/vec.h"
#include "wit/resolve.h"
#include "wit/syntax.h"

/* A type may hold this many others, counted with repetition; what validates components has the same limit. */
enum { MAX_TYPE_WEIGHT = 1000000 };

typedef struct type_node {
  type t;
  bool placeholder; /* stands for a type of another package, `target` once linked */
  bool gated;       /* left out: its feature is not active */
  bool broken;      /* had an error; nothing more is said about it */
  bool has_borrow, has_handle;
  uint32_t weight;  /* types in it, counted with repetition */
  const type *base; /* behind all aliases */
  struct type_node *target;
  type *own; /* the handle made for it while `own_in` was linked */
  const package *own_in;
} type_node;

typedef struct type_node_vec {
  type_node **items;
  size_t count, cap;
} type_node_vec;

/* A name within an interface or world: a type, or a function when `type` is NULL. */
typedef struct scope_entry {
  str name;
  type_node *type;
  span at;
} scope_entry;

typedef struct type_scope {
  table names;         /* scope_entry */
  type_node_vec types; /* in order of definition */
  str_vec type_names;
} type_scope;

typedef struct iface_node {
  interface i;
  type_scope scope;
  bool placeholder, gated;
  struct iface_node *target;
} iface_node;

typedef struct iface_node_vec {
  iface_node **items;
  size_t count, cap;
} iface_node_vec;

/* Imports or exports while they change: ordered, and found by key. */
typedef struct item_list {
  world_item_vec items;
  table index; /* key bytes -> position + 1, as a pointer-sized number */
} item_list;

typedef struct world_node world_node;

typedef struct world_include {
  world_node *from;
  stability stability;
  const syn_use *syntax;
} world_include;

typedef struct world_include_vec {
  world_include *items;
  size_t count, cap;
} world_include_vec;

struct world_node {
  world w;
  item_list imports, exports;
  world_include_vec includes;
  type_scope scope;
  bool placeholder, gated;
  bool is_found; /* in a component, which has all that it needs, in its own order */
  struct world_node *target;
};

typedef struct world_node_vec {
  world_node **items;
  size_t count, cap;
} world_node_vec;

/* An interface or world by name: declared in this package, or a placeholder. One of the two is NULL. */
typedef struct item_ref {
  iface_node *iface;
  world_node *world;
  span at;
} item_ref;

typedef struct stability_vec {
  stability *items;
  size_t count, cap;
} stability_vec;

/* An item of another package that this one mentions. */
typedef struct foreign_item {
  item_ref ref;
  str name;
  struct foreign_package *package;
  stability_vec gates; /* of every mention */
} foreign_item;

typedef struct foreign_item_vec {
  foreign_item **items;
  size_t count, cap;
} foreign_item_vec;

typedef struct foreign_package {
  package_name name;
  str text; /* of the name */
  span at;  /* first mention */
  table items;
} foreign_package;

typedef struct foreign_package_vec {
  foreign_package **items;
  size_t count, cap;
} foreign_package_vec;

/* A handle whose resource is a placeholder: to be checked when that is known. */
typedef struct handle_check {
  type_node *type;
  span at;
} handle_check;

typedef struct handle_check_vec {
  handle_check *items;
  size_t count, cap;
} handle_check_vec;

/* One package under resolution. */
typedef struct unit {
  package package;
  str text; /* of its name */
  syn_file_vec files;
  table items;       /* item_ref by name: what the package declares */
  str_vec declared;  /* the names in `items`, from the start */
  table declared_at; /* span by name */
  table told;        /* places of paths that were reported */
  table *local;      /* for each file: item_ref by name, with its top-level `use` */
  foreign_package_vec foreign;
  table foreign_by_name;
  foreign_item_vec foreign_ifaces, foreign_worlds;
  type_node_vec foreign_types; /* placeholders */
  handle_check_vec handle_checks;
  type_node_vec types;       /* in order of definition */
  iface_node_vec ifaces;     /* declared ones in topological order, then those inline in worlds */
  world_node_vec worlds;     /* in topological order */
  table anonymous;           /* `list<u8>` and such, one object each */
  bool is_active, is_sorted; /* while packages are sorted */
} unit;

typedef struct unit_vec {
  unit **items;
  size_t count, cap;
} unit_vec;

/* A package of the model, ready for others to refer to. */
typedef struct linked_package {
  package *package;
  table interfaces, worlds; /* iface_node, world_node by name */
  const unit *unit;         /* NULL: a binary package */
} linked_package;

typedef struct resolver {
  arena *arena;
  diag *diag;
  const resolve_options *options;
  table features;
  model *model;
  table packages; /* linked_package by the text of its name */
  str_vec names;  /* of linked packages */
  source_vec sources;
  unit_vec units; /* source packages of the path being resolved, as read */
  bool several_paths;
  type_node broken;
} resolver;

/* Where definitions of a body go: which package and file, and what owns them. */
typedef struct body {
  resolver *r;
  unit *unit;
  const table *local; /* the file's names */
  owner owner;
  type_scope *scope;
  const str_vec *planned; /* names of types that are still to be defined; NULL once they are */
  const table *planned_at;
} body;

/* resolve_sort.c: topological order, first come first served. */

typedef struct sort_edge {
  size_t to;
  span at;
} sort_edge;

typedef struct sort_edge_vec {
  sort_edge *items;
  size_t count, cap;
} sort_edge_vec;

/* `edges[i]`: what node i needs. Fills `order` (room for `count`), or returns false and the edge of a cycle. */
bool sort_topologically(arena *a, const sort_edge_vec *edges, size_t count, size_t *order, sort_edge *cycle);

/* resolve_gate.c: attributes. */

/* What `attrs` say; errors are reported unless `quiet`. */
stability gate_read(resolver *r, const syn_attr_vec *attrs, bool quiet);
bool gate_read_external_id(resolver *r, const syn_attr_vec *attrs, bool quiet, str *out);
/* Whether an item of `p` with this stability is part of the model. `at` is the item's name. */
bool gate_is_open(resolver *r, const stability *s, const package *p, span at);
bool stability_eq(const stability *a, const stability *b);

/* resolve_names.c: names that clash. */

/* The form in which two names of one scope must differ: no case, no hyphens, no annotation but [constructor] and [set]. */
str name_canonical(arena *a, str name);
/* The same for a plain label. */
bool label_eq(str a, str b);

typedef struct unique_names {
  table names; /* canonical -> name_use */
} unique_names;

typedef struct name_use {
  str name;
  span at;
} name_use;

void unique_names_init(unique_names *s, arena *a);
bool unique_names_add(resolver *r, unique_names *s, str name, span at);
/* "[set]p" -> "[get]p" */
str name_getter_of_setter(arena *a, str setter);
/* diag_nearest while errors are shown at all: looking for it takes time that grows with the number of candidates. */
str suggest_name(const resolver *r, str wanted, const str *candidates, size_t count);
/* `count` objects of `stride` bytes that start with a syn_id: reports the ones whose names clash. */
bool names_check_unique(resolver *r, const char *what, const void *ids, size_t count, size_t stride);

/* resolve_names.c: item lists */

void item_list_init(item_list *l, arena *a);
world_item *item_list_find(const item_list *l, str name, const interface *i);
/* Adds unless the key is there; returns what was there before, or NULL. */
world_item *item_list_add(item_list *l, arena *a, const world_item *item);
void item_list_reindex(item_list *l, arena *a);
/* A setter that stands before its getter moves right behind it. */
void item_list_place_setters(item_list *l, arena *a);
void funcs_place_setters(func_vec *funcs, arena *a);

/* resolve_types.c */

type_node *type_node_new(arena *a);
type_node *type_node_of(const type *t); /* not for primitives */
/* Recomputes what a node knows of the types that it holds. */
void type_node_measure(type_node *n);
void type_scope_init(type_scope *s, arena *a);
/* Adds a type under `name` unless the name is taken, which is reported. */
bool type_scope_define(resolver *r, type_scope *s, str name, type_node *n, span at);
/* The type that `s` writes, in a definition with the given stability. Never NULL; &r->broken.t after an error. */
const type *types_resolve(body *b, const syn_type *s, const stability *st);
const type *types_borrow_of(body *b, type_node *resource, span at);
/* `use` statements and type definitions of a body, in the reference's order. */
void types_define_all(body *b, const syn_interface_item_vec *items);

/* resolve_funcs.c */

func *funcs_resolve(body *b, const syn_func *f, const syn_docs *docs, const syn_attr_vec *attrs, syn_id name,
                    type_node *resource);

/* resolve_package.c */

/* Tells once for each place that there is no such item. */
void package_report_unknown(resolver *r, unit *u, syn_id name);
/* The item that a path names, seen from the file of `local`; reported when there is none. */
item_ref *package_find_item(resolver *r, unit *u, const table *local, const syn_path *path, span *at);
iface_node *package_find_interface(resolver *r, unit *u, const table *local, const syn_path *path);
world_node *package_find_world(resolver *r, unit *u, const table *local, const syn_path *path);
iface_node *iface_node_new(resolver *r);
world_node *world_node_new(resolver *r);
/* Calls `visit` for every path of a file, imports of a world before its exports. */
typedef struct path_visit {
  const syn_decl *decl;
  const syn_path *path;
  const syn_attr_vec *attrs;
  const syn_rename_vec *names; /* `use`: what it takes; else NULL */
  bool is_world;               /* `include` */
  bool orders;                 /* the path orders `decl` behind what it names */
} path_visit;
void package_visit_paths(const syn_file *f, void (*visit)(void *user, const path_visit *v), void *user);

unit *package_define(resolver *r, syn_file_vec files, str where);

/* resolve_scope.c: what a package declares and mentions, before any body. `decls` are in topological order. */

typedef struct decl_ref {
  const syn_decl *decl;
  size_t file;
  item_ref *item;
} decl_ref;

typedef struct decl_ref_vec {
  decl_ref *items;
  size_t count, cap;
} decl_ref_vec;

bool scope_build(resolver *r, unit *u, decl_ref_vec *decls);

/* resolve_interface.c, resolve_world.c */

void interface_define(resolver *r, unit *u, const table *local, iface_node *node, const syn_interface_item_vec *items,
                      const syn_docs *doc, const syn_attr_vec *attrs);
void world_define(resolver *r, unit *u, const table *local, world_node *node, const syn_decl *decl);

/* resolve_order.c */

/* Sorts r->units by dependency; false, with the reason in the diag, for duplicates and cycles. */
bool units_sort(resolver *r, unit_vec *sorted);

/* resolve_foreign.c */

bool foreign_link(resolver *r, unit *u);

/* resolve_link.c */

void link_unit(resolver *r, unit *u);
linked_package *link_add_package(resolver *r, package *p, str name, const unit *u);
/* Gives a finished type its id. */
type *link_add_type(resolver *r, type_node *n);
void link_add_interface(resolver *r, iface_node *n);

/* resolve_include.c */
void include_expand(resolver *r, unit *u, world_node *w);

/* resolve_elaborate.c */
bool world_elaborate(resolver *r, world_node *w);
/* The interface that a `use`d type comes from, or NULL. */
const interface *type_interface_dep(const type *t);

/* resolve_check.c: rules that hold for every type of a component. */
void check_model(resolver *r);

/* resolve_load.c: files and directories */

/* What becomes one package and those nested in its files. */
typedef struct load_group {
  str where;     /* for messages: the file or directory */
  str_vec paths; /* files, sorted */
} load_group;

typedef struct load_group_vec {
  load_group *items;
  size_t count, cap;
} load_group_vec;

/* The main group first, then its dependencies. False when the path can't be read. */
bool load_list(resolver *r, str path, load_group_vec *out);
/* The whole of a file; reports why not. */
bool load_file(resolver *r, str path, str *out);
bool load_is_binary(str bytes);
/* A component in text form, which is not read. */
bool load_is_wat(str path, str bytes);

/* resolve_merge.c */
/* Takes a binary package, or a component, and what it depends on into the model. Returns its main package, or NULL. */
package *merge_binary(resolver *r, str bytes, str path);
/* The same for a component-type section; returns its world. */
const world *merge_world(resolver *r, str bytes, str path);

/* resolve_module.c */
/* Takes the worlds of a core module into the model. Returns the package of the only one, or that of `root`; or NULL. */
package *module_merge(resolver *r, str bytes, str path);

docs docs_of(const syn_docs *d);

#endif
