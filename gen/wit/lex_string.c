/*
 * Lex string: characters and escapes up to the closing quote. The first problem ends the scan; lexing goes on behind
 * the line, since a missing quote is the likeliest reason.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/lex_string.h"

#include "support/utf8.h"

typedef struct scanner {
  str text;
  uint32_t at;
  buf *value;
  lex_problem problem;
  uint32_t problem_at;
  /* byte escapes may spell a character, and must spell a whole one: bytes to come, and what the next may be */
  unsigned pending, low, high;
  bool broken;
} scanner;

static bool fail(scanner *s, lex_problem problem, uint32_t at) {
  s->problem = problem;
  s->problem_at = at;
  return false;
}

/* The character at the mark, or 0 at the end of the text, which no text holds. */
static char peek(const scanner *s) {
  return s->at < s->text.len ? s->text.ptr[s->at] : '\0';
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  char lower = (char)(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Which bytes may follow a lead byte (RFC 3629, section 4). */
static void begin_character(scanner *s, unsigned lead) {
  s->low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  s->high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  s->pending = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  s->broken = s->broken || (lead >= 0x80 && lead < 0xc2) || lead > 0xf4;
}

static bool add_byte(scanner *s, char c) {
  unsigned byte = (unsigned char)c;
  if (s->pending == 0) {
    begin_character(s, byte);
  } else {
    s->broken = s->broken || byte < s->low || byte > s->high;
    s->pending--;
    s->low = 0x80;
    s->high = 0xbf;
  }
  if (s->value != NULL) {
    buf_add_byte(s->value, c);
  }
  return true;
}

static bool scan_brace(scanner *s, char brace) {
  if (peek(s) != brace) {
    return fail(s, s->at < s->text.len ? LEX_STRING_BRACE : LEX_OPEN_STRING, s->at);
  }
  s->at++;
  return true;
}

static bool scan_hex_number(scanner *s, uint32_t *out) {
  uint32_t start = s->at, value = 0;
  if (hex_value(peek(s)) < 0) {
    return fail(s, start < s->text.len ? LEX_STRING_HEX : LEX_OPEN_STRING, start);
  }
  bool underscore = false;
  for (;; s->at++) {
    char c = peek(s);
    int digit = hex_value(c);
    if (c != '_' && digit < 0) {
      break;
    }
    underscore = c == '_';
    if (!underscore && value > UINT32_MAX >> 4) {
      return fail(s, LEX_STRING_NUMBER, s->at);
    }
    value = underscore ? value : value << 4 | (uint32_t)digit;
  }
  *out = value;
  return !underscore || fail(s, LEX_STRING_UNDERSCORE, start);
}

/* `\u{1f600}`, with the mark behind the `u` */
static bool scan_character_escape(scanner *s) {
  uint32_t u = s->at - 1, character;
  if (!scan_brace(s, '{') || !scan_hex_number(s, &character)) {
    return false;
  }
  if (character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff)) {
    return fail(s, LEX_STRING_SCALAR, u);
  }
  s->broken = s->broken || s->pending > 0;
  if (s->value != NULL) {
    utf8_append(s->value, character);
  }
  return scan_brace(s, '}');
}

/* `\7f`, with the mark behind the first digit */
static bool scan_byte_escape(scanner *s, int high) {
  int low = hex_value(peek(s));
  if (low < 0) {
    return fail(s, s->at < s->text.len ? LEX_STRING_HEX : LEX_OPEN_STRING, s->at);
  }
  s->at++;
  return add_byte(s, (char)(unsigned char)(high * 16 + low));
}

static bool scan_escape(scanner *s) {
  char c = peek(s);
  uint32_t at = s->at++;
  switch (c) {
  case '"':
  case '\'':
  case '\\': return add_byte(s, c);
  case 't': return add_byte(s, '\t');
  case 'n': return add_byte(s, '\n');
  case 'r': return add_byte(s, '\r');
  case 'u': return scan_character_escape(s);
  default: break;
  }
  if (at >= s->text.len) {
    return fail(s, LEX_OPEN_STRING, (uint32_t)s->text.len);
  }
  return hex_value(c) >= 0 ? scan_byte_escape(s, hex_value(c)) : fail(s, LEX_STRING_ESCAPE, at);
}

static bool scan_all(scanner *s) {
  for (;;) {
    if (s->at >= s->text.len) {
      return fail(s, LEX_OPEN_STRING, (uint32_t)s->text.len);
    }
    char c = s->text.ptr[s->at++];
    if (c == '"') {
      return true;
    }
    if (c == '\\') {
      if (!scan_escape(s)) {
        return false;
      }
    } else if ((unsigned char)c < 0x20 || c == 0x7f) {
      return fail(s, LEX_STRING_CHARACTER, s->at - 1);
    } else {
      add_byte(s, c);
    }
  }
}

string_scan string_scan_at(str text, uint32_t at, buf *value) {
  scanner s = {.text = text, .at = at + 1, .value = value};
  if (scan_all(&s)) {
    bool whole = !s.broken && s.pending == 0;
    return (string_scan){s.at, whole ? LEX_OK : LEX_STRING_UTF8, at};
  }
  size_t line_end = str_find(text, '\n', s.problem_at);
  return (string_scan){(uint32_t)line_end, s.problem, s.problem_at};
}
