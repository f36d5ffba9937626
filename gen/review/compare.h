/*
 * Compare: two resolved inputs to a list of changes. What comes out is described in change.h.
 *
 * Items are paired by name: packages without their version (the main packages of both inputs in any case), interfaces,
 * worlds, types, functions, members. A type is told where it is defined and nowhere else: a function that takes a record
 * with a new field has not changed itself.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_COMPARE_H
#define WITGEN_REVIEW_COMPARE_H

#include "review/change.h"

/* What the caller knows about one of the two inputs. */
typedef struct review_side {
  str name; /* as given */
  const resolved *resolved;
  const world *world; /* compare only this world and what it needs; NULL, on both sides: everything */
  /* The same input with all features on, to tell an item behind a gate from one that is gone; NULL: not known. */
  const resolved *ungated;
} review_side;

void review_compare(const review_side *old, const review_side *new, arena *a, review *out);

#endif
