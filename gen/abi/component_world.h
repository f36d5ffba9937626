/*
 * Component world: the declarators of a world's component type, shared by what wraps them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_ABI_COMPONENT_WORLD_H
#define WITGEN_ABI_COMPONENT_WORLD_H

#include "abi/component_type.h"

typedef struct component_world {
  section_line_vec lines;
  uint32_t decls; /* declarators at the top, to be written in front of the lines */
} component_world;

/* False when a type is used before the interface that it comes from; `depth` is for the lines. */
bool component_world_encode(const model *m, const world *w, uint32_t depth, arena *a, component_world *out);

#endif
