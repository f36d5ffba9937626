/*
 * Utf8: one character at a time out of bytes that may be anything.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_UTF8_H
#define WITGEN_SUPPORT_UTF8_H

#include <stdint.h>

#include "support/str.h"

/* The character at `at` < s.len and its length in bytes; 0 where the bytes are no well-formed UTF-8. */
size_t utf8_decode(str s, size_t at, uint32_t *character);

/* Appends a character; false, with nothing added, for surrogates and numbers past U+10FFFF. */
bool utf8_append(buf *b, uint32_t character);

/* Columns on a terminal: 0 for combining marks, 2 for East Asian wide characters and emoji, else 1. */
unsigned utf8_width(uint32_t character);

/* Controls, and characters that change the direction of the text around them: never to be shown as they are. */
bool utf8_is_control(uint32_t character);

#endif
