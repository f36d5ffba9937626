/*
 * Parse cursor: one token of lookahead, what to say when it is the wrong one, and where to go on after that.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/parse_internal.h"

void parser_init(parser *p, const source *src, arena *a, diag *d) {
  *p = (parser){.source = src, .arena = a, .diag = d};
  lexer_init(&p->lexer, src);
  p->token = lexer_next(&p->lexer);
}

token parser_take(parser *p) {
  token taken = p->token;
  if (taken.kind == TOKEN_LEFT_BRACE) {
    p->depth++;
  } else if (taken.kind == TOKEN_RIGHT_BRACE && p->depth > 0) {
    p->depth--;
  }
  p->token = lexer_next(&p->lexer);
  return taken;
}

bool parser_at(const parser *p, token_kind kind) {
  return p->token.kind == kind;
}

bool parser_eat(parser *p, token_kind kind) {
  if (!parser_at(p, kind)) {
    return false;
  }
  parser_take(p);
  return true;
}

bool parser_expect(parser *p, token_kind kind) {
  return parser_eat(p, kind) || parser_expected(p, token_kind_text(kind));
}

void parser_peek(const parser *p, token *out, size_t count) {
  lexer ahead = p->lexer;
  for (size_t i = 0; i < count; i++) {
    out[i] = lexer_next(&ahead);
  }
}

span parser_span(const parser *p) {
  return token_span(p->source, &p->token);
}

/* The token at the cursor, in words. */
static const char *found_text(const parser *p) {
  enum { SHOWN = 40 };
  token_kind kind = p->token.kind;
  if (kind != TOKEN_ID && kind != TOKEN_EXPLICIT_ID && kind != TOKEN_INTEGER) {
    return token_kind_text(kind);
  }
  str text = token_text(p->source, &p->token);
  str shown = str_sub(text, 0, SHOWN);
  return str_format(p->diag->arena, "'%.*s%s'", STR_ARG(shown), shown.len < text.len ? "..." : "").ptr;
}

bool parser_expected_word(parser *p, const char *what, const str *words, size_t count) {
  if (parser_at(p, TOKEN_INVALID)) {
    lex_report(p->diag, p->source, &p->token);
    return false;
  }
  str text = token_text(p->source, &p->token);
  str nearest = parser_at(p, TOKEN_ID) ? diag_nearest(text, words, count) : (str){0};
  if (nearest.len > 0) {
    diag_error(p->diag, parser_span(p), "expected %s, found %s; did you mean '%.*s'?", what, found_text(p),
               STR_ARG(nearest));
  } else {
    diag_error(p->diag, parser_span(p), "expected %s, found %s", what, found_text(p));
  }
  return false;
}

bool parser_expected(parser *p, const char *what) {
  return parser_expected_word(p, what, NULL, 0);
}

static bool is_name(token_kind kind) {
  return kind == TOKEN_ID || kind == TOKEN_EXPLICIT_ID;
}

/* `interface x`, `world x`, `package x`: words that stand nowhere inside an item with a name behind them. */
static bool at_declaration(const parser *p) {
  if (!parser_at(p, KW_INTERFACE) && !parser_at(p, KW_WORLD) && !parser_at(p, KW_PACKAGE)) {
    return false;
  }
  token next;
  parser_peek(p, &next, 1);
  return is_name(next.kind);
}

void parser_note_open(parser *p, span brace, uint32_t start) {
  if (p->token.start == start && (parser_at(p, TOKEN_END) || at_declaration(p))) {
    diag_note(p->diag, brace, "this brace is still open");
  }
}

static bool begins_item(token_kind kind) {
  switch (kind) {
  case KW_TYPE:
  case KW_RECORD:
  case KW_FLAGS:
  case KW_VARIANT:
  case KW_ENUM:
  case KW_RESOURCE:
  case KW_USE:
  case KW_IMPORT:
  case KW_EXPORT:
  case KW_INCLUDE: return true;
  default: return false;
  }
}

/* Whether an item begins at the cursor: its word, on a new line, so that it isn't the wrong word in the failed item. */
static bool at_item(const parser *p) {
  str gap = str_sub(p->source->text, p->token.gap, p->token.start);
  return begins_item(p->token.kind) && str_find(gap, '\n', 0) < gap.len;
}

/* Whether the token at the cursor, which is taken, ends the item that failed. */
static bool take_end_of_item(parser *p, size_t depth) {
  token_kind kind = parser_take(p).kind;
  return (kind == TOKEN_SEMICOLON || kind == TOKEN_RIGHT_BRACE) && p->depth == depth;
}

bool parser_recover(parser *p, parser_level level, size_t depth, uint32_t start) {
  for (;;) {
    if (parser_at(p, TOKEN_END)) {
      return false;
    }
    bool is_first = p->token.start == start;
    if (at_declaration(p) && level == LEVEL_ITEMS) {
      return false;
    }
    if (at_declaration(p) && !is_first) {
      p->depth = depth;
      return true;
    }
    if (p->depth <= depth && depth > 0 && parser_at(p, TOKEN_RIGHT_BRACE)) {
      return true;
    }
    if (p->depth == depth && at_item(p) && !is_first) {
      return true;
    }
    if (take_end_of_item(p, depth)) {
      return true;
    }
  }
}

bool parse_list(parser *p, token_kind close, parse_element parse, void *out) {
  while (!parser_eat(p, close)) {
    if (!parse(p, out)) {
      return false;
    }
    if (parser_eat(p, TOKEN_COMMA)) {
      continue;
    }
    if (parser_eat(p, close)) {
      break;
    }
    return parser_expected(p, str_format(p->diag->arena, "',' or %s", token_kind_text(close)).ptr);
  }
  return true;
}
