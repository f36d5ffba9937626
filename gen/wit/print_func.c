/*
 * Print functions: `f: async func(a: u32) -> string;`, methods, constructors and accessors.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/print_parts.h"

/* The receiver is in the model, but not in the text. */
static void print_params(printer *p, const func *f) {
  size_t first = f->kind == FUNC_METHOD ? 1 : 0;
  buf_add_byte(&p->out, '(');
  for (size_t i = first; i < f->params.count; i++) {
    buf_add_c(&p->out, i > first ? ", " : "");
    print_name(p, f->params.items[i].name);
    buf_add_c(&p->out, ": ");
    print_ref(p, f->params.items[i].type);
  }
  buf_add_byte(&p->out, ')');
}

void print_signature(printer *p, const func *f) {
  static const char *const words[] = {[ACCESSOR_NONE] = "func", [ACCESSOR_GETTER] = "get", [ACCESSOR_SETTER] = "set"};
  buf_add_c(&p->out, f->kind == FUNC_STATIC ? "static " : "");
  buf_add_c(&p->out, f->is_async ? "async " : "");
  buf_add_c(&p->out, f->kind == FUNC_CONSTRUCTOR ? "" : words[f->accessor]);
  print_params(p, f);
  /* a constructor without a result returns its resource */
  bool implied = f->kind == FUNC_CONSTRUCTOR && f->result != NULL && type_resolve(f->result)->kind == TYPE_OWN;
  if (f->result != NULL && !implied) {
    buf_add_c(&p->out, " -> ");
    print_ref(p, f->result);
  }
}

void print_func(printer *p, const func *f) {
  print_docs(p, &f->docs);
  print_stability(p, &f->stability);
  print_external_id(p, f->has_external_id, f->external_id);
  print_indent(p);
  if (p->imports.len > 0) {
    print_enter_at(p, p->imports, f->name);
  }
  str path = print_enter(p, '.', f->item_name);
  if (f->kind == FUNC_CONSTRUCTOR) {
    buf_add_c(&p->out, "constructor");
  } else {
    print_name(p, f->item_name);
    buf_add_c(&p->out, ": ");
  }
  print_signature(p, f);
  buf_add_c(&p->out, ";\n");
  print_leave(p, path);
}
