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

/* A file whose time stamp says when the last run was: it becomes new even when its text stays. */
typedef struct output_stamp {
  str path; /* not below the out directory; empty: there is none */
  str bytes;
} output_stamp;

/*
 * Writes `files` into `dir` (empty: the current directory), which is made if missing, and then `stamp`. False, with
 * reasons, if not.
 */
bool output_write(str dir, const emit_file_vec *files, const output_stamp *stamp, arena *a, diag *d);

/* Prints `files`, each under a comment with its name. */
bool output_print(FILE *out, const emit_file_vec *files, diag *d);

/* Writes one text to the file `path` with the same care; to standard output when `path` is empty. */
bool output_write_one(str path, str text, arena *a, diag *d);

#endif
