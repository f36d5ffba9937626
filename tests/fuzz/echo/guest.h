/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * For guests: a heap that counts, never gives memory out twice before all of it is free, and scribbles over what is new or
 * freed, so that whoever reads too early or too late sees nonsense.
 */
#ifndef ECHO_GUEST_H
#define ECHO_GUEST_H

#include <stdlib.h>
#include "buffer.h"

/* How many blocks are in use. */
uint32_t echo_heap(void);

#endif
