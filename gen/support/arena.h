/*
 * Arena: memory of one phase-to-phase run, freed all at once.
 *
 * Everything that a run of witgen builds (tokens, syntax, model, texts) lives in one arena; nothing in it is freed
 * alone. Under AddressSanitizer unused bytes are poisoned, so that an overrun of one object is seen at once.
 * Running out of memory ends the process: a build tool has nothing better to do.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_ARENA_H
#define WITGEN_SUPPORT_ARENA_H

#include <stddef.h>

typedef struct arena_block arena_block;

typedef struct arena {
  arena_block *blocks; /* newest first */
  int is_small;
} arena;

void arena_init(arena *a);
void arena_init_small(arena *a); /* for little memory: starts with 16 KiB, not with a huge page */
void arena_release(arena *a);

/* `size` zeroed bytes, aligned for any object. Never NULL, also for size 0. */
void *arena_alloc(arena *a, size_t size);

/* `count` zeroed objects of `size` bytes; ends the process when the product overflows. */
void *arena_alloc_array(arena *a, size_t count, size_t size);

/*
 * `object` with `new_size` bytes, the new ones zeroed: in place where it is the newest object, else a copy (the old
 * bytes stay as they are). `object` may be NULL when `old_size` is 0.
 */
void *arena_grow(arena *a, void *object, size_t old_size, size_t new_size);

#define arena_new(a, T)              ((T *)arena_alloc((a), sizeof(T)))
#define arena_new_array(a, T, count) ((T *)arena_alloc_array((a), (count), sizeof(T)))

/* Gives back the end of `object`, of which only `new_size` bytes (> 0) stay, if it is the newest. */
void arena_trim(arena *a, void *object, size_t old_size, size_t new_size);

/*
 * A place to go back to: arena_rewind() gives back everything that was allocated after arena_mark_now(), and keeps what is
 * likely to be needed again. Marks are used in reverse order; one stays good for rewinding again.
 */
typedef struct arena_mark {
  arena_block *newest, *second;
  size_t used; /* of the newest */
} arena_mark;

arena_mark arena_mark_now(arena *a);
void arena_rewind(arena *a, arena_mark mark);

#endif
