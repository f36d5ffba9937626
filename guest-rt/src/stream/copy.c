/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * From one stream to another through a buffer: read some, write all of it, and again.
 */
#include <stdlib.h>

#include <witguest/stream.h>

typedef struct copying {
  witguest_reader *reader;
  witguest_writer *writer;
  size_t chunk, total;
  bool stopped; /* the reader was cancelled */
  witguest_moved done;
  void *arg;
  _Alignas(max_align_t) char elements[];
} copying;

static void copying_end(copying *c, int status) {
  witguest_moved done = c->done;
  void *arg = c->arg;
  size_t total = c->total;
  free(c);
  done(arg, status, total);
}

static void copying_read(void *arg, int status, size_t count);

static int copying_go_on(copying *c) {
  return c->stopped ? WITGUEST_ECANCELLED : witguest_read(c->reader, c->elements, c->chunk, copying_read, c);
}

/* That the reader is at its end is what is waited for; that the writer is, is not. */
static void copying_written(void *arg, int status, size_t count) {
  copying *c = arg;
  c->total += count;
  if (status) {
    copying_end(c, status);
    return;
  }
  status = copying_go_on(c);
  if (status) copying_end(c, status == WITGUEST_ECLOSED ? WITGUEST_OK : status);
}

static void copying_read(void *arg, int status, size_t count) {
  copying *c = arg;
  c->stopped = status == WITGUEST_ECANCELLED;
  if (!count) {
    copying_end(c, status == WITGUEST_ECLOSED ? WITGUEST_OK : status);
    return;
  }
  status = witguest_write_all(c->writer, c->elements, count, copying_written, c);
  if (status) copying_end(c, status);
}

int witguest_copy(witguest_reader *reader, witguest_writer *writer, size_t chunk, witguest_moved done, void *arg) {
  size_t bytes;
  if (!chunk || reader->end.type->size != writer->end.type->size) return WITGUEST_EINVAL;
  if (writer->end.active) return WITGUEST_EBUSY;
  if (__builtin_mul_overflow(chunk, reader->end.type->size, &bytes)) __builtin_trap();
  copying *c = malloc(sizeof *c + bytes);
  if (!c) __builtin_trap();
  *c = (copying){.reader = reader, .writer = writer, .chunk = chunk, .done = done, .arg = arg};
  int error = witguest_read(reader, c->elements, chunk, copying_read, c);
  if (error) free(c);
  return error;
}
