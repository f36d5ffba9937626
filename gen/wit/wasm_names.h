/*
 * Wasm names: what the names of imports and exports in a component say.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_NAMES_H
#define WITGEN_WIT_WASM_NAMES_H

#include "model/model.h"

/* Words of letters and digits joined by '-', each word in one case, the first starting with a letter. */
bool wasm_name_is_kebab(str name);

/* Under which two names of one scope are the same: without case and hyphens. */
str wasm_name_key(arena *a, str name);

/* "ns:pkg/iface@1.0.0"; `suffix` is what follows a shortened version. Parts are views or in the arena. */
bool wasm_name_parse_interface(arena *a, str name, str suffix, package_name *out_package, str *out_interface);

typedef struct wasm_func_name {
  func_kind kind;
  accessor accessor;
  str resource; /* empty: freestanding */
  str item;     /* "constructor" for constructors */
} wasm_func_name;

/* "f", "[constructor]r", "[method]r.m", "[static][get]r.p", … */
bool wasm_name_parse_func(str name, wasm_func_name *out);

#endif
