/*
 * Component comment: `type 8: result<_, string>`, `type 9: async func(self: type 7) -> type 8`.
 *
 * Long declarators are cut: their names can be read in the bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/component_comment.h"

enum { COMMENT_LIMIT = 160 };

static void say_type(const component_comment *c, buf *b, const type *t) {
  int64_t code = c->valtype(c->encoder, t);
  if (code < 0) {
    buf_add_c(b, type_primitive_name(type_resolve(t)->kind));
  } else {
    buf_printf(b, "type %u", (unsigned)code);
  }
}

/* `open` in front of the first part, a comma in front of the others; false when the comment has become long enough. */
static bool say_next(buf *b, size_t index, const char *open) {
  if (b->count > COMMENT_LIMIT) {
    buf_add_c(b, ", ...");
    return false;
  }
  buf_add_c(b, index == 0 ? open : ", ");
  return true;
}

static void say_members(const component_comment *c, buf *b, const type *t) {
  for (size_t i = 0; i < t->members.count && say_next(b, i, " { "); i++) {
    const member *m = &t->members.items[i];
    buf_add(b, m->name);
    if (m->type) {
      buf_add_c(b, m->name.len > 0 ? ": " : "");
      say_type(c, b, m->type);
    }
  }
  buf_add_c(b, " }");
}

static void say_parts(const component_comment *c, buf *b, const type *t) {
  const type *parts[] = {t->key, t->elem, t->err};
  size_t said = 0;
  for (size_t i = 0; i < 3; i++) {
    bool is_left_out = i == 1 && t->err && !t->elem; /* result<_, e> */
    if (is_left_out) {
      buf_add_c(b, "<_");
      said++;
    } else if (parts[i]) {
      say_next(b, said++, "<");
      say_type(c, b, parts[i]);
    }
  }
  if (t->kind == TYPE_FIXED_LIST) {
    buf_printf(b, ", %u", t->length);
  }
  buf_add_c(b, said > 0 ? ">" : "");
}

str comment_defined(const component_comment *c, const type *t, const char *word) {
  buf b;
  buf_init(&b, c->arena);
  buf_printf(&b, "type %u: %s", c->index, word);
  if (t->members.count > 0) {
    say_members(c, &b, t);
  } else {
    say_parts(c, &b, t);
  }
  return buf_str(&b);
}

str comment_func(const component_comment *c, const func *f) {
  buf b;
  buf_init(&b, c->arena);
  buf_printf(&b, "type %u: %sfunc(", c->index, f->is_async ? "async " : "");
  for (size_t i = 0; i < f->params.count && say_next(&b, i, ""); i++) {
    buf_add(&b, f->params.items[i].name);
    buf_add_c(&b, ": ");
    say_type(c, &b, f->params.items[i].type);
  }
  buf_add_byte(&b, ')');
  if (f->result) {
    buf_add_c(&b, " -> ");
    say_type(c, &b, f->result);
  }
  return buf_str(&b);
}
