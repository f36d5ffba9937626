/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The peer's times for what bench/host/host.c measures, in nanoseconds. sync: a component that has the functions
 * that are not async, for the API does not call them synchronously if there are async ones.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stddef.h>
#include <stdint.h>

typedef struct peer_times {
  double add, import, list, record, instantiate; /* the component API */
  double nop, ready, later;                      /* its async calls; ready and later: of a `func`, see peer.c */
  double raw_add, raw_import;                    /* bare calls of the engine */
} peer_times;

peer_times peer_measure(const uint8_t *component, size_t component_size, const uint8_t *sync, size_t sync_size);

#endif
