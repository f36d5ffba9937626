/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Resources in a guest's table: own and borrow handles, lending, destructors. An own handle is a slot {record: its type,
 * value: its representation}; a borrow handle's record says also in which task's num_borrows it counts.
 *
 * Between the guest's call and the host's function the glue lifts, and any step of that may trap. What it lifted so far is
 * in instance->moves: a trap puts owns back into the table, so that they end with the instance and not in nobody's
 * hands; the next thing that shows that the host has got them (its return, an entry by it) settles the list. Handles lent
 * to a sync import are in the same list, and are given back when it settles. held.c has what the host holds.
 */
#include "machine.h"

/* ---- What was lifted ---- */

void withost__move_reserve(withost_instance *i) {
  if (i->moves.used < i->moves.capacity) return;
  uint32_t capacity = i->moves.capacity ? i->moves.capacity * 2 : 8;
  withost_move *items = withost__resize(i->store, i->moves.items, i->moves.capacity * sizeof *items,
                                        capacity * sizeof *items);
  if (!items) withost_trap(i, "out of memory for handles");
  i->moves.items = items;
  i->moves.capacity = capacity;
}

void withost__move_push(withost_instance *i, withost_move move) {
  i->moves.items[i->moves.used++] = move;
  i->unsettled = true;
}

void withost__moves_settle(withost_instance *i) {
  for (uint32_t n = 0; n < i->moves.used; n++)
    if (i->moves.items[n].kind == WITHOST__LENT) i->handles.slots[i->moves.items[n].value].lends--;
  i->moves.used = 0;
  withost__owned_settle(i);
  i->was_at = 0;
  i->unsettled = false;
}

void withost_import_settle(withost_instance *i) {
  withost__moves_settle(i);
  if (i->poisoned) withost_trap_again(i);
}

static void own_unlift(withost_instance *i, const withost_resource_type *type, uint32_t value) {
  uint32_t rep = type->guest_defined ? withost__held_take(i->store, value) : value;
  uint32_t index = withost__handle_add(i, WITHOST__OWN, (void *)(uintptr_t)type);
  i->handles.slots[index].value = rep;
}

/* The host's handle of a guest-defined one is free since it was lowered: it gets the same number. */
static void own_unlower(withost_instance *i, const withost_resource_type *type, uint32_t handle) {
  uint32_t rep = i->handles.slots[handle].value;
  withost__handle_remove(i, handle);
  if (type->guest_defined) withost__held_add(i, type, rep);
}

static void move_undo(withost_instance *i, const withost_move *m) {
  switch (m->kind) {
    case WITHOST__LENT: break;
    case WITHOST__LIFTED_OWN: own_unlift(i, m->type, m->value); break;
    case WITHOST__LIFTED_END: withost__end_unlift(i, m->type, m->end); break;
    case WITHOST__LOWERED_OWN: own_unlower(i, m->type, m->value); break;
    case WITHOST__LOWERED_END: withost__end_unlower(i, m->end); break;
  }
}

/* Needs no memory: what was lifted left a free slot, and the last one gets its own again. */
static void moves_undo(withost_instance *i, withost_moves *moves, uint32_t from) {
  while (moves->used > from) move_undo(i, &moves->items[--moves->used]);
  moves->used = 0;
}

void withost__moves_undo(withost_instance *i) {
  i->unsettled = i->journal = false;
  moves_undo(i, &i->moves, 0);
  withost__owned_undo(i);
  if (i->lifting) withost__subtask_forget(i->lifting);
}

void withost__moves_to_transit(withost_instance *i) {
  withost_moves spare = i->store->transit;
  i->store->transit = i->moves;
  i->moves = spare;
  withost__owned_settle(i);
  i->unsettled = i->was_at;
}

withost_moves withost__transit_take(withost_store *store) {
  withost_moves moves = store->transit;
  store->transit = (withost_moves){0};
  return moves;
}

void withost__transit_put(withost_store *store, withost_moves moves) {
  withost__free(store, store->transit.items, store->transit.capacity * sizeof *store->transit.items);
  store->transit = moves;
}

void withost__transit_return(withost_instance *i, uint32_t from) { moves_undo(i, &i->store->transit, from); }

/* ---- Lending to a call ---- */

static uint32_t *lent_list(withost_subtask *s) { return s->lent ? s->lent : s->lent_first; }

static void subtask_lend(withost_subtask *s, uint32_t index) {
  withost_store *store = s->call.instance->store;
  uint32_t room = s->lent ? s->lent_capacity : 2;
  if (s->lent_count == room) {
    uint32_t *list = withost__alloc(store, room * 2 * sizeof *list);
    if (!list) withost_trap(s->call.instance, "out of memory for handles");
    memcpy(list, lent_list(s), s->lent_count * sizeof *list);
    withost__free(store, s->lent, s->lent_capacity * sizeof *list);
    s->lent = list;
    s->lent_capacity = room * 2;
  }
  lent_list(s)[s->lent_count++] = index;
}

/* First what may trap: until then the list is what a trap takes back. */
void withost__subtask_adopt(withost_subtask *s) {
  withost_instance *i = s->call.instance;
  uint32_t kept = 0;
  for (uint32_t n = 0; n < i->moves.used; n++)
    if (i->moves.items[n].kind == WITHOST__LENT) subtask_lend(s, i->moves.items[n].value);
  for (uint32_t n = 0; n < i->moves.used; n++)
    if (i->moves.items[n].kind != WITHOST__LENT) i->moves.items[kept++] = i->moves.items[n];
  i->moves.used = kept;
  i->unsettled = kept || i->was_at || i->owned || i->kept;
}

void withost__subtask_unlend(withost_subtask *s) {
  withost_instance *i = s->call.instance;
  if (!i->poisoned)
    for (uint32_t n = 0; n < s->lent_count; n++) i->handles.slots[lent_list(s)[n]].lends--;
  withost__free(i->store, s->lent, s->lent_capacity * sizeof *s->lent);
  s->lent = NULL;
  s->lent_count = s->lent_capacity = 0;
}

/* ---- The table ---- */

static const withost_resource_type *slot_type(const withost_slot *slot) {
  if (slot->tag == WITHOST__OWN) return slot->record;
  if (slot->tag == WITHOST__BORROW) return ((const withost__borrow *)slot->record)->type;
  return NULL;
}

WITHOST_COLD WITHOST_NORETURN static void wrong_type(withost_instance *i, uint32_t handle,
                                                     const withost_resource_type *wanted,
                                                     const withost_resource_type *found) {
  if (!found) withost_trap(i, "handle index %u is not a resource", handle);
  withost_trap(i, "handle index %u used with the wrong type, expected %s-defined resource but found a%s %s-defined resource",
               handle, wanted->guest_defined ? "guest" : "host",
               wanted->guest_defined == found->guest_defined ? " different" : "", found->guest_defined ? "guest" : "host");
}

static withost_slot *resource_slot(withost_instance *i, const withost_resource_type *type, uint32_t handle) {
  withost_slot *slot = withost__handle_slot(i, handle);
  const withost_resource_type *found = slot_type(slot);
  if (WITHOST_UNLIKELY(found != type)) wrong_type(i, handle, type, found);
  return slot;
}

static uint32_t own_add(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  uint32_t index = withost__handle_add(i, WITHOST__OWN, (void *)(uintptr_t)type);
  i->handles.slots[index].value = rep;
  return index;
}

uint32_t withost_resource_new(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
  return own_add(i, type, rep);
}

uint32_t withost_resource_rep(withost_instance *i, const withost_resource_type *type, uint32_t handle) {
  return resource_slot(i, type, handle)->value;
}

/* A sync call of the guest by itself, on a task of its own. */
static void guest_destructor(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  withost_task task;
  withost_entry entry;
  withost__task_init_on_stack(&task, i, &type->destructor, i->running->task->group);
  withost__enter(&entry, i, &task.thread);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    withost__task_end_on_stack(&task);
    withost_trap_again(i);
  }
  type->drop(i, rep);
  if (task.num_borrows) withost_trap(i, "borrow handles still remain at the end of the call");
  withost__leave(&entry);
  withost__task_end_on_stack(&task);
}

static void borrow_drop(withost_instance *i, uint32_t handle) {
  withost__borrow *b = i->handles.slots[handle].record;
  b->scope->num_borrows--;
  withost__slab_give(&i->store->borrows, b);
  withost__handle_remove(i, handle);
}

void withost_resource_drop(withost_instance *i, const withost_resource_type *type, uint32_t handle) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
  withost_slot *slot = resource_slot(i, type, handle);
  if (slot->lends) withost_trap(i, "cannot remove owned resource while borrowed");
  if (slot->tag == WITHOST__BORROW) {
    borrow_drop(i, handle);
    return;
  }
  uint32_t rep = slot->value;
  withost__handle_remove(i, handle);
  if (!type->drop) return;
  if (type->guest_defined) {
    guest_destructor(i, type, rep);
    return;
  }
  type->drop(i, rep);
  withost_import_leave(i);
}

/* ---- Lifting and lowering ---- */

uint32_t withost_lift_own(withost_instance *i, const withost_resource_type *type, uint32_t handle) {
  withost_slot *slot = resource_slot(i, type, handle);
  if (slot->lends) withost_trap(i, "cannot remove owned resource while borrowed");
  if (slot->tag != WITHOST__OWN) withost_trap(i, "cannot lift own resource from a borrow");
  uint32_t rep = slot->value;
  withost__move_reserve(i);
  if (type->guest_defined) {
    rep = withost__held_add(i, type, rep);
    if (!rep) withost_trap(i, "out of memory for handles");
  }
  withost__move_push(i, (withost_move){.kind = WITHOST__LIFTED_OWN, .value = rep, .type = type});
  withost__handle_remove(i, handle);
  return rep;
}

uint32_t withost_lift_borrow(withost_instance *i, withost_call *call, const withost_resource_type *type, uint32_t handle) {
  withost_slot *slot = resource_slot(i, type, handle);
  uint32_t rep = slot->value;
  if (slot->lends == WITHOST__LENDS_MAX) withost_trap(i, "handle index %u is lent too often", handle);
  if (call && call->kind == WITHOST_CALL_IMPORT) {
    subtask_lend((withost_subtask *)call, handle);
  } else {
    withost__move_reserve(i);
    withost__move_push(i, (withost_move){.kind = WITHOST__LENT, .value = handle});
  }
  slot->lends++;
  return rep;
}

static uint32_t own_lower(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  if (!type->guest_defined) return own_add(i, type, rep);
  withost__held *held = withost__held_get(i, type, rep);
  if (!held) withost_trap(i, "the host gave an unknown handle of %s", type->name);
  if (held->lends) withost_trap(i, "the host gave a handle of %s that it has lent", type->name);
  uint32_t handle = own_add(i, type, held->rep);
  withost__held_take(i->store, rep);
  return handle;
}

uint32_t withost_lower_own(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  if (WITHOST_LIKELY(!i->journal)) return own_lower(i, type, rep);
  withost__move_reserve(i);
  uint32_t handle = own_lower(i, type, rep);
  withost__move_push(i, (withost_move){.kind = WITHOST__LOWERED_OWN, .value = handle, .type = type});
  return handle;
}

uint32_t withost_lower_borrow(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  withost_task *scope = i->running->task;
  if (type->guest_defined) {
    withost__held *held = withost__held_get(i, type, rep);
    if (!held) withost_trap(i, "the host gave an unknown handle of %s", type->name);
    return withost__held_lend(i, scope, held, rep);
  }
  withost__borrow *b = withost__slab_take(i->store, &i->store->borrows);
  if (!b) withost_trap(i, "out of memory for handles");
  *b = (withost__borrow){type, scope};
  uint32_t index = withost__handle_add(i, WITHOST__BORROW, b);
  i->handles.slots[index].value = rep;
  scope->num_borrows++;
  return index;
}

/* ---- The end ---- */

/* Each slot is freed before its destructor runs, which is host code and may do what it likes. */
void withost__resources_release(withost_instance *i) {
  for (uint32_t n = 1; n < i->handles.used; n++) {
    withost_slot slot = i->handles.slots[n];
    if (slot.tag != WITHOST__OWN) continue;
    const withost_resource_type *type = slot.record;
    withost__handle_remove(i, n);
    if (!type->guest_defined && type->drop) type->drop(i, slot.value);
  }
}
