/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Reading to the end, into memory that doubles, up to a limit. One element more than the limit has room: that shows that there
 * is more.
 */
#include <stdlib.h>

#include <witguest/stream.h>

typedef struct reading {
  witguest_reader *reader;
  char *elements;
  size_t count, capacity, limit;
  witguest_read_all_done done;
  void *arg;
} reading;

enum { FIRST_BYTES = 256 };

static size_t element_size(const reading *r) { return r->reader->end.type->size; }

static size_t capacity_next(const reading *r) {
  size_t size = element_size(r), most = r->limit + 1;
  size_t next = r->capacity ? r->capacity * 2 : size ? FIRST_BYTES / size + 1 : most;
  return next > most ? most : next;
}

static void reading_grow(reading *r) {
  size_t bytes;
  r->capacity = capacity_next(r);
  if (__builtin_mul_overflow(r->capacity, element_size(r), &bytes)) __builtin_trap();
  char *elements = realloc(r->elements, bytes ? bytes : 1);
  if (!elements) __builtin_trap();
  r->elements = elements;
}

static void reading_end(reading *r, int status) {
  if (!r->count) {
    free(r->elements);
    r->elements = NULL;
  }
  reading last = *r;
  free(r);
  last.done(last.arg, status, last.elements, last.count);
}

static void reading_moved(void *arg, int status, size_t count);

static int reading_go_on(reading *r) {
  if (r->count == r->capacity) reading_grow(r);
  return witguest_read(r->reader, r->elements + r->count * element_size(r), r->capacity - r->count, reading_moved, r);
}

static void reading_moved(void *arg, int status, size_t count) {
  reading *r = arg;
  r->count += count;
  if (r->count > r->limit) status = WITGUEST_ELIMIT;
  if (!status) status = reading_go_on(r);
  if (status) reading_end(r, status == WITGUEST_ECLOSED ? WITGUEST_OK : status);
}

int witguest_read_all(witguest_reader *reader, size_t limit, witguest_read_all_done done, void *arg) {
  reading *r = malloc(sizeof *r);
  if (!r || limit == SIZE_MAX) __builtin_trap();
  *r = (reading){.reader = reader, .limit = limit, .done = done, .arg = arg};
  int error = reading_go_on(r);
  if (error) {
    free(r->elements);
    free(r);
  }
  return error;
}
