/*
 * Print types: names, attributes, references to types, definitions.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "wit/lex.h"
#include "wit/print_parts.h"

void print_indent(printer *p) {
  for (int i = 0; i < p->depth; i++) {
    buf_add_c(&p->out, "  ");
  }
}

void print_name(printer *p, str name) {
  static const char *const keywords[] = {
#define X(token, text) text,
      KEYWORD_LIST(X)
#undef X
  };
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
    if (str_eq_c(name, keywords[i])) {
      buf_add_byte(&p->out, '%');
    }
  }
  buf_add(&p->out, name);
}

/* What stands before an item */

static bool holds(str text, const char *part) {
  for (size_t i = 0; i < text.len; i++) {
    if (str_starts_with(str_sub(text, i, text.len), part)) {
      return true;
    }
  }
  return false;
}

/* Whether all lines with text start with a blank: the parser would take it for indentation of line comments. */
static bool is_indented(str text) {
  bool any = false;
  for (size_t at = 0; at < text.len; at = str_find(text, '\n', at) + 1) {
    if (text.ptr[at] != '\n' && text.ptr[at] != ' ') {
      return false;
    }
    any = any || text.ptr[at] == ' ';
  }
  return any;
}

static void print_docs_block(printer *p, str text) {
  print_indent(p);
  buf_add_c(&p->out, "/**");
  buf_add(&p->out, text);
  buf_add_c(&p->out, "*/\n");
}

void print_docs(printer *p, const docs *d) {
  if (!d->present) {
    return;
  }
  if (is_indented(d->text) && !holds(d->text, "*/") && !holds(d->text, "/*")) {
    print_docs_block(p, d->text);
    return;
  }
  size_t at = 0;
  do {
    size_t end = str_find(d->text, '\n', at);
    str line = str_sub(d->text, at, end);
    print_indent(p);
    buf_printf(&p->out, "///%s%.*s\n", line.len > 0 ? " " : "", STR_ARG(line));
    at = end + 1;
  } while (at < d->text.len);
}

static void print_version(printer *p, const char *attribute, const semver *version) {
  print_indent(p);
  buf_printf(&p->out, "@%s(version = %.*s)\n", attribute, STR_ARG(semver_text(p->arena, version)));
}

void print_stability(printer *p, const stability *s) {
  if (s->kind == STABILITY_STABLE) {
    print_version(p, "since", &s->since);
  } else if (s->kind == STABILITY_UNSTABLE) {
    print_indent(p);
    buf_add_c(&p->out, "@unstable(feature = ");
    print_name(p, s->feature);
    buf_add_c(&p->out, ")\n");
  }
  if (s->is_deprecated) {
    print_version(p, "deprecated", &s->deprecated);
  }
}

void print_external_id(printer *p, bool present, str id) {
  if (!present) {
    return;
  }
  print_indent(p);
  buf_add_c(&p->out, "@external-id(\"");
  for (size_t i = 0; i < id.len; i++) {
    unsigned char c = (unsigned char)id.ptr[i];
    if (c == '"' || c == '\\') {
      buf_printf(&p->out, "\\%c", c);
    } else if (c < 0x20 || c == 0x7f) {
      buf_printf(&p->out, "\\u{%x}", c);
    } else {
      buf_add_byte(&p->out, (char)c);
    }
  }
  buf_add_c(&p->out, "\")\n");
}

/* References */

static void print_args(printer *p, const char *word, const type *first, const type *second) {
  buf_add_c(&p->out, word);
  buf_add_byte(&p->out, '<');
  print_ref(p, first);
  if (second != NULL) {
    buf_add_c(&p->out, ", ");
    print_ref(p, second);
  }
  buf_add_byte(&p->out, '>');
}

static void print_tuple(printer *p, const type *t) {
  buf_add_c(&p->out, "tuple<");
  for (size_t i = 0; i < t->members.count; i++) {
    buf_add_c(&p->out, i > 0 ? ", " : "");
    print_ref(p, t->members.items[i].type);
  }
  buf_add_byte(&p->out, '>');
}

/* `future`, `future<t>`, `result<_, e>` */
static void print_optional(printer *p, const char *word, const type *first, const type *second) {
  if (first == NULL && second == NULL) {
    buf_add_c(&p->out, word);
  } else {
    print_args(p, word, first, second);
  }
}

/* What a type is made of, for types without names and for the right side of `type a = ..` */
static void print_shape(printer *p, const type *t) {
  switch (t->kind) {
  case TYPE_TUPLE: print_tuple(p, t); break;
  case TYPE_OPTION: print_args(p, "option", t->elem, NULL); break;
  case TYPE_RESULT: print_optional(p, "result", t->elem, t->err); break;
  case TYPE_LIST: print_args(p, "list", t->elem, NULL); break;
  case TYPE_FIXED_LIST:
    buf_add_c(&p->out, "list<");
    print_ref(p, t->elem);
    buf_printf(&p->out, ", %u>", (unsigned)t->length);
    break;
  case TYPE_MAP: print_args(p, "map", t->key, t->elem); break;
  case TYPE_FUTURE: print_optional(p, "future", t->elem, NULL); break;
  case TYPE_STREAM: print_optional(p, "stream", t->elem, NULL); break;
  case TYPE_BORROW: print_args(p, "borrow", t->elem, NULL); break;
  case TYPE_OWN: print_args(p, "own", t->elem, NULL); break;
  case TYPE_ALIAS: print_ref(p, t->elem); break;
  default: print_name(p, t->name); break;
  }
}

void print_ref(printer *p, const type *t) {
  if (t == NULL) {
    buf_add_byte(&p->out, '_');
  } else if (t->kind < TYPE_PRIMITIVES) {
    buf_add_c(&p->out, type_primitive_name(t->kind));
  } else if (t->name.len > 0) {
    print_name(p, t->name);
  } else if (t->kind == TYPE_OWN) {
    print_ref(p, t->elem); /* what a bare resource stands for */
  } else {
    print_shape(p, t);
  }
}

/* `use` */

static bool is_used(const type *t) {
  if (t->kind != TYPE_ALIAS || t->elem->kind < TYPE_PRIMITIVES || t->elem->owner.kind != OWNER_INTERFACE) {
    return false;
  }
  return t->owner.kind != OWNER_INTERFACE || t->elem->owner.interface != t->owner.interface;
}

void print_interface_name(printer *p, const interface *i) {
  const package_name *name = &i->package->name;
  if (i->package == p->package) {
    print_name(p, i->name);
    return;
  }
  print_name(p, name->ns);
  buf_add_byte(&p->out, ':');
  print_name(p, name->name);
  buf_add_byte(&p->out, '/');
  print_name(p, i->name);
  if (name->has_version) {
    buf_printf(&p->out, "@%.*s", STR_ARG(semver_text(p->arena, &name->version)));
  }
}

static void print_use(printer *p, const type *t) {
  print_stability(p, &t->stability);
  print_external_id(p, t->has_external_id, t->external_id);
  print_indent(p);
  str path = print_enter(p, '.', t->name);
  buf_add_c(&p->out, "use ");
  print_interface_name(p, t->elem->owner.interface);
  buf_add_c(&p->out, ".{");
  print_name(p, t->elem->name);
  if (!str_eq(t->name, t->elem->name)) {
    buf_add_c(&p->out, " as ");
    print_name(p, t->name);
  }
  buf_add_c(&p->out, "};\n");
  print_leave(p, path);
}

/* Definitions */

static void print_member(printer *p, const type *t, const member *m) {
  print_docs(p, &m->docs);
  print_indent(p);
  str path = print_enter(p, '.', m->name);
  print_name(p, m->name);
  if (t->kind == TYPE_RECORD) {
    buf_add_c(&p->out, ": ");
    print_ref(p, m->type);
  } else if (t->kind == TYPE_VARIANT && m->type != NULL) {
    buf_add_byte(&p->out, '(');
    print_ref(p, m->type);
    buf_add_byte(&p->out, ')');
  }
  buf_add_c(&p->out, ",\n");
  print_leave(p, path);
}

static void print_members(printer *p, const type *t) {
  buf_add_c(&p->out, " {\n");
  p->depth++;
  for (size_t i = 0; i < t->members.count; i++) {
    print_member(p, t, &t->members.items[i]);
  }
  p->depth--;
  print_indent(p);
  buf_add_c(&p->out, "}\n");
}

static void print_resource(printer *p, const type *t, const func_vec *funcs) {
  bool any = false;
  p->depth++;
  for (size_t i = 0; i < funcs->count; i++) {
    if (funcs->items[i]->resource == t) {
      buf_add_c(&p->out, any ? "" : " {\n");
      any = true;
      print_func(p, funcs->items[i]);
    }
  }
  p->depth--;
  if (any) {
    print_indent(p);
  }
  buf_add_c(&p->out, any ? "}\n" : ";\n");
}

static const char *definition_word(type_kind kind) {
  switch (kind) {
  case TYPE_RECORD: return "record";
  case TYPE_VARIANT: return "variant";
  case TYPE_ENUM: return "enum";
  case TYPE_FLAGS: return "flags";
  case TYPE_RESOURCE: return "resource";
  default: return "type";
  }
}

static void print_definition(printer *p, const type *t, const func_vec *funcs) {
  print_docs(p, &t->docs);
  print_stability(p, &t->stability);
  print_external_id(p, t->has_external_id, t->external_id);
  print_indent(p);
  const char *word = definition_word(t->kind);
  buf_printf(&p->out, "%s ", word);
  str path = print_enter(p, '.', t->name);
  print_name(p, t->name);
  if (t->kind == TYPE_RESOURCE) {
    print_resource(p, t, funcs);
  } else if (strcmp(word, "type") != 0) {
    print_members(p, t);
  } else {
    buf_add_c(&p->out, " = ");
    print_shape(p, t);
    buf_add_c(&p->out, ";\n");
  }
  print_leave(p, path);
}

void print_types(printer *p, type *const *types, size_t count, const func_vec *funcs) {
  bool used = false;
  for (size_t i = 0; i < count; i++) {
    if (is_used(types[i])) {
      print_use(p, types[i]);
    } else {
      buf_add_c(&p->out, i > 0 || used ? "\n" : "");
      print_definition(p, types[i], funcs);
    }
    used = is_used(types[i]);
  }
}
