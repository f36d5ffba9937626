/*
 * Parse, internals: the cursor that the parts of the parser share, and what each part offers to the others.
 *
 * Functions named parse_x read an x at the cursor into `*out` and return true; or they report what is wrong, leave the
 * cursor at the offending token and return false, and whoever holds a list of items calls parser_recover. An error that
 * doesn't hinder reading on is only reported.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_PARSE_INTERNAL_H
#define WITGEN_WIT_PARSE_INTERNAL_H

#include "wit/lex.h"
#include "wit/syntax.h"

typedef struct span_vec {
  span *items;
  size_t count, cap;
} span_vec;

typedef struct parser {
  const source *source;
  arena *arena;
  diag *diag;
  lexer lexer;            /* stands behind `token` */
  token token;            /* the one to be looked at next */
  size_t depth;           /* braces open before `token` */
  span_vec deep_packages; /* names of packages inside nested packages, refused when all else is well */
} parser;

/* The cursor (parse_cursor.c) */

void parser_init(parser *p, const source *src, arena *a, diag *d);
/* Moves on, and returns the token that was at the cursor. */
token parser_take(parser *p);
bool parser_at(const parser *p, token_kind kind);
bool parser_eat(parser *p, token_kind kind);
bool parser_expect(parser *p, token_kind kind);
/* The tokens behind the one at the cursor. */
void parser_peek(const parser *p, token *out, size_t count);
span parser_span(const parser *p);
/* Reports "expected `what`, found …" at the cursor; always false. */
bool parser_expected(parser *p, const char *what);
/* The same, with a suggestion when the token at the cursor is nearly one of `words`. */
bool parser_expected_word(parser *p, const char *what, const str *words, size_t count);

typedef enum parser_level { LEVEL_DECLS, LEVEL_ITEMS } parser_level;

/*
 * After a failed item, which began at byte `start` of a list with `depth` braces open: skips to where the next item or
 * the list's closing brace is. False when the list can't go on: the text has ended, or (LEVEL_ITEMS) what comes next
 * belongs to the list outside.
 */
bool parser_recover(parser *p, parser_level level, size_t depth, uint32_t start);

/*
 * Behind the report of an item that failed at its very first token, at byte `start`: notes the brace that was probably
 * forgotten to be closed, if the text ends here or a declaration begins.
 */
void parser_note_open(parser *p, span brace, uint32_t start);

typedef bool (*parse_element)(parser *p, void *out);
/* Elements up to `close`, separated by commas; a comma may follow the last. */
bool parse_list(parser *p, token_kind close, parse_element parse, void *out);

/* Small parts (parse_parts.c) */

bool parse_name(parser *p, syn_id *out);
bool parse_version(parser *p, semver *out);
bool parse_package_name(parser *p, syn_package_name *out);
bool parse_path(parser *p, syn_path *out);
bool parse_attributes(parser *p, syn_attr_vec *out);
/* Reports attributes that `what` can't have. */
void parse_refuse_external_id(parser *p, const syn_attr_vec *attrs, const char *what);

/* Documentation in front of the token at the cursor (parse_docs.c). */
syn_docs parse_docs(parser *p);

/* Types (parse_type.c) */

bool parse_type(parser *p, syn_type **out);

/* Definitions (parse_def.c); `out` comes zeroed but for docs and attributes, which these don't touch. */

bool parse_typedef_ahead(const parser *p);
bool parse_typedef(parser *p, syn_typedef *out);

/* `[async] func(..) [-> t]`, `get() -> t`, `set(..)`: what stands behind the name. */
bool parse_func_ahead(const parser *p);
bool parse_func(parser *p, syn_func *out);

/* Items of interfaces and worlds (parse_item.c): `{ .. }` */

bool parse_interface_body(parser *p, syn_interface_item_vec *out);
bool parse_world_body(parser *p, syn_interface_item_vec *out);

#endif
