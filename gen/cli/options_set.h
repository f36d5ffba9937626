/*
 * Setters: a value as text, checked, into its field of `options`. One per kind of value.
 *
 * They serve the command line and witgen.yaml; `at` is where in that file the value stands.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_OPTIONS_SET_H
#define WITGEN_CLI_OPTIONS_SET_H

#include "cli/options.h"

typedef struct option_setter {
  options *o;
  origin_kind origin; /* in one place, what is given twice must be the same */
  span at;            /* of the value; SPAN_NONE on the command line */
  arena *arena;
  diag *diag;
} option_setter;

/* Sets what `row` names to `value`, which lives as long as the options; adds to it where the option can be repeated. */
void option_set(option_setter *s, const option_row *row, str value);

/* One entry of an option that renames. */
void option_set_rename(option_setter *s, const option_row *row, str from, str to);

/* Sets it to nothing: false, or an empty list. */
void option_clear(option_setter *s, const option_row *row);

#endif
