/*
 * Sync filter: which `async` functions are bound as plain blocking C functions (`--sync FILTER`).
 *
 * A filter is `all`, a function (`ns:pkg/iface#f`, `label#[method]r.m`, or `f` of the world itself), or one of these with
 * `import:` or `export:` in front. Several may stand in one option, separated by commas. Functions that are not `async`
 * in WIT are always bound sync, so a filter that names one changes nothing and is fine; one that names no function of
 * the world is an error.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_SYNC_FILTER_H
#define WITGEN_EMIT_SYNC_FILTER_H

#include "model/model.h"
#include "support/table.h"

typedef struct sync_filter {
  bool all;
  table named; /* function name to sync_rule */
  arena *arena;
} sync_filter;

/* Reads the options in order; false, with the reasons in `d`, when one matches no function of `w`. */
bool sync_filter_init(sync_filter *s, const str_vec *options, const world *w, arena *a, diag *d);
void sync_filter_release(sync_filter *s);

/* Whether `f`, which `item` of the world imports or exports, is bound with the async ABI. */
bool sync_filter_async(const sync_filter *s, const world_item *item, const func *f, bool imported);

#endif
