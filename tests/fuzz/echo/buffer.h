/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Values as bytes, written by walking the C value; for guest and host. The format is in values.py.
 */
#ifndef ECHO_BUFFER_H
#define ECHO_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct echo_buffer { uint8_t *data; size_t size, capacity; } echo_buffer;

static inline void echo_put(echo_buffer *b, const void *data, size_t size) {
  if (b->size + size > b->capacity) {
    b->capacity = 2 * (b->size + size) + 64;
    b->data = realloc(b->data, b->capacity);
    if (!b->data) abort();
  }
  if (size) memcpy(b->data + b->size, data, size);
  b->size += size;
}
static inline void echo_buffer_release(echo_buffer *b) {
  free(b->data);
  *b = (echo_buffer){0};
}

/* A scalar with a wrong bit above its width is written as it is. */
static inline void echo_put_bool(echo_buffer *b, bool v) { uint8_t byte; memcpy(&byte, &v, 1); echo_put(b, &byte, 1); }
static inline void echo_put_u8(echo_buffer *b, uint8_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_u16(echo_buffer *b, uint16_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_u32(echo_buffer *b, uint32_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_u64(echo_buffer *b, uint64_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_s8(echo_buffer *b, int8_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_s16(echo_buffer *b, int16_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_s32(echo_buffer *b, int32_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_s64(echo_buffer *b, int64_t v) { echo_put(b, &v, sizeof v); }
static inline void echo_put_f32(echo_buffer *b, float v) {
  const uint32_t nan = 0x7fc00000;
  echo_put(b, v != v ? (const void *)&nan : &v, sizeof v);
}
static inline void echo_put_f64(echo_buffer *b, double v) {
  const uint64_t nan = 0x7ff8000000000000;
  echo_put(b, v != v ? (const void *)&nan : &v, sizeof v);
}
/* ECHO_UNIT: bytes of a code unit, which `length` counts; 0 in a guest whose strings are latin1, or UTF-16 with the highest bit set. */
#ifndef ECHO_UNIT
#define ECHO_UNIT 1
#endif
static inline void echo_put_string(echo_buffer *b, const void *text, size_t length) {
  const uint32_t wide = ECHO_UNIT ? 0 : (uint32_t)length & 0x80000000u;
  size_t size = (length - wide) * (ECHO_UNIT ? ECHO_UNIT : wide ? 2 : 1);
  echo_put_u32(b, (uint32_t)size | wide);
  echo_put(b, text, size);
}

#endif
