/*
 * View, while it is made: what view.c and view_types.c share.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_VIEW_BUILD_H
#define WITGEN_EMIT_VIEW_BUILD_H

#include "emit/view.h"

typedef struct view_builder {
  view *view;
  arena *arena;
  diag *diag;
  view_section *section; /* the one under construction */
  table named;           /* by C name: the first view_type that has it */
} view_builder;

/* Enters `t` and all it needs, if not there yet, into the section under construction. */
void view_add_type(view_builder *b, const type *t);

/* After all sections: which types get a drop function, and under which name. */
void view_finish_types(view_builder *b);

#endif
