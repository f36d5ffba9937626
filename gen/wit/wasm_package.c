/*
 * Wasm package: nodes to model.
 *
 * The binary says everything several times: each interface and each world is a component type of its own that repeats
 * what it needs of others. So an interface is made when it is first met (of the main package: its export; of others:
 * the first import, with more added as later imports show more), and later views of it only map their nodes to the
 * types that are there. `node->mapped` is that map; a node that reaches a mapped one through its aliases is a `use` of
 * it.
 *
 * Two encodings are read. Today's exports each interface and world by itself; the first one exported a single component
 * type called `ns:pkg/wit` with all of them inside.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_package.h"

#include "support/table.h"
#include "support/vec.h"
#include "wit/wasm_component.h"
#include "wit/wasm_docs.h"
#include "wit/wasm_names.h"
#include "wit/wasm_order.h"
#include "wit/wasm_types.h"

/* A few bytes may repeat a large type many times; the reference stops at a million. */
enum { PART_LIMIT = 4000000 };

/* An interface or world under construction, with its types and functions by name. */
typedef struct home {
  owner owner;
  interface *interface; /* or NULL */
  table types, funcs;
  table names; /* of both, without case and hyphens: several views may each be fine and clash with each other */
} home;

typedef struct home_vec {
  home **items;
  size_t count, cap;
} home_vec;

typedef struct converter {
  arena *arena;
  wasm_package *out;
  const char *why; /* the first thing that was wrong */
  str about;       /* the name that it is about */
  size_t parts;    /* members, parameters and exports that were gone through */
  home_vec homes;
  table by_id; /* interface ids -> home */
  package_vec packages;
  bool is_world;     /* there is a world alone, which sees interfaces of its own package like those of others */
  bool main_is_seen; /* then: its package is in `packages` */
  table package_ids; /* "ns:pkg@1.0.0" -> package */
} converter;

static bool convert_fail(converter *c, const char *why, str about) {
  if (!c->why) {
    c->why = why;
    c->about = about;
  }
  return false;
}

/* Accounts for `count` parts; false when there were too many. */
static bool parts_take(converter *c, size_t count) {
  c->parts += count;
  return c->parts <= PART_LIMIT || convert_fail(c, "types are repeated too often", (str){0});
}

/* Packages and interfaces */

static package *package_get(converter *c, const package_name *name) {
  if (c->out->main && package_name_eq(&c->out->main->name, name)) {
    if (c->is_world && !c->main_is_seen) {
      c->main_is_seen = true;
      vec_push(c->arena, &c->packages, c->out->main);
    }
    return c->out->main;
  }
  str id = package_name_text(c->arena, name);
  package *p = table_get(&c->package_ids, id);
  if (!p) {
    p = arena_new(c->arena, package);
    p->name = *name;
    table_add(&c->package_ids, id, p);
    vec_push(c->arena, &c->packages, p);
  }
  return p;
}

static home *home_new(converter *c, interface *i, world *w) {
  home *h = arena_new(c->arena, home);
  h->interface = i;
  h->owner = (owner){.kind = i ? OWNER_INTERFACE : OWNER_WORLD, .interface = i, .world = w};
  table_init(&h->types, c->arena);
  table_init(&h->funcs, c->arena);
  table_init(&h->names, c->arena);
  vec_push(c->arena, &c->homes, h);
  return h;
}

/* An interface of `p`, or without a name when it is written inside a world. */
static home *interface_new(converter *c, package *p, str name) {
  interface *i = arena_new(c->arena, interface);
  i->name = name;
  i->package = p;
  return home_new(c, i, NULL);
}

/* Numbers are given when an interface's contents are known: types that it defines come before those of its users. */
static void interface_list(converter *c, interface *i) {
  i->id = (uint32_t)c->out->model.interfaces.count;
  vec_push(c->arena, &c->out->model.interfaces, i);
  if (i->name.len > 0) {
    vec_push(c->arena, &i->package->interfaces, i);
  }
}

/* Types */

static type *type_of_ref(converter *c, const wref *ref);

static const type *elem_of_ref(converter *c, const wref *ref) {
  return ref->present ? (ref->node ? type_of_ref(c, ref) : type_primitive(ref->primitive)) : NULL;
}

/* What `n` or anything that it is an alias of was made into. */
static type *mapped_type(converter *c, const wnode *n) {
  while (n && !n->mapped && parts_take(c, 1)) {
    n = n->alias;
  }
  return n ? n->mapped : NULL;
}

static void members_convert(converter *c, const wnode *n, type *t) {
  if (!parts_take(c, n->members.count)) {
    return;
  }
  for (size_t i = 0; i < n->members.count; i++) {
    const wmember *from = &n->members.items[i];
    member m = {.name = from->name, .type = elem_of_ref(c, &from->type)};
    vec_push(c->arena, &t->members, m);
  }
}

static void value_convert(converter *c, const wnode *n, type *t) {
  t->kind = n->value;
  t->length = n->length;
  members_convert(c, n, t);
  if (n->value == TYPE_OWN || n->value == TYPE_BORROW) {
    t->elem = mapped_type(c, n->elem.node);
    if (!t->elem) {
      convert_fail(c, "handle of a resource that has no name", (str){0});
    }
    return;
  }
  t->key = elem_of_ref(c, &n->key);
  t->elem = elem_of_ref(c, &n->elem);
  t->err = elem_of_ref(c, &n->err);
}

static type *type_list(converter *c, type *t) {
  t->id = (uint32_t)c->out->model.types.count;
  vec_push(c->arena, &c->out->model.types, t);
  return t;
}

static bool needs_name(type_kind kind) {
  return kind == TYPE_RECORD || kind == TYPE_VARIANT || kind == TYPE_ENUM || kind == TYPE_FLAGS;
}

static type *type_of_ref(converter *c, const wref *ref) {
  wnode *n = ref->node;
  if (!n->mapped) {
    type *t = arena_new(c->arena, type);
    value_convert(c, n, t);
    if (needs_name(t->kind)) {
      convert_fail(c, "record, variant, enum or flags without a name", (str){0});
    }
    n->mapped = type_list(c, t);
  }
  return n->mapped;
}

/* A type that an instance exports or a world imports. */
static type *named_type_convert(converter *c, const wextern *e, home *h) {
  const wnode *declared = e->node->alias ? e->node->alias : e->node;
  type *t = arena_new(c->arena, type);
  type *used = mapped_type(c, declared);
  if (used) {
    t->kind = TYPE_ALIAS;
    t->elem = used;
    if (h->interface && used->owner.kind != OWNER_INTERFACE) {
      convert_fail(c, "interface uses a type that no interface defines", e->name);
    }
  } else if (declared->kind == WNODE_RESOURCE) {
    t->kind = TYPE_RESOURCE;
  } else {
    value_convert(c, declared, t);
  }
  t->name = e->name;
  t->owner = h->owner;
  t->has_external_id = e->has_external_id;
  t->external_id = e->external_id;
  if (e->node->mapped) {
    convert_fail(c, "type appears more than once", e->name);
  }
  e->node->mapped = type_list(c, t);
  table_add(&h->types, t->name, t);
  return t;
}

/* Functions */

/* The resource that a function's name mentions must be declared beside it. */
static const type *func_resource(converter *c, const wasm_func_name *parts, home *h) {
  if (parts->resource.len == 0) {
    return NULL;
  }
  const type *t = table_get(&h->types, parts->resource);
  if (!t || t->kind != TYPE_RESOURCE) {
    convert_fail(c, "function of a resource that is not there", parts->resource);
    return NULL;
  }
  return t;
}

static bool is_handle_of(const type *t, type_kind kind, const type *resource) {
  return t && t->kind == kind && t->elem == resource;
}

/* Methods take their resource, constructors give it. */
static void func_check(converter *c, const func *f) {
  const type *first = f->params.count > 0 ? f->params.items[0].type : NULL;
  bool fails = false;
  if (f->kind == FUNC_METHOD) {
    fails = !is_handle_of(first, TYPE_BORROW, f->resource) || !str_eq_c(f->params.items[0].name, "self");
  } else if (f->kind == FUNC_CONSTRUCTOR) {
    const type *made = f->result && f->result->kind == TYPE_RESULT ? f->result->elem : f->result;
    fails = f->is_async || !is_handle_of(made, TYPE_OWN, f->resource);
  }
  if (fails || (f->accessor != ACCESSOR_NONE && f->is_async)) {
    convert_fail(c, "function does not have the type that its name asks for", f->name);
  }
}

static func *func_convert(converter *c, const wextern *e, home *h) {
  func *f = arena_new(c->arena, func);
  wasm_func_name parts;
  wasm_name_parse_func(e->name, &parts);
  f->name = e->name;
  f->item_name = parts.item;
  f->kind = parts.kind;
  f->accessor = parts.accessor;
  f->is_async = e->node->is_async;
  f->resource = func_resource(c, &parts, h);
  for (size_t i = 0; i < e->node->members.count && parts_take(c, 1); i++) {
    const wmember *from = &e->node->members.items[i];
    param p = {.name = from->name, .type = elem_of_ref(c, &from->type)};
    vec_push(c->arena, &f->params, p);
  }
  f->result = elem_of_ref(c, &e->node->elem);
  f->has_external_id = e->has_external_id;
  f->external_id = e->external_id;
  func_check(c, f);
  table_add(&h->funcs, f->name, f);
  return f;
}

/* A further view of a type that is there already: its parts are mapped to the parts that are there. */

static void view_map(converter *c, const wnode *n, const type *t);

static void view_map_ref(converter *c, const wref *ref, const type *t) {
  bool is_defined = t && t->kind >= TYPE_PRIMITIVES;
  if (ref->present != (t != NULL) || (ref->present && (ref->node != NULL) != is_defined)) {
    convert_fail(c, "two views of one type differ", (str){0});
    return;
  }
  if (ref->node && !ref->node->mapped) {
    ref->node->mapped = (type *)(uintptr_t)t;
    view_map(c, ref->node, t);
  }
}

static void view_map(converter *c, const wnode *n, const type *t) {
  bool is_use = t->kind == TYPE_ALIAS && t->elem->kind >= TYPE_PRIMITIVES;
  if (is_use || n->kind == WNODE_RESOURCE || n->value == TYPE_OWN || n->value == TYPE_BORROW) {
    return;
  }
  if (n->value != t->kind || n->members.count != t->members.count || n->length != t->length) {
    convert_fail(c, "two views of one type differ", t->name);
    return;
  }
  for (size_t i = 0; i < n->members.count; i++) {
    if (!str_eq(n->members.items[i].name, t->members.items[i].name)) {
      convert_fail(c, "two views of one type differ", t->name);
    }
    view_map_ref(c, &n->members.items[i].type, t->members.items[i].type);
  }
  view_map_ref(c, &n->key, t->key);
  view_map_ref(c, &n->elem, t->elem);
  view_map_ref(c, &n->err, t->err);
}

static void home_claim(converter *c, home *h, str name) {
  if (table_add(&h->names, wasm_name_key(c->arena, name), h)) {
    convert_fail(c, "name conflicts with an earlier one", name);
  }
}

/* Interfaces: `is_whole` when nothing may be added to what is there. */

static void interface_add_type(converter *c, home *h, const wextern *e, bool is_whole) {
  type *known = table_get(&h->types, e->name);
  if (!known && is_whole) {
    convert_fail(c, "type is not in the interface that the package defines", e->name);
  } else if (!known) {
    type *t = named_type_convert(c, e, h);
    home_claim(c, h, e->name);
    vec_push(c->arena, &h->interface->types, t);
  } else if (e->node->mapped) {
    convert_fail(c, "type appears more than once", e->name);
  } else {
    view_map(c, e->node->alias ? e->node->alias : e->node, known);
    e->node->mapped = known;
  }
}

static void interface_add_func(converter *c, home *h, const wextern *e, bool is_whole) {
  if (table_get(&h->funcs, e->name)) {
    return;
  }
  if (is_whole) {
    convert_fail(c, "function is not in the interface that the package defines", e->name);
    return;
  }
  func *f = func_convert(c, e, h);
  home_claim(c, h, e->name);
  vec_push(c->arena, &h->interface->funcs, f);
}

static void interface_fill(converter *c, home *h, const wnode *instance, bool is_whole) {
  if (!parts_take(c, instance->exports.count)) {
    return;
  }
  for (size_t i = 0; i < instance->exports.count && !c->why; i++) {
    const wextern *e = &instance->exports.items[i];
    if (e->is_type) {
      interface_add_type(c, h, e, is_whole);
    } else if (e->node->kind == WNODE_FUNC) {
      interface_add_func(c, h, e, is_whole);
    } else {
      convert_fail(c, "interface exports something else than types and functions", e->name);
    }
  }
}

/* An interface that is referred to by its id: of the main package as it was defined, of others as far as it is seen. */
static interface *interface_import(converter *c, str id, const wextern *e) {
  home *h = table_get(&c->by_id, id);
  bool is_whole = h && h->interface->package == c->out->main && !c->is_world;
  if (!h) {
    package_name name;
    str item;
    if (!wasm_name_parse_interface(c->arena, id, e->version_suffix, &name, &item)) {
      convert_fail(c, "not the id of an interface", id);
      return NULL;
    }
    h = interface_new(c, package_get(c, &name), item);
    table_add(&c->by_id, id, h);
    interface_list(c, h->interface);
  }
  interface_fill(c, h, e->node, is_whole);
  return h->interface;
}

/* An interface that the main package defines. */
static void interface_define(converter *c, const wextern *e, str item) {
  home *h = interface_new(c, c->out->main, item);
  if (table_add(&c->by_id, e->name, h)) {
    convert_fail(c, "interface is used before it is defined, or defined twice", e->name);
    return;
  }
  interface_fill(c, h, e->node, false);
  interface_list(c, h->interface);
}

/* Worlds */

static interface *interface_inline(converter *c, const wextern *e) {
  home *h = interface_new(c, c->out->main, (str){0});
  interface_fill(c, h, e->node, false);
  interface_list(c, h->interface);
  return h->interface;
}

static world_item interface_item_convert(converter *c, const wextern *e) {
  world_item item = {.kind = ITEM_INTERFACE, .has_external_id = e->has_external_id, .external_id = e->external_id};
  if (e->implements.len > 0) {
    item.name = e->name;
    item.interface = interface_import(c, e->implements, e);
  } else if (wasm_name_is_kebab(e->name)) {
    item.name = e->name;
    item.interface = interface_inline(c, e);
  } else {
    item.interface = interface_import(c, e->name, e);
  }
  return item;
}

static world_item world_item_convert(converter *c, const wextern *e, home *h, bool is_import) {
  if (e->is_type && is_import) {
    return (world_item){.kind = ITEM_TYPE, .name = e->name, .type = named_type_convert(c, e, h)};
  }
  if (!e->is_type && e->node->kind == WNODE_INSTANCE) {
    return interface_item_convert(c, e);
  }
  if (!e->is_type && e->node->kind == WNODE_FUNC) {
    return (world_item){.kind = ITEM_FUNC, .name = e->name, .func = func_convert(c, e, h)};
  }
  convert_fail(c, "world has an item of a kind that WIT does not have", e->name);
  return (world_item){0};
}

static void world_define(converter *c, const wnode *component, str name) {
  world *w = arena_new(c->arena, world);
  home *h = home_new(c, NULL, w);
  w->name = name;
  w->package = c->out->main;
  for (size_t i = 0; i < component->imports.count && !c->why; i++) {
    world_item item = world_item_convert(c, &component->imports.items[i], h, true);
    vec_push(c->arena, &w->imports, item);
  }
  for (size_t i = 0; i < component->exports.count && !c->why; i++) {
    world_item item = world_item_convert(c, &component->exports.items[i], h, false);
    vec_push(c->arena, &w->exports, item);
  }
  w->id = (uint32_t)c->out->model.worlds.count;
  vec_push(c->arena, &c->out->model.worlds, w);
  vec_push(c->arena, &w->package->worlds, w);
}

/* The package */

static void imports_convert(converter *c, const wnode *component) {
  for (size_t i = 0; i < component->imports.count && !c->why; i++) {
    const wextern *e = &component->imports.items[i];
    if (e->is_type || e->node->kind != WNODE_INSTANCE) {
      convert_fail(c, "import is not an interface", e->name);
      return;
    }
    interface_import(c, e->name, e);
  }
}

static bool main_is(converter *c, const package_name *name) {
  if (!c->out->main) {
    c->out->main = arena_new(c->arena, package);
    c->out->main->name = *name;
  }
  return package_name_eq(&c->out->main->name, name);
}

/* An interface or world of the main package, exported under its id. */
static void item_define(converter *c, const wextern *e, str item) {
  if (e->is_type || e->node->kind == WNODE_FUNC) {
    convert_fail(c, "neither an interface nor a world", e->name);
  } else if (e->node->kind == WNODE_INSTANCE) {
    interface_define(c, e, item);
  } else {
    world_define(c, e->node, item);
  }
}

/* Today's form: a component type that exports one item. */
static void export_convert(converter *c, const wextern *outer) {
  if (outer->node->exports.count != 1) {
    convert_fail(c, "not a WIT package: one item was to be inside", outer->name);
    return;
  }
  const wextern *e = &outer->node->exports.items[0];
  package_name name;
  str item;
  if (!wasm_name_parse_interface(c->arena, e->name, e->version_suffix, &name, &item)) {
    convert_fail(c, "not the id of an interface or world", e->name);
    return;
  }
  if (!main_is(c, &name)) {
    convert_fail(c, "item of another package", e->name);
    return;
  }
  imports_convert(c, outer->node);
  item_define(c, e, item);
}

/* The first form: all items inside, under plain names or ids; their package is named by the export. */
static void first_form_convert(converter *c, const wextern *outer, const package_name *name) {
  main_is(c, name);
  imports_convert(c, outer->node);
  for (size_t i = 0; i < outer->node->exports.count && !c->why; i++) {
    const wextern *e = &outer->node->exports.items[i];
    package_name ignored;
    str item;
    if (!wasm_name_parse_interface(c->arena, e->name, e->version_suffix, &ignored, &item)) {
      convert_fail(c, "not the id of an interface or world", e->name);
      return;
    }
    item_define(c, e, item);
  }
}

static void exports_convert(converter *c, const wextern_vec *exports) {
  package_name name;
  str item;
  if (exports->count == 0) {
    convert_fail(c, "not a WIT package: nothing is exported", (str){0});
    return;
  }
  const wextern *first = &exports->items[0];
  if (wasm_name_parse_interface(c->arena, first->name, first->version_suffix, &name, &item) && str_eq_c(item, "wit")) {
    if (exports->count > 1) {
      convert_fail(c, "more than one package", exports->items[1].name);
    }
    first_form_convert(c, first, &name);
    return;
  }
  for (size_t i = 0; i < exports->count && !c->why; i++) {
    if (!wasm_name_is_kebab(exports->items[i].name)) {
      convert_fail(c, "not a WIT package: not the name of an interface or world", exports->items[i].name);
    }
    export_convert(c, &exports->items[i]);
  }
}

static void packages_list(converter *c) {
  str about = {0};
  if (!wasm_packages_order(&c->packages, c->out->main, c->arena, &c->out->model.packages, &about)) {
    convert_fail(c, "package depends on one that depends on it", about);
  }
}

static void converter_release(converter *c) {
  for (size_t i = 0; i < c->homes.count; i++) {
    table_release(&c->homes.items[i]->types);
    table_release(&c->homes.items[i]->funcs);
    table_release(&c->homes.items[i]->names);
  }
  table_release(&c->by_id);
  table_release(&c->package_ids);
}

/* `component`: a world by itself; NULL: what `types` export. */
static bool package_convert(converter *c, const wasm_types *types, const wnode *component) {
  table_init(&c->by_id, c->arena);
  table_init(&c->package_ids, c->arena);
  if (component) {
    world_define(c, component, STR("root"));
  } else {
    exports_convert(c, &types->exports);
  }
  if (!c->why) {
    packages_list(c);
  }
  if (!c->why && types->has_docs) {
    c->why = wasm_docs_apply(types->docs, c->out->main, c->arena);
  }
  converter_release(c);
  return !c->why;
}

static bool report_reader(const wasm_reader *r, str path, diag *d) {
  diag_error(d, SPAN_NONE, "%.*s: %s (at byte %zu)", STR_ARG(path), r->why, r->why_at);
  return false;
}

static bool report_converter(const converter *c, str path, diag *d) {
  if (c->about.len > 0) {
    diag_error(d, SPAN_NONE, "%.*s: '%.*s': %s", STR_ARG(path), STR_ARG(c->about), c->why);
  } else {
    diag_error(d, SPAN_NONE, "%.*s: %s", STR_ARG(path), c->why);
  }
  return false;
}

static bool decode(str bytes, str path, bool is_world, arena *a, diag *d, wasm_package *out) {
  wasm_reader r;
  wasm_types types;
  *out = (wasm_package){0};
  wasm_reader_init(&r, bytes);
  if (!wasm_types_read(&r, a, &types)) {
    return report_reader(&r, path, d);
  }
  converter c = {.arena = a, .out = out, .is_world = is_world};
  return package_convert(&c, &types, NULL) || report_converter(&c, path, d);
}

bool wasm_package_decode(str bytes, str path, arena *a, diag *d, wasm_package *out) {
  return decode(bytes, path, false, a, d, out);
}

bool wasm_world_decode(str bytes, str path, arena *a, diag *d, wasm_package *out) {
  if (!decode(bytes, path, true, a, d, out)) {
    return false;
  }
  if (out->main->worlds.count == 1) {
    return true;
  }
  diag_error(d, SPAN_NONE, "%.*s: a component-type section does not hold one world", STR_ARG(path));
  return false;
}

bool wasm_component_decode(str bytes, str path, arena *a, diag *d, wasm_package *out) {
  wasm_reader r;
  wasm_types types;
  *out = (wasm_package){0};
  wasm_reader_init(&r, bytes);
  const wnode *component = wasm_component_read(&r, a, &types);
  if (!component) {
    return report_reader(&r, path, d);
  }
  converter c = {.arena = a, .out = out, .is_world = true};
  out->main = arena_new(a, package);
  out->main->name = (package_name){.ns = STR("root"), .name = STR("component")};
  return package_convert(&c, &types, component) || report_converter(&c, path, d);
}
