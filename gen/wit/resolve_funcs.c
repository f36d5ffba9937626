/*
 * Functions: parameters and results of functions, methods, constructors and accessors, and what each of them may have.
 *
 * Types are as written, with bare resources; linking makes handles of them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

static const stability no_stability = {.kind = STABILITY_UNKNOWN};

/* "[method][get]r.p": what kind of function this is, and its name in the ABI. */
static void name_func(body *b, func *f, const syn_func *s, str resource) {
  static const func_kind kinds[] = {[SYN_FREE] = FUNC_FREESTANDING,
                                    [SYN_METHOD] = FUNC_METHOD,
                                    [SYN_STATIC] = FUNC_STATIC,
                                    [SYN_CONSTRUCTOR] = FUNC_CONSTRUCTOR};
  static const accessor accessors[] = {
      [SYN_FUNC] = ACCESSOR_NONE, [SYN_GET] = ACCESSOR_GETTER, [SYN_SET] = ACCESSOR_SETTER};
  static const char *const kind_words[] = {
      [SYN_FREE] = "", [SYN_METHOD] = "[method]", [SYN_STATIC] = "[static]", [SYN_CONSTRUCTOR] = "[constructor]"};
  static const char *const accessor_words[] = {[SYN_FUNC] = "", [SYN_GET] = "[get]", [SYN_SET] = "[set]"};
  f->kind = kinds[s->kind];
  f->accessor = accessors[s->accessor];
  if (s->kind == SYN_CONSTRUCTOR) {
    f->item_name = STR("constructor");
    f->name = str_format(b->r->arena, "[constructor]%.*s", STR_ARG(resource));
  } else if (s->kind == SYN_FREE) {
    f->name = s->accessor == SYN_FUNC
                  ? f->item_name
                  : str_format(b->r->arena, "%s%.*s", accessor_words[s->accessor], STR_ARG(f->item_name));
  } else {
    f->name = str_format(b->r->arena, "%s%s%.*s.%.*s", kind_words[s->kind], accessor_words[s->accessor],
                         STR_ARG(resource), STR_ARG(f->item_name));
  }
}

static void check_accessor_params(body *b, const func *f, const syn_func *s) {
  if (f->accessor == ACCESSOR_GETTER && s->params.count > 0) {
    diag_error(b->r->diag, s->params.items[0].name.at, "getter '%.*s' has a parameter; getters take none",
               STR_ARG(f->item_name));
  } else if (f->accessor == ACCESSOR_SETTER && s->params.count != 1) {
    span at = s->params.count > 1 ? s->params.items[1].name.at : s->at;
    diag_error(b->r->diag, at, "setter '%.*s' has %zu parameters; setters take exactly one", STR_ARG(f->item_name),
               s->params.count);
  }
}

/* The receiver takes a name too. */
static void check_self(body *b, const func *f, const syn_func *s) {
  for (size_t i = 0; f->kind == FUNC_METHOD && i < s->params.count; i++) {
    if (label_eq(s->params.items[i].name.name, STR("self"))) {
      diag_error(b->r->diag, s->params.items[i].name.at, "parameter '%.*s' clashes with the method's own 'self'",
                 STR_ARG(s->params.items[i].name.name));
    }
  }
}

static void resolve_params(body *b, func *f, const syn_func *s, type_node *resource) {
  if (f->kind == FUNC_METHOD) {
    param self = {.name = STR("self"), .type = types_borrow_of(b, resource, s->at), .at = s->at};
    vec_push(b->r->arena, &f->params, self);
  }
  check_accessor_params(b, f, s);
  check_self(b, f, s);
  names_check_unique(b->r, "parameter", s->params.items, s->params.count, sizeof(syn_param));
  for (size_t i = 0; i < s->params.count; i++) {
    const syn_param *p = &s->params.items[i];
    param made = {.name = p->name.name, .type = types_resolve(b, p->type, &no_stability), .at = p->name.at};
    vec_push(b->r->arena, &f->params, made);
  }
}

static const type *resolve_setter_result(body *b, const syn_type *s) {
  const type *t = types_resolve(b, s, &no_stability);
  if (t != &b->r->broken.t && (t->kind != TYPE_RESULT || t->elem != NULL)) {
    diag_error(b->r->diag, s->at, "a setter returns nothing or a 'result' without an 'ok' type");
  }
  return t;
}

static const type *resolve_constructor_result(body *b, const syn_type *s, const type_node *resource) {
  const type *t = types_resolve(b, s, &no_stability);
  if (t == &b->r->broken.t) {
    return t;
  }
  if (t->kind != TYPE_RESULT) {
    diag_error(b->r->diag, s->at,
               "a constructor returns nothing (its resource is meant) or a 'result' of its resource");
  } else if (t->elem != &resource->t && t->elem != &b->r->broken.t) {
    span at = s->kind == SYN_RESULT && s->elem != NULL ? s->elem->at : s->at;
    diag_error(b->r->diag, at, "the 'ok' type of this constructor must be '%.*s'", STR_ARG(resource->t.name));
  }
  return t;
}

static const type *resolve_result(body *b, const func *f, const syn_func *s, type_node *resource) {
  if (f->kind == FUNC_CONSTRUCTOR) {
    return s->result == NULL ? &resource->t : resolve_constructor_result(b, s->result, resource);
  }
  if (s->result == NULL) {
    if (f->accessor == ACCESSOR_GETTER) {
      diag_error(b->r->diag, s->at, "getter '%.*s' returns nothing", STR_ARG(f->item_name));
    }
    return NULL;
  }
  return f->accessor == ACCESSOR_SETTER ? resolve_setter_result(b, s->result)
                                        : types_resolve(b, s->result, &no_stability);
}

func *funcs_resolve(body *b, const syn_func *s, const syn_docs *d, const syn_attr_vec *attrs, syn_id name,
                    type_node *resource) {
  func *f = arena_new(b->r->arena, func);
  f->item_name = name.name;
  f->at = name.at;
  f->is_async = s->is_async;
  f->docs = docs_of(d);
  f->resource = resource == NULL ? NULL : &resource->t;
  name_func(b, f, s, resource == NULL ? (str){"", 0} : resource->t.name);
  f->stability = gate_read(b->r, attrs, false);
  f->has_external_id = gate_read_external_id(b->r, attrs, false, &f->external_id);
  resolve_params(b, f, s, resource);
  f->result = resolve_result(b, f, s, resource);
  return f;
}
