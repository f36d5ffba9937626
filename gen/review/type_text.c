/*
 * Type text: a type as WIT mentions it; what is very long is cut.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

enum { TEXT_LIMIT = 120 };

static const char *const words[] = {
    [TYPE_RECORD] = "record", [TYPE_TUPLE] = "tuple",   [TYPE_VARIANT] = "variant",   [TYPE_ENUM] = "enum",
    [TYPE_FLAGS] = "flags",   [TYPE_OPTION] = "option", [TYPE_RESULT] = "result",     [TYPE_LIST] = "list",
    [TYPE_FIXED_LIST] = "list", [TYPE_MAP] = "map",     [TYPE_FUTURE] = "future",     [TYPE_STREAM] = "stream",
    [TYPE_RESOURCE] = "resource", [TYPE_OWN] = "own",   [TYPE_BORROW] = "borrow",     [TYPE_ALIAS] = "type",
};

const char *type_kind_word(const type *t) {
  return t->kind < TYPE_PRIMITIVES ? type_primitive_name(t->kind) : words[t->kind];
}

static void add_type(buf *b, const type *t);

static void add_argument(buf *b, const type *t, bool *first) {
  buf_add_c(b, *first ? "<" : ", ");
  *first = false;
  if (t)
    add_type(b, t);
  else
    buf_add_byte(b, '_');
}

static void add_structure(buf *b, const type *t) {
  bool first = true, labelled = t->kind != TYPE_TUPLE; /* what has labels is told by its word */
  buf_add_c(b, type_kind_word(t));
  for (size_t i = 0; !labelled && i < t->members.count && b->count <= TEXT_LIMIT; i++)
    add_argument(b, t->members.items[i].type, &first);
  if (t->key)
    add_argument(b, t->key, &first);
  if (t->elem || t->err)
    add_argument(b, t->elem, &first);
  if (t->err)
    add_argument(b, t->err, &first);
  if (t->kind == TYPE_FIXED_LIST)
    buf_printf(b, ", %u", t->length);
  if (!first)
    buf_add_byte(b, '>');
}

static void add_type(buf *b, const type *t) {
  if (t->kind >= TYPE_PRIMITIVES && t->name.len)
    buf_add(b, t->name);
  else if (t->kind == TYPE_OWN) /* WIT writes an owned handle as the resource */
    add_type(b, t->elem);
  else if (b->count > TEXT_LIMIT)
    buf_add_c(b, "...");
  else
    add_structure(b, t);
}

str type_text(arena *a, const type *t) {
  buf b;
  buf_init(&b, a);
  add_type(&b, t);
  return buf_str(&b);
}

str type_structure_text(arena *a, const type *t) {
  buf b;
  buf_init(&b, a);
  if (t->kind == TYPE_ALIAS)
    add_type(&b, t->elem);
  else
    add_structure(&b, t);
  return buf_str(&b);
}
