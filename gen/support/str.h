/*
 * Str and buf: views of text, and text under construction.
 *
 * A `str` is a pointer and a length into memory that somebody else keeps (a source file, the arena, a literal); it is
 * passed by value and never freed, and it is not NUL-terminated. A `buf` grows in an arena.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_STR_H
#define WITGEN_SUPPORT_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "support/arena.h"

typedef struct str {
  const char *ptr;
  size_t len;
} str;

typedef struct str_vec {
  str *items;
  size_t count, cap;
} str_vec;

#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
/* for printf's "%.*s" */
#define STR_ARG(s) (int)(s).len, (s).ptr

str str_of(const char *nul_terminated); /* no copy */
bool str_eq(str a, str b);
bool str_eq_c(str a, const char *b);
int str_compare(str a, str b); /* byte order, as memcmp; a prefix sorts first */
bool str_starts_with(str s, const char *prefix);
bool str_ends_with(str s, const char *suffix);
str str_sub(str s, size_t from, size_t to); /* bytes from..to; both clamped to the text */
/* Offset of the first `c` at or after `from`, or s.len. */
size_t str_find(str s, char c, size_t from);

str str_copy(arena *a, str s);      /* the copy is followed by a NUL byte */
const char *str_c(arena *a, str s); /* the same as a C string */
str str_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

typedef struct buf {
  arena *arena;
  char *items; /* always NUL-terminated once something was added */
  size_t count, cap;
} buf;

void buf_init(buf *b, arena *a);
/* Room for `extra` more bytes: texts of known or large size then grow without copies. */
void buf_reserve(buf *b, size_t extra);
void buf_add(buf *b, str s);
void buf_add_c(buf *b, const char *s);
void buf_add_byte(buf *b, char c);
void buf_printf(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(buf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
str buf_str(const buf *b); /* valid until the next addition */

#endif
