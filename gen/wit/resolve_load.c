/*
 * Load: which files make up the input.
 *
 * A file is a package by itself. In a directory all `*.wit` files are one package; each entry of its `deps` directory is a
 * dependency: a directory of `*.wit` files, a `.wit` file, or a binary package. Everything else is left alone.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>
#include <string.h>

#include "wit/resolve_parts.h"

static const wit_files *files_of(const resolver *r) {
  return r->options->files != NULL ? r->options->files : &wit_files_on_disk;
}

bool load_file(resolver *r, str path, str *out) {
  inputs_add(r->options->inputs, path);
  return files_of(r)->read(files_of(r), path, r->arena, r->diag, out);
}

bool load_is_binary(str bytes) {
  return bytes.len >= 4 && memcmp(bytes.ptr, "\0asm", 4) == 0;
}

bool load_is_wat(str path, str bytes) {
  if (str_ends_with(path, ".wat")) {
    return true;
  }
  size_t i = 0;
  while (i < bytes.len && memchr(" \t\r\n", bytes.ptr[i], 4) != NULL) {
    i++;
  }
  return i < bytes.len && bytes.ptr[i] == '(';
}

/* Directories */

/* As the file name's extension: a name of nothing but ".wit" has none. */
static bool has_extension(str name, const char *extension) {
  return name.len > strlen(extension) && str_ends_with(name, extension);
}

static int compare_names(const void *a, const void *b) {
  return str_compare(*(const str *)a, *(const str *)b);
}

static bool list_directory(resolver *r, str path, str_vec *names) {
  if (!files_of(r)->list(files_of(r), path, r->arena, r->diag, names)) {
    return false;
  }
  inputs_add(r->options->inputs, path);
  if (names->count > 0) {
    qsort(names->items, names->count, sizeof *names->items, compare_names);
  }
  return true;
}

static str path_join(resolver *r, str dir, str name) {
  return files_join(files_of(r), dir, name, r->arena);
}

/* What stands at a path; why it is missing is told only if it is `needed`. */
static file_kind kind_of(resolver *r, str path, bool needed) {
  return files_of(r)->kind(files_of(r), path, r->arena, needed ? r->diag : NULL);
}

/* One package of all `*.wit` files in a directory. */
static bool list_package(resolver *r, str dir, load_group_vec *out) {
  load_group group = {.where = dir};
  str_vec names = {0};
  if (!list_directory(r, dir, &names)) {
    return false;
  }
  for (size_t i = 0; i < names.count; i++) {
    str path = path_join(r, dir, names.items[i]);
    if (has_extension(names.items[i], ".wit") && kind_of(r, path, false) != FILE_DIRECTORY) {
      vec_push(r->arena, &group.paths, path);
    }
  }
  vec_push(r->arena, out, group);
  return true;
}

static void list_one(resolver *r, str path, load_group_vec *out) {
  load_group group = {.where = path};
  vec_push(r->arena, &group.paths, path);
  vec_push(r->arena, out, group);
}

static bool list_dependency(resolver *r, str path, str name, load_group_vec *out) {
  file_kind kind = kind_of(r, path, true);
  if (kind == FILE_DIRECTORY) {
    return list_package(r, path, out);
  }
  if (kind != FILE_MISSING && (has_extension(name, ".wit") || has_extension(name, ".wasm") || has_extension(name, ".wat"))) {
    list_one(r, path, out);
  }
  return kind != FILE_MISSING;
}

static bool list_dependencies(resolver *r, str deps, load_group_vec *out) {
  if (kind_of(r, deps, false) == FILE_MISSING) {
    return true;
  }
  str_vec names = {0};
  bool ok = list_directory(r, deps, &names);
  for (size_t i = 0; i < names.count; i++) {
    ok = list_dependency(r, path_join(r, deps, names.items[i]), names.items[i], out) && ok;
  }
  return ok;
}

bool load_list(resolver *r, str path, load_group_vec *out) {
  file_kind kind = kind_of(r, path, true);
  if (kind == FILE_DIRECTORY) {
    return list_package(r, path, out) && list_dependencies(r, path_join(r, path, STR("deps")), out);
  }
  if (kind != FILE_MISSING) {
    list_one(r, path, out);
  }
  return kind != FILE_MISSING;
}
