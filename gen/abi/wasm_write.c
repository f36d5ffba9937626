/*
 * Wasm write: LEB128 numbers, names, sections.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/wasm_write.h"

void wasm_write_u32(buf *b, uint32_t value) {
  while (value >= 0x80) {
    buf_add_byte(b, (char)((value & 0x7f) | 0x80));
    value >>= 7;
  }
  buf_add_byte(b, (char)value);
}

void wasm_write_s33(buf *b, int64_t value) {
  for (;;) {
    uint8_t low = (uint8_t)(value & 0x7f);
    /* arithmetic shift, spelled for compilers that do something else */
    value = value < 0 ? -((-value + 0x7f) / 0x80) : value / 0x80;
    bool sign_is_clear = (low & 0x40) == 0;
    if ((value == 0 && sign_is_clear) || (value == -1 && !sign_is_clear)) {
      buf_add_byte(b, (char)low);
      return;
    }
    buf_add_byte(b, (char)(low | 0x80));
  }
}

void wasm_write_name(buf *b, str name) {
  wasm_write_u32(b, (uint32_t)name.len);
  buf_add(b, name);
}

void wasm_write_section(buf *b, uint8_t id, str contents) {
  buf_add_byte(b, (char)id);
  wasm_write_name(b, contents);
}
