/*
 * Host file: the host's texts, put together.
 *
 *   world -> view -> sections (types, functions) -> templates -> {w}_host.h, {w}_host.c, {w}_wasm2c.c
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/file_name.h"
#include "emit/host.h"
#include "support/vec.h"
#include "support/version.h"

static void init_buffers(host *h) {
  guest *g = &h->base;
  buf *buffers[] = {&g->h_types,   &g->h_funcs,    &g->h_helpers, &g->h_async, &g->c_checks, &g->c_imports, &g->c_adapters,
                    &g->c_helpers, &g->c_async,    &h->members,   &h->core,    &h->h_engine, &h->c_tables};
  for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) {
    buf_init(buffers[i], g->arena);
    buf_add_c(buffers[i], "");
  }
}

static host host_make(view *v, const templates *t, const emit_options *options, arena *a, diag *d) {
  host h = {.base = {.view = v, .options = options, .arena = a, .diag = d, .scope = &v->scope, .templates = t, .side = SIDE_HOST}};
  h.encoding = host_encoding(options->encoding);
  h.traits = arena_alloc_array(a, v->type_count, sizeof *h.traits);
  h.identities = arena_alloc_array(a, v->type_count, sizeof *h.identities);
  h.numbers = arena_alloc_array(a, v->type_count, sizeof *h.numbers);
  table_init(&h.written, a);
  table_init(&h.stream_stems, a);
  host_helpers_init(&h);
  name_scope_init(&h.fields, a, d);
  return h;
}

str host_world_title(host *h) {
  const world *w = h->base.view->world;
  str in = package_name_text(h->base.arena, &w->package->name);
  return str_format(h->base.arena, "%.*s/%.*s", STR_ARG(in), STR_ARG(w->name));
}

/* Sections */

static void emit_func(host *h, const view_func *f) {
  if (func_is_too_complex(&h->base, f))
    return;
  if (f->exported)
    host_export_func(h, f);
  else
    host_import_func(h, f);
  host_pipes(h, f);
}

static void emit_section(host *h, const view_section *s) {
  const char *side = s->exported ? "Exported" : "Imported";
  guest_emit_types(&h->base, s);
  host_resource_aliases(h, s);
  if (s->funcs.count + s->resources.count == 0)
    return;
  buf_printf(&h->base.c_adapters, "\n/* %s: %.*s */\n", side, STR_ARG(s->title));
  buf_printf(&h->base.h_funcs, "\n/* %s: %.*s */\n", side, STR_ARG(s->title));
  for (size_t i = 0; i < s->resources.count; i++)
    host_resource(h, s->resources.items[i]);
  for (size_t i = 0; i < s->funcs.count; i++)
    emit_func(h, s->funcs.items[i]);
}

/* C has no empty structs. */
static void fill_structs(host *h) {
  if (!h->members.count)
    buf_add_c(&h->members, "  char nothing;\n");
  if (!h->core.count)
    buf_add_c(&h->core, "  char nothing;\n");
}

/* Files */

static str strings(host *h) {
  buf out;
  const template_hole holes[] = {{"world", h->base.view->snake}};
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "");
  if (h->base.view->uses_string)
    template_expand(h->base.templates, "host/string.h.in", holes, 1, &out);
  if (h->base.view->uses_error_context)
    buf_printf(&out, "\n/** The description of an error. */\ntypedef withost_error_context *%.*s_error_context_t;\n",
               STR_ARG(h->base.view->snake));
  return buf_str(&out);
}

static void add_file(host *h, emit_file_kind kind, str bytes, emit_file_vec *out) {
  arena *a = h->base.arena;
  vec_push(a, out, ((emit_file){file_name(kind, h->base.view->snake, a), bytes}));
}

static void add_header(host *h, emit_file_vec *out) {
  const guest *g = &h->base;
  buf text;
  const template_hole holes[] = {
      {"version", STR(WITGEN_VERSION)},     {"world", g->view->snake},       {"WORLD", g->view->shouty},
      {"title", host_world_title(h)},       {"strings", strings(h)},         {"types", buf_str(&g->h_types)},
      {"members", buf_str(&h->members)},    {"functions", buf_str(&g->h_funcs)}, {"core", buf_str(&h->core)},
      {"engine", buf_str(&h->h_engine)},    {"helpers", buf_str(&g->h_helpers)},
  };
  buf_init(&text, g->arena);
  template_expand(g->templates, "host/header.h.in", holes, sizeof holes / sizeof *holes, &text);
  add_file(h, EMIT_FILE_HOST_HEADER, buf_str(&text), out);
}

static void add_source(host *h, emit_file_vec *out) {
  const guest *g = &h->base;
  buf text;
  const template_hole holes[] = {
      {"version", STR(WITGEN_VERSION)},     {"world", g->view->snake},           {"title", host_world_title(h)},
      {"tables", buf_str(&h->c_tables)},    {"values", buf_str(&g->c_imports)},  {"functions", buf_str(&g->c_adapters)},
  };
  buf_init(&text, g->arena);
  template_expand(g->templates, "host/source.c.in", holes, sizeof holes / sizeof *holes, &text);
  add_file(h, EMIT_FILE_HOST_SOURCE, buf_str(&text), out);
}

bool emit_host(const model *m, const world *w, const emit_options *options, arena *a, diag *d, emit_file_vec *out) {
  templates t;
  size_t errors = d->errors;
  if (!templates_init(&t, options->templates_dir, options->inputs, a, d))
    return false;
  view *v = view_make(m, w, SIDE_HOST, options, &t, a, d);
  if (!v)
    return false;
  host h = host_make(v, &t, options, a, d);
  init_buffers(&h);
  for (size_t i = 0; i < v->sections.count; i++)
    emit_section(&h, v->sections.items[i]);
  host_helpers_print(&h);
  host_add_builtins(&h);
  if (options->guest_module.len) {
    inputs_add(options->inputs, options->guest_module);
    host_check_module(&h, options->guest_module.ptr);
  }
  fill_structs(&h);
  add_header(&h, out);
  add_source(&h, out);
  if (options->engine_wasm2c)
    add_file(&h, EMIT_FILE_HOST_WASM2C, host_wasm2c_text(&h), out);
  if (options->engine_wasmtime)
    add_file(&h, EMIT_FILE_HOST_WASMTIME, host_wasmtime_text(&h), out);
  view_check_idents(v);
  view_release(v);
  table_release(&h.written);
  table_release(&h.stream_stems);
  name_scope_release(&h.fields);
  return d->errors == errors;
}
