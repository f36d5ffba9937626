/*
 * Completion in zsh: a specification of _arguments for each option.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/completion.h"

#include <string.h>

static const char head[] =
    "#compdef witgen\n"
    "# Completion for witgen in zsh. Made by: witgen --completion zsh\n"
    "\n"
    "_witgen_wit() { _files -g '*.(wit|wasm)'; }\n"
    "\n"
    "# of the WIT files and directories on the command line\n"
    "_witgen_worlds() {\n"
    "  local -a wit worlds\n"
    "  local word\n"
    "  for word in ${(Q)words[2,-1]}; do\n"
    "    if [[ -d $word ]]; then wit+=($word/*.wit(N)); elif [[ $word == *.wit && -f $word ]]; then wit+=($word); fi\n"
    "  done\n"
    "  (( $#wit )) && worlds=(${(f)\"$(sed -n 's/^[[:space:]]*world[[:space:]]\\{1,\\}%\\{0,1\\}\\([A-Za-z0-9-]*\\).*/\\1/p' -- $wit)\"})\n"
    "  _wanted worlds expl world compadd -a worlds\n"
    "}\n";

/* In single quotes, where _arguments takes ':' and brackets for its own. */
static void print_escaped(FILE *out, str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.ptr[i] == '\'')
      fputs("'\\''", out);
    else
      fprintf(out, "%s%c", strchr(":[]\\", text.ptr[i]) ? "\\" : "", text.ptr[i]);
}

/* Parentheses around one word at the end would be qualifiers. */
static void print_files(FILE *out, const char *endings) {
  bool several = endings && strchr(endings, ' ');
  fprintf(out, "_files%s%s", endings ? " -g \"*." : "", several ? "(" : "");
  for (const char *p = endings ? endings : ""; *p; p++)
    fputc(*p == ' ' ? '|' : *p, out);
  fprintf(out, "%s%s", several ? ")" : "", endings ? "\"" : "");
}

static void print_action(FILE *out, const option_row *row) {
  switch (completion_source_of(row)) {
  case FROM_NOWHERE: fputc(' ', out); break;
  case FROM_CHOICES: fprintf(out, "(%s)", row->choices); break;
  case FROM_LIST: fprintf(out, "_values -s , %s %s", row->value, row->choices); break;
  case FROM_DIRS: fputs("_files -/", out); break;
  case FROM_WORLDS: fputs("_witgen_worlds", out); break;
  case FROM_FILES: print_files(out, row->endings); break;
  }
}

/* Other options that make no sense beside this one; of one that is not repeatable, its own names as well. */
static void print_exclusions(FILE *out, const completion_command *c, const option_row *row) {
  if (completion_is_repeatable(row)) {
    fputs("*", out);
    return;
  }
  fprintf(out, "(--%s", row->name);
  if (row->short_name)
    fprintf(out, " -%s", row->short_name);
  for (size_t i = 0; i < c->count; i++)
    if (&c->rows[i] != row && option_excludes(row, &c->rows[i]))
      fprintf(out, " --%s", c->rows[i].name);
  fputc(')', out);
}

/* How the value follows: '=' in the same word or in the next one, only in the same word, or (short names) at once. */
static void print_spec(FILE *out, const completion_command *c, const option_row *row, bool is_short, arena *a) {
  fputs("    '", out);
  print_exclusions(out, c, row);
  if (is_short)
    fprintf(out, "-%s%s", row->short_name, completion_takes_word(row) ? "+" : "");
  else
    fprintf(out, "--%s%s", row->name, completion_takes_word(row) ? "=" : completion_takes_value(row) ? "=-" : "");
  fputc('[', out);
  print_escaped(out, completion_summary(row, a));
  fputc(']', out);
  if (completion_takes_value(row)) {
    fputs(row->kind == VALUE_JSON ? "::" : ":", out);
    print_escaped(out, str_of(row->value));
    fputc(':', out);
    print_action(out, row);
  }
  fputs("' \\\n", out);
}

static void print_specs(FILE *out, const completion_command *c, arena *a) {
  fputs("  _arguments -S \\\n", out);
  for (size_t i = 0; i < c->count; i++) {
    print_spec(out, c, &c->rows[i], false, a);
    if (c->rows[i].short_name)
      print_spec(out, c, &c->rows[i], true, a);
  }
}

static void print_command(FILE *out, const completion_command *c, arena *a) {
  fprintf(out, "\n_witgen_command_%s() {\n", c->word);
  print_specs(out, c, a);
  fputs("    '*:WIT:_witgen_wit'\n}\n", out);
}

void completion_print_zsh(FILE *out, const completion_command *commands, size_t count, arena *a) {
  fputs(head, out);
  for (size_t i = 1; i < count; i++)
    print_command(out, &commands[i], a);
  fputs("\n_witgen_first() {\n  _alternative 'wit:WIT:_witgen_wit' 'commands:command:((", out);
  for (size_t i = 1; i < count; i++) {
    fprintf(out, "%s%s\\:\"", i > 1 ? " " : "", commands[i].word);
    print_escaped(out, str_of(commands[i].help));
    fputc('"', out);
  }
  fputs("))'\n}\n\n_witgen() {\n", out);
  for (size_t i = 1; i < count; i++)
    fprintf(out,
            "  if (( CURRENT > 2 )) && [[ $words[2] == %s ]]; then\n"
            "    shift words\n    (( CURRENT-- ))\n    _witgen_command_%s\n    return\n  fi\n",
            commands[i].word, commands[i].word);
  print_specs(out, &commands[0], a);
  fputs("    '1:WIT:_witgen_first' \\\n    '*:WIT:_witgen_wit'\n}\n\n"
        "if [[ $funcstack[1] == _witgen ]]; then _witgen \"$@\"; else compdef _witgen witgen; fi\n",
        out);
}
