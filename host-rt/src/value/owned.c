/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Memory that host authors own: copies of lifted values that outlive their call. Each block remembers its allocator, so that
 * it can be freed with nothing but its address, whatever has become of the store. Until the host has got them they are a list
 * of the instance: a trap in the middle of a value frees what was copied of it. And what generated code says where the
 * author or the guest has left a function out.
 */
#include <stdlib.h>

#include "../task/machine.h"

typedef struct withost_owned { withost_allocator allocator; size_t size; struct withost_owned *next; } withost_owned;

typedef union owned_block {
  withost_owned head;
  max_align_t align;
} owned_block;

/* The default allocator without a detour: the block is most of what a short string costs. */
static bool is_malloc(const withost_allocator *a) { return a->resize == withost__resize_with_malloc; }

void *withost_own(withost_instance *i, const void *data, size_t size) {
  if (!size) return NULL;
  const withost_allocator *a = &i->store->config.allocator;
  size_t total = sizeof(owned_block) + size;
  owned_block *b = is_malloc(a) ? malloc(total) : a->resize(a->user, NULL, 0, total);
  if (!b) withost_trap(i, "out of memory for a value");
  b->head = (withost_owned){*a, total, i->owned};
  i->owned = &b->head;
  i->unsettled = true;
  return memcpy(b + 1, data, size);
}

void withost_free(void *data) {
  if (!data) return;
  owned_block *b = (owned_block *)data - 1;
  withost_allocator a = b->head.allocator;
  if (is_malloc(&a)) free(b);
  else a.resize(a.user, b, b->head.size, 0);
}

void withost__owned_undo(withost_instance *i) {
  for (withost_owned *o = i->owned, *next; o; o = next) {
    next = o->next;
    withost__free(i->store, o, o->size);
  }
  i->owned = NULL;
  withost__kept_undo(i);
}

void *withost_call_alloc(withost_call *call, size_t size) {
  return withost__scratch_try(call->instance->store, size, _Alignof(max_align_t));
}

void withost_import_missing(withost_instance *i, const withost_function *f) {
  withost_trap(i, "the host does not provide '%s%s%s'", f->interface ? f->interface : "", f->interface ? "#" : "", f->name);
}

int withost_export_missing(withost_instance *i, const withost_function *f) {
  return withost__fail(i->store, WITHOST_ELINK, "the guest does not export '%s%s%s'", f->interface ? f->interface : "",
                       f->interface ? "#" : "", f->name);
}
