/*
 * Funcs: everything about the functions of a section, in the order of the WIT; and the built-ins of the world.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/funcs.h"

#include "support/vec.h"

void core_import_emit(guest *g, buf *out, const core_import *c) {
  buf_printf(out, "\n__attribute__((__import_module__(\"%.*s\"), __import_name__(\"%.*s\")))\n", STR_ARG(c->module),
             STR_ARG(c->name));
  body b;
  body_init(&b, g, out);
  str declaration = c_declare(g->arena, c->result, c->symbol);
  body_list(&b, str_format(g->arena, "extern %.*s", STR_ARG(declaration)), &c->params, "void", ";");
  body_release(&b);
}

void core_export_emit(buf *out, str name, bool weak) {
  buf_printf(out, "\n__attribute__((%s__export_name__(\"%.*s\")))\n", weak ? "__weak__, " : "", STR_ARG(name));
}

str_vec slots_declare(guest *g, const slot_vec *slots) {
  str_vec out = {0};
  for (size_t i = 0; i < slots->count; i++)
    vec_push(g->arena, &out, c_declare(g->arena, slots->items[i].ctype, slots->items[i].name));
  return out;
}

/* Sections */

static void emit_title(guest *g, const view_section *s) {
  const char *side = s->exported ? "Exported" : "Imported";
  buf_printf(&g->h_funcs, "\n/* %s: %.*s */\n", side, STR_ARG(s->title));
  buf_printf(&g->c_adapters, "\n/* %s: %.*s */\n", side, STR_ARG(s->title));
}

bool func_is_too_complex(guest *g, const view_func *f) {
  const func *wit = f->func;
  core_type flat[MAX_FLAT_PARAMS];
  bool too_complex = false;
  for (size_t i = 0; i < wit->params.count && !too_complex; i++) {
    const type *t = wit->params.items[i].type;
    too_complex = layout_flatten(t, flat, MAX_FLAT_PARAMS) <= MAX_FLAT_PARAMS && slots_too_many_cases(t);
  }
  if (wit->result && !too_complex)
    too_complex = layout_flatten(wit->result, flat, MAX_FLAT_PARAMS) <= MAX_FLAT_PARAMS &&
                  slots_too_many_cases(wit->result);
  if (too_complex)
    diag_error(g->diag, wit->at, "the variants in the signature of '%.*s' multiply to too many cases",
               STR_ARG(wit->item_name));
  return too_complex;
}

static void emit_func(guest *g, const view_func *f) {
  if (func_is_too_complex(g, f))
    return;
  if (f->exported)
    export_emit(g, f);
  else
    import_emit(g, f);
}

void guest_emit_funcs(guest *g, const view_section *s) {
  if (s->funcs.count + s->resources.count + s->pipes.count == 0)
    return;
  emit_title(g, s);
  for (size_t i = 0; i < s->resources.count; i++)
    resource_emit(g, s->resources.items[i]);
  for (size_t i = 0; i < s->pipes.count; i++)
    pipe_emit(g, s->pipes.items[i]);
  for (size_t i = 0; i < s->funcs.count; i++)
    emit_func(g, s->funcs.items[i]);
}

/* Built-ins */

static void expand(guest *g, const char *name, const template_hole *holes, size_t count, buf *out) {
  template_expand(g->templates, name, holes, count, out);
}

static void emit_error_context(guest *g) {
  static const char *const encodings[] = {
      [ENCODING_UTF8] = "utf8", [ENCODING_UTF16] = "utf16", [ENCODING_LATIN1_UTF16] = "latin1+utf16"};
  const template_hole holes[] = {{"world", g->view->snake}, {"encoding", str_of(encodings[g->options->encoding])}};
  expand(g, "guest/error_context.h.in", holes, 1, &g->h_funcs);
  expand(g, "guest/error_context.c.in", holes, 2, &g->c_adapters);
}

void guest_emit_builtins(guest *g) {
  const template_hole holes[] = {{"world", g->view->snake}, {"WORLD", g->view->shouty}};
  if (g->view->uses_error_context)
    emit_error_context(g);
  if (!g->view->uses_async)
    return;
  expand(g, "guest/async.h.in", holes, 2, &g->h_async);
  expand(g, "guest/async.c.in", holes, 1, &g->c_async);
  if (!g->options->threading_helpers)
    return;
  expand(g, "guest/threads.h.in", holes, 1, &g->h_async);
  expand(g, "guest/threads.c.in", holes, 1, &g->c_async);
}
