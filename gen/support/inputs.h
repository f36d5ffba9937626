/*
 * Inputs: the files and directories that a run read, for --depfile.
 *
 * Whoever reads a file or lists a directory adds its path, as given; a path that is there already is not added again.
 * A directory counts because a new file in it would have been read.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_INPUTS_H
#define WITGEN_SUPPORT_INPUTS_H

#include "support/table.h"

typedef struct inputs {
  str_vec paths; /* in the order in which they were first read */
  table index;
} inputs;

void inputs_init(inputs *in, arena *a);

/* `in` may be NULL, when nobody wants to know. The path is not copied. */
void inputs_add(inputs *in, str path);

#endif
