/*
 * Check: rules that other tools check only when they build a component; they hold for every type of the model.
 *
 * Source: component-model design/mvp/Binary.md and Explainer.md, notes on type validity.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/layout.h"
#include "wit/resolve_parts.h"

static void check_payload(resolver *r, const type *t, const char *what) {
  if (t->elem == NULL) {
    return;
  }
  if (t->kind == TYPE_STREAM && type_resolve(t->elem)->kind == TYPE_CHAR) {
    diag_error(r->diag, t->at, "a stream can't carry 'char'; use 'stream<u8>' or 'stream<string>'");
  }
  if (t->elem->kind >= TYPE_PRIMITIVES && type_node_of(t->elem)->has_borrow) {
    diag_error(r->diag, t->at, "a %s can't carry borrowed handles; they end with the call", what);
  }
}

static void check_type(resolver *r, const type *t) {
  if (t->kind == TYPE_STREAM || t->kind == TYPE_FUTURE) {
    check_payload(r, t, t->kind == TYPE_STREAM ? "stream" : "future");
  } else if (t->kind == TYPE_FIXED_LIST && t->length == 0) {
    diag_error(r->diag, t->at, "a list of fixed length holds at least one value");
  } else if (layout_too_large(t)) {
    diag_error(r->diag, t->at, "values of this type take 256 MiB or more, which no component accepts");
  } else if (layout_too_deep(t) && !diag_failed(r->diag)) {
    diag_error(r->diag, t->at, "types are nested too deep here: no component accepts 100 levels or more");
  }
}

void check_model(resolver *r) {
  layout_assign(r->model);
  for (size_t i = 0; i < r->model->types.count; i++) {
    check_type(r, r->model->types.items[i]);
  }
}
