/*
 * Parse definitions: functions, accessors, and the types that are given names.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/parse_internal.h"

/* Functions */

static bool parse_param(parser *p, void *out) {
  syn_param_vec *params = out;
  syn_param param;
  if (!parse_name(p, &param.name) || !parser_expect(p, TOKEN_COLON) || !parse_type(p, &param.type)) {
    return false;
  }
  vec_push(p->arena, params, param);
  return true;
}

static bool parse_signature(parser *p, syn_func *out) {
  if (!parser_expect(p, TOKEN_LEFT_PAREN) || !parse_list(p, TOKEN_RIGHT_PAREN, parse_param, &out->params)) {
    return false;
  }
  return !parser_eat(p, TOKEN_ARROW) || parse_type(p, &out->result);
}

/* `get` and `set` are words like others, unless a parenthesis follows. */
static bool at_accessor(const parser *p, syn_accessor *accessor) {
  str text = token_text(p->source, &p->token);
  bool get = str_eq_c(text, "get");
  if (!parser_at(p, TOKEN_ID) || (!get && !str_eq_c(text, "set"))) {
    return false;
  }
  token next;
  parser_peek(p, &next, 1);
  *accessor = get ? SYN_GET : SYN_SET;
  return next.kind == TOKEN_LEFT_PAREN;
}

bool parse_func_ahead(const parser *p) {
  syn_accessor accessor;
  return parser_at(p, KW_FUNC) || parser_at(p, KW_ASYNC) || at_accessor(p, &accessor);
}

bool parse_func(parser *p, syn_func *out) {
  static const str words[] = {{"func", 4}, {"async", 5}, {"static", 6}};
  out->is_async = parser_eat(p, KW_ASYNC);
  bool is_accessor = !out->is_async && at_accessor(p, &out->accessor);
  if (!is_accessor) {
    out->accessor = SYN_FUNC;
  }
  if (!is_accessor && !parser_at(p, KW_FUNC)) {
    return parser_expected_word(p, "'func'", words, sizeof words / sizeof *words);
  }
  out->at = parser_span(p);
  parser_take(p);
  return parse_signature(p, out);
}

/* Type definitions */

static bool parse_member_name(parser *p, syn_member *out) {
  *out = (syn_member){.docs = parse_docs(p)};
  return parse_name(p, &out->name);
}

static bool parse_field(parser *p, void *out) {
  syn_member_vec *fields = out;
  syn_member field;
  if (!parse_member_name(p, &field) || !parser_expect(p, TOKEN_COLON) || !parse_type(p, &field.type)) {
    return false;
  }
  vec_push(p->arena, fields, field);
  return true;
}

static bool parse_case(parser *p, void *out) {
  syn_member_vec *cases = out;
  syn_member variant_case;
  if (!parse_member_name(p, &variant_case)) {
    return false;
  }
  if (parser_eat(p, TOKEN_LEFT_PAREN) && (!parse_type(p, &variant_case.type) || !parser_expect(p, TOKEN_RIGHT_PAREN))) {
    return false;
  }
  vec_push(p->arena, cases, variant_case);
  return true;
}

/* A flag, or a case of an enum. */
static bool parse_label(parser *p, void *out) {
  syn_member_vec *labels = out;
  syn_member label;
  if (!parse_member_name(p, &label)) {
    return false;
  }
  vec_push(p->arena, labels, label);
  return true;
}

static bool parse_members(parser *p, parse_element parse, syn_typedef *out) {
  return parser_expect(p, TOKEN_LEFT_BRACE) && parse_list(p, TOKEN_RIGHT_BRACE, parse, &out->members);
}

static bool parse_alias(parser *p, syn_typedef *out) {
  return parser_expect(p, TOKEN_EQUALS) && parse_type(p, &out->alias) && parser_expect(p, TOKEN_SEMICOLON);
}

/* Resources */

static bool parse_constructor(parser *p, syn_func *out) {
  out->kind = SYN_CONSTRUCTOR;
  out->at = parser_span(p);
  out->name = (syn_id){token_text(p->source, &p->token), out->at};
  parser_take(p);
  return parse_signature(p, out);
}

static bool parse_method(parser *p, syn_func *out) {
  if (!parser_at(p, TOKEN_ID) && !parser_at(p, TOKEN_EXPLICIT_ID)) {
    return parser_expected(p, "'constructor' or the name of a method");
  }
  if (!parse_name(p, &out->name) || !parser_expect(p, TOKEN_COLON)) {
    return false;
  }
  out->kind = parser_eat(p, KW_STATIC) ? SYN_STATIC : SYN_METHOD;
  return parse_func(p, out);
}

static bool parse_resource_func(parser *p, syn_func_vec *out) {
  syn_func func = {.docs = parse_docs(p)};
  if (!parse_attributes(p, &func.attrs)) {
    return false;
  }
  bool ok = parser_at(p, KW_CONSTRUCTOR) ? parse_constructor(p, &func) : parse_method(p, &func);
  if (!ok || !parser_expect(p, TOKEN_SEMICOLON)) {
    return false;
  }
  vec_push(p->arena, out, func);
  return true;
}

static bool parse_resource(parser *p, syn_typedef *out) {
  if (parser_eat(p, TOKEN_SEMICOLON)) {
    return true;
  }
  span brace = parser_span(p);
  if (!parser_eat(p, TOKEN_LEFT_BRACE)) {
    return parser_expected(p, "';' or '{'");
  }
  size_t depth = p->depth;
  while (!parser_eat(p, TOKEN_RIGHT_BRACE)) {
    uint32_t start = p->token.start;
    if (parse_resource_func(p, &out->funcs)) {
      continue;
    }
    parser_note_open(p, brace, start);
    if (!parser_recover(p, LEVEL_ITEMS, depth, start)) {
      return false;
    }
  }
  return true;
}

static bool typedef_kind(token_kind word, syn_typedef_kind *kind) {
  switch (word) {
  case KW_TYPE: *kind = SYN_DEF_ALIAS; return true;
  case KW_RECORD: *kind = SYN_DEF_RECORD; return true;
  case KW_FLAGS: *kind = SYN_DEF_FLAGS; return true;
  case KW_VARIANT: *kind = SYN_DEF_VARIANT; return true;
  case KW_ENUM: *kind = SYN_DEF_ENUM; return true;
  case KW_RESOURCE: *kind = SYN_DEF_RESOURCE; return true;
  default: return false;
  }
}

bool parse_typedef_ahead(const parser *p) {
  syn_typedef_kind kind;
  return typedef_kind(p->token.kind, &kind);
}

bool parse_typedef(parser *p, syn_typedef *out) {
  typedef_kind(parser_take(p).kind, &out->kind);
  if (!parse_name(p, &out->name)) {
    return false;
  }
  switch (out->kind) {
  case SYN_DEF_ALIAS: return parse_alias(p, out);
  case SYN_DEF_RECORD: return parse_members(p, parse_field, out);
  case SYN_DEF_VARIANT: return parse_members(p, parse_case, out);
  case SYN_DEF_FLAGS:
  case SYN_DEF_ENUM: return parse_members(p, parse_label, out);
  case SYN_DEF_RESOURCE: return parse_resource(p, out);
  }
  return false;
}
