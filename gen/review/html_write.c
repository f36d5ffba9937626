/*
 * HTML write: the one place where text from outside becomes HTML.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/html_parts.h"
#include "support/utf8.h"

static void add_character(buf *out, str text, size_t at, size_t length, uint32_t character) {
  switch (character) {
  case '&': buf_add_c(out, "&amp;"); return;
  case '<': buf_add_c(out, "&lt;"); return;
  case '>': buf_add_c(out, "&gt;"); return;
  case '"': buf_add_c(out, "&quot;"); return;
  case '\'': buf_add_c(out, "&#39;"); return;
  default: break;
  }
  bool visible = character == '\t' || character == '\n' || !utf8_is_control(character);
  /* a noncharacter is not allowed on a page even when it is escaped */
  if (visible && (character & 0xfffe) != 0xfffe && !(character >= 0xfdd0 && character <= 0xfdef)) {
    buf_add(out, str_sub(text, at, at + length));
  } else if (character != '\r') {
    buf_printf(out, "\\u{%x}", character);
  }
}

void html_text(buf *out, str text) {
  for (size_t i = 0; i < text.len;) {
    uint32_t character;
    size_t length = utf8_decode(text, i, &character);
    if (length == 0) {
      buf_printf(out, "\\x%02x", (unsigned char)text.ptr[i]);
    } else {
      add_character(out, text, i, length, character);
    }
    i += length == 0 ? 1 : length;
  }
}

void html_number(buf *out, size_t number) {
  if (number >= 1000) {
    html_number(out, number / 1000);
    buf_printf(out, ",%03zu", number % 1000);
  } else {
    buf_printf(out, "%zu", number);
  }
}
