/*
 * Body: indentation, line breaks, local names.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/body.h"

enum { LINE_WIDTH = 110, INDENT = 2, CONTINUATION = 4 };

void body_init(body *b, guest *g, buf *out) {
  *b = (body){.guest = g, .view = g->view, .arena = g->arena, .out = out};
  table_init(&b->names, g->arena);
}

void body_release(body *b) {
  table_release(&b->names);
}

str body_name(body *b, str wanted) {
  str name = wanted;
  for (unsigned n = 1; table_add(&b->names, name, b) != NULL; n++)
    name = str_format(b->arena, "%.*s%u", STR_ARG(wanted), n);
  return name;
}

static void body_indent(body *b, unsigned extra) {
  for (unsigned i = 0; i < b->depth * INDENT + extra; i++)
    buf_add_byte(b->out, ' ');
}

static void body_vline(body *b, const char *format, va_list args) {
  body_indent(b, 0);
  buf_vprintf(b->out, format, args);
  buf_add_byte(b->out, '\n');
}

void body_line(body *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  body_vline(b, format, args);
  va_end(args);
}

void body_open(body *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  body_vline(b, format, args);
  va_end(args);
  b->depth++;
}

void body_close(body *b, const char *line) {
  b->depth--;
  body_line(b, "%s", line);
}

void body_list(body *b, str head, const str_vec *items, const char *empty, const char *tail) {
  body_indent(b, 0);
  buf_add(b->out, head);
  buf_add_byte(b->out, '(');
  if (items->count == 0)
    buf_add_c(b->out, empty);
  size_t column = b->depth * INDENT + head.len + 1;
  for (size_t i = 0; i < items->count; i++) {
    bool last = i + 1 == items->count;
    if (i > 0 && column + items->items[i].len + 2 > LINE_WIDTH) {
      buf_add_byte(b->out, '\n');
      body_indent(b, CONTINUATION);
      column = b->depth * INDENT + CONTINUATION;
    } else if (i > 0) {
      buf_add_byte(b->out, ' ');
      column++;
    }
    buf_add(b->out, items->items[i]);
    buf_add_c(b->out, last ? "" : ",");
    column += items->items[i].len + 1;
  }
  buf_printf(b->out, ")%s\n", tail);
}

str c_declare(arena *a, str ctype, str name) {
  return str_format(a, str_ends_with(ctype, "*") ? "%.*s%.*s" : "%.*s %.*s", STR_ARG(ctype), STR_ARG(name));
}
