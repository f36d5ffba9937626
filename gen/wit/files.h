/*
 * Files: where the texts of an input come from.
 *
 * Loading asks for what stands at a path, what is in a directory, and what is in a file, and nothing else; so packages
 * can come from the disk or from anything else that has names in directories. Paths are made of what the caller gave and
 * names from listings, joined by files_join().
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_FILES_H
#define WITGEN_WIT_FILES_H

#include "support/diag.h"

typedef enum file_kind { FILE_MISSING, FILE_REGULAR, FILE_DIRECTORY, FILE_OTHER } file_kind;

typedef struct wit_files wit_files;

struct wit_files {
  /* What stands at `path`, symbolic links followed. Why it is missing is told if `d` is not NULL. */
  file_kind (*kind)(const wit_files *f, str path, arena *a, diag *d);
  /* The names in a directory but for "." and "..", in any order. False, with the reason in `d`. */
  bool (*list)(const wit_files *f, str path, arena *a, diag *d, str_vec *names);
  /* The whole of a file. False, with the reason in `d`. */
  bool (*read)(const wit_files *f, str path, arena *a, diag *d, str *out);
  str root; /* a path to which names are joined without a '/'; may be empty */
};

extern const wit_files wit_files_on_disk;

str files_join(const wit_files *f, str dir, str name, arena *a);

#endif
