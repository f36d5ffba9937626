/*
 * Completion in bash, from its version 4 on: a function for each command, which looks at the word before the one that is being written.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/completion.h"

#include <string.h>

static const char head[] =
    "# Completion for witgen in bash. Made by: witgen --completion bash\n"
    "\n"
    "_witgen_words() { mapfile -t COMPREPLY < <(compgen -W \"$*\" -- \"$cur\"); }\n"
    "\n"
    "# of a comma-separated list, its last word\n"
    "_witgen_list() {\n"
    "  local before=\n"
    "  [[ $cur != *,* ]] || before=${cur%,*},\n"
    "  mapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$*\" -- \"${cur##*,}\")\n"
    "  compopt -o nospace 2>/dev/null\n"
    "}\n"
    "\n"
    "# files with one of these endings, or any; and directories\n"
    "_witgen_files() {\n"
    "  local ending\n"
    "  mapfile -t COMPREPLY < <(\n"
    "    compgen -d -- \"$cur\"\n"
    "    for ending; do compgen -f -X \"!*.$ending\" -- \"$cur\"; done\n"
    "    (($#)) || compgen -f -- \"$cur\")\n"
    "  compopt -o filenames 2>/dev/null\n"
    "}\n"
    "\n"
    "_witgen_dirs() {\n"
    "  mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")\n"
    "  compopt -o filenames 2>/dev/null\n"
    "}\n"
    "\n"
    "# of the WIT files and directories on the command line\n"
    "_witgen_worlds() {\n"
    "  local word\n"
    "  _witgen_words $(for word in \"${COMP_WORDS[@]:1}\"; do\n"
    "    if [[ -d $word ]]; then cat -- \"$word\"/*.wit; elif [[ $word == *.wit ]]; then cat -- \"$word\"; fi\n"
    "  done 2>/dev/null | sed -n 's/^[[:space:]]*world[[:space:]]\\{1,\\}%\\{0,1\\}\\([A-Za-z0-9-]*\\).*/\\1/p')\n"
    "}\n";

static const char tail[] =
    "_witgen() {\n"
    "  local IFS=$'\\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} before=\n"
    "  COMPREPLY=()\n"
    "  # readline takes '--option=value' for three words, unless '=' is not in COMP_WORDBREAKS\n"
    "  if [[ $cur == = ]]; then\n"
    "    cur= prev=$prev=\n"
    "  elif [[ $prev == = && COMP_CWORD -gt 2 ]]; then\n"
    "    prev=${COMP_WORDS[COMP_CWORD - 2]}=\n"
    "  elif [[ $cur == --*=* ]]; then\n"
    "    before=${cur%%=*}= prev=${cur%%=*}= cur=${cur#*=}\n"
    "  fi\n"
    "  case $COMP_CWORD:${COMP_WORDS[1]} in\n";

static const char end[] =
    "  esac\n"
    "  COMPREPLY=(\"${COMPREPLY[@]/#/$before}\")\n"
    "  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi\n"
    "}\n"
    "\n"
    "complete -F _witgen witgen\n";

static void print_function(FILE *out, const completion_command *c) {
  fprintf(out, "_witgen_command%s%s", c->word ? "_" : "", c->word ? c->word : "");
}

/* "--world | --world= | -w)" */
static void print_pattern(FILE *out, const option_row *row) {
  fprintf(out, "  --%s=", row->name);
  if (completion_takes_word(row))
    fprintf(out, " | --%s", row->name);
  if (completion_takes_word(row) && row->short_name)
    fprintf(out, " | -%s", row->short_name);
  fputc(')', out);
}

static void print_value(FILE *out, const option_row *row) {
  static const char *const functions[] = {
      [FROM_NOWHERE] = "",             [FROM_CHOICES] = " _witgen_words", [FROM_LIST] = " _witgen_list",
      [FROM_FILES] = " _witgen_files", [FROM_DIRS] = " _witgen_dirs",     [FROM_WORLDS] = " _witgen_worlds",
  };
  completion_source source = completion_source_of(row);
  const char *words = source == FROM_FILES ? row->endings : row->choices;
  print_pattern(out, row);
  fprintf(out, "%s%s%s ;;\n", functions[source], words ? " " : "", words ? words : "");
}

static void print_command(FILE *out, const completion_command *c, const completion_command *others, size_t other_count) {
  fputc('\n', out);
  print_function(out, c);
  fputs("() {\n  case $prev in\n", out);
  for (size_t i = 0; i < c->count; i++)
    if (completion_takes_value(&c->rows[i]))
      print_value(out, &c->rows[i]);
  fputs("  -*=) ;;\n  *)\n    case $cur in\n    -*)\n      _witgen_words", out);
  for (size_t i = 0; i < c->count; i++)
    fprintf(out, " \\\n        --%s%s", c->rows[i].name, c->rows[i].kind == VALUE_ASYNC ? "=" : "");
  for (size_t i = 0; i < c->count; i++)
    if (c->rows[i].short_name)
      fprintf(out, " \\\n        -%s", c->rows[i].short_name);
  fputs("\n      ;;\n    *)\n      _witgen_files wit wasm\n", out);
  for (size_t i = 0; i < other_count; i++)
    fprintf(out, "      [[ COMP_CWORD -gt 1 || %s != \"$cur\"* ]] || COMPREPLY+=(%s)\n", others[i].word, others[i].word);
  fputs("      ;;\n    esac\n    ;;\n  esac\n}\n", out);
}

void completion_print_bash(FILE *out, const completion_command *commands, size_t count) {
  fputs(head, out);
  for (size_t i = 0; i < count; i++)
    print_command(out, &commands[i], commands + 1, i ? 0 : count - 1);
  fputc('\n', out);
  fputs(tail, out);
  for (size_t i = 1; i < count; i++) {
    fprintf(out, "  1:%s) ", commands[i].word);
    print_function(out, &commands[0]);
    fprintf(out, " ;;\n  *:%s) ", commands[i].word);
    print_function(out, &commands[i]);
    fputs(" ;;\n", out);
  }
  fputs("  *) ", out);
  print_function(out, &commands[0]);
  fputs(" ;;\n", out);
  fputs(end, out);
}
