/*
 * Options of `witgen diff`: the table, and the command line.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/options.h"

#include <string.h>

#include "support/vec.h"

#define AT(field) offsetof(diff_options, field)

const option_row diff_option_rows[] = {
    {"world", "w", VALUE_TEXT, GROUP_WHAT, AT(world), .value = "WORLD",
     .help = "compare only this world of both inputs, and what it needs, as 'name',\n"
             "'ns:pkg/name' or 'ns:pkg/name@version' [default: everything]"},
    {"features", NULL, VALUE_WORDS, GROUP_WHAT, AT(resolve.features), .value = "FEATURES",
     .help = "turn on these @unstable features in both inputs: a comma-separated list,\nrepeatable"},
    {"all-features", NULL, VALUE_FLAG, GROUP_WHAT, AT(resolve.all_features), .help = "turn on every @unstable feature"},

    {"format", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(format), .value = "FORMAT",
     .help = "text, json, markdown or html [default: text]", .choices = "text json markdown html"},
    {"output", "o", VALUE_FILE, GROUP_OUTPUT, AT(output), .value = "FILE", .help = "write to FILE instead of standard output"},
    {"color", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(color), .value = "WHEN",
     .help = "colours in text: auto, always or never; auto is on a terminal, unless\nNO_COLOR is set [default: auto]",
     .choices = "auto always never"},
    {"fail-on", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(fail_on), .value = "CLASS",
     .help = "exit with status 1 when there is an abi-breaking change (abi), or also a\n"
             "source-breaking one (source), or any at all (any) [default: none]",
     .choices = "none abi source any"},
    {"for", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(party), .value = "PARTY",
     .help = "whose classes --fail-on goes by: callers, implementers or both\n[default: both]",
     .choices = "callers implementers both"},

    {"help", "h", VALUE_FLAG, GROUP_OTHER, AT(help), .help = "print this text", .scope = SCOPE_RUN},
};

const size_t diff_option_row_count = sizeof diff_option_rows / sizeof *diff_option_rows;

/* Where the parser is. */
typedef struct cursor {
  diff_options *o;
  int argc;
  char *const *argv;
  int next; /* index of the argument after the one being read */
  arena *arena;
  diag *diag;
} cursor;

static const option_row *find_row(str name) {
  for (size_t i = 0; i < diff_option_row_count; i++)
    if (str_eq_c(name, diff_option_rows[i].name))
      return &diff_option_rows[i];
  return NULL;
}

static const option_row *find_letter(char letter) {
  for (size_t i = 0; i < diff_option_row_count; i++)
    if (diff_option_rows[i].short_name && diff_option_rows[i].short_name[0] == letter)
      return &diff_option_rows[i];
  return NULL;
}

static bool is_choice(cursor *c, const option_row *row, str value) {
  str_vec choices = option_choices(row, c->arena);
  for (size_t i = 0; i < choices.count; i++)
    if (str_eq(choices.items[i], value))
      return true;
  str nearest = diag_nearest(value, choices.items, choices.count);
  diag_error(c->diag, SPAN_NONE, "option '--%s' takes one of '%s', not '%.*s'", row->name, row->choices, STR_ARG(value));
  if (nearest.len)
    diag_note(c->diag, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(nearest));
  return false;
}

static void set_words(cursor *c, const option_row *row, str value) {
  str_vec words = option_words(value, c->arena);
  for (size_t i = 0; i < words.count; i++)
    vec_push(c->arena, (str_vec *)((char *)c->o + row->field), words.items[i]);
}

static void set_text(cursor *c, const option_row *row, str value) {
  str *field = (str *)((char *)c->o + row->field);
  if (value.len == 0)
    diag_error(c->diag, SPAN_NONE, "option '--%s' needs a value that is not empty", row->name);
  else if (field->len && !str_eq(*field, value))
    diag_error(c->diag, SPAN_NONE, "option '--%s' was given twice: '%.*s' and '%.*s'", row->name, STR_ARG(*field), STR_ARG(value));
  else if (row->kind != VALUE_CHOICE || is_choice(c, row, value))
    *field = value;
}

static void set_value(cursor *c, const option_row *row, str value) {
  if (row->kind == VALUE_WORDS)
    set_words(c, row, value);
  else
    set_text(c, row, value);
}

/* The option, with what stands behind it in the same argument: NULL when that is nothing. */
static void read_option(cursor *c, const option_row *row, const str *attached) {
  if (row->kind == VALUE_FLAG && attached)
    diag_error(c->diag, SPAN_NONE, "option '--%s' takes no value", row->name);
  else if (row->kind == VALUE_FLAG)
    *(bool *)((char *)c->o + row->field) = true;
  else if (attached)
    set_value(c, row, *attached);
  else if (c->next < c->argc && c->argv[c->next][0] != '-')
    set_value(c, row, str_of(c->argv[c->next++]));
  else
    diag_error(c->diag, SPAN_NONE, "option '--%s' needs a value: %s", row->name, row->value);
}

static void read_long(cursor *c, str argument) {
  size_t equals = str_find(argument, '=', 0);
  str name = str_sub(argument, 0, equals), value = str_sub(argument, equals + 1, argument.len);
  const option_row *row = find_row(name);
  if (row) {
    read_option(c, row, equals < argument.len ? &value : NULL);
    return;
  }
  str_vec names = {0};
  for (size_t i = 0; i < diff_option_row_count; i++)
    vec_push(c->arena, &names, str_of(diff_option_rows[i].name));
  str nearest = diag_nearest(name, names.items, names.count);
  diag_error(c->diag, SPAN_NONE, "unknown option '--%.*s'", STR_ARG(name));
  if (nearest.len)
    diag_note(c->diag, SPAN_NONE, "did you mean '--%.*s'?", STR_ARG(nearest));
}

static void read_short(cursor *c, str letters) {
  const option_row *row = find_letter(letters.ptr[0]);
  str value = str_sub(letters, 1, letters.len);
  if (str_starts_with(value, "="))
    value = str_sub(value, 1, value.len);
  if (row)
    read_option(c, row, letters.len > 1 ? &value : NULL);
  else
    diag_error(c->diag, SPAN_NONE, "unknown option '-%.*s'", STR_ARG(letters));
}

static void check_inputs(cursor *c) {
  size_t count = c->o->inputs.count;
  if (count != 2)
    diag_error(c->diag, SPAN_NONE, "'witgen diff' needs two inputs, OLD and NEW; there %s %zu", count == 1 ? "is" : "are",
               count);
}

bool diff_options_parse(diff_options *o, int argc, char *const argv[], arena *a, diag *d) {
  cursor c = {.o = o, .argc = argc, .argv = argv, .next = 1, .arena = a, .diag = d};
  bool options_ended = false;
  *o = (diff_options){0};
  while (c.next < argc) {
    str argument = str_of(argv[c.next++]);
    if (options_ended || argument.len < 2 || argument.ptr[0] != '-')
      vec_push(a, &o->inputs, argument);
    else if (str_eq_c(argument, "--"))
      options_ended = true;
    else if (argument.ptr[1] == '-')
      read_long(&c, str_sub(argument, 2, argument.len));
    else
      read_short(&c, str_sub(argument, 1, argument.len));
  }
  if (!o->help)
    check_inputs(&c);
  if (diag_failed(d))
    diag_note(d, SPAN_NONE, "'witgen diff --help' lists the options");
  return !diag_failed(d);
}

void diff_options_print_help(FILE *out) {
  static const char *const titles[GROUP_COUNT] = {
      [GROUP_WHAT] = "What to compare", [GROUP_OUTPUT] = "What comes out", [GROUP_OTHER] = "Other"};
  fputs("Usage: witgen diff [OPTIONS] OLD NEW\n"
        "\n"
        "Tells what changed in meaning between two inputs, and whom each change breaks: callers, who import an\n"
        "interface, and implementers, who export it.\n"
        "\n"
        "  OLD, NEW                      a WIT directory with its deps/, a *.wit file, a *.wasm file (a binary\n"
        "                                WIT package, a core module or a component, compared by the world that it\n"
        "                                is made for), or git:REV:PATH for one of these in a git repository\n",
        out);
  for (int group = 0; group < GROUP_COUNT; group++) {
    if (titles[group])
      fprintf(out, "\n%s:\n", titles[group]);
    for (size_t i = 0; i < diff_option_row_count; i++)
      if ((int)diff_option_rows[i].group == group)
        option_print_row(out, &diff_option_rows[i]);
  }
  fputs("\n"
        "Exit status: 0 done, 1 there is a change that --fail-on names, 2 the command line was not understood,\n"
        "3 an input was refused or the output could not be written.\n",
        out);
}
