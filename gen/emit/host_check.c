/*
 * Host check: whether a core module fits the world, for engines that have it only as C. What libwasmtime's loader finds at
 * run time is found here before wasm2c runs; and the module says how it encodes strings.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"
#include "wit/wasm_module.h"

typedef struct checker {
  host *h;
  const wasm_module *module;
  const char *path;
} checker;

/* Words */

/* "(i32, i64) -> (f32)" */
static str signature_text(host *h, str letters) {
  static const char *const names[] = {['i'] = "i32", ['I'] = "i64", ['f'] = "f32", ['F'] = "f64", ['?'] = "another type"};
  const char *separator = "";
  buf out;
  buf_init(&out, h->base.arena);
  buf_add_byte(&out, '(');
  for (size_t i = 0; i < letters.len; i++) {
    bool colon = letters.ptr[i] == ':';
    buf_printf(&out, "%s%s", colon ? "" : separator, colon ? ") -> (" : names[(unsigned char)letters.ptr[i]]);
    separator = colon ? "" : ", ";
  }
  buf_add_byte(&out, ')');
  return buf_str(&out);
}

static void report_type(checker *c, const char *side, str words, str is, str wanted) {
  diag *d = c->h->base.diag;
  str is_text = signature_text(c->h, is), wanted_text = signature_text(c->h, wanted);
  diag_error(d, SPAN_NONE, "%s '%.*s' of '%s' has the core type %.*s, the world's is %.*s", side, STR_ARG(words), c->path,
             STR_ARG(is_text), STR_ARG(wanted_text));
}

/* Exports */

static const wasm_item *export_find(const checker *c, str name) {
  for (size_t i = 0; i < c->module->exports.count; i++) {
    if (str_eq(c->module->exports.items[i].name, name))
      return &c->module->exports.items[i];
  }
  return NULL;
}

static void check_needs(checker *c, const char *side, str words, host_needs needs) {
  static const char *const names[] = {[NEEDS_MEMORY] = "memory", [NEEDS_REALLOC] = "cabi_realloc"};
  for (host_needs n = NEEDS_MEMORY; n <= needs; n++) {
    if (!export_find(c, str_of(names[n])))
      diag_error(c->h->base.diag, SPAN_NONE, "%s '%.*s' needs '%s', which '%s' does not export", side, STR_ARG(words), names[n],
                 c->path);
  }
}

static void check_callback(checker *c, str words, str name) {
  str callback = str_format(c->h->base.arena, "[callback]%.*s", STR_ARG(name));
  if (!str_starts_with(name, "[async-lift]") || export_find(c, callback))
    return;
  diag_error(c->h->base.diag, SPAN_NONE, "export '%.*s' has no callback: '%s' does not export '%.*s'", STR_ARG(words), c->path,
             STR_ARG(callback));
}

static void check_function(checker *c, const wasm_item *item, str words, str wanted) {
  if (item->kind != WASM_FUNC)
    diag_error(c->h->base.diag, SPAN_NONE, "export '%.*s' of '%s' is not a function", STR_ARG(words), c->path);
  else if (!str_eq(item->signature, wanted))
    report_type(c, "export", words, item->signature, wanted);
}

/* What every guest may have. */
static void check_common_exports(checker *c) {
  static const char *const functions[][2] = {{"cabi_realloc", "iiii:i"}, {"_initialize", ":"}};
  const wasm_item *memory = export_find(c, STR("memory"));
  if (memory && memory->kind != WASM_MEMORY)
    diag_error(c->h->base.diag, SPAN_NONE, "export 'memory' of '%s' is not a memory", c->path);
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    const wasm_item *item = export_find(c, str_of(functions[i][0]));
    if (item)
      check_function(c, item, item->name, str_of(functions[i][1]));
  }
}

static void check_export(checker *c, const host_export *e) {
  const wasm_item *item = export_find(c, e->name);
  str words = host_wit_words(c->h, STR(""), e->name);
  if (!item)
    return;
  check_function(c, item, words, host_signature(c->h, e->params, e->param_count, e->has_result, e->result));
  check_needs(c, "export", words, e->needs);
  check_callback(c, words, e->name);
}

/* Imports */

static const host_import *import_find(const checker *c, const wasm_item *item) {
  for (size_t i = 0; i < c->h->imports.count; i++) {
    const host_import *r = &c->h->imports.items[i];
    if (str_eq(r->name, item->name) && str_eq(r->module, item->module))
      return r;
  }
  return NULL;
}

static void check_import(checker *c, const wasm_item *item) {
  diag *d = c->h->base.diag;
  str words = host_wit_words(c->h, item->module, item->name);
  const host_import *r = import_find(c, item);
  if (str_eq_c(item->module, "wasi_snapshot_preview1"))
    return; /* the C compiler knows what of it there is */
  if (item->kind != WASM_FUNC) {
    diag_error(d, SPAN_NONE, "import '%.*s' of '%s' is not a function", STR_ARG(words), c->path);
    return;
  }
  if (!r) {
    diag_error(d, SPAN_NONE, "import '%.*s' of '%s': the world does not have it", STR_ARG(words), c->path);
    diag_note(d, SPAN_NONE, "it is '%.*s' of the core module '%.*s'", STR_ARG(item->name), STR_ARG(item->module));
    if (c->h->base.options->include.count || c->h->base.options->exclude.count)
      diag_note(d, SPAN_NONE, "imports that '--include' or '--exclude' leaves out are not there either");
    return;
  }
  str wanted = host_signature(c->h, r->params, r->param_count, r->has_result, r->result);
  if (!str_eq(item->signature, wanted))
    report_type(c, "import", words, item->signature, wanted);
  check_needs(c, "import", words, r->needs);
}

const char *host_encoding(string_encoding encoding) {
  static const char *const names[] = {
      [ENCODING_UTF8] = "WITHOST_UTF8", [ENCODING_UTF16] = "WITHOST_UTF16", [ENCODING_LATIN1_UTF16] = "WITHOST_LATIN1_UTF16"};
  return names[encoding];
}

bool host_check_module(host *h, const char *path) {
  wasm_module module;
  checker c = {h, &module, path};
  if (!wasm_module_read(path, h->base.arena, h->base.diag, &module))
    return false;
  size_t errors = h->base.diag->errors;
  for (size_t i = 0; i < module.imports.count; i++)
    check_import(&c, &module.imports.items[i]);
  check_common_exports(&c);
  for (size_t i = 0; i < h->exports.count; i++)
    check_export(&c, &h->exports.items[i]);
  if (module.encodings > 1)
    diag_error(h->base.diag, SPAN_NONE, "the component-type sections of '%s' name several string encodings", path);
  if (module.encodings == 1)
    h->encoding = host_encoding(module.encoding);
  return h->base.diag->errors == errors;
}
