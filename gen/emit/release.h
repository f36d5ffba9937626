/*
 * Release: the `_free` and `_drop` functions of a type.
 *
 * `_free` gives back the memory inside a value (as in wit-bindgen c: handles, streams and futures are left alone);
 * `_drop` drops these as well.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_RELEASE_H
#define WITGEN_EMIT_RELEASE_H

#include "emit/guest.h"

/* Prototypes and bodies of those that the type has. */
void release_emit(guest *g, const view_type *vt);

/* For --no-helpers: static `_free` functions for `t` and its parts, unless they are there. What a post-return calls. */
void release_emit_private(guest *g, const type *t);

#endif
