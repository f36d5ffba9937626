/*
 * Fuzz: binary WIT packages. Bytes that are accepted must survive the phases behind: layout, and every world encoded
 * and decoded again to the same bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>
#include <string.h>

#include "abi/component_type.h"
#include "abi/core_names.h"
#include "abi/layout.h"
#include "wit/wasm_package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static str world_encode(const wasm_package *p, const world *w, arena *a) {
  section_line_vec lines = component_type_encode(&p->model, w, ENCODING_UTF8, a);
  return component_type_bytes(&lines, a);
}

static void world_check(const wasm_package *p, const world *w, arena *a) {
  str once = world_encode(p, w, a);
  if (once.len == 0) {
    return; /* uses an interface that it does not import: said by the resolver */
  }
  wasm_package again;
  diag d;
  diag_init(&d, a);
  if (!wasm_package_decode(once, STR("again"), a, &d, &again) || again.main->worlds.count != 1) {
    abort();
  }
  str twice = world_encode(&again, again.main->worlds.items[0], a);
  if (!str_eq(once, twice)) {
    abort();
  }
}

static void funcs_check(const func_vec *funcs, arena *a) {
  for (size_t i = 0; i < funcs->count; i++) {
    core_payloads(a, funcs->items[i]);
    for (func_abi abi = ABI_IMPORT_SYNC; abi <= ABI_EXPORT_ASYNC_CALLBACK; abi++) {
      layout_signature(funcs->items[i], abi);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  arena a;
  diag d;
  wasm_package p;
  arena_init(&a);
  diag_init(&d, &a);
  bool fine = wasm_package_decode((str){(const char *)data, size}, STR("input"), &a, &d, &p);
  if (fine == diag_failed(&d)) {
    abort(); /* refused without a reason, or accepted with one */
  }
  if (fine) {
    layout_assign(&p.model);
    for (size_t i = 0; i < p.model.interfaces.count; i++) {
      funcs_check(&p.model.interfaces.items[i]->funcs, &a);
    }
    for (size_t i = 0; i < p.main->worlds.count; i++) {
      world_check(&p, p.main->worlds.items[i], &a);
    }
  }
  arena_release(&a);
  return 0;
}
