/*
 * Parts of the page: what its files share. Nobody else includes this.
 *
 *   html_wit.c    which WIT texts belong side by side
 *   html_code.c   the C of both inputs, and which line of a header an item is in
 *   html_text.c   two texts side by side, folded
 *   html_list.c   summary and changes
 *   html_write.c  text to HTML
 *   html.c        the page
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_HTML_PARTS_H
#define WITGEN_REVIEW_HTML_PARTS_H

#include "emit/emit.h"
#include "review/change.h"
#include "review/lines.h"
#include "support/table.h"

/* Lines of one text that a change leads to: they get anchors, and are never folded away. */
typedef struct line_set {
  bool *items; /* by line, from 1 */
  size_t count; /* lines */
} line_set;

/* Two texts that belong side by side; either may be missing. */
typedef struct text_pair {
  str id;    /* prefix of its anchors: "w1" */
  str title; /* path or file name; of the new text, if there is one */
  str old_title;
  bool has_old, has_new, open;
  bool left_out;  /* not on the page, which would be too large */
  size_t context; /* equal lines around a difference */
  size_t keep, ends; /* of more than `keep` equal lines, only so many are kept at each end */
  str old, new;
  bool has_source; /* WIT that was read: */
  const source *old_source, *new_source;
  bool has_items;  /* other WIT, and headers: */
  table old_items, new_items; /* path of an item -> its line, as a pointer-sized number */
  line_set old_lines, new_lines;
  size_t removed, added; /* lines; set by html_text_measure() */
  row_vec rows;
} text_pair;

typedef struct text_pair_vec {
  text_pair *items;
  size_t count, cap;
} text_pair_vec;

/* The C of one world. */
typedef struct world_code {
  str title;
  str why; /* why no C can be made of it; empty if it can */
  size_t first, count; /* its files among all */
} world_code;

typedef struct world_code_vec {
  world_code *items;
  size_t count, cap;
} world_code_vec;

typedef struct page {
  arena *arena;
  const review *review;
  text_pair_vec wit, code;
  world_code_vec worlds;
} page;

/* html_write.c */

/* Text as the content of an element or a quoted attribute; controls and what is no UTF-8 are made visible. */
void html_text(buf *out, str text);
/* "1,234" */
void html_number(buf *out, size_t number);

/* html_wit.c, html_code.c */

/* The path without its directory and revision. */
str html_file_name(str path);
void html_find_wit(page *p);
void html_make_code(page *p, const emit_options *options);
/* The line of the item at `path`, or of what it is in; 0: none. `*depth`: how much of the path that is. */
size_t html_item_line(const table *items, str path, size_t *depth);

/* html_text.c */

void html_text_compare(text_pair *t, arena *a);
void html_text_want_line(line_set *lines, str text, size_t line, arena *a);
/* Each pair, folded into `<details>`; then the names of those that are equal. */
void html_text_emit(buf *out, const text_pair *texts, size_t count);

/* html_list.c */

void html_emit_verdict(buf *out, page *p);
void html_emit_changes(buf *out, page *p);
/* Marks the lines that changes lead to; before the texts are emitted. */
void html_want_lines(page *p);

#endif
