/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Guest-defined resources in the host's hands: a table of the store, so that a handle that was dropped, or that belongs to
 * another instance or type, is found out. Dropping runs the guest's destructor as a sync call; if its instance is on the
 * stack, which is so in every callback with a result, as a task that waits at the gate like any call.
 */
#include "machine.h"

/* Index 0 is there and stays free. */
static bool held_grow(withost_store *store) {
  uint32_t capacity = store->held.capacity ? store->held.capacity * 2 : 16;
  withost__held *items = withost__resize(store, store->held.items, store->held.capacity * sizeof *items,
                                         capacity * sizeof *items);
  if (!items) return false;
  if (!store->held.used) items[store->held.used++] = (withost__held){0};
  store->held.items = items;
  store->held.capacity = capacity;
  return true;
}

uint32_t withost__held_add(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  withost_store *store = i->store;
  uint32_t index = store->held.free;
  if (index) store->held.free = store->held.items[index].rep;
  else if (store->held.used < store->held.capacity || held_grow(store)) index = store->held.used++;
  else return 0;
  store->held.items[index] = (withost__held){.type = type, .instance = i, .rep = rep};
  store->held.live++;
  i->held++;
  return index;
}

withost__held *withost__held_get(withost_instance *i, const withost_resource_type *type, uint32_t index) {
  withost_store *store = i->store;
  if (index >= store->held.used) return NULL;
  withost__held *held = &store->held.items[index];
  return held->instance == i && held->type == type ? held : NULL;
}

uint32_t withost__held_take(withost_store *store, uint32_t index) {
  withost__held *held = &store->held.items[index];
  uint32_t rep = held->rep;
  held->instance->held--;
  *held = (withost__held){.rep = store->held.free};
  store->held.free = index;
  store->held.live--;
  return rep;
}

/* ---- Lending: a sync call is over before its instance can run a destructor, so only async ones count ---- */

uint32_t withost__held_lend(withost_instance *i, withost_task *scope, withost__held *held, uint32_t index) {
  if (scope->export) {
    withost__lend *lend = withost__slab_take(i->store, &i->store->lends);
    if (!lend) withost_trap(i, "out of memory for handles");
    *lend = (withost__lend){scope->lent, index};
    scope->lent = lend;
    held->lends++;
  }
  return held->rep;
}

void withost__task_unlend(withost_task *t) {
  withost_store *store = t->call.instance->store;
  for (withost__lend *lend = t->lent, *next; lend; lend = next) {
    next = lend->next;
    store->held.items[lend->held].lends--;
    withost__slab_give(&store->lends, lend);
  }
  t->lent = NULL;
}

/* ---- Dropping ---- */

static int held_destroy_now(withost_instance *i, const withost_resource_type *type, uint32_t rep) {
  withost_sync s;
  int error = withost_sync_enter(i, &type->destructor, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  type->drop(i, rep);
  return withost_sync_leave(&s);
}

typedef struct drop_params { const withost_resource_type *type; uint32_t rep; } drop_params;

static withost_lift drop_form(const withost_instance *i) {
  (void)i;
  return WITHOST_LIFT_SYNC;
}

static const withost_export drop_later;

static uint32_t drop_start(withost_instance *i, const void *params) {
  const drop_params *p = params;
  p->type->drop(i, p->rep);
  withost_task_return(i, &drop_later.function, NULL);
  return 0;
}

static const withost_export drop_later = {
  .function = {.name = "[dtor]", .is_async = true}, .params_size = sizeof(drop_params), .form = drop_form, .start = drop_start};

int withost_held_drop(withost_instance *i, const withost_resource_type *type, uint32_t index) {
  if (!i) return WITHOST_EINVAL; /* a zeroed handle: there is no store for a message */
  withost__held *held = withost__held_get(i, type, index);
  if (!held) return withost__fail(i->store, WITHOST_EINVAL, "unknown handle of %s", type->name);
  if (held->lends) return withost__fail(i->store, WITHOST_EBUSY, "%s is lent to a call", type->name);
  drop_params params = {type, withost__held_take(i->store, index)};
  if (i->poisoned || !type->drop) return WITHOST_OK;
  if (!i->running) return held_destroy_now(i, type, params.rep);
  return withost_task_call(i, &drop_later, NULL, &params, NULL, NULL, NULL);
}

/* ---- The end ---- */

int withost__held_check(withost_instance *i) {
  if (!i->held) return WITHOST_OK;
  uint32_t n = 0;
  while (i->store->held.items[n].instance != i) n++;
  return withost__fail(i->store, WITHOST_EBUSY, "the host holds %u resources of an instance of %s, one of %s", i->held,
                       i->program->world, i->store->held.items[n].type->name);
}

void withost__held_forget(withost_instance *i) {
  for (uint32_t n = 1; i->held; n++)
    if (i->store->held.items[n].instance == i) withost__held_take(i->store, n);
}

void withost__held_free(withost_store *store) {
  withost__free(store, store->held.items, store->held.capacity * sizeof *store->held.items);
}
