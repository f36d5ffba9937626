/*
 * Debug hooks: the lines, one function each.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/debug_hooks.h"

#include <string.h>

#include "abi/core_names.h"
#include "emit/borrows.h"

static bool is_on(const body *b) { return b->guest->options->debug_hooks; }

static bool notes_result(const guest *g, const view_func *f) {
  return g->options->debug_hooks && view_owns_memory(g->view, f->func->result);
}

/* A place in the WIT as two arguments. Directories are left out: the same WIT gives the same text wherever it lies. */
static str place_text(arena *a, span at) {
  buf out;
  uint32_t line = 0, column = 0;
  if (!at.source)
    return STR("NULL, 0");
  diag_position(at, &line, &column);
  str path = at.source->path;
  size_t start = path.len;
  while (start > 0 && path.ptr[start - 1] != '/')
    start--;
  buf_init(&out, a);
  buf_add_byte(&out, '"');
  for (size_t i = start; i < path.len; i++) {
    unsigned char c = (unsigned char)path.ptr[i];
    if (c < ' ' || c >= 0x7f || strchr("\"\\?%", c))
      buf_printf(&out, "\\%03o", c);
    else
      buf_add_byte(&out, path.ptr[i]);
  }
  buf_printf(&out, "\", %u", (unsigned)line);
  return buf_str(&out);
}

/* Imports */

void debug_note_call(body *b, const view_func *f) {
  if (notes_result(b->guest, f))
    body_line(b, "witguest_debug_call(\"%.*s\");", STR_ARG(core_export_name(b->arena, f->item, f->func)));
}

void debug_note_returned(body *b, const view_func *f) {
  if (notes_result(b->guest, f))
    body_line(b, "witguest_debug_returned();");
}

str debug_subtask_open(body *b, const view_func *f) {
  if (!notes_result(b->guest, f))
    return STR("");
  return str_format(b->arena, "witguest_debug_subtask(\"%.*s\", ", STR_ARG(core_export_name(b->arena, f->item, f->func)));
}

str debug_subtask_close(body *b, const proto *p) {
  if (!notes_result(b->guest, p->func))
    return STR("");
  return str_format(b->arena, ", %.*s, sizeof *%.*s)", STR_ARG(p->result_name), STR_ARG(p->result_name));
}

void debug_emit_macro(guest *g, str name, const view_func *f) {
  if (notes_result(g, f))
    buf_printf(&g->h_debug, "#define %.*s(...) (witguest_debug_site(__FILE__, __LINE__), %.*s(__VA_ARGS__))\n", STR_ARG(name),
               STR_ARG(name));
}

/* Exports */

static bool has_borrows(const view *v, const func *f) {
  for (size_t i = 0; i < f->params.count; i++) {
    if (borrows_are_in(v, f->params.items[i].type))
      return true;
  }
  return false;
}

static bool has_memory(const view *v, const func *f) {
  for (size_t i = 0; i < f->params.count; i++) {
    if (view_owns_memory(v, f->params.items[i].type))
      return true;
  }
  return false;
}

/* Whether the glue drops them: then nobody can forget. */
static bool are_dropped(const guest *g, const view_func *f) { return g->options->autodrop_borrows && !f->is_async; }

str debug_note_entered(body *b, const view_func *f) {
  bool borrows = has_borrows(b->view, f->func) && !are_dropped(b->guest, f);
  if (!is_on(b) || !(borrows || has_memory(b->view, f->func)))
    return STR("");
  str call = body_name(b, STR("debug_call"));
  body_line(b, "unsigned %.*s = witguest_debug_entered(\"%.*s\", %.*s);", STR_ARG(call), STR_ARG(core_export_name(b->arena, f->item, f->func)),
            STR_ARG(place_text(b->arena, f->func->at)));
  return call;
}

static str resource_wit_name(const body *b, const type *t) {
  const view_resource *r = view_resource_of(b->view, t);
  return str_format(b->arena, "%.*s.%.*s", STR_ARG(r->section->title), STR_ARG(r->type->name));
}

void debug_note_borrow(body *b, str call, const param *p, const type *t, str handle) {
  body_line(b, "witguest_debug_borrowed(%.*s, %.*s, \"%.*s\", %.*s);", STR_ARG(call), STR_ARG(handle),
            STR_ARG(resource_wit_name(b, t)), STR_ARG(place_text(b->arena, p->at)));
}

typedef struct noter {
  body *body;
  str call;
  const param *param;
} noter;

static void note_one(void *user, const type *t, str value, str condition) {
  noter *n = user;
  body *b = n->body;
  if (condition.len)
    body_open(b, "if (%.*s)", STR_ARG(condition));
  debug_note_borrow(b, n->call, n->param, t, str_format(b->arena, "%.*s.__handle", STR_ARG(value)));
  if (condition.len)
    b->depth--;
}

void debug_note_borrows(body *b, str call, const param *p, const type *t, str value, str condition) {
  noter n = {b, call, p};
  borrows_visit(b, t, value, condition, &(borrow_visitor){note_one, NULL, &n});
}

void debug_note_left(body *b, str call, bool is_async) {
  body_line(b, is_async ? "witguest_debug_left(%.*s);" : "witguest_debug_leaving(%.*s);", STR_ARG(call));
}

void debug_note_async_return(body *b, const view_func *f) {
  if (is_on(b) && has_borrows(b->view, f->func))
    body_line(b, "witguest_debug_task_returning();");
}

void debug_note_event(body *b) {
  if (is_on(b))
    body_line(b, "witguest_debug_event();");
}

/* Templates */

str debug_realloc_line(const guest *g) {
  return g->options->debug_hooks ? STR("  witguest_debug_allocated(ret, new_size);\n") : STR("");
}

str debug_drop_line(const guest *g) {
  return g->options->debug_hooks ? STR("  witguest_debug_dropped(handle.__handle);\n") : STR("");
}

str debug_source_head(guest *g) {
  return g->options->debug_hooks ? STR("#define WITGUEST_DEBUG_GLUE\n#include <witguest/debug.h>\n\n") : STR("");
}

str debug_header_tail(guest *g) {
  if (!g->options->debug_hooks)
    return STR("");
  return str_format(g->arena,
                    "\n#if defined(WITGUEST_DEBUG) && !defined(WITGUEST_DEBUG_GLUE)\n/* Where it was called: for the report of "
                    "witguest_debug_report(). */\n#include <witguest/debug.h>\n%.*s#endif\n",
                    STR_ARG(buf_str(&g->h_debug)));
}
