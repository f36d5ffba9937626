/*
 * Edits: where two sequences differ.
 *
 * The sequences are numbers: equal numbers stand for equal lines, or words, or whatever is compared. The answer is a
 * list of places, in order, at which a part of the old sequence gives way to a part of the new one; all else is the same.
 * It is the shortest such list (fewest elements that go or come) unless the sequences are large and have very little in
 * common: then it is still right, but may be longer.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_EDITS_H
#define WITGEN_REVIEW_EDITS_H

#include <stdint.h>

#include "support/vec.h"

/* Elements old_from..old_to give way to new_from..new_to; one of the two may be empty, not both. */
typedef struct edit {
  size_t old_from, old_to, new_from, new_to;
} edit;

typedef struct edit_vec {
  edit *items;
  size_t count, cap;
} edit_vec;

typedef struct number_vec {
  uint32_t *items;
  size_t count, cap;
} number_vec;

edit_vec edits_find(const number_vec *old, const number_vec *new, arena *a);

#endif
