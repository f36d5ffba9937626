/*
 * Options table: every option, once.
 *
 * A row says how an option is spelled, what kind of value it takes, where in `options` that value goes and what people
 * are told about it. The command line, witgen.yaml and its JSON Schema, `--help`, completion and the manual page all
 * come from these rows. To add an option, add a field to `options` and a row to options_table.c, and run `make bless`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_OPTIONS_TABLE_H
#define WITGEN_CLI_OPTIONS_TABLE_H

#include <stdio.h>

#include "support/str.h"

/* What an option takes, and the type of its field. */
typedef enum value_kind {
  VALUE_FLAG,    /* bool: no value; "=no" turns off what witgen.yaml turns on */
  VALUE_TEXT,    /* str: given once, not empty */
  VALUE_FILE,    /* str: as VALUE_TEXT, the path of a file */
  VALUE_DIR,     /* str: as VALUE_TEXT, the path of a directory */
  VALUE_SUFFIX,  /* str: given once, may be empty */
  VALUE_CHOICE,  /* str: one of the row's choices */
  VALUE_YES_NO,  /* bool: yes or no */
  VALUE_WORDS,   /* str_vec: commas or blanks between words, repeatable; of the row's choices if it has some */
  VALUE_FILTERS, /* str_vec: commas between filters, repeatable */
  VALUE_ASYNC,   /* str_vec: the peer's older spelling of filters, a '-' before each */
  VALUE_ITEMS,   /* str_vec: each time one item, whatever is in it; repeatable */
  VALUE_RENAME,  /* emit_rename_vec: K=V, repeatable */
  VALUE_JSON     /* json_request: a file that may be left out */
} value_kind;

typedef enum option_group {
  GROUP_WHAT,
  GROUP_OUTPUT,
  GROUP_NAMES,
  GROUP_CODE,
  GROUP_CONFIG,
  GROUP_OTHER,
  GROUP_COUNT
} option_group;

/* Where an option can be given. */
typedef enum option_scope {
  SCOPE_TARGET, /* the command line and witgen.yaml: what is generated, and how */
  SCOPE_RUN     /* the command line only: what this run shall do */
} option_scope;

typedef struct option_row {
  const char *name;       /* without "--" */
  const char *short_name; /* without "-", or NULL; with more than one letter it takes a value and is never joined with others */
  value_kind kind;
  option_group group;
  size_t field;        /* offset in `options` */
  const char *value;   /* the value's name in the help text, or NULL */
  const char *help;    /* lines separated by '\n' */
  const char *choices; /* values that there are, separated by blanks; or NULL */
  const char *endings; /* of files that may be given, for completion, separated by blanks; or NULL: any */
  option_scope scope;
  const char *excludes; /* options that cannot be on at the same time, separated by blanks; or NULL. Either names the other */
} option_row;

extern const option_row option_rows[];
extern const size_t option_row_count;

/* As a headline of the help text, without ':' */
const char *option_group_title(option_group group);

/* The row of this name ("out-dir"), or NULL. */
const option_row *option_find(str name);

/* The row whose short name is `letter`, or whose longer short name starts `letters`; or NULL. */
const option_row *option_find_short(str letters);

/* The name most like `name`, as far as `scope` goes (SCOPE_RUN: all names); empty if none is near. */
str option_nearest(str name, option_scope scope, arena *a);

/* Bytes of the field of a row; all zero: not given, off, empty. */
size_t option_field_size(const option_row *row);

/* Whether at most one of two options may be on. */
bool option_excludes(const option_row *one, const option_row *other);

/* A row as `--help` shows it. */
void option_print_row(FILE *out, const option_row *row);

/* The words of a value, between commas or blanks. */
str_vec option_words(str value, arena *a);

/* The choices of a row, one by one. */
str_vec option_choices(const option_row *row, arena *a);

#endif
