/*
 * HTML: the page, out of its parts. The fixed text and the style are in templates/review/page.html.in.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/html.h"

#include "emit/template.h"
#include "review/html_parts.h"

/* "wasi:http 0.2.0 → 0.3.0", or both names where the packages are called differently. */
static str title_of(const page *p) {
  const package *old = p->review->packages.items[0].old, *new = p->review->packages.items[0].new;
  arena *a = p->arena;
  str before = old == NULL ? STR("?") : package_name_text(a, &old->name);
  str after = new == NULL ? STR("?") : package_name_text(a, &new->name);
  if (str_eq(before, after)) {
    return after;
  }
  if (old != NULL && new != NULL && str_eq(old->name.ns, new->name.ns) && str_eq(old->name.name, new->name.name) &&
      old->name.has_version && new->name.has_version) {
    after = semver_text(a, &new->name.version);
  }
  return str_format(a, "%.*s → %.*s", STR_ARG(before), STR_ARG(after));
}

static str escaped(const page *p, str text) {
  buf b;
  buf_init(&b, p->arena);
  buf_add_c(&b, "");
  html_text(&b, text);
  return buf_str(&b);
}

typedef void emit_part(buf *out, page *p);

static str part(page *p, emit_part *emit) {
  buf b;
  buf_init(&b, p->arena);
  buf_add_c(&b, "");
  emit(&b, p);
  return buf_str(&b);
}

static void emit_wit(buf *out, page *p) {
  html_text_emit(out, p->wit.items, p->wit.count);
}

/* One world's files; away again when they would make the page too large. */
static void emit_world_code(buf *out, page *p, const world_code *w) {
  enum { PAGE_LIMIT = 1000 * 1000 };
  size_t start = out->count;
  html_text_emit(out, p->code.items + w->first, w->count);
  if (start == 0 || out->count <= PAGE_LIMIT) {
    return;
  }
  out->count = start;
  buf_add_c(out, "<p>Left out, so that the page stays small. <code>--world ");
  html_text(out, w->title);
  buf_add_c(out, "</code> shows it.\n");
  for (size_t k = w->first; k < w->first + w->count; k++) {
    p->code.items[k].left_out = true;
  }
}

static void emit_code(buf *out, page *p) {
  if (p->worlds.count == 0) {
    buf_add_c(out, "<p>No world is in both inputs.\n");
  }
  for (size_t i = 0; i < p->worlds.count; i++) {
    const world_code *w = &p->worlds.items[i];
    buf_add_c(out, "<h3>World <code>");
    html_text(out, w->title);
    buf_add_c(out, "</code></h3>\n");
    if (w->why.len > 0) {
      buf_add_c(out, "<p>No C can be made of it: ");
      html_text(out, w->why);
      buf_add_byte(out, '\n');
    }
    if (w->count > 0) {
      emit_world_code(out, p, w);
    }
  }
}

static void emit_count(buf *out, page *p) {
  html_number(out, p->review->changes.count);
}

static void compare_all(text_pair_vec *texts, arena *a) {
  for (size_t i = 0; i < texts->count; i++) {
    html_text_compare(&texts->items[i], a);
  }
}

str review_html(const review *r, const emit_options *options, arena *a) {
  page p = {.arena = a, .review = r};
  templates t;
  diag none;
  diag_init(&none, a);
  templates_init(&t, STR(""), NULL, a, &none); /* the built-in ones are always there */
  html_find_wit(&p);
  html_make_code(&p, options);
  compare_all(&p.wit, a);
  compare_all(&p.code, a);
  html_want_lines(&p);
  str code = part(&p, emit_code); /* before the links to it */
  const template_hole holes[] = {
      {"title", escaped(&p, title_of(&p))}, {"old", escaped(&p, r->old_name)},
      {"new", escaped(&p, r->new_name)},    {"verdict", part(&p, html_emit_verdict)},
      {"count", part(&p, emit_count)},      {"changes", part(&p, html_emit_changes)},
      {"wit", part(&p, emit_wit)},          {"code", code},
  };
  buf b;
  buf_init(&b, a);
  template_expand(&t, "review/page.html.in", holes, sizeof holes / sizeof *holes, &b);
  return buf_str(&b);
}
