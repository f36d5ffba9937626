/*
 * File list: the paths of all files that a run writes, without making them; for --list-outputs and for rules.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_FILE_LIST_H
#define WITGEN_CLI_FILE_LIST_H

#include "cli/options.h"

/* In the order in which they are generated; false, with the reason in `d`, when the world has no name in C. */
bool file_list(const options *o, str world_name, arena *a, diag *d, str_vec *out);

/* Prints them, one a line. The world's name is looked up in WIT only where no option says it. */
bool file_list_print(const options *o, arena *a, diag *d);

#endif
