/*
 * JSON: the model as a jansson value, then as text.
 *
 * Key names, the nesting of kinds and what is left out when it is empty are those of the reference tool's output, so that
 * values can be compared. Ids are positions in the lists.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "model/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* jansson's own memory is outside the arena; values are released with the root. Being out of memory ends the process. */
static json_t *checked(json_t *value) {
  if (value == NULL) {
    fputs("witgen: out of memory\n", stderr);
    exit(1);
  }
  return value;
}

static json_t *text_of(str s) {
  return checked(json_stringn_nocheck(s.ptr, s.len));
}

static json_t *number_of(uint32_t id) {
  return checked(json_integer(id));
}

static json_t *object_new(void) {
  return checked(json_object());
}

static void set(json_t *object, const char *key, json_t *value) {
  if (json_object_set_new_nocheck(object, key, value) != 0) {
    checked(NULL);
  }
}

static void set_str(json_t *object, arena *a, str key, json_t *value) {
  set(object, str_c(a, key), value);
}

static json_t *wrap(const char *key, json_t *value) {
  json_t *object = object_new();
  set(object, key, value);
  return object;
}

static void append(json_t *array, json_t *value) {
  if (json_array_append_new(array, value) != 0) {
    checked(NULL);
  }
}

/* What items have in common */

static void add_docs(json_t *object, const docs *d) {
  if (d->present) {
    set(object, "docs", wrap("contents", text_of(d->text)));
  }
}

static void add_stability(json_t *object, const stability *s, arena *a) {
  if (s->kind == STABILITY_UNKNOWN) {
    return;
  }
  json_t *inner = object_new();
  if (s->kind == STABILITY_STABLE) {
    set(inner, "since", text_of(semver_text(a, &s->since)));
  } else {
    set(inner, "feature", text_of(s->feature));
  }
  if (s->is_deprecated) {
    set(inner, "deprecated", text_of(semver_text(a, &s->deprecated)));
  }
  set(object, "stability", wrap(s->kind == STABILITY_STABLE ? "stable" : "unstable", inner));
}

static void add_external_id(json_t *object, bool present, str id) {
  if (present) {
    set(object, "external_id", text_of(id));
  }
}

/* Types */

static json_t *ref_of(const type *t) {
  if (t == NULL) {
    return checked(json_null());
  }
  return t->kind < TYPE_PRIMITIVES ? checked(json_string(type_primitive_name(t->kind))) : number_of(t->id);
}

static json_t *members_of(const type *t, const char *list, bool with_types) {
  json_t *array = checked(json_array());
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    json_t *object = wrap("name", text_of(m->name));
    if (with_types) {
      set(object, "type", ref_of(m->type));
    }
    add_docs(object, &m->docs);
    append(array, object);
  }
  return wrap(list, array);
}

static json_t *tuple_of(const type *t) {
  json_t *array = checked(json_array());
  for (size_t i = 0; i < t->members.count; i++) {
    append(array, ref_of(t->members.items[i].type));
  }
  return wrap("types", array);
}

static json_t *pair_of(json_t *first, json_t *second) {
  json_t *array = checked(json_array());
  append(array, first);
  append(array, second);
  return array;
}

static json_t *result_of(const type *t) {
  json_t *object = wrap("ok", ref_of(t->elem));
  set(object, "err", ref_of(t->err));
  return object;
}

static json_t *kind_of(const type *t) {
  switch (t->kind) {
  case TYPE_RECORD: return wrap("record", members_of(t, "fields", true));
  case TYPE_TUPLE: return wrap("tuple", tuple_of(t));
  case TYPE_VARIANT: return wrap("variant", members_of(t, "cases", true));
  case TYPE_ENUM: return wrap("enum", members_of(t, "cases", false));
  case TYPE_FLAGS: return wrap("flags", members_of(t, "flags", false));
  case TYPE_OPTION: return wrap("option", ref_of(t->elem));
  case TYPE_RESULT: return wrap("result", result_of(t));
  case TYPE_LIST: return wrap("list", ref_of(t->elem));
  case TYPE_FIXED_LIST: return wrap("fixed-length-list", pair_of(ref_of(t->elem), number_of(t->length)));
  case TYPE_MAP: return wrap("map", pair_of(ref_of(t->key), ref_of(t->elem)));
  case TYPE_FUTURE: return wrap("future", ref_of(t->elem));
  case TYPE_STREAM: return wrap("stream", ref_of(t->elem));
  case TYPE_OWN: return wrap("handle", wrap("own", ref_of(t->elem)));
  case TYPE_BORROW: return wrap("handle", wrap("borrow", ref_of(t->elem)));
  case TYPE_ALIAS: return wrap("type", ref_of(t->elem));
  default: return checked(json_string("resource"));
  }
}

static json_t *owner_of(const owner *o) {
  switch (o->kind) {
  case OWNER_INTERFACE: return wrap("interface", number_of(o->interface->id));
  case OWNER_WORLD: return wrap("world", number_of(o->world->id));
  case OWNER_NONE: break;
  }
  return checked(json_null());
}

static json_t *type_json(const type *t, arena *a) {
  json_t *object = wrap("name", t->name.len > 0 ? text_of(t->name) : checked(json_null()));
  set(object, "kind", kind_of(t));
  set(object, "owner", owner_of(&t->owner));
  add_docs(object, &t->docs);
  add_stability(object, &t->stability, a);
  add_external_id(object, t->has_external_id, t->external_id);
  return object;
}

/* Functions */

static const char *func_kind_name(const func *f) {
  static const char *const plain[] = {[FUNC_FREESTANDING] = "freestanding",
                                      [FUNC_METHOD] = "method",
                                      [FUNC_STATIC] = "static",
                                      [FUNC_CONSTRUCTOR] = "constructor"};
  static const char *const async[] = {[FUNC_FREESTANDING] = "async-freestanding",
                                      [FUNC_METHOD] = "async-method",
                                      [FUNC_STATIC] = "async-static",
                                      [FUNC_CONSTRUCTOR] = "constructor"};
  static const char *const getter[] = {[FUNC_FREESTANDING] = "getter",
                                       [FUNC_METHOD] = "method-getter",
                                       [FUNC_STATIC] = "static-getter",
                                       [FUNC_CONSTRUCTOR] = "constructor"};
  static const char *const setter[] = {[FUNC_FREESTANDING] = "setter",
                                       [FUNC_METHOD] = "method-setter",
                                       [FUNC_STATIC] = "static-setter",
                                       [FUNC_CONSTRUCTOR] = "constructor"};
  switch (f->accessor) {
  case ACCESSOR_GETTER: return getter[f->kind];
  case ACCESSOR_SETTER: return setter[f->kind];
  case ACCESSOR_NONE: break;
  }
  return f->is_async ? async[f->kind] : plain[f->kind];
}

static json_t *params_json(const param_vec *params) {
  json_t *array = checked(json_array());
  for (size_t i = 0; i < params->count; i++) {
    json_t *object = wrap("name", text_of(params->items[i].name));
    set(object, "type", ref_of(params->items[i].type));
    append(array, object);
  }
  return array;
}

static json_t *func_json(const func *f, arena *a) {
  json_t *object = wrap("name", text_of(f->name));
  const char *kind = func_kind_name(f);
  set(object, "kind", f->kind == FUNC_FREESTANDING ? checked(json_string(kind)) : wrap(kind, ref_of(f->resource)));
  set(object, "params", params_json(&f->params));
  if (f->result != NULL) {
    set(object, "result", ref_of(f->result));
  }
  add_docs(object, &f->docs);
  add_stability(object, &f->stability, a);
  add_external_id(object, f->has_external_id, f->external_id);
  return object;
}

/* Interfaces, worlds, packages */

static json_t *interface_json(const interface *i, arena *a) {
  json_t *object = wrap("name", i->name.len > 0 ? text_of(i->name) : checked(json_null()));
  json_t *types = object_new();
  for (size_t k = 0; k < i->types.count; k++) {
    set_str(types, a, i->types.items[k]->name, number_of(i->types.items[k]->id));
  }
  set(object, "types", types);
  json_t *funcs = object_new();
  for (size_t k = 0; k < i->funcs.count; k++) {
    set_str(funcs, a, i->funcs.items[k]->name, func_json(i->funcs.items[k], a));
  }
  set(object, "functions", funcs);
  add_docs(object, &i->docs);
  add_stability(object, &i->stability, a);
  set(object, "package", number_of(i->package->id));
  if (i->clone_of != NULL) {
    set(object, "clone_of", number_of(i->clone_of->id));
  }
  return object;
}

static json_t *item_interface_json(const world_item *item, arena *a) {
  json_t *object = wrap("id", number_of(item->interface->id));
  add_stability(object, &item->stability, a);
  add_external_id(object, item->has_external_id, item->external_id);
  add_docs(object, &item->docs);
  return wrap("interface", object);
}

static json_t *item_json(const world_item *item, arena *a) {
  switch (item->kind) {
  case ITEM_INTERFACE: return item_interface_json(item, a);
  case ITEM_FUNC: return wrap("function", func_json(item->func, a));
  case ITEM_TYPE: break;
  }
  return wrap("type", number_of(item->type->id));
}

static json_t *items_json(const world_item_vec *items, arena *a) {
  json_t *object = object_new();
  for (size_t i = 0; i < items->count; i++) {
    const world_item *item = &items->items[i];
    str key = item->name.len > 0 ? item->name : str_format(a, "interface-%u", item->interface->id);
    set_str(object, a, key, item_json(item, a));
  }
  return object;
}

static json_t *world_json(const world *w, arena *a) {
  json_t *object = wrap("name", text_of(w->name));
  set(object, "imports", items_json(&w->imports, a));
  set(object, "exports", items_json(&w->exports, a));
  set(object, "package", number_of(w->package->id));
  add_docs(object, &w->docs);
  add_stability(object, &w->stability, a);
  return object;
}

static json_t *package_json(const package *p, arena *a) {
  json_t *object = wrap("name", text_of(package_name_text(a, &p->name)));
  add_docs(object, &p->docs);
  json_t *interfaces = object_new();
  for (size_t i = 0; i < p->interfaces.count; i++) {
    set_str(interfaces, a, p->interfaces.items[i]->name, number_of(p->interfaces.items[i]->id));
  }
  set(object, "interfaces", interfaces);
  json_t *worlds = object_new();
  for (size_t i = 0; i < p->worlds.count; i++) {
    set_str(worlds, a, p->worlds.items[i]->name, number_of(p->worlds.items[i]->id));
  }
  set(object, "worlds", worlds);
  return object;
}

static json_t *root_json(const model *m, arena *a) {
  json_t *worlds = checked(json_array()), *interfaces = checked(json_array());
  json_t *types = checked(json_array()), *packages = checked(json_array());
  for (size_t i = 0; i < m->worlds.count; i++) {
    append(worlds, world_json(m->worlds.items[i], a));
  }
  for (size_t i = 0; i < m->interfaces.count; i++) {
    append(interfaces, interface_json(m->interfaces.items[i], a));
  }
  for (size_t i = 0; i < m->types.count; i++) {
    append(types, type_json(m->types.items[i], a));
  }
  for (size_t i = 0; i < m->packages.count; i++) {
    append(packages, package_json(m->packages.items[i], a));
  }
  json_t *root = wrap("worlds", worlds);
  set(root, "interfaces", interfaces);
  set(root, "types", types);
  set(root, "packages", packages);
  return root;
}

static int add_chunk(const char *bytes, size_t len, void *user) {
  buf_add(user, (str){bytes, len});
  return 0;
}

str model_json(const model *m, arena *a) {
  json_t *root = root_json(m, a);
  buf out;
  buf_init(&out, a);
  if (json_dump_callback(root, add_chunk, &out, JSON_INDENT(2)) != 0) {
    checked(NULL);
  }
  json_decref(root);
  buf_add_byte(&out, '\n');
  return buf_str(&out);
}
