/*
 * Vec: growth by doubling, so that pushing is amortized constant time. Vectors of large elements start small: most of
 * them (attributes, parameters, imports) stay short.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/vec.h"

#include <stdint.h>

enum { FIRST_CAP = 4, LARGE_ELEMENT = 64 };

void *vec_reserve(arena *a, void *items, size_t count, size_t *cap, size_t size) {
  if (count < *cap) {
    return items;
  }
  size_t first_cap = size > LARGE_ELEMENT ? 1 : FIRST_CAP;
  size_t new_cap = *cap == 0 ? first_cap : *cap * 2;
  if (new_cap > SIZE_MAX / 2 / size) {
    new_cap = SIZE_MAX / size; /* refused by the arena */
  }
  items = arena_grow(a, items, *cap * size, new_cap * size);
  *cap = new_cap;
  return items;
}
