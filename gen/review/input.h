/*
 * Input: what `witgen diff` is given, resolved: a WIT file or directory, or a binary package, on disk or as `git:REV:PATH`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_INPUT_H
#define WITGEN_REVIEW_INPUT_H

#include "wit/resolve.h"

/* False, with the reasons in `d`, when `input` is refused. */
bool review_input_load(str input, const resolve_options *options, arena *a, diag *d, resolved *out);

#endif
