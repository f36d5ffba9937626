/*
 * Host wasm2c: {world}_wasm2c.c, which binds {world}_host.c to the C that wasm2c makes of a guest. Imports are static
 * inline functions in front of the guest's code; exports that a guest may leave out are declared weak.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"
#include "support/version.h"

/* Z_<module>Z_<field>, where other characters than letters, digits and '_' are ZXX in hex, and so is 'Z' itself. */
static void add_mangled(buf *out, str name) {
  for (size_t i = 0; i < name.len; i++) {
    unsigned char c = (unsigned char)name.ptr[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c < 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (plain)
      buf_add_byte(out, (char)c);
    else
      buf_printf(out, "Z%02X", c);
  }
}

/* The names of newer wabt: w2c_<module>_<field>, where other characters than letters, digits and '_' are 0xXX in hex. So is
 * '_' at an end or behind another one, and a hex digit behind "0x"; in a module '_' is doubled. */
static bool is_escaped(str name, size_t i, char before) {
  char c = name.ptr[i];
  bool digit = c >= '0' && c <= '9', hex = digit || (c >= 'A' && c <= 'F');
  if (c == '_')
    return i == 0 || i + 1 == name.len || before == '_';
  if (hex && i >= 2 && name.ptr[i - 2] == '0' && name.ptr[i - 1] == 'x')
    return true;
  return !digit && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z');
}

static str new_mangled(host *h, str name, bool is_module) {
  buf out;
  char before = 0;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "");
  for (size_t i = 0; i < name.len; i++) {
    bool escaped = is_escaped(name, i, before);
    before = escaped ? 0 : name.ptr[i];
    if (escaped)
      buf_printf(&out, "0x%02X", (unsigned)(unsigned char)name.ptr[i]);
    else
      buf_printf(&out, "%s%c", is_module && before == '_' ? "_" : "", before);
  }
  return buf_str(&out);
}

static str mangled(host *h, str name) {
  buf out;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "");
  add_mangled(&out, name);
  return buf_str(&out);
}

/* Exports */

static str export_symbol(host *h, str name) {
  return str_format(h->base.arena, "Z_%.*sZ_%.*s", STR_ARG(h->base.view->snake), STR_ARG(mangled(h, name)));
}

static const char *export_result(const host_export *e) {
  return e->has_result ? host_core_ctype(e->result) : "void";
}

static void add_export_types(buf *out, const host_export *e) {
  for (size_t i = 0; i < e->param_count; i++)
    buf_printf(out, ", %s", host_core_ctype(e->params[i]));
}

static str weak_exports(host *h) {
  buf out;
  str w_name = h->base.view->snake;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "");
  for (size_t i = 0; i < h->exports.count; i++) {
    const host_export *e = &h->exports.items[i];
    buf_printf(&out, "WEAK %s %.*s(Z_%.*s_instance_t *", export_result(e), STR_ARG(export_symbol(h, e->name)), STR_ARG(w_name));
    add_export_types(&out, e);
    buf_add_c(&out, ");\n");
  }
  return buf_str(&out);
}

static str export_wrappers(host *h) {
  buf out;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "");
  for (size_t i = 0; i < h->exports.count; i++) {
    const host_export *e = &h->exports.items[i];
    buf_printf(&out, "static %s core__%.*s(void *core", export_result(e), STR_ARG(e->member));
    for (size_t k = 0; k < e->param_count; k++)
      buf_printf(&out, ", %s a%zu", host_core_ctype(e->params[k]), k);
    buf_printf(&out, ") {\n  %s%.*s(core", e->has_result ? "return " : "", STR_ARG(export_symbol(h, e->name)));
    for (size_t k = 0; k < e->param_count; k++)
      buf_printf(&out, ", a%zu", k);
    buf_add_c(&out, ");\n}\n");
  }
  return buf_str(&out);
}

/* Statements that return why the guest's exports are not enough. */
static str misfits(host *h) {
  static const char *const names[] = {[NEEDS_MEMORY] = "memory", [NEEDS_REALLOC] = "cabi_realloc"};
  arena *a = h->base.arena;
  buf out;
  buf_init(&out, a);
  buf_add_c(&out, "");
  for (size_t i = 0; i < h->exports.count; i++) {
    const host_export *e = &h->exports.items[i];
    str symbol = export_symbol(h, e->name), wit = host_wit_words(h, STR(""), e->name);
    str callback = str_format(a, "[callback]%.*s", STR_ARG(e->name));
    for (host_needs n = NEEDS_MEMORY; n <= e->needs; n++)
      buf_printf(&out, "  if (THERE(%.*s) && !%s)\n    return \"export %.*s needs `%s`, which the guest does not export\";\n",
                 STR_ARG(symbol), names[n], STR_ARG(wit), names[n]);
    if (str_starts_with(e->name, "[async-lift]"))
      buf_printf(&out, "  if (THERE(%.*s) && !THERE(%.*s))\n    return \"export %.*s has no callback: the guest does not export `%.*s`\";\n",
                 STR_ARG(symbol), STR_ARG(export_symbol(h, callback)), STR_ARG(wit), STR_ARG(callback));
  }
  return buf_str(&out);
}

static str export_bindings(host *h) {
  buf out;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "");
  for (size_t i = 0; i < h->exports.count; i++) {
    const host_export *e = &h->exports.items[i];
    buf_printf(&out, "  if (%.*s) self->core.%.*s = core__%.*s;\n", STR_ARG(export_symbol(h, e->name)), STR_ARG(e->member),
               STR_ARG(e->member));
  }
  return buf_str(&out);
}

/* Imports */

static void add_module(host *h, buf *out, str module) {
  str name = mangled(h, module);
  if (host_claim(h, str_format(h->base.arena, "module %.*s", STR_ARG(name))))
    buf_printf(out, "struct Z_%.*s_instance_t { void *self; };\n", STR_ARG(name));
}

static void add_import(host *h, buf *out, const host_import *r) {
  str module = mangled(h, r->module), name = mangled(h, r->name);
  buf_printf(out, "static inline %s Z_%.*sZ_%.*s(struct Z_%.*s_instance_t *m", r->has_result ? host_core_ctype(r->result) : "void",
             STR_ARG(module), STR_ARG(name), STR_ARG(module));
  for (size_t i = 0; i < r->param_count; i++)
    buf_printf(out, ", %s a%zu", host_core_ctype(r->params[i]), i);
  buf_printf(out, ") {\n  %s%.*s(", r->has_result ? "return " : "", STR_ARG(r->function));
  if (r->typed)
    buf_printf(out, "(%.*s_instance *)", STR_ARG(h->base.view->snake));
  buf_add_c(out, "withost_wasm2c_self(m)");
  if (r->arguments.len)
    buf_printf(out, ", %.*s", STR_ARG(r->arguments));
  for (size_t i = 0; i < r->param_count; i++)
    buf_printf(out, ", a%zu", i);
  buf_add_c(out, ");\n}\n");
}

static str imports(host *h) {
  buf out;
  buf_init(&out, h->base.arena);
  buf_add_c(&out, "");
  for (size_t i = 0; i < h->imports.count; i++) {
    const host_import *r = &h->imports.items[i];
    str key = str_format(h->base.arena, "import %.*s\n%.*s", STR_ARG(r->module), STR_ARG(r->name));
    add_module(h, &out, r->module);
    if (host_claim(h, key))
      add_import(h, &out, r);
  }
  return buf_str(&out);
}

/* Macros for newer wabt */

static void add_rename(buf *out, host *h, str old, str module, str field) {
  str m = new_mangled(h, module, true), f = new_mangled(h, field, false);
  if (host_claim(h, str_format(h->base.arena, "rename %.*s", STR_ARG(old))))
    buf_printf(out, "#define %.*s w2c_%.*s%s%.*s\n", STR_ARG(old), STR_ARG(m), field.len ? "_" : "", STR_ARG(f));
}

static str renames(host *h) {
  static const char *const own[] = {"memory", "__indirect_function_table", "_initialize", "cabi_realloc"};
  arena *a = h->base.arena;
  str w_name = h->base.view->snake;
  buf out;
  buf_init(&out, a);
  buf_printf(&out, "#define Z_%.*s_free wasm2c_%.*s_free\n", STR_ARG(w_name), STR_ARG(new_mangled(h, w_name, true)));
  add_rename(&out, h, str_format(a, "Z_%.*s_instance_t", STR_ARG(w_name)), w_name, STR(""));
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    add_rename(&out, h, str_format(a, "Z_%.*sZ_%s", STR_ARG(w_name), own[i]), w_name, str_of(own[i]));
  for (size_t i = 0; i < h->exports.count; i++)
    add_rename(&out, h, export_symbol(h, h->exports.items[i].name), w_name, h->exports.items[i].name);
  for (size_t i = 0; i < h->imports.count; i++) {
    const host_import *r = &h->imports.items[i];
    str module = mangled(h, r->module);
    add_rename(&out, h, str_format(a, "Z_%.*s_instance_t", STR_ARG(module)), r->module, STR(""));
    add_rename(&out, h, str_format(a, "Z_%.*sZ_%.*s", STR_ARG(module), STR_ARG(mangled(h, r->name))), r->module, r->name);
  }
  return buf_str(&out);
}

str host_wasm2c_text(host *h) {
  buf out;
  template_hole holes[] = {
      {"version", STR(WITGEN_VERSION)}, {"world", h->base.view->snake}, {"title", host_world_title(h)},
      {"weak", weak_exports(h)},        {"imports", imports(h)},        {"wrappers", export_wrappers(h)},
      {"bindings", export_bindings(h)}, {"misfits", misfits(h)},        {"encoding", str_of(h->encoding)},
      {"renames", renames(h)},          {"module", new_mangled(h, h->base.view->snake, true)},
  };
  buf_init(&out, h->base.arena);
  template_expand(h->base.templates, "host/wasm2c.c.in", holes, sizeof holes / sizeof *holes, &out);
  return buf_str(&out);
}
