/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams in goroutines: what stream.h tells somebody later, told to a goroutine that waits.
 */
#include "go.h"

typedef struct told {
  witguest__parking parking;
  int status;
  void *data;
  size_t count;
} told;

static void tell_all(void *arg, int status, void *data, size_t count) {
  told *t = arg;
  t->status = status;
  t->data = data;
  t->count = count;
  witguest__parking_end(&t->parking, WITGUEST_OK);
}

static void tell(void *arg, int status, size_t count) { tell_all(arg, status, NULL, count); }

static void tell_line(void *arg, int status, char *line, size_t length) { tell_all(arg, status, line, length); }

/* error: of the function that began. */
static int told_wait(told *t, int error) {
  if (error) return error;
  witguest__parking_wait(&t->parking);
  return t->status;
}

static int moved_wait(told *t, int error, size_t *moved) {
  int status = told_wait(t, error);
  if (moved) *moved = t->count;
  return status;
}

int witguest_go_read(witguest_reader *reader, void *elements, size_t count, size_t *moved) {
  told t = {.count = 0};
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  return moved_wait(&t, witguest_read(reader, elements, count, tell, &t), moved);
}

int witguest_go_write_all(witguest_writer *writer, const void *elements, size_t count, size_t *moved) {
  told t = {.count = 0};
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  return moved_wait(&t, witguest_write_all(writer, elements, count, tell, &t), moved);
}

int witguest_go_copy(witguest_reader *reader, witguest_writer *writer, size_t chunk, size_t *moved) {
  told t = {.count = 0};
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  return moved_wait(&t, witguest_copy(reader, writer, chunk, tell, &t), moved);
}

int witguest_go_read_all(witguest_reader *reader, size_t limit, void **elements, size_t *count) {
  told t = {.count = 0};
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  int status = moved_wait(&t, witguest_read_all(reader, limit, tell_all, &t), count);
  *elements = t.data;
  return status;
}

int witguest_go_next_line(witguest_lines *lines, char **line, size_t *length) {
  told t = {.count = 0};
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  int status = moved_wait(&t, witguest_lines_next(lines, tell_line, &t), length);
  *line = t.data;
  return status;
}

/* ---- As channels: one element at a time ---- */

int witguest_channel_fill(witguest_channel *channel, witguest_reader *reader) {
  char element[channel->size + 1];
  int status = WITGUEST_OK, sent = WITGUEST_OK;
  if (channel->size != reader->end.type->size) return WITGUEST_EINVAL;
  while (!sent && !(status = witguest_go_read(reader, element, 1, NULL))) sent = witguest_channel_send(channel, element);
  if (sent) return sent;
  if (status == WITGUEST_ECLOSED) witguest_channel_close(channel);
  return status == WITGUEST_ECLOSED ? WITGUEST_OK : status;
}

int witguest_channel_drain(witguest_channel *channel, witguest_writer *writer) {
  char element[channel->size + 1];
  int status = WITGUEST_OK, received = WITGUEST_OK;
  if (channel->size != writer->end.type->size) return WITGUEST_EINVAL;
  while (!status && !(received = witguest_channel_receive(channel, element))) status = witguest_go_write_all(writer, element, 1, NULL);
  if (status) return status;
  return received == WITGUEST_ECLOSED ? WITGUEST_OK : received;
}
