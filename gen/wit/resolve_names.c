/*
 * Names: when two names of one scope clash, and the lists of a world's imports and exports.
 *
 * Names must differ without case, hyphens and annotations, because languages spell them in their own ways: `foo-bar`,
 * `foobar` and `[get]FOO-BAR` are one name. Constructors and setters may share theirs with what they belong to.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "wit/resolve_parts.h"

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Where the name itself starts, behind "[..][..]". */
static size_t skip_annotations(str name) {
  size_t at = 0;
  while (at < name.len && name.ptr[at] == '[') {
    size_t close = str_find(name, ']', at);
    if (close == name.len) {
      break;
    }
    at = close + 1;
  }
  return at;
}

static void add_folded(buf *b, str text) {
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] != '-') {
      buf_add_byte(b, lower(text.ptr[i]));
    }
  }
}

static bool contains(str text, const char *part) {
  size_t len = strlen(part);
  for (size_t i = 0; i + len <= text.len; i++) {
    if (memcmp(text.ptr + i, part, len) == 0) {
      return true;
    }
  }
  return false;
}

str name_canonical(arena *a, str name) {
  size_t start = skip_annotations(name);
  str annotations = str_sub(name, 0, start);
  str label = str_sub(name, start, name.len);
  size_t dot = str_find(label, '.', 0);
  if (dot < label.len && label_eq(str_sub(label, 0, dot), str_sub(label, dot + 1, label.len))) {
    label = str_sub(label, 0, dot); /* `foo.foo` would take the name of its resource */
    annotations.len = 0;
  }
  buf b;
  buf_init(&b, a);
  if (str_starts_with(annotations, "[constructor]")) {
    buf_add_c(&b, "[constructor]");
  } else if (contains(annotations, "[set]")) {
    buf_add_c(&b, "[set]");
  }
  add_folded(&b, label);
  return buf_str(&b);
}

bool label_eq(str a, str b) {
  size_t i = 0, j = 0;
  for (;;) {
    while (i < a.len && a.ptr[i] == '-') {
      i++;
    }
    while (j < b.len && b.ptr[j] == '-') {
      j++;
    }
    if (i == a.len || j == b.len) {
      return i == a.len && j == b.len;
    }
    if (lower(a.ptr[i++]) != lower(b.ptr[j++])) {
      return false;
    }
  }
}

/* Scopes */

void unique_names_init(unique_names *s, arena *a) {
  table_init(&s->names, a);
}

static void report_clash(resolver *r, const char *what, str name, span at, str previous, span previous_at) {
  if (str_eq(name, previous)) {
    diag_error(r->diag, at, "%s '%.*s' is defined more than once", what, STR_ARG(name));
  } else {
    diag_error(r->diag, at, "%s '%.*s' clashes with '%.*s': names must differ in more than case and hyphens", what,
               STR_ARG(name), STR_ARG(previous));
  }
  diag_note(r->diag, previous_at, "'%.*s' is defined here", STR_ARG(previous));
}

bool unique_names_add(resolver *r, unique_names *s, str name, span at) {
  name_use *use = arena_new(r->arena, name_use);
  *use = (name_use){name, at};
  const name_use *previous = table_add(&s->names, name_canonical(r->arena, name), use);
  if (previous != NULL) {
    report_clash(r, "name", name, at, previous->name, previous->at);
    return false;
  }
  return true;
}

str name_getter_of_setter(arena *a, str setter) {
  char *text = arena_alloc(a, setter.len + 1);
  memcpy(text, setter.ptr, setter.len);
  for (size_t i = 0; i + 5 <= setter.len; i++) {
    if (memcmp(text + i, "[set]", 5) == 0) {
      text[i + 1] = 'g';
      break;
    }
  }
  return (str){text, setter.len};
}

static const syn_id *id_at(const void *ids, size_t i, size_t stride) {
  return (const syn_id *)(const void *)((const char *)ids + i * stride);
}

str suggest_name(const resolver *r, str wanted, const str *candidates, size_t count) {
  return r->diag->errors > r->diag->limit ? (str){"", 0} : diag_nearest(wanted, candidates, count);
}

enum { FEW_NAMES = 12 };

/* Comparing each with each needs no memory and is quicker for the usual handful. */
static bool few_unique(resolver *r, const char *what, const void *ids, size_t count, size_t stride) {
  bool ok = true;
  for (size_t i = 1; i < count; i++) {
    const syn_id *id = id_at(ids, i, stride);
    for (size_t j = 0; j < i; j++) {
      const syn_id *previous = id_at(ids, j, stride);
      if (label_eq(id->name, previous->name)) {
        report_clash(r, what, id->name, id->at, previous->name, previous->at);
        ok = false;
        break;
      }
    }
  }
  return ok;
}

bool names_check_unique(resolver *r, const char *what, const void *ids, size_t count, size_t stride) {
  if (count <= FEW_NAMES) {
    return few_unique(r, what, ids, count, stride);
  }
  bool ok = true;
  table seen;
  table_init(&seen, r->arena);
  for (size_t i = 0; i < count; i++) {
    const syn_id *id = id_at(ids, i, stride);
    const syn_id *previous = table_add(&seen, name_canonical(r->arena, id->name), (void *)(uintptr_t)id);
    if (previous != NULL) {
      report_clash(r, what, id->name, id->at, previous->name, previous->at);
      ok = false;
    }
  }
  return ok;
}

/* Item lists: the key is the name, or for interfaces that go by their own name a NUL byte and the object's address. */

enum { INTERFACE_KEY = 1 + sizeof(const interface *) };

static str interface_key(char out[INTERFACE_KEY], const interface *i) {
  out[0] = '\0';
  memcpy(out + 1, &i, sizeof i);
  return (str){out, INTERFACE_KEY};
}

void item_list_init(item_list *l, arena *a) {
  l->items = (world_item_vec){0};
  table_init(&l->index, a);
}

world_item *item_list_find(const item_list *l, str name, const interface *i) {
  char bytes[INTERFACE_KEY];
  str key = name.len > 0 ? name : interface_key(bytes, i);
  uintptr_t position = (uintptr_t)table_get(&l->index, key);
  return position == 0 ? NULL : &l->items.items[position - 1];
}

static void index_item(item_list *l, arena *a, size_t i) {
  const world_item *item = &l->items.items[i];
  str key = item->name.len > 0 ? item->name : interface_key(arena_alloc(a, INTERFACE_KEY), item->interface);
  table_add(&l->index, key, (void *)(uintptr_t)(i + 1));
}

world_item *item_list_add(item_list *l, arena *a, const world_item *item) {
  world_item *previous = item_list_find(l, item->name, item->interface);
  if (previous != NULL) {
    return previous;
  }
  vec_push(a, &l->items, *item);
  index_item(l, a, l->items.count - 1);
  return NULL;
}

void item_list_reindex(item_list *l, arena *a) {
  table_init(&l->index, a);
  for (size_t i = 0; i < l->items.count; i++) {
    index_item(l, a, i);
  }
}
