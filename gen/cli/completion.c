/*
 * Completion: what the shells share.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/completion.h"

#include <string.h>

completion_source completion_source_of(const option_row *row) {
  switch (row->kind) {
  case VALUE_CHOICE:
  case VALUE_YES_NO: return FROM_CHOICES;
  case VALUE_WORDS: return row->choices ? FROM_LIST : FROM_NOWHERE;
  case VALUE_FILE:
  case VALUE_JSON: return FROM_FILES;
  case VALUE_DIR: return FROM_DIRS;
  case VALUE_TEXT: return strcmp(row->value, "WORLD") == 0 ? FROM_WORLDS : FROM_NOWHERE;
  case VALUE_FLAG:
  case VALUE_SUFFIX:
  case VALUE_FILTERS:
  case VALUE_ASYNC:
  case VALUE_ITEMS:
  case VALUE_RENAME: break;
  }
  return FROM_NOWHERE;
}

bool completion_takes_word(const option_row *row) {
  return row->kind != VALUE_FLAG && row->kind != VALUE_JSON && row->kind != VALUE_ASYNC;
}

bool completion_takes_value(const option_row *row) {
  return row->kind != VALUE_FLAG;
}

bool completion_is_repeatable(const option_row *row) {
  switch (row->kind) {
  case VALUE_WORDS:
  case VALUE_FILTERS:
  case VALUE_ASYNC:
  case VALUE_ITEMS:
  case VALUE_RENAME: return true;
  default: return false;
  }
}

str completion_summary(const option_row *row, arena *a) {
  buf b;
  buf_init(&b, a);
  for (const char *p = row->help; *p && *p != '[' && !(strchr(";:", *p) && p[1] == '\n'); p++)
    buf_add_byte(&b, *p == '\n' ? ' ' : *p);
  str text = buf_str(&b);
  while (text.len && text.ptr[text.len - 1] == ' ')
    text.len--;
  return text;
}

void completion_print(FILE *out, str shell, const completion_command *commands, size_t count, arena *a) {
  if (str_eq_c(shell, "bash"))
    completion_print_bash(out, commands, count);
  else if (str_eq_c(shell, "zsh"))
    completion_print_zsh(out, commands, count, a);
  else
    completion_print_fish(out, commands, count, a);
}
