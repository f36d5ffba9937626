/*
 * Types: what a body's `use` statements and type definitions say, as type nodes.
 *
 * Anonymous types (`list<u8>`) are one object each per package. `own<r>` outside a definition is `r` itself: linking turns
 * every bare resource into a handle.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

#include <string.h>

_Static_assert((int)SYN_BOOL == (int)TYPE_BOOL && (int)SYN_ERROR_CONTEXT == (int)TYPE_ERROR_CONTEXT,
               "primitive kinds are in the same order in the syntax and in the model");

type_node *type_node_new(arena *a) {
  return arena_new(a, type_node);
}

type_node *type_node_of(const type *t) {
  return (type_node *)(uintptr_t)t;
}

static void measure_one(type_node *n, const type *held) {
  if (held == NULL) {
    return;
  }
  if (held->kind < TYPE_PRIMITIVES) {
    n->has_handle = n->has_handle || held->kind == TYPE_ERROR_CONTEXT;
    n->weight++;
    return;
  }
  const type_node *h = type_node_of(held);
  n->has_borrow = n->has_borrow || h->has_borrow;
  n->has_handle = n->has_handle || h->has_handle;
  n->weight = n->weight + h->weight > MAX_TYPE_WEIGHT ? MAX_TYPE_WEIGHT + 1 : n->weight + h->weight;
}

void type_node_measure(type_node *n) {
  n->weight = n->t.kind == TYPE_ALIAS ? 0 : 1;
  n->base = &n->t;
  n->has_borrow = n->t.kind == TYPE_BORROW;
  n->has_handle =
      n->t.kind == TYPE_OWN || n->t.kind == TYPE_BORROW || n->t.kind == TYPE_STREAM || n->t.kind == TYPE_FUTURE;
  if (n->t.kind == TYPE_OWN || n->t.kind == TYPE_BORROW) {
    return; /* what a resource holds is not part of its handle */
  }
  measure_one(n, n->t.elem);
  measure_one(n, n->t.key);
  measure_one(n, n->t.err);
  for (size_t i = 0; i < n->t.members.count; i++) {
    measure_one(n, n->t.members.items[i].type);
  }
  if (n->t.kind == TYPE_ALIAS) {
    n->base = n->t.elem->kind < TYPE_PRIMITIVES ? n->t.elem : type_node_of(n->t.elem)->base;
  }
}

void type_scope_init(type_scope *s, arena *a) {
  *s = (type_scope){0};
  table_init(&s->names, a);
}

bool type_scope_define(resolver *r, type_scope *s, str name, type_node *n, span at) {
  scope_entry *entry = arena_new(r->arena, scope_entry);
  *entry = (scope_entry){name, n, at};
  const scope_entry *previous = table_add(&s->names, name, entry);
  if (previous != NULL) {
    diag_error(r->diag, at, "name '%.*s' is defined more than once", STR_ARG(name));
    diag_note(r->diag, previous->at, "'%.*s' is defined here", STR_ARG(name));
    return false;
  }
  if (n != NULL) {
    vec_push(r->arena, &s->types, n);
    vec_push(r->arena, &s->type_names, name);
  }
  return true;
}

/* Looking names up */

static void suggest_type(body *b, syn_id name) {
  static const struct { const char *old, *now; } renamed[] = {{"float32", "f32"}, {"float64", "f64"}};
  for (size_t i = 0; i < sizeof renamed / sizeof renamed[0]; i++) {
    if (str_eq_c(name.name, renamed[i].old)) {
      diag_note(b->r->diag, name.at, "'%s' is called '%s' now", renamed[i].old, renamed[i].now);
      return;
    }
  }
  const str_vec *names = b->planned != NULL ? b->planned : &b->scope->type_names;
  str near = suggest_name(b->r, name.name, names->items, names->count);
  if (near.len > 0) {
    const scope_entry *entry = table_get(&b->scope->names, near);
    const span *at = b->planned != NULL ? table_get(b->planned_at, near) : &entry->at;
    diag_note(b->r->diag, *at, "'%.*s' is defined here; did you mean that?", STR_ARG(near));
    return;
  }
  str words[TYPE_PRIMITIVES];
  for (int i = 0; i < TYPE_PRIMITIVES; i++) {
    words[i] = str_of(type_primitive_name((type_kind)i));
  }
  near = suggest_name(b->r, name.name, words, TYPE_PRIMITIVES);
  if (near.len > 0) {
    diag_note(b->r->diag, name.at, "did you mean '%.*s'?", STR_ARG(near));
  }
}

static type_node *report_unknown_type(body *b, syn_id name) {
  diag_error(b->r->diag, name.at, "unknown type '%.*s'", STR_ARG(name.name));
  suggest_type(b, name);
  return &b->r->broken;
}

static type_node *lookup_type(body *b, syn_id name) {
  const scope_entry *entry = table_get(&b->scope->names, name.name);
  if (entry == NULL) {
    return report_unknown_type(b, name);
  }
  if (entry->type == NULL) {
    diag_error(b->r->diag, name.at, "'%.*s' is a function, not a type", STR_ARG(name.name));
    diag_note(b->r->diag, entry->at, "'%.*s' is defined here", STR_ARG(name.name));
    return &b->r->broken;
  }
  return entry->type;
}

/* The resource of `own<..>` or `borrow<..>`; one that comes from another package is checked when linked. */
static type_node *lookup_resource(body *b, syn_id name) {
  type_node *n = lookup_type(b, name);
  const type *base = n->base;
  if (n->broken || (base->kind >= TYPE_PRIMITIVES && type_node_of(base)->broken)) {
    return n;
  }
  if (base->kind >= TYPE_PRIMITIVES && type_node_of(base)->placeholder) {
    handle_check check = {type_node_of(base), name.at};
    vec_push(b->r->arena, &b->unit->handle_checks, check);
    return n;
  }
  if (base->kind != TYPE_RESOURCE) {
    diag_error(b->r->diag, name.at, "'%.*s' is not a resource, so it has no handles", STR_ARG(name.name));
    diag_note(b->r->diag, n->t.at, "'%.*s' is defined here", STR_ARG(name.name));
  }
  return n;
}

/* Anonymous types */

static const stability *stability_of(const type *t) {
  return t == NULL || t->kind < TYPE_PRIMITIVES || t->stability.kind == STABILITY_UNKNOWN ? NULL : &t->stability;
}

/* The first known stability among what an anonymous type holds, unless its definition has one. */
static stability inherit_stability(const type *t, const stability *st) {
  if (st->kind != STABILITY_UNKNOWN) {
    return *st;
  }
  const type *held[] = {t->key, t->elem, t->err};
  for (size_t i = 0; i < sizeof held / sizeof held[0]; i++) {
    if (stability_of(held[i]) != NULL) {
      return *stability_of(held[i]);
    }
  }
  for (size_t i = 0; i < t->members.count; i++) {
    if (stability_of(t->members.items[i].type) != NULL) {
      return *stability_of(t->members.items[i].type);
    }
  }
  return *st;
}

static void key_add(buf *key, const void *bytes, size_t len) {
  buf_add(key, (str){bytes, len});
}

static str anonymous_key(arena *a, const type *t) {
  buf key;
  buf_init(&key, a);
  key_add(&key, &t->kind, sizeof t->kind);
  key_add(&key, &t->elem, sizeof t->elem);
  if (t->kind == TYPE_FIXED_LIST) {
    key_add(&key, &t->length, sizeof t->length);
  }
  if (t->kind == TYPE_MAP) {
    key_add(&key, &t->key, sizeof t->key);
  }
  if (t->kind == TYPE_RESULT) {
    key_add(&key, &t->err, sizeof t->err);
  }
  for (size_t i = 0; i < t->members.count; i++) {
    key_add(&key, &t->members.items[i].type, sizeof(const type *));
  }
  return buf_str(&key);
}

/* The package's object for an anonymous type like `t`. */
static const type *intern(body *b, const type *t, const stability *st) {
  if (t->kind == TYPE_ALIAS || t->kind == TYPE_OWN) {
    return t->elem;
  }
  str key = anonymous_key(b->r->arena, t);
  type_node *n = table_get(&b->unit->anonymous, key);
  if (n == NULL) {
    n = type_node_new(b->r->arena);
    n->t = *t;
    n->t.stability = inherit_stability(t, st);
    type_node_measure(n);
    table_add(&b->unit->anonymous, key, n);
    vec_push(b->r->arena, &b->unit->types, n);
  }
  return &n->t;
}

static bool is_map_key(const type *t) {
  return t->kind <= TYPE_S64 || t->kind == TYPE_CHAR || t->kind == TYPE_STRING;
}

static void check_map_key(body *b, const type *t, span at) {
  if (is_map_key(t->key) || t->key == &b->r->broken.t) {
    return;
  }
  diag_error(b->r->diag, at, "a map's key must be an integer, 'bool', 'char' or 'string'");
}

static const type *resolve_optional(body *b, const syn_type *s, const stability *st) {
  return s == NULL ? NULL : types_resolve(b, s, st);
}

static void fill_tuple(body *b, type *t, const syn_type *s, const stability *st) {
  t->kind = TYPE_TUPLE;
  if (s->items.count == 0) {
    diag_error(b->r->diag, s->at, "a tuple holds at least one value");
  }
  for (size_t i = 0; i < s->items.count; i++) {
    const syn_type *item = s->items.items[i];
    member m = {.type = types_resolve(b, item, st), .at = item->at};
    vec_push(b->r->arena, &t->members, m);
  }
}

static void fill_generic(body *b, type *t, const syn_type *s, const stability *st) {
  static const type_kind kinds[] = {
      [SYN_LIST] = TYPE_LIST,     [SYN_FIXED_LIST] = TYPE_FIXED_LIST, [SYN_MAP] = TYPE_MAP,
      [SYN_OPTION] = TYPE_OPTION, [SYN_RESULT] = TYPE_RESULT,         [SYN_FUTURE] = TYPE_FUTURE,
      [SYN_STREAM] = TYPE_STREAM};
  t->kind = kinds[s->kind];
  t->key = resolve_optional(b, s->key, st);
  t->elem = resolve_optional(b, s->elem, st);
  t->err = resolve_optional(b, s->err, st);
  t->length = s->length;
  if (t->kind == TYPE_MAP) {
    check_map_key(b, t, s->at);
  }
}

/* Kind and contents of `t`, as a definition `type t = <s>` would have them. */
static void fill_type(body *b, type *t, const syn_type *s, const stability *st) {
  if (s->kind <= SYN_ERROR_CONTEXT) {
    t->kind = TYPE_ALIAS;
    t->elem = type_primitive((type_kind)s->kind);
  } else if (s->kind == SYN_NAME) {
    t->kind = TYPE_ALIAS;
    t->elem = &lookup_type(b, s->name)->t;
  } else if (s->kind == SYN_OWN || s->kind == SYN_BORROW) {
    t->kind = s->kind == SYN_OWN ? TYPE_OWN : TYPE_BORROW;
    t->elem = &lookup_resource(b, s->name)->t;
  } else if (s->kind == SYN_TUPLE) {
    fill_tuple(b, t, s, st);
  } else {
    fill_generic(b, t, s, st);
  }
}

const type *types_resolve(body *b, const syn_type *s, const stability *st) {
  if (s->kind <= SYN_ERROR_CONTEXT) {
    return type_primitive((type_kind)s->kind);
  }
  if (s->kind == SYN_NAME) {
    return &lookup_type(b, s->name)->t;
  }
  type t = {.at = s->at};
  fill_type(b, &t, s, st);
  return intern(b, &t, st);
}

const type *types_borrow_of(body *b, type_node *resource, span at) {
  type t = {.kind = TYPE_BORROW, .elem = &resource->t, .at = at};
  stability none = {.kind = STABILITY_UNKNOWN};
  return intern(b, &t, &none);
}

/* Definitions */

static void fill_members(body *b, type *t, const syn_typedef *d, const stability *st) {
  static const struct {
    type_kind kind;
    const char *what, *member;
  } kinds[] = {
      [SYN_DEF_RECORD] = {TYPE_RECORD, "record", "field"},
      [SYN_DEF_FLAGS] = {TYPE_FLAGS, "flags", "flag"},
      [SYN_DEF_VARIANT] = {TYPE_VARIANT, "variant", "case"},
      [SYN_DEF_ENUM] = {TYPE_ENUM, "enum", "case"},
  };
  t->kind = kinds[d->kind].kind;
  if (d->members.count == 0) {
    diag_error(b->r->diag, d->name.at, "%s '%.*s' is empty; it needs at least one %s", kinds[d->kind].what,
               STR_ARG(d->name.name), kinds[d->kind].member);
    return;
  }
  if (d->kind == SYN_DEF_FLAGS && d->members.count > 32) {
    diag_error(b->r->diag, d->members.items[32].name.at, "flags '%.*s' has %zu flags; the limit is 32",
               STR_ARG(d->name.name), d->members.count);
  }
  names_check_unique(b->r, kinds[d->kind].member, d->members.items, d->members.count, sizeof(syn_member));
  for (size_t i = 0; i < d->members.count; i++) {
    const syn_member *m = &d->members.items[i];
    member made = {.name = m->name.name, .docs = docs_of(&m->docs), .at = m->name.at};
    made.type = resolve_optional(b, m->type, st);
    vec_push(b->r->arena, &t->members, made);
  }
}

static void define_type(body *b, const syn_typedef *d) {
  type_node *n = type_node_new(b->r->arena);
  type *t = &n->t;
  *t = (type){.name = d->name.name, .owner = b->owner, .at = d->name.at, .docs = docs_of(&d->docs)};
  t->stability = gate_read(b->r, &d->attrs, false);
  t->has_external_id = gate_read_external_id(b->r, &d->attrs, false, &t->external_id);
  if (d->kind == SYN_DEF_ALIAS) {
    fill_type(b, t, d->alias, &t->stability);
  } else if (d->kind == SYN_DEF_RESOURCE) {
    t->kind = TYPE_RESOURCE;
  } else {
    fill_members(b, t, d, &t->stability);
  }
  type_node_measure(n);
  vec_push(b->r->arena, &b->unit->types, n);
  type_scope_define(b->r, b->scope, d->name.name, n, d->name.at);
}

/* After an error in the order of types: so that their names are known and nothing more is said about them. */
static void define_broken(body *b, const syn_typedef *d) {
  if (table_get(&b->scope->names, d->name.name) == NULL) {
    type_node *n = type_node_new(b->r->arena);
    *n = b->r->broken;
    n->base = &n->t;
    n->t.name = d->name.name;
    n->t.at = d->name.at;
    type_scope_define(b->r, b->scope, d->name.name, n, d->name.at);
  }
}

/* `use` */

static scope_entry *find_used(body *b, iface_node *from, syn_id name) {
  scope_entry *entry = table_get(&from->scope.names, name.name);
  if (entry == NULL) {
    str id = from->i.name;
    diag_error(b->r->diag, name.at, "interface '%.*s' has no type '%.*s'", STR_ARG(id), STR_ARG(name.name));
    str near = suggest_name(b->r, name.name, from->scope.type_names.items, from->scope.type_names.count);
    if (near.len > 0) {
      entry = table_get(&from->scope.names, near);
      diag_note(b->r->diag, entry->at, "'%.*s' is defined here; did you mean that?", STR_ARG(near));
    }
    return NULL;
  }
  if (entry->type == NULL) {
    diag_error(b->r->diag, name.at, "'%.*s' is a function; only types can be used", STR_ARG(name.name));
    diag_note(b->r->diag, entry->at, "'%.*s' is defined here", STR_ARG(name.name));
    return NULL;
  }
  return entry;
}

static void define_use(body *b, const syn_use *u) {
  iface_node *from = package_find_interface(b->r, b->unit, b->local, &u->from);
  stability st = gate_read(b->r, &u->attrs, true);
  for (size_t i = 0; i < u->names.count; i++) {
    const syn_rename *rename = &u->names.items[i];
    const syn_id *as = rename->as.name.len > 0 ? &rename->as : &rename->name;
    const scope_entry *entry = from == NULL ? NULL : find_used(b, from, rename->name);
    type_node *n = type_node_new(b->r->arena);
    n->t = (type){.kind = TYPE_ALIAS, .name = as->name, .owner = b->owner, .stability = st, .at = rename->name.at};
    n->t.elem = entry == NULL ? &b->r->broken.t : &entry->type->t;
    n->t.has_external_id = gate_read_external_id(b->r, &u->attrs, i > 0, &n->t.external_id);
    n->broken = entry == NULL;
    type_node_measure(n);
    vec_push(b->r->arena, &b->unit->types, n);
    type_scope_define(b->r, b->scope, as->name, n, as->at);
  }
}

/* The order of definitions */

typedef struct def_node {
  const syn_typedef *def; /* NULL: a name that `use` brings in */
  syn_id name;
} def_node;

typedef struct def_node_vec {
  def_node *items;
  size_t count, cap;
} def_node_vec;

static bool add_def(body *b, def_node_vec *defs, table *index, const syn_typedef *def, syn_id name) {
  size_t previous = (size_t)(uintptr_t)table_add(index, name.name, (void *)(uintptr_t)(defs->count + 1));
  if (previous != 0) {
    if (def != NULL || defs->items[previous - 1].def != NULL) {
      diag_error(b->r->diag, name.at, "name '%.*s' is defined more than once", STR_ARG(name.name));
      diag_note(b->r->diag, defs->items[previous - 1].name.at, "'%.*s' is defined here", STR_ARG(name.name));
      return false;
    }
    return true; /* two `use` of one name: reported where they are defined */
  }
  def_node node = {def, name};
  vec_push(b->r->arena, defs, node);
  return true;
}

static bool collect_defs(body *b, const syn_interface_item_vec *items, def_node_vec *defs, table *index) {
  bool ok = true;
  table_init(index, b->r->arena);
  for (size_t i = 0; i < items->count; i++) {
    const syn_interface_item *item = &items->items[i];
    if (item->kind == SYN_ITEM_TYPEDEF) {
      ok = add_def(b, defs, index, &item->u.type, item->u.type.name) && ok;
    }
    for (size_t k = 0; item->kind == SYN_ITEM_USE && k < item->u.use.names.count; k++) {
      const syn_rename *rename = &item->u.use.names.items[k];
      ok = add_def(b, defs, index, NULL, rename->as.name.len > 0 ? rename->as : rename->name) && ok;
    }
  }
  return ok;
}

typedef struct dep_walk {
  body *b;
  const def_node_vec *defs;
  const table *index;
  sort_edge_vec *edges;
  bool ok;
} dep_walk;

/* For suggestions, when a name is unknown before the types of the body are defined. */
static void plan_names(body *b, const def_node_vec *defs, str_vec *names, table *places) {
  bool is_shown = b->r->diag->errors <= b->r->diag->limit;
  table_init(places, b->r->arena);
  for (size_t i = 0; is_shown && i < defs->count; i++) {
    vec_push(b->r->arena, names, defs->items[i].name.name);
    table_add(places, defs->items[i].name.name, &defs->items[i].name.at);
  }
  b->planned = names;
  b->planned_at = places;
}

static void report_unknown_early(dep_walk *w, syn_id name) {
  str_vec names = {0};
  table places;
  plan_names(w->b, w->defs, &names, &places);
  report_unknown_type(w->b, name);
  w->b->planned = NULL;
  w->ok = false;
}

/* Types nest no deeper than the parser allows. */
static void collect_deps(dep_walk *w, const syn_type *s) {
  if (s == NULL) {
    return;
  }
  if (s->kind == SYN_NAME || s->kind == SYN_OWN || s->kind == SYN_BORROW) {
    size_t found = (size_t)(uintptr_t)table_get(w->index, s->name.name);
    if (found == 0) {
      report_unknown_early(w, s->name);
      return;
    }
    sort_edge edge = {found - 1, s->name.at};
    vec_push(w->b->r->arena, w->edges, edge);
    return;
  }
  collect_deps(w, s->key);
  collect_deps(w, s->elem);
  collect_deps(w, s->err);
  for (size_t i = 0; i < s->items.count; i++) {
    collect_deps(w, s->items.items[i]);
  }
}

static void collect_def_deps(dep_walk *w, const syn_typedef *d) {
  collect_deps(w, d->alias);
  for (size_t i = 0; i < d->members.count; i++) {
    collect_deps(w, d->members.items[i].type);
  }
}

static bool collect_edges(body *b, const def_node_vec *defs, const table *index, sort_edge_vec *edges) {
  dep_walk w = {.b = b, .defs = defs, .index = index, .ok = true};
  for (size_t i = 0; i < defs->count; i++) {
    w.edges = &edges[i];
    if (defs->items[i].def != NULL) {
      collect_def_deps(&w, defs->items[i].def);
    }
  }
  return w.ok;
}

static bool order_defs(body *b, const def_node_vec *defs, const table *index, size_t *order) {
  sort_edge_vec *edges = arena_new_array(b->r->arena, sort_edge_vec, defs->count);
  sort_edge cycle;
  if (!collect_edges(b, defs, index, edges)) {
    return false;
  }
  if (!sort_topologically(b->r->arena, edges, defs->count, order, &cycle)) {
    const def_node *def = &defs->items[cycle.to];
    diag_error(b->r->diag, cycle.at, "type '%.*s' contains itself", STR_ARG(def->name.name));
    diag_note(b->r->diag, def->name.at, "'%.*s' is defined here", STR_ARG(def->name.name));
    return false;
  }
  return true;
}

void types_define_all(body *b, const syn_interface_item_vec *items) {
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind == SYN_ITEM_USE) {
      define_use(b, &items->items[i].u.use);
    }
  }
  def_node_vec defs = {0};
  table index;
  bool ok = collect_defs(b, items, &defs, &index);
  size_t *order = arena_new_array(b->r->arena, size_t, defs.count);
  ok = ok && order_defs(b, &defs, &index, order);
  for (size_t i = 0; i < defs.count; i++) {
    const syn_typedef *def = defs.items[ok ? order[i] : i].def;
    if (def != NULL && ok) {
      define_type(b, def);
    } else if (def != NULL) {
      define_broken(b, def);
    }
  }
}
