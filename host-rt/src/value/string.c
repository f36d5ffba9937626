/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Strings. The host speaks UTF-8; a guest that does too gets one check and one copy, or a view. The two other encodings are
 * to be written and fail loudly.
 */
#include "../task/machine.h"

/* Length of the scalar value at p, 0 if it is none. The ranges are those of table 3-7 of the Unicode standard. */
static size_t utf8_step(const uint8_t *p, size_t left) {
  uint8_t a = p[0];
  if (a < 0x80) return 1;
  size_t n = a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : 2;
  if (a < 0xc2 || a > 0xf4 || left < n) return 0;
  uint8_t low = a == 0xe0 ? 0xa0 : a == 0xf0 ? 0x90 : 0x80, high = a == 0xed ? 0x9f : a == 0xf4 ? 0x8f : 0xbf;
  if (p[1] < low || p[1] > high) return 0;
  for (size_t k = 2; k < n; k++)
    if ((p[k] & 0xc0) != 0x80) return 0;
  return n;
}

static bool utf8_is_valid(const uint8_t *p, size_t length) {
  size_t k = 0;
  while (k < length) {
    uint64_t word;
    if (length - k >= 8 && (memcpy(&word, p + k, 8), !(word & 0x8080808080808080u))) {
      k += 8;
      continue;
    }
    size_t n = utf8_step(p + k, length - k);
    if (!n) return false;
    k += n;
  }
  return true;
}

const uint8_t *withost_lift_string(withost_instance *i, withost_encoding encoding, uint32_t address, uint32_t units,
                                   size_t *length) {
  if (encoding != WITHOST_UTF8) withost_trap(i, "unsupported: string encodings other than UTF-8");
  if (units >= 1u << 28 || (uint64_t)address + units > *i->memory_size) withost_trap(i, "string content out-of-bounds");
  const uint8_t *text = withost_memory(i) + address;
  if (!utf8_is_valid(text, units)) withost_trap(i, "invalid utf-8 sequence");
  *length = units;
  return text;
}

uint32_t withost_lower_string(withost_instance *i, withost_encoding encoding, const uint8_t *text, size_t length,
                              uint32_t *units) {
  if (encoding != WITHOST_UTF8) withost_trap(i, "unsupported: string encodings other than UTF-8");
  if (!utf8_is_valid(text, length)) withost_trap(i, "the host gave invalid utf-8");
  *units = (uint32_t)length;
  return withost_lower_bytes(i, text, length, 1, 1);
}
