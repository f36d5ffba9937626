/*
 * JSON: a review for programs. docs/diff.md describes it; "format" grows when something in it changes its meaning.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "review/render.h"
#include "support/utf8.h"

enum { FORMAT = 1 };

static json_t *checked(json_t *value) {
  if (!value) {
    fputs("witgen: out of memory\n", stderr);
    exit(1);
  }
  return value;
}

/* JSON is Unicode; names of files are bytes. */
static json_t *text_json(str s, arena *a) {
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < s.len;) {
    uint32_t character;
    size_t length = utf8_decode(s, i, &character);
    buf_add(&b, length ? str_sub(s, i, i + length) : STR("\xEF\xBF\xBD"));
    i += length ? length : 1;
  }
  str text = buf_str(&b);
  return checked(json_stringn(text.len ? text.ptr : "", text.len));
}

static json_t *place_json(span at, position p, arena *a) {
  if (!at.source)
    return json_null();
  return checked(json_pack("{s:o, s:i, s:i}", "file", text_json(at.source->path, a), "line", (int)p.line, "column", (int)p.column));
}

static void set(json_t *object, const char *key, json_t *value) {
  if (json_object_set_new(object, key, value) != 0)
    checked(NULL);
}

static json_t *word_json(const char *word) {
  return checked(json_string(word));
}

static json_t *change_json(const change *ch, arena *a) {
  json_t *object = checked(json_object());
  set(object, "rule", word_json(rule_get(ch->rule)->id));
  set(object, "path", text_json(ch->path, a));
  set(object, "text", text_json(ch->text, a));
  set(object, "class", word_json(class_name(change_worst(ch))));
  set(object, "callers", word_json(class_name(ch->callers)));
  set(object, "implementers", word_json(class_name(ch->implementers)));
  set(object, "why", text_json(ch->why, a));
  set(object, "hint", ch->hint.len ? text_json(ch->hint, a) : json_null());
  set(object, "flow", word_json(flow_name(ch->flow)));
  set(object, "old", place_json(ch->old_at, ch->old_position, a));
  set(object, "new", place_json(ch->new_at, ch->new_position, a));
  return object;
}

static json_t *counts_json(const size_t counts[CLASS_COUNT]) {
  json_t *object = checked(json_object());
  for (int class = CLASS_COUNT; class-- > 0;)
    set(object, class_name((change_class)class), checked(json_integer((json_int_t)counts[class])));
  return object;
}

static json_t *input_json(str name, const resolved *input, const world *w, arena *a) {
  return checked(json_pack("{s:o, s:o}", "input", text_json(name, a), "subject", text_json(review_subject(input, w, a), a)));
}

static int add_chunk(const char *bytes, size_t len, void *user) {
  buf_add(user, (str){bytes, len});
  return 0;
}

str review_json(const review *r, arena *a) {
  json_t *changes = checked(json_array());
  buf out;
  buf_init(&out, a);
  for (size_t i = 0; i < r->changes.count; i++)
    json_array_append_new(changes, change_json(&r->changes.items[i], a));
  json_t *root = checked(json_pack("{s:i, s:o, s:o, s:{s:o, s:o, s:o}, s:o}", "format", FORMAT, "old",
                                   input_json(r->old_name, r->old, r->old_world, a), "new",
                                   input_json(r->new_name, r->new, r->new_world, a), "summary", "all", counts_json(r->worst),
                                   "callers", counts_json(r->callers), "implementers", counts_json(r->implementers),
                                   "changes", changes));
  if (json_dump_callback(root, add_chunk, &out, JSON_INDENT(2)) != 0)
    checked(NULL);
  json_decref(root);
  buf_add_byte(&out, '\n');
  return buf_str(&out);
}
