/*
 * Resolve: a path on disk to the resolved model.
 *
 * Takes a file, or a directory with its `deps/`; reads, parses and resolves everything it needs, in the reference
 * tool's order. All errors go to the diag.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_RESOLVE_H
#define WITGEN_WIT_RESOLVE_H

#include "model/model.h"

typedef struct resolve_options {
  str_vec features; /* --features */
  bool all_features;
} resolve_options;

typedef struct resolved {
  model model;
  package_vec roots; /* the packages that the path itself holds (not its deps), the main one first */
} resolved;

/* Returns false, with the reasons in `d`, when the input is refused. */
bool wit_resolve(const char *path, const resolve_options *options, arena *a, diag *d, resolved *out);

/*
 * The world that `wanted` names ("w", "ns:pkg/w", "ns:pkg/w@1.0.0"), or the only one of the root package when `wanted`
 * is empty. NULL, with the reason and the candidates in `d`, when there is none or more than one.
 */
const world *wit_select_world(const resolved *r, str wanted, arena *a, diag *d);

#endif
