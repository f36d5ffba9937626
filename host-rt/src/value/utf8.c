/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * UTF-8: validation, by words where it is ASCII.
 */
#include <string.h>

#include "text.h"

#define HIGH_BITS 0x8080808080808080u

/* How many bytes of a word that has other characters come before the first of those. */
static size_t ascii_before(uint64_t word) { return (size_t)__builtin_ctzll(word & HIGH_BITS) / 8; }

static uint64_t load_word(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

/* Short text at once: its first and its last word, which may overlap. */
static bool is_short_ascii(const uint8_t *p, size_t length) {
  return length >= 8 && length <= 16 && !((load_word(p) | load_word(p + length - 8)) & HIGH_BITS);
}

/* The last word overlaps with the one before: what is there twice is ASCII. */
static inline size_t ascii_length(const uint8_t *p, size_t length) {
  size_t k = 0;
  for (uint64_t w[4]; length - k >= sizeof w; k += sizeof w) {
    memcpy(w, p + k, sizeof w);
    if ((w[0] | w[1] | w[2] | w[3]) & HIGH_BITS) break;
  }
  for (; length - k >= 8; k += 8)
    if (load_word(p + k) & HIGH_BITS) return k + ascii_before(load_word(p + k));
  if (length >= 8) {
    uint64_t last = load_word(p + length - 8);
    return last & HIGH_BITS ? length - 8 + ascii_before(last) : length;
  }
  while (k < length && p[k] < 0x80) k++;
  return k;
}

size_t withost__ascii_length(const uint8_t *p, size_t length) { return ascii_length(p, length); }

/* Bytes of a character that begins with `a`; 0: none does. */
static size_t utf8_size(uint8_t a) { return a < 0xc2 || a > 0xf4 ? 0 : a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : 2; }

/* May b follow a? The ranges are those of table 3-7 of the Unicode standard. */
static bool utf8_second_fits(uint8_t a, uint8_t b) {
  uint8_t low = a == 0xe0 ? 0xa0 : a == 0xf0 ? 0x90 : 0x80, high = a == 0xed ? 0x9f : a == 0xf4 ? 0x8f : 0xbf;
  return b >= low && b <= high;
}

/* Length of the character at p, 0 if it is none. */
static size_t utf8_step(const uint8_t *p, size_t left) {
  size_t n = utf8_size(p[0]);
  if (!n || left < n || !utf8_second_fits(p[0], p[1])) return 0;
  for (size_t k = 2; k < n; k++)
    if ((p[k] & 0xc0) != 0x80) return 0;
  return n;
}

size_t withost__utf8_valid_length(const uint8_t *p, size_t length) {
  if (is_short_ascii(p, length)) return length;
  size_t k = ascii_length(p, length);
  while (k < length) {
    if (p[k] < 0x80) {
      k += withost__ascii_length(p + k, length - k);
      continue;
    }
    size_t n = utf8_step(p + k, length - k);
    if (!n) break;
    k += n;
  }
  return k;
}

bool withost__utf8_is_cut(const uint8_t *p, size_t length) {
  size_t n = length ? utf8_size(p[0]) : 0;
  if (length >= n || (length > 1 && !utf8_second_fits(p[0], p[1]))) return false;
  return length < 3 || (p[2] & 0xc0) == 0x80;
}

uint32_t withost__utf8_next(const uint8_t *p, size_t *at) {
  p += *at;
  if (p[0] < 0x80) return *at += 1, p[0];
  if (p[0] < 0xe0) return *at += 2, (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
  if (p[0] < 0xf0) return *at += 3, (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
  return *at += 4, (p[0] & 7u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}
