/*
 * Stubs: weak stand-ins for the phases that are not there yet, so that main links. Each goes when its phase lands.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/emit.h"
#include "model/json.h"
#include "wit/resolve.h"

#define STUB __attribute__((weak))

STUB bool wit_resolve(const char *path, const resolve_options *options, arena *a, diag *d, resolved *out) {
  (void)path, (void)options, (void)a, (void)out;
  diag_error(d, SPAN_NONE, "reading WIT is not there yet");
  return false;
}

STUB const world *wit_select_world(const resolved *r, str wanted, arena *a, diag *d) {
  (void)r, (void)wanted, (void)a;
  diag_error(d, SPAN_NONE, "choosing a world is not there yet");
  return NULL;
}

STUB bool emit_world(const model *m, const world *w, emit_side side, const emit_options *options, arena *a, diag *d,
                     emit_file_vec *out) {
  (void)m, (void)w, (void)side, (void)options, (void)a, (void)out;
  diag_error(d, SPAN_NONE, "generating C is not there yet");
  return false;
}

STUB str model_json(const model *m, arena *a) {
  (void)m, (void)a;
  return STR("{}\n");
}

STUB const type *type_resolve(const type *t) {
  while (t && t->kind == TYPE_ALIAS)
    t = t->elem;
  return t;
}
