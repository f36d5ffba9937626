/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Jobs in the order in which they came: a ring whose capacity is a power of two.
 */
#include <stdlib.h>
#include <string.h>

#include "task.h"

void witguest__queue_grow(witguest__queue *q) {
  uint32_t capacity = q->capacity ? q->capacity * 2 : 16;
  witguest__job *jobs = malloc(capacity * sizeof *jobs);
  if (!jobs) __builtin_trap();
  uint32_t tail = q->capacity - q->first; /* the ring is full: from `first` to its end, then from its start */
  if (q->count) {
    memcpy(jobs, q->jobs + q->first, tail * sizeof *jobs);
    memcpy(jobs + tail, q->jobs, q->first * sizeof *jobs);
  }
  free(q->jobs);
  *q = (witguest__queue){jobs, 0, q->count, capacity};
}

void witguest__queue_release(witguest__queue *q) {
  free(q->jobs);
  *q = (witguest__queue){0};
}
