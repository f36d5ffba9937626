/*
 * Host store: C values into guest memory, or to core bits.
 *
 * Targets are addresses of the guest, not pointers: lowering a string or list calls the guest's realloc, after which its
 * memory may be elsewhere. withost_at() looks it up for each store.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"

#include "support/vec.h"

static str name_of(host *h, const type *t) {
  return view_type_name(h->base.view, t);
}

/* Types without parts */

static str lower_handle(host *h, const type *t, str value) {
  const view_resource *r = view_resource_of(h->base.view, t);
  arena *a = h->base.arena;
  str rep = r->exported ? str_format(a, "withost_check_owner(i, %.*s.instance, %.*s.rep)", STR_ARG(value), STR_ARG(value))
                        : str_format(a, "%.*s.rep", STR_ARG(value));
  return str_format(a, "withost_lower_%s(i, &%.*s, %.*s)", t->kind == TYPE_OWN ? "own" : "borrow",
                    STR_ARG(host_resource_table(h, r)), STR_ARG(rep));
}

static str lower_flags(host *h, const type *t, str value) {
  size_t count = t->members.count;
  uint32_t mask = count < 32 ? (1u << count) - 1 : UINT32_MAX;
  return str_format(h->base.arena, "%.*s & 0x%xu", STR_ARG(value), (unsigned)mask);
}

/* Core bits: unsigned and 32 bits wide, or as wide as the value. */
str host_leaf_lower(host *h, const type *t, str value) {
  arena *a = h->base.arena;
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_U8: case TYPE_U16: case TYPE_U32: case TYPE_U64: case TYPE_F32: case TYPE_F64: return value;
  case TYPE_BOOL: return str_format(a, "%.*s ? 1u : 0u", STR_ARG(value));
  case TYPE_S8: case TYPE_S16: case TYPE_S32: return str_format(a, "(uint32_t)%.*s", STR_ARG(value));
  case TYPE_S64: return str_format(a, "(uint64_t)%.*s", STR_ARG(value));
  case TYPE_CHAR: return str_format(a, "withost_lift_char(i, %.*s)", STR_ARG(value));
  case TYPE_ENUM: return str_format(a, "withost_lift_case(i, %.*s, %zu)", STR_ARG(value), t->members.count);
  case TYPE_FLAGS: return lower_flags(h, t, value);
  case TYPE_OWN: case TYPE_BORROW: return lower_handle(h, t, value);
  case TYPE_STREAM: case TYPE_FUTURE:
    return str_format(a, "withost_lower_%s(i, &%.*s, %.*s)", t->kind == TYPE_STREAM ? "stream" : "future",
                      STR_ARG(host_stream_table(h, t)), STR_ARG(value));
  default: return str_format(a, "withost_lower_error_context(i, %.*s)", STR_ARG(value));
  }
}

static void store_leaf(host *h, body *b, const type *t, str from, str at) {
  t = type_resolve(t);
  str bits = host_leaf_lower(h, t, from);
  if (t->kind == TYPE_F32 || t->kind == TYPE_F64) {
    body_line(b, "withost_store_%s(withost_at(i, %.*s), %.*s);", t->kind == TYPE_F32 ? "f32" : "f64", STR_ARG(at),
              STR_ARG(bits));
    return;
  }
  unsigned width = (unsigned)layout_size(t) * 8;
  bool narrow = width < 32 && t->kind != TYPE_U8 && t->kind != TYPE_U16;
  str cast = narrow ? str_format(b->arena, "(uint%u_t)(%.*s)", width, STR_ARG(bits)) : bits;
  if (t->kind == TYPE_OWN || t->kind == TYPE_BORROW || t->kind == TYPE_STREAM || t->kind == TYPE_FUTURE ||
      t->kind == TYPE_ERROR_CONTEXT) { /* these come first: they may trap */
    body_line(b, "withost_store_word(i, %.*s, %.*s);", STR_ARG(at), STR_ARG(bits));
    return;
  }
  body_line(b, "withost_store_u%u(withost_at(i, %.*s), %.*s);", width, STR_ARG(at), STR_ARG(cast));
}

/* Lists */

static void store_element(host *h, body *b, const type *t, host_element e) {
  if (t->kind == TYPE_LIST) {
    host_store(h, b, t->elem, STR("v->ptr[n]"), STR("to"));
    return;
  }
  host_store(h, b, t->key, STR("v->ptr[n].key"), STR("to"));
  host_store(h, b, t->elem, STR("v->ptr[n].value"), host_moved(h, STR("to"), e.value));
}

static void write_lower(host *h, const type *t, str function) {
  buf out;
  body b;
  host_element e = host_element_of(h, t);
  buf_init(&out, h->base.arena);
  body_init(&b, &h->base, &out);
  body_line(&b, "\nstatic uint32_t %.*s(withost_instance *i, const %.*s *v) {", STR_ARG(function), STR_ARG(name_of(h, t)));
  b.depth++;
  if (t->kind == TYPE_LIST && host_traits_of(h, t->elem).plain) {
    body_line(&b, "_Static_assert(sizeof(%.*s) == %u, \"same size on both sides\");", STR_ARG(e.name), (unsigned)e.size);
    body_line(&b, "return withost_lower_bytes(i, v->ptr, v->len, %u, %u);", (unsigned)e.size, (unsigned)e.align);
  } else {
    body_line(&b, "uint32_t at = withost_lower_list(i, v->len, %u, %u), to = at;", (unsigned)e.size, (unsigned)e.align);
    body_open(&b, "for (size_t n = 0; n < v->len; n++, to += %u) {", (unsigned)e.size);
    store_element(h, &b, t, e);
    body_close(&b, "}");
    body_line(&b, "return at;");
  }
  body_close(&b, "}");
  body_release(&b);
  host_helper_add(h, HELPER_STORE, t, buf_str(&out));
}

str host_lower_list(host *h, const type *t, str from) {
  t = type_resolve(t);
  str function = host_function(h, "lower", t);
  if (host_claim(h, function))
    write_lower(h, t, function);
  return str_format(h->base.arena, "%.*s(i, &%.*s)", STR_ARG(function), STR_ARG(from));
}

/* Types with parts */

static void write_store(host *h, const type *t, str function) {
  buf out;
  body b;
  const host_walk walk = {STR("at"), host_store, "withost_store_u8(withost_at(i, at), v->%s ? 1 : 0);",
                          "withost_store_u%u(withost_at(i, at), (uint%u_t)withost_lift_case(i, v->tag, %zu));"};
  buf_init(&out, h->base.arena);
  body_init(&b, &h->base, &out);
  body_line(&b, "\nstatic void %.*s(withost_instance *i, uint32_t at, const %.*s *v) {", STR_ARG(function),
            STR_ARG(name_of(h, t)));
  b.depth++;
  if (host_traits_of(h, t).plain)
    body_line(&b, "memcpy(withost_at(i, at), v, %u);", (unsigned)layout_size(t));
  else
    host_walk_parts(h, &b, t, &walk);
  body_close(&b, "}");
  body_release(&b);
  host_helper_add(h, HELPER_STORE, t, buf_str(&out));
}

void host_store(host *h, body *b, const type *t, str from, str at) {
  t = type_resolve(t);
  if (host_is_leaf(t)) {
    store_leaf(h, b, t, from, at);
  } else if (t->kind == TYPE_STRING) {
    body_line(b, "withost_store_string(i, i->encoding, %.*s, %.*s.ptr, %.*s.len);", STR_ARG(at), STR_ARG(from),
              STR_ARG(from));
  } else if (t->kind == TYPE_LIST || t->kind == TYPE_MAP) {
    str list = host_lower_list(h, t, from);
    body_line(b, "withost_store_list(i, %.*s, %.*s, %.*s.len);", STR_ARG(at), STR_ARG(list), STR_ARG(from));
  } else {
    str function = host_function(h, "store", t);
    if (host_claim(h, function))
      write_store(h, t, function);
    body_line(b, "%.*s(i, %.*s, &%.*s);", STR_ARG(function), STR_ARG(at), STR_ARG(from));
  }
}
