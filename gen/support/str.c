/*
 * Str and buf: plain byte loops; the only care is for empty views, whose pointer may be NULL.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/str.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_BUF = 64 };

str str_of(const char *nul_terminated) {
  return (str){nul_terminated, strlen(nul_terminated)};
}

bool str_eq(str a, str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_eq_c(str a, const char *b) {
  return str_eq(a, str_of(b));
}

int str_compare(str a, str b) {
  size_t shared = a.len < b.len ? a.len : b.len;
  int order = shared == 0 ? 0 : memcmp(a.ptr, b.ptr, shared);
  return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts_with(str s, const char *prefix) {
  size_t len = strlen(prefix);
  return len <= s.len && (len == 0 || memcmp(s.ptr, prefix, len) == 0);
}

bool str_ends_with(str s, const char *suffix) {
  size_t len = strlen(suffix);
  return len <= s.len && (len == 0 || memcmp(s.ptr + s.len - len, suffix, len) == 0);
}

str str_sub(str s, size_t from, size_t to) {
  to = to < s.len ? to : s.len;
  from = from < to ? from : to;
  return (str){s.len == 0 ? s.ptr : s.ptr + from, to - from};
}

size_t str_find(str s, char c, size_t from) {
  if (from >= s.len) {
    return s.len;
  }
  const char *at = memchr(s.ptr + from, c, s.len - from);
  return at == NULL ? s.len : (size_t)(at - s.ptr);
}

str str_copy(arena *a, str s) {
  char *copy = arena_alloc(a, s.len + 1);
  if (s.len > 0) {
    memcpy(copy, s.ptr, s.len);
  }
  return (str){copy, s.len};
}

const char *str_c(arena *a, str s) {
  return str_copy(a, s).ptr;
}

str str_format(arena *a, const char *format, ...) {
  buf b;
  buf_init(&b, a);
  va_list args;
  va_start(args, format);
  buf_vprintf(&b, format, args);
  va_end(args);
  if (b.cap > 0) {
    arena_trim(a, b.items, b.cap, b.count + 1);
  }
  return buf_str(&b);
}

void buf_init(buf *b, arena *a) {
  *b = (buf){.arena = a};
}

static void buf_enlarge(buf *b, size_t extra) {
  size_t wanted = b->count + extra + 1;
  size_t cap = b->cap == 0 ? FIRST_BUF : b->cap * 2;
  if (cap < wanted) {
    cap = wanted;
  }
  b->items = arena_grow(b->arena, b->items, b->cap, cap);
  b->cap = cap;
}

/* Room for `extra` bytes and the NUL byte behind them. */
void buf_reserve(buf *b, size_t extra) {
  if (b->cap - b->count <= extra) {
    buf_enlarge(b, extra);
  }
}

void buf_add(buf *b, str s) {
  buf_reserve(b, s.len);
  if (s.len > 0) {
    memcpy(b->items + b->count, s.ptr, s.len);
  }
  b->count += s.len;
  b->items[b->count] = '\0';
}

void buf_add_c(buf *b, const char *s) {
  buf_add(b, str_of(s));
}

void buf_add_byte(buf *b, char c) {
  buf_reserve(b, 1);
  b->items[b->count++] = c;
  b->items[b->count] = '\0';
}

void buf_printf(buf *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  buf_vprintf(b, format, args);
  va_end(args);
}

static void add_number(buf *b, unsigned long value) {
  char digits[3 * sizeof value];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  buf_add(b, (str){digits + at, sizeof digits - at});
}

/* Any format. */
static void add_formatted(buf *b, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  buf_reserve(b, 0);
  size_t room = b->cap - b->count;
  int length = vsnprintf(b->items + b->count, room, format, args);
  if (length >= 0 && (size_t)length >= room) {
    buf_reserve(b, (size_t)length);
    vsnprintf(b->items + b->count, (size_t)length + 1, format, again);
  }
  va_end(again);
  if (length > 0) {
    b->count += (size_t)length;
  }
}

/*
 * Nearly all formats hold nothing but %s, %.*s, %u, %lu, %zu and %%. These are put together here: stdio takes several
 * times as long, and it was a third of a run. False, with part of the text added, where the format holds anything else.
 */
static bool add_plain(buf *b, const char *format, va_list args) {
  for (const char *p = format;; p++) {
    if (*p != '\0' && *p != '%')
      continue;
    buf_add(b, (str){format, (size_t)(p - format)});
    if (*p == '\0')
      return true;
    p++;
    if (*p == 's') {
      buf_add_c(b, va_arg(args, const char *));
    } else if (p[0] == '.' && p[1] == '*' && p[2] == 's') {
      int length = va_arg(args, int);
      buf_add(b, (str){va_arg(args, const char *), (size_t)length});
      p += 2;
    } else if (*p == 'u') {
      add_number(b, va_arg(args, unsigned));
    } else if (*p == '%') {
      buf_add_byte(b, '%');
    } else if (p[0] == 'l' && p[1] == 'u') {
      add_number(b, va_arg(args, unsigned long));
      p++;
    } else if (p[0] == 'z' && p[1] == 'u') {
      add_number(b, va_arg(args, size_t));
      p++;
    } else {
      return false;
    }
    format = p + 1;
  }
}

void buf_vprintf(buf *b, const char *format, va_list args) {
  va_list again;
  size_t start = b->count;
  va_copy(again, args);
  if (!add_plain(b, format, args)) {
    b->count = start;
    add_formatted(b, format, again);
  }
  va_end(again);
}

str buf_str(const buf *b) {
  return (str){b->items == NULL ? "" : b->items, b->count};
}
