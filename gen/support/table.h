/*
 * Table: a map from text to pointer that remembers the order of insertion (uthash inside).
 *
 * Keys are not copied: they live at least as long as the table. Everything the table allocates is in its arena, so
 * `table_release` only empties it.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_TABLE_H
#define WITGEN_SUPPORT_TABLE_H

#include "support/str.h"

typedef struct table_entry table_entry;

typedef struct table {
  arena *arena;
  table_entry *head; /* uthash's list, in insertion order */
} table;

void table_init(table *t, arena *a);
void table_release(table *t);

/* The value under `key`, or NULL. */
void *table_get(const table *t, str key);

/* Adds `value` unless the key is there; returns the value that was there before, or NULL. `value` is not NULL. */
void *table_add(table *t, str key, void *value);

#endif
