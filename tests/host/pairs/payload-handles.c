/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams of resources, which the host pumps, and streams of streams.
 */
#include "payloads.h"

/* The callee waits inside its calls. */
static void one_round(case_run *c) {
  if (c->can_block) pair_round(c);
  else pair_round_refused(c, true, "test:payloads/io#tokens" PAIR_BLOCKS);
}

int main(void) {
  return case_main(&(case_plan){.name = "payload-handles", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = one_round});
}
