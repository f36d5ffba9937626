/*
 * `witgen diff OLD NEW`: what changed in meaning between two inputs. docs/diff.md is its manual.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_DIFF_MAIN_H
#define WITGEN_REVIEW_DIFF_MAIN_H

#include "support/diag.h"

/*
 * argv[0] is "diff"; `color`: standard output is a terminal that wants colours. Returns the exit status; what is wrong
 * with the command line or the inputs is in `d`.
 */
int diff_main(int argc, char **argv, bool color, arena *a, diag *d);

#endif
