/*
 * Input: one path, resolved.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/input.h"

#include "support/vec.h"

bool review_input_load(str input, const resolve_options *options, arena *a, diag *d, resolved *out) {
  str_vec paths = {0};
  vec_push(a, &paths, input);
  return wit_resolve(&paths, options, a, d, out);
}
