/*
 * Host flat: values in core slots. Where two cases of a variant share a slot, its bits are converted as the Canonical ABI
 * joins them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"

#include "support/vec.h"

static size_t slot_count(const type *t) {
  core_type flat[MAX_FLAT_PARAMS];
  return layout_flatten(t, flat, MAX_FLAT_PARAMS);
}

static str member_of(host *h, const type *t, size_t i, str value) {
  arena *a = h->base.arena;
  if (t->kind == TYPE_TUPLE)
    return str_format(a, "%.*s.f%zu", STR_ARG(value), i);
  return str_format(a, "%.*s.%.*s", STR_ARG(value), STR_ARG(view_ident(h->base.view, t->members.items[i].name)));
}

static str element_of(host *h, size_t i, str value) {
  return str_format(h->base.arena, "%.*s.f[%zu]", STR_ARG(value), i);
}

static str payload_of(host *h, const type *t, size_t i, str value) {
  str part = payload_member(h->base.view, t, i);
  return part.len ? str_format(h->base.arena, "%.*s.val.%.*s", STR_ARG(value), STR_ARG(part))
                    : str_format(h->base.arena, "%.*s.val", STR_ARG(value));
}

static const char *tag_member(const type *t) {
  return t->kind == TYPE_OPTION ? "is_some" : t->kind == TYPE_RESULT ? "is_err" : "tag";
}

/* Bits of a shared slot as the type that one case has there, and back */

static str split(host *h, core_type shared, core_type own, str text) {
  arena *a = h->base.arena;
  if (shared == own)
    return text;
  str bits = shared == CORE_I64 && own != CORE_F64 ? str_format(a, "(uint32_t)%.*s", STR_ARG(text)) : text;
  if (own == CORE_F32)
    return str_format(a, "withost_bits_to_f32(%.*s)", STR_ARG(bits));
  return own == CORE_F64 ? str_format(a, "withost_bits_to_f64(%.*s)", STR_ARG(bits)) : bits;
}

static str join(host *h, core_type own, core_type shared, str text) {
  arena *a = h->base.arena;
  if (shared == own)
    return text;
  if (own == CORE_F32)
    return str_format(a, "withost_f32_to_bits(%.*s)", STR_ARG(text));
  return own == CORE_F64 ? str_format(a, "withost_f64_to_bits(%.*s)", STR_ARG(text)) : text;
}

/* Lifting */

static void lift_case(host *h, body *b, const type *t, size_t index, str to, const flat_slot *slots) {
  const type *payload = payload_type(t, index);
  core_type own[MAX_FLAT_PARAMS];
  flat_slot parts[MAX_FLAT_PARAMS];
  size_t count = layout_flatten(payload, own, MAX_FLAT_PARAMS);
  for (size_t i = 0; i < count; i++)
    parts[i] = (flat_slot){own[i], split(h, slots[i + 1].core, own[i], slots[i + 1].text)};
  host_flat_lift(h, b, payload, payload_of(h, t, index, to), parts);
}

static void lift_choice(host *h, body *b, const type *t, str to, const flat_slot *slots) {
  const char *flag = tag_member(t);
  body_line(b, "%.*s.%s = withost_lift_case(i, %.*s, 2) != 0;", STR_ARG(to), flag, STR_ARG(slots[0].text));
  for (size_t i = 0; i < 2; i++) {
    if (!payload_type(t, i))
      continue;
    body_open(b, i ? "if (%.*s.%s) {" : "if (!%.*s.%s) {", STR_ARG(to), flag);
    lift_case(h, b, t, i, to, slots);
    body_close(b, "}");
  }
}

static void lift_variant(host *h, body *b, const type *t, str to, const flat_slot *slots) {
  unsigned bits = (unsigned)layout_discriminant(t) * 8;
  size_t only = 0;
  body_line(b, "%.*s.tag = (uint%u_t)withost_lift_case(i, %.*s, %zu);", STR_ARG(to), bits, STR_ARG(slots[0].text),
            t->members.count);
  if (!payload_count(t, &only))
    return;
  body_line(b, "switch (%.*s.tag) {", STR_ARG(to));
  for (size_t i = 0; i < t->members.count; i++) {
    if (!t->members.items[i].type)
      continue;
    body_open(b, "case %zu:", i);
    lift_case(h, b, t, i, to, slots);
    body_line(b, "break;");
    b->depth--;
  }
  body_line(b, "default: break;");
  body_line(b, "}");
}

static void lift_leaf(host *h, body *b, const type *t, str to, str bits) {
  str value = host_leaf_lift(h, t, bits);
  body_line(b, "%.*s = %.*s;", STR_ARG(to), STR_ARG(value));
}

void host_flat_lift(host *h, body *b, const type *t, str to, const flat_slot *slots) {
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE:
    for (size_t i = 0; i < t->members.count; slots += slot_count(t->members.items[i++].type))
      host_flat_lift(h, b, t->members.items[i].type, member_of(h, t, i, to), slots);
    break;
  case TYPE_FIXED_LIST:
    for (size_t i = 0; i < t->length; i++, slots += slot_count(t->elem))
      host_flat_lift(h, b, t->elem, element_of(h, i, to), slots);
    break;
  case TYPE_STRING: case TYPE_LIST: case TYPE_MAP: host_lift_list(h, b, t, to, slots[0].text, slots[1].text); break;
  case TYPE_OPTION: case TYPE_RESULT: lift_choice(h, b, t, to, slots); break;
  case TYPE_VARIANT: lift_variant(h, b, t, to, slots); break;
  default: lift_leaf(h, b, t, to, slots[0].text); break;
  }
}

/* Lowering */

static void lower_case(host *h, body *b, const type *t, size_t index, str from, const flat_slot *shared) {
  flat_slot parts[MAX_FLAT_PARAMS + 1];
  size_t count = host_flat_lower(h, b, payload_type(t, index), payload_of(h, t, index, from), parts);
  for (size_t i = 0; i < count; i++) {
    str value = join(h, parts[i].core, shared[i + 1].core, parts[i].text);
    body_line(b, "%.*s = %.*s;", STR_ARG(shared[i + 1].text), STR_ARG(value));
  }
}

static void lower_cases(host *h, body *b, const type *t, str from, const flat_slot *shared) {
  body_line(b, "switch (%.*s.%s) {", STR_ARG(from), tag_member(t));
  for (size_t i = 0; i < t->members.count; i++) {
    if (!t->members.items[i].type)
      continue;
    body_open(b, "case %zu: {", i);
    lower_case(h, b, t, i, from, shared);
    body_line(b, "break;");
    body_close(b, "}");
  }
  body_line(b, "default: break;");
  body_line(b, "}");
}

static size_t lower_variant(host *h, body *b, const type *t, str from, flat_slot *out) {
  core_type flat[MAX_FLAT_PARAMS];
  size_t count = layout_flatten(t, flat, MAX_FLAT_PARAMS), only = 0;
  const char *tag = tag_member(t);
  out[0] = (flat_slot){CORE_I32, t->kind == TYPE_VARIANT
                                   ? str_format(b->arena, "withost_lift_case(i, %.*s.%s, %zu)", STR_ARG(from), tag,
                                                t->members.count)
                                   : str_format(b->arena, "%.*s.%s ? 1u : 0u", STR_ARG(from), tag)};
  for (size_t i = 1; i < count; i++) {
    out[i] = (flat_slot){flat[i], body_name(b, STR("slot"))};
    body_line(b, "%s %.*s = 0;", host_core_ctype(flat[i]), STR_ARG(out[i].text));
  }
  if (t->kind == TYPE_VARIANT && payload_count(t, &only)) {
    lower_cases(h, b, t, from, out);
    return count;
  }
  for (size_t i = 0; t->kind != TYPE_VARIANT && i < 2; i++) {
    if (!payload_type(t, i))
      continue;
    body_open(b, i ? "if (%.*s.%s) {" : "if (!%.*s.%s) {", STR_ARG(from), tag);
    lower_case(h, b, t, i, from, out);
    body_close(b, "}");
  }
  return count;
}

static size_t lower_sequence(host *h, body *b, const type *t, str from, flat_slot *out) {
  str at = body_name(b, STR("at"));
  out[0] = (flat_slot){CORE_I32, at};
  if (t->kind == TYPE_STRING) {
    str units = body_name(b, STR("units"));
    body_line(b, "uint32_t %.*s, %.*s = withost_lower_string(i, i->encoding, %.*s.ptr, %.*s.len, &%.*s);", STR_ARG(units),
              STR_ARG(at), STR_ARG(from), STR_ARG(from), STR_ARG(units));
    out[1] = (flat_slot){CORE_I32, units};
    return 2;
  }
  str list = host_lower_list(h, t, from);
  body_line(b, "uint32_t %.*s = %.*s;", STR_ARG(at), STR_ARG(list));
  out[1] = (flat_slot){CORE_I32, str_format(b->arena, "(uint32_t)%.*s.len", STR_ARG(from))};
  return 2;
}

static size_t lower_leaf(host *h, body *b, const type *t, str from, flat_slot *out) {
  layout_flatten(t, &out[0].core, 1);
  out[0].text = host_leaf_lower(h, t, from);
  if (!host_traits_of(h, t).lowered)
    return 1;
  str name = body_name(b, STR("slot")); /* in order: it may trap */
  body_line(b, "%s %.*s = %.*s;", host_core_ctype(out[0].core), STR_ARG(name), STR_ARG(out[0].text));
  out[0].text = name;
  return 1;
}

size_t host_flat_lower(host *h, body *b, const type *t, str from, flat_slot *out) {
  size_t count = 0;
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE:
    for (size_t i = 0; i < t->members.count; i++)
      count += host_flat_lower(h, b, t->members.items[i].type, member_of(h, t, i, from), out + count);
    return count;
  case TYPE_FIXED_LIST:
    for (size_t i = 0; i < t->length; i++)
      count += host_flat_lower(h, b, t->elem, element_of(h, i, from), out + count);
    return count;
  case TYPE_STRING: case TYPE_LIST: case TYPE_MAP: return lower_sequence(h, b, t, from, out);
  case TYPE_OPTION: case TYPE_RESULT: case TYPE_VARIANT: return lower_variant(h, b, t, from, out);
  default: return lower_leaf(h, b, t, from, out);
  }
}
