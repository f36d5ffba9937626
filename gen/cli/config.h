/*
 * Config: what this run generates, as targets.
 *
 * Without witgen.yaml the command line is the only target. With it, each entry of `targets:` is one, with what the top
 * level of the file says for all of them; options of the command line win over both. Paths in the file are relative to
 * it. How each kind of option is written there follows from its row in options_table.h.
 *
 *   config_find     is there a file to read?
 *   config_read     its targets
 *   config_select   those that the command line wants, with what it says
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_CONFIG_H
#define WITGEN_CLI_CONFIG_H

#include "cli/options.h"

typedef struct config_target {
  str name; /* empty: it has none */
  span at;  /* of its name or its first key in witgen.yaml; SPAN_NONE without the file */
  options options;
} config_target;

typedef struct config_target_vec {
  config_target *items;
  size_t count, cap;
} config_target_vec;

typedef struct config {
  str path; /* of the file; empty: there is none */
  config_target_vec targets;
} config;

/* What the file is called that is read when nothing else is given. */
#define CONFIG_NAME "witgen.yaml"

/* The file to read: that of `--config`, or the one in the current directory when no WIT is given; empty: none. */
str config_find(const options *given);

/* Reads the file at `path`. False, with the reasons in `d`, when it is refused. */
bool config_read(config *c, str path, arena *a, diag *d);

/* The same for a text. Paths in it are relative to the directory of its path. */
bool config_parse(config *c, const source *src, arena *a, diag *d);

/* The command line as the only target. */
void config_without_file(config *c, const options *given, arena *a);

/* Keeps the targets that `--target` names (all, if it names none). False, with the reasons in `d`, for unknown names. */
bool config_select(config *c, const str_vec *names, arena *a, diag *d);

/* Lets the command line win, and finishes all targets. False, with the reasons in `d`, if one of them makes no sense. */
bool config_finish(config *c, const options *given, diag *d);

/*
 * Adds to the messages in `d` where the file has the options that they speak of: later phases call them as the command
 * line does.
 */
void config_note_places(const config_target *t, diag *d);

/* config_print.c: the targets as a witgen.yaml that says where each value comes from. False if the disk is full, or so. */
bool config_print(FILE *out, const config *c, arena *a, diag *d);

/* config_schema.c: the JSON Schema of witgen.yaml. */
str config_schema(arena *a);

#endif
