/*
 * Host own: results of sync exports and elements of streams outlive the call, so what they point to is copied into memory
 * of the host author, which `{type}_free` gives back. Handles inside are not touched by either.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"

typedef enum own_mode { OWN_COPY, OWN_FREE } own_mode;

static str function_of(host *h, const type *t, own_mode mode) {
  arena *a = h->base.arena;
  t = type_resolve(t);
  str stem = t->kind == TYPE_STRING ? str_format(a, "%.*s_string", STR_ARG(h->base.view->snake))
                                    : view_type_of(h->base.view, t)->stem;
  return str_format(a, mode == OWN_COPY ? "own_%.*s" : "%.*s_free", STR_ARG(stem));
}

static void write_function(host *h, const type *t, own_mode mode, str function);

static void part(host *h, body *b, const type *t, str value, own_mode mode) {
  if (!t || !host_traits_of(h, t).memory)
    return;
  str function = function_of(h, t, mode);
  if (host_claim(h, function))
    write_function(h, type_resolve(t), mode, function);
  body_line(b, mode == OWN_COPY ? "%.*s(i, &%.*s);" : "%.*s(&%.*s);", STR_ARG(function), STR_ARG(value));
}

static void pointer(host *h, body *b, const type *t, own_mode mode) {
  (void)h;
  if (mode == OWN_FREE)
    body_line(b, "withost_free(v->ptr);");
  else if (t->kind == TYPE_STRING)
    body_line(b, "v->ptr = withost_own(i, v->ptr, v->len);");
  else
    body_line(b, "v->ptr = withost_own(i, v->ptr, v->len * sizeof *v->ptr);");
}

static void elements(host *h, body *b, const type *t, own_mode mode) {
  if (mode == OWN_COPY)
    pointer(h, b, t, mode);
  bool key = t->key && host_traits_of(h, t->key).memory;
  if (t->kind != TYPE_STRING && (key || host_traits_of(h, t->elem).memory)) {
    body_open(b, "for (size_t n = 0; n < v->len; n++) {");
    part(h, b, t->key, STR("v->ptr[n].key"), mode);
    part(h, b, t->elem, t->key ? STR("v->ptr[n].value") : STR("v->ptr[n]"), mode);
    body_close(b, "}");
  }
  if (mode == OWN_FREE)
    pointer(h, b, t, mode);
}

static void members(host *h, body *b, const type *t, own_mode mode) {
  for (size_t i = 0; i < t->members.count; i++) {
    str value = t->kind == TYPE_TUPLE
                  ? str_format(b->arena, "v->f%zu", i)
                  : str_format(b->arena, "v->%.*s", STR_ARG(names_ident(b->arena, t->members.items[i].name)));
    part(h, b, t->members.items[i].type, value, mode);
  }
}

static str condition(body *b, const type *t, size_t i) {
  if (t->kind == TYPE_VARIANT)
    return str_format(b->arena, "v->tag == %zu", i);
  return t->kind == TYPE_OPTION ? STR("v->is_some") : i ? STR("v->is_err") : STR("!v->is_err");
}

static void cases(host *h, body *b, const type *t, own_mode mode) {
  for (size_t i = 0; i < case_count(t); i++) {
    const type *payload = payload_type(t, i);
    if (!payload || !host_traits_of(h, payload).memory)
      continue;
    str in = payload_member(b->arena, t, i);
    body_line(b, "if (%.*s)", STR_ARG(condition(b, t, i)));
    b->depth++;
    part(h, b, payload, in.len ? str_format(b->arena, "v->val.%.*s", STR_ARG(in)) : STR("v->val"), mode);
    b->depth--;
  }
}

static void write_body(host *h, body *b, const type *t, own_mode mode) {
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE: members(h, b, t, mode); break;
  case TYPE_FIXED_LIST:
    body_line(b, "for (size_t n = 0; n < %u; n++)", (unsigned)t->length);
    b->depth++;
    part(h, b, t->elem, STR("v->f[n]"), mode);
    b->depth--;
    break;
  case TYPE_VARIANT: case TYPE_OPTION: case TYPE_RESULT: cases(h, b, t, mode); break;
  default: elements(h, b, t, mode); break;
  }
}

static void write_function(host *h, const type *t, own_mode mode, str function) {
  buf out;
  body b;
  str name = view_type_name(h->base.view, t);
  buf_init(&out, h->base.arena);
  body_init(&b, &h->base, &out);
  if (mode == OWN_COPY)
    body_line(&b, "\nstatic void %.*s(withost_instance *i, %.*s *v) {", STR_ARG(function), STR_ARG(name));
  else
    body_line(&b, "\nvoid %.*s(%.*s *v) {", STR_ARG(function), STR_ARG(name));
  b.depth++;
  write_body(h, &b, t, mode);
  body_close(&b, "}");
  body_release(&b);
  buf_add(&h->base.c_imports, buf_str(&out));
  if (mode == OWN_FREE)
    buf_printf(&h->base.h_helpers, "\nvoid %.*s(%.*s *v);\n", STR_ARG(function), STR_ARG(name));
}

void host_own(host *h, body *b, const type *t, str value) {
  part(h, b, t, value, OWN_COPY);
}

str host_free_function(host *h, const type *t) {
  if (!host_traits_of(h, t).memory)
    return STR("");
  str function = function_of(h, t, OWN_FREE);
  if (host_claim(h, function))
    write_function(h, type_resolve(t), OWN_FREE, function);
  return function;
}
