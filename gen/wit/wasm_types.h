/*
 * Wasm types: the types of a component binary as a graph of nodes.
 *
 * Indices are replaced by pointers. Two nodes are the same type only when they are one node; `export "b" (type (eq a))`
 * makes a new node that remembers `a` as its alias. Parts come before the whole, and nesting is limited, so that later
 * phases may recurse. Names are checked here: whatever comes out is safe to use as a WIT name.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_TYPES_H
#define WITGEN_WIT_WASM_TYPES_H

#include "model/model.h"
#include "support/table.h"
#include "wit/wasm_reader.h"

typedef struct wnode wnode;

typedef enum wnode_kind { WNODE_VALUE, WNODE_RESOURCE, WNODE_FUNC, WNODE_INSTANCE, WNODE_COMPONENT } wnode_kind;

/* A value type: a primitive when `node` is NULL. */
typedef struct wref {
  bool present;
  type_kind primitive;
  wnode *node;
} wref;

/* A record field, case, flag, tuple part or parameter. */
typedef struct wmember {
  str name;
  wref type;
} wmember;

typedef struct wmember_vec {
  wmember *items;
  size_t count, cap;
} wmember_vec;

/* An import or export. `node` is a type's own new node, or the type of a function, instance or component. */
typedef struct wextern {
  str name, implements, version_suffix;
  bool has_external_id;
  str external_id;
  bool is_type;
  wnode *node;
} wextern;

typedef struct wextern_vec {
  wextern *items;
  size_t count, cap;
} wextern_vec;

struct wnode {
  wnode_kind kind;
  const wnode *alias; /* types: what they were declared equal to */
  uint16_t aliases;   /* how many of them there are in a row */
  type *mapped;       /* the WIT type that the converter made of it */

  /* values; a primitive under a name is TYPE_ALIAS of a primitive `elem` */
  type_kind value;
  wref key, elem, err; /* as in `type`; own and borrow: `elem` is the resource */
  uint32_t length;
  wmember_vec members; /* functions: parameters; `elem` is the result */
  uint8_t depth;
  bool has_borrow;

  bool is_async;                /* functions */
  wextern_vec imports, exports; /* components; instances: exports */
  table *by_name;               /* instances: exports by name; NULL until somebody asks */
  const struct component_body *body; /* components that are here, not only described: see wasm_component.c */
};

typedef struct wnode_vec {
  wnode **items;
  size_t count, cap;
} wnode_vec;

typedef struct wasm_types {
  wextern_vec exports; /* of the component itself: all are types */
  str docs;            /* contents of `package-docs` */
  bool has_docs;
} wasm_types;

/* Reads the whole component, whose header the reader stands before. False: see the reader for why. */
bool wasm_types_read(wasm_reader *r, arena *a, wasm_types *out);

#endif
