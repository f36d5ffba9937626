/*
 * Selection: the part of a world that gets glue (`--include`, `--exclude`).
 *
 * With `--include`, functions that it means are selected, else all are; `--exclude` takes functions away again. An import
 * or export goes as a whole when its name is meant, and then keeps only those of its types that are needed elsewhere.
 *
 * What is sound differs by side. A guest need not import what its world offers, but has to export all that it promises: so
 * `--include` is about imports alone there, and to exclude an export is an error. A host need not call what it could; a
 * guest that imports what the host leaves out is refused by linker or loader. The component-type section always holds the
 * whole world: it is the truth, whatever is used of it.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_SELECTION_H
#define WITGEN_EMIT_SELECTION_H

#include "emit/emit.h"
#include "emit/func_filter.h"
#include "emit/nominal.h"

typedef struct selection {
  emit_side side;
  func_filter include, exclude;
  bool *needed; /* by type id; NULL: everything is selected */
} selection;

/* Reads the options; `n` is `w` as the emitters have it. Reports what is wrong to `d`. To be released in either case. */
void selection_init(selection *s, const emit_options *options, const world *w, const nominal *n, emit_side side, arena *a,
                    diag *d);
void selection_release(selection *s);

bool selection_has_func(const selection *s, const world_item *item, const func *f, bool imported);

/* Whether a type that `item`, an interface, declares is to be declared in C. */
bool selection_has_type(const selection *s, const type *t);

/* Whether anything of an interface is left. */
bool selection_has_any(const selection *s, const world_item *item, bool imported);

#endif
