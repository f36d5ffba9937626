/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The peer's times for what bench/host/host.c measures, in nanoseconds. sync: a component that has the functions
 * that are not async, for the API does not call them synchronously if there are async ones. module: the component's core module.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stddef.h>
#include <stdint.h>

typedef struct peer_times {
  double add, import, list, record, instantiate; /* the component API */
  double nop, ready, later;                      /* its async calls; ready and later: of a `func`, see peer.c */
  double raw_add, raw_import, raw_record;        /* bare calls of the engine; of the four calls that a record takes */
} peer_times;

typedef struct peer_code { const uint8_t *bytes; size_t size; } peer_code;

peer_times peer_measure(peer_code module, peer_code component, peer_code sync);

#endif
