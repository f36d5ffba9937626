/*
 * Nominal: a world's items copied so far that every type has one meaning.
 *
 * An interface that a world imports and exports is one object in the model but two in C, and so are its types. Here such
 * interfaces, and those that use their types, get copies; so do all exported interfaces, so that anonymous types which
 * the resolver shares within a package have one object per side. Which of them, and whose copies a `use` then means, is
 * as in wit-parser's `generate_nominal_type_ids` and wit-bindgen's `imported_types_used_by_exported_interfaces`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_NOMINAL_H
#define WITGEN_EMIT_NOMINAL_H

#include "model/model.h"

typedef struct nominal {
  world_item_vec imports, exports; /* their interfaces may be copies */
  uint32_t type_count;             /* ids of all types, copies included, are below */
  uint32_t interface_count;
} nominal;

nominal nominal_make(const model *m, const world *w, arena *a);

#endif
