/*
 * Render: words that several formats have.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/render.h"

#include "support/utf8.h"

void review_add_clean(buf *b, str s) {
  for (size_t i = 0; i < s.len;) {
    uint32_t character;
    size_t length = utf8_decode(s, i, &character);
    bool shown = length && !utf8_is_control(character);
    buf_add(b, shown ? str_sub(s, i, i + length) : STR("\xEF\xBF\xBD"));
    i += length ? length : 1;
  }
}

static void add_place(buf *b, span at, position p) {
  if (!at.source)
    return;
  if (b->count)
    buf_add_c(b, ", ");
  buf_printf(b, "%.*s:%u:%u", STR_ARG(at.source->path), p.line, p.column);
}

str review_places(const change *ch, arena *a) {
  buf b;
  buf_init(&b, a);
  add_place(&b, ch->old_at, ch->old_position);
  add_place(&b, ch->new_at, ch->new_position);
  return buf_str(&b);
}

str review_summary(const review *r, arena *a) {
  size_t count = r->changes.count;
  if (!count)
    return STR("no change in meaning");
  return str_format(a, "%zu change%s: %zu abi-breaking, %zu source-breaking, %zu compatible", count, count == 1 ? "" : "s",
                    r->worst[CLASS_ABI_BREAKING], r->worst[CLASS_SOURCE_BREAKING], r->worst[CLASS_COMPATIBLE]);
}

str review_subject(const resolved *input, const world *w, arena *a) {
  const interface as_item = {.name = w ? w->name : STR(""), .package = w ? w->package : input->mains.items[0]};
  return w ? interface_id_text(a, &as_item) : package_name_text(a, &input->mains.items[0]->name);
}
