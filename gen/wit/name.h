/*
 * Name: which words WIT takes as names: `get-file`, `HTTP`, `x-2d`.
 *
 * A name is words of ASCII letters and digits with single hyphens between; a word is either all lower case or all upper
 * case; the first starts with a letter.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_NAME_H
#define WITGEN_WIT_NAME_H

#include "support/diag.h"

/* Whether `name` (without the escaping '%') is one; reports at `at` if not. */
bool name_check(str name, span at, diag *d);

#endif
