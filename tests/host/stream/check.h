/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * TAP, and short names for what the tests of streams do.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

#include "stream_host.h"

typedef struct tap { int count, failures; } tap;

static inline void check(tap *t, bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++t->count, what);
  t->failures += !good;
}

static inline int tap_end(const tap *t) {
  printf("1..%d\n", t->count);
  return t->failures != 0;
}

#define BLOCKED 0xffffffffu
enum { COMPLETED, DROPPED, CANCELLED };
#define RESULT(result, count) ((uint64_t)((result) | (uint32_t)(count) << 4))
#define TRAPPED UINT64_C(0x7ead7ead7ead7ead)

/* The intrinsic's result, or TRAPPED. */
static inline uint64_t op(stream_instance *i, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c) {
  uint64_t result;
  return stream_op(i, code, type, a, b, c, &result) ? TRAPPED : result;
}

static inline stream_instance *instance_new(withost_store *store) {
  stream_instance *i;
  if (stream_instantiate(store, &i)) abort();
  return i;
}

static inline withost_store *store_new(void) {
  withost_store *store;
  if (withost_store_new(NULL, &store)) abort();
  return store;
}

static inline uint8_t *memory(stream_instance *i) { return withost_memory(&i->base); }
static inline void turn(withost_store *store) {
  while (withost_store_run(store) > 0) {}
}

static inline withost_stream *lift(stream_instance *i, uint32_t type, uint32_t end) {
  return op(i, OP_LIFT, type, end, 0, 0) == TRAPPED ? NULL : i->lifted;
}
static inline withost_future *lift_future(stream_instance *i, uint32_t type, uint32_t end) {
  return op(i, OP_LIFT_FUTURE, type, end, 0, 0) == TRAPPED ? NULL : i->lifted;
}

/* Passes a guest's readable end to another guest, as a call with it does. */
static inline uint32_t pass(stream_instance *from, stream_instance *to, uint32_t type, uint32_t end) {
  uint32_t there = 0;
  return stream_lower(to, type, lift(from, type, end), &there) ? 0 : there;
}

#endif
