/*
 * Words: what differs within two lines.
 *
 * A word is a run of letters, digits, '_' and everything outside ASCII, or a run of blanks, or any other character alone.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_WORDS_H
#define WITGEN_REVIEW_WORDS_H

#include <stdint.h>

#include "review/lines.h"
#include "support/table.h"

/* One number for each different text. */
typedef struct numbering {
  table table;
  uint32_t next;
} numbering;

void numbering_init(numbering *n, arena *a);
void numbering_release(numbering *n);
uint32_t numbering_of(numbering *n, str text);

/* The places of both lines that differ; all of both when they have too little in common to be worth a closer look. */
void words_compare(str old, str new, arena *a, mark_vec *old_marks, mark_vec *new_marks);

/* The words of a line without blanks, sorted. */
typedef struct words_bag {
  str_vec words;
  size_t weight; /* bytes in them */
} words_bag;

words_bag words_bag_of(str line, arena *a);

/* 0: not worth standing side by side; else more for lines that have more in common. */
unsigned words_likeness(const words_bag *a, const words_bag *b);

#endif
