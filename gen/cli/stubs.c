/*
 * Stubs: weak stand-ins for the phases that are not there yet, so that main links. Each goes when its phase lands.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/emit.h"
#include "model/json.h"
#include "wit/parse.h"
#include "wit/wasm_package.h"

#define STUB __attribute__((weak))

STUB bool emit_world(const model *m, const world *w, emit_side side, const emit_options *options, arena *a, diag *d,
                     emit_file_vec *out) {
  (void)m, (void)w, (void)side, (void)options, (void)a, (void)out;
  diag_error(d, SPAN_NONE, "generating C is not there yet");
  return false;
}

STUB bool wasm_package_decode(str bytes, str path, arena *a, diag *d, wasm_package *out) {
  (void)bytes, (void)a, (void)out;
  diag_error(d, SPAN_NONE, "'%.*s': reading binary packages is not there yet", STR_ARG(path));
  return false;
}

STUB syn_file *wit_parse(const source *src, arena *a, diag *d) {
  (void)src, (void)a;
  diag_error(d, SPAN_NONE, "parsing is not there yet");
  return NULL;
}
