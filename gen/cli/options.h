/*
 * Options: what the command line asks for.
 *
 * options_table.h names every option once. Parsing, `--help` and the suggestions read that table; the manual page is
 * checked against `--help`.
 *
 *   witgen [OPTIONS] WIT...
 *
 * Long options take their value as `--name=value` or `--name value`, short ones as `-n value` or `-nvalue`; `--` ends
 * the options. The first word may be `c`, so that build files written for `wit-bindgen c` change in one word only.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_OPTIONS_H
#define WITGEN_CLI_OPTIONS_H

#include "cli/options_table.h"
#include "emit/emit.h"
#include "support/version.h"
#include "wit/resolve.h"

typedef struct json_request {
  bool wanted;
  str file; /* empty: standard output */
} json_request;

/* Where a value was given last. */
typedef enum origin_kind { ORIGIN_DEFAULT, ORIGIN_FILE, ORIGIN_COMMAND_LINE } origin_kind;

typedef struct option_origin {
  origin_kind kind;
  span at;     /* of the key in witgen.yaml */
  bool shared; /* given for several targets at once */
} option_origin;

/* Values of options; each but `paths`, `base_dir` and what `emit` has of engines and encoding has its row in the table. */
typedef struct options {
  option_origin *origins; /* of each row */
  option_origin paths_origin;
  str_vec paths; /* WIT files and directories, NUL-terminated; one at least once finished */
  str base_dir;  /* what a missing out_dir stands for; empty: the current directory */
  str config;    /* --config; empty: none, or the one in the current directory */
  str_vec targets;
  bool print_config, print_schema;
  str world;     /* empty: the only one */
  str out_dir;   /* empty: base_dir */
  str encoding;  /* --string-encoding; empty: utf8 */
  str completion; /* empty: none is to be printed */
  str_vec engines;
  str depfile;             /* empty: none */
  str_vec depfile_targets; /* -MT; empty: the generated files */
  bool list_outputs;
  json_request json;
  bool guest, host, check, to_stdout, help, version;
  bool no_object_file; /* accepted for build files written for the peer: it is the default */
  resolve_options resolve;
  emit_options emit;
} options;

void options_init(options *o, arena *a);

/* Reads the command line. Returns false, with the reasons in `d`, when it is not understood. */
bool options_parse(options *o, int argc, char *const argv[], arena *a, diag *d);

/* Options from several places (options_merge.c): what `from` gives replaces in `to` what it, or its opposite, was before. */
void options_merge(options *to, const options *from);

/*
 * After the last merge: works out what values say together. False, with the reasons in `d`, when they do not fit each other;
 * `at` is what lacks a WIT file.
 */
bool options_finish(options *o, span at, diag *d);

/* Where a value comes from. `name` is in the table. */
option_origin options_origin(const options *o, const char *name);

/* Whether both read the same WIT in the same way. */
bool options_same_input(const options *a, const options *b);

/* The directory to write to; empty: the current one. */
str options_out_dir(const options *o);

/* Whether C is to be generated: always, except when only the JSON is wanted. */
bool options_generate(const options *o);

/*
 * The same command line without `--check`, quoted for a shell: what brings stale files up to date. `config_checks`: the
 * check is also asked for elsewhere.
 */
str options_update_command(int argc, char *const argv[], bool config_checks, arena *a);

void options_print_help(FILE *out);

#endif
