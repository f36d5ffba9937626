/*
 * Lex: one WIT text to tokens, on demand.
 *
 * A lexer is a position in a text that lex_check() has accepted. It is copied to look ahead. Comments and white space
 * are no tokens: each token remembers where the gap in front of it starts, from which documentation is taken.
 * What is no token at all becomes a TOKEN_INVALID, so that the parser decides when, and whether, to report it.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_LEX_H
#define WITGEN_WIT_LEX_H

#include "support/diag.h"

/* Punctuation: name and text. */
#define PUNCTUATION_LIST(X)                                                                                            \
  X(TOKEN_EQUALS, "=")                                                                                                 \
  X(TOKEN_COMMA, ",")                                                                                                  \
  X(TOKEN_COLON, ":")                                                                                                  \
  X(TOKEN_PERIOD, ".")                                                                                                 \
  X(TOKEN_SEMICOLON, ";")                                                                                              \
  X(TOKEN_LEFT_PAREN, "(")                                                                                             \
  X(TOKEN_RIGHT_PAREN, ")")                                                                                            \
  X(TOKEN_LEFT_BRACE, "{")                                                                                             \
  X(TOKEN_RIGHT_BRACE, "}")                                                                                            \
  X(TOKEN_LESS, "<")                                                                                                   \
  X(TOKEN_GREATER, ">")                                                                                                \
  X(TOKEN_STAR, "*")                                                                                                   \
  X(TOKEN_AT, "@")                                                                                                     \
  X(TOKEN_SLASH, "/")                                                                                                  \
  X(TOKEN_PLUS, "+")                                                                                                   \
  X(TOKEN_MINUS, "-")                                                                                                  \
  X(TOKEN_ARROW, "->")

/* Keywords, by length. */
#define KEYWORD_LIST(X)                                                                                                \
  X(KW_UNDERSCORE, "_")                                                                                                \
  X(KW_AS, "as")                                                                                                       \
  X(KW_U8, "u8")                                                                                                       \
  X(KW_S8, "s8")                                                                                                       \
  X(KW_USE, "use")                                                                                                     \
  X(KW_OWN, "own")                                                                                                     \
  X(KW_MAP, "map")                                                                                                     \
  X(KW_U16, "u16")                                                                                                     \
  X(KW_U32, "u32")                                                                                                     \
  X(KW_U64, "u64")                                                                                                     \
  X(KW_S16, "s16")                                                                                                     \
  X(KW_S32, "s32")                                                                                                     \
  X(KW_S64, "s64")                                                                                                     \
  X(KW_F32, "f32")                                                                                                     \
  X(KW_F64, "f64")                                                                                                     \
  X(KW_TYPE, "type")                                                                                                   \
  X(KW_FUNC, "func")                                                                                                   \
  X(KW_CHAR, "char")                                                                                                   \
  X(KW_ENUM, "enum")                                                                                                   \
  X(KW_BOOL, "bool")                                                                                                   \
  X(KW_LIST, "list")                                                                                                   \
  X(KW_FROM, "from")                                                                                                   \
  X(KW_WITH, "with")                                                                                                   \
  X(KW_FLAGS, "flags")                                                                                                 \
  X(KW_TUPLE, "tuple")                                                                                                 \
  X(KW_WORLD, "world")                                                                                                 \
  X(KW_ASYNC, "async")                                                                                                 \
  X(KW_RECORD, "record")                                                                                               \
  X(KW_BORROW, "borrow")                                                                                               \
  X(KW_STRING, "string")                                                                                               \
  X(KW_OPTION, "option")                                                                                               \
  X(KW_RESULT, "result")                                                                                               \
  X(KW_FUTURE, "future")                                                                                               \
  X(KW_STREAM, "stream")                                                                                               \
  X(KW_STATIC, "static")                                                                                               \
  X(KW_IMPORT, "import")                                                                                               \
  X(KW_EXPORT, "export")                                                                                               \
  X(KW_VARIANT, "variant")                                                                                             \
  X(KW_PACKAGE, "package")                                                                                             \
  X(KW_INCLUDE, "include")                                                                                             \
  X(KW_RESOURCE, "resource")                                                                                           \
  X(KW_INTERFACE, "interface")                                                                                         \
  X(KW_CONSTRUCTOR, "constructor")                                                                                     \
  X(KW_ERROR_CONTEXT, "error-context")

typedef enum token_kind {
  TOKEN_END,
  TOKEN_INVALID,
  TOKEN_ID,          /* word characters; not yet known to be a valid name */
  TOKEN_EXPLICIT_ID, /* the same with '%' in front */
  TOKEN_INTEGER,
  TOKEN_STRING,
#define X(name, text) name,
  PUNCTUATION_LIST(X) KEYWORD_LIST(X)
#undef X
      TOKEN_KINDS
} token_kind;

/* Why a TOKEN_INVALID is none; its `start` is the place to point at. */
typedef enum lex_problem {
  LEX_OK,
  LEX_UNEXPECTED_CHARACTER,
  LEX_OPEN_COMMENT,
  LEX_OPEN_STRING,
  LEX_STRING_CHARACTER,
  LEX_STRING_ESCAPE,
  LEX_STRING_BRACE,
  LEX_STRING_HEX,
  LEX_STRING_UNDERSCORE,
  LEX_STRING_NUMBER,
  LEX_STRING_SCALAR,
  LEX_STRING_UTF8
} lex_problem;

typedef struct token {
  token_kind kind;
  lex_problem problem;
  uint32_t start, end;
  uint32_t gap;   /* end of the token before */
  bool commented; /* a comment stands in the gap */
} token;

typedef struct lexer {
  const source *source;
  uint32_t at;
} lexer;

/* Refuses bytes that are no UTF-8, and characters that make a text look like another one, before anything is lexed. */
bool lex_check(const source *src, diag *d);

void lexer_init(lexer *l, const source *src);
token lexer_next(lexer *l);

/* The next comment in from..to, a gap between tokens; empty when there is none. `//` comments end behind their newline.
 */
span lex_comment(const source *src, uint32_t from, uint32_t to);

str token_text(const source *src, const token *t);
span token_span(const source *src, const token *t);
/* "'{'", "keyword 'type'", "an identifier", "end of file" */
const char *token_kind_text(token_kind kind);
bool token_is_keyword(token_kind kind);

/* Says what is wrong with a TOKEN_INVALID. */
void lex_report(diag *d, const source *src, const token *t);

/* The text that a TOKEN_STRING stands for. */
str lex_string_value(const source *src, const token *t, arena *a);

#endif
