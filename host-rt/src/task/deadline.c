/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Deadlines: a binary heap, the nearest at the top; a task knows its place in it. Time is the host's.
 */
#include "machine.h"

typedef struct withost__deadline { uint64_t at; withost_task *task; } withost__deadline;

static void heap_put(withost_store *store, uint32_t place, withost__deadline d) {
  store->deadlines.heap[place - 1] = d;
  d.task->deadline = place;
}

static uint64_t heap_at(const withost_store *store, uint32_t place) { return store->deadlines.heap[place - 1].at; }

static void heap_up(withost_store *store, uint32_t place, withost__deadline d) {
  for (; place > 1 && heap_at(store, place / 2) > d.at; place /= 2)
    heap_put(store, place, store->deadlines.heap[place / 2 - 1]);
  heap_put(store, place, d);
}

static void heap_down(withost_store *store, uint32_t place, withost__deadline d) {
  for (uint32_t child; (child = place * 2) <= store->deadlines.used; place = child) {
    if (child < store->deadlines.used && heap_at(store, child + 1) < heap_at(store, child)) child++;
    if (heap_at(store, child) >= d.at) break;
    heap_put(store, place, store->deadlines.heap[child - 1]);
  }
  heap_put(store, place, d);
}

void withost__deadline_remove(withost_task *t) {
  withost_store *store = t->call.instance->store;
  uint32_t place = t->deadline;
  withost__deadline last = store->deadlines.heap[--store->deadlines.used];
  t->deadline = 0;
  if (last.task == t) return;
  if (place > 1 && heap_at(store, place / 2) > last.at) heap_up(store, place, last);
  else heap_down(store, place, last);
}

void withost__deadlines_release(withost_store *store) {
  withost__free(store, store->deadlines.heap, store->deadlines.capacity * sizeof *store->deadlines.heap);
}

static bool heap_grow(withost_store *store) {
  uint32_t old = store->deadlines.capacity, capacity = old ? old * 2 : 16;
  withost__deadline *heap = withost__resize(store, store->deadlines.heap, old * sizeof *heap, capacity * sizeof *heap);
  if (!heap) return false;
  store->deadlines.heap = heap;
  store->deadlines.capacity = capacity;
  return true;
}

int withost_call_set_deadline(withost_call *call, uint64_t at) {
  withost_store *store = call->instance->store;
  withost_task *t = (withost_task *)call;
  if (call->kind != WITHOST_CALL_EXPORT) return withost__fail(store, WITHOST_EINVAL, "only calls of exports have deadlines");
  if (t->state == WITHOST__RESOLVED) return WITHOST_OK;
  if (t->deadline) withost__deadline_remove(t);
  if (at == UINT64_MAX) return WITHOST_OK;
  if (store->deadlines.used == store->deadlines.capacity && !heap_grow(store))
    return withost__fail(store, WITHOST_ENOMEM, "no memory for a deadline");
  heap_up(store, ++store->deadlines.used, (withost__deadline){at, t});
  return WITHOST_OK;
}

/* A callback in between may set and remove deadlines: the heap is looked at anew each time. */
int withost_store_set_now(withost_store *store, uint64_t now) {
  if (now < store->deadlines.now) return withost__fail(store, WITHOST_EINVAL, "time went back");
  store->deadlines.now = now;
  while (store->deadlines.used && heap_at(store, 1) <= now) {
    withost_task *t = store->deadlines.heap[0].task;
    withost__deadline_remove(t);
    if (t->state == WITHOST__INITIAL || t->state == WITHOST__STARTED) t->overdue = true;
    withost_call_cancel(&t->call);
  }
  return WITHOST_OK;
}

uint64_t withost_store_next_deadline(const withost_store *store) {
  return store->deadlines.used ? heap_at(store, 1) : UINT64_MAX;
}
