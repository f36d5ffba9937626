/*
 * Utf8: RFC 3629 decoding (no overlong forms, no surrogates), and coarse width tables.
 *
 * The tables hold the blocks that matter for a caret line, not all of Unicode: a wrong width only moves a caret.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/utf8.h"

typedef struct range {
  uint32_t first, last;
} range;

/* combining marks and other characters without a column of their own */
static const range zero_width[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},   {0x064b, 0x065f},   {0x06d6, 0x06dc},
    {0x0900, 0x0902}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x0e31, 0x0e31},   {0x0e34, 0x0e3a},   {0x0e47, 0x0e4e},
    {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200d}, {0x20d0, 0x20ff},   {0x302a, 0x302d},   {0x3099, 0x309a},
    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0x1f3fb, 0x1f3ff}, {0xe0100, 0xe01ef},
};

static const range double_width[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x25fd, 0x25fe},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26a1, 0x26a1},   {0x2705, 0x2705},   {0x2728, 0x2728},
    {0x274c, 0x274c},   {0x2753, 0x2755},   {0x2795, 0x2797},   {0x2b50, 0x2b50},   {0x2e80, 0x303e},
    {0x3041, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18aff}, {0x1b000, 0x1b2ff},
    {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320},
    {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3fa}, {0x1f400, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f7e0, 0x1f7eb}, {0x1f90c, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

static bool is_in(const range *ranges, size_t count, uint32_t character) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (ranges[middle].last < character) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < count && ranges[low].first <= character;
}

/* Length and first bits that a lead byte announces; 0 for a byte that leads nothing. */
static size_t lead_length(unsigned char lead, uint32_t *bits) {
  if (lead < 0x80) {
    *bits = lead;
    return 1;
  }
  if (lead >= 0xc2 && lead <= 0xdf) {
    *bits = lead & 0x1fU;
    return 2;
  }
  if (lead >= 0xe0 && lead <= 0xef) {
    *bits = lead & 0x0fU;
    return 3;
  }
  *bits = lead & 0x07U;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

static bool is_scalar(uint32_t value) {
  return value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
}

size_t utf8_decode(str s, size_t at, uint32_t *character) {
  static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *bytes = (const unsigned char *)s.ptr + at;
  uint32_t value;
  size_t length = lead_length(bytes[0], &value);
  if (length == 0 || length > s.len - at) {
    return 0;
  }
  for (size_t i = 1; i < length; i++) {
    if ((bytes[i] & 0xc0) != 0x80) {
      return 0;
    }
    value = value << 6 | (bytes[i] & 0x3fU);
  }
  if (value < smallest[length] || !is_scalar(value)) {
    return 0;
  }
  *character = value;
  return length;
}

bool utf8_append(buf *b, uint32_t character) {
  if (!is_scalar(character)) {
    return false;
  }
  if (character < 0x80) {
    buf_add_byte(b, (char)character);
    return true;
  }
  size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  static const uint32_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
  buf_add_byte(b, (char)(lead[length] | character >> 6 * (length - 1)));
  for (size_t i = length - 1; i-- > 0;) {
    buf_add_byte(b, (char)(0x80 | (character >> 6 * i & 0x3f)));
  }
  return true;
}

unsigned utf8_width(uint32_t character) {
  if (character < 0x300) {
    return 1;
  }
  if (is_in(zero_width, sizeof zero_width / sizeof *zero_width, character)) {
    return 0;
  }
  return is_in(double_width, sizeof double_width / sizeof *double_width, character) ? 2 : 1;
}

bool utf8_is_control(uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200e && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}
