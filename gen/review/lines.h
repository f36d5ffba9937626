/*
 * Lines: two texts side by side.
 *
 * The texts are compared by lines, and lines that stand side by side by words. The result is rows: a line of the old
 * text, one of the new text, or both. Where a shortest comparison leaves a choice, a change is put where a person would:
 * before an outer line, behind an empty one. Changed lines stand beside the ones that are most like them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_LINES_H
#define WITGEN_REVIEW_LINES_H

#include "support/str.h"
#include "support/vec.h"

/* Bytes from..to of a line. */
typedef struct mark {
  size_t from, to;
} mark;

typedef struct mark_vec {
  mark *items;
  size_t count, cap;
} mark_vec;

typedef enum row_kind { ROW_SAME, ROW_CHANGED, ROW_REMOVED, ROW_ADDED } row_kind;

typedef struct row {
  row_kind kind;
  size_t old_line, new_line; /* from 1; 0: none */
  str old_text, new_text;    /* without the line's end */
  mark_vec old_marks, new_marks; /* ROW_CHANGED: the words that differ */
} row;

typedef struct row_vec {
  row *items;
  size_t count, cap;
} row_vec;

/* The lines of a text without their ends; a text that ends in a newline has no empty line behind it. */
str_vec lines_split(str text, arena *a);

/* Both texts from the first line to the last. The rows point into the texts. */
row_vec lines_compare(str old, str new, arena *a);

#endif
