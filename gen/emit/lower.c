/*
 * Lower: a C value as flat slots.
 *
 * lower_value walks a type beside an lvalue of it. Scalars, strings, records just name the parts: `p->x`, `s->ptr`. A
 * variant needs a choice; where a conditional expression can make it, it does, else the slots become temporaries:
 *
 *   uint8_t *name_ptr = NULL;
 *   size_t name_len = 0;
 *   if (p->name.is_some) {
 *     name_ptr = p->name.val.ptr;
 *     name_len = p->name.val.len;
 *   }
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/flat.h"

#include "support/vec.h"

str place_value(arena *a, place p) {
  return p.is_pointer ? str_format(a, "*%.*s", STR_ARG(p.text)) : p.text;
}

place place_member(arena *a, place p, str name) {
  return (place){str_format(a, p.is_pointer ? "%.*s->%.*s" : "%.*s.%.*s", STR_ARG(p.text), STR_ARG(name)), false};
}

static str member_value(arena *a, place p, str name) {
  return place_member(a, p, name).text;
}

static str zero_of(const slot *s) {
  if (str_eq_c(s->ctype, "bool"))
    return STR("false");
  return s->kind == SLOT_POINTER ? STR("NULL") : STR("0");
}

/* Whether lowering makes one slot and no statement. */
static bool is_single(const type *t) {
  t = type_resolve(t);
  size_t only;
  switch (t->kind) {
  case TYPE_STRING: case TYPE_LIST: case TYPE_MAP: return false;
  case TYPE_RECORD: case TYPE_TUPLE: return t->members.count == 1 && is_single(t->members.items[0].type);
  case TYPE_FIXED_LIST: return t->length == 1 && is_single(t->elem);
  case TYPE_OPTION: return false;
  case TYPE_RESULT: case TYPE_VARIANT: return payload_count(t, &only) == 0;
  default: return true;
  }
}

/* Temporaries */

/* Declares a temporary for each slot; they start as what an absent case has to be. */
static void declare_temporaries(body *b, slot_vec *slots, str_vec *out) {
  for (size_t i = 0; i < slots->count; i++) {
    slot *s = &slots->items[i];
    s->name = body_name(b, s->name);
    str declaration = c_declare(b->arena, s->ctype, s->name), zero = zero_of(s);
    body_line(b, "%.*s = %.*s;", STR_ARG(declaration), STR_ARG(zero));
    vec_push(b->arena, out, s->name);
  }
}

/* Assigns the slots of a value to temporaries; `to` is the first of them. */
static void assign_value(body *b, const type *t, place from, const slot *to);

static size_t slot_count(const type *t) {
  core_type flat[MAX_FLAT_PARAMS];
  return layout_flatten(t, flat, MAX_FLAT_PARAMS);
}

/* A value without choices inside. */
static void assign_leaf(body *b, const type *t, place from, const slot *to) {
  slot_vec own = {0};
  str_vec values = {0};
  slots_add(b->view, t, STR(""), &own);
  lower_value(b, t, from, STR(""), &values);
  for (size_t i = 0; i < own.count; i++) {
    str value = slot_join(b->guest, &own.items[i], &to[i], values.items[i]);
    body_line(b, "%.*s = %.*s;", STR_ARG(to[i].name), STR_ARG(value));
  }
}

static place member_place(body *b, const type *t, size_t index, place from) {
  str name = t->kind == TYPE_TUPLE ? str_format(b->arena, "f%zu", index)
                                   : view_ident(b->view, t->members.items[index].name);
  return place_member(b->arena, from, name);
}

static place element_place(body *b, size_t index, place from) {
  str elements = member_value(b->arena, from, STR("f"));
  return (place){str_format(b->arena, "%.*s[%zu]", STR_ARG(elements), index), false};
}

/* Choices */

static place payload_place(body *b, const type *t, size_t index, place from) {
  place val = place_member(b->arena, from, STR("val"));
  return t->kind == TYPE_OPTION ? val : place_member(b->arena, val, payload_member(b->view, t, index));
}

static str tag_value(body *b, const type *t, place from) {
  static const char *const names[] = {[TYPE_OPTION] = "is_some", [TYPE_RESULT] = "is_err", [TYPE_VARIANT] = "tag"};
  return member_value(b->arena, from, str_of(names[t->kind]));
}

static str case_condition(body *b, const type *t, size_t index, place from) {
  str tag = tag_value(b, t, from);
  if (t->kind == TYPE_VARIANT)
    return str_format(b->arena, "%.*s == %.*s", STR_ARG(tag), STR_ARG(case_macro(b->view, t, index)));
  return index == 1 ? tag : str_format(b->arena, "!%.*s", STR_ARG(tag));
}

static void assign_variant_cases(body *b, const type *t, place from, const slot *to) {
  body_line(b, "switch (%.*s) {", STR_ARG(tag_value(b, t, from)));
  for (size_t i = 0; i < t->members.count; i++) {
    if (!t->members.items[i].type)
      continue;
    body_open(b, "case %.*s:", STR_ARG(case_macro(b->view, t, i)));
    assign_value(b, t->members.items[i].type, payload_place(b, t, i, from), to);
    body_line(b, "break;");
    b->depth--;
  }
  body_line(b, "}");
}

/* The payload of the case that is there; `to` is the first slot after the tag. */
static void assign_payload(body *b, const type *t, place from, const slot *to) {
  size_t only = 0, count = payload_count(t, &only);
  if (count == 0)
    return;
  if (count > 1 && t->kind == TYPE_VARIANT) {
    assign_variant_cases(b, t, from, to);
    return;
  }
  body_open(b, "if (%.*s) {", STR_ARG(case_condition(b, t, only, from)));
  assign_value(b, payload_type(t, only), payload_place(b, t, only, from), to);
  if (count > 1) {
    b->depth--;
    body_open(b, "} else {");
    assign_value(b, payload_type(t, 0), payload_place(b, t, 0, from), to);
  }
  body_close(b, "}");
}

static void assign_value(body *b, const type *t, place from, const slot *to) {
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE:
    for (size_t i = 0; i < t->members.count; to += slot_count(t->members.items[i++].type))
      assign_value(b, t->members.items[i].type, member_place(b, t, i, from), to);
    break;
  case TYPE_FIXED_LIST:
    for (size_t i = 0; i < t->length; i++, to += slot_count(t->elem))
      assign_value(b, t->elem, element_place(b, i, from), to);
    break;
  case TYPE_OPTION: case TYPE_RESULT: case TYPE_VARIANT:
    body_line(b, "%.*s = %.*s;", STR_ARG(to->name), STR_ARG(tag_value(b, t, from)));
    assign_payload(b, t, from, to + 1);
    break;
  default: assign_leaf(b, t, from, to); break;
  }
}

/* One payload, present or not. */
static void lower_payload_if(body *b, str condition, const type *payload, place from, str hint, str_vec *out) {
  slot_vec slots = {0};
  slots_add(b->view, payload, hint, &slots);
  if (is_single(payload)) {
    str_vec value = {0};
    lower_value(b, payload, from, hint, &value);
    vec_push(b->arena, out, str_format(b->arena, "%.*s ? %.*s : %.*s", STR_ARG(condition), STR_ARG(value.items[0]),
                                       STR_ARG(zero_of(&slots.items[0]))));
    return;
  }
  declare_temporaries(b, &slots, out);
  body_open(b, "if (%.*s) {", STR_ARG(condition));
  assign_value(b, payload, from, slots.items);
  body_close(b, "}");
}

static void lower_variant(body *b, const type *t, place from, str hint, str_vec *out) {
  vec_push(b->arena, out, tag_value(b, t, from));
  size_t only = 0, count = payload_count(t, &only);
  if (count == 1) {
    lower_payload_if(b, case_condition(b, t, only, from), payload_type(t, only), payload_place(b, t, only, from), hint,
                     out);
  } else if (count > 1) {
    slot_vec joined = {0};
    slots_add_payload(b->view, t, hint, &joined);
    declare_temporaries(b, &joined, out);
    assign_payload(b, t, from, joined.items);
  }
}

void lower_maybe(body *b, const type *option, str pointer, str hint, str_vec *out) {
  str present = str_format(b->arena, "%.*s != NULL", STR_ARG(pointer));
  vec_push(b->arena, out, present);
  lower_payload_if(b, present, type_resolve(option)->elem, (place){pointer, true}, hint, out);
}

/* Values */

static void lower_members(body *b, const type *t, place from, str hint, str_vec *out) {
  for (size_t i = 0; i < t->members.count; i++) {
    str part = t->kind == TYPE_TUPLE ? str_format(b->arena, "f%zu", i) : names_snake(b->arena, t->members.items[i].name);
    str sub = str_format(b->arena, "%.*s_%.*s", STR_ARG(hint), STR_ARG(part));
    lower_value(b, t->members.items[i].type, member_place(b, t, i, from), sub, out);
  }
}

static void lower_elements(body *b, const type *t, place from, str hint, str_vec *out) {
  for (size_t i = 0; i < t->length; i++)
    lower_value(b, t->elem, element_place(b, i, from), str_format(b->arena, "%.*s_%zu", STR_ARG(hint), i), out);
}

void lower_value(body *b, const type *t, place from, str hint, str_vec *out) {
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_STRING: case TYPE_LIST: case TYPE_MAP:
    vec_push(b->arena, out, member_value(b->arena, from, STR("ptr")));
    vec_push(b->arena, out, member_value(b->arena, from, STR("len")));
    break;
  case TYPE_RECORD: case TYPE_TUPLE: lower_members(b, t, from, hint, out); break;
  case TYPE_FIXED_LIST: lower_elements(b, t, from, hint, out); break;
  case TYPE_OPTION: case TYPE_RESULT: case TYPE_VARIANT: lower_variant(b, t, from, hint, out); break;
  case TYPE_OWN: vec_push(b->arena, out, member_value(b->arena, from, STR("__handle"))); break;
  case TYPE_BORROW:
    if (view_resource_of(b->view, t)->exported)
      vec_push(b->arena, out, place_value(b->arena, from));
    else
      vec_push(b->arena, out, member_value(b->arena, from, STR("__handle")));
    break;
  default: vec_push(b->arena, out, place_value(b->arena, from)); break;
  }
}
