/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Whose work is a promise's job? The task's that created the promise: an async function works for whoever called it, a reaction
 * for whoever called `then`, whoever settles what they wait for.
 */
#ifndef ATTRIBUTION_H
#define ATTRIBUTION_H

#include "engine.h"

/* Follows the promises of a runtime, which has none yet. Its jobs are run by the loop from now on. */
void attribution_begin(JSRuntime *runtime);
/* After each call into the engine that may have queued jobs: passes them to the loop. */
void attribution_flush(JSRuntime *runtime);
/* After the runtime is freed. */
void attribution_end(void);

#endif
