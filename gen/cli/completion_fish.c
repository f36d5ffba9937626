/*
 * Completion in fish: a `complete` command for each option.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/completion.h"

static const char head[] =
    "# Completion for witgen in fish. Made by: witgen --completion fish\n"
    "\n"
    "# the word that is being written, or what stands behind '=' in it\n"
    "function __witgen_word\n"
    "    string replace -r -- '^--[a-z-]+=' '' (commandline -ct)\n"
    "end\n"
    "\n"
    "# files with one of these endings, and directories\n"
    "function __witgen_files\n"
    "    set -l word (__witgen_word)\n"
    "    for ending in $argv\n"
    "        set -l files $word*.$ending\n"
    "        printf '%s\\n' $files\n"
    "    end\n"
    "    set -l directories $word*/\n"
    "    printf '%s\\n' $directories\n"
    "end\n"
    "\n"
    "# a comma-separated list: what is there, and one more\n"
    "function __witgen_list\n"
    "    set -l before (string replace -r -- '[^,]*$' '' (__witgen_word))\n"
    "    printf '%s\\n' $before$argv\n"
    "end\n"
    "\n"
    "# of the WIT files and directories on the command line\n"
    "function __witgen_worlds\n"
    "    for word in (commandline -opc)[2..]\n"
    "        set -l files\n"
    "        if test -d $word\n"
    "            set files $word/*.wit\n"
    "        else if string match -q -- '*.wit' $word; and test -f $word\n"
    "            set files $word\n"
    "        end\n"
    "        if set -q files[1]\n"
    "            sed -n 's/^[[:space:]]*world[[:space:]]\\{1,\\}%\\{0,1\\}\\([A-Za-z0-9-]*\\).*/\\1/p' -- $files\n"
    "        end\n"
    "    end\n"
    "end\n"
    "\n"
    "# the subcommand is the first word\n"
    "function __witgen_command_is\n"
    "    set -l words (commandline -opc)\n"
    "    test \"$words[2]\" = \"$argv[1]\"\n"
    "end\n"
    "\n"
    "complete -c witgen -f\n"
    "complete -c witgen -k -a '(__witgen_files wit wasm)'\n";

/* In single quotes. */
static void print_escaped(FILE *out, str text) {
  for (size_t i = 0; i < text.len; i++)
    fprintf(out, "%s%c", text.ptr[i] == '\'' || text.ptr[i] == '\\' ? "\\" : "", text.ptr[i]);
}

static void print_source(FILE *out, const option_row *row) {
  switch (completion_source_of(row)) {
  case FROM_NOWHERE: fputs(" -x", out); break;
  case FROM_CHOICES: fprintf(out, " -x -a '%s'", row->choices); break;
  case FROM_LIST: fprintf(out, " -x -a '(__witgen_list %s)'", row->choices); break;
  case FROM_DIRS: fputs(" -x -a '(__witgen_files)'", out); break;
  case FROM_WORLDS: fputs(" -x -a '(__witgen_worlds)'", out); break;
  case FROM_FILES:
    if (row->endings)
      fprintf(out, " -x -a '(__witgen_files %s)'", row->endings);
    else
      fputs(" -r -F", out);
  }
}

static void print_row(FILE *out, const char *condition, const option_row *row, arena *a) {
  fprintf(out, "complete -c witgen -n '%s' -l %s", condition, row->name);
  if (row->short_name)
    fprintf(out, " %s %s", row->short_name[1] ? "-o" : "-s", row->short_name);
  if (completion_takes_word(row))
    print_source(out, row);
  fputs(" -d '", out);
  print_escaped(out, completion_summary(row, a));
  fputs("'\n", out);
}

static void print_command(FILE *out, const char *condition, const completion_command *c, arena *a) {
  fputc('\n', out);
  for (size_t i = 0; i < c->count; i++)
    print_row(out, condition, &c->rows[i], a);
}

void completion_print_fish(FILE *out, const completion_command *commands, size_t count, arena *a) {
  buf none;
  buf_init(&none, a);
  fputs(head, out);
  for (size_t i = 1; i < count; i++) {
    const char *word = commands[i].word;
    fprintf(out, "complete -c witgen -n __fish_is_first_token -a %s -d '", word);
    print_escaped(out, str_of(commands[i].help));
    fputs("'\n", out);
    buf_printf(&none, "%snot __witgen_command_is %s", i > 1 ? "; and " : "", word);
    str condition = str_format(a, "__witgen_command_is %s", word);
    print_command(out, condition.ptr, &commands[i], a);
  }
  buf_add_byte(&none, '\0');
  print_command(out, count > 1 ? buf_str(&none).ptr : "true", &commands[0], a);
}
