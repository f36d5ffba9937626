/*
 * Accessors: a setter written before its getter moves right behind it, as in the reference tool's order.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

/* Getters by name: their position + 1. NULL entries of `funcs` are other items. */
static bool index_getters(func *const *funcs, size_t count, arena *a, table *getters) {
  bool any_setter = false;
  table_init(getters, a);
  for (size_t i = 0; i < count; i++) {
    if (funcs[i] != NULL && funcs[i]->accessor == ACCESSOR_GETTER) {
      table_add(getters, funcs[i]->name, (void *)(uintptr_t)(i + 1));
    }
    any_setter = any_setter || (funcs[i] != NULL && funcs[i]->accessor == ACCESSOR_SETTER);
  }
  return any_setter;
}

/* The order in which the items should stand, or NULL when it is the one they have. */
static size_t *order_accessors(func *const *funcs, size_t count, arena *a) {
  table getters;
  if (!index_getters(funcs, count, a, &getters)) {
    return NULL;
  }
  size_t *order = arena_new_array(a, size_t, count);
  size_t *follower = arena_new_array(a, size_t, count); /* the setter + 1 that waits for this getter */
  size_t done = 0;
  for (size_t i = 0; i < count; i++) {
    if (funcs[i] != NULL && funcs[i]->accessor == ACCESSOR_SETTER) {
      size_t getter = (size_t)(uintptr_t)table_get(&getters, name_getter_of_setter(a, funcs[i]->name));
      if (getter > i + 1) {
        follower[getter - 1] = i + 1;
        continue;
      }
    }
    order[done++] = i;
    if (follower[i] > 0) {
      order[done++] = follower[i] - 1;
    }
  }
  return order;
}

void funcs_place_setters(func_vec *funcs, arena *a) {
  size_t *order = order_accessors(funcs->items, funcs->count, a);
  if (order == NULL) {
    return;
  }
  func **items = arena_new_array(a, func *, funcs->count);
  for (size_t i = 0; i < funcs->count; i++) {
    items[i] = funcs->items[order[i]];
  }
  *funcs = (func_vec){items, funcs->count, funcs->count};
}

void item_list_place_setters(item_list *l, arena *a) {
  size_t count = l->items.count;
  func **funcs = arena_new_array(a, func *, count);
  for (size_t i = 0; i < count; i++) {
    funcs[i] = l->items.items[i].func;
  }
  size_t *order = order_accessors(funcs, count, a);
  if (order == NULL) {
    return;
  }
  world_item *items = arena_new_array(a, world_item, count);
  for (size_t i = 0; i < count; i++) {
    items[i] = l->items.items[order[i]];
  }
  l->items = (world_item_vec){items, count, count};
  item_list_reindex(l, a);
}
