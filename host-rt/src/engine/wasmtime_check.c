/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A module against the tables of a world: what it imports has to be there, with that type; what it exports under a name of
 * the world has to have the world's type; and what these need, a memory, cabi_realloc, a callback, it has to export too.
 * The first thing that is wrong is said in the words of the WIT.
 */
#include <stdio.h>

#include "wasmtime_check.h"

typedef struct check {
  const withost_wasmtime_world *world;
  const withost__common *common;
  wasm_importtype_vec_t imports;
  wasm_exporttype_vec_t exports;
  char *why;
  size_t size;
} check;

/* ---- Types ---- */

const char withost__kind_letters[] = {[WASM_I32] = 'i', [WASM_I64] = 'I', [WASM_F32] = 'f', [WASM_F64] = 'F'};

static bool types_are(const wasm_valtype_vec_t *types, const char *letters, size_t count) {
  if (types->size != count) return false;
  for (size_t n = 0; n < count; n++) {
    uint8_t kind = wasm_valtype_kind(types->data[n]);
    if (kind > WASM_F64 || withost__kind_letters[kind] != letters[n]) return false;
  }
  return true;
}

bool withost__functype_is(const wasm_functype_t *type, const char *signature) {
  const char *colon = strchr(signature, ':');
  return types_are(wasm_functype_params(type), signature, (size_t)(colon - signature)) &&
         types_are(wasm_functype_results(type), colon + 1, strlen(colon + 1));
}

/* "(i32, i64) -> (f32)" of the letters before and after the colon. */
static void signature_text(const char *letters, char *text, size_t size) {
  static const char *const names[] = {['i'] = "i32", ['I'] = "i64", ['f'] = "f32", ['F'] = "f64", ['?'] = "another type"};
  size_t used = (size_t)snprintf(text, size, "(");
  for (const char *separator = ""; *letters && used < size; letters++) {
    bool colon = *letters == ':';
    used += (size_t)snprintf(text + used, size - used, "%s%s", colon ? "" : separator, colon ? ") -> (" : names[(uint8_t)*letters]);
    separator = colon ? "" : ", ";
  }
  if (used < size) snprintf(text + used, size - used, ")");
}

static void type_letters(const wasm_valtype_vec_t *types, char **to, const char *end) {
  for (size_t n = 0; n < types->size && *to < end; n++) {
    uint8_t kind = wasm_valtype_kind(types->data[n]);
    *(*to)++ = kind > WASM_F64 ? '?' : withost__kind_letters[kind];
  }
}

/* ---- Words ---- */

typedef struct words { char text[160]; } words;

static bool skip(const char **at, size_t *left, const char *prefix) {
  size_t size = strlen(prefix);
  if (*left < size || memcmp(*at, prefix, size) != 0) return false;
  *at += size;
  *left -= size;
  return true;
}

/* "import demo:hello/timer#wait"; "export f" */
static words wit_words(const char *side, const char *module, size_t module_size, const char *name, size_t name_size) {
  static const char *const forms[] = {"cabi_post_", "[callback]", "[async-lower]", "[async-lift]", "[async-lift-stackful]"};
  words w;
  for (size_t n = 0; n < sizeof forms / sizeof *forms; n++) skip(&name, &name_size, forms[n]);
  skip(&module, &module_size, "[export]");
  if (module_size == 5 && memcmp(module, "$root", 5) == 0) module_size = 0;
  snprintf(w.text, sizeof w.text, "%s %.*s%s%.*s", side, (int)module_size, module, module_size ? "#" : "", (int)name_size, name);
  return w;
}

static bool type_is_wrong(check *c, words what, const wasm_functype_t *type, const char *signature) {
  char letters[80], is[160], wanted[160], *end = letters;
  type_letters(wasm_functype_params(type), &end, letters + sizeof letters - 2);
  *end++ = ':';
  type_letters(wasm_functype_results(type), &end, letters + sizeof letters - 1);
  *end = 0;
  signature_text(letters, is, sizeof is);
  signature_text(signature, wanted, sizeof wanted);
  snprintf(c->why, c->size, "%s has the core type %s, the world's is %s", what.text, is, wanted);
  return false;
}

/* ---- Exports ---- */

static const wasm_externtype_t *export_find(const check *c, const char *name) {
  for (size_t n = 0; n < c->exports.size; n++) {
    const wasm_byte_vec_t *is = wasm_exporttype_name(c->exports.data[n]);
    if (is->size == strlen(name) && memcmp(is->data, name, is->size) == 0) return wasm_exporttype_type(c->exports.data[n]);
  }
  return NULL;
}

static bool needs_are_met(check *c, words what, withost_needs needs) {
  const char *missing = NULL;
  if (needs >= WITHOST_NEEDS_MEMORY && !export_find(c, "memory")) missing = "memory";
  else if (needs == WITHOST_NEEDS_REALLOC && !export_find(c, "cabi_realloc")) missing = "cabi_realloc";
  if (missing) snprintf(c->why, c->size, "%s needs `%s`, which the guest does not export", what.text, missing);
  return !missing;
}

static bool callback_is_there(check *c, words what, const char *name) {
  char callback[256];
  if (strncmp(name, "[async-lift]", 12) != 0) return true;
  int size = snprintf(callback, sizeof callback, "[callback]%s", name);
  if ((size_t)size >= sizeof callback || export_find(c, callback)) return true;
  snprintf(c->why, c->size, "%s has no callback: the guest does not export `%s`", what.text, callback);
  return false;
}

static bool exports_fit(check *c, const withost_wasmtime_export *exports, size_t count) {
  for (size_t n = 0; n < count; n++) {
    const withost_wasmtime_export *e = &exports[n];
    const wasm_externtype_t *item = export_find(c, e->name);
    if (!item) continue;
    words what = wit_words("export", "", 0, e->name, strlen(e->name));
    const wasm_functype_t *type = wasm_externtype_as_functype_const(item);
    if (!type) {
      snprintf(c->why, c->size, "%s is not a function", what.text);
      return false;
    }
    if (!withost__functype_is(type, e->signature)) return type_is_wrong(c, what, type, e->signature);
    if (!needs_are_met(c, what, e->needs) || !callback_is_there(c, what, e->name)) return false;
  }
  return true;
}

static bool memory_fits(check *c) {
  const wasm_externtype_t *memory = export_find(c, "memory");
  if (!memory || wasm_externtype_kind(memory) == WASM_EXTERN_MEMORY) return true;
  snprintf(c->why, c->size, "export memory is not a memory");
  return false;
}

/* ---- Imports ---- */

static bool text_is(const wasm_byte_vec_t *is, const char *text) {
  return is->size == strlen(text) && memcmp(is->data, text, is->size) == 0;
}

static const withost_wasmtime_import *import_find(const withost_wasmtime_import *imports, size_t count,
                                                  const wasm_byte_vec_t *module, const wasm_byte_vec_t *name) {
  for (size_t n = 0; n < count; n++)
    if (text_is(name, imports[n].name) && text_is(module, imports[n].module)) return &imports[n];
  return NULL;
}

static bool import_fits(check *c, const wasm_importtype_t *item) {
  const wasm_byte_vec_t *module = wasm_importtype_module(item), *name = wasm_importtype_name(item);
  words what = wit_words("import", module->data, module->size, name->data, name->size);
  const withost_wasmtime_import *found = import_find(c->world->imports, c->world->import_count, module, name);
  if (!found) found = import_find(c->common->imports, c->common->import_count, module, name);
  const wasm_functype_t *type = wasm_externtype_as_functype_const(wasm_importtype_type(item));
  if (!type || !found) {
    snprintf(c->why, c->size, "%s: %s (core module '%.*s', name '%.*s')", what.text,
             type ? "the world does not have it" : "only functions can be imported", (int)module->size, module->data,
             (int)name->size, name->data);
    return false;
  }
  if (!withost__functype_is(type, found->signature)) return type_is_wrong(c, what, type, found->signature);
  return needs_are_met(c, what, found->needs);
}

static bool imports_fit(check *c) {
  for (size_t n = 0; n < c->imports.size; n++)
    if (!import_fits(c, c->imports.data[n])) return false;
  return true;
}

bool withost__module_fits(const wasmtime_module_t *module, const withost_wasmtime_world *world, const withost__common *common,
                          char *why, size_t size) {
  check c = {.world = world, .common = common, .why = why, .size = size};
  wasmtime_module_imports(module, &c.imports);
  wasmtime_module_exports(module, &c.exports);
  bool good = memory_fits(&c) && exports_fit(&c, common->exports, common->export_count) &&
              exports_fit(&c, world->exports, world->export_count) && imports_fit(&c);
  wasm_importtype_vec_delete(&c.imports);
  wasm_exporttype_vec_delete(&c.exports);
  return good;
}
