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

typedef struct depfile {
  str path;
  span at;                /* what asked for it first */
  inputs targets, needed; /* without repetition */
} depfile;

/* One for each path: targets of witgen.yaml that name the same file share its rule. */
typedef struct depfile_vec {
  depfile *items;
  size_t count, cap;
} depfile_vec;

/*
 * Adds what `--depfile` asks for, if it does: the targets of `-MT` or else the files of this world, and the files that
 * were read. Nothing in `all` stays in the memory of `needed`. False when the world has no name in C.
 */
bool depfile_add(depfile_vec *all, const options *o, span at, str world_name, const inputs *needed, arena *a, diag *d);

/* Adds the rules to the files to be written. False, with the reasons in `d`, when a name cannot be written. */
bool depfile_write(const depfile_vec *all, output_job *job, arena *a, diag *d);

/* The rule by itself. */
bool depfile_text(const str_vec *targets, const str_vec *names, arena *a, diag *d, str *out);

#endif
