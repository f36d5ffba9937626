/*
 * Check: see check.h. One file after the other, in the order in which they are generated:
 *
 *   compare   its bytes with the new text
 *   show      what differs: `diff` reads the old text by its path and the new one from a pipe
 *   leftover  is there a file beside it that only other options would write?
 *
 * No shell is between us and `diff`, so that paths need no quoting; and no temporary file, so that nothing stays behind.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/file.h"
#include "support/process.h"

typedef struct check_job {
  str dir;
  const emit_file_vec *files;
  bool color;   /* for the difference */
  bool no_diff; /* `diff` failed, and that has been said */
  arena *arena;
  diag *diag;
} check_job;

/* Running diff */

enum { DIFF_ARGUMENTS = 11 };

/* Labels as in git, so that neither temporary names nor times are shown. `-L` is understood by every diff that has labels. */
static void set_arguments(const check_job *job, const char *path, bool exists, const char *arguments[DIFF_ARGUMENTS]) {
  const char *old_label = exists ? str_format(job->arena, "a/%s", path).ptr : "/dev/null";
  const char *new_label = str_format(job->arena, "b/%s", path).ptr;
  const char *words[] = {"diff", "-u", "-L", old_label, "-L", new_label, "--", exists ? path : "/dev/null", "-"};
  size_t count = 0;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    arguments[count++] = words[i];
    if (i == 1 && job->color)
      arguments[count++] = "--color=always";
  }
  arguments[count] = NULL;
}

/* quiet: what diff says to people is not shown. */
static int start_diff(const char *const arguments[], int new_text, bool quiet, pid_t *child) {
  process_files files = {new_text, -1, quiet ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1};
  int error = process_start(arguments, files, child);
  if (files.err >= 0)
    close(files.err);
  return error;
}

/* How a child ended, in words, unless it showed a difference. */
static const char *wait_for(pid_t child) {
  int status = process_wait(child);
  if (status < 0)
    return strerror(errno);
  if (WIFSIGNALED(status))
    return WTERMSIG(status) == SIGPIPE ? NULL : "it was killed"; /* SIGPIPE: the reader has seen enough */
  return WEXITSTATUS(status) > 1 ? "it failed" : NULL;
}

/* Runs diff once; NULL, or what went wrong. */
static const char *run_diff(check_job *job, const char *path, bool exists, str text) {
  int ends[2];
  pid_t child;
  const char *arguments[DIFF_ARGUMENTS];
  set_arguments(job, path, exists, arguments);
  int error = process_pipe(ends);
  if (error)
    return strerror(error);
  error = start_diff(arguments, ends[0], job->color, &child);
  close(ends[0]);
  if (!error)
    (void)file_write_all(ends[1], text); /* a diff that does not want it all says so by its status */
  close(ends[1]);
  return error ? strerror(error) : wait_for(child);
}

/* Not every diff has colours: one that fails with them gets a second chance. */
static void show_text(check_job *job, const char *path, bool exists, str text) {
  if (job->no_diff)
    return;
  const char *trouble = run_diff(job, path, exists, text);
  if (trouble && job->color) {
    job->color = false;
    trouble = run_diff(job, path, exists, text);
  }
  if (trouble) {
    diag_note(job->diag, SPAN_NONE, "the difference is not shown: cannot run 'diff': %s", trouble);
    job->no_diff = true;
  }
}

/* Comparing */

/* By its beginning, as diff and git judge. */
static bool is_binary_file(const char *path) {
  char start[8000];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? 0 : read(fd, start, sizeof start);
  if (fd >= 0)
    close(fd);
  return got > 0 && memchr(start, 0, (size_t)got);
}

static void show_difference(check_job *job, const char *path, bool exists, str text) {
  if (!memchr(text.ptr, 0, text.len) && !(exists && is_binary_file(path))) {
    show_text(job, path, exists, text);
    return;
  }
  if (exists)
    printf("Binary files a/%s and b/%s differ\n", path, path);
  else
    printf("Binary files /dev/null and b/%s differ\n", path);
  fflush(stdout);
}

static bool check_file(check_job *job, const emit_file *f) {
  const char *path = file_path(job->arena, job->dir, f->name);
  struct stat st;
  bool exists = stat(path, &st) == 0;
  if ((!exists && errno != ENOENT) || (exists && access(path, R_OK) != 0)) {
    diag_error(job->diag, SPAN_NONE, "cannot read '%s': %s", path, strerror(errno));
    return false;
  }
  if (exists && !S_ISREG(st.st_mode)) {
    diag_error(job->diag, SPAN_NONE, "'%s' is not a file", path);
    return false;
  }
  if (exists && file_holds(path, f->bytes, st.st_size))
    return true;
  diag_error(job->diag, SPAN_NONE, exists ? "'%s' is out of date" : "'%s' is missing", path);
  show_difference(job, path, exists, f->bytes);
  return false;
}

/* Leftovers */

static bool is_generated(const check_job *job, str name) {
  for (size_t i = 0; i < job->files->count; i++)
    if (str_eq(job->files->items[i].name, name))
      return true;
  return false;
}

/* What else there may be of the world whose file ends with `suffix`: a build that takes all files of a directory would take it. */
static void note_leftover(const check_job *job, str name, const char *suffix, const char *other) {
  if (!str_ends_with(name, suffix))
    return;
  str stem = str_sub(name, 0, name.len - strlen(suffix));
  str left = str_format(job->arena, "%.*s%s", STR_ARG(stem), other);
  const char *path = file_path(job->arena, job->dir, left);
  if (!is_generated(job, left) && access(path, F_OK) == 0)
    diag_note(job->diag, SPAN_NONE, "these options do not write '%s': remove it if it is left over", path);
}

static void note_leftovers(const check_job *job) {
  for (size_t i = 0; i < job->files->count; i++) {
    str name = job->files->items[i].name;
    note_leftover(job, name, "_host.c", "_wasm2c.c");
    note_leftover(job, name, "_host.c", "_wasmtime.c");
    if (!str_ends_with(name, "_host.c") && !str_ends_with(name, "_wasm2c.c") && !str_ends_with(name, "_wasmtime.c"))
      note_leftover(job, name, ".c", "_component_type.o");
  }
}

bool check_files(str dir, const emit_file_vec *files, bool color, arena *a, diag *d) {
  check_job job = {.dir = dir, .files = files, .color = color, .arena = a, .diag = d};
  bool ok = true;
  struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
  sigaction(SIGPIPE, &ignore, &before);
  for (size_t i = 0; i < files->count; i++)
    ok &= check_file(&job, &files->items[i]);
  note_leftovers(&job);
  sigaction(SIGPIPE, &before, NULL);
  return ok;
}
