/*
 * Host own: values that outlive the call they came from, and how each is released. One walk over the parts of a type writes
 * four functions:
 *
 *   own_T(i, v)             results of sync exports and elements of streams: what they point to is copied for the author
 *   T_free(v)               gives that back: memory, and error contexts, which are counted
 *   T_drop_handles(w, v)    ends the own handles, streams and futures in a value, whosever its memory is
 *   T_drop(w, v)            both: the one release of an owned value with handles
 *
 * Own handles of a resource of the host's end in the author's destructor, as if the guest had dropped them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"

typedef enum own_mode { OWN_COPY, OWN_FREE, OWN_HANDLES } own_mode;

/* Which parts a mode is about. */
static bool concerns(host *h, const type *t, own_mode mode) {
  host_traits traits = host_traits_of(h, t);
  return mode == OWN_HANDLES ? traits.handle : traits.memory || traits.context;
}

bool host_is_owned(host *h, const type *t) {
  return concerns(h, t, OWN_COPY);
}

static str stem_of(host *h, const type *t) {
  t = type_resolve(t);
  if (t->kind == TYPE_STRING)
    return str_format(h->base.arena, "%.*s_string", STR_ARG(h->base.view->snake));
  return view_type_of(h->base.view, t)->stem;
}

static str function_of(host *h, const type *t, own_mode mode) {
  str stem = stem_of(h, t);
  switch (mode) {
  case OWN_COPY: return str_format(h->base.arena, "own__%.*s", STR_ARG(stem));
  case OWN_FREE: return str_format(h->base.arena, "%.*s_free", STR_ARG(stem));
  default: return str_format(h->base.arena, "%.*s_drop_handles", STR_ARG(stem));
  }
}

static void write_function(host *h, const type *t, own_mode mode, str function);

/* Parts without parts of their own */

static void drop_own(host *h, body *b, const type *t, str value) {
  const view_resource *r = view_resource_of(h->base.view, t);
  if (r->exported)
    body_line(b, "withost_held_drop(%.*s.instance, &%.*s, %.*s.rep);", STR_ARG(value), STR_ARG(host_resource_table(h, r)),
              STR_ARG(value));
  else
    body_line(b, "drop__%.*s_%.*s(&instance->base, %.*s.rep);", STR_ARG(r->prefix), STR_ARG(r->snake), STR_ARG(value));
}

static bool leaf(host *h, body *b, const type *t, str value, own_mode mode) {
  switch (type_resolve(t)->kind) {
  case TYPE_OWN: drop_own(h, b, type_resolve(t), value); return true;
  case TYPE_STREAM: body_line(b, "if (%.*s) withost_stream_drop(%.*s);", STR_ARG(value), STR_ARG(value)); return true;
  case TYPE_FUTURE: body_line(b, "if (%.*s) withost_future_drop(%.*s);", STR_ARG(value), STR_ARG(value)); return true;
  case TYPE_ERROR_CONTEXT:
    if (mode == OWN_COPY)
      body_line(b, "%.*s = withost_own_error_context(i, %.*s);", STR_ARG(value), STR_ARG(value));
    else
      body_line(b, "if (%.*s) withost_error_context_release(%.*s);", STR_ARG(value), STR_ARG(value));
    return true;
  default: return false;
  }
}

static void part(host *h, body *b, const type *t, str value, own_mode mode) {
  static const char *const arguments[] = {[OWN_COPY] = "i, ", [OWN_FREE] = "", [OWN_HANDLES] = "instance, "};
  if (!t || !concerns(h, t, mode) || leaf(h, b, t, value, mode))
    return;
  str function = function_of(h, t, mode);
  if (host_claim(h, function))
    write_function(h, type_resolve(t), mode, function);
  body_line(b, "%.*s(%s&%.*s);", STR_ARG(function), arguments[mode], STR_ARG(value));
}

/* Types with parts */

static void pointer(body *b, const type *t, own_mode mode) {
  if (mode == OWN_FREE)
    body_line(b, "withost_free(v->ptr);");
  else if (t->kind == TYPE_STRING)
    body_line(b, "v->ptr = withost_own(i, v->ptr, v->len);");
  else
    body_line(b, "v->ptr = withost_own(i, v->ptr, v->len * sizeof *v->ptr);");
}

static void elements(host *h, body *b, const type *t, own_mode mode) {
  if (mode == OWN_COPY)
    pointer(b, t, mode);
  bool key = t->key && concerns(h, t->key, mode);
  if (t->kind != TYPE_STRING && (key || concerns(h, t->elem, mode))) {
    body_open(b, "for (size_t n = 0; n < v->len; n++) {");
    part(h, b, t->key, STR("v->ptr[n].key"), mode);
    part(h, b, t->elem, t->key ? STR("v->ptr[n].value") : STR("v->ptr[n]"), mode);
    body_close(b, "}");
  }
  if (mode == OWN_FREE)
    pointer(b, t, mode);
}

static void members(host *h, body *b, const type *t, own_mode mode) {
  for (size_t i = 0; i < t->members.count; i++) {
    str value = t->kind == TYPE_TUPLE
                  ? str_format(b->arena, "v->f%zu", i)
                  : str_format(b->arena, "v->%.*s", STR_ARG(view_ident(h->base.view, t->members.items[i].name)));
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
    if (!payload || !concerns(h, payload, mode))
      continue;
    str in = payload_member(b->view, t, i);
    body_open(b, "if (%.*s) {", STR_ARG(condition(b, t, i)));
    part(h, b, payload, in.len ? str_format(b->arena, "v->val.%.*s", STR_ARG(in)) : STR("v->val"), mode);
    body_close(b, "}");
  }
}

static void write_body(host *h, body *b, const type *t, own_mode mode) {
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE: members(h, b, t, mode); break;
  case TYPE_FIXED_LIST:
    body_open(b, "for (size_t n = 0; n < %u; n++) {", (unsigned)t->length);
    part(h, b, t->elem, STR("v->f[n]"), mode);
    body_close(b, "}");
    break;
  case TYPE_VARIANT: case TYPE_OPTION: case TYPE_RESULT: cases(h, b, t, mode); break;
  default: elements(h, b, t, mode); break;
  }
}

/* Functions */

/* The functions that authors call are claimed. */
static void claim(host *h, const type *t, str function) {
  const char *kind = t->kind == TYPE_STRING ? "the string type" : t->name.len > 0 ? "type" : "an anonymous type";
  name_scope_claim(h->base.scope, function, t->at, kind, t->name);
}

static str head_of(host *h, const type *t, own_mode mode, str function) {
  arena *a = h->base.arena;
  str name = view_type_name(h->base.view, t), w_name = h->base.view->snake;
  switch (mode) {
  case OWN_COPY: return str_format(a, "static void %.*s(withost_instance *i, %.*s *v)", STR_ARG(function), STR_ARG(name));
  case OWN_FREE: return str_format(a, "void %.*s(%.*s *v)", STR_ARG(function), STR_ARG(name));
  default:
    return str_format(a, "void %.*s(%.*s_instance *instance, %.*s *v)", STR_ARG(function), STR_ARG(w_name), STR_ARG(name));
  }
}

static void write_function(host *h, const type *t, own_mode mode, str function) {
  buf out;
  body b;
  str head = head_of(h, t, mode, function);
  buf_init(&out, h->base.arena);
  body_init(&b, &h->base, &out);
  body_line(&b, "\n%.*s {", STR_ARG(head));
  b.depth++;
  if (mode == OWN_HANDLES)
    body_line(&b, "(void)instance;");
  write_body(h, &b, t, mode);
  body_close(&b, "}");
  body_release(&b);
  host_helper_kind kind = mode == OWN_COPY ? HELPER_OWN : mode == OWN_FREE ? HELPER_FREE : HELPER_HANDLES;
  const char *comment = mode == OWN_HANDLES ? "\n/* Ends own handles, streams and futures in *v. Memory stays. */" : "";
  host_helper_add(h, kind, t, buf_str(&out));
  if (mode == OWN_COPY)
    return;
  claim(h, t, function);
  host_helper_declare(h, kind, t, str_format(h->base.arena, "%s\n%.*s;\n", comment, STR_ARG(head)));
}

void host_own(host *h, body *b, const type *t, str value) {
  part(h, b, t, value, OWN_COPY);
}

static bool is_leaf_handle(const type *t) {
  type_kind kind = type_resolve(t)->kind;
  return kind == TYPE_OWN || kind == TYPE_STREAM || kind == TYPE_FUTURE || kind == TYPE_ERROR_CONTEXT;
}

static str written(host *h, const type *t, own_mode mode) {
  if (!concerns(h, t, mode) || is_leaf_handle(t))
    return STR("");
  str function = function_of(h, t, mode);
  if (host_claim(h, function))
    write_function(h, type_resolve(t), mode, function);
  return function;
}

str host_free_function(host *h, const type *t) {
  return written(h, t, OWN_FREE);
}

/* T_drop, of the two others. */
static str drop_function(host *h, const type *t) {
  arena *a = h->base.arena;
  t = type_resolve(t);
  str handles = written(h, t, OWN_HANDLES), memory = written(h, t, OWN_FREE), stem = stem_of(h, t);
  str function = str_format(a, "%.*s_drop", STR_ARG(stem)), head = head_of(h, t, OWN_HANDLES, function);
  if (!host_claim(h, function))
    return function;
  claim(h, t, function);
  str both = memory.len ? str_format(a, "  %.*s(v);\n", STR_ARG(memory)) : STR("");
  host_helper_add(h, HELPER_DROP, t, str_format(a, "\n%.*s {\n  %.*s(instance, v);\n%.*s}\n", STR_ARG(head), STR_ARG(handles), STR_ARG(both)));
  host_helper_declare(h, HELPER_DROP, t,
                      str_format(a, "\n/* All of *v: its handles, streams and futures, then its memory. */\n%.*s;\n", STR_ARG(head)));
  return function;
}

/* What a comment names */

static str leaf_text(host *h, const type *t) {
  arena *a = h->base.arena;
  const view_resource *r = NULL;
  switch (type_resolve(t)->kind) {
  case TYPE_STREAM: return STR("withost_stream_drop()");
  case TYPE_FUTURE: return STR("withost_future_drop()");
  case TYPE_ERROR_CONTEXT: return STR("withost_error_context_release()");
  case TYPE_OWN: r = view_resource_of(h->base.view, t); break;
  default: return STR("");
  }
  str stem = host_plain_name(h, str_format(a, "%.*s_%.*s", STR_ARG(r->prefix), STR_ARG(r->snake)));
  if (r->exported)
    return str_format(a, "%.*s_drop()", STR_ARG(host_public_name(h, stem)));
  return STR("means of your own: it is your object again, no destructor has run");
}

str host_handles_text(host *h, const type *t) {
  if (!host_traits_of(h, t).handle)
    return STR("");
  if (is_leaf_handle(t))
    return leaf_text(h, t);
  return str_format(h->base.arena, "%.*s()", STR_ARG(written(h, t, OWN_HANDLES)));
}

str host_release_text(host *h, const type *t) {
  host_traits traits = host_traits_of(h, t);
  if (is_leaf_handle(t))
    return leaf_text(h, t);
  if (traits.handle)
    return str_format(h->base.arena, "%.*s()", STR_ARG(drop_function(h, t)));
  str function = host_free_function(h, t);
  return function.len ? str_format(h->base.arena, "%.*s()", STR_ARG(function)) : STR("");
}
