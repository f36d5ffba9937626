/*
 * Edits: the linear-space algorithm of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), section 4b.
 *
 *   drop    elements that the other sequence does not have at all: they have changed, whatever else is true
 *   search  what is left, box by box: common ends are trimmed, then the box is split at a point of a shortest path, which is
 *           found where two searches from opposite corners meet
 *   gather  neighbouring changed elements into edits
 *
 * A box is a part of the old sequence against a part of the new one. A path through it starts in the upper left corner; a
 * step right takes an element away, a step down adds one, and diagonal steps over equal elements are free. `reach[k]` is
 * how far right a search came on diagonal k = x - y. The search from the lower right corner is the same one over the
 * reversed sequences.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/edits.h"

#include <stdbool.h>

/* Steps of one search; a box that needs more is split where the search has come farthest. Keeps hostile input linear. */
enum { STEP_LIMIT = 512 };

enum { NOWHERE = -1 };

typedef struct box {
  ptrdiff_t old_from, old_to, new_from, new_to;
} box;

typedef struct box_vec {
  box *items;
  size_t count, cap;
} box_vec;

typedef struct sequence {
  const uint32_t *items; /* without dropped elements */
  const size_t *places;  /* of these in the whole sequence */
  bool *changed;         /* for each element of the whole sequence */
  size_t count;
} sequence;

typedef struct search {
  sequence old, new;
  ptrdiff_t *reach[2]; /* from the start, from the end; index 0 is in the middle */
} search;

typedef struct point {
  ptrdiff_t x, y; /* in the box */
} point;

static ptrdiff_t box_width(const box *b) {
  return b->old_to - b->old_from;
}

static ptrdiff_t box_height(const box *b) {
  return b->new_to - b->new_from;
}

static bool is_same(const search *s, const box *b, bool reversed, ptrdiff_t x, ptrdiff_t y) {
  return reversed ? s->old.items[b->old_to - 1 - x] == s->new.items[b->new_to - 1 - y]
                  : s->old.items[b->old_from + x] == s->new.items[b->new_from + y];
}

/* How far a search comes on diagonal `k` with `steps` steps, from what it reached with one less. */
static ptrdiff_t reach_on(const search *s, const box *b, bool reversed, ptrdiff_t k, ptrdiff_t steps) {
  const ptrdiff_t *reach = s->reach[reversed];
  ptrdiff_t width = box_width(b), height = box_height(b);
  ptrdiff_t right = k > -steps ? reach[k - 1] : NOWHERE, down = k < steps ? reach[k + 1] : NOWHERE;
  ptrdiff_t x = steps == 0 ? 0 : NOWHERE;
  if (right != NOWHERE && right < width) {
    x = right + 1;
  }
  if (down != NOWHERE && down - k <= height && down > x) {
    x = down;
  }
  while (x != NOWHERE && x < width && x - k < height && is_same(s, b, reversed, x, x - k)) {
    x++;
  }
  return x;
}

/* One more step of one search. True, with the point, when it meets the other one, which made `other_steps`. */
static bool advance(search *s, const box *b, bool reversed, ptrdiff_t steps, ptrdiff_t other_steps, point *met) {
  ptrdiff_t width = box_width(b), height = box_height(b), delta = width - height;
  ptrdiff_t low = steps <= height ? -steps : steps - 2 * height, high = steps <= width ? steps : 2 * width - steps;
  ptrdiff_t *reach = s->reach[reversed], *other = s->reach[!reversed];
  for (ptrdiff_t k = low; k <= high; k += 2) {
    ptrdiff_t x = reach[k] = reach_on(s, b, reversed, k, steps), mirrored = delta - k;
    bool both = (mirrored - other_steps) % 2 == 0 && mirrored >= -other_steps && mirrored <= other_steps &&
                mirrored >= -height && mirrored <= width;
    if (both && x != NOWHERE && other[mirrored] != NOWHERE && x + other[mirrored] >= width) {
      *met = reversed ? (point){width - x, height - (x - k)} : (point){x, x - k};
      return true;
    }
  }
  return false;
}

static point farthest(const search *s, const box *b, ptrdiff_t steps) {
  ptrdiff_t width = box_width(b), height = box_height(b);
  ptrdiff_t low = steps <= height ? -steps : steps - 2 * height, high = steps <= width ? steps : 2 * width - steps;
  point best = {0, 0};
  for (ptrdiff_t k = low; k <= high; k += 2) {
    ptrdiff_t x = s->reach[0][k];
    if (x != NOWHERE && 2 * x - k > best.x + best.y) {
      best = (point){x, x - k};
    }
  }
  return best;
}

/* A point inside a box whose ends differ and that has elements on both sides. */
static point split(search *s, const box *b) {
  point met;
  for (ptrdiff_t steps = 0;; steps++) {
    if (advance(s, b, false, steps, steps - 1, &met) || advance(s, b, true, steps, steps, &met)) {
      return met;
    }
    if (steps == STEP_LIMIT) {
      return farthest(s, b, steps);
    }
  }
}

static box trim(const search *s, box b) {
  while (b.old_from < b.old_to && b.new_from < b.new_to && is_same(s, &b, false, 0, 0)) {
    b.old_from++;
    b.new_from++;
  }
  while (b.old_from < b.old_to && b.new_from < b.new_to && is_same(s, &b, true, 0, 0)) {
    b.old_to--;
    b.new_to--;
  }
  return b;
}

static void mark(sequence *q, ptrdiff_t from, ptrdiff_t to) {
  for (ptrdiff_t i = from; i < to; i++) {
    q->changed[q->places[i]] = true;
  }
}

static void search_all(search *s, arena *a) {
  box_vec open = {0};
  box all = {0, (ptrdiff_t)s->old.count, 0, (ptrdiff_t)s->new.count};
  vec_push(a, &open, all);
  while (open.count > 0) {
    box b = trim(s, open.items[--open.count]);
    if (box_width(&b) == 0 || box_height(&b) == 0) {
      mark(&s->old, b.old_from, b.old_to);
      mark(&s->new, b.new_from, b.new_to);
      continue;
    }
    point at = split(s, &b);
    box first = {b.old_from, b.old_from + at.x, b.new_from, b.new_from + at.y};
    box second = {first.old_to, b.old_to, first.new_to, b.new_to};
    vec_push(a, &open, second);
    vec_push(a, &open, first);
  }
}

/* Drop */

static uint32_t largest(const number_vec *v, uint32_t so_far) {
  for (size_t i = 0; i < v->count; i++) {
    so_far = v->items[i] > so_far ? v->items[i] : so_far;
  }
  return so_far;
}

static sequence sequence_of(const number_vec *all, const bool *in_other, arena *a) {
  uint32_t *items = arena_new_array(a, uint32_t, all->count);
  size_t *places = arena_new_array(a, size_t, all->count);
  sequence q = {.items = items, .places = places, .changed = arena_new_array(a, bool, all->count + 1)};
  for (size_t i = 0; i < all->count; i++) {
    if (in_other[all->items[i]]) {
      items[q.count] = all->items[i];
      places[q.count++] = i;
    } else {
      q.changed[i] = true;
    }
  }
  return q;
}

static bool *members_of(const number_vec *v, size_t size, arena *a) {
  bool *present = arena_new_array(a, bool, size);
  for (size_t i = 0; i < v->count; i++) {
    present[v->items[i]] = true;
  }
  return present;
}

/* Gather */

static edit_vec gather(const search *s, size_t old_count, size_t new_count, arena *a) {
  edit_vec out = {0};
  size_t i = 0, k = 0;
  while (i < old_count || k < new_count) {
    edit e = {i, i, k, k};
    while (e.old_to < old_count && s->old.changed[e.old_to]) {
      e.old_to++;
    }
    while (e.new_to < new_count && s->new.changed[e.new_to]) {
      e.new_to++;
    }
    if (e.old_to > e.old_from || e.new_to > e.new_from) {
      vec_push(a, &out, e);
    }
    i = e.old_to + 1; /* over one that is the same in both */
    k = e.new_to + 1;
  }
  return out;
}

edit_vec edits_find(const number_vec *old, const number_vec *new, arena *a) {
  size_t size = (size_t)largest(new, largest(old, 0)) + 1;
  search s = {.old = sequence_of(old, members_of(new, size, a), a), .new = sequence_of(new, members_of(old, size, a), a)};
  size_t diagonals = s.old.count + s.new.count + 3;
  for (int i = 0; i < 2; i++) {
    s.reach[i] = arena_new_array(a, ptrdiff_t, diagonals) + s.new.count + 1;
  }
  search_all(&s, a);
  return gather(&s, old->count, new->count, a);
}
