/*
 * Syntax dump: a tree back to one line of WIT-like text, so that a test can say what it expects.
 *
 * Types and functions look as in WIT. Names escaped with '%' come without it; absent parts are left out.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef TESTS_UNIT_SYNTAX_DUMP_H
#define TESTS_UNIT_SYNTAX_DUMP_H

#include "wit/syntax.h"

static inline void dump_version(buf *b, const syn_package_name *name) {
  if (name->has_version) {
    str version = semver_text(b->arena, &name->version);
    buf_printf(b, "@%.*s", STR_ARG(version));
  }
}

static inline void dump_package_name(buf *b, const syn_package_name *name) {
  buf_printf(b, "%.*s:%.*s", STR_ARG(name->ns.name), STR_ARG(name->name.name));
  dump_version(b, name);
}

static inline void dump_path(buf *b, const syn_path *path) {
  if (path->has_package) {
    buf_printf(b, "%.*s:%.*s/", STR_ARG(path->package.ns.name), STR_ARG(path->package.name.name));
  }
  buf_add(b, path->name.name);
  dump_version(b, &path->package);
}

static inline void dump_type(buf *b, const syn_type *t) {
  static const char *const words[] = {
      [SYN_BOOL] = "bool",       [SYN_U8] = "u8",
      [SYN_U16] = "u16",         [SYN_U32] = "u32",
      [SYN_U64] = "u64",         [SYN_S8] = "s8",
      [SYN_S16] = "s16",         [SYN_S32] = "s32",
      [SYN_S64] = "s64",         [SYN_F32] = "f32",
      [SYN_F64] = "f64",         [SYN_CHAR] = "char",
      [SYN_STRING] = "string",   [SYN_ERROR_CONTEXT] = "error-context",
      [SYN_NAME] = "",           [SYN_LIST] = "list",
      [SYN_FIXED_LIST] = "list", [SYN_MAP] = "map",
      [SYN_OPTION] = "option",   [SYN_RESULT] = "result",
      [SYN_TUPLE] = "tuple",     [SYN_FUTURE] = "future",
      [SYN_STREAM] = "stream",   [SYN_OWN] = "own",
      [SYN_BORROW] = "borrow",
  };
  buf_add_c(b, words[t->kind]);
  if (t->kind == SYN_NAME) {
    buf_add(b, t->name.name);
    return;
  }
  const char *separator = "<";
  const syn_type *parts[] = {t->key, t->elem, t->err};
  for (size_t i = 0; i < 3; i++) {
    if (i == 2 && t->err != NULL && t->elem == NULL) {
      buf_add_c(b, "<_");
      separator = ",";
    }
    if (parts[i] != NULL) {
      buf_add_c(b, separator);
      dump_type(b, parts[i]);
      separator = ",";
    }
  }
  for (size_t i = 0; i < t->items.count; i++, separator = ",") {
    buf_add_c(b, separator);
    dump_type(b, t->items.items[i]);
  }
  if (t->kind == SYN_FIXED_LIST) {
    buf_printf(b, ",%u", t->length);
  }
  if (t->kind == SYN_OWN || t->kind == SYN_BORROW) {
    buf_printf(b, "<%.*s", STR_ARG(t->name.name));
    separator = ",";
  }
  buf_add_c(b, separator[0] == ',' ? ">" : "");
}

static inline void dump_front(buf *b, const syn_docs *docs, const syn_attr_vec *attrs) {
  if (docs->present) {
    buf_printf(b, "[%.*s] ", STR_ARG(docs->text));
  }
  for (size_t i = 0; i < attrs->count; i++) {
    const syn_attr *a = &attrs->items[i];
    str version = semver_text(b->arena, &a->version);
    switch (a->kind) {
    case SYN_SINCE: buf_printf(b, "@since(%.*s) ", STR_ARG(version)); break;
    case SYN_DEPRECATED: buf_printf(b, "@deprecated(%.*s) ", STR_ARG(version)); break;
    case SYN_UNSTABLE: buf_printf(b, "@unstable(%.*s) ", STR_ARG(a->text)); break;
    case SYN_EXTERNAL_ID: buf_printf(b, "@external-id(%.*s) ", STR_ARG(a->text)); break;
    }
  }
}

static inline void dump_func(buf *b, const syn_func *f) {
  static const char *const kinds[] = {"", "method ", "static ", "constructor "};
  static const char *const words[] = {"func", "get", "set"};
  dump_front(b, &f->docs, &f->attrs);
  buf_printf(b, "%s%.*s:%s%s(", kinds[f->kind], STR_ARG(f->name.name), f->is_async ? "async " : "", words[f->accessor]);
  for (size_t i = 0; i < f->params.count; i++) {
    buf_printf(b, "%s%.*s:", i > 0 ? "," : "", STR_ARG(f->params.items[i].name.name));
    dump_type(b, f->params.items[i].type);
  }
  buf_add_byte(b, ')');
  if (f->result != NULL) {
    buf_add_c(b, "->");
    dump_type(b, f->result);
  }
}

static inline void dump_typedef(buf *b, const syn_typedef *t) {
  static const char *const words[] = {"type", "record", "flags", "variant", "enum", "resource"};
  dump_front(b, &t->docs, &t->attrs);
  buf_printf(b, "%s %.*s", words[t->kind], STR_ARG(t->name.name));
  if (t->alias != NULL) {
    buf_add_byte(b, '=');
    dump_type(b, t->alias);
    return;
  }
  buf_add_byte(b, '{');
  for (size_t i = 0; i < t->members.count; i++) {
    const syn_member *m = &t->members.items[i];
    static const syn_attr_vec none = {0};
    buf_add_c(b, i > 0 ? "," : "");
    dump_front(b, &m->docs, &none);
    buf_add(b, m->name.name);
    if (m->type != NULL) {
      buf_add_byte(b, ':');
      dump_type(b, m->type);
    }
  }
  for (size_t i = 0; i < t->funcs.count; i++) {
    buf_add_c(b, i > 0 ? "; " : "");
    dump_func(b, &t->funcs.items[i]);
  }
  buf_add_byte(b, '}');
}

static inline void dump_items(buf *b, const syn_interface_item_vec *items);

static inline void dump_use(buf *b, const char *word, const syn_use *use) {
  static const syn_docs none = {0};
  dump_front(b, &none, &use->attrs);
  buf_printf(b, "%s ", word);
  dump_path(b, &use->from);
  for (size_t i = 0; i < use->names.count; i++) {
    const syn_rename *n = &use->names.items[i];
    buf_printf(b, "%s%.*s", i > 0 ? "," : " ", STR_ARG(n->name.name));
    if (n->as.name.len > 0) {
      buf_printf(b, ">%.*s", STR_ARG(n->as.name));
    }
  }
}

static inline void dump_extern(buf *b, const char *word, const syn_extern *e) {
  buf_printf(b, "%s ", word);
  if (e->kind == SYN_EXTERN_FUNC) {
    dump_func(b, &e->func);
    return;
  }
  dump_front(b, &e->docs, &e->attrs);
  if (e->name.name.len > 0) {
    buf_printf(b, "%.*s:", STR_ARG(e->name.name));
  }
  if (e->kind == SYN_EXTERN_PATH) {
    dump_path(b, &e->path);
  } else {
    dump_items(b, &e->items);
  }
}

static inline void dump_items(buf *b, const syn_interface_item_vec *items) {
  buf_add_byte(b, '{');
  for (size_t i = 0; i < items->count; i++) {
    const syn_interface_item *item = &items->items[i];
    buf_add_c(b, i > 0 ? "; " : "");
    switch (item->kind) {
    case SYN_ITEM_USE: dump_use(b, "use", &item->u.use); break;
    case SYN_ITEM_INCLUDE: dump_use(b, "include", &item->u.use); break;
    case SYN_ITEM_TYPEDEF: dump_typedef(b, &item->u.type); break;
    case SYN_ITEM_FUNC: dump_func(b, &item->u.func); break;
    case SYN_ITEM_IMPORT: dump_extern(b, "import", &item->u.ext); break;
    case SYN_ITEM_EXPORT: dump_extern(b, "export", &item->u.ext); break;
    }
  }
  buf_add_byte(b, '}');
}

static inline void dump_file(buf *b, const syn_file *f) {
  static const syn_attr_vec none = {0};
  const char *separator = "";
  if (f->has_package) {
    dump_front(b, &f->package_docs, &none);
    buf_add_c(b, "package ");
    dump_package_name(b, &f->package);
    separator = "; ";
  }
  for (size_t i = 0; i < f->decls.count; i++, separator = "; ") {
    static const char *const words[] = {"interface", "world", "use"};
    const syn_decl *d = &f->decls.items[i];
    buf_add_c(b, separator);
    dump_front(b, &d->docs, &d->attrs);
    buf_printf(b, "%s ", words[d->kind]);
    if (d->kind == SYN_DECL_USE) {
      dump_path(b, &d->path);
      buf_add_c(b, d->name.name.len > 0 ? ">" : "");
      buf_add(b, d->name.name);
    } else {
      buf_add(b, d->name.name);
      dump_items(b, &d->items);
    }
  }
  for (size_t i = 0; i < f->nested.count; i++, separator = "; ") {
    buf_add_c(b, separator);
    buf_add_c(b, "nested {");
    dump_file(b, f->nested.items[i]);
    buf_add_byte(b, '}');
  }
}

#endif
