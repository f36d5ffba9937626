/*
 * Stubs: weak stand-ins for the phases that are not there yet, so that main links. Each goes when its phase lands.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/parse.h"

#define STUB __attribute__((weak))

STUB syn_file *wit_parse(const source *src, arena *a, diag *d) {
  (void)src, (void)a;
  diag_error(d, SPAN_NONE, "parsing is not there yet");
  return NULL;
}
