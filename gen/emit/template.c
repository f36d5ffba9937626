/*
 * Template: reading, checking and filling. The rules are in template.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/template.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "support/vec.h"
#include "wit/files.h"

typedef struct builtin {
  const char *name;
  const char *text;
  size_t len;
} builtin;

static const builtin builtins[] = {
#include "templates.inc"
};

enum { BUILTIN_COUNT = sizeof builtins / sizeof *builtins };

/* Holes */

/* A hole of a template: `${name}` at bytes start..end. */
typedef struct hole_at {
  size_t start, end;
  str name;
} hole_at;

static bool is_hole_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The first hole at or after byte `from`; false when there is none. `${` without a name and `}` is plain text. */
static bool find_hole(str text, size_t from, hole_at *out) {
  for (size_t at = str_find(text, '$', from); at < text.len; at = str_find(text, '$', at + 1)) {
    size_t end = at + 2;
    if (at + 1 >= text.len || text.ptr[at + 1] != '{')
      continue;
    while (end < text.len && is_hole_char(text.ptr[end]))
      end++;
    if (end == text.len || text.ptr[end] != '}' || end == at + 2)
      continue;
    *out = (hole_at){at, end + 1, str_sub(text, at + 2, end)};
    return true;
  }
  return false;
}

static bool has_hole(str text, str name) {
  hole_at hole;
  for (size_t at = 0; find_hole(text, at, &hole); at = hole.end) {
    if (str_eq(hole.name, name))
      return true;
  }
  return false;
}

/* Replacements */

static str builtin_text(const builtin *b) {
  return (str){b->text, b->len};
}

static void check_replacement(const source *file, const builtin *b, diag *d) {
  hole_at hole;
  for (size_t at = 0; find_hole(file->text, at, &hole); at = hole.end) {
    if (!has_hole(builtin_text(b), hole.name))
      diag_error(d, (span){file, (uint32_t)hole.start, (uint32_t)hole.end}, "template '%s' has no hole '%.*s'",
                 b->name, STR_ARG(hole.name));
  }
  for (size_t at = 0; find_hole(builtin_text(b), at, &hole); at = hole.end) {
    bool is_first = !has_hole(str_sub(builtin_text(b), 0, hole.start), hole.name);
    if (is_first && !has_hole(file->text, hole.name))
      diag_error(d, (span){file, 0, 0}, "the hole '${%.*s}' is missing", STR_ARG(hole.name));
  }
}

static bool is_there(str path, diag *d) {
  struct stat st;
  if (stat(path.ptr, &st) == 0)
    return true;
  if (errno != ENOENT && errno != ENOTDIR)
    diag_error(d, SPAN_NONE, "cannot read template '%.*s': %s", STR_ARG(path), strerror(errno));
  return false;
}

/* The file that replaces `b`; a text with NULL pointer when there is none. */
static str read_replacement(str dir, const builtin *b, inputs *in, arena *a, diag *d) {
  source *file = arena_new(a, source);
  file->path = str_format(a, "%.*s/%s", STR_ARG(dir), b->name);
  if (!is_there(file->path, d) || !wit_files_on_disk.read(&wit_files_on_disk, file->path, a, d, &file->text))
    return (str){NULL, 0};
  inputs_add(in, file->path);
  check_replacement(file, b, d);
  return file->text;
}

static bool dir_exists(str dir, arena *a, diag *d) {
  DIR *handle = opendir(str_c(a, dir));
  if (handle != NULL)
    return closedir(handle) == 0;
  diag_error(d, SPAN_NONE, "cannot read the templates in '%.*s': %s", STR_ARG(dir), strerror(errno));
  return false;
}

/* `dir` and what lies in it by the names of templates ("guest"): a file that is put there would be read. */
static void record_dirs(str dir, inputs *in, arena *a) {
  struct stat st;
  str last = STR("");
  inputs_add(in, dir);
  for (size_t i = 0; i < BUILTIN_COUNT; i++) {
    str name = str_of(builtins[i].name), folder = str_sub(name, 0, str_find(name, '/', 0));
    str path = str_format(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(folder));
    if (!str_eq(folder, last) && stat(path.ptr, &st) == 0 && S_ISDIR(st.st_mode))
      inputs_add(in, path);
    last = folder;
  }
}

bool templates_init(templates *t, str dir, inputs *in, arena *a, diag *d) {
  size_t errors = d->errors;
  size_t replaced = 0;
  t->arena = a;
  t->texts = arena_alloc_array(a, BUILTIN_COUNT, sizeof *t->texts);
  for (size_t i = 0; i < BUILTIN_COUNT; i++)
    t->texts[i] = builtin_text(&builtins[i]);
  if (dir.len == 0)
    return true;
  if (!dir_exists(dir, a, d))
    return false;
  record_dirs(dir, in, a);
  for (size_t i = 0; i < BUILTIN_COUNT; i++) {
    str text = read_replacement(dir, &builtins[i], in, a, d);
    replaced += text.ptr != NULL;
    t->texts[i] = text.ptr != NULL ? text : t->texts[i];
  }
  if (d->errors == errors && replaced == 0) {
    diag_warning(d, SPAN_NONE, "'%.*s' replaces no template", STR_ARG(dir));
    for (size_t i = 0; i < BUILTIN_COUNT; i++)
      diag_note(d, SPAN_NONE, "there is a template '%s'", builtins[i].name);
  }
  return d->errors == errors;
}

/* Filling */

static str find_text(const templates *t, const char *name) {
  for (size_t i = 0; i < BUILTIN_COUNT; i++) {
    if (strcmp(builtins[i].name, name) == 0)
      return t->texts[i];
  }
  assert(0 && "no such template");
  return STR("");
}

static str find_value(const template_hole *holes, size_t count, str name) {
  for (size_t i = 0; i < count; i++) {
    if (str_eq_c(name, holes[i].name))
      return holes[i].value;
  }
  assert(0 && "a hole without a value");
  return STR("");
}

void template_names(const templates *t, const char *name, const template_hole *hole, void (*take)(void *context, str name),
                    void *context) {
  str text = find_text(t, name);
  hole_at at = {0};
  for (size_t i = 0; find_hole(text, i, &at); i = at.end) {
    size_t end = at.end;
    while (end < text.len && is_hole_char(text.ptr[end]))
      end++;
    bool begins = at.start == 0 || !is_hole_char(text.ptr[at.start - 1]);
    if (begins && end > at.end + 1 && str_eq_c(at.name, hole->name))
      take(context, str_format(t->arena, "%.*s%.*s", STR_ARG(hole->value), STR_ARG(str_sub(text, at.end, end))));
  }
}

static bool is_whole_line(str text, const hole_at *hole) {
  bool starts = hole->start == 0 || text.ptr[hole->start - 1] == '\n';
  return starts && hole->end < text.len && text.ptr[hole->end] == '\n';
}

/* Room for the result, so that large values are copied once. */
static void reserve_expansion(str text, const template_hole *holes, size_t count, buf *out) {
  size_t size = text.len;
  for (size_t i = 0; i < count; i++)
    size += holes[i].value.len;
  buf_reserve(out, size);
}

void template_expand(const templates *t, const char *name, const template_hole *holes, size_t count, buf *out) {
  str text = find_text(t, name);
  size_t at = 0;
  hole_at hole;
  reserve_expansion(text, holes, count, out);
  while (find_hole(text, at, &hole)) {
    buf_add(out, str_sub(text, at, hole.start));
    buf_add(out, find_value(holes, count, hole.name));
    at = is_whole_line(text, &hole) ? hole.end + 1 : hole.end;
  }
  buf_add(out, str_sub(text, at, text.len));
}
