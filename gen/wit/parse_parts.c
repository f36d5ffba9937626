/*
 * Parse parts: names, versions, package names, paths and attributes.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/name.h"
#include "wit/parse_internal.h"

bool parse_name(parser *p, syn_id *out) {
  token t = p->token;
  if (t.kind != TOKEN_ID && t.kind != TOKEN_EXPLICIT_ID) {
    if (!token_is_keyword(t.kind) || t.kind == KW_UNDERSCORE) {
      return parser_expected(p, "an identifier");
    }
    str word = token_text(p->source, &t);
    diag_error(p->diag, parser_span(p),
               "expected an identifier, found keyword '%.*s'; as a name it is written '%%%.*s'", STR_ARG(word),
               STR_ARG(word));
    return false;
  }
  str name = token_text(p->source, &t);
  if (t.kind == TOKEN_EXPLICIT_ID) {
    name = str_sub(name, 1, name.len);
  }
  *out = (syn_id){name, token_span(p->source, &t)};
  if (!name_check(name, out->at, p->diag)) {
    return false;
  }
  parser_take(p);
  return true;
}

/* Versions are made of tokens: `1.0.0-rc.1+b` is nine. */

static bool is_version_part(token_kind kind) {
  return kind == TOKEN_ID || kind == TOKEN_INTEGER || kind == TOKEN_MINUS;
}

/* Identifiers behind `-` or `+`; a period that no identifier follows belongs to what comes next: `@1.0.0-a.{x}`. */
static bool take_version_parts(parser *p, token_kind prefix, uint32_t *end) {
  if (!parser_eat(p, prefix)) {
    return true;
  }
  for (;;) {
    if (parser_at(p, TOKEN_PERIOD)) {
      token next;
      parser_peek(p, &next, 1);
      if (next.kind == TOKEN_INVALID) {
        lex_report(p->diag, p->source, &next);
        return false;
      }
      if (!is_version_part(next.kind)) {
        return true;
      }
      parser_take(p);
    } else if (!is_version_part(p->token.kind)) {
      return true;
    }
    *end = parser_take(p).end;
  }
}

bool parse_version(parser *p, semver *out) {
  span at = parser_span(p);
  for (int i = 0; i < 3; i++) {
    if (i > 0 && !parser_expect(p, TOKEN_PERIOD)) {
      return false;
    }
    at.end = p->token.end;
    if (!parser_expect(p, TOKEN_INTEGER)) {
      return false;
    }
  }
  if (!take_version_parts(p, TOKEN_MINUS, &at.end) || !take_version_parts(p, TOKEN_PLUS, &at.end)) {
    return false;
  }
  const char *why;
  if (!semver_parse(str_sub(p->source->text, at.start, at.end), out, &why)) {
    diag_error(p->diag, at, "%s", why);
    return false;
  }
  return true;
}

static bool parse_optional_version(parser *p, syn_package_name *out) {
  out->has_version = parser_eat(p, TOKEN_AT);
  return !out->has_version || parse_version(p, &out->version);
}

/* `:name` behind a namespace */
static bool parse_after_namespace(parser *p, syn_id ns, syn_package_name *out) {
  *out = (syn_package_name){.ns = ns};
  if (!parser_expect(p, TOKEN_COLON) || !parse_name(p, &out->name)) {
    return false;
  }
  out->at = (span){p->source, ns.at.start, out->name.at.end};
  return true;
}

bool parse_package_name(parser *p, syn_package_name *out) {
  syn_id ns;
  return parse_name(p, &ns) && parse_after_namespace(p, ns, out) && parse_optional_version(p, out);
}

bool parse_path(parser *p, syn_path *out) {
  *out = (syn_path){0};
  syn_id first;
  if (!parse_name(p, &first)) {
    return false;
  }
  if (!parser_at(p, TOKEN_COLON)) {
    out->name = first;
    return true;
  }
  out->has_package = true;
  return parse_after_namespace(p, first, &out->package) && parser_expect(p, TOKEN_SLASH) && parse_name(p, &out->name) &&
         parse_optional_version(p, &out->package);
}

/* Attributes */

/* `word =` inside an attribute's parentheses */
static bool parse_argument_name(parser *p, const char *word) {
  token t = p->token;
  syn_id name;
  if (t.kind != TOKEN_ID || !str_eq_c(token_text(p->source, &t), word)) {
    return parser_expected(p, str_format(p->diag->arena, "'%s'", word).ptr);
  }
  return parse_name(p, &name) && parser_expect(p, TOKEN_EQUALS);
}

static bool parse_string(parser *p, str *out) {
  token t = p->token;
  if (!parser_expect(p, TOKEN_STRING)) {
    return false;
  }
  *out = lex_string_value(p->source, &t, p->arena);
  return true;
}

static bool parse_argument(parser *p, syn_attr *attr) {
  syn_id feature;
  switch (attr->kind) {
  case SYN_SINCE:
  case SYN_DEPRECATED: return parse_argument_name(p, "version") && parse_version(p, &attr->version);
  case SYN_UNSTABLE:
    if (!parse_argument_name(p, "feature") || !parse_name(p, &feature)) {
      return false;
    }
    attr->text = feature.name;
    return true;
  case SYN_EXTERNAL_ID: return parse_string(p, &attr->text);
  }
  return false;
}

static bool find_attribute(parser *p, const syn_id *name, syn_attr_kind *kind) {
  static const str names[] = {{"since", 5}, {"unstable", 8}, {"deprecated", 10}, {"external-id", 11}};
  static const size_t count = sizeof names / sizeof *names;
  for (size_t i = 0; i < count; i++) {
    if (str_eq(names[i], name->name)) {
      *kind = (syn_attr_kind)i;
      return true;
    }
  }
  str nearest = diag_nearest(name->name, names, count);
  if (nearest.len > 0) {
    diag_error(p->diag, name->at, "unknown attribute '%.*s'; did you mean '%.*s'?", STR_ARG(name->name),
               STR_ARG(nearest));
  } else {
    diag_error(p->diag, name->at, "unknown attribute '%.*s'", STR_ARG(str_sub(name->name, 0, 64)));
  }
  return false;
}

static bool parse_attribute(parser *p, syn_attr_vec *out) {
  syn_id name;
  syn_attr attr = {0};
  if (!parse_name(p, &name) || !find_attribute(p, &name, &attr.kind)) {
    return false;
  }
  attr.at = name.at;
  if (!parser_expect(p, TOKEN_LEFT_PAREN) || !parse_argument(p, &attr) || !parser_expect(p, TOKEN_RIGHT_PAREN)) {
    return false;
  }
  vec_push(p->arena, out, attr);
  return true;
}

bool parse_attributes(parser *p, syn_attr_vec *out) {
  *out = (syn_attr_vec){0};
  while (parser_eat(p, TOKEN_AT)) {
    if (!parse_attribute(p, out)) {
      return false;
    }
  }
  return true;
}

void parse_refuse_external_id(parser *p, const syn_attr_vec *attrs, const char *what) {
  for (size_t i = 0; i < attrs->count; i++) {
    if (attrs->items[i].kind == SYN_EXTERNAL_ID) {
      diag_error(p->diag, attrs->items[i].at, "'@external-id' is not allowed on %s", what);
      return;
    }
  }
}
