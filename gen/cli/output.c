/*
 * Output: see output.h for what it promises. The steps of a write, each a function below:
 *
 *   find     what stands at each target: nothing, a file, a link to follow, something that must not be replaced
 *   claim    no two texts go to the same file, whatever their paths look like
 *   stage    every changed text into a temporary file beside its target
 *   commit   rename them into place, keeping a second link to each old file
 *   undo     after any failure: old files back, new ones, temporary ones and new directories away
 *   stamp    depfiles get a new time
 *
 * The first three are output_add(). Signals that would end the process wait from the first of them to the end, and are
 * looked for in between; so an interrupted run leaves no trace either.
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
#include "support/table.h"
#include "support/vec.h"

typedef struct target {
  const char *path; /* as shown to people */
  const char *real; /* the same, or where symbolic links lead */
  str bytes;        /* until they are staged */
  span at;          /* what asked for it */
  bool exists, current, replaced;
  bool stamped;       /* its time stamp becomes new in any case */
  mode_t mode;        /* when it exists */
  const char *temp;   /* the new text, until it is renamed; or NULL */
  const char *backup; /* the old file, until all is done; or NULL */
} target;

typedef struct target_vec {
  target **items;
  size_t count, cap;
} target_vec;

typedef struct signal_guard {
  bool active;
  sigset_t old_mask;
  struct sigaction old_file_size;
} signal_guard;

struct output_job {
  arena *arena;
  diag *diag; /* of the call that is under way */
  target_vec targets;
  table by_place;    /* targets by where they really are */
  str_vec made_dirs; /* outermost first; NUL-terminated */
  long pid;          /* these two make names of temporary files */
  unsigned next_side;
  signal_guard guard;
};

/* `dir/.witgen-PID-N`: unique beside the target, whatever the length of the target's name. */
static const char *side_path(output_job *job, const char *path) {
  const char *slash = strrchr(path, '/');
  int dir_len = slash ? (int)(slash - path) + 1 : 0;
  return str_format(job->arena, "%.*s.witgen-%ld-%u", dir_len, path, job->pid, job->next_side++).ptr;
}

/* Directories */

static bool make_dir(output_job *job, const char *path) {
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

static bool make_dirs(output_job *job, str dir) {
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

static const char *follow_link(output_job *job, const char *path) {
  char *real = realpath(path, NULL);
  if (!real) {
    diag_error(job->diag, SPAN_NONE, "cannot follow the symbolic link '%s': %s", path, strerror(errno));
    return NULL;
  }
  const char *kept = str_copy(job->arena, str_of(real)).ptr;
  free(real);
  return kept;
}

static bool find_target(output_job *job, target *t) {
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
  t->mode = st.st_mode & 0777; /* what may run as somebody else is not for a new text */
  t->current = file_holds(t->real, t->bytes, st.st_size);
  if (!t->current && access(t->real, W_OK) != 0) {
    diag_error(job->diag, SPAN_NONE, "cannot write '%s': %s", t->path, strerror(errno));
    return false;
  }
  return true;
}

/* Claim */

/* The one absolute path of a file that may not be there yet; its directory is. */
static str place_of(output_job *job, const target *t) {
  const char *slash = strrchr(t->real, '/');
  const char *dir = slash ? str_c(job->arena, (str){t->real, (size_t)(slash - t->real) + 1}) : ".";
  char *real_dir = realpath(dir, NULL);
  if (!real_dir)
    return str_of(t->real); /* writing will say why */
  str place = str_format(job->arena, "%s/%s", real_dir, slash ? slash + 1 : t->real);
  free(real_dir);
  return place;
}

static bool claim_target(output_job *job, target *t) {
  target *other = table_add(&job->by_place, place_of(job, t), t);
  if (!other)
    return true;
  diag_error(job->diag, t->at, "'%s' would be written twice", t->path);
  if (other->at.source)
    diag_note(job->diag, other->at, "the other time from here, as '%s'", other->path);
  return false;
}

/* Stage */

/* A new empty file beside `path`, with the mode that the umask gives. */
static int open_temp(output_job *job, target *t) {
  int fd = -1;
  for (int tries = 0; fd < 0 && tries < 1000; tries++) {
    const char *temp = side_path(job, t->real);
    fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd >= 0)
      t->temp = temp;
    else if (errno != EEXIST)
      break;
  }
  return fd;
}

static bool stage_target(output_job *job, target *t) {
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

/* Commit and undo */

/* A second name for the old file. Where the file system has no links, undo cannot bring the old file back. */
static void keep_backup(output_job *job, target *t) {
  for (int tries = 0; tries < 1000; tries++) {
    const char *backup = side_path(job, t->real);
    if (link(t->real, backup) == 0)
      t->backup = backup;
    else if (errno == EEXIST)
      continue;
    return;
  }
}

static bool commit_target(output_job *job, target *t) {
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

static bool commit_targets(output_job *job) {
  for (size_t i = 0; i < job->targets.count; i++) {
    target *t = job->targets.items[i];
    if (!t->current && !commit_target(job, t))
      return false;
  }
  return true;
}

static void undo_targets(output_job *job) {
  for (size_t i = 0; i < job->targets.count; i++) {
    target *t = job->targets.items[i];
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

static void drop_backups(output_job *job) {
  for (size_t i = 0; i < job->targets.count; i++)
    if (job->targets.items[i]->backup)
      unlink(job->targets.items[i]->backup);
}

/* After everything else, which made directories new: they may be inputs. */
static bool stamp_targets(output_job *job) {
  for (size_t i = 0; i < job->targets.count; i++) {
    const target *t = job->targets.items[i];
    if (t->stamped && utimensat(AT_FDCWD, t->real, NULL, 0) != 0) {
      diag_error(job->diag, SPAN_NONE, "cannot set the time of '%s': %s", t->path, strerror(errno));
      return false;
    }
  }
  return true;
}

/* Signals */

static const int held_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

enum { HELD_COUNT = sizeof held_signals / sizeof *held_signals };

static void signals_hold(signal_guard *guard) {
  sigset_t held;
  if (guard->active)
    return;
  guard->active = true;
  sigemptyset(&held);
  for (size_t i = 0; i < HELD_COUNT; i++)
    sigaddset(&held, held_signals[i]);
  sigprocmask(SIG_BLOCK, &held, &guard->old_mask);
  /* over the limit on file sizes, write() shall fail instead of ending the process */
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGXFSZ, &ignore, &guard->old_file_size);
}

static void signals_release(signal_guard *guard) {
  if (!guard->active)
    return;
  guard->active = false;
  sigaction(SIGXFSZ, &guard->old_file_size, NULL);
  sigprocmask(SIG_SETMASK, &guard->old_mask, NULL);
}

/* Whether a signal that will end the process waits to do so. */
static bool signals_wait(void) {
  sigset_t waiting;
  struct sigaction action;
  sigpending(&waiting);
  for (size_t i = 0; i < HELD_COUNT; i++)
    if (sigismember(&waiting, held_signals[i]) == 1 && sigaction(held_signals[i], NULL, &action) == 0 &&
        action.sa_handler != SIG_IGN)
      return true;
  return false;
}

/* Public functions */

output_job *output_begin(arena *a) {
  output_job *job = arena_new(a, output_job);
  job->arena = a;
  job->pid = (long)getpid();
  table_init(&job->by_place, a);
  return job;
}

static bool find_file(output_job *job, const char *path, str bytes, span at) {
  target *t = arena_new(job->arena, target);
  *t = (target){.path = path, .bytes = bytes, .at = at};
  vec_push(job->arena, &job->targets, t);
  return find_target(job, t) && claim_target(job, t);
}

static void begin_add(output_job *job, diag *d) {
  job->diag = d;
  signals_hold(&job->guard);
  if (signals_wait())
    output_abandon(job); /* and the signal ends the process */
}

bool output_add(output_job *job, str dir, const emit_file_vec *files, span at, diag *d) {
  size_t first = job->targets.count;
  begin_add(job, d);
  if (!make_dirs(job, dir))
    return false;
  bool ok = true;
  for (size_t i = 0; i < files->count; i++)
    ok &= find_file(job, file_path(job->arena, dir, files->items[i].name), files->items[i].bytes, at);
  for (size_t i = first; ok && i < job->targets.count; i++)
    ok = job->targets.items[i]->current || stage_target(job, job->targets.items[i]);
  return ok;
}

bool output_add_stamp(output_job *job, str path, str text, span at, diag *d) {
  begin_add(job, d);
  bool ok = find_file(job, str_c(job->arena, path), text, at);
  target *t = job->targets.items[job->targets.count - 1];
  t->stamped = true;
  return ok && (t->current || stage_target(job, t));
}

void output_abandon(output_job *job) {
  undo_targets(job);
  drop_backups(job);
  signals_release(&job->guard);
}

bool output_commit(output_job *job, diag *d) {
  job->diag = d;
  bool ok = commit_targets(job);
  if (!ok)
    undo_targets(job);
  drop_backups(job);
  ok = ok && stamp_targets(job);
  signals_release(&job->guard);
  return ok;
}

static bool end_print(FILE *out, bool ok, diag *d) {
  if (ok && fflush(out) == 0)
    return true;
  diag_error(d, SPAN_NONE, "cannot write to standard output: %s", strerror(errno));
  return false;
}

bool output_print_text(FILE *out, str text, diag *d) {
  return end_print(out, fwrite(text.ptr, 1, text.len, out) == text.len, d);
}

bool output_print(FILE *out, const emit_file_vec *files, diag *d) {
  bool ok = true;
  for (size_t i = 0; i < files->count; i++) {
    const emit_file *f = &files->items[i];
    ok = ok && fprintf(out, "/* %.*s */\n", STR_ARG(f->name)) > 0;
    ok = ok && fwrite(f->bytes.ptr, 1, f->bytes.len, out) == f->bytes.len;
  }
  return end_print(out, ok, d);
}
