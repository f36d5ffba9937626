/*
 * Print: the values in effect, as a witgen.yaml that gives the same ones.
 *
 *   world: service  # witgen.yaml:7
 *   host: true  # command line
 *   # templates: none  # default
 *
 * What is there by default stands in comments; so nothing is said that was not meant, and what else there is can be seen.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "cli/config.h"
#include "cli/config_node.h"
#include "cli/output.h"
#include "support/utf8.h"

typedef struct printer {
  buf text;
  const config_target *target;
  const char *indent;
  bool ok;
  arena *arena;
  diag *diag;
} printer;

/* Texts */

static bool is_plain(str s) {
  static const char *const taken[] = {"y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"};
  static const char first[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_./";
  static const char others[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_./0123456789:@+-#";
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) /* some readers of YAML take these for true or false */
    if (str_eq_c(s, taken[i]))
      return false;
  if (s.len == 0 || !strchr(first, s.ptr[0]) || str_ends_with(s, ":") || !config_node_is_text(s))
    return false;
  for (size_t i = 0; i < s.len; i++)
    if (!s.ptr[i] || !strchr(others, s.ptr[i]))
      return false;
  return true;
}

static void add_quoted(printer *p, str s) {
  buf_add_byte(&p->text, '"');
  for (size_t i = 0; i < s.len;) {
    uint32_t character;
    size_t length = utf8_decode(s, i, &character);
    if (length == 0) {
      diag_error(p->diag, SPAN_NONE, "'%.*s' cannot stand in a configuration file: it is not UTF-8", STR_ARG(s));
      p->ok = false;
      return;
    }
    if (character == '"' || character == '\\')
      buf_printf(&p->text, "\\%c", (char)character);
    else if (utf8_is_control(character) || character == 0xfeff || (character & 0xfffe) == 0xfffe)
      buf_printf(&p->text, "\\U%08lx", (unsigned long)character);
    else
      buf_add(&p->text, str_sub(s, i, i + length));
    i += length;
  }
  buf_add_byte(&p->text, '"');
}

static void add_text(printer *p, str s) {
  if (is_plain(s))
    buf_add(&p->text, s);
  else
    add_quoted(p, s);
}

/* Where from */

static void add_origin(printer *p, option_origin origin) {
  if (origin.kind == ORIGIN_COMMAND_LINE) {
    buf_add_c(&p->text, "  # command line\n");
  } else if (origin.kind == ORIGIN_FILE) {
    uint32_t line, column;
    diag_position(origin.at, &line, &column);
    buf_printf(&p->text, "  # %.*s:%u\n", STR_ARG(origin.at.source->path), line);
  } else {
    buf_add_c(&p->text, "  # default\n");
  }
}

/* `sync` and `async` share a value: the origin of either. */
static option_origin origin_of_field(const options *o, const option_row *row) {
  for (size_t i = 0; i < option_row_count; i++)
    if (option_rows[i].field == row->field && o->origins[i].kind)
      return o->origins[i];
  return (option_origin){0};
}

static bool is_alias(const option_row *row) {
  for (const option_row *before = option_rows; before < row; before++)
    if (before->field == row->field)
      return true;
  return false;
}

/* Values */

static void add_list(printer *p, const str_vec *list, option_origin origin) {
  if (list->count == 0)
    buf_add_c(&p->text, " []");
  add_origin(p, origin);
  for (size_t i = 0; i < list->count; i++) {
    buf_printf(&p->text, "%s  - ", p->indent);
    add_text(p, list->items[i]);
    buf_add_byte(&p->text, '\n');
  }
}

static void add_renames(printer *p, const emit_rename_vec *renames, option_origin origin) {
  if (renames->count == 0)
    buf_add_c(&p->text, " {}");
  add_origin(p, origin);
  for (size_t i = 0; i < renames->count; i++) {
    buf_printf(&p->text, "%s  ", p->indent);
    add_text(p, renames->items[i].from);
    buf_add_c(&p->text, ": ");
    add_text(p, renames->items[i].to);
    buf_add_byte(&p->text, '\n');
  }
}

static void add_bool(printer *p, bool value, option_origin origin) {
  buf_add_c(&p->text, value ? " true" : " false");
  add_origin(p, origin);
}

static void add_line(printer *p, str value, option_origin origin) {
  buf_add_byte(&p->text, ' ');
  add_text(p, value);
  add_origin(p, origin);
}

static void add_value(printer *p, const option_row *row, option_origin origin) {
  const void *field = (const char *)&p->target->options + row->field;
  const json_request *json = field;
  switch (row->kind) {
  case VALUE_FLAG:
  case VALUE_YES_NO: add_bool(p, *(const bool *)field, origin); break;
  case VALUE_WORDS:
  case VALUE_FILTERS:
  case VALUE_ASYNC:
  case VALUE_ITEMS: add_list(p, field, origin); break;
  case VALUE_RENAME: add_renames(p, field, origin); break;
  case VALUE_JSON:
    if (json->file.len)
      add_line(p, json->file, origin);
    else
      add_bool(p, json->wanted, origin);
    break;
  case VALUE_TEXT:
  case VALUE_FILE:
  case VALUE_DIR:
  case VALUE_SUFFIX:
  case VALUE_CHOICE: add_line(p, *(const str *)field, origin); break;
  }
}

/* Lines */

/* "wasm2c", as the help text has it */
static str default_text(const printer *p, const option_row *row) {
  const options *o = &p->target->options;
  static const char intro[] = "[default: ";
  if (strcmp(row->name, "guest") == 0)
    return o->host || !options_generate(o) ? STR("false") : STR("true");
  if (row->kind == VALUE_FLAG)
    return *(const bool *)((const char *)o + row->field) ? STR("true") : STR("false");
  const char *start = strstr(row->help, intro);
  if (!start)
    return row->kind == VALUE_JSON ? STR("false") : STR("none");
  str rest = str_of(start + strlen(intro));
  char *text = (char *)str_copy(p->arena, str_sub(rest, 0, str_find(rest, ']', 0))).ptr;
  for (char *end = text; (end = strchr(end, '\n'));)
    *end = ' ';
  return str_of(text);
}

static void add_option(printer *p, const option_row *row) {
  const options *o = &p->target->options;
  option_origin origin = origin_of_field(o, row);
  bool has_dir = strcmp(row->name, "out-dir") == 0 && o->base_dir.len && options_generate(o);
  if (row->scope != SCOPE_TARGET || is_alias(row))
    return;
  if (origin.kind) {
    buf_printf(&p->text, "%s%s:", p->indent, row->name);
    add_value(p, row, origin);
  } else if (has_dir) { /* beside the file that was read, not beside this one */
    buf_printf(&p->text, "%s%s:", p->indent, row->name);
    add_line(p, o->base_dir, origin);
  } else {
    str value = default_text(p, row);
    buf_printf(&p->text, "%s# %s: %.*s  # default\n", p->indent, row->name, STR_ARG(value));
  }
}

static void add_target(printer *p) {
  const options *o = &p->target->options;
  const char *indent = p->indent;
  bool in_list = indent[0] != '\0';
  if (in_list)
    buf_add_c(&p->text, "  - ");
  if (p->target->name.len) {
    buf_add_c(&p->text, "name:");
    add_line(p, p->target->name, (option_origin){ORIGIN_FILE, p->target->at, false});
    buf_add_c(&p->text, indent);
  }
  buf_add_c(&p->text, "wit:");
  add_list(p, &o->paths, o->paths_origin);
  for (size_t i = 0; i < option_row_count; i++)
    add_option(p, &option_rows[i]);
}

bool config_print(FILE *out, const config *c, arena *a, diag *d) {
  printer p = {.indent = "", .ok = true, .arena = a, .diag = d};
  buf_init(&p.text, a);
  buf_add_c(&p.text, "# Values in effect, and where each comes from. Paths are relative to the directory in which witgen was run.\n");
  if (c->targets.count != 1 || c->targets.items[0].name.len) {
    p.indent = "    ";
    buf_add_c(&p.text, "targets:\n");
  }
  for (size_t i = 0; i < c->targets.count; i++) {
    p.target = &c->targets.items[i];
    add_target(&p);
  }
  return p.ok && output_print_text(out, buf_str(&p.text), d);
}
