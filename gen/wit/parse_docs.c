/*
 * Parse docs: the comments in front of an item as its documentation.
 *
 * Every comment counts, `//` and block comments too, because the reference tool counts them. Of each, the marker is
 * taken off; what the comments then share as leading spaces goes; a block's inner lines stay as they are. Two passes
 * over the gap, so that nothing has to be collected.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "support/utf8.h"
#include "wit/parse_internal.h"

static bool is_ascii_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* Unicode's White_Space. */
static bool is_space(uint32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static str trim_end(str text) {
  while (text.len > 0) {
    size_t last = text.len - 1;
    while (last > 0 && ((unsigned char)text.ptr[last] & 0xc0) == 0x80) {
      last--;
    }
    uint32_t character;
    if (utf8_decode(text, last, &character) == 0 || !is_space(character)) {
      break;
    }
    text.len = last;
  }
  return text;
}

/* What a comment says. */
static str comment_text(str comment) {
  if (str_starts_with(comment, "/**")) {
    return trim_end(str_sub(comment, 3, comment.len < 5 ? 3 : comment.len - 2));
  }
  size_t slashes = 0;
  while (slashes < comment.len && comment.ptr[slashes] == '/') {
    slashes++;
  }
  return trim_end(str_sub(comment, slashes, comment.len));
}

static size_t leading_spaces(str text) {
  size_t count = 0;
  while (count < text.len && is_ascii_space(text.ptr[count])) {
    count++;
  }
  return count;
}

/* The text of the next comment of the gap at `*from`. */
static bool next_comment(const parser *p, uint32_t *from, uint32_t to, span *at, str *text) {
  *at = lex_comment(p->source, *from, to);
  if (at->end == at->start) {
    return false;
  }
  *from = at->end;
  *text = comment_text(str_sub(p->source->text, at->start, at->end));
  return true;
}

static bool has_spaces(str text, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i >= text.len || text.ptr[i] != ' ') {
      return false;
    }
  }
  return true;
}

/* Appends the lines of one comment, each with a newline; `out` has room. */
static char *add_lines(char *out, str text) {
  size_t start = 0;
  do {
    size_t newline = str_find(text, '\n', start), end = newline;
    if (newline < text.len && end > start && text.ptr[end - 1] == '\r') {
      end--;
    }
    if (end > start) {
      memcpy(out, text.ptr + start, end - start);
    }
    out += end - start;
    *out++ = '\n';
    start = newline + 1;
  } while (start < text.len);
  return out;
}

static str join(const parser *p, uint32_t from, uint32_t to, size_t indent) {
  /* each comment loses at least its marker, which pays for the newline behind it */
  char *joined = arena_alloc(p->arena, to - from + 1), *end = joined;
  span at;
  str text;
  while (next_comment(p, &from, to, &at, &text)) {
    end = add_lines(end, has_spaces(text, indent) ? str_sub(text, indent, text.len) : text);
  }
  while (end > joined && end[-1] == '\n') {
    end--;
  }
  return (str){joined, (size_t)(end - joined)};
}

syn_docs parse_docs(parser *p) {
  syn_docs docs = {0};
  if (!p->token.commented) {
    return docs;
  }
  uint32_t from = p->token.gap, to = p->token.start;
  size_t indent = SIZE_MAX;
  span at;
  str text;
  while (next_comment(p, &from, to, &at, &text)) {
    docs.at = docs.present ? docs.at : at;
    docs.at.end = at.end;
    docs.present = true;
    if (text.len > 0) {
      size_t spaces = leading_spaces(text);
      indent = spaces < indent ? spaces : indent;
    }
  }
  docs.text = join(p, p->token.gap, to, indent == SIZE_MAX ? 0 : indent);
  return docs;
}
