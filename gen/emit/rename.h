/*
 * Rename: what `--rename` calls the interfaces of a world.
 *
 * `K=V` calls the interface K V. `/…/=V` renames every interface whose whole name the pattern matches; V may hold what
 * the pattern's groups found ($1, ${name}), and what C names cannot hold, but names of interfaces can, becomes '_'. Of
 * several that match, the last one counts.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_RENAME_H
#define WITGEN_EMIT_RENAME_H

#include "emit/emit.h"
#include "support/pattern.h"

typedef struct renamer {
  const emit_rename_vec *renames;
  pattern *patterns; /* these three by index in `renames` */
  const source **sources;
  bool *used;
  str_vec keys; /* of interfaces that were asked about */
  bool broken;  /* a pattern failed: nothing more is asked of any */
  arena *arena;
  diag *diag;
} renamer;

/* Reports what is wrong with the options to `d`. */
void renamer_init(renamer *r, const emit_rename_vec *renames, arena *a, diag *d);
void renamer_release(renamer *r);

/* The new name of the interface that the world knows as `key`; empty: it keeps its own. */
str renamer_name(renamer *r, str key);

/* After all interfaces: reports renames that there was nothing for. */
void renamer_finish(const renamer *r, str world_name);

#endif
