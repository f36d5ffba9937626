/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Lines of bytes. What is read and not yet given is buffer[start..end); it moves to the front before more is read.
 */
#include <stdlib.h>
#include <string.h>

#include <witguest/stream.h>

/* Room for the longest line, its end, and a NUL. */
enum { LINE_END = 2, NUL = 1 };

void witguest_lines_init(witguest_lines *l, witguest_reader *reader, size_t limit) {
  if (limit > SIZE_MAX - LINE_END - NUL) __builtin_trap();
  *l = (witguest_lines){.reader = reader, .limit = limit, .buffer = malloc(limit + LINE_END + NUL)};
  if (!l->buffer) __builtin_trap();
}

void witguest_lines_release(witguest_lines *l) {
  free(l->buffer);
  l->buffer = NULL;
}

/* The line's text, without what ends it; the next one begins at `next`. */
static int line_take(witguest_lines *l, size_t end, size_t next, char **line, size_t *length) {
  bool has_return = end > l->start && l->buffer[end - 1] == '\r' && next > end;
  *line = l->buffer + l->start;
  *length = end - l->start - has_return;
  (*line)[*length] = '\0';
  l->start = next;
  return *length > l->limit ? WITGUEST_ELIMIT : WITGUEST_OK;
}

/* EAGAIN: more has to be read. */
static int line_find(witguest_lines *l, char **line, size_t *length) {
  size_t count = l->end - l->start;
  const char *feed = memchr(l->buffer + l->start, '\n', count);
  if (feed) return line_take(l, (size_t)(feed - l->buffer), (size_t)(feed - l->buffer) + 1, line, length);
  if (count == l->limit + LINE_END || (l->is_over && count)) return line_take(l, l->end, l->end, line, length);
  return l->is_over ? WITGUEST_ECLOSED : WITGUEST_EAGAIN;
}

static void lines_moved(void *arg, int status, size_t count);

static int lines_fill(witguest_lines *l) {
  memmove(l->buffer, l->buffer + l->start, l->end - l->start);
  l->end -= l->start;
  l->start = 0;
  return witguest_read(l->reader, l->buffer + l->end, l->limit + LINE_END - l->end, lines_moved, l);
}

/* EAGAIN: it is being read. */
static int lines_step(witguest_lines *l, char **line, size_t *length) {
  int status = line_find(l, line, length);
  if (status != WITGUEST_EAGAIN) return status;
  status = lines_fill(l);
  if (!status) return WITGUEST_EAGAIN;
  l->is_over = status == WITGUEST_ECLOSED;
  return l->is_over ? line_find(l, line, length) : status;
}

static void lines_tell(witguest_lines *l, int status, char *line, size_t length) {
  l->active = false;
  l->done(l->arg, status, line, length);
}

static void lines_go_on(void *lines) {
  char *line = NULL;
  size_t length = 0;
  int status = lines_step(lines, &line, &length);
  if (status != WITGUEST_EAGAIN) lines_tell(lines, status, line, length);
}

static void lines_moved(void *arg, int status, size_t count) {
  witguest_lines *l = arg;
  l->end += count;
  l->is_over = status == WITGUEST_ECLOSED;
  if (status == WITGUEST_ECANCELLED) lines_tell(l, status, NULL, 0);
  else lines_go_on(l);
}

int witguest_lines_next(witguest_lines *l, void (*done)(void *, int, char *, size_t), void *arg) {
  if (l->active) return WITGUEST_EBUSY;
  l->done = done;
  l->arg = arg;
  int error = witguest_microtask(lines_go_on, l);
  l->active = !error;
  return error;
}
