/*
 * Help: the text of `--help`, from the table of options.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/options.h"

enum { HELP_COLUMN = 32 };

static int print_spelling(FILE *out, const option_row *row) {
  int width = row->short_name ? fprintf(out, "  -%s, --%s", row->short_name, row->name) : fprintf(out, "      --%s", row->name);
  if (row->kind == VALUE_JSON)
    return width + fprintf(out, "[=%s]", row->value);
  if (row->kind == VALUE_ASYNC)
    return width + fprintf(out, "=%s", row->value);
  return row->value ? width + fprintf(out, " %s", row->value) : width;
}

void option_print_row(FILE *out, const option_row *row) {
  int width = print_spelling(out, row);
  if (width > HELP_COLUMN - 2)
    fprintf(out, "\n%*s", HELP_COLUMN, "");
  else
    fprintf(out, "%*s", HELP_COLUMN - width, "");
  for (const char *p = row->help; *p; p++)
    if (*p == '\n')
      fprintf(out, "\n%*s", HELP_COLUMN, "");
    else
      fputc(*p, out);
  fputc('\n', out);
}

void options_print_help(FILE *out) {
  fputs("Usage: witgen [OPTIONS] WIT...\n"
        "       witgen [OPTIONS] [--config FILE]\n"
        "\n"
        "Reads WIT and writes C that implements or calls one of its worlds.\n"
        "\n"
        "  WIT                           a directory of *.wit files with its deps/, a *.wit file,\n"
        "                                or a *.wasm file: a binary WIT package, a component, or a core\n"
        "                                module that was made for a world; of several, each may use\n"
        "                                packages of those before it\n",
        out);
  for (int group = 0; group < GROUP_COUNT; group++) {
    fprintf(out, "\n%s:\n", option_group_title((option_group)group));
    for (size_t i = 0; i < option_row_count; i++)
      if ((int)option_rows[i].group == group)
        option_print_row(out, &option_rows[i]);
  }
  fputs("\n"
        "Exit status: 0 done, 1 the input was refused or a file could not be written (with --check: files are stale),\n"
        "2 the command line was not understood.\n",
        out);
}
