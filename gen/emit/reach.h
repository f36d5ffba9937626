/*
 * Reach: which types are needed for others, for functions, for interfaces.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_REACH_H
#define WITGEN_EMIT_REACH_H

#include "model/model.h"

typedef struct reach {
  bool *types; /* by type id */
  bool *used;  /* by interface id: owns a type that was reached; NULL when nobody asks */
  struct {
    const interface **items;
    size_t count, cap;
  } owners; /* those, once each */
  arena *arena; /* for owners */
} reach;

void reach_type(reach *r, const type *t);
void reach_func(reach *r, const func *f);
void reach_interface(reach *r, const interface *i);

#endif
