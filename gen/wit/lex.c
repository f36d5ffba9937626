/*
 * Lex: a switch on the first character, then a run of the characters that belong to it.
 *
 * Words are lexed generously, letters of all scripts included, and checked when they are used as names: the message
 * can then say what a name looks like. Words that are keywords are found in a table by length.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/lex.h"

#include <string.h>

#include "support/utf8.h"
#include "wit/lex_string.h"

/* Characters */

static bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool is_space(unsigned char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

typedef struct range {
  uint32_t first, last;
} range;

/* Blocks beyond ASCII that hold symbols, not letters; coarse, since no name holds such letters either. */
static const range symbols[] = {
    {0x0080, 0x00a9}, {0x00ab, 0x00b4}, {0x00b6, 0x00b6},   {0x00b8, 0x00b9},   {0x00bb, 0x00bf},    {0x00d7, 0x00d7},
    {0x00f7, 0x00f7}, {0x2000, 0x203e}, {0x2041, 0x2070},   {0x2072, 0x207e},   {0x20a0, 0x20cf},    {0x2190, 0x2bff},
    {0x2e00, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},   {0xe000, 0xf8ff},   {0xfe10, 0xfe1f},    {0xfeff, 0xfeff},
    {0xff01, 0xff0f}, {0xfff0, 0xffff}, {0x1f000, 0x1faff}, {0xe0000, 0xe00ff}, {0xf0000, 0x10ffff},
};

static bool is_foreign_letter(uint32_t character) {
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    if (character >= symbols[i].first && character <= symbols[i].last) {
      return false;
    }
  }
  return character >= 0x80;
}

/* Checking a whole text */

typedef enum verdict { CHARACTER_FINE, CHARACTER_CONTROL, CHARACTER_BIDI, CHARACTER_DISCOURAGED } verdict;

static bool is_discouraged(uint32_t c) {
  return c == 0x149 || c == 0x673 || c == 0xf77 || c == 0xf79 || c == 0x17a3 || c == 0x17a4 || c == 0x17b4 ||
         c == 0x17b5;
}

static verdict judge(uint32_t c) {
  if (c == '\n' || c == '\r' || c == '\t') {
    return CHARACTER_FINE;
  }
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
    return CHARACTER_CONTROL;
  }
  if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) {
    return CHARACTER_BIDI;
  }
  return is_discouraged(c) ? CHARACTER_DISCOURAGED : CHARACTER_FINE;
}

static bool check_character(const source *src, uint32_t at, size_t length, uint32_t character, diag *d) {
  span where = {src, at, at + (uint32_t)(length > 0 ? length : 1)};
  verdict v = judge(character);
  if (length == 0) {
    diag_error(d, where, "text is not valid UTF-8");
  } else if (v == CHARACTER_CONTROL) {
    diag_error(d, where, "control character U+%04X", character);
  } else if (v == CHARACTER_BIDI) {
    diag_error(d, where, "character U+%04X changes the direction of the text around it", character);
  } else if (v == CHARACTER_DISCOURAGED) {
    diag_error(d, where, "character U+%04X is deprecated by Unicode", character);
  }
  return length > 0 && v == CHARACTER_FINE;
}

/* Whether the eight bytes at `at` are all between space and '~', as most of a text is. */
static bool is_plain_text(str text, uint32_t at) {
  static const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  uint64_t bytes;
  if (text.len - at < sizeof bytes) {
    return false;
  }
  memcpy(&bytes, text.ptr + at, sizeof bytes);
  /* a byte below 0x20 borrows from its top bit, 0x7f carries into it */
  return ((bytes | (bytes - 0x20 * ones) | (bytes + ones)) & tops) == 0;
}

bool lex_check(const source *src, diag *d) {
  if (src->text.len >= UINT32_MAX) {
    diag_error(d, (span){src, 0, 0}, "file is too large");
    return false;
  }
  const unsigned char *bytes = (const unsigned char *)src->text.ptr;
  uint32_t length = (uint32_t)src->text.len;
  for (uint32_t i = 0; i < length;) {
    if (is_plain_text(src->text, i)) {
      i += 8;
      continue;
    }
    if ((bytes[i] >= 0x20 && bytes[i] < 0x7f) || bytes[i] == '\n') {
      i++;
      continue;
    }
    uint32_t character = 0;
    size_t size = utf8_decode(src->text, i, &character);
    if (!check_character(src, i, size, character, d)) {
      return false;
    }
    i += (uint32_t)size;
  }
  return true;
}

/* Runs of characters: each returns the offset behind what starts at `at`. */

static uint32_t skip_word(str text, uint32_t at) {
  while (at < text.len) {
    unsigned char c = (unsigned char)text.ptr[at];
    if (is_letter(c) || is_digit(c) || c == '-' || c == '_') {
      at++;
      continue;
    }
    uint32_t character = c;
    size_t length = c < 0x80 ? 0 : utf8_decode(text, at, &character);
    if (length == 0 || !is_foreign_letter(character)) {
      break;
    }
    at += (uint32_t)length;
  }
  return at;
}

static bool starts_word(str text, uint32_t at) {
  unsigned char c = at < text.len ? (unsigned char)text.ptr[at] : ' ';
  return !is_digit(c) && skip_word(text, at) > at;
}

static bool pair_at(str text, size_t at, char first, char second) {
  return at + 1 < text.len && text.ptr[at] == first && text.ptr[at + 1] == second;
}

/* What a comment that is never closed ends at; no text is that long. */
#define NO_END UINT32_MAX

/* Block comments nest. */
static uint32_t skip_block_comment(str text, uint32_t at) {
  size_t depth = 0;
  while (at < text.len) {
    if (pair_at(text, at, '/', '*')) {
      depth++;
      at += 2;
    } else if (pair_at(text, at, '*', '/')) {
      depth--;
      at += 2;
      if (depth == 0) {
        return at;
      }
    } else {
      at++;
    }
  }
  return NO_END;
}

/* The end of a comment at `at`; `at` itself when there is none. */
static uint32_t skip_comment(str text, uint32_t at) {
  if (pair_at(text, at, '/', '/')) {
    size_t newline = str_find(text, '\n', at);
    return (uint32_t)(newline < text.len ? newline + 1 : newline);
  }
  return pair_at(text, at, '/', '*') ? skip_block_comment(text, at) : at;
}

static uint32_t skip_space(str text, uint32_t at) {
  while (at < text.len && (is_space((unsigned char)text.ptr[at]) || pair_at(text, at, '\r', '\n'))) {
    at++;
  }
  return at;
}

span lex_comment(const source *src, uint32_t from, uint32_t to) {
  uint32_t start = skip_space(str_sub(src->text, 0, to), from);
  return (span){src, start, start < to ? skip_comment(src->text, start) : start};
}

/* Tokens */

typedef struct keyword {
  const char *text;
  token_kind kind;
} keyword;

static const keyword keywords[] = {
#define X(name, text) {text, name},
    KEYWORD_LIST(X)
#undef X
};

_Static_assert(sizeof keywords / sizeof *keywords == 44, "word_kind counts the keywords of each length");

static token_kind word_kind(const char *word, size_t length) {
  /* first keyword of each length in `keywords`; the last entry ends the list */
  static const unsigned char first[] = {0, 0, 1, 4, 15, 23, 27, 37, 40, 41, 42, 42, 43, 43, 44};
  if (length + 1 >= sizeof first) {
    return TOKEN_ID;
  }
  for (size_t i = first[length]; i < first[length + 1]; i++) {
    if (keywords[i].text[0] == word[0] && memcmp(keywords[i].text, word, length) == 0) {
      return keywords[i].kind;
    }
  }
  return TOKEN_ID;
}

static token_kind punctuation_kind(char c) {
  switch (c) {
  case '=': return TOKEN_EQUALS;
  case ',': return TOKEN_COMMA;
  case ':': return TOKEN_COLON;
  case '.': return TOKEN_PERIOD;
  case ';': return TOKEN_SEMICOLON;
  case '(': return TOKEN_LEFT_PAREN;
  case ')': return TOKEN_RIGHT_PAREN;
  case '{': return TOKEN_LEFT_BRACE;
  case '}': return TOKEN_RIGHT_BRACE;
  case '<': return TOKEN_LESS;
  case '>': return TOKEN_GREATER;
  case '*': return TOKEN_STAR;
  case '@': return TOKEN_AT;
  case '/': return TOKEN_SLASH;
  case '+': return TOKEN_PLUS;
  case '-': return TOKEN_MINUS;
  default: return TOKEN_INVALID;
  }
}

static void invalid(token *t, lex_problem problem, uint32_t start, uint32_t end) {
  t->kind = TOKEN_INVALID;
  t->problem = problem;
  t->start = start;
  t->end = end;
}

static void lex_other(token *t, str text) {
  uint32_t character;
  size_t length = utf8_decode(text, t->start, &character);
  invalid(t, LEX_UNEXPECTED_CHARACTER, t->start, t->start + (uint32_t)(length > 0 ? length : 1));
}

static void lex_string(token *t, str text) {
  string_scan scan = string_scan_at(text, t->start, NULL);
  t->kind = TOKEN_STRING;
  t->end = scan.end;
  if (scan.problem != LEX_OK) {
    invalid(t, scan.problem, scan.problem_at, scan.end);
  }
}

static void lex_number(token *t, str text) {
  t->kind = TOKEN_INTEGER;
  t->end = t->start;
  while (t->end < text.len && is_digit((unsigned char)text.ptr[t->end])) {
    t->end++;
  }
}

/* The token that starts at t->start, which is no space, comment or end. */
static void lex_token(token *t, str text) {
  char c = text.ptr[t->start];
  if (is_letter((unsigned char)c)) {
    t->end = skip_word(text, t->start + 1);
    t->kind = word_kind(text.ptr + t->start, t->end - t->start);
    return;
  }
  t->kind = punctuation_kind(c);
  t->end = t->start + 1;
  if (t->kind == TOKEN_MINUS && pair_at(text, t->start, '-', '>')) {
    t->kind = TOKEN_ARROW;
    t->end++;
  } else if (t->kind != TOKEN_INVALID) {
    return;
  } else if (is_digit((unsigned char)c)) {
    lex_number(t, text);
  } else if (c == '"') {
    lex_string(t, text);
  } else if (c == '%') {
    t->kind = TOKEN_EXPLICIT_ID;
    t->end = starts_word(text, t->end) ? skip_word(text, t->end) : t->end;
  } else if (starts_word(text, t->start)) {
    t->end = skip_word(text, t->start);
    t->kind = word_kind(text.ptr + t->start, t->end - t->start);
  } else {
    lex_other(t, text);
  }
}

void lexer_init(lexer *l, const source *src) {
  *l = (lexer){.source = src};
  if (str_starts_with(src->text, "\xef\xbb\xbf")) {
    l->at = 3; /* a byte order mark */
  }
}

token lexer_next(lexer *l) {
  str text = l->source->text;
  token t = {.kind = TOKEN_END, .gap = l->at};
  uint32_t at = skip_space(text, l->at);
  for (uint32_t end; (end = skip_comment(text, at)) != at; at = skip_space(text, end)) {
    if (end == NO_END) {
      invalid(&t, LEX_OPEN_COMMENT, at, (uint32_t)text.len);
      l->at = t.end;
      return t;
    }
    t.commented = true;
  }
  t.start = t.end = at;
  if (at < text.len) {
    lex_token(&t, text);
  }
  l->at = t.end;
  return t;
}

/* What people read */

str token_text(const source *src, const token *t) {
  return str_sub(src->text, t->start, t->end);
}

span token_span(const source *src, const token *t) {
  return (span){src, t->start, t->end};
}

const char *token_kind_text(token_kind kind) {
  switch (kind) {
#define X(name, text)                                                                                                  \
  case name: return "'" text "'";
    PUNCTUATION_LIST(X)
#undef X
#define X(name, text)                                                                                                  \
  case name: return "keyword '" text "'";
    KEYWORD_LIST(X)
#undef X
  case TOKEN_END: return "end of file";
  case TOKEN_INTEGER: return "a number";
  case TOKEN_STRING: return "a string";
  case TOKEN_INVALID:
  case TOKEN_KINDS: return "an invalid character";
  case TOKEN_ID:
  case TOKEN_EXPLICIT_ID: break;
  }
  return "an identifier";
}

bool token_is_keyword(token_kind kind) {
  return kind > TOKEN_ARROW && kind < TOKEN_KINDS;
}

static const char *problem_text(lex_problem problem) {
  switch (problem) {
  case LEX_OK:
  case LEX_UNEXPECTED_CHARACTER: break;
  case LEX_OPEN_COMMENT: return "comment is never closed with '*/'";
  case LEX_OPEN_STRING: return "string is never closed";
  case LEX_STRING_CHARACTER: return "control character or end of line in a string";
  case LEX_STRING_ESCAPE: return "unknown escape in a string";
  case LEX_STRING_BRACE: return "expected a brace: characters are written as in '\\u{1f600}'";
  case LEX_STRING_HEX: return "expected a hexadecimal digit";
  case LEX_STRING_UNDERSCORE: return "number ends in an underscore";
  case LEX_STRING_NUMBER: return "number does not fit in 32 bits";
  case LEX_STRING_SCALAR: return "number is not that of a Unicode character";
  case LEX_STRING_UTF8: return "bytes of the string are not valid UTF-8";
  }
  return "unexpected character";
}

void lex_report(diag *d, const source *src, const token *t) {
  span at = token_span(src, t);
  if (t->problem == LEX_OPEN_COMMENT) {
    at.end = at.start + 2;
  } else if (t->problem != LEX_UNEXPECTED_CHARACTER && t->problem != LEX_STRING_UTF8) {
    at.end = at.start + 1;
  }
  if (t->problem == LEX_UNEXPECTED_CHARACTER) {
    str text = token_text(src, t);
    if (str_eq_c(text, "\r")) {
      diag_error(d, at, "carriage return without a line feed");
    } else {
      diag_error(d, at, "unexpected character '%.*s'", STR_ARG(text));
    }
    return;
  }
  diag_error(d, at, "%s", problem_text(t->problem));
}

str lex_string_value(const source *src, const token *t, arena *a) {
  buf value;
  buf_init(&value, a);
  string_scan_at(src->text, t->start, &value);
  return buf_str(&value);
}
