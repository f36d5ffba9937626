/*
 * Positions: lines and columns of all changes, by one walk through each text.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>

#include "review/compare_parts.h"
#include "support/utf8.h"

typedef struct wanted {
  span at;
  position *out;
} wanted;

static int compare_wanted(const void *a, const void *b) {
  const span *x = &((const wanted *)a)->at, *y = &((const wanted *)b)->at;
  uintptr_t left = (uintptr_t)x->source, right = (uintptr_t)y->source;
  if (left != right)
    return left < right ? -1 : 1;
  return (x->start > y->start) - (x->start < y->start);
}

/* Goes on from one offset in a text to a later one. */
static void walk(str text, size_t *at, position *p, size_t to) {
  for (size_t end; (end = str_find(text, '\n', *at)) < to; *at = end + 1) {
    p->line++;
    p->column = 1;
  }
  while (*at < to && *at < text.len) {
    uint32_t character;
    size_t length = utf8_decode(text, *at, &character);
    *at += length ? length : 1;
    p->column++;
  }
}

static void add_wanted(wanted *all, size_t *count, span at, position *out) {
  if (at.source)
    all[(*count)++] = (wanted){at, out};
}

void positions_assign(comparison *c) {
  change_vec *changes = &c->out->changes;
  wanted *all = arena_new_array(c->arena, wanted, 2 * changes->count);
  size_t count = 0, at = 0;
  position p = {1, 1};
  for (size_t i = 0; i < changes->count; i++) {
    add_wanted(all, &count, changes->items[i].old_at, &changes->items[i].old_position);
    add_wanted(all, &count, changes->items[i].new_at, &changes->items[i].new_position);
  }
  if (count)
    qsort(all, count, sizeof *all, compare_wanted);
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || all[i].at.source != all[i - 1].at.source) {
      at = 0;
      p = (position){1, 1};
    }
    walk(all[i].at.source->text, &at, &p, all[i].at.start);
    *all[i].out = p;
  }
}
