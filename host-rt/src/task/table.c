/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The handle table of an instance: small tagged slots, index 0 reserved, free ones in a list, last in first out. A check is
 * a bound and a tag.
 */
#include "machine.h"

/* Slot 0 is there and stays free, so that 0 needs no check of its own. */
static void table_grow(withost_instance *i) {
  uint32_t capacity = i->handles.capacity ? i->handles.capacity * 2 : 16;
  withost_slot *slots = withost__resize(i->store, i->handles.slots, i->handles.capacity * sizeof *slots,
                                        capacity * sizeof *slots);
  if (!slots) withost_trap(i, "out of memory for handles");
  if (i->handles.used == 0) {
    slots[0] = (withost_slot){.tag = WITHOST__FREE};
    i->handles.used = 1;
  }
  i->handles.slots = slots;
  i->handles.capacity = capacity;
}

uint32_t withost__handle_add(withost_instance *i, withost__tag tag, void *record) {
  uint32_t index = i->handles.free;
  if (index) {
    i->handles.free = i->handles.slots[index].value;
  } else {
    if (i->handles.used > WITHOST__TABLE_MAX) withost_trap(i, "handle table is full");
    if (i->handles.used == i->handles.capacity) table_grow(i);
    index = i->handles.used++;
  }
  i->handles.slots[index] = (withost_slot){.record = record, .tag = tag};
  return index;
}

withost_slot *withost__handle_slot(withost_instance *i, uint32_t index) {
  if (index >= i->handles.used || i->handles.slots[index].tag == WITHOST__FREE)
    withost_trap(i, "unknown handle index %u", index);
  return &i->handles.slots[index];
}

void *withost__handle_get(withost_instance *i, uint32_t index, withost__tag tag, const char *what) {
  withost_slot *slot = withost__handle_slot(i, index);
  if (slot->tag != tag) withost_trap(i, "handle is not a %s", what);
  return slot->record;
}

void withost__handle_remove(withost_instance *i, uint32_t index) {
  i->handles.slots[index] = (withost_slot){.value = i->handles.free, .tag = WITHOST__FREE};
  i->handles.free = index;
}

void withost__task_handles_release(withost_instance *i) {
  for (uint32_t n = 1; n < i->handles.used; n++) {
    withost_slot slot = i->handles.slots[n];
    if (slot.tag != WITHOST__TASK) continue;
    withost__handle_remove(i, n);
    withost__task_handle_release(slot.record);
  }
}

/* What a guest leaves behind; its resources and stream ends are gone already. */
static void slot_release(withost_instance *i, const withost_slot *slot) {
  if (slot->tag == WITHOST__SUBTASK) withost__subtask_free(slot->record);
  if (slot->tag == WITHOST__SET) withost__slab_give(&i->store->sets, slot->record);
  if (slot->tag == WITHOST__BORROW) withost__slab_give(&i->store->borrows, slot->record);
  if (slot->tag == WITHOST__ERROR_CONTEXT) withost_error_context_release(slot->record);
}

void withost__handles_release(withost_instance *i) {
  withost__ends_release(i);
  withost__task_handles_release(i);
  for (uint32_t n = 0; n < i->handles.used; n++) slot_release(i, &i->handles.slots[n]);
  withost__free(i->store, i->handles.slots, i->handles.capacity * sizeof *i->handles.slots);
  i->handles.slots = NULL;
  i->handles.used = i->handles.capacity = i->handles.free = 0;
}
