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

/* Values of options; each but `paths` and the derived ones has its row in the table. */
typedef struct options {
  str_vec paths; /* WIT files and directories, NUL-terminated; one at least once parsed */
  str world;     /* empty: the only one */
  str out_dir;   /* empty: the current directory */
  str encoding;  /* --string-encoding; empty: utf8 */
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

/* Reads the command line. Returns false, with the reasons in `d`, when it is not understood. */
bool options_parse(options *o, int argc, char *const argv[], arena *a, diag *d);

/* Whether C is to be generated: always, except when only the JSON is wanted. */
bool options_generate(const options *o);

/* The same command line without `--check`, quoted for a shell: what brings stale files up to date. */
str options_update_command(int argc, char *const argv[], arena *a);

void options_print_help(FILE *out);

#endif
