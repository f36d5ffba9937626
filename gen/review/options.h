/*
 * Options of `witgen diff`: a table of its own, of the same kind as that of witgen itself (cli/options_table.h), from
 * which help, manual page and completion are made.
 *
 *   witgen diff [OPTIONS] OLD NEW
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_OPTIONS_H
#define WITGEN_REVIEW_OPTIONS_H

#include "cli/options_table.h"
#include "wit/resolve.h"

typedef struct diff_options {
  str_vec inputs; /* two once parsed */
  str world, format, fail_on, party, color, output; /* empty: the default */
  resolve_options resolve;
  bool help;
} diff_options;

extern const option_row diff_option_rows[];
extern const size_t diff_option_row_count;

/* argv[0] is "diff". False, with the reasons in `d`, when the command line is not understood. */
bool diff_options_parse(diff_options *o, int argc, char *const argv[], arena *a, diag *d);
void diff_options_print_help(FILE *out);

#endif
