/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "adder.h"

uint32_t exports_adder_add(uint32_t a, uint32_t b) {
  return a + b;
}
