/*
 * Release: one walk over the parts of a type writes either function; what is called for a part differs.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/release.h"

typedef enum release_mode { RELEASE_FREE, RELEASE_DROP } release_mode;

typedef struct releaser {
  guest *guest;
  buf *out;
  release_mode mode;
} releaser;

/* The function that drops a handle, which takes it by value. */
static str handle_drop_name(guest *g, const type *t) {
  arena *a = g->arena;
  if (t->kind == TYPE_ERROR_CONTEXT)
    return str_format(a, "%.*s_error_context_drop", STR_ARG(g->view->snake));
  if (t->kind == TYPE_STREAM || t->kind == TYPE_FUTURE)
    return str_format(a, "%.*s_drop_readable", STR_ARG(view_type_of(g->view, t)->stem));
  return t->kind == TYPE_OWN ? view_resource_of(g->view, t)->drop_own : view_resource_of(g->view, t)->drop_borrow;
}

static bool is_dropped_handle(const releaser *r, const type *t) {
  switch (t->kind) {
  case TYPE_ERROR_CONTEXT:
  case TYPE_OWN:
  case TYPE_STREAM:
  case TYPE_FUTURE: return true;
  case TYPE_BORROW: return !view_resource_of(r->guest->view, t)->exported && !r->guest->options->autodrop_borrows;
  default: return false;
  }
}

static str pointer_function(const releaser *r, const type *t) {
  str drop = r->mode == RELEASE_DROP ? view_drop_name(r->guest->view, t) : STR("");
  return drop.len > 0 ? drop : view_free_name(r->guest->view, t);
}

/* Whether anything is done for a part of type `t`. */
static bool releases(const releaser *r, const type *t) {
  if (t == NULL)
    return false;
  return (r->mode == RELEASE_DROP && is_dropped_handle(r, type_resolve(t))) || pointer_function(r, t).len > 0;
}

/* Releases the part `value` (an lvalue; empty: what `ptr` points to), if there is anything to do. */
static void release_part(const releaser *r, const char *indent, const type *t, str value) {
  const type *behind = type_resolve(t);
  str function = pointer_function(r, t);
  if (r->mode == RELEASE_DROP && is_dropped_handle(r, behind)) {
    function = handle_drop_name(r->guest, behind);
    buf_printf(r->out, "%s%.*s(%.*s);\n", indent, STR_ARG(function), STR_ARG(value.len > 0 ? value : STR("*ptr")));
  } else if (function.len > 0 && value.len == 0) {
    buf_printf(r->out, "%s%.*s(ptr);\n", indent, STR_ARG(function));
  } else if (function.len > 0) {
    buf_printf(r->out, "%s%.*s(&%.*s);\n", indent, STR_ARG(function), STR_ARG(value));
  }
}

static void release_members(const releaser *r, const type *t) {
  arena *a = r->guest->arena;
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    str field = t->kind == TYPE_TUPLE ? str_format(a, "f%zu", i) : view_ident(r->guest->view, m->name);
    release_part(r, "  ", m->type, str_format(a, "ptr->%.*s", STR_ARG(field)));
  }
}

static void release_variant(const releaser *r, const type *t) {
  arena *a = r->guest->arena;
  bool open = false;
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    if (!releases(r, m->type))
      continue;
    if (!open)
      buf_add_c(r->out, "  switch (ptr->tag) {\n");
    open = true;
    buf_printf(r->out, "  case %zu:\n", i);
    release_part(r, "    ", m->type, str_format(a, "ptr->val.%.*s", STR_ARG(view_ident(r->guest->view, m->name))));
    buf_add_c(r->out, "    break;\n");
  }
  if (open)
    buf_add_c(r->out, "  default:\n    break;\n  }\n");
}

static void release_option(const releaser *r, const type *t) {
  if (!releases(r, t->elem))
    return;
  buf_add_c(r->out, "  if (ptr->is_some)\n");
  release_part(r, "    ", t->elem, STR("ptr->val"));
}

static void release_result(const releaser *r, const type *t) {
  if (releases(r, t->elem)) {
    buf_add_c(r->out, "  if (!ptr->is_err)\n");
    release_part(r, "    ", t->elem, STR("ptr->val.ok"));
  }
  if (releases(r, t->err)) {
    buf_add_c(r->out, "  if (ptr->is_err)\n");
    release_part(r, "    ", t->err, STR("ptr->val.err"));
  }
}

/* A list's storage exists only when it has elements: the address of an empty one is not memory. */
static void release_list(const releaser *r, const type *t) {
  if (releases(r, t->elem)) {
    buf_add_c(r->out, "  for (size_t i = 0; i < ptr->len; i++)\n");
    release_part(r, "    ", t->elem, STR("ptr->ptr[i]"));
  }
  buf_add_c(r->out, "  if (ptr->len > 0)\n    free(ptr->ptr);\n");
}

static void release_map(const releaser *r, const type *t) {
  if (releases(r, t->key) || releases(r, t->elem)) {
    buf_add_c(r->out, "  for (size_t i = 0; i < ptr->len; i++) {\n");
    release_part(r, "    ", t->key, STR("ptr->ptr[i].key"));
    release_part(r, "    ", t->elem, STR("ptr->ptr[i].value"));
    buf_add_c(r->out, "  }\n");
  }
  buf_add_c(r->out, "  if (ptr->len > 0)\n    free(ptr->ptr);\n");
}

static void release_fixed_list(const releaser *r, const type *t) {
  if (!releases(r, t->elem))
    return;
  buf_printf(r->out, "  for (size_t i = 0; i < %u; i++)\n", (unsigned)t->length);
  release_part(r, "    ", t->elem, STR("ptr->f[i]"));
}

static void release_body(const releaser *r, const type *t) {
  switch (t->kind) {
  case TYPE_RECORD:
  case TYPE_TUPLE: release_members(r, t); break;
  case TYPE_VARIANT: release_variant(r, t); break;
  case TYPE_OPTION: release_option(r, t); break;
  case TYPE_RESULT: release_result(r, t); break;
  case TYPE_LIST: release_list(r, t); break;
  case TYPE_MAP: release_map(r, t); break;
  case TYPE_FIXED_LIST: release_fixed_list(r, t); break;
  default: release_part(r, "  ", t->elem, STR("")); break; /* TYPE_ALIAS */
  }
}

static void emit_body(const releaser *r, const view_type *vt, str function, bool is_private) {
  /* a private drop function may have no caller: its type may be part of no other */
  const char *unused = is_private && r->mode == RELEASE_DROP ? "__attribute__((__unused__)) " : "";
  const char *linkage = is_private ? "static " : "";
  buf_printf(r->out, "\n%s%svoid %.*s(%.*s *ptr) {\n", unused, linkage, STR_ARG(function), STR_ARG(vt->name));
  size_t before = r->out->count;
  release_body(r, vt->type);
  if (r->out->count == before)
    buf_add_c(r->out, "  (void)ptr;\n");
  buf_add_c(r->out, "}\n");
}

static void emit_function(guest *g, const view_type *vt, release_mode mode, str function) {
  releaser r = {g, &g->c_helpers, mode};
  bool is_private = mode == RELEASE_DROP && vt->drop_is_private;
  if (!is_private)
    buf_printf(&g->h_helpers, "\nvoid %.*s(%.*s *ptr);\n", STR_ARG(function), STR_ARG(vt->name));
  emit_body(&r, vt, function, is_private);
}

void release_emit(guest *g, const view_type *vt) {
  if (vt->has_free)
    emit_function(g, vt, RELEASE_FREE, view_free_name(g->view, vt->type));
  if (vt->has_drop)
    emit_function(g, vt, RELEASE_DROP, vt->drop_name);
}

/* Without helpers */

static void emit_private_string_free(guest *g, str function) {
  str name = view_type_name(g->view, type_primitive(TYPE_STRING));
  buf_printf(&g->c_imports, "\nstatic void %.*s(%.*s *ptr) {\n", STR_ARG(function), STR_ARG(name));
  buf_add_c(&g->c_imports, "  if (ptr->len > 0)\n    free(ptr->ptr);\n}\n");
}

void release_emit_private(guest *g, const type *t) {
  str function = t == NULL ? STR("") : view_free_name(g->view, t);
  if (g->private_frees.arena == NULL)
    table_init(&g->private_frees, g->arena);
  if (function.len == 0 || table_add(&g->private_frees, function, g) != NULL)
    return;
  if (t->kind == TYPE_STRING) {
    emit_private_string_free(g, function);
    return;
  }
  for (size_t i = 0; i < t->members.count; i++)
    release_emit_private(g, t->members.items[i].type);
  release_emit_private(g, t->key);
  release_emit_private(g, t->elem);
  release_emit_private(g, t->err);
  releaser r = {g, &g->c_imports, RELEASE_FREE};
  emit_body(&r, view_type_of(g->view, t), function, true);
}
