/*
 * Fuzz: two texts of WIT, with a zero byte between them, compared in both directions and with themselves.
 *
 * Whatever the texts are: a text does not differ from itself; every change has words, a path and a place inside its text;
 * as much as is new one way is gone the other way; and every format can be made.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "help.h"
#include "review/compare.h"
#include "review/html.h"
#include "review/input.h"
#include "review/render.h"

static bool load(const uint8_t *data, size_t size, arena *a, resolved *out) {
  diag d;
  const resolve_options options = {0};
  diag_init(&d, a);
  bool fine = review_input_load(str_of(fuzz_file(data, size)), &options, a, &d, out);
  check_messages(&d, fine);
  return fine;
}

static void check_place(span at, position p) {
  require(at.source == NULL || (at.start <= at.source->text.len && p.line > 0 && p.column > 0), "a change outside the text");
}

static review compare(const resolved *old, const resolved *new, arena *a) {
  const review_side sides[2] = {{.name = STR("old"), .resolved = old}, {.name = STR("new"), .resolved = new}};
  review r;
  review_compare(&sides[0], &sides[1], a, &r);
  for (size_t i = 0; i < r.changes.count; i++) {
    const change *ch = &r.changes.items[i];
    require(ch->text.len > 0 && ch->path.len > 0 && ch->why.len > 0, "a change without words");
    check_place(ch->old_at, ch->old_position);
    check_place(ch->new_at, ch->new_position);
  }
  return r;
}

static size_t count_rule(const review *r, change_rule rule_wanted) {
  size_t count = 0;
  for (size_t i = 0; i < r->changes.count; i++) {
    count += r->changes.items[i].rule == rule_wanted;
  }
  return count;
}

static void check_mirrored(const review *there, const review *back) {
  static const change_rule pairs[][2] = {
      {RULE_FUNC_ADDED, RULE_FUNC_REMOVED},     {RULE_TYPE_ADDED, RULE_TYPE_REMOVED},     {RULE_FIELD_ADDED, RULE_FIELD_REMOVED},
      {RULE_CASE_ADDED, RULE_CASE_REMOVED},     {RULE_FLAG_ADDED, RULE_FLAG_REMOVED},     {RULE_PARAM_ADDED, RULE_PARAM_REMOVED},
      {RULE_RESULT_ADDED, RULE_RESULT_REMOVED}, {RULE_IMPORT_ADDED, RULE_IMPORT_REMOVED}, {RULE_EXPORT_ADDED, RULE_EXPORT_REMOVED},
      {RULE_WORLD_ADDED, RULE_WORLD_REMOVED},   {RULE_ASYNC_ADDED, RULE_ASYNC_REMOVED},   {RULE_INTERFACE_ADDED, RULE_INTERFACE_REMOVED},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    require(count_rule(there, pairs[i][0]) == count_rule(back, pairs[i][1]), "new one way, but not gone the other way");
    require(count_rule(there, pairs[i][1]) == count_rule(back, pairs[i][0]), "gone one way, but not new the other way");
  }
}

static void render_all(const review *r, arena *a) {
  const emit_options plain = {0};
  review_text(r, true, a);
  review_json(r, a);
  review_markdown(r, a);
  review_html(r, &plain, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const uint8_t *zero = size > 0 ? memchr(data, 0, size) : NULL;
  size_t first = zero == NULL ? size : (size_t)(zero - data);
  arena a;
  resolved old, new;
  arena_init(&a);
  if (load(data, first, &a, &old)) {
    require(compare(&old, &old, &a).changes.count == 0, "a text that differs from itself");
    if (zero != NULL && load(zero + 1, size - first - 1, &a, &new)) {
      review there = compare(&old, &new, &a), back = compare(&new, &old, &a);
      check_mirrored(&there, &back);
      render_all(&there, &a);
    }
  }
  arena_release(&a);
  return 0;
}
