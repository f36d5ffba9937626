/*
 * Emit: the resolved world to C texts, in memory.
 *
 * One walker serves both sides of a component boundary; `side` says for whom. Nothing here touches the disk: the result
 * is a list of files that output.h writes, compares or prints.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_EMIT_H
#define WITGEN_EMIT_EMIT_H

#include "abi/component_type.h"
#include "model/model.h"
#include "support/inputs.h"

typedef enum emit_side { SIDE_GUEST, SIDE_HOST } emit_side;

typedef struct emit_rename {
  str from; /* world key text: "my:test/i", "a"; or a pattern for such */
  str to;   /* of a pattern: its replacement */
} emit_rename;

typedef struct emit_rename_vec {
  emit_rename *items;
  size_t count, cap;
} emit_rename_vec;

typedef struct emit_options {
  string_encoding encoding;   /* --string-encoding */
  bool no_helpers;            /* --no-helpers */
  bool no_sig_flattening;     /* --no-sig-flattening */
  bool object_file;           /* --object-file: write {world}_component_type.o too */
  bool autodrop_borrows;      /* --autodrop-borrows=yes */
  bool async_helpers;         /* --generate-async-helpers */
  bool threading_helpers;     /* --generate-threading-helpers */
  bool for_task;              /* --for-task */
  bool debug_hooks;           /* --debug-hooks */
  bool engine_wasm2c;         /* --engine: for hosts */
  bool engine_wasmtime;
  str guest_module;           /* --guest-module: for hosts; NUL-terminated; empty: none */
  str rename_world;           /* --rename-world; empty: none */
  str type_section_suffix;    /* --type-section-suffix; empty: none */
  str templates_dir;          /* --templates; empty: those embedded at build time */
  emit_rename_vec renames;    /* --rename */
  str_vec sync_filters;       /* --sync, in order; these four are func_filter.h's */
  str_vec include, exclude;   /* --include, --exclude */
  str_vec for_task_only;      /* --for-task-only; implies for_task */
  inputs *inputs;             /* gets the paths of templates and modules that are read; may be NULL */
} emit_options;

typedef struct emit_file {
  str name; /* relative to the out directory, without separators */
  str bytes;
} emit_file;

typedef struct emit_file_vec {
  emit_file *items;
  size_t count, cap;
} emit_file_vec;

/* Texts for `w`; false, with the reasons in `d`, when the world has no C form (two items with one C name, …). */
bool emit_world(const model *m, const world *w, emit_side side, const emit_options *options, arena *a, diag *d,
                emit_file_vec *out);

/*
 * Names of the files that emit_world gives for a world of this name, in its order; nothing is read for that. False, with the
 * reason in `d`, when the name is none in C.
 */
bool emit_file_names(str world_name, emit_side side, const emit_options *options, arena *a, diag *d, str_vec *out);

#endif
