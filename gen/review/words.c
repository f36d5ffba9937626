/*
 * Words: lines to words, words to numbers, and the edits between them as marks.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/words.h"

#include <stdlib.h>

#include "review/edits.h"

void numbering_init(numbering *n, arena *a) {
  table_init(&n->table, a);
  n->next = 0;
}

void numbering_release(numbering *n) {
  table_release(&n->table);
}

uint32_t numbering_of(numbering *n, str text) {
  void *known = table_add(&n->table, text, (void *)(uintptr_t)(n->next + 1));
  return known == NULL ? n->next++ : (uint32_t)(uintptr_t)known - 1;
}

/* Words */

typedef enum word_class { WORD_BLANK, WORD_LETTERS, WORD_OTHER } word_class;

static word_class class_of(char c) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                (unsigned char)c >= 0x80;
  return letter ? WORD_LETTERS : c == ' ' || c == '\t' || c == '\r' ? WORD_BLANK : WORD_OTHER;
}

static size_t word_end(str line, size_t from) {
  word_class class = class_of(line.ptr[from]);
  size_t to = from + 1;
  while (class != WORD_OTHER && to < line.len && class_of(line.ptr[to]) == class) {
    to++;
  }
  return to;
}

static str_vec words_split(str line, arena *a) {
  str_vec words = {0};
  for (size_t at = 0; at < line.len;) {
    size_t end = word_end(line, at);
    str word = str_sub(line, at, end);
    vec_push(a, &words, word);
    at = end;
  }
  return words;
}

static number_vec words_number(const str_vec *words, numbering *n, arena *a) {
  number_vec numbers = {0};
  for (size_t i = 0; i < words->count; i++) {
    vec_push(a, &numbers, numbering_of(n, words->items[i]));
  }
  return numbers;
}

/* Marks */

static bool is_blank(str word) {
  return class_of(word.ptr[0]) == WORD_BLANK;
}

/* Words from..to of a line; marks with nothing but blanks between them become one. */
static void add_mark(arena *a, mark_vec *marks, str line, const str_vec *words, size_t from, size_t to) {
  if (from == to) {
    return;
  }
  mark m = {(size_t)(words->items[from].ptr - line.ptr),
            (size_t)(words->items[to - 1].ptr - line.ptr) + words->items[to - 1].len};
  mark *last = marks->count > 0 ? &marks->items[marks->count - 1] : NULL;
  if (last != NULL && class_of(line.ptr[last->to]) == WORD_BLANK && word_end(line, last->to) == m.from) {
    last->to = m.to;
  } else {
    vec_push(a, marks, m);
  }
}

/* Bytes of a line, but for its blanks, that the edits leave. */
static size_t weight_kept(const str_vec *words, const edit_vec *edits) {
  size_t weight = 0, next = 0;
  for (size_t e = 0; e <= edits->count; e++) {
    size_t to = e < edits->count ? edits->items[e].old_from : words->count;
    for (; next < to; next++) {
      weight += is_blank(words->items[next]) ? 0 : words->items[next].len;
    }
    next = e < edits->count ? edits->items[e].old_to : next;
  }
  return weight;
}

static size_t weight_all(const str_vec *words) {
  edit_vec none = {0};
  return weight_kept(words, &none);
}

static void mark_all(arena *a, mark_vec *marks, str line) {
  mark all = {0, line.len};
  if (line.len > 0) {
    vec_push(a, marks, all);
  }
}

void words_compare(str old, str new, arena *a, mark_vec *old_marks, mark_vec *new_marks) {
  str_vec old_words = words_split(old, a), new_words = words_split(new, a);
  numbering numbers;
  numbering_init(&numbers, a);
  number_vec o = words_number(&old_words, &numbers, a), n = words_number(&new_words, &numbers, a);
  numbering_release(&numbers);
  edit_vec edits = edits_find(&o, &n, a);
  size_t kept = weight_kept(&old_words, &edits), both = weight_all(&old_words) + weight_all(&new_words);
  if (5 * 2 * kept < both) { /* less than a fifth */
    mark_all(a, old_marks, old);
    mark_all(a, new_marks, new);
    return;
  }
  for (size_t i = 0; i < edits.count; i++) {
    const edit *e = &edits.items[i];
    add_mark(a, old_marks, old, &old_words, e->old_from, e->old_to);
    add_mark(a, new_marks, new, &new_words, e->new_from, e->new_to);
  }
}

/* Likeness */

static int compare_words(const void *a, const void *b) {
  return str_compare(*(const str *)a, *(const str *)b);
}

words_bag words_bag_of(str line, arena *a) {
  words_bag bag = {0};
  str_vec all = words_split(line, a);
  for (size_t i = 0; i < all.count; i++) {
    if (!is_blank(all.items[i])) {
      vec_push(a, &bag.words, all.items[i]);
      bag.weight += all.items[i].len;
    }
  }
  if (bag.words.count > 1) {
    qsort(bag.words.items, bag.words.count, sizeof *bag.words.items, compare_words);
  }
  return bag;
}

unsigned words_likeness(const words_bag *a, const words_bag *b) {
  size_t common = 0, i = 0, k = 0;
  while (i < a->words.count && k < b->words.count) {
    int order = str_compare(a->words.items[i], b->words.items[k]);
    common += order == 0 ? a->words.items[i].len : 0;
    i += order <= 0;
    k += order >= 0;
  }
  size_t both = a->weight + b->weight;
  unsigned percent = both == 0 ? 100 : (unsigned)(200 * common / both);
  return percent >= 30 ? percent : 0;
}
