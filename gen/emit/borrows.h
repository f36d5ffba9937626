/*
 * Borrows: a walk over the borrowed handles of imported resources in a value that a C function holds.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_BORROWS_H
#define WITGEN_EMIT_BORROWS_H

#include "emit/body.h"

typedef struct borrow_visitor {
  /* One handle: `value` is the C expression for the struct around it, if `condition` (or empty: always) is true. */
  void (*borrow)(void *user, const type *t, str value, str condition);
  /* Instead of a loop, when they are in a list; NULL: a loop is written. */
  void (*list)(void *user);
  void *user;
} borrow_visitor;

bool borrows_are_in(const view *v, const type *t);

/* Calls the visitor for each place in `value`, of type `t`, where a handle can be. */
void borrows_visit(body *b, const type *t, str value, str condition, const borrow_visitor *visitor);

#endif
