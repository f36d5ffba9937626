/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Who waits for which waitable. Handles are small numbers, used again as soon as they are free, so an array will do.
 */
#include <stdlib.h>
#include <string.h>

#include "task.h"

static struct { witguest__waiter **at; uint32_t capacity; } table;

static void table_grow(uint32_t waitable) {
  uint32_t capacity = table.capacity ? table.capacity : 16;
  while (capacity <= waitable) capacity *= 2;
  witguest__waiter **at = realloc(table.at, capacity * sizeof *at);
  if (!at) __builtin_trap();
  memset(at + table.capacity, 0, (capacity - table.capacity) * sizeof *at);
  table.at = at;
  table.capacity = capacity;
}

void witguest__waitable_set(uint32_t waitable, witguest__waiter *waiter) {
  if (waitable >= table.capacity) table_grow(waitable);
  table.at[waitable] = waiter;
}

witguest__waiter *witguest__waitable_get(uint32_t waitable) {
  return waitable < table.capacity ? table.at[waitable] : NULL;
}

void witguest__rest(void) {
  free(table.at);
  table.at = NULL;
  table.capacity = 0;
  if (witguest__loop_rest) witguest__loop_rest();
}
