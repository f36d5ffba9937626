/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What the guests of the runtime tests share.
 *
 * Heap: every guest is linked with --wrap for malloc and friends, so that rt_heap_blocks() is the number of blocks
 * alive. A host asks before and after a case; a difference is a leak, or something freed twice.
 *
 * Log: a guest that tests something itself writes TAP-like lines with rt_check() and hands them to the host at the
 * end with rt_log_take(). The log's own memory is not counted.
 */
#ifndef RT_H
#define RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint32_t rt_heap_blocks(void);

/* Notes what was expected and whether it held; answers `held`. */
bool rt_check(bool held, const char *expected);
/* The same for two numbers; both are shown when they differ. */
bool rt_equal(uint64_t actual, uint64_t wanted, const char *what);
void rt_note(const char *text);

/* The log as a malloc'ed text that the caller owns; starts a new one. */
void rt_log_take(uint8_t **ptr, size_t *len);

/* Building texts: a text is one malloc'ed block that grows. */
typedef struct rt_text {
  char *ptr;
  size_t len, cap;
} rt_text;

void rt_put(rt_text *text, const char *s);
void rt_put_n(rt_text *text, const void *s, size_t len);
void rt_put_u64(rt_text *text, uint64_t value);
void rt_put_s64(rt_text *text, int64_t value);
/* Finite values as sign, integer part and six digits; "nan", "inf", "-inf". */
void rt_put_double(rt_text *text, double value);

#endif
