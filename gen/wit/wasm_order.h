/*
 * Wasm order: the packages of a binary in the order in which they need each other.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_ORDER_H
#define WITGEN_WIT_WASM_ORDER_H

#include "model/model.h"

/*
 * Appends `packages` to `out`, each after those whose types its interfaces use, then `main` if it is not one of them, and
 * numbers them. False, with a name in `about`, when there is a cycle, or one of them needs a `main` that is not.
 */
bool wasm_packages_order(const package_vec *packages, package *main, arena *a, package_vec *out, str *about);

#endif
