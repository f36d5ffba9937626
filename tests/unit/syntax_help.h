/*
 * Syntax help: parse a literal, and look at what was said.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef TESTS_UNIT_SYNTAX_HELP_H
#define TESTS_UNIT_SYNTAX_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/diag.h"

typedef struct fixture {
  arena arena;
  diag diag;
  source source;
} fixture;

static inline int fixture_start(void **state) {
  fixture *f = calloc(1, sizeof *f);
  arena_init(&f->arena);
  diag_init(&f->diag, &f->arena);
  *state = f;
  return 0;
}

static inline int fixture_end(void **state) {
  fixture *f = *state;
  arena_release(&f->arena);
  free(f);
  return 0;
}

/* The text in a heap block of exactly its size, so that the sanitizer sees a read past its end. */
static inline const source *fixture_source(fixture *f, str text) {
  f->source = (source){STR("x.wit"), {arena_alloc(&f->arena, text.len), text.len}};
  if (text.len > 0) {
    memcpy((char *)(uintptr_t)f->source.text.ptr, text.ptr, text.len);
  }
  return &f->source;
}

#define FIXTURE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_end)

#define assert_str(s, expected)                                                                                        \
  do {                                                                                                                 \
    str assert_str_s = (s);                                                                                            \
    assert_int_equal(assert_str_s.len, strlen(expected));                                                              \
    assert_memory_equal(assert_str_s.ptr, (expected), strlen(expected));                                               \
  } while (0)

/* What diag_print writes. */
static inline str fixture_printed(fixture *f, bool color) {
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&text, &length);
  assert_non_null(out);
  diag_print(&f->diag, out, color);
  fclose(out);
  str copy = str_copy(&f->arena, (str){text, length});
  free(text);
  return copy;
}

/* "3:14 text" of the n-th message. */
static inline const char *fixture_message(fixture *f, size_t n) {
  if (n >= f->diag.messages.count) {
    return "none";
  }
  const diag_message *m = &f->diag.messages.items[n];
  uint32_t line = 0, column = 0;
  diag_position(m->at, &line, &column);
  return str_format(&f->arena, "%u:%u %.*s", line, column, STR_ARG(m->text)).ptr;
}

#endif
