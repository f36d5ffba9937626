/*
 * JSON of the model: the same value as `wasm-tools component wit --json` prints.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_MODEL_JSON_H
#define WITGEN_MODEL_JSON_H

#include "model/model.h"

/* The text, ending in a newline. */
str model_json(const model *m, arena *a);

#endif
