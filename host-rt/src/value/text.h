/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Text in the three encodings of the canonical ABI. Pure functions on bytes: no memory, no instance, no trap. Sources of
 * the converting functions have been validated or measured, and nothing runs in between.
 */
#ifndef WITHOST_TEXT_H
#define WITHOST_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WITHOST__STRING_MAX ((1u << 28) - 1) /* bytes, in any encoding */

/* How many bytes are valid; `length` if all. */
size_t withost__utf8_valid_length(const uint8_t *text, size_t length);
static inline bool withost__utf8_is_valid(const uint8_t *text, size_t length) {
  return withost__utf8_valid_length(text, length) == length;
}
/* Only the beginning of a character is there. */
bool withost__utf8_is_cut(const uint8_t *text, size_t length);
/* One character of valid text; *at moves on. */
uint32_t withost__utf8_next(const uint8_t *text, size_t *at);
/* How many of the first bytes are ASCII. */
size_t withost__ascii_length(const uint8_t *text, size_t length);

/* UTF-16, little endian, any alignment. Measures what it is as UTF-8; false: *lone is a surrogate without its other. */
bool withost__utf16_measure(const uint8_t *text, size_t units, size_t *length, uint32_t *lone);
void withost__utf16_to_utf8(const uint8_t *text, size_t units, uint8_t *to);
/* Writes at most `length` units; returns how many. */
size_t withost__utf8_to_utf16(const uint8_t *text, size_t length, uint8_t *to);

size_t withost__latin1_measure(const uint8_t *text, size_t units);
void withost__latin1_to_utf8(const uint8_t *text, size_t units, uint8_t *to);
/* Stops at the first character that Latin-1 does not have: *at is its place, the return value how many were written. */
size_t withost__utf8_to_latin1(const uint8_t *text, size_t length, uint8_t *to, size_t *at);
/* Latin-1 becomes UTF-16 in its place. */
void withost__latin1_widen(uint8_t *text, size_t units);

#endif
