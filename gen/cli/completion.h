/*
 * Completion: what makes a shell complete the command line of witgen, from the tables of options.
 *
 *   witgen --completion bash > /usr/share/bash-completion/completions/witgen
 *
 * Each shell has its file; what they share is here: the commands, and what the value of an option can be completed by.
 * Fixed text calls functions of the script itself, so that none needs more than the shell.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_COMPLETION_H
#define WITGEN_CLI_COMPLETION_H

#include <stdio.h>

#include "cli/options_table.h"

/* The program, or what its first word makes of it. Its other arguments are WIT. */
typedef struct completion_command {
  const char *word; /* NULL: no such word */
  const char *help;
  const option_row *rows;
  size_t count;
} completion_command;

/* Where a value is from. */
typedef enum completion_source {
  FROM_NOWHERE, /* anybody's text */
  FROM_CHOICES, /* one of the row's choices */
  FROM_LIST,    /* several, with commas between them */
  FROM_FILES,   /* with the row's endings, if it has some */
  FROM_DIRS,
  FROM_WORLDS /* of the WIT files that stand on the command line */
} completion_source;

completion_source completion_source_of(const option_row *row);

/* Whether the option takes a value as a word of its own, and whether it takes one after '='. */
bool completion_takes_word(const option_row *row);
bool completion_takes_value(const option_row *row);
bool completion_is_repeatable(const option_row *row);

/* What the help text says first, on one line: up to a bracket, or a line that ends with ':' or ';'. */
str completion_summary(const option_row *row, arena *a);

/* commands[0] is the program; shell: one of the choices of --completion. */
void completion_print(FILE *out, str shell, const completion_command *commands, size_t count, arena *a);

void completion_print_bash(FILE *out, const completion_command *commands, size_t count);
void completion_print_zsh(FILE *out, const completion_command *commands, size_t count, arena *a);
void completion_print_fish(FILE *out, const completion_command *commands, size_t count, arena *a);

#endif
