/*
 * Wasm docs: docs and stability of a binary package, from its `package-docs` section.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_DOCS_H
#define WITGEN_WIT_WASM_DOCS_H

#include "model/model.h"

/*
 * Puts what `section` says into the items of `main`. Returns NULL, or what is wrong: not JSON, fields that are not
 * known, names of items that are not there.
 */
const char *wasm_docs_apply(str section, package *main, arena *a);

#endif
