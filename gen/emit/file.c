/*
 * File: the guest's texts, put together.
 *
 *   world -> view -> sections (types.c, functions) -> templates -> {w}.h, {w}.c, {w}_component_type.o
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/layout.h"
#include "emit/debug_hooks.h"
#include "emit/file_name.h"
#include "emit/guest.h"
#include "emit/host.h"
#include "emit/section.h"
#include "support/vec.h"
#include "support/version.h"

/* More than most worlds need of any buffer; memory that is not used is never touched. */
enum { USUAL_TEXT = 64 << 10 };

static void init_buffers(guest *g) {
  buf *buffers[] = {&g->h_types,   &g->h_funcs,    &g->h_helpers, &g->h_async, &g->h_debug, &g->c_checks,
                    &g->c_imports, &g->c_adapters, &g->c_helpers, &g->c_async};
  for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) {
    buf_init(buffers[i], g->arena);
    buf_reserve(buffers[i], USUAL_TEXT);
  }
}

/* Values that any template may use. */
enum { COMMON_HOLES = 3 };

static void set_common_holes(const guest *g, template_hole *holes) {
  holes[0] = (template_hole){"version", STR(WITGEN_VERSION)};
  holes[1] = (template_hole){"world", g->view->snake};
  holes[2] = (template_hole){"WORLD", g->view->shouty};
}

/* A template with only the common holes. */
static str fill(guest *g, const char *name) {
  template_hole holes[COMMON_HOLES];
  buf out;
  set_common_holes(g, holes);
  buf_init(&out, g->arena);
  template_expand(g->templates, name, holes, COMMON_HOLES, &out);
  return buf_str(&out);
}

/* Strings */

static str string_type(guest *g, const char *unit, const char *encoding, const char *units) {
  template_hole holes[COMMON_HOLES + 3];
  buf out;
  set_common_holes(g, holes);
  holes[COMMON_HOLES] = (template_hole){"unit", str_of(unit)};
  holes[COMMON_HOLES + 1] = (template_hole){"encoding", str_of(encoding)};
  holes[COMMON_HOLES + 2] = (template_hole){"units", str_of(units)};
  buf_init(&out, g->arena);
  template_expand(g->templates, "guest/string.h.in", holes, COMMON_HOLES + 3, &out);
  return buf_str(&out);
}

/* Types that the world has besides its own: string, error-context. */
static str builtin_types(guest *g) {
  buf out;
  buf_init(&out, g->arena);
  buf_add_c(&out, "");
  if (g->view->uses_string) {
    switch (g->options->encoding) {
    case ENCODING_UTF8: buf_add(&out, string_type(g, "uint8_t", "UTF-8", "bytes")); break;
    case ENCODING_UTF16: buf_add(&out, string_type(g, "uint16_t", "UTF-16", "code units")); break;
    case ENCODING_LATIN1_UTF16: buf_add(&out, fill(g, "guest/string_latin1.h.in")); break;
    }
    buf_printf(&g->c_checks, "static_assert(sizeof(%.*s_string_t) == 8, \"size\");\n", STR_ARG(g->view->snake));
  }
  if (g->view->uses_error_context)
    buf_printf(&out, "\n/** A handle to the description of an error. */\ntypedef uint32_t %.*s_error_context_t;\n",
               STR_ARG(g->view->snake));
  return buf_str(&out);
}

static void add_string_helpers(guest *g) {
  static const char *const names[][2] = {
      [ENCODING_UTF8] = {"guest/string_utf8_helpers.h.in", "guest/string_utf8_helpers.c.in"},
      [ENCODING_UTF16] = {"guest/string_utf16_helpers.h.in", "guest/string_utf16_helpers.c.in"},
      [ENCODING_LATIN1_UTF16] = {"guest/string_latin1_helpers.h.in", "guest/string_latin1_helpers.c.in"},
  };
  if (!g->view->uses_string)
    return;
  buf_add(&g->h_helpers, fill(g, names[g->options->encoding][0]));
  buf_add(&g->c_helpers, fill(g, names[g->options->encoding][1]));
}

/* Whether a caller or callee places anything in this component's memory, or the string helpers do. */
static bool needs_realloc(const view *v) {
  if (v->uses_string)
    return true;
  for (size_t s = 0; s < v->sections.count; s++) {
    const view_section *section = v->sections.items[s];
    for (size_t i = 0; i < section->types.count; i++) {
      if (section->types.items[i]->owns_memory)
        return true;
    }
    for (size_t i = 0; section->exported && i < section->funcs.count; i++) {
      const view_func *f = section->funcs.items[i];
      func_abi abi = f->is_async ? ABI_EXPORT_ASYNC_CALLBACK : ABI_EXPORT_SYNC;
      if (layout_signature(f->func, abi).params_spilled)
        return true;
    }
  }
  return false;
}

/* Component type */

static str component_type(guest *g, emit_file_vec *out) {
  const view *v = g->view;
  arena *a = g->arena;
  bool object = g->options->object_file;
  str name = component_type_section_name(v->world_name, g->options->type_section_suffix, a);
  str symbol = component_type_force_link_symbol(v->snake, a);
  section_line_vec lines = component_type_encode(v->model, v->world, g->options->encoding, a);
  buf section, text;
  buf_init(&section, a);
  buf_init(&text, a);
  if (!section_name_allowed(name)) {
    diag_error(g->diag, SPAN_NONE, "'%.*s' is no name for a section", STR_ARG(name));
    return STR("");
  }
  if (lines.count == 0) { /* only a binary package can bring such a world */
    diag_error(g->diag, v->world->at, "world '%.*s' uses types of an interface before it imports that interface",
               STR_ARG(v->world->name));
    return STR("");
  }
  if (object) {
    str bytes = component_type_object(name, component_type_bytes(&lines, a), symbol, a);
    vec_push(a, out, ((emit_file){file_name(EMIT_FILE_OBJECT, v->snake, a), bytes}));
  } else {
    section_print(&section, name, &lines);
  }
  template_hole holes[] = {{"world", v->snake}, {"section", buf_str(&section)}, {"link_symbol", symbol}};
  const char *file = object ? "guest/component_type_object.c.in" : "guest/component_type.c.in";
  template_expand(g->templates, file, holes, sizeof holes / sizeof *holes, &text);
  return buf_str(&text);
}

/* Files */

static str helper_text(const guest *g, const buf *b) {
  return g->options->no_helpers ? STR("") : buf_str(b);
}

/* Members and parameters may be macros of headers that the user includes: their meaning is set aside. */

static str macros_aside(guest *g) {
  buf out;
  buf_init(&out, g->arena);
  buf_add_c(&out, g->macros.count ? "\n/* Names in this file that some headers define as macros. */\n" : "");
  for (size_t i = 0; i < g->macros.count; i++)
    buf_printf(&out, "#pragma push_macro(\"%.*s\")\n#undef %.*s\n", STR_ARG(g->macros.items[i]), STR_ARG(g->macros.items[i]));
  return buf_str(&out);
}

static void macros_back(guest *g, buf *out) {
  buf_add_c(out, g->macros.count ? "\n" : "");
  for (size_t i = 0; i < g->macros.count; i++)
    buf_printf(out, "#pragma pop_macro(\"%.*s\")\n", STR_ARG(g->macros.items[i]));
}

/* In the source, for good: what it includes may define some too. */
static str macros_away(guest *g) {
  buf out;
  buf_init(&out, g->arena);
  buf_add_c(&out, g->macros.count ? "\n" : "");
  for (size_t i = 0; i < g->macros.count; i++)
    buf_printf(&out, "#undef %.*s\n", STR_ARG(g->macros.items[i]));
  return buf_str(&out);
}

static void add_header(guest *g, str strings, emit_file_vec *out) {
  bool uchar = g->view->uses_string && g->options->encoding != ENCODING_UTF8;
  template_hole holes[COMMON_HOLES + 7];
  buf text;
  set_common_holes(g, holes);
  str includes = str_format(g->arena, "%s%s%.*s", uchar ? "#include <uchar.h>\n" : "",
                            g->options->for_task || g->options->for_task_only.count ? "\n#include <witguest/task.h>\n" : "",
                            STR_ARG(macros_aside(g)));
  buf helpers;
  buf_init(&helpers, g->arena);
  buf_add(&helpers, helper_text(g, &g->h_helpers));
  macros_back(g, &helpers);
  holes[COMMON_HOLES] = (template_hole){"includes", includes};
  holes[COMMON_HOLES + 1] = (template_hole){"strings", strings};
  holes[COMMON_HOLES + 2] = (template_hole){"async", buf_str(&g->h_async)};
  holes[COMMON_HOLES + 3] = (template_hole){"types", buf_str(&g->h_types)};
  holes[COMMON_HOLES + 4] = (template_hole){"functions", buf_str(&g->h_funcs)};
  holes[COMMON_HOLES + 5] = (template_hole){"helpers", buf_str(&helpers)};
  holes[COMMON_HOLES + 6] = (template_hole){"debug", debug_header_tail(g)};
  buf_init(&text, g->arena);
  template_expand(g->templates, "guest/header.h.in", holes, COMMON_HOLES + 7, &text);
  vec_push(g->arena, out, ((emit_file){file_name(EMIT_FILE_HEADER, g->view->snake, g->arena), buf_str(&text)}));
}

static str realloc_text(guest *g) {
  const template_hole holes[] = {{"debug", debug_realloc_line(g)}};
  buf out;
  buf_init(&out, g->arena);
  template_expand(g->templates, "guest/realloc.c.in", holes, 1, &out);
  return buf_str(&out);
}

static void add_source(guest *g, str component, emit_file_vec *out) {
  template_hole holes[COMMON_HOLES + 8];
  buf text;
  set_common_holes(g, holes);
  str checks = str_format(g->arena, "%.*s%.*s", STR_ARG(macros_away(g)), STR_ARG(buf_str(&g->c_checks)));
  holes[COMMON_HOLES] = (template_hole){"checks", checks};
  holes[COMMON_HOLES + 1] = (template_hole){"component_type", component};
  holes[COMMON_HOLES + 2] = (template_hole){"realloc", needs_realloc(g->view) ? realloc_text(g) : STR("")};
  holes[COMMON_HOLES + 3] = (template_hole){"imports", buf_str(&g->c_imports)};
  holes[COMMON_HOLES + 4] = (template_hole){"adapters", buf_str(&g->c_adapters)};
  holes[COMMON_HOLES + 5] = (template_hole){"helpers", helper_text(g, &g->c_helpers)};
  holes[COMMON_HOLES + 6] = (template_hole){"async", buf_str(&g->c_async)};
  holes[COMMON_HOLES + 7] = (template_hole){"debug", debug_source_head(g)};
  buf_init(&text, g->arena);
  template_expand(g->templates, "guest/source.c.in", holes, COMMON_HOLES + 8, &text);
  vec_push(g->arena, out, ((emit_file){file_name(EMIT_FILE_SOURCE, g->view->snake, g->arena), buf_str(&text)}));
}

static void emit_sections(guest *g) {
  buf_add_c(&g->c_checks, "\n/* The Canonical ABI fixes how values lie in memory. */\n");
  for (size_t i = 0; i < g->view->sections.count; i++) {
    guest_emit_types(g, g->view->sections.items[i]);
    guest_emit_funcs(g, g->view->sections.items[i]);
  }
  guest_emit_builtins(g);
  add_string_helpers(g);
  slots_print_casts(g);
}

bool emit_world(const model *m, const world *w, emit_side side, const emit_options *options, arena *a, diag *d,
                emit_file_vec *out) {
  templates t;
  size_t errors = d->errors;
  if (side == SIDE_HOST)
    return emit_host(m, w, options, a, d, out);
  if (!templates_init(&t, options->templates_dir, options->inputs, a, d))
    return false;
  view *v = view_make(m, w, SIDE_GUEST, options, &t, a, d);
  if (v == NULL)
    return false;
  guest g = {.view = v, .options = options, .arena = a, .diag = d, .scope = &v->scope, .templates = &t};
  init_buffers(&g);
  g.macros = view_macros(v);
  emit_sections(&g);
  str strings = builtin_types(&g);
  str component = component_type(&g, out);
  add_header(&g, strings, out);
  add_source(&g, component, out);
  view_check_idents(v);
  view_release(v);
  return d->errors == errors;
}
