/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "heap.h"

#include <stdlib.h>

/* In front of each block, as wide as the strictest alignment. */
typedef union block_head {
  size_t size;
  max_align_t align;
} block_head;

static void *heap_resize(void *user, void *old, size_t old_size, size_t new_size) {
  heap *h = user;
  block_head *head = old ? (block_head *)old - 1 : NULL;
  if ((head ? head->size : 0) != old_size) h->wrong_sizes++;
  size_t was = head ? head->size : 0;
  block_head *block = NULL;
  if (!new_size) free(head);
  else if (!(block = realloc(head, sizeof *block + new_size))) return NULL;
  h->blocks += (uint64_t)(block != NULL) - (uint64_t)(head != NULL);
  h->bytes += (uint64_t)new_size - (uint64_t)was;
  if (!block) return NULL;
  block->size = new_size;
  return block + 1;
}

withost_allocator heap_allocator(heap *h) { return (withost_allocator){heap_resize, h}; }
