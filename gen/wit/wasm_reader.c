/*
 * Wasm reader: LEB128 numbers and texts, every length checked.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_reader.h"

#include "support/utf8.h"

void wasm_reader_init(wasm_reader *r, str bytes) {
  *r = (wasm_reader){.bytes = bytes, .end = bytes.len};
}

bool reader_fail(wasm_reader *r, const char *why) {
  if (!r->why) {
    r->why = why;
    r->why_at = r->at;
  }
  r->at = r->end;
  return false;
}

uint8_t reader_u8(wasm_reader *r) {
  if (r->at >= r->end) {
    reader_fail(r, "unexpected end");
    return 0;
  }
  return (uint8_t)r->bytes.ptr[r->at++];
}

uint32_t reader_u32(wasm_reader *r) {
  uint32_t value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    uint8_t byte = reader_u8(r);
    if (shift == 28 && byte > 0x0f) {
      break;
    }
    value |= (uint32_t)(byte & 0x7f) << shift;
    if (byte < 0x80) {
      return value;
    }
  }
  reader_fail(r, "number does not fit into 32 bits");
  return 0;
}

int64_t reader_s33(wasm_reader *r) {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    uint8_t byte = reader_u8(r);
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte >= 0x80) {
      continue;
    }
    bool negative = byte & 0x40;
    if (shift == 28 && (byte & 0x70) != 0 && (byte & 0x70) != 0x70) {
      break;
    }
    return negative ? (int64_t)value - (INT64_C(1) << (shift + 7)) : (int64_t)value;
  }
  reader_fail(r, "number does not fit into 33 bits");
  return 0;
}

static bool text_is_utf8(str s) {
  for (size_t at = 0; at < s.len;) {
    uint32_t character;
    size_t length = utf8_decode(s, at, &character);
    if (length == 0) {
      return false;
    }
    at += length;
  }
  return true;
}

str reader_name(wasm_reader *r) {
  uint32_t length = reader_u32(r);
  if (length > r->end - r->at) {
    reader_fail(r, "text is longer than what is left");
    return (str){0};
  }
  str name = str_sub(r->bytes, r->at, r->at + length);
  if (!text_is_utf8(name)) {
    reader_fail(r, "text is not UTF-8");
    return (str){0};
  }
  r->at += length;
  return name;
}

uint32_t reader_count(wasm_reader *r) {
  uint32_t count = reader_u32(r);
  if (count > r->end - r->at) {
    reader_fail(r, "more items than bytes");
    return 0;
  }
  return count;
}
