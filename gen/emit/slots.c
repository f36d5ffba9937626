/*
 * Slots: flattening with C types, and the conversions between the slots of a case and those of its variant.
 *
 * Source: CanonicalABI.md, section Flattening; definitions.py `flatten_variant`, `join`, `lower_flat_variant`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/slots.h"

#include "support/vec.h"

/* Cases, the same way for option, result and variant. */

size_t case_count(const type *t) {
  return t->kind == TYPE_OPTION || t->kind == TYPE_RESULT ? 2 : t->members.count;
}

const type *payload_type(const type *t, size_t index) {
  if (t->kind == TYPE_OPTION)
    return index == 1 ? t->elem : NULL;
  if (t->kind == TYPE_RESULT)
    return index == 0 ? t->elem : t->err;
  return t->members.items[index].type;
}

str payload_member(const view *v, const type *t, size_t index) {
  if (t->kind == TYPE_OPTION)
    return STR("");
  if (t->kind == TYPE_RESULT)
    return index == 0 ? STR("ok") : STR("err");
  return view_ident(v, t->members.items[index].name);
}

size_t payload_count(const type *t, size_t *only) {
  size_t count = 0;
  for (size_t i = 0; i < case_count(t); i++) {
    if (!payload_type(t, i))
      continue;
    count++;
    *only = i;
  }
  return count;
}

str case_macro(const view *v, const type *t, size_t index) {
  str stem = names_shouty(v->arena, view_type_of(v, t)->stem);
  str name = names_shouty(v->arena, t->members.items[index].name);
  return str_format(v->arena, "%.*s_%.*s", STR_ARG(stem), STR_ARG(name));
}

/* Flattening */

static void add_slot(const view *v, core_type core, slot_kind kind, str ctype, str name, slot_vec *out) {
  vec_push(v->arena, out, ((slot){core, kind, ctype, name}));
}

static str sub_name(const view *v, str name, str part) {
  return str_format(v->arena, "%.*s_%.*s", STR_ARG(name), STR_ARG(part));
}

static slot_kind scalar_kind(type_kind kind) {
  switch (kind) {
  case TYPE_S8: case TYPE_S16: case TYPE_S32: case TYPE_S64: return SLOT_SIGNED;
  case TYPE_F32: case TYPE_F64: return SLOT_FLOAT;
  default: return SLOT_UNSIGNED;
  }
}

static void add_scalar(const view *v, const type *t, str name, slot_vec *out) {
  core_type core = CORE_I32;
  layout_flatten(t, &core, 1);
  add_slot(v, core, scalar_kind(t->kind), view_type_name(v, t), name, out);
}

/* Strings, lists, maps. */
static void add_sequence(const view *v, const type *t, str name, slot_vec *out) {
  str elem;
  if (t->kind == TYPE_STRING)
    elem = v->options->encoding == ENCODING_UTF16 ? STR("uint16_t") : STR("uint8_t");
  else
    elem = t->kind == TYPE_MAP ? view_map_entry_name(v, t) : view_type_name(v, t->elem);
  str pointer = str_format(v->arena, "%.*s *", STR_ARG(elem));
  add_slot(v, CORE_I32, SLOT_POINTER, pointer, sub_name(v, name, STR("ptr")), out);
  add_slot(v, CORE_I32, SLOT_UNSIGNED, STR("size_t"), sub_name(v, name, STR("len")), out);
}

static void add_handle(const view *v, const type *t, str name, slot_vec *out) {
  const view_resource *r = view_resource_of(v, t);
  if (t->kind == TYPE_BORROW && r->exported)
    add_slot(v, CORE_I32, SLOT_POINTER, str_format(v->arena, "%.*s *", STR_ARG(r->rep)), name, out);
  else
    add_slot(v, CORE_I32, SLOT_SIGNED, STR("int32_t"), name, out);
}

static void add_members(const view *v, const type *t, str name, slot_vec *out) {
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    str part = t->kind == TYPE_TUPLE ? str_format(v->arena, "f%zu", i) : names_snake(v->arena, m->name);
    slots_add(v, m->type, sub_name(v, name, part), out);
  }
}

static void add_tag(const view *v, const type *t, str name, slot_vec *out) {
  static const char *const tags[] = {NULL, "uint8_t", "uint16_t", NULL, "uint32_t"};
  if (t->kind == TYPE_VARIANT)
    add_slot(v, CORE_I32, SLOT_UNSIGNED, str_of(tags[layout_discriminant(t)]), sub_name(v, name, STR("tag")), out);
  else
    add_slot(v, CORE_I32, SLOT_UNSIGNED, STR("bool"),
             sub_name(v, name, t->kind == TYPE_OPTION ? STR("is_some") : STR("is_err")), out);
}

void slots_add(const view *v, const type *t, str name, slot_vec *out) {
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_STRING: case TYPE_LIST: case TYPE_MAP: add_sequence(v, t, name, out); break;
  case TYPE_RECORD: case TYPE_TUPLE: add_members(v, t, name, out); break;
  case TYPE_FIXED_LIST:
    for (uint32_t i = 0; i < t->length; i++)
      slots_add(v, t->elem, str_format(v->arena, "%.*s_%u", STR_ARG(name), (unsigned)i), out);
    break;
  case TYPE_OPTION: case TYPE_RESULT: case TYPE_VARIANT:
    add_tag(v, t, name, out);
    slots_add_payload(v, t, name, out);
    break;
  case TYPE_OWN: case TYPE_BORROW: add_handle(v, t, name, out); break;
  default: add_scalar(v, t, name, out); break;
  }
}

/* Joining */

/* A slot that two cases fill: the same type if both agree, else plain bits. */
static void join_into(slot *have, const slot *more, str name) {
  have->name = name;
  if (str_eq(have->ctype, more->ctype))
    return;
  have->core = layout_join(have->core, more->core);
  have->kind = SLOT_UNSIGNED;
  have->ctype = have->core == CORE_I64 ? STR("uint64_t") : STR("uint32_t");
}

static str case_name(const view *v, const type *t, size_t index, str name) {
  if (t->kind == TYPE_OPTION)
    return name;
  return sub_name(v, name, t->kind == TYPE_RESULT ? payload_member(v, t, index)
                                                  : names_snake(v->arena, t->members.items[index].name));
}

void slots_add_payload(const view *v, const type *t, str name, slot_vec *out) {
  size_t first = out->count;
  for (size_t i = 0; i < case_count(t); i++) {
    if (!payload_type(t, i))
      continue;
    slot_vec part = {0};
    slots_add(v, payload_type(t, i), case_name(v, t, i, name), &part);
    for (size_t s = 0; s < part.count; s++) {
      if (first + s == out->count)
        vec_push(v->arena, out, part.items[s]);
      else
        join_into(&out->items[first + s], &part.items[s], str_format(v->arena, "%.*s_val%zu", STR_ARG(name), s));
    }
  }
}

/* Conversions. The helper functions are static in the output, so only those that are needed are written. */

typedef enum bit_cast { FLOAT_TO_BITS, DOUBLE_TO_BITS, BITS_TO_FLOAT, BITS_TO_DOUBLE } bit_cast;

static const struct {
  const char *name, *to, *from;
} bit_casts[] = {
    [FLOAT_TO_BITS] = {"float__bits", "uint32_t", "float"},
    [DOUBLE_TO_BITS] = {"double__bits", "uint64_t", "double"},
    [BITS_TO_FLOAT] = {"bits__float", "float", "uint32_t"},
    [BITS_TO_DOUBLE] = {"bits__double", "double", "uint64_t"},
};

static str bit_cast_call(guest *g, bit_cast cast, str value) {
  g->bit_casts |= 1u << cast;
  return str_format(g->arena, "%s(%.*s)", bit_casts[cast].name, STR_ARG(value));
}

void slots_print_casts(guest *g) {
  for (size_t cast = 0; cast < sizeof bit_casts / sizeof *bit_casts; cast++) {
    if (!(g->bit_casts & 1u << cast))
      continue;
    const char *name = bit_casts[cast].name, *to = bit_casts[cast].to, *from = bit_casts[cast].from;
    buf_printf(&g->c_checks, "\nstatic %s %s(%s value) {\n", to, name, from);
    buf_printf(&g->c_checks, "  union {\n    %s from;\n    %s to;\n  } bits = {value};\n  return bits.to;\n}\n", from, to);
  }
}

static str cast_to(guest *g, str ctype, str value) {
  bool compound = str_find(value, ' ', 0) < value.len;
  return str_format(g->arena, compound ? "(%.*s)(%.*s)" : "(%.*s)%.*s", STR_ARG(ctype), STR_ARG(value));
}

str slot_join(guest *g, const slot *from, const slot *to, str value) {
  if (str_eq(from->ctype, to->ctype))
    return value;
  switch (from->kind) {
  /* Straight to 64 bits, which extends the sign: whoever lifts ignores the upper half, but jco 1.35 does not. */
  case SLOT_SIGNED: return cast_to(g, to->core == CORE_I64 ? STR("uint64_t") : STR("uint32_t"), value);
  case SLOT_POINTER: return cast_to(g, STR("uintptr_t"), value);
  case SLOT_FLOAT: return bit_cast_call(g, from->core == CORE_F64 ? DOUBLE_TO_BITS : FLOAT_TO_BITS, value);
  default: return value;
  }
}

str slot_split(guest *g, const slot *from, const slot *to, str value) {
  if (str_eq(from->ctype, to->ctype))
    return value;
  bool narrow = from->core == CORE_I64 && (to->core == CORE_I32 || to->core == CORE_F32);
  if (narrow && (to->kind == SLOT_POINTER || to->kind == SLOT_FLOAT))
    value = cast_to(g, STR("uint32_t"), value);
  if (to->kind == SLOT_FLOAT)
    return bit_cast_call(g, to->core == CORE_F64 ? BITS_TO_DOUBLE : BITS_TO_FLOAT, value);
  return cast_to(g, to->ctype, value);
}

/* Limits */

enum { CASE_LIMIT = 20000 };

/* Counts the leaves of the flat form, one for each path through the cases; stops at the limit. */
static size_t count_leaves(const type *t, size_t count) {
  t = type_resolve(t);
  if (count > CASE_LIMIT)
    return count;
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE: case TYPE_VARIANT:
    for (size_t i = 0; i < t->members.count; i++)
      count = t->members.items[i].type ? count_leaves(t->members.items[i].type, count) : count + 1;
    return count;
  case TYPE_OPTION: return count_leaves(t->elem, count + 1);
  case TYPE_RESULT:
    count = t->elem ? count_leaves(t->elem, count) : count + 1;
    return t->err ? count_leaves(t->err, count) : count + 1;
  case TYPE_FIXED_LIST:
    for (uint32_t i = 0; i < t->length && count <= CASE_LIMIT; i++)
      count = count_leaves(t->elem, count);
    return count;
  default: return count + 1;
  }
}

bool slots_too_many_cases(const type *t) {
  return count_leaves(t, 0) > CASE_LIMIT;
}
