/*
 * Parse: a file is an optional package header and declarations; so is a nested package, with braces around.
 *
 * The parser is recursive descent with one token of lookahead: cursor and error recovery are in parse_cursor.c, small
 * parts in parse_parts.c, comments in parse_docs.c, types in parse_type.c, definitions and functions in parse_def.c,
 * the items of interfaces and worlds in parse_item.c. An error is at the place where the reference tool has it.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/parse.h"

#include "wit/parse_internal.h"

/* Packages inside packages, as in the reference tool. */
enum { PACKAGE_DEPTH_LIMIT = 100 };

static bool parse_decls(parser *p, syn_file *file, size_t nesting);

/* `use path [as name];` at the top level */
static bool parse_top_use(parser *p, syn_decl *out) {
  if (!parse_path(p, &out->path) || (parser_eat(p, KW_AS) && !parse_name(p, &out->name))) {
    return false;
  }
  return parser_eat(p, TOKEN_SEMICOLON) || parser_expected(p, out->name.name.len > 0 ? "';'" : "';' or 'as'");
}

static bool parse_decl(parser *p, syn_decl *out) {
  out->at = parser_span(p);
  switch (parser_take(p).kind) {
  case KW_INTERFACE:
    out->kind = SYN_DECL_INTERFACE;
    parse_refuse_external_id(p, &out->attrs, "an interface");
    return parse_name(p, &out->name) && parse_interface_body(p, &out->items);
  case KW_WORLD:
    out->kind = SYN_DECL_WORLD;
    parse_refuse_external_id(p, &out->attrs, "a world");
    return parse_name(p, &out->name) && parse_world_body(p, &out->items);
  default: out->kind = SYN_DECL_USE; return parse_top_use(p, out);
  }
}

/* Nested packages */

/* `{ .. }` behind the name of the package `nested` */
static bool parse_nested_body(parser *p, syn_file *outer, syn_file *nested, size_t nesting) {
  if (nesting > 0) {
    vec_push(p->arena, &p->deep_packages, nested->package.at);
  }
  vec_push(p->arena, &outer->nested, nested);
  return parser_expect(p, TOKEN_LEFT_BRACE) && parse_decls(p, nested, nesting + 1);
}

static syn_file *new_package(parser *p, const syn_docs *docs) {
  syn_file *file = arena_new(p->arena, syn_file);
  file->source = p->source;
  file->has_package = true;
  file->package_docs = *docs;
  return file;
}

static bool parse_nested_package(parser *p, const syn_docs *docs, const syn_attr_vec *attrs, syn_file *outer,
                                 size_t nesting) {
  if (attrs->count > 0) {
    diag_error(p->diag, parser_span(p), "a nested package can't have attributes");
  }
  if (nesting >= PACKAGE_DEPTH_LIMIT) {
    diag_error(p->diag, parser_span(p), "packages are nested more than %d deep", PACKAGE_DEPTH_LIMIT);
    return false;
  }
  parser_take(p);
  syn_file *nested = new_package(p, docs);
  return parse_package_name(p, &nested->package) && parse_nested_body(p, outer, nested, nesting);
}

/* A first `package`: the header of the file, or a nested package. */
static bool parse_first_package(parser *p, syn_file *file) {
  syn_docs docs = parse_docs(p);
  syn_package_name name;
  parser_take(p);
  if (!parse_package_name(p, &name)) {
    return false;
  }
  if (parser_eat(p, TOKEN_SEMICOLON)) {
    file->has_package = true;
    file->package = name;
    file->package_docs = docs;
    return true;
  }
  if (!parser_at(p, TOKEN_LEFT_BRACE)) {
    return parser_expected(p, "';' or '{'");
  }
  syn_file *nested = new_package(p, &docs);
  nested->package = name;
  return parse_nested_body(p, file, nested, 0);
}

/* Declarations */

static bool parse_one(parser *p, syn_file *file, size_t nesting) {
  static const str words[] = {{"interface", 9}, {"world", 5}, {"use", 3}, {"package", 7}};
  syn_decl decl = {.docs = parse_docs(p)};
  if (!parse_attributes(p, &decl.attrs)) {
    return false;
  }
  switch (p->token.kind) {
  case KW_PACKAGE: return parse_nested_package(p, &decl.docs, &decl.attrs, file, nesting);
  case KW_INTERFACE:
  case KW_WORLD:
  case KW_USE:
    if (!parse_decl(p, &decl)) {
      return false;
    }
    vec_push(p->arena, &file->decls, decl);
    return true;
  default:
    return parser_expected_word(p, "'interface', 'world', 'use' or 'package'", words, sizeof words / sizeof *words);
  }
}

/* Declarations up to the end of the text, or of the nested package. */
static bool parse_decls(parser *p, syn_file *file, size_t nesting) {
  size_t depth = p->depth;
  for (;;) {
    if (nesting > 0 ? parser_eat(p, TOKEN_RIGHT_BRACE) : parser_at(p, TOKEN_END)) {
      return true;
    }
    uint32_t start = p->token.start;
    if (!parse_one(p, file, nesting) && !parser_recover(p, LEVEL_DECLS, depth, start)) {
      return false;
    }
  }
}

static void parse_all(parser *p, syn_file *file) {
  uint32_t start = p->token.start;
  if (parser_at(p, KW_PACKAGE) && !parse_first_package(p, file) && !parser_recover(p, LEVEL_DECLS, 0, start)) {
    return;
  }
  parse_decls(p, file, 0);
}

syn_file *wit_parse(const source *src, arena *a, diag *d) {
  size_t errors = d->errors;
  if (!lex_check(src, d)) {
    return NULL;
  }
  parser p;
  parser_init(&p, src, a, d);
  syn_file *file = arena_new(a, syn_file);
  file->source = src;
  parse_all(&p, file);
  bool well = d->errors == errors;
  for (size_t i = 0; well && i < p.deep_packages.count; i++) {
    diag_error(d, p.deep_packages.items[i], "a nested package can't hold packages");
  }
  return d->errors == errors ? file : NULL;
}
