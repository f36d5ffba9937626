/*
 * Output: generated texts to disk, or to standard output.
 *
 * Writing is all or nothing, also over several targets: every new text is complete in a temporary file beside its place
 * before the first place is taken by renaming, and a failure on the way puts everything back. Files that are already
 * right are not touched, so that their time stamps stay.
 *
 * Where files are written is for the command line or witgen.yaml to say, and not for the input: a file's name is the world's, in
 * letters, digits and '_'. A symbolic link is written where it points, as whoever made it there has wished; it must point to a
 * regular file that exists. New files have the mode that the umask gives; files that are replaced keep theirs, without what would
 * make them run as another user.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_OUTPUT_H
#define WITGEN_CLI_OUTPUT_H

#include "emit/emit.h"

/*
 * Files that are written together:
 *
 *   output_job *job = output_begin(arena);     memory for paths only
 *   output_add(job, ...) as often as needed    after which the texts may go
 *   output_commit(job, ...)                    all of them, or output_abandon(job): none
 */
typedef struct output_job output_job;

output_job *output_begin(arena *a);

/*
 * Adds `files`, to be written into `dir` (empty: the current directory), which is made if missing; `at` is what asked
 * for them, in messages. False, with reasons, when they cannot be written: then only abandoning is left.
 */
bool output_add(output_job *job, str dir, const emit_file_vec *files, span at, diag *d);

/* Adds one file whose time stamp says when the last run was: it becomes new even when the text stays. */
bool output_add_stamp(output_job *job, str path, str text, span at, diag *d);

/* False, with the reason and with everything as it was before, if it fails. */
bool output_commit(output_job *job, diag *d);
void output_abandon(output_job *job);

/* Prints `files`, each under a comment with its name. */
bool output_print(FILE *out, const emit_file_vec *files, diag *d);

/* Prints one text. */
bool output_print_text(FILE *out, str text, diag *d);

#endif
