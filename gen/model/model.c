/*
 * Model helpers: primitives, names as text.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "model/model.h"

#define PRIMITIVE(k) [TYPE_##k] = {.kind = TYPE_##k}

static const type primitives[TYPE_PRIMITIVES] = {
    PRIMITIVE(BOOL), PRIMITIVE(U8),   PRIMITIVE(U16),    PRIMITIVE(U32),           PRIMITIVE(U64),
    PRIMITIVE(S8),   PRIMITIVE(S16),  PRIMITIVE(S32),    PRIMITIVE(S64),           PRIMITIVE(F32),
    PRIMITIVE(F64),  PRIMITIVE(CHAR), PRIMITIVE(STRING), PRIMITIVE(ERROR_CONTEXT),
};

static const char *const primitive_names[TYPE_PRIMITIVES] = {
    [TYPE_BOOL] = "bool", [TYPE_U8] = "u8",     [TYPE_U16] = "u16",       [TYPE_U32] = "u32",
    [TYPE_U64] = "u64",   [TYPE_S8] = "s8",     [TYPE_S16] = "s16",       [TYPE_S32] = "s32",
    [TYPE_S64] = "s64",   [TYPE_F32] = "f32",   [TYPE_F64] = "f64",       [TYPE_CHAR] = "char",
    [TYPE_STRING] = "string", [TYPE_ERROR_CONTEXT] = "error-context",
};

const type *type_primitive(type_kind kind) {
  return &primitives[kind];
}

const char *type_primitive_name(type_kind kind) {
  return primitive_names[kind];
}

const type *type_resolve(const type *t) {
  while (t->kind == TYPE_ALIAS) {
    t = t->elem;
  }
  return t;
}

/* "ns:name", "/item" unless it is empty, "@version" */
static str name_text(arena *a, const package_name *name, str item) {
  buf b;
  buf_init(&b, a);
  buf_add(&b, name->ns);
  buf_add_byte(&b, ':');
  buf_add(&b, name->name);
  if (item.len > 0) {
    buf_add_byte(&b, '/');
    buf_add(&b, item);
  }
  if (name->has_version) {
    buf_add_byte(&b, '@');
    buf_add(&b, semver_text(a, &name->version));
  }
  return buf_str(&b);
}

str package_name_text(arena *a, const package_name *name) {
  return name_text(a, name, (str){"", 0});
}

bool package_name_eq(const package_name *a, const package_name *b) {
  return str_eq(a->ns, b->ns) && str_eq(a->name, b->name) && a->has_version == b->has_version &&
         (!a->has_version || semver_compare(&a->version, &b->version) == 0);
}

str interface_id_text(arena *a, const interface *i) {
  return i->name.len == 0 ? i->name : name_text(a, &i->package->name, i->name);
}

str world_item_key(arena *a, const world_item *item) {
  return item->name.len > 0 ? item->name : interface_id_text(a, item->interface);
}
