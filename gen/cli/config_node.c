/*
 * Nodes: from the events of libyaml.
 *
 * libyaml counts characters, and our places are bytes; the text is checked to be UTF-8 first, and one position that moves
 * along translates. A stack of the lists and mappings that are open makes the tree without recursion.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/config_node.h"

#include <string.h>
#include <yaml.h>

#include "support/table.h"
#include "support/utf8.h"

enum {
  MAX_DEPTH = 16,
  MAX_TEXT = 1 << 16,
  MAX_FILE = 1 << 20
};

typedef struct reader {
  const source *src;
  arena *arena;
  diag *diag;
  size_t start;           /* in bytes: behind a byte order mark */
  size_t character, byte; /* the same place */
  config_node *root;
  config_node *open[MAX_DEPTH];
  table keys[MAX_DEPTH];      /* of the open mappings */
  config_node *key[MAX_DEPTH]; /* of an open mapping: waits for its value; or NULL */
  bool repeated[MAX_DEPTH];    /* it was there before */
  size_t depth;
} reader;

/* Places */

static size_t character_length(str text, size_t at) {
  uint32_t ignored;
  size_t length = utf8_decode(text, at, &ignored);
  return length ? length : 1;
}

static size_t byte_of(reader *r, size_t character) {
  if (character < r->character || r->byte < r->start) {
    r->character = 0;
    r->byte = r->start;
  }
  for (; r->character < character && r->byte < r->src->text.len; r->character++)
    r->byte += character_length(r->src->text, r->byte);
  return r->byte;
}

static span span_of(reader *r, yaml_mark_t start, yaml_mark_t end) {
  uint32_t from = (uint32_t)byte_of(r, start.index), to = (uint32_t)byte_of(r, end.index);
  return (span){r->src, from, to > from ? to : from};
}

static span first_of(reader *r, yaml_mark_t mark) {
  uint32_t at = (uint32_t)byte_of(r, mark.index);
  return (span){r->src, at, at + 1};
}

/* Text: what kind it is when it stands without quotes. The core schema of YAML 1.2. */

static bool is_one_of(str text, const char *const *words) {
  for (; *words; words++)
    if (str_eq_c(text, *words))
      return true;
  return false;
}

static size_t skip_any(str text, size_t at, const char *set) {
  while (at < text.len && strchr(set, text.ptr[at]))
    at++;
  return at;
}

static bool is_number(str text) {
  static const char *const special[] = {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN", NULL};
  static const char digits[] = "0123456789";
  size_t at = text.len && strchr("+-", text.ptr[0]) ? 1 : 0;
  if (is_one_of(str_sub(text, at, text.len), special))
    return true;
  if (str_starts_with(text, "0x") && text.len > 2)
    return skip_any(text, 2, "0123456789abcdefABCDEF") == text.len;
  if (str_starts_with(text, "0o") && text.len > 2)
    return skip_any(text, 2, "01234567") == text.len;
  size_t whole = at;
  at = skip_any(text, at, digits);
  size_t count = at - whole;
  if (at < text.len && text.ptr[at] == '.') {
    size_t point = ++at;
    at = skip_any(text, at, digits);
    count += at - point;
  }
  if (count && at < text.len && strchr("eE", text.ptr[at])) {
    at = skip_any(text, at + 1, "+-");
    size_t exponent = at;
    at = skip_any(text, at, digits);
    count = at > exponent ? count : 0;
  }
  return count > 0 && at == text.len;
}

static node_kind plain_kind(str text) {
  static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
  static const char *const bools[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};
  if (is_one_of(text, nulls))
    return NODE_NULL;
  if (is_one_of(text, bools))
    return NODE_BOOL;
  return is_number(text) ? NODE_NUMBER : NODE_TEXT;
}

/* Building */

static bool refuse(reader *r, span at, const char *what, const char *advice) {
  diag_error(r->diag, at, "%s", what);
  if (advice)
    diag_note(r->diag, SPAN_NONE, "%s", advice);
  return false;
}

static bool add_key(reader *r, config_node *node) {
  size_t top = r->depth - 1;
  if (node->kind == NODE_LIST || node->kind == NODE_MAP)
    return refuse(r, node->at, "a list or mapping cannot be a key here", NULL);
  config_node *other = table_add(&r->keys[top], node->text, node);
  r->key[top] = node;
  r->repeated[top] = other != NULL;
  if (other) { /* reading goes on, to tell what else is wrong */
    diag_error(r->diag, node->at, "'%.*s' is given twice", STR_ARG(node->text));
    diag_note(r->diag, other->at, "the first time here");
  }
  return true;
}

/* Puts a node where it belongs: below the innermost open one. */
static bool place(reader *r, config_node *node) {
  if (r->depth == 0) {
    r->root = node;
    return true;
  }
  size_t top = r->depth - 1;
  config_node *parent = r->open[top];
  if (parent->kind == NODE_MAP && !r->key[top])
    return add_key(r, node);
  bool wanted = parent->kind == NODE_LIST || !r->repeated[top];
  if (parent->kind == NODE_MAP && wanted)
    vec_push(r->arena, &parent->keys, r->key[top]);
  if (wanted)
    vec_push(r->arena, &parent->items, node);
  r->key[top] = NULL;
  return true;
}

static bool add_text(reader *r, const yaml_event_t *e) {
  str text = {(const char *)e->data.scalar.value, e->data.scalar.length};
  config_node *node = arena_new(r->arena, config_node);
  node->at = span_of(r, e->start_mark, e->end_mark);
  if (text.len > MAX_TEXT)
    return refuse(r, node->at, "this text is longer than 64 KiB", NULL);
  if (str_find(text, '\0', 0) < text.len)
    return refuse(r, node->at, "this text holds a NUL character", NULL);
  node->text = str_copy(r->arena, text);
  node->kind = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? plain_kind(text) : NODE_TEXT;
  return place(r, node);
}

static bool open_node(reader *r, node_kind kind, const yaml_event_t *e) {
  config_node *node = arena_new(r->arena, config_node);
  node->kind = kind;
  node->at = first_of(r, e->start_mark);
  if (r->depth == MAX_DEPTH)
    return refuse(r, node->at, "lists and mappings are nested too deeply", NULL);
  if (!place(r, node))
    return false;
  table_init(&r->keys[r->depth], r->arena);
  r->key[r->depth] = NULL;
  r->open[r->depth++] = node;
  return true;
}

static bool check_plainness(reader *r, const yaml_event_t *e, const yaml_char_t *anchor, const yaml_char_t *tag) {
  span at = first_of(r, e->start_mark);
  if (anchor)
    return refuse(r, at, "anchors are not understood here", "what several targets share stands at the top of the file, beside 'targets'");
  if (tag)
    return refuse(r, at, "tags are not understood here", "text that looks like something else is put in quotes");
  return true;
}

static bool take_event(reader *r, const yaml_event_t *e) {
  switch (e->type) {
  case YAML_DOCUMENT_START_EVENT:
    if (r->root)
      return refuse(r, first_of(r, e->start_mark), "a second document is one too many", NULL);
    return true;
  case YAML_ALIAS_EVENT:
    return refuse(r, span_of(r, e->start_mark, e->end_mark), "aliases are not understood here",
                  "what several targets share stands at the top of the file, beside 'targets'");
  case YAML_SCALAR_EVENT:
    return check_plainness(r, e, e->data.scalar.anchor, e->data.scalar.tag) && add_text(r, e);
  case YAML_SEQUENCE_START_EVENT:
    return check_plainness(r, e, e->data.sequence_start.anchor, e->data.sequence_start.tag) && open_node(r, NODE_LIST, e);
  case YAML_MAPPING_START_EVENT:
    return check_plainness(r, e, e->data.mapping_start.anchor, e->data.mapping_start.tag) && open_node(r, NODE_MAP, e);
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT: r->depth--; return true;
  default: return true;
  }
}

/* What libyaml did not like; its words are as ours. */
static void report_problem(reader *r, const yaml_parser_t *p) {
  if (p->error == YAML_MEMORY_ERROR || !p->problem) {
    diag_error(r->diag, SPAN_NONE, "out of memory");
    return;
  }
  bool in_bytes = p->error == YAML_READER_ERROR;
  uint32_t offset = (uint32_t)(r->start + p->problem_offset);
  span at = in_bytes ? (span){r->src, offset, offset + 1} : first_of(r, p->problem_mark);
  diag_error(r->diag, at, "%s", p->problem);
  if (at.start < r->src->text.len && r->src->text.ptr[at.start] == '\t')
    diag_note(r->diag, SPAN_NONE, "YAML is indented with blanks, not with tabs");
  else if (!in_bytes && p->context && p->context_mark.index != p->problem_mark.index)
    diag_note(r->diag, first_of(r, p->context_mark), "%s that starts here", p->context);
}

static bool read_events(reader *r, yaml_parser_t *p) {
  bool ok = true;
  for (bool ended = false; ok && !ended;) {
    yaml_event_t event;
    if (!yaml_parser_parse(p, &event)) {
      report_problem(r, p);
      return false;
    }
    ended = event.type == YAML_STREAM_END_EVENT;
    ok = take_event(r, &event);
    yaml_event_delete(&event);
  }
  return ok;
}

static bool check_bytes(const source *src, diag *d) {
  uint32_t ignored;
  if (src->text.len > MAX_FILE) {
    diag_error(d, (span){src, 0, 0}, "this file is larger than 1 MiB");
    return false;
  }
  for (size_t i = 0; i < src->text.len;) {
    size_t length = utf8_decode(src->text, i, &ignored);
    if (length == 0) {
      diag_error(d, (span){src, (uint32_t)i, (uint32_t)i + 1}, "this is not UTF-8");
      return false;
    }
    i += length;
  }
  return true;
}

config_node *config_node_read(const source *src, arena *a, diag *d) {
  reader r = {.src = src, .start = str_starts_with(src->text, "\xef\xbb\xbf") ? 3 : 0, .arena = a, .diag = d};
  str text = str_sub(src->text, r.start, src->text.len);
  yaml_parser_t parser;
  if (!check_bytes(src, d))
    return NULL;
  if (!yaml_parser_initialize(&parser)) {
    diag_error(d, SPAN_NONE, "out of memory");
    return NULL;
  }
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr, text.len);
  bool ok = read_events(&r, &parser);
  yaml_parser_delete(&parser);
  if (ok && !r.root)
    diag_error(d, (span){src, 0, 0}, "this file is empty");
  return ok ? r.root : NULL;
}

bool config_node_is_text(str plain) {
  return plain_kind(plain) == NODE_TEXT;
}

const char *config_node_name(node_kind kind) {
  static const char *const names[] = {"text", "nothing", "true or false", "a number", "a list", "a mapping"};
  return names[kind];
}
