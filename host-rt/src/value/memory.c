/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Guest memory: its allocator, and lists. Checks of single aggregates are inline in glue.h.
 */
#include "../task/machine.h"

uint32_t withost_memory_size(const withost_instance *i) {
  if (i->program->measure) i->program->measure(i->core);
  return *i->memory_size;
}

/* The guest's realloc runs as a task of its own: fresh context slots, and it may not leave the instance. */
static uint32_t call_as(withost_task *task, withost_instance *i, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  withost_thread *caller = i->running;
  bool may_leave = i->may_leave;
  i->running = &task->thread;
  i->may_leave = false;
  uint32_t address = i->realloc(i->core, old, old_size, align, size);
  i->may_leave = may_leave;
  i->running = caller;
  return address;
}

/* realloc wrote with WASI, the host answered a call of the same guest inside that, and the answer needs memory. */
__attribute__((noinline)) static uint32_t call_nested(withost_instance *i, uint32_t old, uint32_t old_size, uint32_t align,
                                                      uint32_t size) {
  const withost_task *caller = i->running->task;
  withost_task task;
  withost__task_init_on_stack(&task, i, caller->call.function, caller->group);
  return call_as(&task, i, old, old_size, align, size);
}

/* Who may not leave cannot name its task: nothing of the record changes but the context slots. It has a function while it is
 * in use. */
static uint32_t call_realloc(withost_instance *i, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  withost_task *task = (withost_task *)(void *)i->realloc_task;
  const withost_task *caller = i->running->task;
  if (WITHOST_UNLIKELY(task->call.function != NULL)) return call_nested(i, old, old_size, align, size);
  task->call.function = caller->call.function;
  task->group = caller->group;
  task->thread.context[0] = task->thread.context[1] = 0;
  uint32_t address = call_as(task, i, old, old_size, align, size);
  task->call.function = NULL;
  return address;
}

/* The first place counts: nothing of the host has run since, so its views are of that one. */
static void memory_moved(withost_instance *i, const uint8_t *memory, uint32_t size) {
  if (i->was_at) return;
  i->was_at = (uintptr_t)memory;
  i->was_size = size;
  i->unsettled = true;
}

/* Inline: every string and every list comes through here. */
static inline uint32_t checked_realloc(withost_instance *i, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  if (!i->realloc) withost_trap(i, "the guest exports no realloc");
  const uint8_t *memory = withost_memory(i);
  uint32_t length = *i->memory_size, address = call_realloc(i, old, old_size, align, size);
  if (WITHOST_UNLIKELY(withost_memory(i) != memory)) memory_moved(i, memory, length);
  if (address & (align - 1)) withost_trap(i, "realloc return: result not aligned");
  if (!withost_memory_has(i, (uint64_t)address + size)) withost_trap(i, "realloc return: beyond end of memory");
  return address;
}

uint32_t withost_realloc(withost_instance *i, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  return checked_realloc(i, old, old_size, align, size);
}

static inline uint32_t new_list(withost_instance *i, size_t length, uint32_t size, uint32_t align) {
  if (length >= 1u << 28 || (uint64_t)length * size >= 1u << 28) withost_trap(i, "the host gave a list that is too long");
  return checked_realloc(i, 0, 0, align, (uint32_t)(length * size));
}

uint32_t withost_lower_list(withost_instance *i, size_t length, uint32_t size, uint32_t align) {
  return new_list(i, length, size, align);
}

/* A view of the guest's own memory, on its way back, moves when the memory grows, if it does that at all: then memory_size
 * is exact. */
uint32_t withost_lower_bytes(withost_instance *i, const void *data, size_t length, uint32_t size, uint32_t align) {
  data = withost__view_now(i, data);
  uintptr_t offset = (uintptr_t)data - (uintptr_t)withost_memory(i);
  bool is_view = offset < *i->memory_size;
  uint32_t address = new_list(i, length, size, align);
  uint8_t *memory = withost_memory(i);
  if (length) memmove(memory + address, is_view ? memory + offset : data, length * size);
  return address;
}
