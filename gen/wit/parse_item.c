/*
 * Parse item: what stands between the braces of interfaces and worlds.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/parse_internal.h"

/* `use` and `include` */

static bool parse_used_name(parser *p, void *out) {
  syn_rename_vec *names = out;
  syn_rename used = {0};
  if (!parse_name(p, &used.name) || (parser_eat(p, KW_AS) && !parse_name(p, &used.as))) {
    return false;
  }
  vec_push(p->arena, names, used);
  return true;
}

static bool parse_renamed(parser *p, void *out) {
  syn_rename_vec *names = out;
  syn_rename renamed;
  if (!parse_name(p, &renamed.name) || !parser_expect(p, KW_AS) || !parse_name(p, &renamed.as)) {
    return false;
  }
  vec_push(p->arena, names, renamed);
  return true;
}

static bool parse_use(parser *p, syn_use *out) {
  parser_take(p);
  return parse_path(p, &out->from) && parser_expect(p, TOKEN_PERIOD) && parser_expect(p, TOKEN_LEFT_BRACE) &&
         parse_list(p, TOKEN_RIGHT_BRACE, parse_used_name, &out->names) && parser_expect(p, TOKEN_SEMICOLON);
}

static bool parse_include(parser *p, syn_use *out) {
  parse_refuse_external_id(p, &out->attrs, "an 'include'");
  parser_take(p);
  if (!parse_path(p, &out->from)) {
    return false;
  }
  if (parser_eat(p, KW_WITH)) {
    return parser_expect(p, TOKEN_LEFT_BRACE) && parse_list(p, TOKEN_RIGHT_BRACE, parse_renamed, &out->names);
  }
  return parser_eat(p, TOKEN_SEMICOLON) || parser_expected(p, "';' or 'with'");
}

/* `import` and `export` */

/* Whether the ':' behind a name makes it a label: not in `ns:pkg/iface`. */
static bool at_label(const parser *p) {
  token next[3]; /* ':', a name, '/' */
  parser_peek(p, next, 3);
  bool is_path = (next[1].kind == TOKEN_ID || next[1].kind == TOKEN_EXPLICIT_ID) && next[2].kind == TOKEN_SLASH;
  return next[0].kind == TOKEN_COLON && !is_path;
}

static bool parse_labelled(parser *p, syn_extern *out) {
  if (!parse_name(p, &out->name) || !parser_expect(p, TOKEN_COLON)) {
    return false;
  }
  if (parse_func_ahead(p)) {
    out->kind = SYN_EXTERN_FUNC;
    out->func.name = out->name;
    out->func.docs = out->docs;
    out->func.attrs = out->attrs;
    return parse_func(p, &out->func) && parser_expect(p, TOKEN_SEMICOLON);
  }
  if (parser_eat(p, KW_INTERFACE)) {
    out->kind = SYN_EXTERN_INTERFACE;
    return parse_interface_body(p, &out->items);
  }
  out->kind = SYN_EXTERN_PATH;
  return parse_path(p, &out->path) && parser_expect(p, TOKEN_SEMICOLON);
}

static bool parse_extern(parser *p, syn_extern *out) {
  parser_take(p);
  if (at_label(p)) {
    return parse_labelled(p, out);
  }
  out->kind = SYN_EXTERN_PATH;
  return parse_path(p, &out->path) && parser_expect(p, TOKEN_SEMICOLON);
}

/* Items: the kind and the parts in front are filled in, the rest is parsed into the right member of the union. */

static bool parse_typedef_item(parser *p, const syn_docs *docs, const syn_attr_vec *attrs, syn_interface_item *out) {
  *out = (syn_interface_item){.kind = SYN_ITEM_TYPEDEF, .u.type = {.docs = *docs, .attrs = *attrs}};
  return parse_typedef(p, &out->u.type);
}

static bool parse_use_item(parser *p, const syn_attr_vec *attrs, syn_interface_item *out) {
  *out = (syn_interface_item){.kind = SYN_ITEM_USE, .u.use = {.attrs = *attrs}};
  return parse_use(p, &out->u.use);
}

static bool parse_func_item(parser *p, const syn_docs *docs, const syn_attr_vec *attrs, syn_interface_item *out) {
  *out = (syn_interface_item){.kind = SYN_ITEM_FUNC, .u.func = {.docs = *docs, .attrs = *attrs}};
  syn_func *func = &out->u.func;
  return parse_name(p, &func->name) && parser_expect(p, TOKEN_COLON) && parse_func(p, func) &&
         parser_expect(p, TOKEN_SEMICOLON);
}

static bool parse_interface_item(parser *p, const syn_docs *docs, const syn_attr_vec *attrs, syn_interface_item *out) {
  if (parse_typedef_ahead(p)) {
    return parse_typedef_item(p, docs, attrs, out);
  }
  if (parser_at(p, KW_USE)) {
    return parse_use_item(p, attrs, out);
  }
  if (parser_at(p, TOKEN_ID) || parser_at(p, TOKEN_EXPLICIT_ID)) {
    return parse_func_item(p, docs, attrs, out);
  }
  return parser_expected(p, "a type, a function or 'use'");
}

static bool parse_world_item(parser *p, const syn_docs *docs, const syn_attr_vec *attrs, syn_interface_item *out) {
  static const str words[] = {{"import", 6}, {"export", 6}, {"include", 7}, {"type", 4},    {"record", 6},
                              {"flags", 5},  {"enum", 4},   {"variant", 7}, {"resource", 8}};
  if (parse_typedef_ahead(p)) {
    return parse_typedef_item(p, docs, attrs, out);
  }
  bool is_export = parser_at(p, KW_EXPORT);
  switch (p->token.kind) {
  case KW_USE: return parse_use_item(p, attrs, out);
  case KW_IMPORT:
  case KW_EXPORT:
    *out = (syn_interface_item){.kind = is_export ? SYN_ITEM_EXPORT : SYN_ITEM_IMPORT,
                                .u.ext = {.docs = *docs, .attrs = *attrs}};
    return parse_extern(p, &out->u.ext);
  case KW_INCLUDE:
    *out = (syn_interface_item){.kind = SYN_ITEM_INCLUDE, .u.use = {.attrs = *attrs}};
    return parse_include(p, &out->u.use);
  default:
    return parser_expected_word(p, "'import', 'export', 'include', 'use' or a type", words,
                                sizeof words / sizeof *words);
  }
}

typedef bool (*parse_item)(parser *p, const syn_docs *docs, const syn_attr_vec *attrs, syn_interface_item *out);

static bool parse_body(parser *p, parse_item parse, syn_interface_item_vec *out) {
  span brace = parser_span(p);
  if (!parser_expect(p, TOKEN_LEFT_BRACE)) {
    return false;
  }
  size_t depth = p->depth;
  for (;;) {
    syn_docs docs = parse_docs(p);
    if (parser_eat(p, TOKEN_RIGHT_BRACE)) {
      return true;
    }
    uint32_t start = p->token.start;
    syn_attr_vec attrs;
    syn_interface_item item;
    if (parse_attributes(p, &attrs) && parse(p, &docs, &attrs, &item)) {
      vec_push(p->arena, out, item);
    } else {
      parser_note_open(p, brace, start);
      if (!parser_recover(p, LEVEL_ITEMS, depth, start)) {
        return false;
      }
    }
  }
}

bool parse_interface_body(parser *p, syn_interface_item_vec *out) {
  return parse_body(p, parse_interface_item, out);
}

bool parse_world_body(parser *p, syn_interface_item_vec *out) {
  return parse_body(p, parse_world_item, out);
}
