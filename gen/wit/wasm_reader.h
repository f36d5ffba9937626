/*
 * Wasm reader: the atoms of the WebAssembly binary format, out of bytes that may be anything.
 *
 * The first failure sticks: it is remembered with its position, and every later read gives zero or an empty text. So
 * callers may read on for a while, but must ask reader_failed() in every loop whose count they have read.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_READER_H
#define WITGEN_WIT_WASM_READER_H

#include <stdint.h>

#include "support/str.h"

typedef struct wasm_reader {
  str bytes;
  size_t at, end;  /* what may be read: at..end */
  const char *why; /* what was wrong; NULL: nothing */
  size_t why_at;
} wasm_reader;

void wasm_reader_init(wasm_reader *r, str bytes);

static inline bool reader_failed(const wasm_reader *r) {
  return r->why;
}

/* Remembers the first failure, at the current position. Returns false. */
bool reader_fail(wasm_reader *r, const char *why);

uint8_t reader_u8(wasm_reader *r);
uint32_t reader_u32(wasm_reader *r);
int64_t reader_s33(wasm_reader *r);
/* A counted UTF-8 text, as a view. */
str reader_name(wasm_reader *r);
/* The number of items that follow; each takes at least one byte, so larger numbers are refused at once. */
uint32_t reader_count(wasm_reader *r);

#endif
