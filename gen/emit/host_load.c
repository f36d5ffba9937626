/*
 * Host load: values from guest memory, or from core bits, to C.
 *
 * A type without parts is an expression; any other a call of its function. The caller has checked that the memory is
 * there: one check for the whole aggregate, whatever is inside.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"

#include "support/vec.h"

static str name_of(host *h, const type *t) {
  return view_type_name(h->base.view, t);
}

/* Types without parts */

bool host_is_leaf(const type *t) {
  switch (type_resolve(t)->kind) {
  case TYPE_STRING: case TYPE_RECORD: case TYPE_TUPLE: case TYPE_VARIANT: case TYPE_OPTION: case TYPE_RESULT:
  case TYPE_LIST: case TYPE_FIXED_LIST: case TYPE_MAP: return false;
  default: return true;
  }
}

static str lift_handle(host *h, const type *t, str bits) {
  const view_resource *r = view_resource_of(h->base.view, t);
  const char *instance = r->exported ? "i, " : "";
  str name = t->kind == TYPE_OWN ? r->own : r->borrow, record = host_resource_table(h, r);
  if (t->kind == TYPE_OWN)
    return str_format(h->base.arena, "(%.*s){%swithost_lift_own(i, &%.*s, %.*s)}", STR_ARG(name), instance, STR_ARG(record),
                      STR_ARG(bits));
  const char *call = r->exported ? "NULL" : "call";
  return str_format(h->base.arena, "(%.*s){%swithost_lift_borrow(i, %s, &%.*s, %.*s)}", STR_ARG(name), instance, call,
                    STR_ARG(record), STR_ARG(bits));
}

static str lift_flags(host *h, const type *t, str bits) {
  size_t count = t->members.count;
  uint32_t mask = count < 32 ? (1u << count) - 1 : UINT32_MAX;
  return str_format(h->base.arena, "(%.*s)(%.*s & 0x%xu)", STR_ARG(name_of(h, t)), STR_ARG(bits), (unsigned)mask);
}

str host_leaf_lift(host *h, const type *t, str bits) {
  arena *a = h->base.arena;
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_U32: case TYPE_U64: case TYPE_F32: case TYPE_F64: return bits;
  case TYPE_BOOL: return str_format(a, "%.*s != 0", STR_ARG(bits));
  case TYPE_CHAR: return str_format(a, "withost_lift_char(i, %.*s)", STR_ARG(bits));
  case TYPE_ENUM:
    return str_format(a, "(%.*s)withost_lift_case(i, %.*s, %zu)", STR_ARG(name_of(h, t)), STR_ARG(bits), t->members.count);
  case TYPE_FLAGS: return lift_flags(h, t, bits);
  case TYPE_OWN: case TYPE_BORROW: return lift_handle(h, t, bits);
  case TYPE_STREAM: case TYPE_FUTURE:
    return str_format(a, "withost_lift_%s(i, &%.*s, %.*s)", t->kind == TYPE_STREAM ? "stream" : "future",
                      STR_ARG(host_stream_table(h, t)), STR_ARG(bits));
  case TYPE_ERROR_CONTEXT: return str_format(a, "withost_lift_error_context(i, %.*s)", STR_ARG(bits));
  default: return str_format(a, "(%.*s)%.*s", STR_ARG(name_of(h, t)), STR_ARG(bits));
  }
}

static str load_bits(host *h, const type *t, str from) {
  t = type_resolve(t);
  if (t->kind == TYPE_F32 || t->kind == TYPE_F64)
    return str_format(h->base.arena, "withost_load_%s(%.*s)", t->kind == TYPE_F32 ? "f32" : "f64", STR_ARG(from));
  return str_format(h->base.arena, "withost_load_u%u(%.*s)", (unsigned)layout_size(t) * 8, STR_ARG(from));
}

/* Strings, lists, maps: pointer and length */

static void lift_string(body *b, str to, str at, str count) {
  body_line(b, "%.*s.ptr = (uint8_t *)withost_lift_string(i, i->encoding, %.*s, %.*s, &%.*s.len);", STR_ARG(to),
            STR_ARG(at), STR_ARG(count), STR_ARG(to));
}

static void write_list(host *h, const type *t, str function);

void host_lift_list(host *h, body *b, const type *t, str to, str at, str count) {
  t = type_resolve(t);
  if (t->kind == TYPE_STRING) {
    lift_string(b, to, at, count);
    return;
  }
  str function = host_function(h, "list", t);
  if (host_claim(h, function))
    write_list(h, t, function);
  body_line(b, "%.*s(i, %s%.*s, %.*s, &%.*s);", STR_ARG(function), host_traits_of(h, t).borrow ? "call, " : "",
            STR_ARG(at), STR_ARG(count), STR_ARG(to));
}

static const char *call_param(host *h, const type *t) {
  return host_traits_of(h, t).borrow ? "withost_call *call, " : "";
}

/* Size and alignment of an element of a list, or of an entry of a map; where an entry's value lies. */
host_element host_element_of(host *h, const type *t) {
  if (t->kind == TYPE_LIST)
    return (host_element){name_of(h, t->elem), layout_size(t->elem), layout_align(t->elem), 0};
  uint32_t key = layout_align(t->key), value = layout_align(t->elem), align = key > value ? key : value;
  uint32_t offset = (layout_size(t->key) + value - 1) & ~(value - 1);
  uint32_t size = (offset + layout_size(t->elem) + align - 1) & ~(align - 1);
  return (host_element){view_map_entry_name(h->base.view, t), size, align, offset};
}

static void load_element(host *h, body *b, const type *t, host_element e) {
  if (t->kind == TYPE_LIST) {
    host_load(h, b, t->elem, STR("items[n]"), STR("p"));
    return;
  }
  host_load(h, b, t->key, STR("items[n].key"), STR("p"));
  host_load(h, b, t->elem, STR("items[n].value"), host_moved(h, STR("p"), e.value));
}

static void write_list(host *h, const type *t, str function) {
  buf out;
  body b;
  host_element e = host_element_of(h, t);
  bool plain = t->kind == TYPE_LIST && host_traits_of(h, t->elem).plain;
  buf_init(&out, h->base.arena);
  body_init(&b, &h->base, &out);
  body_line(&b, "\nstatic void %.*s(withost_instance *i, %suint32_t at, uint32_t count, %.*s *v) {", STR_ARG(function),
            call_param(h, t), STR_ARG(name_of(h, t)));
  b.depth++;
  if (plain) {
    body_line(&b, "v->ptr = (%.*s *)(void *)withost_check_list(i, at, count, %u, %u);", STR_ARG(e.name), (unsigned)e.size,
              (unsigned)e.align);
  } else {
    body_line(&b, "const uint8_t *p = withost_check_list(i, at, count, %u, %u);", (unsigned)e.size, (unsigned)e.align);
    body_line(&b, "%.*s *items = withost_scratch(i, count * sizeof *items, _Alignof(%.*s));", STR_ARG(e.name),
              STR_ARG(e.name));
    body_open(&b, "for (uint32_t n = 0; n < count; n++, p += %u) {", (unsigned)e.size);
    load_element(h, &b, t, e);
    body_close(&b, "}");
    body_line(&b, "v->ptr = items;");
  }
  body_line(&b, "v->len = count;");
  body_close(&b, "}");
  body_release(&b);
  host_helper_add(h, HELPER_LOAD, t, buf_str(&out));
}

/* Types with parts */

static void write_load(host *h, const type *t, str function) {
  buf out;
  body b;
  host_traits traits = host_traits_of(h, t);
  const host_walk walk = {STR("p"), host_load, "v->%s = withost_lift_case(i, withost_load_u8(p), 2) != 0;",
                          "v->tag = (uint%u_t)withost_lift_case(i, withost_load_u%u(p), %zu);"};
  buf_init(&out, h->base.arena);
  body_init(&b, &h->base, &out);
  body_line(&b, "\nstatic void %.*s(%s%sconst uint8_t *p, %.*s *v) {", STR_ARG(function),
            traits.checked ? "withost_instance *i, " : "", call_param(h, t), STR_ARG(name_of(h, t)));
  b.depth++;
  if (traits.plain)
    body_line(&b, "memcpy(v, p, %u);", (unsigned)layout_size(t));
  else
    host_walk_parts(h, &b, t, &walk);
  body_close(&b, "}");
  body_release(&b);
  host_helper_add(h, HELPER_LOAD, t, buf_str(&out));
}

void host_load(host *h, body *b, const type *t, str to, str from) {
  t = type_resolve(t);
  if (host_is_leaf(t)) {
    str value = host_leaf_lift(h, t, load_bits(h, t, from));
    body_line(b, "%.*s = %.*s;", STR_ARG(to), STR_ARG(value));
    return;
  }
  if (t->kind == TYPE_STRING || t->kind == TYPE_LIST || t->kind == TYPE_MAP) {
    str at = str_format(b->arena, "withost_load_u32(%.*s)", STR_ARG(from));
    str count = str_format(b->arena, "withost_load_u32(%.*s + 4)", STR_ARG(from));
    host_lift_list(h, b, t, to, at, count);
    return;
  }
  str function = host_function(h, "load", t);
  if (host_claim(h, function))
    write_load(h, t, function);
  host_traits traits = host_traits_of(h, t);
  body_line(b, "%.*s(%s%s%.*s, &%.*s);", STR_ARG(function), traits.checked ? "i, " : "", traits.borrow ? "call, " : "",
            STR_ARG(from), STR_ARG(to));
}
