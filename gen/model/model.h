/*
 * Model: the resolved packages, as the reference tool's JSON shows them.
 *
 * Interfaces, worlds, types and packages are numbered in the reference tool's order: packages in dependency order, and
 * within each what others need first. `id` is the index in the model's vector. The graph is immutable once resolved;
 * phases after resolution take it as const.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_MODEL_MODEL_H
#define WITGEN_MODEL_MODEL_H

#include "support/diag.h"
#include "support/semver.h"

typedef struct type type;
typedef struct func func;
typedef struct interface interface;
typedef struct world world;
typedef struct package package;

typedef enum stability_kind { STABILITY_UNKNOWN, STABILITY_STABLE, STABILITY_UNSTABLE } stability_kind;

typedef struct stability {
  stability_kind kind;
  semver since; /* STABILITY_STABLE */
  str feature;  /* STABILITY_UNSTABLE */
  bool is_deprecated;
  semver deprecated;
} stability;

/* Documentation text; `present` tells an empty comment from none. */
typedef struct docs {
  bool present;
  str text;
} docs;

/* Types */

typedef enum type_kind {
  /* primitives: one shared object each, see type_primitive() */
  TYPE_BOOL, TYPE_U8, TYPE_U16, TYPE_U32, TYPE_U64, TYPE_S8, TYPE_S16, TYPE_S32, TYPE_S64, TYPE_F32, TYPE_F64,
  TYPE_CHAR, TYPE_STRING, TYPE_ERROR_CONTEXT,
  /* defined types: each has an id */
  TYPE_RECORD,     /* members: named fields */
  TYPE_TUPLE,      /* members without names */
  TYPE_VARIANT,    /* members: cases, type NULL without payload */
  TYPE_ENUM,       /* members: cases */
  TYPE_FLAGS,      /* members: flags */
  TYPE_OPTION,     /* elem */
  TYPE_RESULT,     /* elem: ok or NULL; err or NULL */
  TYPE_LIST,       /* elem */
  TYPE_FIXED_LIST, /* elem, length */
  TYPE_MAP,        /* key, elem: value */
  TYPE_FUTURE,     /* elem or NULL */
  TYPE_STREAM,     /* elem or NULL */
  TYPE_RESOURCE,
  TYPE_OWN,    /* elem: the resource, or an alias of it */
  TYPE_BORROW, /* the same */
  TYPE_ALIAS   /* elem: `type a = b;` and types that `use` brings in */
} type_kind;

#define TYPE_PRIMITIVES (TYPE_ERROR_CONTEXT + 1)

typedef struct member {
  str name; /* empty in tuples */
  const type *type;
  docs docs;
  span at;
  uint32_t offset; /* records and tuples: written by layout_assign() */
} member;

typedef struct member_vec {
  member *items;
  size_t count, cap;
} member_vec;

/* What the Canonical ABI makes of a type. Written once by layout_assign() of abi/layout.h, which also reads it. */
typedef struct type_layout {
  uint32_t size, size64; /* bytes with 32-bit and 64-bit pointers, capped at UINT32_MAX */
  uint32_t payload;      /* offset of the payload of variant, option, result */
  uint8_t align, align64; /* 0: not assigned yet */
  uint8_t depth;         /* of nesting; a primitive has 1, an alias what it stands for; sticks at UINT8_MAX */
  uint8_t flat_count;    /* core types, capped at one more than fit */
  uint8_t flat[16];      /* core_type */
} type_layout;

typedef enum owner_kind { OWNER_NONE, OWNER_INTERFACE, OWNER_WORLD } owner_kind;

typedef struct owner {
  owner_kind kind;
  const interface *interface;
  const world *world;
} owner;

struct type {
  type_kind kind;
  uint32_t id; /* not for primitives */
  str name;    /* empty: anonymous */
  owner owner; /* OWNER_NONE: anonymous */
  member_vec members;
  const type *elem, *key, *err;
  uint32_t length;
  type_layout layout;
  docs docs;
  stability stability;
  bool has_external_id;
  str external_id;
  span at;
};

/* The shared object of a primitive kind. */
const type *type_primitive(type_kind kind);
/* The WIT word of a primitive kind: "u8", "string". */
const char *type_primitive_name(type_kind kind);
/* The type behind any chain of aliases. */
const type *type_resolve(const type *t);

/* Functions */

typedef enum func_kind { FUNC_FREESTANDING, FUNC_METHOD, FUNC_STATIC, FUNC_CONSTRUCTOR } func_kind;
typedef enum accessor { ACCESSOR_NONE, ACCESSOR_GETTER, ACCESSOR_SETTER } accessor;

typedef struct param {
  str name;
  const type *type;
  span at;
  uint32_t offset; /* in the record of spilled parameters: written by layout_assign() */
} param;

typedef struct param_vec {
  param *items;
  size_t count, cap;
} param_vec;

struct func {
  str name; /* as in the core ABI: "f", "[method]r.m", "[get]p", "[static][set]r.p", "[constructor]r" */
  str item_name; /* the part a person wrote: "f", "m", "p"; "constructor" */
  func_kind kind;
  accessor accessor;
  bool is_async;
  const type *resource; /* method, static, constructor */
  param_vec params;     /* methods: starts with self */
  const type *result;   /* or NULL */
  docs docs;
  stability stability;
  bool has_external_id;
  str external_id;
  span at;
};

typedef struct type_vec {
  type **items;
  size_t count, cap;
} type_vec;

typedef struct func_vec {
  func **items;
  size_t count, cap;
} func_vec;

struct interface {
  uint32_t id;
  str name; /* empty: inline in a world */
  type_vec types; /* named types in order; the key in the JSON is the type's name */
  func_vec funcs;
  package *package;
  const interface *clone_of; /* copies that the reference tool makes of exported interfaces; else NULL */
  docs docs;
  stability stability;
  span at;
};

/* Worlds */

typedef enum world_item_kind { ITEM_INTERFACE, ITEM_FUNC, ITEM_TYPE } world_item_kind;

typedef struct world_item {
  world_item_kind kind;
  str name; /* the key; empty for an interface that is known by its own name */
  interface *interface;
  func *func;
  type *type;
  docs docs;
  stability stability; /* ITEM_INTERFACE */
  bool has_external_id;
  str external_id;
  span at;
} world_item;

typedef struct world_item_vec {
  world_item *items;
  size_t count, cap;
} world_item_vec;

struct world {
  uint32_t id;
  str name;
  world_item_vec imports, exports;
  package *package;
  docs docs;
  stability stability;
  span at;
};

/* Packages */

typedef struct package_name {
  str ns, name;
  bool has_version;
  semver version;
} package_name;

typedef struct interface_vec {
  interface **items;
  size_t count, cap;
} interface_vec;

typedef struct world_vec {
  world **items;
  size_t count, cap;
} world_vec;

struct package {
  uint32_t id;
  package_name name;
  interface_vec interfaces;
  world_vec worlds;
  const world *built_for; /* the main package of a core module or component: the world that this is; else NULL */
  bool is_made;           /* holds such a world only, under a name that nobody gave */
  docs docs;
  span at;
};

typedef struct package_vec {
  package **items;
  size_t count, cap;
} package_vec;

typedef struct model {
  world_vec worlds;
  interface_vec interfaces;
  type_vec types;
  package_vec packages;
} model;

/* "ns:name@1.2.3" */
str package_name_text(arena *a, const package_name *name);
bool package_name_eq(const package_name *a, const package_name *b);
/* "ns:pkg/iface@1.2.3"; for an inline interface its empty name. */
str interface_id_text(arena *a, const interface *i);
/* How a world's import or export is known: the plain name, or interface_id_text. */
str world_item_key(arena *a, const world_item *item);

#endif
