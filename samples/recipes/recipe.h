/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What all recipes have: the generated header, the library, and three small helpers.
 */
#ifndef RECIPE_H
#define RECIPE_H

#include <stdlib.h>

#include <witguest/stream.h>

#include "recipes.h"

#define MILLISECONDS UINT64_C(1000000)

/* A string that lives as long as the program. */
static inline recipes_string_t text(const char *literal) {
  recipes_string_t s;
  recipes_string_set(&s, literal);
  return s;
}

static inline void note(const char *line, uint32_t number) {
  recipes_string_t s = text(line);
  recipes_log(&s, number);
}

/* What a call of serve keeps between its callbacks. Zeroed. */
static inline void *call_new(size_t size) {
  void *call = calloc(1, size);
  if (!call) abort();
  return call;
}

#endif
