/*
 * Input: one path on disk or in a revision, resolved.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/input.h"

#include "review/git_files.h"
#include "support/vec.h"

bool review_input_load(str input, const resolve_options *options, arena *a, diag *d, resolved *out) {
  if (git_is_input(input)) {
    return git_resolve(input, options, a, d, out);
  }
  str_vec paths = {0};
  vec_push(a, &paths, input);
  return wit_resolve(&paths, options, a, d, out);
}
