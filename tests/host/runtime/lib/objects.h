/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Objects of the host behind handles of guests: a number each. `rep` is an index, used again as late as possible, so that a
 * handle that outlives its object is found out.
 */
#ifndef OBJECTS_H
#define OBJECTS_H

#include <stdbool.h>
#include <stdint.h>

enum { OBJECTS_MAX = 64 };

typedef struct objects {
  uint32_t values[OBJECTS_MAX];
  bool live[OBJECTS_MAX];
  uint32_t next;
  uint32_t alive;
  uint32_t wrong; /* how often one was named that is not alive, or one more than there is room for was made */
} objects;

uint32_t objects_add(objects *o, uint32_t value);
uint32_t *objects_at(objects *o, uint32_t rep);
uint32_t objects_end(objects *o, uint32_t rep); /* returns its value */

#endif
