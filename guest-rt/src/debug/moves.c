/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Operations on streams that end with a call of `done`: a record stands before it.
 */
#include "record.h"

/* The record whose operation is being begun; NULL once that has ended. */
static witguest__record *begun;

void *witguest_debug_move(const char *what, void (*done)(void), void *arg, const char *file, int line) {
  begun = witguest__record_wait(what, file, line);
  begun->moved = done;
  begun->arg = arg;
  return begun;
}

int witguest_debug_begun(int error) {
  if (error && begun) witguest__record_free(begun);
  begun = NULL;
  return error;
}

/* Takes the record away; gives the author's `done` and *arg. */
static void (*done_take(void **arg))(void) {
  witguest__record *r = *arg;
  void (*done)(void) = r->moved;
  *arg = r->arg;
  if (begun == r) begun = NULL;
  witguest__record_free(r);
  return done;
}

void witguest_debug_moved(void *arg, int status, size_t count) {
  witguest_moved done = (witguest_moved)done_take(&arg);
  done(arg, status, count);
}

void witguest_debug_read_all_done(void *arg, int status, void *elements, size_t count) {
  witguest_read_all_done done = (witguest_read_all_done)done_take(&arg);
  done(arg, status, elements, count);
}

void witguest_debug_line_done(void *arg, int status, char *line, size_t length) {
  void (*done)(void *, int, char *, size_t) = (void (*)(void *, int, char *, size_t))done_take(&arg);
  done(arg, status, line, length);
}
