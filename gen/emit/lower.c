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
    str name = body_name(b, s->name), declaration = c_declare(b->arena, s->ctype, name);
    s->name = name;
    body_line(b, "%.*s = %.*s;", STR_ARG(declaration), STR_ARG(zero_of(s)));
    vec_push(b->arena, out, name);
  }
}

/* Sets the temporaries to the payload of one case. */
static void assign_case(body *b, const type *payload, place from, str hint, const slot_vec *joined) {
  slot_vec own = {0};
  str_vec values = {0};
  slots_add(b->view, payload, hint, &own);
  lower_value(b, payload, from, hint, &values);
  for (size_t i = 0; i < own.count; i++) {
    str value = slot_join(b->guest, &own.items[i], &joined->items[i], values.items[i]);
    body_line(b, "%.*s = %.*s;", STR_ARG(joined->items[i].name), STR_ARG(value));
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
  assign_case(b, payload, from, hint, &slots);
  body_close(b, "}");
}

/* Variants */

static place payload_place(body *b, const type *t, size_t index, place from) {
  place val = place_member(b->arena, from, STR("val"));
  return place_member(b->arena, val, payload_member(b->arena, t, index));
}

static str case_condition(body *b, const type *t, size_t index, place from) {
  if (t->kind == TYPE_RESULT) {
    str is_err = member_value(b->arena, from, STR("is_err"));
    return index == 0 ? str_format(b->arena, "!%.*s", STR_ARG(is_err)) : is_err;
  }
  str tag = member_value(b->arena, from, STR("tag")), macro = case_macro(b->view, t, index);
  return str_format(b->arena, "%.*s == %.*s", STR_ARG(tag), STR_ARG(macro));
}

static void lower_result_payloads(body *b, const type *t, place from, str hint, const slot_vec *joined) {
  body_open(b, "if (%.*s) {", STR_ARG(member_value(b->arena, from, STR("is_err"))));
  assign_case(b, t->err, payload_place(b, t, 1, from), hint, joined);
  b->depth--;
  body_open(b, "} else {");
  assign_case(b, t->elem, payload_place(b, t, 0, from), hint, joined);
  body_close(b, "}");
}

static void lower_variant_payloads(body *b, const type *t, place from, str hint, const slot_vec *joined) {
  body_line(b, "switch (%.*s) {", STR_ARG(member_value(b->arena, from, STR("tag"))));
  for (size_t i = 0; i < t->members.count; i++) {
    if (!t->members.items[i].type)
      continue;
    body_open(b, "case %.*s: {", STR_ARG(case_macro(b->view, t, i)));
    assign_case(b, t->members.items[i].type, payload_place(b, t, i, from), hint, joined);
    body_line(b, "break;");
    body_close(b, "}");
  }
  body_line(b, "}");
}

static void lower_variant(body *b, const type *t, place from, str hint, str_vec *out) {
  str tag = t->kind == TYPE_RESULT ? STR("is_err") : STR("tag");
  vec_push(b->arena, out, member_value(b->arena, from, tag));
  size_t only = 0, count = payload_count(t, &only);
  if (count == 0)
    return;
  if (count == 1) {
    lower_payload_if(b, case_condition(b, t, only, from), payload_type(t, only), payload_place(b, t, only, from), hint,
                     out);
    return;
  }
  slot_vec joined = {0};
  slots_add_payload(b->view, t, hint, &joined);
  declare_temporaries(b, &joined, out);
  if (t->kind == TYPE_RESULT)
    lower_result_payloads(b, t, from, hint, &joined);
  else
    lower_variant_payloads(b, t, from, hint, &joined);
}

static void lower_option(body *b, const type *t, place from, str hint, str_vec *out) {
  str is_some = member_value(b->arena, from, STR("is_some"));
  vec_push(b->arena, out, is_some);
  lower_payload_if(b, is_some, t->elem, place_member(b->arena, from, STR("val")), hint, out);
}

void lower_maybe(body *b, const type *option, str pointer, str hint, str_vec *out) {
  str present = str_format(b->arena, "%.*s != NULL", STR_ARG(pointer));
  vec_push(b->arena, out, present);
  lower_payload_if(b, present, type_resolve(option)->elem, (place){pointer, true}, hint, out);
}

/* Values */

static void lower_members(body *b, const type *t, place from, str hint, str_vec *out) {
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    str name = t->kind == TYPE_TUPLE ? str_format(b->arena, "f%zu", i) : names_ident(b->arena, m->name);
    str sub = str_format(b->arena, "%.*s_%.*s", STR_ARG(hint), STR_ARG(name));
    lower_value(b, m->type, place_member(b->arena, from, name), sub, out);
  }
}

static void lower_elements(body *b, const type *t, place from, str hint, str_vec *out) {
  str elements = member_value(b->arena, from, STR("f"));
  for (uint32_t i = 0; i < t->length; i++) {
    str element = str_format(b->arena, "%.*s[%u]", STR_ARG(elements), (unsigned)i);
    lower_value(b, t->elem, (place){element, false}, str_format(b->arena, "%.*s_%u", STR_ARG(hint), (unsigned)i), out);
  }
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
  case TYPE_OPTION: lower_option(b, t, from, hint, out); break;
  case TYPE_RESULT: case TYPE_VARIANT: lower_variant(b, t, from, hint, out); break;
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
