/*
 * Docs: WIT documentation as C comments.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/guest.h"

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static str trim(str s) {
  size_t from = 0, to = s.len;
  while (from < to && is_blank(s.ptr[from]))
    from++;
  while (to > from && is_blank(s.ptr[to - 1]))
    to--;
  return str_sub(s, from, to);
}

static str trim_end(str s) {
  size_t to = s.len;
  while (to > 0 && is_blank(s.ptr[to - 1]))
    to--;
  return str_sub(s, 0, to);
}

/* Text inside a comment: a comment's own delimiters are taken apart. */
static void add_text(buf *out, str text) {
  size_t start = 0;
  for (size_t i = 0; i + 1 < text.len; i++) {
    char c = text.ptr[i], next = text.ptr[i + 1];
    if ((c != '*' || next != '/') && (c != '/' || next != '*'))
      continue;
    buf_add(out, str_sub(text, start, i + 1));
    buf_add_byte(out, ' ');
    start = i + 1;
  }
  buf_add(out, str_sub(text, start, text.len));
}

static void add_line(buf *out, const char *indent, str line) {
  buf_printf(out, "%s *", indent);
  if (line.len > 0) {
    buf_add_byte(out, ' ');
    add_text(out, line);
  }
  buf_add_byte(out, '\n');
}

static void add_lines(buf *out, const char *indent, str text) {
  for (size_t at = 0; at < text.len;) {
    size_t end = str_find(text, '\n', at);
    add_line(out, indent, trim_end(str_sub(text, at, end)));
    at = end + 1;
  }
}

void guest_emit_docs(buf *out, const char *indent, const docs *d, const str_vec *notes) {
  str text = d != NULL && d->present ? trim(d->text) : STR("");
  size_t note_count = notes != NULL ? notes->count : 0;
  if (text.len == 0 && note_count == 0)
    return;
  if (note_count + (text.len > 0) == 1 && str_find(text, '\n', 0) == text.len) {
    buf_printf(out, "%s/** ", indent);
    add_text(out, text.len > 0 ? text : notes->items[0]);
    buf_add_c(out, " */\n");
    return;
  }
  buf_printf(out, "%s/**\n", indent);
  add_lines(out, indent, text);
  if (text.len > 0 && note_count > 0)
    add_line(out, indent, STR(""));
  for (size_t i = 0; i < note_count; i++)
    add_line(out, indent, notes->items[i]);
  buf_printf(out, "%s */\n", indent);
}
