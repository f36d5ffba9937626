/*
 * Check: generated texts held against what is on disk.
 *
 * Nothing is written but the difference, to standard output, by the system's `diff -u`: between what is there and what would be
 * generated, so that `patch -p1` could apply it. The reader has it beside the messages, which say what to run instead.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_CHECK_H
#define WITGEN_CLI_CHECK_H

#include "emit/emit.h"

/*
 * Compares `files` with those in `dir`. False, with an error for each and its difference shown, when any is missing or differs.
 * Files of the same world that other options have left behind get a note, and are no failure.
 */
bool check_files(str dir, const emit_file_vec *files, bool color, arena *a, diag *d);

#endif
