/*
 * Lex string: string literals, which WIT has for external ids; as in the core text format.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_LEX_STRING_H
#define WITGEN_WIT_LEX_STRING_H

#include "wit/lex.h"

typedef struct string_scan {
  uint32_t end; /* behind the closing quote, or where lexing goes on after a problem */
  lex_problem problem;
  uint32_t problem_at;
} string_scan;

/* Scans the literal whose opening quote is at `at`, and appends what it stands for to `value` unless that is NULL. */
string_scan string_scan_at(str text, uint32_t at, buf *value);

#endif
