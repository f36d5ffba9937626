/*
 * Lift: flat slots as a C value.
 *
 * Most values are one initializer: `{.x = p_x, .name = {p_name_ptr, p_name_len}}`. An absent payload is lifted from the
 * zeros that the ABI puts into its slots, which is harmless and needs no branch. Only where several payloads share
 * slots is there a switch.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/flat.h"

#include "support/vec.h"

bool lift_is_straight(const type *t) {
  t = type_resolve(t);
  size_t only = 0;
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE:
    for (size_t i = 0; i < t->members.count; i++) {
      if (!lift_is_straight(t->members.items[i].type))
        return false;
    }
    return true;
  case TYPE_FIXED_LIST: return lift_is_straight(t->elem);
  case TYPE_OPTION: case TYPE_RESULT: case TYPE_VARIANT: {
    size_t count = payload_count(t, &only);
    return count == 0 || (count == 1 && lift_is_straight(payload_type(t, only)));
  }
  default: return true;
  }
}

/* Initializers */

static str next_name(const slot_vec *slots, size_t *next) {
  return slots->items[(*next)++].name;
}

static str init_members(body *b, const type *t, const slot_vec *slots, size_t *next) {
  buf out;
  buf_init(&out, b->arena);
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    buf_add_c(&out, i == 0 ? "{" : ", ");
    if (t->kind == TYPE_RECORD)
      buf_printf(&out, ".%.*s = ", STR_ARG(view_ident(b->view, m->name)));
    buf_add(&out, lift_initializer(b, m->type, slots, next));
  }
  buf_add_byte(&out, '}');
  return buf_str(&out);
}

static str init_elements(body *b, const type *t, const slot_vec *slots, size_t *next) {
  buf out;
  buf_init(&out, b->arena);
  for (uint32_t i = 0; i < t->length; i++) {
    buf_add_c(&out, i == 0 ? "{{" : ", ");
    buf_add(&out, lift_initializer(b, t->elem, slots, next));
  }
  buf_add_c(&out, "}}");
  return buf_str(&out);
}

static const char *tag_member(const type *t) {
  return t->kind == TYPE_OPTION ? "is_some" : t->kind == TYPE_RESULT ? "is_err" : "tag";
}

static str init_variant(body *b, const type *t, const slot_vec *slots, size_t *next) {
  size_t only = 0;
  str tag = next_name(slots, next);
  if (payload_count(t, &only) == 0)
    return str_format(b->arena, "{.%s = %.*s}", tag_member(t), STR_ARG(tag));
  str payload = lift_initializer(b, payload_type(t, only), slots, next);
  if (t->kind != TYPE_OPTION)
    payload = str_format(b->arena, "{.%.*s = %.*s}", STR_ARG(payload_member(b->view, t, only)), STR_ARG(payload));
  return str_format(b->arena, "{.%s = %.*s, .val = %.*s}", tag_member(t), STR_ARG(tag), STR_ARG(payload));
}

static bool is_exported_borrow(body *b, const type *t) {
  return t->kind == TYPE_BORROW && view_resource_of(b->view, t)->exported;
}

str lift_initializer(body *b, const type *t, const slot_vec *slots, size_t *next) {
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_STRING: case TYPE_LIST: case TYPE_MAP: {
    str ptr = next_name(slots, next), len = next_name(slots, next);
    return str_format(b->arena, "{%.*s, %.*s}", STR_ARG(ptr), STR_ARG(len));
  }
  case TYPE_RECORD: case TYPE_TUPLE: return init_members(b, t, slots, next);
  case TYPE_FIXED_LIST: return init_elements(b, t, slots, next);
  case TYPE_OPTION: case TYPE_RESULT: case TYPE_VARIANT: return init_variant(b, t, slots, next);
  case TYPE_OWN: case TYPE_BORROW: {
    str handle = next_name(slots, next);
    return is_exported_borrow(b, t) ? handle : str_format(b->arena, "{%.*s}", STR_ARG(handle));
  }
  default: return next_name(slots, next);
  }
}

str lift_expression(body *b, const type *t, const slot_vec *slots, size_t *next) {
  str value = lift_initializer(b, t, slots, next);
  bool aggregate = str_starts_with(value, "{");
  return aggregate ? str_format(b->arena, "(%.*s)%.*s", STR_ARG(view_type_name(b->view, t)), STR_ARG(value)) : value;
}

/* Assignments, for values with a choice inside. */

static void lift_assign(body *b, const type *t, place to, const slot_vec *slots, size_t *next);

/* The payload of one case: its own slots, taken out of the joined ones. */
static void assign_payload(body *b, const type *t, size_t index, place to, const slot_vec *slots, size_t first) {
  const type *payload = payload_type(t, index);
  slot_vec own = {0};
  slots_add(b->view, payload, STR(""), &own);
  for (size_t i = 0; i < own.count; i++) {
    const slot *shared = &slots->items[first + i];
    own.items[i].name = slot_split(b->guest, shared, &own.items[i], shared->name);
  }
  place val = place_member(b->arena, to, STR("val"));
  str name = payload_member(b->view, t, index);
  size_t next = 0;
  lift_assign(b, payload, name.len ? place_member(b->arena, val, name) : val, &own, &next);
}

static void assign_result(body *b, const type *t, place to, const slot_vec *slots, size_t first) {
  body_open(b, t->err ? "if (%.*s) {" : "if (!%.*s) {", STR_ARG(slots->items[first - 1].name));
  assign_payload(b, t, t->err ? 1 : 0, to, slots, first);
  if (t->err && t->elem) {
    b->depth--;
    body_open(b, "} else {");
    assign_payload(b, t, 0, to, slots, first);
  }
  body_close(b, "}");
}

static void assign_cases(body *b, const type *t, place to, const slot_vec *slots, size_t first) {
  body_line(b, "switch (%.*s) {", STR_ARG(slots->items[first - 1].name));
  for (size_t i = 0; i < t->members.count; i++) {
    if (!t->members.items[i].type)
      continue;
    body_line(b, "case %.*s:", STR_ARG(case_macro(b->view, t, i)));
    b->depth++;
    assign_payload(b, t, i, to, slots, first);
    body_line(b, "break;");
    b->depth--;
  }
  body_line(b, "}");
}

static void assign_variant(body *b, const type *t, place to, const slot_vec *slots, size_t *next) {
  str tag = next_name(slots, next), to_tag = place_member(b->arena, to, str_of(tag_member(t))).text;
  body_line(b, "%.*s = %.*s;", STR_ARG(to_tag), STR_ARG(tag));
  slot_vec joined = {0};
  slots_add_payload(b->view, t, STR(""), &joined);
  if (t->kind == TYPE_OPTION) {
    body_open(b, "if (%.*s) {", STR_ARG(tag));
    assign_payload(b, t, 1, to, slots, *next);
    body_close(b, "}");
  } else if (t->kind == TYPE_RESULT) {
    assign_result(b, t, to, slots, *next);
  } else {
    assign_cases(b, t, to, slots, *next);
  }
  *next += joined.count;
}

static void lift_assign(body *b, const type *t, place to, const slot_vec *slots, size_t *next) {
  const type *r = type_resolve(t);
  if (lift_is_straight(r)) {
    str value = lift_expression(b, t, slots, next), target = place_value(b->arena, to);
    body_line(b, "%.*s = %.*s;", STR_ARG(target), STR_ARG(value));
    return;
  }
  if (r->kind == TYPE_RECORD || r->kind == TYPE_TUPLE) {
    for (size_t i = 0; i < r->members.count; i++) {
      str name = r->kind == TYPE_TUPLE ? str_format(b->arena, "f%zu", i)
                                       : view_ident(b->view, r->members.items[i].name);
      lift_assign(b, r->members.items[i].type, place_member(b->arena, to, name), slots, next);
    }
  } else if (r->kind == TYPE_FIXED_LIST) {
    str elements = place_member(b->arena, to, STR("f")).text;
    for (uint32_t i = 0; i < r->length; i++)
      lift_assign(b, r->elem, (place){str_format(b->arena, "%.*s[%u]", STR_ARG(elements), (unsigned)i), false}, slots,
                  next);
  } else {
    assign_variant(b, r, to, slots, next);
  }
}

void lift_declare(body *b, const type *t, str name, const slot_vec *slots, size_t *next) {
  str declaration = c_declare(b->arena, view_type_name(b->view, t), name);
  if (lift_is_straight(t)) {
    str value = lift_initializer(b, t, slots, next);
    body_line(b, "%.*s = %.*s;", STR_ARG(declaration), STR_ARG(value));
    return;
  }
  body_line(b, "%.*s;", STR_ARG(declaration));
  lift_assign(b, t, (place){name, false}, slots, next);
}
