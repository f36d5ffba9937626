/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Waitables and sets. A set keeps a list of its members with pending events and a queue of threads that wait; an event
 * wakes one of them. Nothing is scanned, whether 10 calls are parked or 100,000.
 */
#include "machine.h"

void withost__set_wake(withost__set *set) {
  withost_thread *waiter = set->first ? withost__queue_pop(&set->waiters) : NULL;
  if (waiter) withost__thread_make_ready(waiter);
}

static void set_add_pending(withost__set *set, withost__waitable *w) {
  w->next = NULL;
  w->prev = set->last;
  *(set->last ? &set->last->next : &set->first) = w;
  set->last = w;
  withost__set_wake(set);
}

static void set_remove_pending(withost__set *set, withost__waitable *w) {
  *(w->prev ? &w->prev->next : &set->first) = w->next;
  *(w->next ? &w->next->prev : &set->last) = w->prev;
}

/* An event that has not been taken is updated in place: `deliver` computes it at delivery. */
void withost__waitable_post(withost__waitable *w) {
  if (w->pending) return;
  w->pending = true;
  if (w->set) set_add_pending(w->set, w);
  if (w->sync_waiter) withost__thread_make_ready(w->sync_waiter);
}

withost__event withost__waitable_take(withost__waitable *w) {
  if (w->set) set_remove_pending(w->set, w);
  w->pending = false;
  return w->deliver(w);
}

void withost__waitable_join(withost__waitable *w, withost__set *set) {
  if (w->set) {
    if (w->pending) set_remove_pending(w->set, w);
    w->set->members--;
  }
  w->set = set;
  if (!set) return;
  set->members++;
  if (w->pending) set_add_pending(set, w);
}

withost__event withost__set_take(withost__set *set) { return withost__waitable_take(set->first); }

withost__set *withost__set_get(withost_instance *i, uint32_t index) {
  return withost__handle_get(i, index, WITHOST__SET, "waitable set");
}

static withost__waitable *slot_waitable(const withost_slot *slot) {
  switch (slot->tag) {
    case WITHOST__SUBTASK: return &((withost_subtask *)slot->record)->waitable;
    case WITHOST__STREAM_READABLE:
    case WITHOST__STREAM_WRITABLE:
    case WITHOST__FUTURE_READABLE:
    case WITHOST__FUTURE_WRITABLE: return slot->record; /* an end begins with its waitable */
    default: return NULL;
  }
}

withost__waitable *withost__waitable_get(withost_instance *i, uint32_t index) {
  withost__waitable *w = slot_waitable(withost__handle_slot(i, index));
  if (!w) withost_trap(i, "handle is not a waitable");
  return w;
}

/* ---- Built-ins ---- */

static void check_may_leave(withost_instance *i) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
}

uint32_t withost_waitable_set_new(withost_instance *i) {
  check_may_leave(i);
  withost__set *set = withost__slab_take(i->store, &i->store->sets);
  if (!set) withost_trap(i, "out of memory for a waitable set");
  *set = (withost__set){0};
  return withost__handle_add(i, WITHOST__SET, set);
}

void withost_waitable_set_drop(withost_instance *i, uint32_t index) {
  check_may_leave(i);
  withost__set *set = withost__set_get(i, index);
  if (set->members) withost_trap(i, "cannot drop waitable set with members");
  if (set->waiting) withost_trap(i, "cannot drop waitable set with waiters");
  withost__handle_remove(i, index);
  withost__slab_give(&i->store->sets, set);
}

void withost_waitable_join(withost_instance *i, uint32_t index, uint32_t set) {
  check_may_leave(i);
  withost__waitable *w = withost__waitable_get(i, index);
  if (w->sync_waiter) withost_trap(i, "cannot join a waitable that a synchronous operation waits on");
  withost__waitable_join(w, set ? withost__set_get(i, set) : NULL);
}

static uint32_t store_event(withost_instance *i, uint32_t address, withost__event e) {
  uint8_t *p = withost_check(i, address, 8, 4);
  withost_store_u32(p, e.p1);
  withost_store_u32(p + 4, e.p2);
  return e.code;
}

uint32_t withost_waitable_set_poll(withost_instance *i, uint32_t index, uint32_t event) {
  check_may_leave(i);
  withost__set *set = withost__set_get(i, index);
  return store_event(i, event, set->first ? withost__set_take(set) : (withost__event){WITHOST__EVENT_NONE, 0, 0});
}

uint32_t withost_waitable_set_wait(withost_instance *i, const withost_blocking *block, uint32_t index, uint32_t event) {
  check_may_leave(i);
  withost__set *set = withost__set_get(i, index);
  withost_thread *thread = i->running;
  set->waiting++;
  thread->set = set;
  while (!set->first) {
    withost__queue_push(&set->waiters, thread);
    withost__thread_park(thread, block);
  }
  set->waiting--;
  thread->set = NULL;
  return store_event(i, event, withost__set_take(set));
}

/* ---- Blocking ---- */

/* A sync-typed task has the host's frames below it, so the others of its instance run on top. */
void withost__thread_park(withost_thread *thread, const withost_blocking *block) {
  const withost_task *home = withost__thread_home(thread);
  if (home && home->on_stack) withost__thread_barge(thread);
  else block->park(thread);
}

void withost__waitable_wait(withost__waitable *w, const withost_blocking *block) {
  withost_thread *thread = withost__entry->instance->running;
  w->sync_waiter = thread;
  while (!w->pending) withost__thread_park(thread, block);
  w->sync_waiter = NULL;
}
