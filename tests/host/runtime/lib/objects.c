/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "objects.h"

uint32_t objects_add(objects *o, uint32_t value) {
  uint32_t rep = o->next++ % OBJECTS_MAX;
  for (uint32_t n = 0; o->live[rep] && n < OBJECTS_MAX; n++) rep = o->next++ % OBJECTS_MAX;
  if (o->live[rep]) o->wrong++;
  o->alive += !o->live[rep];
  o->live[rep] = true;
  o->values[rep] = value;
  return rep;
}

uint32_t *objects_at(objects *o, uint32_t rep) {
  if (rep >= OBJECTS_MAX || !o->live[rep]) o->wrong++;
  return &o->values[rep % OBJECTS_MAX];
}

uint32_t objects_end(objects *o, uint32_t rep) {
  uint32_t value = *objects_at(o, rep);
  o->alive -= o->live[rep % OBJECTS_MAX];
  o->live[rep % OBJECTS_MAX] = false;
  return value;
}
