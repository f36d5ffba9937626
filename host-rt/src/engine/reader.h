/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Reads the binary form of WebAssembly from bytes that nobody has checked.
 */
#ifndef WITHOST_READER_H
#define WITHOST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is left to read. A read behind the end leaves nothing. */
typedef struct reader { const uint8_t *at; size_t left; } reader;

static inline uint32_t read_number(reader *r) {
  uint32_t value = 0;
  for (unsigned shift = 0; r->left && shift < 35; shift += 7) {
    uint8_t byte = *r->at++;
    r->left--;
    value |= (uint32_t)(byte & 0x7f) << (shift & 31);
    if (byte < 0x80) return value;
  }
  r->left = 0;
  return 0;
}

static inline reader read_part(reader *r, size_t size) {
  reader part = {r->at, size <= r->left ? size : 0};
  r->at += part.left;
  r->left = size <= r->left ? r->left - size : 0;
  return part;
}

/* The next section, and whether there is one. */
static inline bool read_section(reader *r, uint8_t *id, reader *content) {
  if (!r->left) return false;
  *id = read_part(r, 1).at[0];
  *content = read_part(r, read_number(r));
  return true;
}

static inline uint8_t read_byte(reader *r) {
  reader byte = read_part(r, 1);
  return byte.left ? byte.at[0] : 0;
}

/* A number of any width, whose value does not matter. */
static inline void skip_number(reader *r) {
  while (r->left && read_byte(r) >= 0x80) {}
}

#endif
