/*
 * Syntax: the tree of one WIT file, as written.
 *
 * Made by parse.c, read by resolve. Names are as in the source without the escaping '%'; nothing is looked up yet.
 * Every node keeps the span of its name, so that later phases can point at it. Lists are in source order.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_SYNTAX_H
#define WITGEN_WIT_SYNTAX_H

#include "support/diag.h"
#include "support/semver.h"

typedef struct syn_id {
  str name; /* empty: absent */
  span at;
} syn_id;

/* `///` and block doc comments before an item, joined and stripped as the reference tool does. */
typedef struct syn_docs {
  str text; /* empty: none; see `present` */
  bool present;
  span at;
} syn_docs;

typedef enum syn_attr_kind { SYN_SINCE, SYN_UNSTABLE, SYN_DEPRECATED, SYN_EXTERNAL_ID } syn_attr_kind;

typedef struct syn_attr {
  syn_attr_kind kind;
  span at;        /* the attribute's name */
  semver version; /* since, deprecated */
  str text;       /* unstable: the feature; external-id: the decoded string */
} syn_attr;

typedef struct syn_attr_vec {
  syn_attr *items;
  size_t count, cap;
} syn_attr_vec;

/* `ns:name@version` */
typedef struct syn_package_name {
  syn_id ns, name;
  bool has_version;
  semver version;
  span at; /* `ns:name`, without the version, as the reference tool points */
} syn_package_name;

/* `iface`, `ns:pkg/iface`, `ns:pkg/iface@version` */
typedef struct syn_path {
  bool has_package;
  syn_package_name package;
  syn_id name;
} syn_path;

/* Types */

typedef enum syn_type_kind {
  SYN_BOOL, SYN_U8, SYN_U16, SYN_U32, SYN_U64, SYN_S8, SYN_S16, SYN_S32, SYN_S64, SYN_F32, SYN_F64, SYN_CHAR,
  SYN_STRING, SYN_ERROR_CONTEXT,
  SYN_NAME,   /* a named type: `name` */
  SYN_LIST, SYN_FIXED_LIST, SYN_MAP, SYN_OPTION, SYN_RESULT, SYN_TUPLE, SYN_FUTURE, SYN_STREAM,
  SYN_OWN, SYN_BORROW /* handle<name>: `name` */
} syn_type_kind;

typedef struct syn_type syn_type;

typedef struct syn_type_vec {
  syn_type **items;
  size_t count, cap;
} syn_type_vec;

struct syn_type {
  syn_type_kind kind;
  span at;
  syn_id name;        /* SYN_NAME, SYN_OWN, SYN_BORROW */
  syn_type *key;      /* map */
  syn_type *elem;     /* list, fixed list, option; map: the value; result: ok or NULL; future, stream: payload or NULL */
  syn_type *err;      /* result: the error, or NULL */
  uint32_t length;    /* fixed list */
  syn_type_vec items; /* tuple */
};

/* Functions: `name: [static] [async] func(..) [-> t];`, `name: [static] get() -> t;`, `constructor(..)`. */

typedef enum syn_func_kind { SYN_FREE, SYN_METHOD, SYN_STATIC, SYN_CONSTRUCTOR } syn_func_kind;
typedef enum syn_accessor { SYN_FUNC, SYN_GET, SYN_SET } syn_accessor;

typedef struct syn_param {
  syn_id name;
  syn_type *type;
} syn_param;

typedef struct syn_param_vec {
  syn_param *items;
  size_t count, cap;
} syn_param_vec;

typedef struct syn_func {
  syn_id name; /* constructor: the keyword's span */
  syn_func_kind kind;
  syn_accessor accessor;
  bool is_async;
  span at; /* the `func`, `get`, `set` or `constructor` word */
  syn_param_vec params;
  syn_type *result; /* or NULL */
  syn_docs docs;
  syn_attr_vec attrs;
} syn_func;

typedef struct syn_func_vec {
  syn_func *items;
  size_t count, cap;
} syn_func_vec;

/* Type definitions */

typedef enum syn_typedef_kind {
  SYN_DEF_ALIAS, SYN_DEF_RECORD, SYN_DEF_FLAGS, SYN_DEF_VARIANT, SYN_DEF_ENUM, SYN_DEF_RESOURCE
} syn_typedef_kind;

/* A record field, flag, variant case or enum case. */
typedef struct syn_member {
  syn_id name;
  syn_type *type; /* field; case with payload; else NULL */
  syn_docs docs;
} syn_member;

typedef struct syn_member_vec {
  syn_member *items;
  size_t count, cap;
} syn_member_vec;

typedef struct syn_typedef {
  syn_typedef_kind kind;
  syn_id name;
  syn_type *alias; /* SYN_DEF_ALIAS */
  syn_member_vec members;
  syn_func_vec funcs; /* SYN_DEF_RESOURCE */
  syn_docs docs;
  syn_attr_vec attrs;
} syn_typedef;

/* `use path.{a, b as c};` and `include path with { a as b }` */

typedef struct syn_rename {
  syn_id name;
  syn_id as; /* empty when not renamed */
} syn_rename;

typedef struct syn_rename_vec {
  syn_rename *items;
  size_t count, cap;
} syn_rename_vec;

typedef struct syn_use {
  syn_path from;
  syn_rename_vec names;
  syn_attr_vec attrs;
} syn_use;

/* Interfaces and worlds */

typedef struct syn_interface_item syn_interface_item;

typedef struct syn_interface_item_vec {
  syn_interface_item *items;
  size_t count, cap;
} syn_interface_item_vec;

typedef enum syn_extern_kind { SYN_EXTERN_FUNC, SYN_EXTERN_INTERFACE, SYN_EXTERN_PATH } syn_extern_kind;

/* What stands after `import` or `export`. */
typedef struct syn_extern {
  syn_extern_kind kind;
  syn_id name;                  /* the label; empty for a bare path */
  syn_func func;                /* SYN_EXTERN_FUNC */
  syn_interface_item_vec items; /* SYN_EXTERN_INTERFACE */
  syn_path path;                /* SYN_EXTERN_PATH; with a label: a named import or export of that interface */
  syn_docs docs;
  syn_attr_vec attrs;
} syn_extern;

typedef enum syn_item_kind {
  SYN_ITEM_USE, SYN_ITEM_TYPEDEF, SYN_ITEM_FUNC,                       /* interface items */
  SYN_ITEM_IMPORT, SYN_ITEM_EXPORT, SYN_ITEM_INCLUDE /* world items, as are use and typedef */
} syn_item_kind;

/* One item of an interface or a world. Interfaces hold use, typedef, func; worlds all but func. */
struct syn_interface_item {
  syn_item_kind kind;
  union {
    syn_use use;      /* use, include: `names` are the renames of `with` */
    syn_typedef type;
    syn_func func;
    syn_extern ext;   /* import, export */
  } u;
};

typedef enum syn_decl_kind { SYN_DECL_INTERFACE, SYN_DECL_WORLD, SYN_DECL_USE } syn_decl_kind;

/* A declaration at the top level of a file or of a nested package. */
typedef struct syn_decl {
  syn_decl_kind kind;
  span at;                      /* the keyword */
  syn_id name;                  /* interface, world; use: the `as` name or empty */
  syn_path path;                /* use */
  syn_interface_item_vec items; /* interface, world */
  syn_docs docs;
  syn_attr_vec attrs;
} syn_decl;

typedef struct syn_decl_vec {
  syn_decl *items;
  size_t count, cap;
} syn_decl_vec;

typedef struct syn_file syn_file;

typedef struct syn_file_vec {
  syn_file **items;
  size_t count, cap;
} syn_file_vec;

/* A file, or the body of a nested `package a:b { .. }`. */
struct syn_file {
  const source *source;
  bool has_package;
  syn_package_name package;
  syn_docs package_docs;
  syn_decl_vec decls;
  syn_file_vec nested; /* nested packages, in source order; empty within one, since wit_parse refuses more */
};

#endif
