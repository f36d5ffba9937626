/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The store's allocator in tests: malloc, counted. Each block knows its size, so an `old_size` that is not the block's is
 * noticed too.
 */
#ifndef HEAP_H
#define HEAP_H

#include <withost/withost.h>

typedef struct heap {
  uint64_t blocks, bytes; /* alive */
  uint64_t wrong_sizes;
} heap;

/* h must outlive what is allocated. */
withost_allocator heap_allocator(heap *h);

#endif
