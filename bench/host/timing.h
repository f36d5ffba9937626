/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * How the rows of the host are timed: the best of many short rounds, because what interrupts a program on a machine with others
 * makes some rounds longer and none shorter.
 */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include <stddef.h>
#include <time.h>

static inline double bench_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Nanoseconds per turn of `run`, which makes n turns. */
static inline double bench_round(void (*run)(void *user, size_t n), void *user, size_t n) {
  double start = bench_now();
  run(user, n);
  return (bench_now() - start) / (double)n;
}

/* A round takes 50 us or one turn; there are as many as go into half a second, so that some of them are undisturbed. */
static inline double bench_best(void (*run)(void *user, size_t n), void *user) {
  enum { FEWEST = 20 };
  size_t n = 1;
  while (bench_round(run, user, n) * (double)n < 5e4) n *= 2;
  double best = bench_round(run, user, n), end = bench_now() + 5e8;
  for (int round = 0; round < FEWEST || bench_now() < end; round++) {
    double each = bench_round(run, user, n);
    if (each < best) best = each;
  }
  return best;
}

#endif
