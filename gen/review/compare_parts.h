/*
 * Parts of compare: what its files share. Nobody else includes this.
 *
 * The files go from the outside in: compare.c has packages and interfaces, compare_world.c worlds, compare_func.c
 * functions, compare_type.c definitions of types, compare_gate.c attributes and documentation; flow.c and same.c answer
 * questions about types.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_COMPARE_PARTS_H
#define WITGEN_REVIEW_COMPARE_PARTS_H

#include "review/compare.h"
#include "support/table.h"
#include "support/vec.h"

typedef struct comparison {
  arena *arena;
  review *out;
  const review_side *old, *new;
} comparison;

/* Two places of one item. */
typedef struct places {
  span old, new;
} places;

/* Adds a change under `rule` with the rule's classes; what else there is to say can be put into the result. */
change *change_add(comparison *c, change_rule rule, str path, places at, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* "a.b" */
str path_member(const comparison *c, str path, str name);

#endif
