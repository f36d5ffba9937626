/*
 * Host wasmtime: {world}_wasmtime.c, which binds {world}_host.c to a guest that libwasmtime loads at run time. Functions are
 * found by name; both directions go through arrays of core values, so each has a wrapper that knows the types.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"
#include "support/version.h"

static const char *kind(core_type t) {
  static const char *const kinds[] = {[CORE_I32] = "i32", [CORE_I64] = "i64", [CORE_F32] = "f32", [CORE_F64] = "f64"};
  return kinds[t];
}

/* Exports */

static void add_export(buf *out, const host_export *e) {
  size_t values = e->param_count ? e->param_count : e->has_result;
  buf_printf(out, "static %s core__%.*s(void *core", e->has_result ? host_core_ctype(e->result) : "void", STR_ARG(e->member));
  for (size_t i = 0; i < e->param_count; i++)
    buf_printf(out, ", %s a%zu", host_core_ctype(e->params[i]), i);
  buf_add_c(out, ") {\n  withost_wasmtime_value v[] = {");
  for (size_t i = 0; i < e->param_count; i++)
    buf_printf(out, "%swithost_wasmtime_from_%s(a%zu)", i ? ", " : "", kind(e->params[i]), i);
  buf_printf(out, "%s};\n  withost_wasmtime_call(core, EXPORT_%.*s, v, %zu);\n", e->param_count ? "" : "{0, 0}", STR_ARG(e->member),
             values);
  if (e->has_result)
    buf_printf(out, "  return withost_wasmtime_to_%s(&v[0]);\n", kind(e->result));
  buf_add_c(out, "}\n");
}

static str exports(host *h) {
  buf out;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "enum {");
  for (size_t i = 0; i < h->exports.count; i++)
    buf_printf(&out, "\n  EXPORT_%.*s,", STR_ARG(h->exports.items[i].member));
  buf_add_c(&out, "\n  EXPORT_COUNT\n};\n\n");
  for (size_t i = 0; i < h->exports.count; i++)
    add_export(&out, &h->exports.items[i]);
  return buf_str(&out);
}

static str export_table(host *h) {
  buf out;
  str w_name = h->base.view->snake;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "static const withost_wasmtime_export exports[EXPORT_COUNT + 1] = {\n");
  for (size_t i = 0; i < h->exports.count; i++) {
    const host_export *e = &h->exports.items[i];
    str signature = host_signature(h, e->params, e->param_count, e->has_result, e->result);
    buf_printf(&out, "  {\"%.*s\", \"%.*s\", ", STR_ARG(e->name), STR_ARG(signature));
    buf_printf(&out, "%s, offsetof(%.*s_instance, core.%.*s), (void (*)(void))core__%.*s},\n", host_needs_name(e->needs),
               STR_ARG(w_name), STR_ARG(e->member), STR_ARG(e->member));
  }
  buf_add_c(&out, "  {NULL, NULL, WITHOST_NEEDS_NOTHING, 0, NULL}};");
  return buf_str(&out);
}

/* Imports */

/* A C name that tells what is imported; where two imports would have one, the second gets a number. */
static str import_name(host *h, const host_import *r) {
  arena *a = h->base.arena;
  str core = str_format(a, "%.*s_%.*s", STR_ARG(r->module), STR_ARG(r->name));
  buf out;
  buf_init(&out, a);
  buf_add_c(&out, "import");
  bool gap = true;
  for (size_t i = 0; i < core.len; i++) {
    char c = core.ptr[i];
    bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (plain && gap)
      buf_add_byte(&out, '_');
    if (plain)
      buf_add_byte(&out, c);
    gap = !plain;
  }
  str stem = buf_str(&out), name = stem;
  for (unsigned number = 2; !host_claim(h, name); number++)
    name = str_format(a, "%.*s_%u", STR_ARG(stem), number);
  return name;
}

static void add_import(host *h, buf *out, const host_import *r, str name) {
  buf_printf(out, "static void %.*s(withost_instance *base, withost_wasmtime_value *v) {\n  ", STR_ARG(name));
  if (!r->param_count && !r->has_result)
    buf_add_c(out, "(void)v;\n  ");
  if (r->has_result)
    buf_printf(out, "v[0] = withost_wasmtime_from_%s(", kind(r->result));
  buf_printf(out, "%.*s(", STR_ARG(r->function));
  if (r->typed)
    buf_printf(out, "(%.*s_instance *)", STR_ARG(h->base.view->snake));
  buf_add_c(out, "base");
  if (r->arguments.len)
    buf_printf(out, ", %.*s", STR_ARG(r->arguments));
  for (size_t i = 0; i < r->param_count; i++)
    buf_printf(out, ", withost_wasmtime_to_%s(&v[%zu])", kind(r->params[i]), i);
  buf_add_c(out, r->has_result ? "));\n}\n" : ");\n}\n");
}

static void add_import_entry(host *h, buf *out, const host_import *r, str name) {
  str signature = host_signature(h, r->params, r->param_count, r->has_result, r->result);
  buf_printf(out, "  {\"%.*s\", \"%.*s\", \"%.*s\", %s, %.*s},\n", STR_ARG(r->module), STR_ARG(r->name), STR_ARG(signature),
             host_needs_name(r->needs), STR_ARG(name));
}

/* Functions, and in `entries_text` the table of them. */
static str imports(host *h, str *entries_text) {
  buf out, entries;
  buf_init(&out, h->base.arena);
  buf_init(&entries, h->base.arena);
  buf_add_c(&out, "");
  buf_add_c(&entries, "");
  for (size_t i = 0; i < h->imports.count; i++) {
    const host_import *r = &h->imports.items[i];
    if (!host_claim(h, str_format(h->base.arena, "wasmtime import %.*s\n%.*s", STR_ARG(r->module), STR_ARG(r->name))))
      continue;
    str name = import_name(h, r);
    add_import(h, &out, r, name);
    add_import_entry(h, &entries, r, name);
  }
  *entries_text = buf_str(&entries);
  return buf_str(&out);
}

str host_wasmtime_text(host *h) {
  buf out;
  str import_table, functions = imports(h, &import_table);
  template_hole holes[] = {
      {"version", STR(WITGEN_VERSION)}, {"world", h->base.view->snake},    {"title", host_world_title(h)}, {"exports", exports(h)},
      {"export_table", export_table(h)}, {"imports", functions}, {"import_table", import_table},
      {"encoding", str_of(h->encoding)},
  };
  buf_init(&out, h->base.arena);
  template_expand(h->base.templates, "host/wasmtime.c.in", holes, sizeof holes / sizeof *holes, &out);
  return buf_str(&out);
}
