/*
 * Table: uthash over arena memory. Entries and uthash's own arrays come from the table's arena, so that a table that
 * nobody releases leaks nothing.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/table.h"

/* uthash has no place for a context; its macros see the `t` of the function that uses them. */
#define uthash_malloc(size)    arena_alloc(t->arena, (size))
#define uthash_free(ptr, size) ((void)0)
#include <uthash.h>

/* Most tables hold the few items of one interface. uthash sets its own numbers, and reads them where it is used. */
#undef HASH_INITIAL_NUM_BUCKETS
#undef HASH_INITIAL_NUM_BUCKETS_LOG2
#define HASH_INITIAL_NUM_BUCKETS      8U
#define HASH_INITIAL_NUM_BUCKETS_LOG2 3U

struct table_entry {
  str key;
  void *value;
  UT_hash_handle hh;
};

void table_init(table *t, arena *a) {
  *t = (table){.arena = a};
}

void table_release(table *t) {
  t->head = NULL;
}

/* uthash compares with memcmp, which takes no NULL. */
static str with_pointer(str key) {
  return key.ptr == NULL ? STR("") : key;
}

void *table_get(const table *t, str key) {
  key = with_pointer(key);
  table_entry *entry;
  HASH_FIND(hh, t->head, key.ptr, (unsigned)key.len, entry);
  return entry == NULL ? NULL : entry->value;
}

void *table_add(table *t, str key, void *value) {
  key = with_pointer(key);
  table_entry *entry;
  unsigned hash;
  HASH_VALUE(key.ptr, (unsigned)key.len, hash);
  HASH_FIND_BYHASHVALUE(hh, t->head, key.ptr, (unsigned)key.len, hash, entry);
  if (entry != NULL) {
    return entry->value;
  }
  entry = arena_new(t->arena, table_entry);
  entry->key = key;
  entry->value = value;
  HASH_ADD_KEYPTR_BYHASHVALUE(hh, t->head, entry->key.ptr, (unsigned)key.len, hash, entry);
  return NULL;
}
