/*
 * Wasm module: what a core module imports, exports and says of itself; its code is not looked at.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_MODULE_H
#define WITGEN_WIT_WASM_MODULE_H

#include "abi/component_type.h"
#include "support/diag.h"

typedef enum wasm_kind { WASM_FUNC, WASM_TABLE, WASM_MEMORY, WASM_GLOBAL, WASM_TAG } wasm_kind;

typedef struct wasm_item {
  str module; /* imports only */
  str name;
  wasm_kind kind;
  str signature; /* functions: "iI:f", parameters, a colon, results; '?' for types that WIT has no use for */
} wasm_item;

typedef struct wasm_item_vec {
  wasm_item *items;
  size_t count, cap;
} wasm_item_vec;

typedef struct wasm_module {
  wasm_item_vec imports, exports;
  size_t encodings; /* how many string encodings its component-type sections name: 0, 1 or 2 */
  string_encoding encoding;
} wasm_module;

/* Reads the file; false, with the reason in `d`, when it is no core module. */
bool wasm_module_read(const char *path, arena *a, diag *d, wasm_module *out);

/* Whether `bytes` begin as a core module does. */
bool wasm_module_is(str bytes);

/*
 * The contents of the component-type sections of the core module `bytes`, which came from `path`. False, with the reason
 * in `d`, when it is damaged or there are none.
 */
bool wasm_module_component_types(str bytes, str path, arena *a, diag *d, str_vec *out);

#endif
