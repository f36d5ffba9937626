/*
 * Git: a child process, its three pipes, and the protocol of `cat-file --batch`:
 *
 *   us   NAME                      one line
 *   git  ID TYPE SIZE, then SIZE bytes and a newline
 *        NAME missing (or ambiguous)
 *        symlink SIZE (or dangling, loop, notdir), then SIZE bytes and a newline
 *
 * One question at a time, so that no pipe can fill up while nobody reads; standard error is read on the way.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/git.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/process.h"

enum { CHUNK = 64 * 1024, SAID_LIMIT = 4096 };

/* positions in a file are 32-bit */
#define MAX_OBJECT_BYTES ((size_t)1 << 30)

/* Starting and ending */

typedef struct pipes {
  int ends[6]; /* standard input, output and error, each to read and to write; -1: closed */
} pipes;

static void pipes_close(pipes *p) {
  for (int i = 0; i < 6; i++) {
    if (p->ends[i] >= 0) {
      close(p->ends[i]);
    }
    p->ends[i] = -1;
  }
}

static int pipes_open(pipes *p) {
  *p = (pipes){{-1, -1, -1, -1, -1, -1}};
  for (int i = 0; i < 6; i += 2) {
    int error = process_pipe(p->ends + i);
    if (error) {
      return error;
    }
  }
  return 0;
}

static void take_end(int *mine, int *from) {
  *mine = *from;
  *from = -1;
}

static bool start(git *g, arena *a, const char *const *arguments) {
  pipes p;
  *g = (git){.arena = a, .in = -1, .out = -1, .err = -1};
  buf_init(&g->read, a);
  buf_init(&g->said, a);
  int error = pipes_open(&p);
  if (error == 0) {
    error = process_start(arguments, (process_files){p.ends[0], p.ends[3], p.ends[5]}, &g->pid);
  }
  if (error == 0) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, &g->old_pipe);
    take_end(&g->in, &p.ends[1]);
    take_end(&g->out, &p.ends[2]);
    take_end(&g->err, &p.ends[4]);
  } else {
    g->pid = 0;
    buf_printf(&g->said, "cannot run 'git': %s", strerror(error));
  }
  pipes_close(&p);
  return error == 0;
}

bool git_open(git *g, arena *a) {
  static const char *const arguments[] = {"git",     "-c",                "protocol.allow=never", "cat-file",
                                          "--batch", "--follow-symlinks", NULL};
  return start(g, a, arguments);
}

void git_close(git *g) {
  if (g->pid == 0) {
    return;
  }
  close(g->in);
  close(g->out);
  close(g->err);
  (void)process_wait(g->pid);
  sigaction(SIGPIPE, &g->old_pipe, NULL);
  g->pid = 0;
}

/* Reading */

/* More bytes from one of git's pipes; false at its end. */
static bool take_bytes(int fd, buf *into, size_t limit) {
  buf_reserve(into, CHUNK);
  ssize_t got = read(fd, into->items + into->count, CHUNK - 1);
  if (got > 0 && into->count < limit) {
    into->count += (size_t)got;
    into->items[into->count] = '\0';
  }
  return got > 0 || (got < 0 && errno == EINTR);
}

/* Waits for output. False when there will be no more; what git says meanwhile is kept. */
static bool fill(git *g) {
  for (;;) {
    struct pollfd ready[] = {{.fd = g->out, .events = POLLIN}, {.fd = g->err, .events = POLLIN}};
    if (poll(ready, 2, -1) < 0) {
      if (errno == EINTR) {
        continue;
      }
      return false;
    }
    bool talks = ready[1].revents != 0 && take_bytes(g->err, &g->said, SAID_LIMIT);
    if (ready[0].revents != 0) {
      bool more = take_bytes(g->out, &g->read, SIZE_MAX);
      while (!more && take_bytes(g->err, &g->said, SAID_LIMIT)) {
      }
      return more;
    }
    if (!talks && ready[1].revents != 0) {
      return take_bytes(g->out, &g->read, SIZE_MAX); /* standard error is closed: wait for the other alone */
    }
  }
}

static bool read_line(git *g, str *out) {
  for (;;) {
    str all = buf_str(&g->read);
    size_t end = str_find(all, '\n', g->at);
    if (end < all.len) {
      *out = str_copy(g->arena, str_sub(all, g->at, end));
      g->at = end + 1;
      return true;
    }
    if (!fill(g)) {
      return false;
    }
  }
}

/* `size` bytes and a newline. */
static bool read_body(git *g, size_t size, str *out) {
  buf_reserve(&g->read, size + 1);
  while (g->read.count - g->at <= size) {
    if (!fill(g)) {
      return false;
    }
  }
  *out = str_copy(g->arena, str_sub(buf_str(&g->read), g->at, g->at + size));
  g->at += size + 1;
  return true;
}

static bool write_all(int fd, str bytes) {
  while (bytes.len > 0) {
    ssize_t done = write(fd, bytes.ptr, bytes.len);
    if (done < 0 && errno == EINTR) {
      continue;
    }
    if (done < 0) {
      return false;
    }
    bytes = str_sub(bytes, (size_t)done, bytes.len);
  }
  return true;
}

/* Asking */

static git_object failed(git *g, const char *why) {
  if (g->said.count == 0) {
    buf_add_c(&g->said, why);
  }
  return (git_object){.kind = GIT_FAILED};
}

static git_kind kind_of(str word) {
  static const struct {
    const char *word;
    git_kind kind;
  } kinds[] = {{"blob", GIT_BLOB},       {"tree", GIT_TREE}, {"symlink", GIT_OUTSIDE}, {"dangling", GIT_MISSING},
               {"loop", GIT_MISSING}, {"notdir", GIT_MISSING}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (str_eq_c(word, kinds[i].word)) {
      return kinds[i].kind;
    }
  }
  return GIT_OTHER;
}

/* "ID TYPE SIZE" or "WORD SIZE"; false: neither. */
static bool parse_header(str line, git_object *out, size_t *size) {
  size_t first = str_find(line, ' ', 0), second = str_find(line, ' ', first + 1);
  bool has_id = second < line.len;
  str word = has_id ? str_sub(line, first + 1, second) : str_sub(line, 0, first);
  str digits = str_sub(line, (has_id ? second : first) + 1, line.len);
  out->kind = kind_of(word);
  out->id = has_id ? str_sub(line, 0, first) : STR("");
  *size = 0;
  for (size_t i = 0; i < digits.len; i++) {
    if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || *size > MAX_OBJECT_BYTES) {
      return false;
    }
    *size = *size * 10 + (size_t)(digits.ptr[i] - '0');
  }
  return digits.len > 0 && (has_id || out->kind != GIT_OTHER);
}

static bool is_missing(git *g, str line, str name) {
  return str_eq(line, str_format(g->arena, "%.*s missing", STR_ARG(name))) ||
         str_eq(line, str_format(g->arena, "%.*s ambiguous", STR_ARG(name)));
}

git_object git_ask(git *g, str name) {
  git_object answer = {.kind = GIT_MISSING};
  str line;
  size_t size;
  g->read.count = g->at = 0; /* the answer before this one has been copied */
  if (!write_all(g->in, str_format(g->arena, "%.*s\n", STR_ARG(name))) || !read_line(g, &line)) {
    while (fill(g)) {
    }
    return failed(g, "it ended early");
  }
  if (is_missing(g, line, name)) {
    return answer;
  }
  if (!parse_header(line, &answer, &size)) {
    return failed(g, "its answer is not understood");
  }
  if (size > MAX_OBJECT_BYTES) {
    return failed(g, "an object is larger than 1 GiB");
  }
  return read_body(g, size, &answer.bytes) ? answer : failed(g, "it ended early");
}

bool git_prefix(git *g, arena *a, str *out) {
  static const char *const arguments[] = {"git", "rev-parse", "--show-prefix", NULL};
  if (!start(g, a, arguments)) {
    return false;
  }
  bool ok = read_line(g, out);
  if (!ok) {
    failed(g, "it ended early");
  }
  git_close(g);
  return ok;
}

str git_said(const git *g) {
  str all = buf_str(&g->said);
  str line = str_sub(all, 0, str_find(all, '\n', 0));
  return str_starts_with(line, "fatal: ") ? str_sub(line, 7, line.len) : line;
}
