/*
 * Async export: what an export with the async ABI has besides its first call: the callback, and `_return`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_ASYNC_EXPORT_H
#define WITGEN_EMIT_ASYNC_EXPORT_H

#include "emit/funcs.h"

/* `symbol` is the C name of the core function. */
void async_export_emit(guest *g, const view_func *f, str symbol);

#endif
