/*
 * Borrows: parts of a value by their C expressions; the tags on the way are the condition.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/borrows.h"

#include "emit/slots.h"

typedef struct walk {
  body *body;
  const borrow_visitor *visitor;
} walk;

bool borrows_are_in(const view *v, const type *t) {
  t = type_resolve(t);
  switch (t->kind) {
  case TYPE_BORROW: return !view_resource_of(v, t)->exported;
  case TYPE_RECORD: case TYPE_TUPLE: case TYPE_VARIANT:
    for (size_t i = 0; i < t->members.count; i++) {
      if (t->members.items[i].type && borrows_are_in(v, t->members.items[i].type))
        return true;
    }
    return false;
  case TYPE_OPTION: case TYPE_LIST: case TYPE_FIXED_LIST: case TYPE_MAP: return borrows_are_in(v, t->elem);
  case TYPE_RESULT: return (t->elem && borrows_are_in(v, t->elem)) || (t->err && borrows_are_in(v, t->err));
  default: return false;
  }
}

static void visit(const walk *w, const type *t, str value, str condition);

static str both(arena *a, str condition, str more) {
  return condition.len ? str_format(a, "%.*s && %.*s", STR_ARG(condition), STR_ARG(more)) : more;
}

static void visit_members(const walk *w, const type *t, str value, str condition) {
  arena *a = w->body->arena;
  for (size_t i = 0; i < t->members.count; i++) {
    str name = t->kind == TYPE_TUPLE ? str_format(a, "f%zu", i) : view_ident(w->body->view, t->members.items[i].name);
    visit(w, t->members.items[i].type, str_format(a, "%.*s.%.*s", STR_ARG(value), STR_ARG(name)), condition);
  }
}

static void visit_payloads(const walk *w, const type *t, str value, str condition) {
  arena *a = w->body->arena;
  for (size_t i = 0; i < case_count(t); i++) {
    if (!payload_type(t, i))
      continue;
    str name = payload_member(w->body->view, t, i), test, payload = str_format(a, "%.*s.val", STR_ARG(value));
    if (name.len)
      payload = str_format(a, "%.*s.%.*s", STR_ARG(payload), STR_ARG(name));
    if (t->kind == TYPE_VARIANT)
      test = str_format(a, "%.*s.tag == %.*s", STR_ARG(value), STR_ARG(case_macro(w->body->view, t, i)));
    else if (t->kind == TYPE_OPTION)
      test = str_format(a, "%.*s.is_some", STR_ARG(value));
    else
      test = str_format(a, i == 0 ? "!%.*s.is_err" : "%.*s.is_err", STR_ARG(value));
    visit(w, payload_type(t, i), payload, both(a, condition, test));
  }
}

static void visit_list(const walk *w, const type *t, str value, str condition) {
  body *b = w->body;
  if (w->visitor->list) {
    w->visitor->list(w->visitor->user);
    return;
  }
  str i = body_name(b, STR("i"));
  const char *element = t->kind == TYPE_MAP ? "%.*s.ptr[%.*s].value" : "%.*s.ptr[%.*s]";
  if (condition.len)
    body_open(b, "if (%.*s)", STR_ARG(condition));
  body_open(b, "for (size_t %.*s = 0; %.*s < %.*s.len; %.*s++) {", STR_ARG(i), STR_ARG(i), STR_ARG(value), STR_ARG(i));
  visit(w, t->elem, str_format(b->arena, element, STR_ARG(value), STR_ARG(i)), STR(""));
  body_close(b, "}");
  if (condition.len)
    b->depth--;
}

static void visit(const walk *w, const type *t, str value, str condition) {
  t = type_resolve(t);
  if (!borrows_are_in(w->body->view, t))
    return;
  switch (t->kind) {
  case TYPE_BORROW: w->visitor->borrow(w->visitor->user, t, value, condition); break;
  case TYPE_RECORD: case TYPE_TUPLE: visit_members(w, t, value, condition); break;
  case TYPE_OPTION: case TYPE_RESULT: case TYPE_VARIANT: visit_payloads(w, t, value, condition); break;
  case TYPE_FIXED_LIST:
    for (uint32_t i = 0; i < t->length; i++)
      visit(w, t->elem, str_format(w->body->arena, "%.*s.f[%u]", STR_ARG(value), (unsigned)i), condition);
    break;
  default: visit_list(w, t, value, condition); break;
  }
}

void borrows_visit(body *b, const type *t, str value, str condition, const borrow_visitor *visitor) {
  visit(&(walk){b, visitor}, t, value, condition);
}
