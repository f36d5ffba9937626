/*
 * Wasm component: what a component that runs imports and exports, as the types of wasm_types.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_COMPONENT_H
#define WITGEN_WIT_WASM_COMPONENT_H

#include "wit/wasm_types.h"

/* Whether `bytes`, which begin as a component does, are more than the types of a WIT package. */
bool wasm_component_is(str bytes);

/*
 * Reads the component, whose header the reader stands before, into a node with its imports and exports. NULL: see the
 * reader for why. `remarks` gets the docs.
 */
wnode *wasm_component_read(wasm_reader *r, arena *a, wasm_types *remarks);

#endif
