/*
 * HTML text: two texts side by side.
 *
 * Rows are cut into stretches: those near a difference or an anchor are shown in two columns; the others, equal on both
 * sides, are folded, shown in one column, and cut when they are long. On narrow screens the style puts the columns below each
 * other and leaves out what is equal, so that a page has each row once.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/html_parts.h"

enum { FOLD_LEAST = 5 }; /* fewer equal rows are not worth folding */

void html_text_want_line(line_set *lines, str text, size_t line, arena *a) {
  if (lines->items == NULL) {
    lines->count = lines_split(text, a).count;
    lines->items = arena_new_array(a, bool, lines->count + 1);
  }
  if (line <= lines->count) {
    lines->items[line] = true;
  }
}

static bool is_wanted(const line_set *lines, size_t line) {
  return lines->items != NULL && line <= lines->count && lines->items[line];
}

void html_text_compare(text_pair *t, arena *a) {
  t->rows = lines_compare(t->old, t->new, a);
  for (size_t i = 0; i < t->rows.count; i++) {
    row_kind kind = t->rows.items[i].kind;
    t->removed += kind == ROW_REMOVED || kind == ROW_CHANGED;
    t->added += kind == ROW_ADDED || kind == ROW_CHANGED;
  }
}

/* Cells */

static void add_marked(buf *out, str text, const mark_vec *marks, const char *element) {
  size_t at = 0;
  for (size_t i = 0; i < marks->count; i++) {
    mark m = marks->items[i];
    html_text(out, str_sub(text, at, m.from));
    buf_printf(out, "<%s>", element);
    html_text(out, str_sub(text, m.from, m.to));
    buf_printf(out, "</%s>", element);
    at = m.to;
  }
  html_text(out, str_sub(text, at, text.len));
}

static void add_number(buf *out, const text_pair *t, const line_set *wanted, char side, size_t line) {
  if (is_wanted(wanted, line)) {
    buf_printf(out, "<td id=%.*s-%c%zu>%zu", STR_ARG(t->id), side, line, line);
  } else {
    buf_printf(out, "<td>%zu", line);
  }
}

static void add_old(buf *out, const text_pair *t, const row *r, const line_set *wanted) {
  add_number(out, t, wanted, 'o', r->old_line);
  buf_add_c(out, "<td>");
  add_marked(out, r->old_text, &r->old_marks, "del");
}

static void add_new(buf *out, const text_pair *t, const row *r) {
  add_number(out, t, &t->new_lines, 'n', r->new_line);
  buf_add_c(out, "<td>");
  add_marked(out, r->new_text, &r->new_marks, "ins");
}

/* On narrow screens an equal row shows its new side alone: there the row itself is what an anchor of the old side names. */
static void add_row_start(buf *out, const text_pair *t, const row *r) {
  static const char *const classes[] = {[ROW_SAME] = "", [ROW_CHANGED] = " class=c", [ROW_REMOVED] = " class=r", [ROW_ADDED] = " class=a"};
  buf_printf(out, "<tr%s", classes[r->kind]);
  if (r->kind == ROW_SAME && is_wanted(&t->old_lines, r->old_line)) {
    buf_printf(out, " id=%.*s-o%zu", STR_ARG(t->id), r->old_line);
  }
  buf_add_byte(out, '>');
}

static void add_row(buf *out, const text_pair *t, const row *r) {
  static const line_set none = {0};
  add_row_start(out, t, r);
  if (r->kind == ROW_ADDED) {
    buf_add_c(out, "<td><td>");
  } else {
    add_old(out, t, r, r->kind == ROW_SAME ? &none : &t->old_lines);
  }
  if (r->kind == ROW_REMOVED) {
    buf_add_c(out, "<td><td>");
  } else {
    add_new(out, t, r);
  }
  buf_add_byte(out, '\n');
}

/* Stretches */

static bool is_shown(const text_pair *t, const row *r) {
  return r->kind != ROW_SAME || is_wanted(&t->old_lines, r->old_line) || is_wanted(&t->new_lines, r->new_line);
}

/* For each row, whether it is seen: those shown, those near them, and those that are too few to be folded. */
static bool *find_seen(const text_pair *t, arena *a) {
  bool *seen = arena_new_array(a, bool, t->rows.count);
  for (size_t i = 0; i < t->rows.count; i++) {
    size_t from = i < t->context ? 0 : i - t->context;
    for (size_t k = from; is_shown(t, &t->rows.items[i]) && k <= i + t->context && k < t->rows.count; k++) {
      seen[k] = true;
    }
  }
  for (size_t from = 0, to; from < t->rows.count; from = to + 1) {
    for (to = from; to < t->rows.count && !seen[to]; to++) {
    }
    for (size_t i = from; to - from < FOLD_LEAST && i < to; i++) {
      seen[i] = true;
    }
  }
  return seen;
}

static void add_equal_rows(buf *out, const text_pair *t, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    const row *r = &t->rows.items[i];
    buf_printf(out, "<tr><td>%zu<td>%zu<td>", r->old_line, r->new_line);
    html_text(out, r->new_text);
    buf_add_byte(out, '\n');
  }
}

static void add_left_out(buf *out, size_t count) {
  buf_add_c(out, "… ");
  html_number(out, count);
  buf_add_c(out, " equal lines, left out");
}

static void add_fold(buf *out, const text_pair *t, size_t from, size_t to) {
  bool cut = to - from > t->keep;
  if (cut && t->ends == 0) {
    buf_add_c(out, "<p class=f>");
    add_left_out(out, to - from);
    buf_add_byte(out, '\n');
    return;
  }
  buf_add_c(out, "<details class=f><summary>");
  html_number(out, to - from);
  buf_add_c(out, " equal lines</summary><table class=e>\n");
  if (cut) {
    add_equal_rows(out, t, from, from + t->ends);
    buf_add_c(out, "<tr><td><td><td>");
    add_left_out(out, to - from - 2 * t->ends);
    buf_add_byte(out, '\n');
    from = to - t->ends;
  }
  add_equal_rows(out, t, from, to);
  buf_add_c(out, "</table></details>\n");
}

static void add_seen(buf *out, const text_pair *t, size_t from, size_t to) {
  buf_add_c(out, "<table class=d>\n");
  for (size_t i = from; i < to; i++) {
    add_row(out, t, &t->rows.items[i]);
  }
  buf_add_c(out, "</table>\n");
}

static void add_both(buf *out, const text_pair *t) {
  const bool *seen = find_seen(t, out->arena);
  for (size_t from = 0, to; from < t->rows.count; from = to) {
    for (to = from; to < t->rows.count && seen[to] == seen[from]; to++) {
    }
    if (seen[from]) {
      add_seen(out, t, from, to);
    } else {
      add_fold(out, t, from, to);
    }
  }
}

/* A text without a partner, in one column. */
static void add_alone(buf *out, const text_pair *t) {
  buf_printf(out, "<table class=\"o %s\">\n", t->has_new ? "a" : "r");
  for (size_t i = 0; i < t->rows.count; i++) {
    const row *r = &t->rows.items[i];
    buf_add_c(out, "<tr>");
    if (t->has_new) {
      add_new(out, t, r);
    } else {
      add_old(out, t, r, &t->old_lines);
    }
    buf_add_byte(out, '\n');
  }
  buf_add_c(out, "</table>\n");
}

static void add_title(buf *out, const text_pair *t) {
  if (t->has_old && t->has_new && !str_eq(t->old_title, t->title)) {
    html_text(out, t->old_title);
    buf_add_c(out, " → ");
  }
  html_text(out, t->title);
}

static bool has_anchors(const text_pair *t) {
  return t->old_lines.items != NULL || t->new_lines.items != NULL;
}

/* Nothing to be seen in it. */
static bool is_same(const text_pair *t) {
  return t->removed + t->added == 0 && !has_anchors(t);
}

static void emit_pair(buf *out, const text_pair *t) {
  buf_printf(out, "<details class=t id=%.*s%s><summary><code>", STR_ARG(t->id), t->open ? " open" : "");
  add_title(out, t);
  buf_add_c(out, "</code> <span class=n><del>−");
  html_number(out, t->removed);
  buf_add_c(out, "</del> <ins>+");
  html_number(out, t->added);
  buf_printf(out, "</ins></span>%s</summary>\n",
             t->has_old && t->has_new ? "" : t->has_new ? " <em>new</em>" : " <em>gone</em>");
  if (t->has_old && t->has_new) {
    add_both(out, t);
  } else {
    add_alone(out, t);
  }
  buf_add_c(out, "</details>\n");
}

void html_text_emit(buf *out, const text_pair *texts, size_t count) {
  const char *before = "<p class=q>The same in both: ";
  for (size_t i = 0; i < count; i++) {
    if (!is_same(&texts[i])) {
      emit_pair(out, &texts[i]);
    }
  }
  for (size_t i = 0; i < count; i++) {
    if (is_same(&texts[i])) {
      buf_printf(out, "%s<code>", before);
      add_title(out, &texts[i]);
      buf_add_c(out, "</code>");
      before = ", ";
    }
  }
  buf_add_c(out, "\n");
}
