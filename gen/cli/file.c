/*
 * File: reads and writes that are done whole; see file.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

const char *file_path(arena *a, str dir, str name) {
  if (dir.len == 0)
    return str_c(a, name);
  const char *slash = str_ends_with(dir, "/") ? "" : "/";
  return str_format(a, "%.*s%s%.*s", STR_ARG(dir), slash, STR_ARG(name)).ptr;
}

bool file_holds(const char *path, str bytes, off_t size) {
  char chunk[16 * 1024];
  if (size < 0 || (uintmax_t)size != bytes.len)
    return false;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  size_t at = 0;
  while (at < bytes.len) {
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got <= 0 || (size_t)got > bytes.len - at || memcmp(chunk, bytes.ptr + at, (size_t)got) != 0)
      break;
    at += (size_t)got;
  }
  close(fd);
  return at == bytes.len;
}

bool file_write_all(int fd, str bytes) {
  while (bytes.len) {
    ssize_t done = write(fd, bytes.ptr, bytes.len);
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return false;
    bytes = str_sub(bytes, (size_t)done, bytes.len);
  }
  return true;
}
