/*
 * Depfile: a rule in Make's syntax that names everything a run has read, as `gcc -MMD -MP` writes it.
 *
 *   gen/service.h gen/service.c: \
 *     wit \
 *     wit/service.wit
 *
 *   wit/service.wit:
 *
 * The rules without prerequisites keep Make going when a file is gone. GNU Make, Ninja, CMake and Meson read this.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_DEPFILE_H
#define WITGEN_CLI_DEPFILE_H

#include "cli/options.h"
#include "cli/output.h"
#include "support/inputs.h"

/*
 * What `--depfile` asks for, with the targets of `-MT` or else the files of this world; the path stays empty when nothing
 * is asked for. False, with the reasons in `d`, when a name cannot be written.
 */
bool depfile_make(const options *o, str world_name, const inputs *in, arena *a, diag *d, output_stamp *out);

/* The rule by itself. */
bool depfile_text(const str_vec *targets, const str_vec *names, arena *a, diag *d, str *out);

#endif
