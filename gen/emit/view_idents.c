/*
 * View, idents: the spellings of members and parameters. None may be that of a name at file scope: in C a parameter would
 * hide it from the parameters behind it, in C++ a member from the members. And some are macros of C libraries.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/view.h"
#include "support/vec.h"

typedef struct visitor {
  const view *view;
  name_scope *scope;
  void (*visit)(struct visitor *r, str name, span at, const char *kind);
  str_vec macros;
} visitor;

static void visit_members(visitor *r, const type *t) {
  if (t->kind != TYPE_RECORD && t->kind != TYPE_VARIANT)
    return;
  for (size_t i = 0; i < t->members.count; i++)
    r->visit(r, t->members.items[i].name, t->members.items[i].at, t->kind == TYPE_RECORD ? "field" : "case");
}

static void visit_section(visitor *r, const view_section *s) {
  for (size_t i = 0; i < s->types.count; i++)
    visit_members(r, s->types.items[i]->type);
  for (size_t i = 0; i < s->funcs.count; i++) {
    const func *f = s->funcs.items[i]->func;
    for (size_t k = 0; k < f->params.count; k++)
      r->visit(r, f->params.items[k].name, f->params.items[k].at, "parameter");
  }
}

static void visit_all(visitor *r) {
  for (size_t i = 0; i < r->view->sections.count; i++)
    visit_section(r, r->view->sections.items[i]);
}

static void check(visitor *r, str name, span at, const char *kind) {
  name_scope_check_hidden(r->scope, view_ident(r->view, name), at, kind, name);
}

void view_check_idents(view *v) {
  visitor r = {.view = v, .scope = &v->scope, .visit = check};
  visit_all(&r);
}

static void collect_macro(visitor *r, str name, span at, const char *kind) {
  str ident = view_ident(r->view, name);
  (void)at, (void)kind;
  if (!names_is_macro(ident))
    return;
  for (size_t i = 0; i < r->macros.count; i++) {
    if (str_eq(r->macros.items[i], ident))
      return;
  }
  vec_push(r->view->arena, &r->macros, ident);
}

str_vec view_macros(const view *v) {
  visitor r = {.view = v, .visit = collect_macro};
  visit_all(&r);
  return r.macros;
}
