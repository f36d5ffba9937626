/*
 * Select: the world that a person means.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/vec.h"
#include "wit/resolve.h"

/* "ns:name/world@1.0.0" or "world" */
typedef struct world_path {
  bool has_package;
  package_name package;
  str world;
} world_path;

static bool is_label(str s) {
  for (size_t i = 0; i < s.len; i++) {
    char c = s.ptr[i];
    bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (!ok) {
      return false;
    }
  }
  return s.len > 0;
}

static str unescape(str s) {
  return str_starts_with(s, "%") ? str_sub(s, 1, s.len) : s;
}

static bool split_path(str wanted, diag *d, world_path *out) {
  size_t colon = str_find(wanted, ':', 0), slash = str_find(wanted, '/', colon);
  size_t at = str_find(wanted, '@', 0);
  *out = (world_path){0};
  if (colon == wanted.len) {
    out->world = unescape(wanted);
  } else {
    out->has_package = true;
    out->package.ns = unescape(str_sub(wanted, 0, colon));
    out->package.name = unescape(str_sub(wanted, colon + 1, slash));
    out->world = unescape(str_sub(wanted, slash + 1, at));
    const char *why;
    out->package.has_version = at < wanted.len;
    if (at < wanted.len && !semver_parse(str_sub(wanted, at + 1, wanted.len), &out->package.version, &why)) {
      diag_error(d, SPAN_NONE, "bad version in world '%.*s': %s", STR_ARG(wanted), why);
      return false;
    }
  }
  bool ok = is_label(out->world) && (!out->has_package || (is_label(out->package.ns) && is_label(out->package.name)));
  if (!ok) {
    diag_error(d, SPAN_NONE, "'%.*s' does not name a world; write 'world' or 'ns:package/world@1.0.0'",
               STR_ARG(wanted));
  }
  return ok;
}

static str world_text(arena *a, const world *w) {
  interface as_item = {.name = w->name, .package = w->package};
  return interface_id_text(a, &as_item);
}

static void note_worlds(const package *p, arena *a, diag *d) {
  for (size_t i = 0; i < p->worlds.count; i++) {
    diag_note(d, p->worlds.items[i]->at, "there is '%.*s'", STR_ARG(world_text(a, p->worlds.items[i])));
  }
}

static void note_main_worlds(const resolved *r, arena *a, diag *d) {
  for (size_t i = 0; i < r->mains.count; i++) {
    note_worlds(r->mains.items[i], a, d);
  }
}

/* Without a version any will do, as long as there is one only. */
static const package *find_package(const resolved *r, const world_path *path, str wanted, arena *a, diag *d) {
  const package *found = NULL, *second = NULL;
  for (size_t i = 0; i < r->model.packages.count; i++) {
    const package *p = r->model.packages.items[i];
    if (package_name_eq(&p->name, &path->package)) {
      return p;
    }
    if (!path->package.has_version && str_eq(p->name.ns, path->package.ns) &&
        str_eq(p->name.name, path->package.name)) {
      second = found != NULL && second == NULL ? p : second;
      found = found == NULL ? p : found;
    }
  }
  if (second != NULL) {
    diag_error(d, SPAN_NONE, "world '%.*s' needs a version: there are several of its package", STR_ARG(wanted));
    diag_note(d, found->at, "one is here");
    diag_note(d, second->at, "another is here");
    return NULL;
  }
  if (found == NULL) {
    diag_error(d, SPAN_NONE, "no package for world '%.*s'", STR_ARG(wanted));
    note_main_worlds(r, a, d);
  }
  return found;
}

static const world *find_world(const package *p, str name, arena *a, diag *d) {
  str_vec names = {0};
  for (size_t i = 0; i < p->worlds.count; i++) {
    if (str_eq(p->worlds.items[i]->name, name)) {
      return p->worlds.items[i];
    }
    vec_push(a, &names, p->worlds.items[i]->name);
  }
  str id = package_name_text(a, &p->name);
  diag_error(d, SPAN_NONE, "no world '%.*s' in package '%.*s'", STR_ARG(name), STR_ARG(id));
  str near = diag_nearest(name, names.items, names.count);
  if (near.len > 0) {
    diag_note(d, SPAN_NONE, "there is '%.*s'; did you mean that?", STR_ARG(near));
  } else {
    note_worlds(p, a, d);
  }
  return NULL;
}

static const world *only_world(const package *p, arena *a, diag *d) {
  str name = package_name_text(a, &p->name);
  if (p->worlds.count == 1) {
    return p->worlds.items[0];
  }
  if (p->worlds.count == 0) {
    diag_error(d, SPAN_NONE, "package '%.*s' has no world", STR_ARG(name));
  } else {
    diag_error(d, SPAN_NONE, "package '%.*s' has %zu worlds; name one", STR_ARG(name), p->worlds.count);
    note_worlds(p, a, d);
  }
  return NULL;
}

/* Worlds of several paths are told apart by their full names alone, whether or not they differ without. */
static void report_several_mains(const resolved *r, arena *a, diag *d) {
  diag_error(d, SPAN_NONE, "several packages were given; name the world in full");
  note_main_worlds(r, a, d);
}

bool wit_world_name(str wanted, diag *d, str *out) {
  world_path path;
  bool ok = split_path(wanted, d, &path);
  *out = path.world;
  return ok;
}

const world *wit_select_world(const resolved *r, str wanted, arena *a, diag *d) {
  world_path path = {0};
  if (wanted.len > 0 && !split_path(wanted, d, &path)) {
    return NULL;
  }
  if (!path.has_package && r->mains.count > 1) {
    report_several_mains(r, a, d);
    return NULL;
  }
  if (wanted.len == 0) {
    return only_world(r->mains.items[0], a, d);
  }
  const package *p = path.has_package ? find_package(r, &path, wanted, a, d) : r->mains.items[0];
  return p == NULL ? NULL : find_world(p, path.world, a, d);
}
