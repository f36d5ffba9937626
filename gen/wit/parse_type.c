/*
 * Parse type: what stands where a type is expected.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/parse_internal.h"

/* Types inside types, as in the reference tool. */
enum { TYPE_DEPTH_LIMIT = 100 };

static bool parse_nested(parser *p, size_t depth, syn_type **out);

static bool parse_handle(parser *p, syn_type *type) {
  if (!parser_expect(p, TOKEN_LESS) || !parse_name(p, &type->name)) {
    return false;
  }
  type->at = type->name.at; /* a handle is wrong because of its resource */
  return parser_expect(p, TOKEN_GREATER);
}

/* `, N` of a fixed-length list; leading zeros are fine */
static bool parse_length(parser *p, syn_type *type) {
  token t = p->token;
  if (t.kind != TOKEN_INTEGER) {
    return parser_expected(p, "the length of the list, a number");
  }
  uint32_t length = 0;
  for (uint32_t i = t.start; i < t.end; i++) {
    uint32_t digit = (uint32_t)(p->source->text.ptr[i] - '0');
    if (length > (UINT32_MAX - digit) / 10) {
      diag_error(p->diag, parser_span(p), "length of the list does not fit in 32 bits");
      return false;
    }
    length = length * 10 + digit;
  }
  parser_take(p);
  type->kind = SYN_FIXED_LIST;
  type->length = length;
  return true;
}

static bool parse_list_type(parser *p, size_t depth, syn_type *type) {
  if (!parser_expect(p, TOKEN_LESS) || !parse_nested(p, depth, &type->elem)) {
    return false;
  }
  if (parser_eat(p, TOKEN_COMMA) && !parse_length(p, type)) {
    return false;
  }
  return parser_expect(p, TOKEN_GREATER);
}

static bool parse_map(parser *p, size_t depth, syn_type *type) {
  return parser_expect(p, TOKEN_LESS) && parse_nested(p, depth, &type->key) && parser_expect(p, TOKEN_COMMA) &&
         parse_nested(p, depth, &type->elem) && parser_expect(p, TOKEN_GREATER);
}

static bool parse_option(parser *p, size_t depth, syn_type *type) {
  return parser_expect(p, TOKEN_LESS) && parse_nested(p, depth, &type->elem) && parser_expect(p, TOKEN_GREATER);
}

/* `future`, `future<t>`, and the same for streams */
static bool parse_payload(parser *p, size_t depth, syn_type *type) {
  return !parser_at(p, TOKEN_LESS) || parse_option(p, depth, type);
}

/* `result`, `result<t>`, `result<t, e>`, `result<_, e>` */
static bool parse_result(parser *p, size_t depth, syn_type *type) {
  if (!parser_eat(p, TOKEN_LESS)) {
    return true;
  }
  bool has_error = true;
  if (parser_eat(p, KW_UNDERSCORE)) {
    if (!parser_expect(p, TOKEN_COMMA)) {
      return false;
    }
  } else {
    if (!parse_nested(p, depth, &type->elem)) {
      return false;
    }
    has_error = parser_eat(p, TOKEN_COMMA);
  }
  return (!has_error || parse_nested(p, depth, &type->err)) && parser_expect(p, TOKEN_GREATER);
}

typedef struct tuple_elements {
  syn_type *tuple;
  size_t depth;
} tuple_elements;

static bool parse_tuple_element(parser *p, void *out) {
  tuple_elements *elements = out;
  syn_type *element;
  if (!parse_nested(p, elements->depth, &element)) {
    return false;
  }
  vec_push(p->arena, &elements->tuple->items, element);
  return true;
}

static bool parse_tuple(parser *p, size_t depth, syn_type *type) {
  tuple_elements elements = {type, depth};
  return parser_expect(p, TOKEN_LESS) && parse_list(p, TOKEN_GREATER, parse_tuple_element, &elements);
}

/* What a word stands for as a type; SYN_NAME for words that are no types. */
static syn_type_kind type_kind(token_kind kind) {
  switch (kind) {
  case KW_BOOL: return SYN_BOOL;
  case KW_U8: return SYN_U8;
  case KW_U16: return SYN_U16;
  case KW_U32: return SYN_U32;
  case KW_U64: return SYN_U64;
  case KW_S8: return SYN_S8;
  case KW_S16: return SYN_S16;
  case KW_S32: return SYN_S32;
  case KW_S64: return SYN_S64;
  case KW_F32: return SYN_F32;
  case KW_F64: return SYN_F64;
  case KW_CHAR: return SYN_CHAR;
  case KW_STRING: return SYN_STRING;
  case KW_ERROR_CONTEXT: return SYN_ERROR_CONTEXT;
  case KW_LIST: return SYN_LIST;
  case KW_MAP: return SYN_MAP;
  case KW_OPTION: return SYN_OPTION;
  case KW_RESULT: return SYN_RESULT;
  case KW_TUPLE: return SYN_TUPLE;
  case KW_FUTURE: return SYN_FUTURE;
  case KW_STREAM: return SYN_STREAM;
  case KW_OWN: return SYN_OWN;
  case KW_BORROW: return SYN_BORROW;
  default: return SYN_NAME;
  }
}

/* What follows the word of `type`, which is taken. `depth` is that of its parts. */
static bool parse_arguments(parser *p, size_t depth, syn_type *type) {
  switch (type->kind) {
  case SYN_LIST: return parse_list_type(p, depth, type);
  case SYN_MAP: return parse_map(p, depth, type);
  case SYN_OPTION: return parse_option(p, depth, type);
  case SYN_RESULT: return parse_result(p, depth, type);
  case SYN_TUPLE: return parse_tuple(p, depth, type);
  case SYN_FUTURE:
  case SYN_STREAM: return parse_payload(p, depth, type);
  case SYN_OWN:
  case SYN_BORROW: return parse_handle(p, type);
  default: return true;
  }
}

static bool parse_nested(parser *p, size_t depth, syn_type **out) {
  token t = p->token;
  if (depth >= TYPE_DEPTH_LIMIT && t.kind != TOKEN_INVALID) {
    diag_error(p->diag, parser_span(p), "types are nested more than %d deep", TYPE_DEPTH_LIMIT);
    return false;
  }
  syn_type_kind kind = type_kind(t.kind);
  bool is_name = t.kind == TOKEN_ID || t.kind == TOKEN_EXPLICIT_ID;
  if (kind == SYN_NAME && !is_name) {
    return parser_expected(p, "a type");
  }
  syn_type *type = arena_new(p->arena, syn_type);
  type->kind = kind;
  type->at = parser_span(p);
  *out = type;
  if (is_name) {
    return parse_name(p, &type->name);
  }
  parser_take(p);
  return parse_arguments(p, depth + 1, type);
}

bool parse_type(parser *p, syn_type **out) {
  return parse_nested(p, 0, out);
}
