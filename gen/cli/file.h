/*
 * File: what writing files and checking them have in common.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_FILE_H
#define WITGEN_CLI_FILE_H

#include <sys/types.h>

#include "support/str.h"

/* `dir/name`; an empty `dir` is the current directory. */
const char *file_path(arena *a, str dir, str name);

/* Whether the file, of `size` bytes, can be read and holds just these bytes. */
bool file_holds(const char *path, str bytes, off_t size);

/* Writes all of `bytes`; false, with errno, if that fails. */
bool file_write_all(int fd, str bytes);

#endif
