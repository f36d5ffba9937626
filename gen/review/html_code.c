/*
 * HTML code: the C of both inputs for each world that both have, as witgen would write it: the guest's and the host's.
 *
 * The headers say of each declaration which item of the WIT it comes from; that is how a change finds its place in C.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/html_parts.h"

/* Items */

/* "fields", "[constructor]fields", "[method]fields.get" -> ".fields", ".fields.constructor", ".fields.get" */
static void add_item(buf *b, str name) {
  static const char constructor[] = "[constructor]";
  bool is_constructor = str_starts_with(name, constructor);
  size_t start = 0;
  while (start < name.len && name.ptr[start] == '[') {
    start = str_find(name, ']', start) + 1;
  }
  buf_add_byte(b, '.');
  buf_add(b, str_sub(name, start, name.len));
  buf_add_c(b, is_constructor ? ".constructor" : "");
}

/*
 * "import ns:pkg/iface@1.0.0#f" -> "ns:pkg/iface.f", and for what belongs to a world, "export run" -> "ns:pkg/world.export.run", as in
 * change.h. Types of a world, "record world#r", are among its imports.
 */
static str path_of_origin(str origin, str world_path, arena *a) {
  size_t blank = str_find(origin, ' ', 0);
  str id = str_sub(origin, blank + 1, origin.len);
  size_t hash = str_find(id, '#', 0), at = str_find(id, '@', 0);
  buf b;
  buf_init(&b, a);
  str base = str_sub(id, 0, at < hash ? at : hash);
  if (str_find(id, ':', 0) == id.len) {
    bool is_export = str_eq_c(str_sub(origin, 0, blank), "export");
    buf_printf(&b, "%.*s.%s", STR_ARG(world_path), is_export ? "export" : "import");
    bool is_world = hash < id.len && str_eq(base, str_sub(world_path, str_find(world_path, '/', 0) + 1, world_path.len));
    buf_add_c(&b, is_world ? "" : ".");
    base = is_world ? STR("") : base;
  }
  buf_add(&b, base);
  if (hash < id.len) {
    add_item(&b, str_sub(id, hash + 1, id.len));
  }
  return buf_str(&b);
}

static str trim(str s) {
  size_t from = 0, to = s.len;
  while (from < to && s.ptr[from] == ' ') {
    from++;
  }
  while (to > from && s.ptr[to - 1] == ' ') {
    to--;
  }
  return str_sub(s, from, to);
}

/* What follows "wit: " in a line of a comment; empty when it says nothing of the kind. */
static str origin_in(str line) {
  str text = trim(line);
  if (str_starts_with(text, "/**")) {
    text = str_sub(text, 3, text.len - (str_ends_with(text, "*/") ? 2 : 0));
  } else if (str_starts_with(text, "*")) {
    text = str_sub(text, 1, text.len);
  }
  text = trim(text);
  return str_starts_with(text, "wit:") ? trim(str_sub(text, 4, text.len)) : STR("");
}

static void index_items(table *items, str text, str world_path, arena *a) {
  table_init(items, a);
  size_t line = 0;
  for (size_t at = 0; at < text.len;) {
    size_t end = str_find(text, '\n', at);
    str origin = origin_in(str_sub(text, at, end));
    line++;
    at = end + 1;
    if (origin.len > 0) {
      table_add(items, path_of_origin(origin, world_path, a), (void *)(uintptr_t)line);
    }
  }
}

size_t html_item_line(const table *items, str path, size_t *depth) {
  size_t slash = str_find(path, '/', 0);
  for (size_t end = path.len; end > 0; end--) {
    bool whole = end == path.len || (path.ptr[end] == '.' && end > slash);
    void *line = whole ? table_get(items, str_sub(path, 0, end)) : NULL;
    if (line != NULL) {
      *depth = end;
      return (size_t)(uintptr_t)line;
    }
  }
  *depth = 0;
  return 0;
}

/* Generating */

typedef struct generator {
  page *page;
  emit_options options;
} generator;

/* Both sides' files of a world; false, with the first reason, when there is no C for it. */
static bool generate(const generator *g, const resolved *r, const world *w, emit_file_vec *out, str *why) {
  arena *a = g->page->arena;
  diag d;
  diag_init(&d, a);
  bool ok = emit_world(&r->model, w, SIDE_GUEST, &g->options, a, &d, out) &&
            emit_world(&r->model, w, SIDE_HOST, &g->options, a, &d, out);
  for (size_t i = 0; i < d.messages.count && !ok && why->len == 0; i++) {
    *why = d.messages.items[i].level == DIAG_ERROR ? d.messages.items[i].text : *why;
  }
  return ok;
}

static void add_file(page *p, const emit_file *old, const emit_file *new, str world_path) {
  enum { CONTEXT = 2, KEEP = 10 }; /* there is much of it, and who needs all of it can generate it */
  text_pair t = {.title = new->name, .old_title = old->name, .has_old = true, .has_new = true, .context = CONTEXT, .keep = KEEP};
  t.old = old->bytes;
  t.new = new->bytes;
  t.id = str_format(p->arena, "c%zu", p->code.count + 1);
  t.open = t.has_items = str_ends_with(new->name, ".h");
  if (t.has_items) {
    index_items(&t.old_items, t.old, world_path, p->arena);
    index_items(&t.new_items, t.new, world_path, p->arena);
  }
  vec_push(p->arena, &p->code, t);
}

static void add_world(const generator *g, const world *old, const world *new) {
  page *p = g->page;
  world_code c = {.title = new->name, .first = p->code.count};
  emit_file_vec before = {0}, after = {0};
  bool ok = generate(g, p->review->old, old, &before, &c.why) && generate(g, p->review->new, new, &after, &c.why);
  const package_name *in = &new->package->name;
  str path = str_format(p->arena, "%.*s:%.*s/%.*s", STR_ARG(in->ns), STR_ARG(in->name), STR_ARG(new->name));
  /* both have the same files in the same order: which ones depends on the options alone */
  for (size_t i = 0; ok && i < before.count && i < after.count; i++) {
    add_file(p, &before.items[i], &after.items[i], path);
  }
  c.count = p->code.count - c.first;
  vec_push(p->arena, &p->worlds, c);
}

static const world *find_world(const package *p, str name) {
  for (size_t i = 0; i < p->worlds.count; i++) {
    if (str_eq(p->worlds.items[i]->name, name)) {
      return p->worlds.items[i];
    }
  }
  return NULL;
}

void html_make_code(page *p, const emit_options *options) {
  const review *r = p->review;
  generator g = {p, *options};
  /* the engines' files say nothing of a world that the others do not say */
  g.options.engine_wasm2c = g.options.engine_wasmtime = g.options.object_file = false;
  g.options.guest_module = STR("");
  if (r->old_world != NULL && r->new_world != NULL) {
    add_world(&g, r->old_world, r->new_world);
    return;
  }
  const package *old = r->packages.items[0].old, *new = r->packages.items[0].new;
  for (size_t i = 0; old != NULL && new != NULL && i < new->worlds.count; i++) {
    const world *before = find_world(old, new->worlds.items[i]->name);
    if (before != NULL) {
      add_world(&g, before, new->worlds.items[i]);
    }
  }
}
