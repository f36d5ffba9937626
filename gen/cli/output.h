/*
 * Output: generated texts to disk, or to standard output.
 *
 * Writing is all or nothing: every new text is complete in a temporary file beside its target before the first target
 * is replaced by renaming, and a failure on the way puts everything back. Files that are already right are not
 * touched, so that their time stamps stay. A target that is a symbolic link is written where the link points.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_OUTPUT_H
#define WITGEN_CLI_OUTPUT_H

#include "emit/emit.h"

/* Writes `files` into `dir` (empty: the current directory), which is made if missing. False, with reasons, if not. */
bool output_write(str dir, const emit_file_vec *files, arena *a, diag *d);

/* Prints `files`, each under a comment with its name. */
bool output_print(FILE *out, const emit_file_vec *files, diag *d);

/* Writes one text to the file `path` with the same care; to standard output when `path` is empty. */
bool output_write_one(str path, str text, arena *a, diag *d);

#endif
