/*
 * Git: the objects of a repository, read by one `git cat-file --batch` that answers as long as it is open.
 *
 * Git is started without a shell. What people and trees call things goes to it as lines of text, never as arguments, so no
 * name can be taken for an option. Nothing is checked out or written, and a clone that lacks objects is not allowed to
 * fetch them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_GIT_H
#define WITGEN_REVIEW_GIT_H

#include <signal.h>
#include <sys/types.h>

#include "support/str.h"

typedef enum git_kind {
  GIT_MISSING, /* no such object, or not exactly one */
  GIT_BLOB,
  GIT_TREE,
  GIT_OTHER,   /* a commit, a tag */
  GIT_OUTSIDE, /* a symbolic link out of the repository; the bytes are its target */
  GIT_FAILED   /* git itself failed: see `said` */
} git_kind;

typedef struct git_object {
  git_kind kind;
  str id;    /* hexadecimal */
  str bytes; /* blobs and trees */
} git_object;

typedef struct git {
  arena *arena;
  pid_t pid; /* 0: not running */
  int in, out, err;
  buf read; /* bytes that have come */
  size_t at; /* of these, the ones that are dealt with */
  buf said; /* what git says on its standard error */
  struct sigaction old_pipe;
} git;

/* Starts git in the current directory. False, with the reason in `said`, when there is none. */
bool git_open(git *g, arena *a);
void git_close(git *g);

/* The object of a name ("HEAD^{tree}", "ID:path"); symbolic links in a path are followed. The name has no newline. */
git_object git_ask(git *g, str name);

/* Where the current directory is, from the top of the repository: "" or "sub/dir/". False, with the reason in `said`. */
bool git_prefix(git *g, arena *a, str *out);

/* The first line of what git said, without its "fatal: ". */
str git_said(const git *g);

#endif
