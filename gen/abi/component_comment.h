/*
 * Component comment: declarators of a component type in words, for people who read the section.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_ABI_COMPONENT_COMMENT_H
#define WITGEN_ABI_COMPONENT_COMMENT_H

#include "model/model.h"

typedef struct component_comment {
  arena *arena;
  uint32_t index; /* of the declarator's own type */
  /* The number of a type that the declarator refers to; negative for primitives. */
  int64_t (*valtype)(void *encoder, const type *t);
  void *encoder;
} component_comment;

/* A type that is neither an alias nor a resource; `word` is its constructor. */
str comment_defined(const component_comment *c, const type *t, const char *word);
str comment_func(const component_comment *c, const func *f);

#endif
