/*
 * Text: a review for a terminal.
 *
 *   abi-breaking
 *
 *     demo:shop/cart.item.count: field 'count' is 'u64' instead of 'u32'
 *       callers abi-breaking, implementers abi-breaking (field-type-changed)
 *       value types must be equal; its size goes from 8 to 16 bytes
 *       old.wit:5:5, new.wit:5:5
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/render.h"

typedef struct paint {
  const char *bold, *dim, *classes[CLASS_COUNT], *end;
} paint;

static const paint plain = {"", "", {"", "", ""}, ""};
static const paint ansi = {"\033[1m", "\033[2m", {"\033[32m", "\033[33m", "\033[31m"}, "\033[0m"};

static void add_class(buf *b, const paint *p, const char *party, change_class class) {
  buf_printf(b, "%s %s%s%s", party, p->classes[class], class_name(class), p->end);
}

static void add_line(buf *b, const char *before, str text, const char *after) {
  buf_printf(b, "    %s", before);
  review_add_clean(b, text);
  buf_printf(b, "%s\n", after);
}

static void add_change(buf *b, const paint *p, const change *ch, arena *a) {
  str places = review_places(ch, a);
  buf_printf(b, "\n  %s%.*s%s: ", p->bold, STR_ARG(ch->path), p->end);
  review_add_clean(b, ch->text);
  buf_add_c(b, "\n    ");
  add_class(b, p, "callers", ch->callers);
  buf_add_c(b, ", ");
  add_class(b, p, "implementers", ch->implementers);
  buf_printf(b, " %s(%s)%s\n", p->dim, rule_get(ch->rule)->id, p->end);
  add_line(b, "", ch->why, "");
  if (ch->hint.len)
    add_line(b, "", ch->hint, "");
  if (places.len)
    add_line(b, p->dim, places, p->end);
}

static void add_group(buf *b, const paint *p, const review *r, change_class class, arena *a) {
  if (!r->worst[class])
    return;
  buf_printf(b, "%s%s%s\n", p->classes[class], class_name(class), p->end);
  for (size_t i = 0; i < r->changes.count; i++)
    if (change_worst(&r->changes.items[i]) == class)
      add_change(b, p, &r->changes.items[i], a);
  buf_add_byte(b, '\n');
}

str review_text(const review *r, bool color, arena *a) {
  const paint *p = color ? &ansi : &plain;
  buf b;
  buf_init(&b, a);
  for (int class = CLASS_COUNT; class-- > 0;)
    add_group(&b, p, r, (change_class)class, a);
  buf_add(&b, review_summary(r, a));
  buf_add_byte(&b, '\n');
  return buf_str(&b);
}
