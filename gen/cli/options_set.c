/*
 * Setters: see options_set.h. Each reports what it doesn't understand, with the values that there are.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/options_set.h"

#include <string.h>

#include "support/pattern.h"
#include "support/vec.h"

/* How people wrote the option. */
static const char *spelling(const option_setter *s, const option_row *row) {
  const char *format = s->origin == ORIGIN_COMMAND_LINE ? "option '--" : "'";
  return str_format(s->arena, "%s%s'", format, row->name).ptr;
}

static void *option_field(const option_setter *s, const option_row *row) {
  return (char *)s->o + row->field;
}

static void set_origin(option_setter *s, const option_row *row) {
  s->o->origins[row - option_rows] = (option_origin){s->origin, s->at, false};
}

static void store_text(option_setter *s, const option_row *row, str *field, str value) {
  if (s->o->origins[row - option_rows].kind && !str_eq(*field, value))
    diag_error(s->diag, s->at, "%s was given twice: '%.*s' and '%.*s'", spelling(s, row), STR_ARG(*field), STR_ARG(value));
  *field = value;
}

static void set_text(option_setter *s, const option_row *row, str value) {
  if (value.len == 0)
    diag_error(s->diag, s->at, "%s needs a value that is not empty", spelling(s, row));
  else
    store_text(s, row, option_field(s, row), value);
}

static void set_json(option_setter *s, const option_row *row, str value) {
  json_request *field = option_field(s, row);
  field->wanted = true;
  store_text(s, row, &field->file, str_eq_c(value, "-") ? STR("") : value);
}

/* "wasm2c or wasmtime"; "utf8, utf16 or compact-utf16" */
static str list_choices(const option_row *row, arena *a) {
  str_vec choices = option_choices(row, a);
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < choices.count; i++) {
    if (i > 0)
      buf_add_c(&b, i + 1 < choices.count ? ", " : " or ");
    buf_add(&b, choices.items[i]);
  }
  return buf_str(&b);
}

static bool check_choice(option_setter *s, const option_row *row, str value) {
  str_vec choices = option_choices(row, s->arena);
  for (size_t i = 0; i < choices.count; i++)
    if (str_eq(value, choices.items[i]))
      return true;
  str list = list_choices(row, s->arena), nearest = diag_nearest(value, choices.items, choices.count);
  diag_error(s->diag, s->at, "%s takes %.*s, not '%.*s'", spelling(s, row), STR_ARG(list), STR_ARG(value));
  if (nearest.len)
    diag_note(s->diag, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(nearest));
  return false;
}

static void set_choice(option_setter *s, const option_row *row, str value) {
  if (check_choice(s, row, value))
    store_text(s, row, option_field(s, row), value);
}

static void set_yes_no(option_setter *s, const option_row *row, str value) {
  if (check_choice(s, row, value))
    *(bool *)option_field(s, row) = str_eq_c(value, "yes");
}

static void set_item(option_setter *s, const option_row *row, str value) {
  if (value.len == 0)
    diag_error(s->diag, s->at, "%s needs a value that is not empty", spelling(s, row));
  else
    vec_push(s->arena, (str_vec *)option_field(s, row), value);
}

static void set_words(option_setter *s, const option_row *row, str value) {
  str_vec words = option_words(value, s->arena);
  for (size_t i = 0; i < words.count; i++)
    if (!row->choices || check_choice(s, row, words.items[i]))
      vec_push(s->arena, (str_vec *)option_field(s, row), words.items[i]);
}

/* Filters between commas, without empty ones; commas in patterns stay. */
static void set_filters(option_setter *s, const option_row *row, str value) {
  str filter;
  for (size_t at = 0; pattern_list_next(value, &at, &filter);)
    if (filter.len)
      vec_push(s->arena, (str_vec *)option_field(s, row), filter);
}

static void set_async(option_setter *s, const option_row *row, str value) {
  str_vec *field = option_field(s, row);
  size_t first = field->count;
  set_filters(s, row, value);
  for (size_t i = first; i < field->count; i++) {
    str filter = field->items[i];
    if (filter.ptr[0] != '-' || filter.len == 1) {
      diag_error(s->diag, s->at, "'--async=%.*s' says nothing: functions are async where WIT says so", STR_ARG(filter));
      diag_note(s->diag, SPAN_NONE, "use '--sync FILTER' for those that shall not be");
    }
    field->items[i] = str_sub(filter, 1, filter.len);
  }
}

void option_set_rename(option_setter *s, const option_row *row, str from, str to) {
  emit_rename rename = {from, to};
  vec_push(s->arena, (emit_rename_vec *)option_field(s, row), rename);
  set_origin(s, row);
}

static void set_rename(option_setter *s, const option_row *row, str value) {
  size_t end = str_starts_with(value, "/") ? pattern_end(value, 0, '=') : value.len;
  size_t equals = str_find(value, '=', end < value.len ? end : 0);
  str from = str_sub(value, 0, equals), to = str_sub(value, equals + 1, value.len);
  if (from.len == 0 || to.len == 0)
    diag_error(s->diag, s->at, "%s needs K=V, not '%.*s'", spelling(s, row), STR_ARG(value));
  else
    option_set_rename(s, row, from, to);
}

static void set_flag(option_setter *s, const option_row *row, str value) {
  bool off = str_eq_c(value, "no");
  if (value.len && !off && !str_eq_c(value, "yes"))
    diag_error(s->diag, s->at, "%s takes no value but yes or no, not '%.*s'", spelling(s, row), STR_ARG(value));
  *(bool *)option_field(s, row) = !off;
}

void option_set(option_setter *s, const option_row *row, str value) {
  switch (row->kind) {
  case VALUE_FLAG: set_flag(s, row, value); break;
  case VALUE_TEXT:
  case VALUE_FILE:
  case VALUE_DIR: set_text(s, row, value); break;
  case VALUE_SUFFIX: store_text(s, row, option_field(s, row), value); break;
  case VALUE_CHOICE: set_choice(s, row, value); break;
  case VALUE_YES_NO: set_yes_no(s, row, value); break;
  case VALUE_WORDS: set_words(s, row, value); break;
  case VALUE_FILTERS: set_filters(s, row, value); break;
  case VALUE_ASYNC: set_async(s, row, value); break;
  case VALUE_ITEMS: set_item(s, row, value); break;
  case VALUE_RENAME: set_rename(s, row, value); break;
  case VALUE_JSON: set_json(s, row, value); break;
  }
  set_origin(s, row);
}

void option_clear(option_setter *s, const option_row *row) {
  memset(option_field(s, row), 0, option_field_size(row));
  set_origin(s, row);
}
