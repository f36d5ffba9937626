/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Scratch: memory for lifted values, first in last out. One buffer serves nearly always; a value that does not fit gets a
 * block of its own, on a list, and the buffer grows when nothing is in it.
 */
#include "../task/machine.h"

typedef struct block { struct block *next; size_t size; } block;

static void *scratch_block(withost_store *store, size_t size) {
  size_t total = sizeof(max_align_t) + sizeof(block) + size;
  block *b = withost__alloc(store, total);
  if (!b) return NULL;
  *b = (block){store->scratch.full, total};
  store->scratch.full = b;
  uintptr_t data = (uintptr_t)(b + 1);
  return (void *)((data + sizeof(max_align_t) - 1) & ~(uintptr_t)(sizeof(max_align_t) - 1));
}

void *withost__scratch_try(withost_store *store, size_t size, size_t align) {
  size += !size; /* an empty value has an address too: NULL is failure */
  size_t at = (store->scratch.used + align - 1) & ~(align - 1);
  if (size > SIZE_MAX / 4) return NULL;
  store->scratch.used = at + size; /* also counts what did not fit: the size to grow to */
  if (at + size > store->scratch.capacity) return scratch_block(store, size);
  return store->scratch.base + at;
}

void *withost_scratch(withost_instance *i, size_t size, size_t align) {
  void *p = withost__scratch_try(i->store, size, align);
  if (!p && size) withost_trap(i, "out of memory for a value");
  return p;
}

static void scratch_free_blocks(withost_store *store) {
  for (block *b = store->scratch.full, *next; b; b = next) {
    next = b->next;
    withost__free(store, b, b->size);
  }
  store->scratch.full = NULL;
}

size_t withost_scratch_mark(const withost_instance *i) { return i->store->scratch.used; }

void withost_scratch_release(withost_instance *i, size_t mark) {
  if (mark) i->store->scratch.used = mark;
  else withost__scratch_release_all(i->store);
}

void withost__scratch_release_all(withost_store *store) {
  size_t wanted = store->scratch.used;
  store->scratch.used = 0;
  if (!store->scratch.full) return;
  scratch_free_blocks(store);
  uint8_t *base = withost__resize(store, store->scratch.base, store->scratch.capacity, wanted * 2);
  if (!base) return;
  store->scratch.base = base;
  store->scratch.capacity = wanted * 2;
}
