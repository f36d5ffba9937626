/*
 * Wasm scope: what wasm_types.c and wasm_component.c share: index spaces, and the reading of what is the same in a type
 * of a component and in a component. Nobody else includes this.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_SCOPE_H
#define WITGEN_WIT_WASM_SCOPE_H

#include "support/vec.h"
#include "wit/wasm_types.h"

/* One index space: of a component, of a component type or of an instance type. */
typedef struct scope {
  const struct scope *outer;
  uint32_t depth;
  bool is_instance;
  wnode_vec types, instances;
  wnode_vec funcs, components; /* of components alone */
  table names, import_names;   /* what was exported and imported, without case and hyphens */
} scope;

typedef struct types_reader {
  wasm_reader *r;
  arena *arena;
  wasm_types *out;
  wnode_vec indexed; /* instance types that have a table, to be released in the end */
} types_reader;

wnode *scope_node_new(types_reader *t, wnode_kind kind);
/* A new type that is `of` under another name. */
wnode *scope_alias_new(types_reader *t, const wnode *of);

/* The type with the index that comes, if it is of that kind. */
wnode *scope_type_of_kind(types_reader *t, const scope *s, wnode_kind kind);
/* Refuses a name that is there already; plain names are the same without case and hyphens. */
void scope_name_claim(types_reader *t, table *names, str name);

wnode *scope_type_read(types_reader *t, const scope *s);
void scope_extern_name_read(types_reader *t, wextern *e);
/* What stands behind the name of an import or of an ascription; gives types and instances their index. */
void scope_extern_desc_read(types_reader *t, scope *s, wextern *e);
void scope_extern_check_name(types_reader *t, const wextern *e);

/* NULL, with the failure in the reader or not there. */
const wextern *scope_instance_find(types_reader *t, wnode *instance, str name);
const wextern *scope_alias_export_read(types_reader *t, const scope *s);
wnode *scope_alias_outer_read(types_reader *t, const scope *s);

#endif
