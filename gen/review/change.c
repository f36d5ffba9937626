/*
 * Change: what follows from one, and its words.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/change.h"

change_class change_worst(const change *c) {
  return c->callers > c->implementers ? c->callers : c->implementers;
}

const char *flow_name(type_flow f) {
  static const char *const names[] = {"none", "taken", "returned", "both"};
  return names[f];
}
