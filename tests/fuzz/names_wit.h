/*
 * Names, WIT: random worlds whose names are hostile. What a world says depends on the seed, its number and the words.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_TESTS_FUZZ_NAMES_WIT_H
#define WITGEN_TESTS_FUZZ_NAMES_WIT_H

#include <stdint.h>

#include "support/table.h"

typedef struct random_state {
  uint64_t value;
} random_state;

uint64_t random_next(random_state *r);
size_t random_below(random_state *r, size_t limit);

/* `words` are WIT names: one word, or several joined by '-', which are also cut in two where a package, an interface or a
 * label ends. */
str names_wit(random_state *r, const str_vec *words, arena *a);

#endif
