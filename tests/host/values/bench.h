/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A store with two instances, `bad` and `good`, whose memory is counted. Each test has one of its own, and ends it with
 * bench_end: the good instance still works, everything closes, each resource was destroyed once, nothing is left.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>

#include "values_host.h"

typedef struct bench {
  size_t live; /* bytes */
  int groups;  /* that have started and not finished */
  withost_store *store;
  values *bad, *good;
  values_host host, other;
  int count, failures;
} bench;

static inline void check(bench *b, bool holds, const char *what) {
  printf("%sok %d - %s\n", holds ? "" : "not ", ++b->count, what);
  b->failures += !holds;
}

static inline void group_starts(void *user, withost_group *group) { (void)group; ((bench *)user)->groups++; }
static inline void group_finishes(void *user, withost_group *group) { (void)group; ((bench *)user)->groups--; }

static inline void *bench_resize(void *user, void *old, size_t old_size, size_t size) {
  bench *b = user;
  b->live += size - old_size;
  if (size) return realloc(old, size);
  free(old);
  return NULL;
}

/* What the bad one holds, in this order: the numbers of its handles. The representations of files are 10, 11, 20. */
enum { FILE_10 = 1, FILE_11, OTHER_20, THING_30, CONTEXT, SET };

static inline uint32_t ask(values *i, values_op op, uint32_t a, uint32_t b) {
  uint32_t r = 0xdead;
  if (values_call(i, op, a, b, 0, &r)) printf("# unexpected: %s\n", withost_instance_trap(&i->base));
  return r;
}

static inline void bench_begin(bench *b) {
  withost_config config = {.allocator = {bench_resize, b},
                           .hooks = {.start = group_starts, .finish = group_finishes, .user = b}};
  b->live = 0;
  b->groups = 0;
  b->host = b->other = (values_host){0};
  if (withost_store_new(&config, &b->store) || values_instantiate(b->store, &b->host, &b->bad) ||
      values_instantiate(b->store, &b->other, &b->good))
    abort();
  ask(b->bad, OP_make_file, 10, 0);
  ask(b->bad, OP_make_file, 11, 0);
  ask(b->bad, OP_make_other, 20, 0);
  ask(b->bad, OP_thing_new, 30, 0);
  ask(b->bad, OP_context_new, 0, 0);
  ask(b->bad, OP_set_new, 0, 0);
  ask(b->good, OP_make_file, 40, 0);
}

static inline bool destroyed_once(const values_host *h, uint32_t rep) { return h->destroyed[rep] + h->owned[rep] == 1; }

/* False, with the reason as a comment, if something is not as it should be. */
static inline bool bench_end(bench *b) {
  bool good = ask(b->good, OP_take_borrow, 1, 0) == 40 && !b->other.destroyed[40];
  if (!good) printf("# the other instance was harmed\n");
  if (withost_store_close(b->store)) {
    printf("# not closed: %s\n", withost_store_message(b->store));
    return false;
  }
  bool once = destroyed_once(&b->host, 10) && destroyed_once(&b->host, 11) && destroyed_once(&b->host, 20) &&
              destroyed_once(&b->other, 40);
  if (!once) printf("# destroyed 10: %u, 11: %u, 20: %u times\n", b->host.destroyed[10], b->host.destroyed[11],
                    b->host.destroyed[20]);
  if (b->live) printf("# %zu bytes are left\n", b->live);
  if (b->groups) printf("# %d groups have not finished\n", b->groups);
  return good && once && !b->live && !b->groups;
}

static inline bool trap_is(bench *b, const char *expected) {
  const char *trap = withost_instance_trap(&b->bad->base);
  if (strcmp(trap, expected) == 0) return true;
  printf("# trap: %s\n# expected: %s\n", trap, expected);
  return false;
}

static inline int bench_tap(const bench *b) {
  printf("1..%d\n", b->count);
  return b->failures != 0;
}

#endif
