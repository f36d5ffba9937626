/*
 * HTML list: the verdict, the numbers, and the changes with their links.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/html_parts.h"

/* A class is told by its word and a sign, not by colour alone. */
static const char *const class_signs[CLASS_COUNT] = {
    [CLASS_COMPATIBLE] = "✓", [CLASS_SOURCE_BREAKING] = "▲", [CLASS_ABI_BREAKING] = "✕"};

static void add_class(buf *out, const char *party, change_class c) {
  buf_printf(out, "<span class=\"b k%d\">%s%s<span aria-hidden=true>%s</span> %s</span>", (int)c, party, *party ? " " : "",
             class_signs[c], class_name(c));
}

/* Verdict */

static change_class worst_of(const size_t counts[CLASS_COUNT]) {
  for (int c = CLASS_ABI_BREAKING; c > CLASS_COMPATIBLE; c--) {
    if (counts[c] > 0) {
      return (change_class)c;
    }
  }
  return CLASS_COMPATIBLE;
}

static void add_party(buf *out, const char *party, const char *who, const size_t counts[CLASS_COUNT]) {
  buf_printf(out, "<tr><th scope=row>%s <small>%s</small><td>", party, who);
  add_class(out, "", worst_of(counts));
  for (int c = CLASS_ABI_BREAKING; c >= CLASS_COMPATIBLE; c--) {
    buf_printf(out, counts[c] > 0 ? "<td class=\"x k%d\">" : "<td class=x>", c);
    html_number(out, counts[c]);
  }
  buf_add_byte(out, '\n');
}

void html_emit_verdict(buf *out, page *p) {
  const review *r = p->review;
  if (r->changes.count == 0) {
    buf_add_c(out, "<p class=v>Nothing has changed in meaning.\n");
    return;
  }
  buf_add_c(out, "<table class=v><caption>What the changes do to a party that was made for the old input and meets the new "
                 "one</caption>\n<thead><tr><th scope=col>Party<th scope=col>Verdict");
  for (int c = CLASS_ABI_BREAKING; c >= CLASS_COMPATIBLE; c--) {
    buf_printf(out, "<th scope=col class=x>%s", class_name((change_class)c));
  }
  buf_add_c(out, "\n<tbody>\n");
  add_party(out, "Callers", "import an interface and call it", r->callers);
  add_party(out, "Implementers", "export it", r->implementers);
  buf_add_c(out, "</table>\n");
}

/* Places */

/* Where a change is in one of the texts. */
typedef struct place {
  text_pair *text; /* NULL: nowhere */
  char side;       /* 'o', 'n' */
  size_t line;
  size_t depth; /* how much of the path of the change was found there */
} place;

static bool has_source(const text_pair *t, char side, span at) {
  const source *s = side == 'o' ? t->old_source : t->new_source;
  return s != NULL && str_eq(s->path, at.source->path);
}

static place place_of_span(const page *p, span at, char side) {
  for (size_t i = 0; i < p->wit.count && at.source != NULL; i++) {
    if (has_source(&p->wit.items[i], side, at)) {
      uint32_t line, column;
      diag_position(at, &line, &column);
      return (place){&p->wit.items[i], side, line, 0};
    }
  }
  return (place){0};
}

/* In a text of which it is known where its items are. */
static place place_of_item(text_pair *t, const change *c, char side) {
  place found = {.side = side};
  bool is_there = t->has_items && !t->left_out && (side == 'o' ? t->has_old : t->has_new);
  if (is_there) {
    found.line = html_item_line(side == 'o' ? &t->old_items : &t->new_items, c->path, &found.depth);
    found.text = found.line > 0 ? t : NULL;
  }
  return found;
}

/* In WIT that was read, or in WIT that was made of a binary input. */
static place wit_place(const page *p, const change *c, char side) {
  place found = place_of_span(p, side == 'o' ? c->old_at : c->new_at, side);
  for (size_t i = 0; i < p->wit.count && found.text == NULL; i++) {
    found = place_of_item(&p->wit.items[i], c, side);
  }
  return found;
}

/* In C: in the new text, unless the old one knows the item better. */
static place code_place(text_pair *t, const change *c) {
  place old = place_of_item(t, c, 'o'), new = place_of_item(t, c, 'n');
  return old.depth > new.depth ? old : new;
}

static void want(place at, arena *a) {
  if (at.text != NULL && at.side == 'o') {
    html_text_want_line(&at.text->old_lines, at.text->old, at.line, a);
  } else if (at.text != NULL) {
    html_text_want_line(&at.text->new_lines, at.text->new, at.line, a);
  }
}

void html_want_lines(page *p) {
  for (size_t i = 0; i < p->review->changes.count; i++) {
    const change *c = &p->review->changes.items[i];
    want(wit_place(p, c, 'o'), p->arena);
    want(wit_place(p, c, 'n'), p->arena);
    for (size_t k = 0; k < p->code.count; k++) {
      want(code_place(&p->code.items[k], c), p->arena);
    }
  }
}

static bool add_link(buf *out, const char *before, place at) {
  if (at.text == NULL) {
    return false;
  }
  str title = at.side == 'o' ? at.text->old_title : at.text->title;
  buf_printf(out, "%s<a href=\"#%.*s-%c%zu\">", before, STR_ARG(at.text->id), at.side, at.line);
  html_text(out, at.text->has_source ? html_file_name(title) : title);
  buf_printf(out, ":%zu</a>", at.line);
  return true;
}

static void add_links(buf *out, const page *p, const change *c) {
  const char *before = " · C ";
  add_link(out, " · old ", wit_place(p, c, 'o'));
  add_link(out, " · new ", wit_place(p, c, 'n'));
  for (size_t i = 0; i < p->code.count; i++) {
    before = add_link(out, before, code_place(&p->code.items[i], c)) ? ", " : before;
  }
}

/* Changes */

/* "ns:pkg/iface" of "ns:pkg/iface.t.c" */
static str group_of(str path) {
  size_t slash = str_find(path, '/', 0);
  return str_sub(path, 0, slash == path.len ? slash : str_find(path, '.', slash));
}

static void add_change(buf *out, const page *p, const change *c, size_t number) {
  buf_printf(out, "<li id=k%zu class=\"k%d\"><p class=s>", number, (int)change_worst(c));
  html_text(out, c->text);
  buf_add_c(out, "\n<p>");
  add_class(out, "callers", c->callers);
  buf_add_byte(out, ' ');
  add_class(out, "implementers", c->implementers);
  buf_add_c(out, "\n<p class=y>");
  html_text(out, c->why);
  if (c->hint.len > 0) {
    buf_add_c(out, "; ");
    html_text(out, c->hint);
  }
  buf_add_c(out, "\n<p class=l><code>");
  html_text(out, c->path);
  buf_printf(out, "</code> · rule <code>%s</code>", rule_get(c->rule)->id);
  add_links(out, p, c);
  buf_add_c(out, "\n</li>\n");
}

/* Boxes to leave out a class, for those that occur; the style does the rest. */
static void add_filters(buf *out, const review *r) {
  buf_add_c(out, "<fieldset><legend>Show</legend>");
  for (int c = CLASS_ABI_BREAKING; c >= CLASS_COMPATIBLE; c--) {
    if (r->worst[c] > 0) {
      buf_printf(out, "<label><input type=checkbox id=s%d checked> ", c);
      add_class(out, "", (change_class)c);
      buf_add_c(out, " (");
      html_number(out, r->worst[c]);
      buf_add_c(out, ")</label>\n");
    }
  }
  buf_add_c(out, "</fieldset>\n");
}

/* The end of the changes of one interface or world that start at `from`. */
static size_t group_end(const change_vec *changes, size_t from) {
  size_t to = from + 1;
  while (to < changes->count && str_eq(group_of(changes->items[to].path), group_of(changes->items[from].path))) {
    to++;
  }
  return to;
}

/* A heading goes with the only class of its changes when that is left out. */
static void add_group_title(buf *out, const change_vec *changes, size_t from, size_t to) {
  change_class only = change_worst(&changes->items[from]);
  bool is_only = true;
  for (size_t i = from; i < to; i++) {
    is_only = is_only && change_worst(&changes->items[i]) == only;
  }
  if (is_only) {
    buf_printf(out, "<h3 class=k%d><code>", (int)only);
  } else {
    buf_add_c(out, "<h3><code>");
  }
  html_text(out, group_of(changes->items[from].path));
  buf_add_c(out, "</code></h3>\n<ol>\n");
}

void html_emit_changes(buf *out, page *p) {
  const change_vec *changes = &p->review->changes;
  if (changes->count == 0) {
    buf_add_c(out, "<p>None.\n");
    return;
  }
  add_filters(out, p->review);
  for (size_t from = 0, to; from < changes->count; from = to) {
    to = group_end(changes, from);
    add_group_title(out, changes, from, to);
    for (size_t i = from; i < to; i++) {
      add_change(out, p, &changes->items[i], i + 1);
    }
    buf_add_c(out, "</ol>\n");
  }
}
