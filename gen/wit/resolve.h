/*
 * Resolve: paths on disk to the resolved model.
 *
 * Takes files, and directories with their `deps/`; reads, parses and resolves everything they need, in the reference
 * tool's order. With several paths, packages of one may need those of paths before it. All errors go to the diag.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_RESOLVE_H
#define WITGEN_WIT_RESOLVE_H

#include "model/model.h"
#include "support/inputs.h"
#include "wit/files.h"

typedef struct resolve_options {
  str_vec features; /* --features */
  bool all_features;
  const wit_files *files; /* where the texts come from; NULL: the disk */
  inputs *inputs; /* gets the paths of files and directories that are read; may be NULL */
} resolve_options;

typedef struct source_vec {
  const source **items;
  size_t count, cap;
} source_vec;

typedef struct resolved {
  model model;
  package_vec mains; /* for each path its own package: not its deps, not those nested in its files */
  source_vec sources; /* the texts that were read, in that order; binary packages have none */
} resolved;

/* Returns false, with the reasons in `d`, when the input is refused. The paths end with NUL; there is at least one. */
bool wit_resolve(const str_vec *paths, const resolve_options *options, arena *a, diag *d, resolved *out);

/*
 * The world that `wanted` names ("w", "ns:pkg/w", "ns:pkg/w@1.0.0"), or the only one of the main package when `wanted`
 * is empty. With several main packages it must be named in full. NULL, with the reason and the candidates in `d`, when
 * there is none or more than one.
 */
const world *wit_select_world(const resolved *r, str wanted, arena *a, diag *d);

/* The name in such a path, "w", whether there is that world or not; false, with the reason in `d`, when it names none. */
bool wit_world_name(str wanted, diag *d, str *out);

#endif
