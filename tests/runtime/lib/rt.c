/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The guest side of the runtime tests: counted heap, log, small text builder. See rt.h.
 * No stdio: wasi-libc's would import a file system that a component without WASI does not have.
 */
#include "rt.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *ptr, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
void __real_free(void *ptr);

static uint32_t blocks;

void *__wrap_malloc(size_t size) {
  void *ptr = __real_malloc(size);
  blocks += ptr != NULL;
  return ptr;
}

void *__wrap_calloc(size_t count, size_t size) {
  void *ptr = __real_calloc(count, size);
  blocks += ptr != NULL;
  return ptr;
}

void *__wrap_realloc(void *old, size_t size) {
  void *ptr = __real_realloc(old, size);
  blocks += old == NULL && ptr != NULL;
  return ptr;
}

void *__wrap_aligned_alloc(size_t align, size_t size) {
  void *ptr = __real_aligned_alloc(align, size);
  blocks += ptr != NULL;
  return ptr;
}

void __wrap_free(void *ptr) {
  blocks -= ptr != NULL;
  /* A freed block must not look alive: whoever still reads it sees nonsense. */
  __real_free(ptr);
}

uint32_t rt_heap_blocks(void) { return blocks; }

void rt_put_n(rt_text *text, const void *s, size_t len) {
  if (text->len + len > text->cap) {
    text->cap = (text->len + len) * 2;
    text->ptr = realloc(text->ptr, text->cap);
    if (!text->ptr) abort();
  }
  memcpy(text->ptr + text->len, s, len);
  text->len += len;
}

void rt_put(rt_text *text, const char *s) { rt_put_n(text, s, strlen(s)); }

void rt_put_u64(rt_text *text, uint64_t value) {
  char digits[20];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + value % 10);
  while (value /= 10);
  rt_put_n(text, digits + at, sizeof digits - at);
}

void rt_put_s64(rt_text *text, int64_t value) {
  if (value < 0) rt_put(text, "-");
  rt_put_u64(text, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void rt_put_double(rt_text *text, double value) {
  if (value != value) {
    rt_put(text, "nan");
    return;
  }
  if (signbit(value)) rt_put(text, "-");
  value = fabs(value);
  if (value > 1e18) {
    rt_put(text, isinf(value) ? "inf" : "huge");
    return;
  }
  uint64_t whole = (uint64_t)value;
  uint64_t digits = (uint64_t)((value - (double)whole) * 1e6 + 0.5);
  rt_put_u64(text, whole);
  rt_put(text, ".");
  for (uint64_t place = 100000; place; place /= 10) rt_put_u64(text, digits / place % 10);
}

/* The log lives in its own uncounted block. */
static char *log_text;
static size_t log_len;

static void log_append(const char *s, size_t len) {
  log_text = __real_realloc(log_text, log_len + len);
  if (!log_text) abort();
  memcpy(log_text + log_len, s, len);
  log_len += len;
}

static void log_line(const char *status, const char *what) {
  log_append(status, strlen(status));
  log_append(what, strlen(what));
  log_append("\n", 1);
}

bool rt_check(bool held, const char *expected) {
  log_line(held ? "ok " : "not ok ", expected);
  return held;
}

void rt_note(const char *text) { log_line("# ", text); }

bool rt_equal(uint64_t actual, uint64_t wanted, const char *what) {
  if (actual == wanted) return rt_check(true, what);
  rt_text text = {0};
  rt_put(&text, what);
  rt_put(&text, ": got ");
  rt_put_u64(&text, actual);
  rt_put(&text, ", wanted ");
  rt_put_u64(&text, wanted);
  rt_put_n(&text, "", 1);
  rt_check(false, text.ptr);
  free(text.ptr);
  return false;
}

void rt_log_take(uint8_t **ptr, size_t *len) {
  *len = log_len;
  *ptr = malloc(log_len ? log_len : 1);
  if (!*ptr) abort();
  memcpy(*ptr, log_text, log_len);
  __real_free(log_text);
  log_text = NULL;
  log_len = 0;
}
