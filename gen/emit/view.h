/*
 * View: a world as the guest emitters walk it.
 *
 * The model has one object per WIT type; C needs one type for an import and another for the export of the same
 * interface, and a place where each anonymous type is declared. The view makes that true once, so that after it
 *
 *   every `type *` reached from the view has exactly one C name, and every name one place where it is emitted.
 *
 * To get there, interfaces that occur twice, and anonymous types used on both sides, are copied (as the reference tool
 * does). So: walk the view's sections, types and functions, never the world's; their `func`, `type` and `interface`
 * objects are the copies, and lead only to copies.
 *
 * Sections come in emission order: imported interfaces, the world's types, its imported functions, its exported
 * functions, exported interfaces. Types within a section come after the types they need.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_VIEW_H
#define WITGEN_EMIT_VIEW_H

#include "emit/emit.h"
#include "emit/names.h"
#include "emit/template.h"

typedef struct view view;
typedef struct view_section view_section;

typedef enum view_section_kind {
  VIEW_IMPORT_INTERFACE,
  VIEW_IMPORT_TYPES, /* types that the world itself declares */
  VIEW_IMPORT_FUNCS, /* functions that the world itself imports */
  VIEW_EXPORT_FUNCS,
  VIEW_EXPORT_INTERFACE
} view_section_kind;

/* A WIT type in C. */
typedef struct view_type {
  const type *type;
  str name;       /* "ns_pkg_i_list_u8_t"; resources: the representation "ns_pkg_i_r_t"; aliases of resources: not used */
  str stem;       /* the name without "_t": what helper functions begin with */
  str word;       /* its part in the names of anonymous types around it: "list_u8" */
  const view_section *section; /* where it is declared */
  bool declared;  /* has a typedef here; false: is a resource or its own/borrow handle */
  bool has_free;  /* `void {stem}_free({name} *ptr)` exists */
  bool has_drop;  /* `void {drop_name}({name} *ptr)` exists */
  str drop_name;  /* "{stem}_drop" */
  bool drop_is_private; /* something else has that name: a static function under another name */
  bool owns_memory; /* a string, list or map is inside */
  bool owns_handles; /* an own, borrow of an import, stream, future or error-context is inside */
  bool is_stuck;     /* has a stream or future inside that nothing can drop, as no function mentions it */
  bool is_shared;    /* anonymous and made of primitives only: one name for the whole world */
  const struct view_pipe *pipe; /* streams and futures that have intrinsics; else NULL */
} view_type;

typedef struct view_type_vec {
  view_type **items;
  size_t count, cap;
} view_type_vec;

/* A resource's names; the same for every alias of it. */
typedef struct view_resource {
  const type *type;   /* TYPE_RESOURCE */
  const view_section *section;
  bool exported;      /* implemented by this guest */
  str prefix;         /* "ns_pkg_i" */
  str snake;          /* "two_word" */
  str own, borrow;    /* "ns_pkg_i_own_r_t", "ns_pkg_i_borrow_r_t" */
  str rep;            /* "ns_pkg_i_r_t" (declared for exported ones) */
  str drop_own;       /* "ns_pkg_i_r_drop_own" */
  str drop_borrow;    /* imported ones: "ns_pkg_i_r_drop_borrow" */
  str as_borrow;      /* imported ones: "ns_pkg_i_borrow_r" */
  str make, get_rep, destructor; /* exported ones: "…_r_new", "…_r_rep", "…_r_destructor" */
} view_resource;

typedef struct view_resource_vec {
  view_resource **items;
  size_t count, cap;
} view_resource_vec;

/* A function, imported or exported. */
typedef struct view_func {
  const func *func;
  const world_item *item; /* for core_names.h: its interface, or itself at world level */
  const view_section *section;
  bool exported;
  bool is_async; /* uses the async ABI: an async function that --sync does not name */
  bool for_task; /* an import that also gets NAME_for_task() */
  str name;      /* "ns_pkg_i_method_r_m" */
} view_func;

typedef struct view_func_vec {
  view_func **items;
  size_t count, cap;
} view_func_vec;

/* A stream or future type that appears in a function: it has new, read, write, cancel and drop functions. */
typedef struct view_pipe {
  const view_type *type; /* resolved: kind TYPE_STREAM or TYPE_FUTURE */
  const view_func *func; /* the function that carries the intrinsics… */
  uint32_t index;        /* …and N in `[stream-new-N]f` */
} view_pipe;

typedef struct view_pipe_vec {
  view_pipe **items;
  size_t count, cap;
} view_pipe_vec;

struct view_section {
  view_section_kind kind;
  bool exported;
  str prefix;                 /* of types: "ns_pkg_i", "exports_ns_pkg_i", "w" */
  str func_prefix;            /* of functions: the same, but "exports_w" for the world's exported functions */
  str title;                  /* "ns:pkg/i@1.0.0", a label, or the world's name */
  const interface *interface; /* interface sections */
  const world_item *item;     /* interface sections */
  view_type_vec types;        /* to declare here, in order (also those with `declared` false) */
  view_func_vec funcs;
  view_pipe_vec pipes;        /* new ones of these functions */
  view_resource_vec resources; /* declared here */
};

typedef struct view_section_vec {
  view_section **items;
  size_t count, cap;
} view_section_vec;

struct view {
  const model *model;
  const world *world;
  const emit_options *options;
  emit_side side;
  arena *arena;
  str world_name;   /* the world's, or --rename-world */
  str snake, shouty; /* of world_name: prefixes of helpers and macros */
  view_section_vec sections;
  bool uses_string; /* somewhere in a type or function */
  bool uses_async;  /* an async function, stream or future (or the options force the helpers) */
  bool uses_error_context;
  name_scope scope;           /* file-scope names; claim every one you emit */
  struct view_type **types;   /* by type id */
  view_resource **resources;  /* by type id of the TYPE_RESOURCE */
  size_t type_count;
};

/* NULL, with the reasons in `d`, when two items meet in one name, an option names what is not there, … */
view *view_make(const model *m, const world *w, emit_side side, const emit_options *options, const templates *t, arena *a,
                diag *d);
void view_release(view *v);

/* Spelling of a member or a parameter. */
str view_ident(const view *v, str name);
/* view_idents.c. When all names are claimed: members and parameters spelled like one of them are errors. */
void view_check_idents(view *v);
/* Members and parameters that are macros of C libraries, each once. */
str_vec view_macros(const view *v);
/* C spelling of any type in a declaration: "uint8_t", "w_string_t", "ns_pkg_i_own_r_t". */
str view_type_name(const view *v, const type *t);
/* The entry of a defined type; NULL for primitives. */
const view_type *view_type_of(const view *v, const type *t);
/* The resource behind a resource, own or borrow type, and any aliases. */
const view_resource *view_resource_of(const view *v, const type *t);
/* Name of the struct of one entry of a map: "…_map_k_v_entry_t". */
str view_map_entry_name(const view *v, const type *map);

/* Function that frees the memory in a value of type `t` through a pointer: "w_string_free"; empty when there is none. */
str view_free_name(const view *v, const type *t);
/* Function that drops handles, then frees; empty when `t` holds no handle that can be dropped. */
str view_drop_name(const view *v, const type *t);

/* The type of the same interface in an earlier section, under another label; NULL: there is none. */
const view_type *view_twin(const view *v, const view_section *s, const view_type *vt);

/* Whether a string, list or map is in a value of type `t`; NULL: in none. */
bool view_owns_memory(const view *v, const type *t);

/* Whether a value travels by pointer in a synchronous signature: strings, records, lists, variants, … */
bool view_by_pointer(const type *t);

#endif
