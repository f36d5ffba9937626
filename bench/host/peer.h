/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The peer's times for what bench/host/host.c measures, in nanoseconds. sync: a component that has the functions
 * that are not async, for the API does not call them synchronously if there are async ones.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

typedef struct peer_times { double add, import, list, record, nop, raw_add, raw_import; } peer_times;

peer_times peer_measure(const uint8_t *component, size_t component_size, const uint8_t *sync, size_t sync_size);

static inline double bench_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

#endif
