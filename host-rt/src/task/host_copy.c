/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Elements that own memory, from one end of the host to another. What the writer gave stays its own and what the reader gets is
 * its own, as if a guest had been between them. So one is made up: an instance without code, whose memory is a buffer and whose
 * realloc only goes on; each element is lowered into it and lifted out again. Handles pass through its table.
 */
#include "end.h"

typedef struct relay {
  withost_instance base; /* first: what glue gets */
  uint8_t *data;
  uint32_t used, size;
  size_t copied;
} relay;

static void relay_grow(relay *r, uint64_t size) {
  uint64_t wanted = size < 4096 ? 4096 : size * 2;
  if (wanted > UINT32_MAX) wanted = size;
  uint8_t *data = wanted <= UINT32_MAX ? withost__resize(r->base.store, r->data, r->size, (size_t)wanted) : NULL;
  if (!data) withost_trap(&r->base, "out of memory for a value");
  r->data = data;
  r->size = (uint32_t)wanted;
}

static uint32_t relay_realloc(void *core, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  relay *r = core;
  uint64_t at = (r->used + (uint64_t)align - 1) & ~((uint64_t)align - 1);
  if (at + size > r->size) relay_grow(r, at + size);
  if (old_size) memmove(r->data + at, r->data + old, old_size < size ? old_size : size);
  r->used = (uint32_t)(at + size);
  return (uint32_t)at;
}

static const withost_program relay_program = {.world = "the host"};

static void relay_init(relay *r, withost_store *store) {
  *r = (relay){.base = {.memory = &r->data, .memory_size = &r->size, .may_leave = true, .core = r, .realloc = relay_realloc,
                        .store = store, .program = &relay_program}};
  r->base.self = r;
  withost__task_init_on_stack((withost_task *)(void *)r->base.realloc_task, &r->base, NULL, NULL);
}

/* Handles of an element that did not come through are the writer's still. */
static void relay_release(relay *r) {
  withost_instance *i = &r->base;
  for (uint32_t n = 1; n < i->handles.used; n++) {
    withost_slot *slot = &i->handles.slots[n];
    if (slot->tag >= WITHOST__STREAM_READABLE && slot->tag <= WITHOST__FUTURE_WRITABLE) withost__end_unlower(i, slot->record);
  }
  withost__handles_release(i);
  withost__free(i->store, i->moves.items, i->moves.capacity * sizeof *i->moves.items);
  withost__free(i->store, r->data, r->size);
  if (i->trap) withost__free(i->store, i->trap, strlen(i->trap) + 1);
}

static void copy_element(relay *r, const withost_stream_type *from_type, const uint8_t *from, const withost_stream_type *to_type,
                         uint8_t *to) {
  withost_instance *i = &r->base;
  r->used = 0;
  uint32_t at = relay_realloc(r, 0, 0, from_type->align, from_type->size);
  i->journal = true;
  from_type->lower(i, from, r->data + at, 1);
  i->journal = false;
  i->moves.used = 0;
  to_type->lift(i, r->data + at, to, 1);
  withost__owned_settle(i);
  i->moves.used = 0;
}

static bool copy_elements(relay *r, const withost_stream_type *from_type, const uint8_t *from, const withost_stream_type *to_type,
                          uint8_t *to, size_t n) {
  static const withost_function copying = {.name = "copy of a stream or future"};
  withost_task task;
  withost_entry entry;
  withost__task_init_on_stack(&task, &r->base, &copying, NULL);
  withost__enter(&entry, &r->base, &task.thread);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    return false;
  }
  for (; r->copied < n; r->copied++)
    copy_element(r, from_type, from + r->copied * from_type->host_size, to_type, to + r->copied * to_type->host_size);
  withost__leave(&entry);
  return true;
}

size_t withost__host_copy(withost_store *store, const withost_stream_type *from_type, const void *from,
                          const withost_stream_type *to_type, void *to, size_t n) {
  relay r;
  bool has_hooks = store->has_hooks;
  relay_init(&r, store);
  store->has_hooks = false; /* no guest runs */
  copy_elements(&r, from_type, from, to_type, to, n);
  relay_release(&r);
  store->has_hooks = has_hooks;
  return r.copied;
}
