/*
 * Load: which files make up the input, and their bytes.
 *
 * A file is a package by itself. In a directory all `*.wit` files are one package; each entry of its `deps` directory is a
 * dependency: a directory of `*.wit` files, a `.wit` file, or a binary package. Everything else is left alone.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wit/resolve_parts.h"

/* positions in a file are 32-bit */
#define MAX_FILE_BYTES ((off_t)1 << 30)

static void report_errno(resolver *r, const char *what, str path) {
  diag_error(r->diag, SPAN_NONE, "cannot %s '%.*s': %s", what, STR_ARG(path), strerror(errno));
}

/* `size` bytes or what there is of them. */
static bool read_bytes(resolver *r, int fd, str path, size_t size, str *out) {
  char *bytes = arena_alloc(r->arena, size + 1);
  size_t len = 0;
  while (len < size) {
    ssize_t got = read(fd, bytes + len, size - len);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      report_errno(r, "read", path);
      return false;
    }
    if (got == 0) {
      break;
    }
    len += (size_t)got;
  }
  *out = (str){bytes, len};
  return true;
}

static bool read_open(resolver *r, int fd, str path, str *out) {
  struct stat st;
  if (fstat(fd, &st) != 0) {
    report_errno(r, "read", path);
    return false;
  }
  if (!S_ISREG(st.st_mode)) {
    diag_error(r->diag, SPAN_NONE, "'%.*s' is not a file", STR_ARG(path));
    return false;
  }
  if (st.st_size > MAX_FILE_BYTES) {
    diag_error(r->diag, SPAN_NONE, "'%.*s' is larger than 1 GiB", STR_ARG(path));
    return false;
  }
  return read_bytes(r, fd, path, (size_t)st.st_size, out);
}

bool load_file(resolver *r, str path, str *out) {
  /* a FIFO without a writer must not stop us */
  int fd = open(str_c(r->arena, path), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    report_errno(r, "read", path);
    return false;
  }
  bool ok = read_open(r, fd, path, out);
  close(fd);
  return ok;
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
  DIR *dir = opendir(str_c(r->arena, path));
  if (dir == NULL) {
    report_errno(r, "read directory", path);
    return false;
  }
  for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
    if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
      str name = str_copy(r->arena, str_of(e->d_name));
      vec_push(r->arena, names, name);
    }
  }
  closedir(dir);
  if (names->count > 0) {
    qsort(names->items, names->count, sizeof *names->items, compare_names);
  }
  return true;
}

static str path_join(resolver *r, str dir, str name) {
  const char *slash = str_ends_with(dir, "/") ? "" : "/";
  return str_format(r->arena, "%.*s%s%.*s", STR_ARG(dir), slash, STR_ARG(name));
}

static bool stat_mode(resolver *r, str path, mode_t *mode) {
  struct stat st;
  if (stat(str_c(r->arena, path), &st) != 0) {
    return false;
  }
  *mode = st.st_mode;
  return true;
}

/* One package of all `*.wit` files in a directory. */
static bool list_package(resolver *r, str dir, load_group_vec *out) {
  load_group group = {.where = dir};
  str_vec names = {0};
  if (!list_directory(r, dir, &names)) {
    return false;
  }
  for (size_t i = 0; i < names.count; i++) {
    mode_t mode;
    str path = path_join(r, dir, names.items[i]);
    if (has_extension(names.items[i], ".wit") && (!stat_mode(r, path, &mode) || !S_ISDIR(mode))) {
      vec_push(r->arena, &group.paths, path);
    }
  }
  vec_push(r->arena, out, group);
  return true;
}

static bool list_dependency(resolver *r, str path, str name, load_group_vec *out) {
  mode_t mode;
  if (!stat_mode(r, path, &mode)) {
    report_errno(r, "read", path);
    return false;
  }
  if (S_ISDIR(mode)) {
    return list_package(r, path, out);
  }
  if (has_extension(name, ".wit") || has_extension(name, ".wasm") || has_extension(name, ".wat")) {
    load_group group = {.where = path};
    vec_push(r->arena, &group.paths, path);
    vec_push(r->arena, out, group);
  }
  return true;
}

static bool list_dependencies(resolver *r, str deps, load_group_vec *out) {
  mode_t mode;
  if (!stat_mode(r, deps, &mode)) {
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
  mode_t mode;
  if (!stat_mode(r, path, &mode)) {
    report_errno(r, "read", path);
    return false;
  }
  if (S_ISDIR(mode)) {
    return list_package(r, path, out) && list_dependencies(r, path_join(r, path, STR("deps")), out);
  }
  load_group group = {.where = path};
  vec_push(r->arena, &group.paths, path);
  vec_push(r->arena, out, group);
  return true;
}
