/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * The guests' heap, in place of the C library's; see guest.h. */
#include <string.h>
#include "guest.h"

enum { ALIGN = 16, PAGE = 65536, NEW_BYTE = 0xa5, FREED_BYTE = 0xd5 };
typedef struct block { size_t size; uint32_t magic, unused[2]; } block;

extern unsigned char __heap_base;
static uintptr_t next;
static uint32_t used;

uint32_t echo_heap(void) { return used; }

static uintptr_t round_up(uintptr_t n) { return (n + ALIGN - 1) & ~(uintptr_t)(ALIGN - 1); }

void *malloc(size_t size) {
  if (!used) next = round_up((uintptr_t)&__heap_base);
  uintptr_t at = next, end = round_up(at + ALIGN + size);
  if (end < at) return NULL;
  while (end > __builtin_wasm_memory_size(0) * PAGE)
    if (__builtin_wasm_memory_grow(0, (end - __builtin_wasm_memory_size(0) * PAGE + PAGE - 1) / PAGE) == (size_t)-1) return NULL;
  *(block *)at = (block){.size = size, .magic = NEW_BYTE};
  next = end;
  used++;
  return memset((void *)(at + ALIGN), NEW_BYTE, size);
}

void free(void *data) {
  if (!data) return;
  block *b = (block *)((uintptr_t)data - ALIGN);
  if (b->magic != NEW_BYTE || !used) abort(); /* twice, or not from here */
  b->magic = FREED_BYTE;
  memset(data, FREED_BYTE, b->size);
  used--;
}

void *calloc(size_t count, size_t size) {
  void *data = malloc(count * size);
  return data ? memset(data, 0, count * size) : NULL;
}

void *realloc(void *old, size_t size) {
  void *data = malloc(size);
  if (!data || !old) return data;
  size_t before = ((block *)((uintptr_t)old - ALIGN))->size;
  memcpy(data, old, before < size ? before : size);
  free(old);
  return data;
}

void *aligned_alloc(size_t align, size_t size) {
  if (align > ALIGN) abort();
  return malloc(size);
}
int posix_memalign(void **data, size_t align, size_t size) {
  *data = aligned_alloc(align, size);
  return *data ? 0 : 12;
}
