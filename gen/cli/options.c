/*
 * Options: the command line, argument by argument.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/options.h"

#include <string.h>

#include "cli/options_set.h"
#include "support/vec.h"

/* Where the parser is. */
typedef struct cursor {
  option_setter setter;
  int argc;
  char *const *argv;
  int next; /* index of the argument after the one being read */
  diag *diag;
} cursor;

/* The argument after the option as its value. One that looks like an option is taken as a slip, not as a value. */
static bool take_value(cursor *c, const option_row *row, str *value) {
  str next = c->next < c->argc ? str_of(c->argv[c->next]) : STR("");
  bool is_option = next.len > 1 && next.ptr[0] == '-';
  if (row->kind == VALUE_JSON) { /* the value is optional: only a likely file name belongs to the option */
    if (str_ends_with(next, ".json") || str_eq_c(next, "-"))
      *value = str_of(c->argv[c->next++]);
    return true;
  }
  if (c->next >= c->argc || is_option) {
    diag_error(c->diag, SPAN_NONE, "option '--%s' needs a value: %s", row->name, row->value);
    if (is_option)
      diag_note(c->diag, SPAN_NONE, "a value that starts with '-' is written '--%s=%.*s'", row->name, STR_ARG(next));
    return false;
  }
  *value = str_of(c->argv[c->next++]);
  return true;
}

static void report_unknown(cursor *c, str name) {
  str nearest = option_nearest(name, SCOPE_RUN, c->setter.arena);
  diag_error(c->diag, SPAN_NONE, "unknown option '--%.*s'", STR_ARG(name));
  if (nearest.len)
    diag_note(c->diag, SPAN_NONE, "did you mean '--%.*s'?", STR_ARG(nearest));
}

/* `--name`, `--name value`, `--name=value` */
static void parse_long(cursor *c, str argument) {
  size_t equals = str_find(argument, '=', 0);
  str name = str_sub(argument, 0, equals);
  bool has_value = equals < argument.len;
  str value = has_value ? str_sub(argument, equals + 1, argument.len) : STR("");
  const option_row *row = option_find(name);
  if (!row)
    report_unknown(c, name);
  else if (row->kind == VALUE_FLAG || has_value || take_value(c, row, &value))
    option_set(&c->setter, row, value);
}

/* `-n`, `-n value`, `-nvalue`, `-n=value`, and several flags in one: `-hV` */
static void parse_short(cursor *c, str letters) {
  for (size_t i = 0; i < letters.len;) {
    const option_row *row = option_find_short(str_sub(letters, i, letters.len));
    if (!row || (i > 0 && row->short_name[1])) {
      diag_error(c->diag, SPAN_NONE, "unknown option '-%.*s'", STR_ARG(letters));
      return;
    }
    i += strlen(row->short_name);
    str value = str_sub(letters, i, letters.len);
    if (row->kind == VALUE_FLAG) {
      option_set(&c->setter, row, STR(""));
      continue;
    }
    if (str_starts_with(value, "="))
      value = str_sub(value, 1, value.len);
    if (i < letters.len || take_value(c, row, &value))
      option_set(&c->setter, row, value);
    return;
  }
}

/* `c` is the peer's subcommand when it stands first and a path follows; a directory of that name is `./c`. */
static void drop_subcommand(options *o, int argc, char *const argv[]) {
  if (argc < 2 || strcmp(argv[1], "c") != 0 || o->paths.count < 2)
    return;
  o->paths.items++;
  o->paths.count--;
}

bool options_parse(options *o, int argc, char *const argv[], arena *a, diag *d) {
  cursor c = {.setter = {o, ORIGIN_COMMAND_LINE, SPAN_NONE, a, d}, .argc = argc, .argv = argv, .next = 1, .diag = d};
  bool options_ended = false;
  options_init(o, a);
  while (c.next < argc) {
    str argument = str_of(argv[c.next++]);
    if (options_ended || argument.len < 2 || argument.ptr[0] != '-')
      vec_push(a, &o->paths, argument);
    else if (str_eq_c(argument, "--"))
      options_ended = true;
    else if (argument.ptr[1] == '-')
      parse_long(&c, str_sub(argument, 2, argument.len));
    else
      parse_short(&c, str_sub(argument, 1, argument.len));
  }
  drop_subcommand(o, argc, argv);
  if (o->paths.count)
    o->paths_origin.kind = ORIGIN_COMMAND_LINE;
  return !diag_failed(d);
}

static void add_quoted(buf *b, str argument) {
  const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
  size_t i = 0;
  while (i < argument.len && strchr(plain, argument.ptr[i]))
    i++;
  if (argument.len && i == argument.len) {
    buf_add(b, argument);
    return;
  }
  buf_add_byte(b, '\'');
  for (i = 0; i < argument.len; i++)
    if (argument.ptr[i] == '\'')
      buf_add_c(b, "'\\''");
    else
      buf_add_byte(b, argument.ptr[i]);
  buf_add_byte(b, '\'');
}

str options_update_command(int argc, char *const argv[], bool config_checks, arena *a) {
  buf b;
  buf_init(&b, a);
  for (int i = 0; i < argc; i++) {
    str argument = str_of(argv[i]);
    if (i > 0 && (str_eq_c(argument, "--check") || str_starts_with(argument, "--check=")))
      continue;
    if (i > 0)
      buf_add_byte(&b, ' ');
    add_quoted(&b, argument);
  }
  buf_add_c(&b, config_checks ? " --check=no" : "");
  return buf_str(&b);
}
