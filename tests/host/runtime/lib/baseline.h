/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What a store and its guests hold at a moment between calls, to be compared with another moment.
 */
#ifndef BASELINE_H
#define BASELINE_H

#include "case.h"

typedef struct baseline {
  uint64_t heap_blocks, heap_bytes;     /* of the host, without guests' memory */
  uint64_t handles, threads;            /* live in the tables of all instances */
  uint64_t held, records, unfinished;   /* of the store: resources in the host's hands, records of slabs, ends of streams */
  uint64_t guest_blocks, guest_memory;  /* of all guests: blocks of malloc, bytes of linear memory */
} baseline;

baseline baseline_take(case_run *c);

/* Nothing is alive that was not alive before. */
void baseline_check_live(case_run *c, const baseline *before, const baseline *after);
/* Nor has anything grown, on either side. */
void baseline_check_memory(case_run *c, const baseline *before, const baseline *after);

#endif
