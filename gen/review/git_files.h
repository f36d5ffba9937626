/*
 * Git files: `git:REV:PATH`, WIT of a revision of the repository around the current directory.
 *
 * REV is whatever git takes for one; PATH is a file or a directory, from the top of the repository as in `git show`, or
 * from the current directory when it starts with "./" or "../". The result is what a checkout of that revision would give;
 * the work tree is neither read nor written. People are shown paths as REV:PATH.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_GIT_FILES_H
#define WITGEN_REVIEW_GIT_FILES_H

#include "wit/resolve.h"

bool git_is_input(str input);

/* As wit_resolve(), for one such input. */
bool git_resolve(str input, const resolve_options *options, arena *a, diag *d, resolved *out);

#endif
