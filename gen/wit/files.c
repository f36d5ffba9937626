/*
 * Files: the disk.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* positions in a file are 32-bit */
#define MAX_FILE_BYTES ((off_t)1 << 30)

static void report_errno(diag *d, const char *what, str path) {
  diag_error(d, SPAN_NONE, "cannot %s '%.*s': %s", what, STR_ARG(path), strerror(errno));
}

static file_kind disk_kind(const wit_files *f, str path, arena *a, diag *d) {
  (void)f;
  struct stat st;
  if (stat(str_c(a, path), &st) != 0) {
    if (d != NULL) {
      report_errno(d, "read", path);
    }
    return FILE_MISSING;
  }
  return S_ISDIR(st.st_mode) ? FILE_DIRECTORY : S_ISREG(st.st_mode) ? FILE_REGULAR : FILE_OTHER;
}

static bool disk_list(const wit_files *f, str path, arena *a, diag *d, str_vec *names) {
  (void)f;
  DIR *dir = opendir(str_c(a, path));
  if (dir == NULL) {
    report_errno(d, "read directory", path);
    return false;
  }
  for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
    if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
      str name = str_copy(a, str_of(e->d_name));
      vec_push(a, names, name);
    }
  }
  closedir(dir);
  return true;
}

/* `size` bytes or what there is of them. */
static bool read_bytes(int fd, str path, size_t size, arena *a, diag *d, str *out) {
  char *bytes = arena_alloc(a, size + 1);
  size_t len = 0;
  while (len < size) {
    ssize_t got = read(fd, bytes + len, size - len);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      report_errno(d, "read", path);
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

static bool read_open(int fd, str path, arena *a, diag *d, str *out) {
  struct stat st;
  if (fstat(fd, &st) != 0) {
    report_errno(d, "read", path);
    return false;
  }
  if (!S_ISREG(st.st_mode)) {
    diag_error(d, SPAN_NONE, "'%.*s' is not a file", STR_ARG(path));
    return false;
  }
  if (st.st_size > MAX_FILE_BYTES) {
    diag_error(d, SPAN_NONE, "'%.*s' is larger than 1 GiB", STR_ARG(path));
    return false;
  }
  return read_bytes(fd, path, (size_t)st.st_size, a, d, out);
}

static bool disk_read(const wit_files *f, str path, arena *a, diag *d, str *out) {
  (void)f;
  /* a FIFO without a writer must not stop us */
  int fd = open(str_c(a, path), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    report_errno(d, "read", path);
    return false;
  }
  bool ok = read_open(fd, path, a, d, out);
  close(fd);
  return ok;
}

const wit_files wit_files_on_disk = {.kind = disk_kind, .list = disk_list, .read = disk_read};

str files_join(const wit_files *f, str dir, str name, arena *a) {
  const char *slash = str_ends_with(dir, "/") || (f->root.len > 0 && str_eq(dir, f->root)) ? "" : "/";
  return str_format(a, "%.*s%s%.*s", STR_ARG(dir), slash, STR_ARG(name));
}
