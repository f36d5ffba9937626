/*
 * Lines: split, number, compare, slide, pair; words.c does the words of a pair.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/lines.h"

#include "review/edits.h"
#include "review/words.h"

str_vec lines_split(str text, arena *a) {
  str_vec lines = {0};
  for (size_t at = 0; at < text.len;) {
    size_t end = str_find(text, '\n', at);
    str line = str_sub(text, at, end);
    vec_push(a, &lines, line);
    at = end + 1;
  }
  return lines;
}

static number_vec number_all(const str_vec *lines, numbering *n, arena *a) {
  number_vec numbers = {arena_new_array(a, uint32_t, lines->count), lines->count, lines->count};
  for (size_t i = 0; i < lines->count; i++) {
    numbers.items[i] = numbering_of(n, lines->items[i]);
  }
  return numbers;
}

/* Slide: lines a, b that come before another a are as well b, a after it. */

static size_t indent_of(str line) {
  size_t i = 0;
  while (i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t')) {
    i++;
  }
  return i;
}

/* How little a person would like a block that starts with line `from` and ends before `to`. */
static size_t badness(const str_vec *lines, size_t from, size_t to) {
  enum { INNER = 4, EMPTY_FIRST = 1000, NOT_APART = 2 };
  str first = lines->items[from];
  size_t bad = indent_of(first) == first.len ? EMPTY_FIRST : INNER * indent_of(first);
  bool apart = from == 0 || lines->items[from - 1].len == 0 || to == lines->count || lines->items[to].len == 0;
  return bad + (apart ? 0 : NOT_APART);
}

/* Where lines from..to of `lines` had best start, between `low` and `high`, which lines next to it leave open. */
static size_t best_start(const str_vec *lines, const number_vec *n, size_t from, size_t to, size_t low, size_t high) {
  size_t count = to - from, start = from;
  while (start > low && n->items[start - 1] == n->items[start + count - 1]) {
    start--;
  }
  size_t best = start, least = badness(lines, start, start + count);
  while (start + count < high && n->items[start] == n->items[start + count]) {
    start++;
    size_t bad = badness(lines, start, start + count);
    if (bad <= least) {
      best = start;
      least = bad;
    }
  }
  return best;
}

static void move(size_t *from, size_t *to, size_t *other, size_t start) {
  *other = *other + start - *from;
  *to = *to + start - *from;
  *from = start;
}

/* Edits that only add or only take away, each within the room between its neighbours. */
static void slide_all(edit_vec *edits, const str_vec *old, const number_vec *o, const str_vec *new,
                      const number_vec *n) {
  for (size_t i = 0; i < edits->count; i++) {
    edit *e = &edits->items[i];
    const edit *next = i + 1 < edits->count ? e + 1 : NULL;
    /* one unchanged line stays between neighbours, so that they stay two edits */
    if (e->old_from == e->old_to) {
      size_t low = i > 0 ? e[-1].new_to + 1 : 0, high = next != NULL ? next->new_from - 1 : new->count;
      size_t start = best_start(new, n, e->new_from, e->new_to, low, high);
      move(&e->new_from, &e->new_to, &e->old_from, start);
      e->old_to = e->old_from;
    } else if (e->new_from == e->new_to) {
      size_t low = i > 0 ? e[-1].old_to + 1 : 0, high = next != NULL ? next->old_from - 1 : old->count;
      size_t start = best_start(old, o, e->old_from, e->old_to, low, high);
      move(&e->old_from, &e->old_to, &e->new_from, start);
      e->new_to = e->new_from;
    }
  }
}

/* Rows */

typedef struct side_by_side {
  arena *arena;
  const str_vec *old, *new;
  row_vec rows;
} side_by_side;

static void add_row(side_by_side *s, row_kind kind, size_t old, size_t new) {
  row r = {.kind = kind};
  if (kind != ROW_ADDED) {
    r.old_line = old + 1;
    r.old_text = s->old->items[old];
  }
  if (kind != ROW_REMOVED) {
    r.new_line = new + 1;
    r.new_text = s->new->items[new];
  }
  if (kind == ROW_CHANGED) {
    words_compare(r.old_text, r.new_text, s->arena, &r.old_marks, &r.new_marks);
  }
  vec_push(s->arena, &s->rows, r);
}

static void add_same(side_by_side *s, size_t *old, size_t *new, size_t old_to) {
  while (*old < old_to) {
    add_row(s, ROW_SAME, (*old)++, (*new)++);
  }
}

/*
 * The best pairs of the lines of an edit, in order, by dynamic programming: best[i][k] is what lines i.. of the old and k..
 * of the new text can have in common. Large edits are not worth it; their lines are paired as they come.
 */
enum { PAIR_LIMIT = 64 * 64 };

typedef struct pairing {
  const edit *e;
  size_t columns;
  unsigned *alike, *best;
} pairing;

static pairing pairing_of(const side_by_side *s, const edit *e) {
  size_t rows = e->old_to - e->old_from, columns = e->new_to - e->new_from;
  pairing p = {.e = e, .columns = columns + 1};
  p.alike = arena_new_array(s->arena, unsigned, (rows + 1) * (columns + 1));
  p.best = arena_new_array(s->arena, unsigned, (rows + 1) * (columns + 1));
  words_bag *bags = arena_new_array(s->arena, words_bag, columns);
  for (size_t k = 0; k < columns; k++) {
    bags[k] = words_bag_of(s->new->items[e->new_from + k], s->arena);
  }
  for (size_t i = rows; i-- > 0;) {
    words_bag bag = words_bag_of(s->old->items[e->old_from + i], s->arena);
    for (size_t k = columns; k-- > 0;) {
      size_t at = i * p.columns + k;
      unsigned skipped = p.best[at + 1] > p.best[at + p.columns] ? p.best[at + 1] : p.best[at + p.columns];
      p.alike[at] = words_likeness(&bag, &bags[k]);
      unsigned paired = p.best[at + p.columns + 1] + p.alike[at];
      p.best[at] = p.alike[at] > 0 && paired >= skipped ? paired : skipped;
    }
  }
  return p;
}

static void add_paired(side_by_side *s, const edit *e) {
  pairing p = pairing_of(s, e);
  size_t i = e->old_from, k = e->new_from;
  while (i < e->old_to && k < e->new_to) {
    size_t at = (i - e->old_from) * p.columns + (k - e->new_from);
    if (p.alike[at] > 0 && p.best[at] == p.best[at + p.columns + 1] + p.alike[at]) {
      add_row(s, ROW_CHANGED, i++, k++);
    } else if (p.best[at] == p.best[at + p.columns]) {
      add_row(s, ROW_REMOVED, i++, 0);
    } else {
      add_row(s, ROW_ADDED, 0, k++);
    }
  }
  while (i < e->old_to) {
    add_row(s, ROW_REMOVED, i++, 0);
  }
  while (k < e->new_to) {
    add_row(s, ROW_ADDED, 0, k++);
  }
}

static void add_in_order(side_by_side *s, const edit *e) {
  size_t i = e->old_from, k = e->new_from;
  while (i < e->old_to && k < e->new_to) {
    add_row(s, ROW_CHANGED, i++, k++);
  }
  while (i < e->old_to) {
    add_row(s, ROW_REMOVED, i++, 0);
  }
  while (k < e->new_to) {
    add_row(s, ROW_ADDED, 0, k++);
  }
}

static void add_edit(side_by_side *s, const edit *e) {
  size_t rows = e->old_to - e->old_from, columns = e->new_to - e->new_from;
  if (columns == 0 || rows <= PAIR_LIMIT / columns) {
    add_paired(s, e);
  } else {
    add_in_order(s, e);
  }
}

row_vec lines_compare(str old, str new, arena *a) {
  str_vec old_lines = lines_split(old, a), new_lines = lines_split(new, a);
  numbering numbers;
  numbering_init(&numbers, a);
  number_vec o = number_all(&old_lines, &numbers, a), n = number_all(&new_lines, &numbers, a);
  numbering_release(&numbers);
  edit_vec edits = edits_find(&o, &n, a);
  slide_all(&edits, &old_lines, &o, &new_lines, &n);
  side_by_side s = {.arena = a, .old = &old_lines, .new = &new_lines};
  size_t i = 0, k = 0;
  for (size_t e = 0; e < edits.count; e++) {
    add_same(&s, &i, &k, edits.items[e].old_from);
    add_edit(&s, &edits.items[e]);
    i = edits.items[e].old_to;
    k = edits.items[e].new_to;
  }
  add_same(&s, &i, &k, old_lines.count);
  return s.rows;
}
