/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What the two halves of the random driver share: guest_ops.c chooses what a thread does next, schedules.c is the host.
 */
#ifndef SCHEDULES_H
#define SCHEDULES_H

#include "model.h"

typedef struct world {
  withost_store *store;
  machine_instance *guest;
  model m;
  uint64_t random, now, steps, asked, made[DEEP + 1];
  bool draining;
} world;

static inline uint32_t pick(world *w, uint32_t n) {
  w->random ^= w->random << 13;
  w->random ^= w->random >> 7;
  w->random ^= w->random << 17;
  return (uint32_t)(w->random >> 33) % n;
}

static inline machine_op op(uint32_t what, uint32_t a, uint32_t b) { return (machine_op){what, a, b}; }

/* The next operation of the running thread; what it does is in the model already. */
machine_op guest_next(world *w);
/* The same for the janitor, a sync function: it tidies up, and yields to others, who then run on top of it. */
machine_op janitor_next(world *w);

#endif
