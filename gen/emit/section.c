/*
 * Section: bytes as `.ascii` directives inside C string literals.
 *
 * The text is escaped twice: octal escapes for the assembler, whose backslashes are then doubled for C. Octal escapes
 * have three digits always, so that a digit may follow. Compilers need not take string literals of more than 4095
 * characters, so the section is cut into several statements that continue it: at each interface, so that what is added to one
 * moves no cut in another, and within one that is too long.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/section.h"

enum { BYTES_PER_LITERAL = 64, STATEMENT_LIMIT = 3500, WORLD_DEPTH = 3 };

static bool is_plain(char c) {
  return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?'; /* two '?' may start a trigraph */
}

bool section_name_allowed(str name) {
  for (size_t i = 0; i < name.len; i++) {
    if (!is_plain(name.ptr[i])) {
      return false;
    }
  }
  return true;
}

typedef struct printer {
  buf *out;
  str name;
  size_t length; /* characters of the current statement, as the compiler counts them */
} printer;

static void statement_start(printer *p) {
  buf_printf(p->out, "__asm__(\n    \".section \\\".custom_section.%.*s\\\",\\\"\\\",@\\n\"\n", STR_ARG(p->name));
  p->length = 0;
}

static void statement_end(printer *p) {
  buf_add_c(p->out, "    \".text\\n\");\n");
}

static void ascii_print(printer *p, str bytes, uint32_t depth) {
  char text[5 * BYTES_PER_LITERAL];
  size_t n = 0;
  for (size_t i = 0; i < bytes.len; i++) {
    unsigned c = (unsigned char)bytes.ptr[i];
    if (is_plain(bytes.ptr[i])) {
      text[n++] = bytes.ptr[i];
      continue;
    }
    text[n++] = '\\';
    text[n++] = '\\';
    text[n++] = (char)('0' + (c >> 6));
    text[n++] = (char)('0' + ((c >> 3) & 7));
    text[n++] = (char)('0' + (c & 7));
  }
  for (uint32_t i = 0; i < depth + 2; i++) {
    buf_add_c(p->out, "  ");
  }
  buf_add_c(p->out, "\".ascii \\\"");
  buf_add(p->out, (str){text, n});
  buf_add_c(p->out, "\\\"\\n\"");
  p->length += n + sizeof ".ascii \"\"\n";
}

static void cut(printer *p) {
  statement_end(p);
  statement_start(p);
}

static void line_print(printer *p, const section_line *line) {
  for (size_t from = 0; from < line->bytes.len; from += BYTES_PER_LITERAL) {
    if (p->length > STATEMENT_LIMIT) {
      cut(p);
    }
    ascii_print(p, str_sub(line->bytes, from, from + BYTES_PER_LITERAL), line->depth);
    if (from == 0) {
      buf_add_c(p->out, " /* ");
      buf_add(p->out, line->comment);
      buf_add_c(p->out, " */");
    }
    buf_add_byte(p->out, '\n');
  }
}

/* The type of an instance: what follows is inside. */
static bool begins_interface(const section_line_vec *lines, size_t i) {
  return lines->items[i].depth == WORLD_DEPTH && i + 1 < lines->count && lines->items[i + 1].depth > WORLD_DEPTH;
}

void section_print(buf *out, str name, const section_line_vec *lines) {
  printer p = {.out = out, .name = name};
  statement_start(&p);
  for (size_t i = 0; i < lines->count; i++) {
    if (begins_interface(lines, i)) {
      cut(&p);
    }
    line_print(&p, &lines->items[i]);
  }
  statement_end(&p);
}
