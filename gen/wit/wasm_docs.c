/*
 * Wasm docs: a version byte and a JSON object that mirrors the package.
 *
 * Each `*_apply` function takes one JSON object and the item that it is about. Objects are read strictly: an unknown
 * field or an item that is not there means that the file comes from a tool whose format we do not know, and saying so
 * is better than losing documentation without a word.
 *
 * Format: wit-parser's metadata.rs, versions 0 and 1.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_docs.h"

#include <jansson.h>

#include "support/table.h"

typedef struct docs_reader {
  arena *arena;
  const char *why; /* the first thing that was wrong */
} docs_reader;

static void docs_fail(docs_reader *d, const char *why) {
  if (!d->why) {
    d->why = why;
  }
}

/* A copy of a JSON string. */
static str text_read(docs_reader *d, const json_t *value) {
  if (!json_is_string(value)) {
    docs_fail(d, "text expected in 'package-docs'");
    return (str){0};
  }
  return str_copy(d->arena, (str){json_string_value(value), json_string_length(value)});
}

static void docs_read(docs_reader *d, const json_t *value, docs *out) {
  if (value && !json_is_null(value)) {
    *out = (docs){.present = true, .text = text_read(d, value)};
  }
}

/* Refuses fields that are not in `known`, which ends with NULL. */
static void fields_check(docs_reader *d, json_t *object, const char *const *known) {
  const char *key;
  json_t *value;
  if (!json_is_object(object)) {
    docs_fail(d, "object expected in 'package-docs'");
    return;
  }
  json_object_foreach(object, key, value) {
    size_t i = 0;
    while (known[i] && !str_eq_c(str_of(known[i]), key)) {
      i++;
    }
    if (!known[i]) {
      docs_fail(d, "unknown field in 'package-docs'");
    }
  }
}

static bool version_read(docs_reader *d, const json_t *value, semver *out) {
  const char *why;
  if (!value || json_is_null(value)) {
    return false;
  }
  if (!semver_parse(text_read(d, value), out, &why)) {
    docs_fail(d, "version expected in 'package-docs'");
  }
  return true;
}

/* "unknown", {"stable": {"since": …, "deprecated": …}} or {"unstable": {"feature": …, "deprecated": …}} */
static void stability_read(docs_reader *d, const json_t *value, stability *out) {
  const json_t *stable = json_object_get(value, "stable"), *unstable = json_object_get(value, "unstable");
  if (!value || (json_is_string(value) && str_eq_c(str_of(json_string_value(value)), "unknown"))) {
    return;
  }
  if (stable) {
    out->kind = STABILITY_STABLE;
    if (!version_read(d, json_object_get(stable, "since"), &out->since)) {
      docs_fail(d, "stability without a version in 'package-docs'");
    }
  } else if (unstable) {
    out->kind = STABILITY_UNSTABLE;
    out->feature = text_read(d, json_object_get(unstable, "feature"));
  } else {
    docs_fail(d, "unknown stability in 'package-docs'");
  }
  out->is_deprecated = version_read(d, json_object_get(stable ? stable : unstable, "deprecated"), &out->deprecated);
}

/* Items by name */

/* Walks the object under `field`; `find` gives the item of a name, `apply` puts the value into it. */
typedef void *item_find(void *from, str name);
typedef void item_apply(docs_reader *d, json_t *value, void *item);

static void items_apply(docs_reader *d, json_t *object, const char *field, void *from, item_find *find,
                        item_apply *apply) {
  json_t *items = json_object_get(object, field), *value;
  const char *key;
  if (items && !json_is_object(items)) {
    docs_fail(d, "object expected in 'package-docs'");
  }
  json_object_foreach(items, key, value) {
    void *item = d->why ? NULL : find(from, str_of(key));
    if (!item) {
      docs_fail(d, "'package-docs' is about an item that is not there");
      return;
    }
    apply(d, value, item);
  }
}

static void member_apply(docs_reader *d, json_t *value, void *item) {
  docs_read(d, value, &((member *)item)->docs);
}

static void *member_find(void *from, str name) {
  return table_get(from, name);
}

static void type_apply(docs_reader *d, json_t *value, void *item) {
  static const char *const fields[] = {"docs", "stability", "items", NULL};
  type *t = item;
  table members;
  fields_check(d, value, fields);
  docs_read(d, json_object_get(value, "docs"), &t->docs);
  stability_read(d, json_object_get(value, "stability"), &t->stability);
  if (!json_object_get(value, "items")) {
    return;
  }
  table_init(&members, d->arena);
  for (size_t i = 0; i < t->members.count; i++) {
    table_add(&members, t->members.items[i].name, &t->members.items[i]);
  }
  items_apply(d, value, "items", &members, member_find, member_apply);
  table_release(&members);
}

/* In version 0 a function had its docs alone. */
static void func_apply(docs_reader *d, json_t *value, void *item) {
  static const char *const fields[] = {"docs", "stability", NULL};
  func *f = item;
  if (json_is_string(value) || json_is_null(value)) {
    docs_read(d, value, &f->docs);
    return;
  }
  fields_check(d, value, fields);
  docs_read(d, json_object_get(value, "docs"), &f->docs);
  stability_read(d, json_object_get(value, "stability"), &f->stability);
}

/* Interfaces */

typedef struct names {
  table types, funcs;
} names;

static void *names_find_type(void *from, str name) {
  return table_get(&((names *)from)->types, name);
}

static void *names_find_func(void *from, str name) {
  return table_get(&((names *)from)->funcs, name);
}

static void interface_apply(docs_reader *d, json_t *value, void *item) {
  static const char *const fields[] = {"docs", "stability", "funcs", "types", NULL};
  interface *i = item;
  names n;
  fields_check(d, value, fields);
  table_init(&n.types, d->arena);
  table_init(&n.funcs, d->arena);
  for (size_t k = 0; k < i->types.count; k++) {
    table_add(&n.types, i->types.items[k]->name, i->types.items[k]);
  }
  for (size_t k = 0; k < i->funcs.count; k++) {
    table_add(&n.funcs, i->funcs.items[k]->name, i->funcs.items[k]);
  }
  items_apply(d, value, "types", &n, names_find_type, type_apply);
  items_apply(d, value, "funcs", &n, names_find_func, func_apply);
  docs_read(d, json_object_get(value, "docs"), &i->docs);
  stability_read(d, json_object_get(value, "stability"), &i->stability);
  table_release(&n.types);
  table_release(&n.funcs);
}

/* Worlds */

typedef struct world_names {
  table imports, exports; /* world_item_key -> item */
  bool only_exports;      /* which of the two is meant; else imports first, then exports */
} world_names;

static world_item *world_find(void *from, str name) {
  world_names *n = from;
  world_item *import = n->only_exports ? NULL : table_get(&n->imports, name);
  return import ? import : table_get(&n->exports, name);
}

/* An item of the wanted kind, or NULL. */
static world_item *world_find_kind(void *from, str name, world_item_kind kind) {
  world_item *item = world_find(from, name);
  return item && item->kind == kind ? item : NULL;
}

static void *world_find_inline(void *from, str name) {
  world_item *item = world_find_kind(from, name, ITEM_INTERFACE);
  return item && item->name.len > 0 && item->interface->name.len == 0 ? item : NULL;
}

static void *world_find_interface(void *from, str name) {
  return world_find_kind(from, name, ITEM_INTERFACE);
}

static void *world_find_func(void *from, str name) {
  world_item *item = world_find_kind(from, name, ITEM_FUNC);
  return item ? item->func : NULL;
}

static void *world_find_type(void *from, str name) {
  world_item *item = world_find_kind(from, name, ITEM_TYPE);
  return item ? item->type : NULL;
}

static void inline_apply(docs_reader *d, json_t *value, void *item) {
  world_item *i = item;
  interface_apply(d, value, i->interface);
  i->stability = i->interface->stability;
}

static void item_stability_apply(docs_reader *d, json_t *value, void *item) {
  stability_read(d, value, &((world_item *)item)->stability);
}

static void item_docs_apply(docs_reader *d, json_t *value, void *item) {
  docs_read(d, value, &((world_item *)item)->docs);
}

static void world_names_init(world_names *n, world *w, arena *a) {
  table_init(&n->imports, a);
  table_init(&n->exports, a);
  n->only_exports = false;
  for (size_t i = 0; i < w->imports.count; i++) {
    table_add(&n->imports, world_item_key(a, &w->imports.items[i]), &w->imports.items[i]);
  }
  for (size_t i = 0; i < w->exports.count; i++) {
    table_add(&n->exports, world_item_key(a, &w->exports.items[i]), &w->exports.items[i]);
  }
}

static void world_items_apply(docs_reader *d, json_t *value, world_names *n) {
  items_apply(d, value, "interfaces", n, world_find_inline, inline_apply);
  items_apply(d, value, "types", n, world_find_type, type_apply);
  items_apply(d, value, "funcs", n, world_find_func, func_apply);
  items_apply(d, value, "interface_import_stability", n, world_find_interface, item_stability_apply);
  items_apply(d, value, "interface_import_docs", n, world_find_interface, item_docs_apply);
  n->only_exports = true;
  items_apply(d, value, "interface_exports", n, world_find_inline, inline_apply);
  items_apply(d, value, "func_exports", n, world_find_func, func_apply);
  items_apply(d, value, "interface_export_stability", n, world_find_interface, item_stability_apply);
  items_apply(d, value, "interface_export_docs", n, world_find_interface, item_docs_apply);
}

static void world_apply(docs_reader *d, json_t *value, void *item) {
  static const char *const fields[] = {"docs",
                                       "stability",
                                       "interfaces",
                                       "types",
                                       "funcs",
                                       "interface_exports",
                                       "func_exports",
                                       "interface_import_stability",
                                       "interface_export_stability",
                                       "interface_import_docs",
                                       "interface_export_docs",
                                       NULL};
  world *w = item;
  world_names n;
  fields_check(d, value, fields);
  world_names_init(&n, w, d->arena);
  world_items_apply(d, value, &n);
  docs_read(d, json_object_get(value, "docs"), &w->docs);
  stability_read(d, json_object_get(value, "stability"), &w->stability);
  table_release(&n.imports);
  table_release(&n.exports);
}

/* The package */

static void *package_find_interface(void *from, str name) {
  return names_find_type(from, name);
}

static void *package_find_world(void *from, str name) {
  return names_find_func(from, name);
}

static void package_apply(docs_reader *d, json_t *value, package *p) {
  static const char *const fields[] = {"docs", "worlds", "interfaces", NULL};
  names n; /* interfaces as `types`, worlds as `funcs` */
  fields_check(d, value, fields);
  table_init(&n.types, d->arena);
  table_init(&n.funcs, d->arena);
  for (size_t i = 0; i < p->interfaces.count; i++) {
    table_add(&n.types, p->interfaces.items[i]->name, p->interfaces.items[i]);
  }
  for (size_t i = 0; i < p->worlds.count; i++) {
    table_add(&n.funcs, p->worlds.items[i]->name, p->worlds.items[i]);
  }
  items_apply(d, value, "worlds", &n, package_find_world, world_apply);
  items_apply(d, value, "interfaces", &n, package_find_interface, interface_apply);
  docs_read(d, json_object_get(value, "docs"), &p->docs);
  table_release(&n.types);
  table_release(&n.funcs);
}

const char *wasm_docs_apply(str section, package *main, arena *a) {
  docs_reader d = {.arena = a};
  if (section.len == 0 || (unsigned char)section.ptr[0] > 1) {
    return "'package-docs' of an unknown version";
  }
  json_error_t error;
  json_t *root = json_loadb(section.ptr + 1, section.len - 1, JSON_ALLOW_NUL, &error);
  if (!root) {
    return "'package-docs' is not JSON";
  }
  package_apply(&d, root, main);
  json_decref(root);
  return d.why;
}
