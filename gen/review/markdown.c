/*
 * Markdown: a review as a comment on a change: a table with the worst first, compatible changes folded.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "review/render.h"

/* Text that may hold anything, in a cell of a table. */
static void add_escaped(buf *b, str s) {
  buf clean;
  buf_init(&clean, b->arena);
  review_add_clean(&clean, s);
  for (size_t i = 0; i < clean.count; i++) {
    char c = clean.items[i];
    if (c == '<' || c == '&')
      buf_add_c(b, c == '<' ? "&lt;" : "&amp;");
    else {
      if (strchr("\\`*_[]|~@#>", c))
        buf_add_byte(b, '\\');
      buf_add_byte(b, c);
    }
  }
}

static const char *class_cell(change_class class) {
  static const char *const cells[CLASS_COUNT] = {"compatible", "**source-breaking**", "**ABI-breaking**"};
  return cells[class];
}

static void add_row(buf *b, const change *ch, arena *a) {
  buf_printf(b, "| `%.*s`<br>", STR_ARG(ch->path));
  add_escaped(b, ch->text);
  buf_printf(b, " | %s | %s | ", class_cell(ch->callers), class_cell(ch->implementers));
  add_escaped(b, ch->why);
  if (ch->hint.len) {
    buf_add_c(b, "<br>");
    add_escaped(b, ch->hint);
  }
  buf_add_c(b, " | ");
  add_escaped(b, review_places(ch, a));
  buf_add_c(b, " |\n");
}

static void add_table(buf *b, const review *r, change_class from, change_class to, arena *a) {
  buf_add_c(b, "| change | callers | implementers | why | where |\n| --- | --- | --- | --- | --- |\n");
  for (int class = (int)from; class >= (int)to; class--)
    for (size_t i = 0; i < r->changes.count; i++)
      if ((int)change_worst(&r->changes.items[i]) == class)
        add_row(b, &r->changes.items[i], a);
}

str review_markdown(const review *r, arena *a) {
  buf b;
  buf_init(&b, a);
  buf_printf(&b, "### WIT: `%.*s` to `%.*s`\n\n", STR_ARG(review_subject(r->old, r->old_world, a)),
             STR_ARG(review_subject(r->new, r->new_world, a)));
  add_escaped(&b, review_summary(r, a));
  buf_add_c(&b, "\n");
  if (r->worst[CLASS_ABI_BREAKING] + r->worst[CLASS_SOURCE_BREAKING]) {
    buf_add_c(&b, "\n");
    add_table(&b, r, CLASS_ABI_BREAKING, CLASS_SOURCE_BREAKING, a);
  }
  if (r->worst[CLASS_COMPATIBLE]) {
    buf_printf(&b, "\n<details>\n<summary>%zu compatible</summary>\n\n", r->worst[CLASS_COMPATIBLE]);
    add_table(&b, r, CLASS_COMPATIBLE, CLASS_COMPATIBLE, a);
    buf_add_c(&b, "\n</details>\n");
  }
  return buf_str(&b);
}
