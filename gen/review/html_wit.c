/*
 * HTML WIT: which texts of the two inputs belong side by side.
 *
 * Files are partners when their paths below their inputs are equal; else when they are the only ones left of one package
 * under one name, or the only ones left of it at all: names of directories often have versions in them. Two single files are
 * partners whatever they are called. A package that is binary in one of the inputs has no text there: it is printed from both
 * models, and its files are left out.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/html_parts.h"
#include "wit/print.h"

typedef struct wit_file {
  const source *source;
  const package *package; /* NULL: no item of the model is in it */
  str path;               /* below the input */
  bool taken;
} wit_file;

typedef struct wit_file_vec {
  wit_file *items;
  size_t count, cap;
} wit_file_vec;

/* Collecting */

static size_t directory_length(str path) {
  size_t length = path.len;
  while (length > 0 && path.ptr[length - 1] != '/' && path.ptr[length - 1] != ':') {
    length--;
  }
  return length;
}

/* The directory that all paths are in; its length. */
static size_t common_directory(const source_vec *sources) {
  str first = sources->items[0]->path;
  size_t length = directory_length(first);
  for (size_t i = 1; i < sources->count; i++) {
    str path = sources->items[i]->path;
    size_t same = 0;
    while (same < length && same < path.len && path.ptr[same] == first.ptr[same]) {
      same++;
    }
    length = same == length ? length : directory_length(str_sub(first, 0, same));
  }
  return length;
}

static bool is_in(const source *s, const package *p) {
  bool found = p->at.source == s;
  for (size_t i = 0; i < p->interfaces.count && !found; i++) {
    found = p->interfaces.items[i]->at.source == s;
  }
  for (size_t i = 0; i < p->worlds.count && !found; i++) {
    found = p->worlds.items[i]->at.source == s;
  }
  return found;
}

static const package *package_of(const source *s, const resolved *r) {
  for (size_t i = 0; i < r->model.packages.count; i++) {
    if (is_in(s, r->model.packages.items[i])) {
      return r->model.packages.items[i];
    }
  }
  return NULL;
}

static wit_file_vec collect(const resolved *r, arena *a) {
  wit_file_vec files = {0};
  size_t skip = r->sources.count > 0 ? common_directory(&r->sources) : 0;
  for (size_t i = 0; i < r->sources.count; i++) {
    const source *s = r->sources.items[i];
    wit_file f = {s, package_of(s, r), str_sub(s->path, skip, s->path.len), false};
    vec_push(a, &files, f);
  }
  return files;
}

/* Pairing */

str html_file_name(str path) {
  return str_sub(path, directory_length(path), path.len);
}

/* Whether the packages of two files are one on the page. */
static bool same_package(const review *r, const wit_file *old, const wit_file *new) {
  for (size_t i = 0; i < r->packages.count && old->package != NULL; i++) {
    if (r->packages.items[i].old == old->package) {
      return r->packages.items[i].new == new->package;
    }
  }
  return false;
}

typedef enum likeness { BY_PATH, BY_NAME, BY_PACKAGE, BY_NOTHING } likeness;

static bool is_partner(const review *r, likeness by, const wit_file *old, const wit_file *new) {
  switch (by) {
  case BY_PATH: return str_eq(old->path, new->path);
  case BY_NAME: return same_package(r, old, new) && str_eq(html_file_name(old->path), html_file_name(new->path));
  case BY_PACKAGE: return same_package(r, old, new);
  case BY_NOTHING: return r->old->sources.count == 1 && r->new->sources.count == 1;
  }
  return false;
}

/* The only file that is left and a partner of `f`, or NULL. */
static wit_file *only_partner(const review *r, likeness by, const wit_file *f, wit_file_vec *others, bool f_is_old) {
  wit_file *found = NULL;
  for (size_t i = 0; i < others->count; i++) {
    wit_file *o = &others->items[i];
    if (o->taken || !is_partner(r, by, f_is_old ? f : o, f_is_old ? o : f)) {
      continue;
    }
    if (found != NULL) {
      return NULL;
    }
    found = o;
  }
  return found;
}

static text_pair new_pair(const page *p, bool has_old, bool has_new) {
  enum { CONTEXT = 3, KEEP = 400, ENDS = 50 };
  return (text_pair){.id = str_format(p->arena, "w%zu", p->wit.count + 1), .has_old = has_old, .has_new = has_new,
                     .open = true, .context = CONTEXT, .keep = KEEP, .ends = ENDS};
}

static void add_pair(page *p, const wit_file *old, const wit_file *new) {
  text_pair t = new_pair(p, old != NULL, new != NULL);
  t.has_source = true;
  t.title = new != NULL ? new->path : old->path;
  if (old != NULL) {
    t.old_title = old->path;
    t.old_source = old->source;
    t.old = old->source->text;
  }
  if (new != NULL) {
    t.new_source = new->source;
    t.new = new->source->text;
  }
  vec_push(p->arena, &p->wit, t);
}

/* For each new file its partner, or NULL. */
static const wit_file **pair_files(const review *r, wit_file_vec *old, wit_file_vec *new, arena *a) {
  const wit_file **partners = arena_new_array(a, const wit_file *, new->count);
  for (int by = BY_PATH; by <= BY_NOTHING; by++) {
    for (size_t i = 0; i < new->count; i++) {
      wit_file *n = &new->items[i];
      wit_file *o = n->taken ? NULL : only_partner(r, (likeness)by, n, old, false);
      if (o != NULL && only_partner(r, (likeness)by, o, new, true) == n) {
        partners[i] = o;
        n->taken = o->taken = true;
      }
    }
  }
  return partners;
}

static bool has_text(const resolved *r, const package *p) {
  for (size_t i = 0; i < r->sources.count; i++) {
    if (is_in(r->sources.items[i], p)) {
      return true;
    }
  }
  return false;
}

/* Whether a package has to be printed, because there is no text of it on one of the sides that have it. */
static bool is_printed(const review *r, const package_pair *of) {
  return (of->old != NULL && !has_text(r->old, of->old)) || (of->new != NULL && !has_text(r->new, of->new));
}

/* Files of packages that are printed, and what is in no package when the other input has no text at all. */
static void take_printed(const review *r, wit_file_vec *files, const resolved *other) {
  for (size_t i = 0; i < files->count; i++) {
    wit_file *f = &files->items[i];
    f->taken = other->sources.count == 0;
    for (size_t k = 0; k < r->packages.count && !f->taken && f->package != NULL; k++) {
      const package_pair *of = &r->packages.items[k];
      f->taken = (of->old == f->package || of->new == f->package) && is_printed(r, of);
    }
  }
}

static void pair_sources(page *p) {
  const review *r = p->review;
  wit_file_vec old = collect(r->old, p->arena), new = collect(r->new, p->arena);
  take_printed(r, &old, r->new);
  take_printed(r, &new, r->old);
  bool *printed = arena_new_array(p->arena, bool, new.count);
  for (size_t i = 0; i < new.count; i++) {
    printed[i] = new.items[i].taken;
  }
  const wit_file **partners = pair_files(r, &old, &new, p->arena);
  for (size_t i = 0; i < new.count; i++) {
    if (!printed[i]) {
      add_pair(p, partners[i], &new.items[i]);
    }
  }
  for (size_t i = 0; i < old.count; i++) {
    if (!old.items[i].taken) {
      add_pair(p, &old.items[i], NULL);
    }
  }
}

/* Printing */

static str print_side(page *p, const package *of, str *title, table *items) {
  if (of == NULL) {
    return STR("");
  }
  *title = package_name_text(p->arena, &of->name);
  table_init(items, p->arena);
  return wit_print_package(of, p->arena, items);
}

static void print_pair(page *p, const package_pair *of) {
  text_pair t = new_pair(p, of->old != NULL, of->new != NULL);
  t.has_items = true;
  t.old = print_side(p, of->old, &t.old_title, &t.old_items);
  t.new = print_side(p, of->new, &t.title, &t.new_items);
  t.title = of->new != NULL ? t.title : t.old_title;
  vec_push(p->arena, &p->wit, t);
}

void html_find_wit(page *p) {
  const review *r = p->review;
  pair_sources(p);
  for (size_t i = 0; i < r->packages.count; i++) {
    if (is_printed(r, &r->packages.items[i])) {
      print_pair(p, &r->packages.items[i]);
    }
  }
}
