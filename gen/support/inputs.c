/*
 * Inputs: see inputs.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/inputs.h"

#include "support/vec.h"

void inputs_init(inputs *in, arena *a) {
  *in = (inputs){0};
  table_init(&in->index, a);
}

void inputs_add(inputs *in, str path) {
  if (in && !table_add(&in->index, path, in))
    vec_push(in->index.arena, &in->paths, path);
}
