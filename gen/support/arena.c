/*
 * Arena: a list of zeroed blocks, newest first; allocation moves a mark in the newest.
 *
 * Blocks come from calloc and double in size, so that a small run touches few pages and a large one makes few calls.
 * What doesn't fit well gets a block of its own, put behind the newest so that the rest of that one stays usable.
 *
 * The first block is one huge page where the system has them: the faults of 500 small pages were a third of a run.
 * Runs that outgrow the second block go on with huge pages, which makes 2,000 interfaces as cheap as 20 each.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#if defined(__linux__) && !defined(_DEFAULT_SOURCE)
#define _DEFAULT_SOURCE /* madvise */
#endif
#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define GUARD 16 /* poisoned bytes after each object */
#else
#define ASAN_POISON_MEMORY_REGION(ptr, size)   ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(ptr, size) ((void)0)
#define GUARD                                  0
#endif

#if defined(__linux__) && !defined(ARENA_ASAN)
#include <sys/mman.h>
#ifdef MADV_HUGEPAGE
#define ARENA_HUGE_PAGE ((size_t)2 << 20)
#endif
#endif

#define ALIGNMENT     _Alignof(max_align_t)
#define FIRST_BLOCK   ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20)

struct arena_block {
  arena_block *next;
  size_t size, used; /* of `bytes` */
  void *mapping;     /* what a block of huge pages lies in; or NULL */
  size_t mapped;     /* its size */
  _Alignas(max_align_t) unsigned char bytes[];
};

_Noreturn static void out_of_memory(void) {
  fputs("witgen: out of memory\n", stderr);
  exit(1);
}

static size_t round_up(size_t size) {
  if (size > SIZE_MAX / 2) {
    out_of_memory();
  }
  return (size + GUARD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static arena_block *block_new(size_t size) {
  arena_block *block = calloc(1, sizeof *block + size);
  if (block == NULL) {
    out_of_memory();
  }
  block->size = size;
  ASAN_POISON_MEMORY_REGION(block->bytes, size);
  return block;
}

#ifdef ARENA_HUGE_PAGE
/* A page more than needed is asked for, as huge pages want an aligned place; what is not touched costs nothing. */
static arena_block *huge_block_new(size_t size) {
  size_t pages = (size + sizeof(arena_block)) / ARENA_HUGE_PAGE + 1;
  size_t mapped = (pages + 1) * ARENA_HUGE_PAGE;
  void *mapping = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) {
    return block_new(size);
  }
  uintptr_t misplaced = (uintptr_t)mapping % ARENA_HUGE_PAGE;
  arena_block *block = (void *)((char *)mapping + (ARENA_HUGE_PAGE - misplaced) % ARENA_HUGE_PAGE);
  (void)madvise(block, pages * ARENA_HUGE_PAGE, MADV_HUGEPAGE); /* without, these are small pages */
  block->size = pages * ARENA_HUGE_PAGE - sizeof *block;
  block->mapping = mapping;
  block->mapped = mapped;
  return block;
}

static void block_free(arena_block *block) {
  if (block->mapping != NULL) {
    munmap(block->mapping, block->mapped);
  } else {
    free(block);
  }
}
#else
static arena_block *huge_block_new(size_t size) {
  return block_new(size);
}

static void block_free(arena_block *block) {
  free(block);
}
#endif

/* A block with `size` free bytes, already linked in. */
static arena_block *block_add(arena *a, size_t size) {
  arena_block *newest = a->blocks;
  if (newest == NULL) {
    size_t first = size > FIRST_BLOCK ? size : FIRST_BLOCK;
    return a->blocks = a->is_small ? block_new(first) : huge_block_new(first);
  }
  bool is_second = newest->next == NULL;
  if (size > LARGEST_BLOCK / 4) {
    arena_block *own = is_second ? block_new(size) : huge_block_new(size);
    own->next = newest->next;
    newest->next = own;
    return own;
  }
  arena_block *block = is_second ? block_new(LARGEST_BLOCK) : huge_block_new(LARGEST_BLOCK);
  block->next = newest;
  a->blocks = block;
  return block;
}

void arena_init(arena *a) {
  *a = (arena){0};
}

void arena_init_small(arena *a) {
  *a = (arena){.is_small = 1};
}

/* Frees the blocks from `*link` to `end`, which stays. */
static void free_blocks(arena_block **link, arena_block *end) {
  while (*link != end) {
    arena_block *block = *link;
    *link = block->next;
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
    block_free(block);
  }
}

void arena_release(arena *a) {
  free_blocks(&a->blocks, NULL);
}

void *arena_alloc(arena *a, size_t size) {
  size_t rounded = round_up(size > 0 ? size : 1);
  arena_block *block = a->blocks;
  if (block == NULL || block->size - block->used < rounded) {
    block = block_add(a, rounded);
  }
  void *object = block->bytes + block->used;
  block->used += rounded;
  ASAN_UNPOISON_MEMORY_REGION(object, size);
  return object;
}

void *arena_alloc_array(arena *a, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / 2 / size) {
    out_of_memory();
  }
  return arena_alloc(a, count * size);
}

/* Lengthens the newest object of the newest block where it stands. */
static int extend_in_place(arena *a, const void *object, size_t old_size, size_t new_size) {
  arena_block *block = a->blocks;
  size_t old_rounded = round_up(old_size), new_rounded = round_up(new_size);
  if (block == NULL || block->used < old_rounded || block->bytes + block->used - old_rounded != object ||
      block->size - block->used < new_rounded - old_rounded) {
    return 0;
  }
  block->used += new_rounded - old_rounded;
  ASAN_UNPOISON_MEMORY_REGION(object, new_size);
  return 1;
}

void *arena_grow(arena *a, void *object, size_t old_size, size_t new_size) {
  if (old_size > 0 && new_size >= old_size && extend_in_place(a, object, old_size, new_size)) {
    return object;
  }
  void *moved = arena_alloc(a, new_size);
  if (old_size > 0) {
    memcpy(moved, object, old_size < new_size ? old_size : new_size);
  }
  return moved;
}

void arena_trim(arena *a, void *object, size_t old_size, size_t new_size) {
  arena_block *block = a->blocks;
  size_t old_rounded = round_up(old_size), new_rounded = round_up(new_size);
  if (block == NULL || block->used < old_rounded || block->bytes + block->used - old_rounded != object) {
    return;
  }
  memset((unsigned char *)object + new_size, 0, old_size - new_size);
  block->used -= old_rounded - new_rounded;
  ASAN_POISON_MEMORY_REGION((unsigned char *)object + new_size, old_rounded - new_size);
}

arena_mark arena_mark_now(arena *a) {
  arena_block *newest = a->blocks != NULL ? a->blocks : block_add(a, 0);
  return (arena_mark){newest, newest->next, newest->used};
}

/* Blocks that came later stand in front of the newest of then, or, with one object each, just behind it. */
void arena_rewind(arena *a, arena_mark mark) {
  free_blocks(&a->blocks, mark.newest);
  free_blocks(&mark.newest->next, mark.second);
  unsigned char *given_back = mark.newest->bytes + mark.used;
  size_t size = mark.newest->used - mark.used;
  ASAN_UNPOISON_MEMORY_REGION(given_back, size);
  memset(given_back, 0, size);
  ASAN_POISON_MEMORY_REGION(given_back, size);
  mark.newest->used = mark.used;
}
