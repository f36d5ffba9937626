/*
 * Vec: growable array in an arena, for any element type.
 *
 *   typedef struct { int *items; size_t count, cap; } int_vec;
 *   int_vec v = {0};
 *   vec_push(a, &v, 42);
 *
 * Old storage stays in the arena when a vector grows, so pointers into it stay readable (but go stale).
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_VEC_H
#define WITGEN_SUPPORT_VEC_H

#include "support/arena.h"

/* Storage of `*cap` elements of `size` bytes with room for at least `count + 1`; updates `*cap`. */
void *vec_reserve(arena *a, void *items, size_t count, size_t *cap, size_t size);

#define vec_push(a, v, value)                                                                                          \
  ((v)->items = vec_reserve((a), (v)->items, (v)->count, &(v)->cap, sizeof *(v)->items),                               \
   (v)->items[(v)->count++] = (value))

#endif
