/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Whether a module fits a world, before anything of it is linked.
 */
#ifndef WITHOST_WASMTIME_CHECK_H
#define WITHOST_WASMTIME_CHECK_H

#include <withost/wasmtime.h>

#ifdef WITHOST_WASMTIME_HEADERS
#include <wasmtime.h>
#else
#include "wasmtime_api.h"
#endif

/* What every guest may import and export besides. */
typedef struct withost__common {
  const withost_wasmtime_import *imports;
  size_t import_count;
  const withost_wasmtime_export *exports;
  size_t export_count;
} withost__common;

/* False: `why` (of `size` bytes) says which import or export is wrong, and how. */
bool withost__module_fits(const wasmtime_module_t *module, const withost_wasmtime_world *world, const withost__common *common,
                          char *why, size_t size);

/* "iI:f" */
bool withost__functype_is(const wasm_functype_t *type, const char *signature);
extern const char withost__kind_letters[WASM_F64 + 1];

#endif
