/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Looks into the machine's records (machine.h): a table that grew and a handle that was forgotten are not seen from outside.
 */
#include "baseline.h"

#include <string.h>

#include "machine.h"

/* Of a table of handles, or of threads: they have the same form. */
static uint64_t slots_alive(const withost_slot *slots, uint32_t used) {
  uint64_t alive = 0;
  for (uint32_t n = 0; n < used; n++) alive += slots[n].tag != WITHOST__FREE;
  return alive;
}

static uint64_t records_alive(const withost_store *s) {
  return s->tasks.used + s->subtasks.used + s->sets.used + s->streams.used + s->threads.used + s->borrows.used + s->lends.used;
}

baseline baseline_take(case_run *c) {
  baseline b = {.heap_blocks = c->heap.blocks, .heap_bytes = c->heap.bytes, .held = c->store->held.live,
                .records = records_alive(c->store), .unfinished = c->store->unfinished};
  for (size_t n = 0; n < c->guest_count; n++) {
    const withost_instance *i = c->guests[n].instance;
    uint32_t blocks = 0;
    case_called(c, c->guests[n].heap(c->guests[n].typed, &blocks), "the guest's heap can be asked for");
    b.guest_blocks += blocks;
    b.guest_memory += withost_memory_size(i);
    if (strcmp(i->program->engine, "wasm2c") == 0) b.heap_bytes -= withost_memory_size(i); /* comes from the store's allocator */
    b.handles += slots_alive(i->handles.slots, i->handles.used);
    b.threads += slots_alive(i->threads.slots, i->threads.used);
  }
  return b;
}

void baseline_check_live(case_run *c, const baseline *before, const baseline *after) {
  case_equal(c, after->guest_blocks, before->guest_blocks, "the guest's heap is back at its baseline");
  case_equal(c, after->handles, before->handles, "handle tables are back at their baseline");
  case_equal(c, after->threads, before->threads, "tables of threads are back at their baseline");
  case_equal(c, after->held, before->held, "the host holds as many resources as before");
  case_equal(c, after->records, before->records, "no record of a task, subtask, set or stream is left");
  case_equal(c, after->unfinished, before->unfinished, "no end of a stream is left");
}

void baseline_check_memory(case_run *c, const baseline *before, const baseline *after) {
  case_equal(c, after->heap_blocks, before->heap_blocks, "the host's heap has as many blocks as before");
  case_equal(c, after->heap_bytes, before->heap_bytes, "the host's heap has as many bytes as before");
  case_equal(c, after->guest_memory, before->guest_memory, "the guest's memory has not grown");
}
