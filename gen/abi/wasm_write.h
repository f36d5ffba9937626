/*
 * Wasm write: the atoms of the WebAssembly binary format, appended to a buf.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_ABI_WASM_WRITE_H
#define WITGEN_ABI_WASM_WRITE_H

#include <stdint.h>

#include "support/str.h"

/* Unsigned and signed LEB128. */
void wasm_write_u32(buf *b, uint32_t value);
void wasm_write_s33(buf *b, int64_t value);
/* A length and the bytes: names, and contents that are counted in bytes. */
void wasm_write_name(buf *b, str name);
/* A section: id, size, contents. */
void wasm_write_section(buf *b, uint8_t id, str contents);

#endif
