/*
 * Output: see output.h for what it promises. The steps of a write, each a function below:
 *
 *   find     what stands at each target: nothing, a file, a link to follow, something that must not be replaced
 *   stage    every changed text into a temporary file beside its target
 *   commit   rename them into place, keeping a second link to each old file
 *   undo     after any failure: old files back, new ones, temporary ones and new directories away
 *   stamp    the depfile gets a new time
 *
 * Signals that would end the process wait until all this is over, which takes milliseconds; so an interrupted run
 * leaves no trace either.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/file.h"
#include "support/vec.h"

typedef struct target {
  const char *path; /* as shown to people */
  const char *real; /* the same, or where symbolic links lead */
  str bytes;
  bool exists, current, replaced;
  bool stamped;       /* its time stamp becomes new in any case */
  mode_t mode;        /* when it exists */
  const char *temp;   /* the new text, until it is renamed; or NULL */
  const char *backup; /* the old file, until all is done; or NULL */
} target;

typedef struct write_job {
  arena *arena;
  diag *diag;
  target *targets;
  size_t count;
  str_vec made_dirs; /* outermost first; NUL-terminated */
} write_job;

/* `dir/.witgen-PID-N`: unique beside the target, whatever the length of the target's name. */
static const char *side_path(const write_job *job, const char *path, unsigned number) {
  const char *slash = strrchr(path, '/');
  int dir_len = slash ? (int)(slash - path) + 1 : 0;
  return str_format(job->arena, "%.*s.witgen-%ld-%u", dir_len, path, (long)getpid(), number).ptr;
}

/* Directories */

static bool make_dir(write_job *job, const char *path) {
  struct stat st;
  if (mkdir(path, 0777) == 0) {
    vec_push(job->arena, &job->made_dirs, str_of(path));
    return true;
  }
  int error = errno;
  if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
    return true;
  if (error == EEXIST)
    diag_error(job->diag, SPAN_NONE, "'%s' is not a directory", path);
  else
    diag_error(job->diag, SPAN_NONE, "cannot make directory '%s': %s", path, strerror(error));
  return false;
}

static bool make_dirs(write_job *job, str dir) {
  struct stat st;
  if (dir.len == 0 || (stat(str_c(job->arena, dir), &st) == 0 && S_ISDIR(st.st_mode)))
    return true;
  for (size_t end = 1; end <= dir.len; end++)
    if ((end == dir.len || dir.ptr[end] == '/') && dir.ptr[end - 1] != '/')
      if (!make_dir(job, str_c(job->arena, str_sub(dir, 0, end))))
        return false;
  return true;
}

/* Find */

static const char *follow_link(write_job *job, const char *path) {
  char *real = realpath(path, NULL);
  if (!real) {
    diag_error(job->diag, SPAN_NONE, "cannot follow the symbolic link '%s': %s", path, strerror(errno));
    return NULL;
  }
  const char *kept = str_copy(job->arena, str_of(real)).ptr;
  free(real);
  return kept;
}

static bool find_target(write_job *job, target *t) {
  struct stat st;
  t->real = t->path;
  if (lstat(t->path, &st) != 0) {
    if (errno == ENOENT)
      return true;
    diag_error(job->diag, SPAN_NONE, "cannot write '%s': %s", t->path, strerror(errno));
    return false;
  }
  if (S_ISLNK(st.st_mode)) {
    t->real = follow_link(job, t->path);
    if (!t->real)
      return false;
  }
  if (stat(t->real, &st) != 0 || !S_ISREG(st.st_mode)) {
    const char *what = S_ISDIR(st.st_mode) ? "a directory" : "not a regular file";
    diag_error(job->diag, SPAN_NONE, "cannot write '%s': it is %s", t->path, what);
    return false;
  }
  t->exists = true;
  t->mode = st.st_mode & 07777;
  t->current = file_holds(t->real, t->bytes, st.st_size);
  if (!t->current && access(t->real, W_OK) != 0) {
    diag_error(job->diag, SPAN_NONE, "cannot write '%s': %s", t->path, strerror(errno));
    return false;
  }
  return true;
}

static bool find_targets(write_job *job) {
  bool ok = true;
  for (size_t i = 0; i < job->count; i++)
    ok &= find_target(job, &job->targets[i]);
  return ok;
}

/* Stage */

/* A new empty file beside `path`, with the mode that the umask gives. */
static int open_temp(write_job *job, target *t) {
  int fd = -1;
  for (unsigned number = 0; fd < 0 && number < 1000; number++) {
    const char *temp = side_path(job, t->real, number);
    fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0)
      t->temp = temp;
    else if (errno != EEXIST)
      break;
  }
  return fd;
}

static bool stage_target(write_job *job, target *t) {
  int fd = open_temp(job, t);
  bool ok = fd >= 0 && file_write_all(fd, t->bytes) && (!t->exists || fchmod(fd, t->mode) == 0);
  int error = errno;
  if (fd >= 0 && close(fd) != 0 && ok) {
    error = errno; /* some file systems report a full disk here */
    ok = false;
  }
  if (!ok)
    diag_error(job->diag, SPAN_NONE, "cannot write '%s': %s", t->path, strerror(error));
  return ok;
}

static bool stage_targets(write_job *job) {
  for (size_t i = 0; i < job->count; i++)
    if (!job->targets[i].current && !stage_target(job, &job->targets[i]))
      return false;
  return true;
}

/* Commit and undo */

/* A second name for the old file. Where the file system has no links, undo cannot bring the old file back. */
static void keep_backup(write_job *job, target *t) {
  for (unsigned number = 1000; number < 2000; number++) {
    const char *backup = side_path(job, t->real, number);
    if (link(t->real, backup) == 0)
      t->backup = backup;
    else if (errno == EEXIST)
      continue;
    return;
  }
}

static bool commit_target(write_job *job, target *t) {
  if (t->exists)
    keep_backup(job, t);
  if (rename(t->temp, t->real) != 0) {
    diag_error(job->diag, SPAN_NONE, "cannot replace '%s': %s", t->path, strerror(errno));
    return false;
  }
  t->temp = NULL;
  t->replaced = true;
  return true;
}

static bool commit_targets(write_job *job) {
  for (size_t i = 0; i < job->count; i++) {
    target *t = &job->targets[i];
    if (!t->current && !commit_target(job, t))
      return false;
  }
  return true;
}

static void undo_targets(write_job *job) {
  for (size_t i = 0; i < job->count; i++) {
    target *t = &job->targets[i];
    if (t->temp)
      unlink(t->temp);
    if (t->replaced && t->backup && rename(t->backup, t->real) == 0)
      t->backup = NULL;
    else if (t->replaced && !t->exists)
      unlink(t->real);
  }
  for (size_t i = job->made_dirs.count; i-- > 0;)
    rmdir(job->made_dirs.items[i].ptr);
}

static void drop_backups(write_job *job) {
  for (size_t i = 0; i < job->count; i++)
    if (job->targets[i].backup)
      unlink(job->targets[i].backup);
}

/* After everything else, which made directories new: they may be inputs. */
static bool stamp_targets(write_job *job) {
  for (size_t i = 0; i < job->count; i++) {
    const target *t = &job->targets[i];
    if (t->stamped && utimensat(AT_FDCWD, t->real, NULL, 0) != 0) {
      diag_error(job->diag, SPAN_NONE, "cannot set the time of '%s': %s", t->path, strerror(errno));
      return false;
    }
  }
  return true;
}

/* Signals */

typedef struct signal_guard {
  sigset_t old_mask;
  struct sigaction old_file_size;
} signal_guard;

static void signals_hold(signal_guard *guard) {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGHUP);
  sigaddset(&held, SIGINT);
  sigaddset(&held, SIGQUIT);
  sigaddset(&held, SIGTERM);
  sigprocmask(SIG_BLOCK, &held, &guard->old_mask);
  /* over the limit on file sizes, write() shall fail instead of ending the process */
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGXFSZ, &ignore, &guard->old_file_size);
}

static void signals_release(const signal_guard *guard) {
  sigaction(SIGXFSZ, &guard->old_file_size, NULL);
  sigprocmask(SIG_SETMASK, &guard->old_mask, NULL);
}

/* Public functions */

/* A depfile may be one of the generated files by mistake. */
static bool check_distinct(const write_job *job) {
  for (size_t i = 0; i < job->count; i++)
    for (size_t k = 0; k < i; k++)
      if (strcmp(job->targets[i].path, job->targets[k].path) == 0) {
        diag_error(job->diag, SPAN_NONE, "'%s' would be written twice", job->targets[i].path);
        return false;
      }
  return true;
}

static bool run_job(write_job *job, str dir) {
  signal_guard guard;
  signals_hold(&guard);
  bool ok = make_dirs(job, dir) && find_targets(job) && stage_targets(job) && commit_targets(job);
  if (!ok)
    undo_targets(job);
  drop_backups(job);
  ok = ok && stamp_targets(job);
  signals_release(&guard);
  return ok;
}

bool output_write(str dir, const emit_file_vec *files, const output_stamp *stamp, arena *a, diag *d) {
  write_job job = {.arena = a, .diag = d, .count = files->count + (stamp->path.len > 0)};
  job.targets = arena_new_array(a, target, job.count);
  for (size_t i = 0; i < job.count; i++) {
    bool last = i == files->count;
    job.targets[i].path = last ? str_c(a, stamp->path) : file_path(a, dir, files->items[i].name);
    job.targets[i].bytes = last ? stamp->bytes : files->items[i].bytes;
    job.targets[i].stamped = last;
  }
  return check_distinct(&job) && run_job(&job, dir);
}

bool output_write_one(str path, str text, arena *a, diag *d) {
  if (path.len) {
    target one = {.path = str_c(a, path), .bytes = text};
    write_job job = {.arena = a, .diag = d, .targets = &one, .count = 1};
    return run_job(&job, STR(""));
  }
  if (fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0)
    return true;
  diag_error(d, SPAN_NONE, "cannot write to standard output: %s", strerror(errno));
  return false;
}

bool output_print(FILE *out, const emit_file_vec *files, diag *d) {
  bool ok = true;
  for (size_t i = 0; i < files->count; i++) {
    const emit_file *f = &files->items[i];
    ok = ok && fprintf(out, "/* %.*s */\n", STR_ARG(f->name)) > 0;
    ok = ok && fwrite(f->bytes.ptr, 1, f->bytes.len, out) == f->bytes.len;
  }
  if (ok && fflush(out) == 0)
    return true;
  diag_error(d, SPAN_NONE, "cannot write to standard output: %s", strerror(errno));
  return false;
}
