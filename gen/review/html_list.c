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

static const text_pair *find_wit(const page *p, const source *s) {
  for (size_t i = 0; i < p->wit.count && s != NULL; i++) {
    if (p->wit.items[i].old_source == s || p->wit.items[i].new_source == s) {
      return &p->wit.items[i];
    }
  }
  return NULL;
}

static size_t line_of(span at) {
  uint32_t line, column;
  diag_position(at, &line, &column);
  return line;
}

static str shown_name(str path) {
  size_t at = path.len;
  while (at > 0 && path.ptr[at - 1] != '/' && path.ptr[at - 1] != ':') {
    at--;
  }
  return str_sub(path, at, path.len);
}

static void add_link(buf *out, const text_pair *t, const char *before, char side, str title, size_t line) {
  buf_printf(out, "%s<a href=\"#%.*s-%c%zu\">", before, STR_ARG(t->id), side, line);
  html_text(out, shown_name(title));
  buf_printf(out, ":%zu</a>", line);
}

static void add_wit_links(buf *out, const page *p, const change *c) {
  const text_pair *old = find_wit(p, c->old_at.source), *new = find_wit(p, c->new_at.source);
  if (old != NULL) {
    add_link(out, old, " · old ", 'o', old->old_title, line_of(c->old_at));
  }
  if (new != NULL) {
    add_link(out, new, " · new ", 'n', new->title, line_of(c->new_at));
  }
}

/* The header of each world that has the item; in the old text only when the new one has lost it. */
static size_t code_line(const text_pair *t, const change *c, char *side) {
  size_t line = t->open ? html_code_line(&t->new_items, c->path) : 0;
  *side = 'n';
  if (t->open && (line == 0 || c->new_at.source == NULL)) {
    size_t old_line = html_code_line(&t->old_items, c->path);
    *side = old_line > 0 ? 'o' : 'n';
    line = old_line > 0 ? old_line : line;
  }
  return line;
}

static void add_code_links(buf *out, const page *p, const change *c) {
  const char *before = " · C ";
  for (size_t i = 0; i < p->code.count; i++) {
    const text_pair *t = &p->code.items[i];
    char side;
    size_t line = t->left_out ? 0 : code_line(t, c, &side);
    if (line > 0) {
      add_link(out, t, before, side, side == 'o' ? t->old_title : t->title, line);
      before = ", ";
    }
  }
}

static void want(line_set *lines, str text, span at, arena *a) {
  html_text_want_line(lines, text, line_of(at), a);
}

void html_want_lines(page *p) {
  for (size_t i = 0; i < p->review->changes.count; i++) {
    const change *c = &p->review->changes.items[i];
    text_pair *old = (text_pair *)(uintptr_t)find_wit(p, c->old_at.source);
    text_pair *new = (text_pair *)(uintptr_t)find_wit(p, c->new_at.source);
    if (old != NULL) {
      want(&old->old_lines, old->old, c->old_at, p->arena);
    }
    if (new != NULL) {
      want(&new->new_lines, new->new, c->new_at, p->arena);
    }
    for (size_t k = 0; k < p->code.count; k++) {
      text_pair *t = &p->code.items[k];
      char side;
      size_t line = code_line(t, c, &side);
      if (line > 0) {
        html_text_want_line(side == 'o' ? &t->old_lines : &t->new_lines, side == 'o' ? t->old : t->new, line, p->arena);
      }
    }
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
  add_wit_links(out, p, c);
  add_code_links(out, p, c);
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

void html_emit_changes(buf *out, page *p) {
  const change_vec *changes = &p->review->changes;
  if (changes->count == 0) {
    buf_add_c(out, "<p>None.\n");
    return;
  }
  add_filters(out, p->review);
  for (size_t i = 0; i < changes->count;) {
    str group = group_of(changes->items[i].path);
    buf_add_c(out, "<h3><code>");
    html_text(out, group);
    buf_add_c(out, "</code></h3>\n<ol>\n");
    for (; i < changes->count && str_eq(group_of(changes->items[i].path), group); i++) {
      add_change(out, p, &changes->items[i], i + 1);
    }
    buf_add_c(out, "</ol>\n");
  }
}
