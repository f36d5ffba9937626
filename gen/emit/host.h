/*
 * Host: the texts of {world}_host.h, {world}_host.c and {world}_wasm2c.c while they grow.
 *
 * The C types are the guest's (types.c); a list is a pointer of the host and a length, so values are converted where they
 * meet guest memory. For every type with parts, functions are written when they are first needed:
 *
 *   load_T(i, call, p, v)      guest memory at p (checked) to *v            host_load.c
 *   list_T(i, call, at, n, v)  the elements of a list or map to *v
 *   store_T(i, at, v)          *v to guest memory at address `at` (checked) host_store.c
 *   lower_T(i, v)              the elements of a list into new guest memory; returns their address
 *   own_T(i, v), T_free(v)     memory in *v becomes the host author's       host_own.c
 *   T_drop_handles(w, v)       and handles in it end; T_drop: both
 *
 * What one core function needs in order to be imported or exported is in a host_import or host_export; each engine
 * prints these lists in its own way.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_HOST_H
#define WITGEN_EMIT_HOST_H

#include "emit/body.h"
#include "emit/funcs.h"
#include "emit/slots.h"

/* What matters about a type when values are converted. */
typedef struct host_traits {
  bool known;
  bool plain;   /* same bytes on both sides, all of them valid: a view of guest memory will do */
  bool memory;  /* a string, list or map is inside */
  bool context; /* an error-context is inside: counted, so it is kept and released together with memory */
  bool handle;  /* an own, stream or future is inside */
  bool borrow;  /* a borrow is inside: lifting it lends */
  bool checked; /* lifting may trap */
  bool lowered; /* lowering needs the instance for more than its memory */
} host_traits;

/* What a core function asks of the guest that uses it; what needs realloc needs memory. */
typedef enum host_needs { NEEDS_NOTHING, NEEDS_MEMORY, NEEDS_REALLOC } host_needs;

/* A core function that the guest may import. */
typedef struct host_import {
  str module, name;
  core_type params[MAX_FLAT_PARAMS + 1];
  size_t param_count;
  bool has_result;
  core_type result;
  host_needs needs;
  str function;  /* in C */
  bool typed;    /* takes the world's instance; else a withost_instance */
  str arguments; /* of the function, between the instance and the core ones: "&withost_can_block"; or empty */
} host_import;

typedef struct host_import_vec {
  host_import *items;
  size_t count, cap;
} host_import_vec;

/* A core function that the guest may export. */
typedef struct host_export {
  str name;   /* as in the wasm module */
  str member; /* of {world}_core */
  core_type params[MAX_FLAT_PARAMS + 1];
  size_t param_count;
  bool has_result;
  core_type result;
  host_needs needs;
} host_export;

typedef struct host_export_vec {
  host_export *items;
  size_t count, cap;
} host_export_vec;

/* A function over values of one type; of a type, in this order. */
typedef enum host_helper_kind {
  HELPER_LOAD,
  HELPER_STORE,
  HELPER_OWN,
  HELPER_FREE,
  HELPER_HANDLES,
  HELPER_DROP,
  HELPER_PIPE
} host_helper_kind;

typedef struct host_helper {
  uint32_t place; /* of the type among all types; 0: a primitive */
  host_helper_kind kind;
  size_t number;
  str text;
} host_helper;

typedef struct host_helper_vec {
  host_helper *items;
  size_t count, cap;
} host_helper_vec;

typedef struct host {
  guest base;   /* h_types, h_funcs: the header; c_imports, c_adapters: values, then functions */
  buf members;  /* of {world}_imports */
  buf core;     /* of {world}_core */
  buf h_engine; /* declarations for the engines' files */
  buf c_tables; /* resource types */
  host_import_vec imports;
  host_export_vec exports;
  host_helper_vec helpers, declared; /* for the source and for the header */
  uint32_t *places;    /* by type id: where it is among all types, from 1 */
  table written;       /* names of functions that are there */
  name_scope fields;   /* of {world}_imports */
  host_traits *traits; /* by type id */
  uint64_t *identities; /* the same */
  uint64_t *numbers;    /* the same */
  table stream_stems;   /* numbers in hexadecimal -> the name of their table */
  const char *encoding; /* "WITHOST_UTF8": of guests that do not say */
} host;

/* host_types.c */
host_traits host_traits_of(host *h, const type *t);
/* Equal for types of this world that are equal; never 0. */
uint64_t host_number(host *h, const type *t);
/* Equal for equal types of any world; not 0. host_identity.c */
uint64_t host_identity(host *h, const type *t);
uint64_t host_hash(str text);
/* "load_ns_pkg_i_rec": a function for a type with parts. */
str host_function(host *h, const char *verb, const type *t);
/* Whether it has to be written now: true once for each name. */
bool host_claim(host *h, str name);
/* C name of the withost_resource_type of a resource; of the withost_stream_type of a stream or future. */
str host_resource_table(host *h, const view_resource *r);
str host_stream_table(host *h, const type *t);
/* "ns_pkg_i_f": a function's or resource's name, the same for imports and exports. */
str host_plain_name(host *h, str name);
/* The same with the world's name in front, once: what is public. */
str host_public_name(host *h, str name);
const char *host_core_ctype(core_type c);
void host_types_emit(host *h, const view_section *s);

/* host_load.c: statements that give `to` (an lvalue) the value at `from` (a const uint8_t *). */
void host_load(host *h, body *b, const type *t, str to, str from);
/* An expression: the value of a type without parts, from its core bits. */
str host_leaf_lift(host *h, const type *t, str bits);
/* Lists and maps: statements for pointer and length in guest memory. */
void host_lift_list(host *h, body *b, const type *t, str to, str at, str count);
bool host_is_leaf(const type *t);

/* An element of a list, or an entry of a map, in guest memory. */
typedef struct host_element {
  str name; /* its C type */
  uint32_t size, align;
  uint32_t value; /* offset of an entry's value */
} host_element;

host_element host_element_of(host *h, const type *t);

/* host_store.c: statements that put `from` (an lvalue) to the guest's address `at`. */
void host_store(host *h, body *b, const type *t, str from, str at);
str host_leaf_lower(host *h, const type *t, str value);
/* An expression: address of the elements in new guest memory. */
str host_lower_list(host *h, const type *t, str from);

/* host_parts.c: the parts of `v`, a pointer to a value with a copy in guest memory at `place`. `part` is host_load or
 * host_store; `flag` is the line for the flag of an option or result (its name), `tag` for a variant's (bits, bits, cases). */
typedef struct host_walk {
  str place;
  void (*part)(host *h, body *b, const type *t, str value, str place);
  const char *flag, *tag;
} host_walk;

void host_walk_parts(host *h, body *b, const type *t, const host_walk *w);
/* "p + 4" */
str host_moved(host *h, str place, uint32_t offset);

/* host_flat.c */
typedef struct flat_slot {
  core_type core;
  str text;
} flat_slot;

/* Statements that give `to` the value in the slots. */
void host_flat_lift(host *h, body *b, const type *t, str to, const flat_slot *slots);
/* Statements, then one expression for each slot in `out`, which has room for MAX_FLAT_PARAMS + 1; returns how many. */
size_t host_flat_lower(host *h, body *b, const type *t, str from, flat_slot *out);

/* host_own.c */
void host_own(host *h, body *b, const type *t, str value);
/* The function that frees what host_own made; empty when there is none. Written when it is first asked for. */
str host_free_function(host *h, const type *t);
/* Whether host_own does anything. */
bool host_is_owned(host *h, const type *t);
/* The call that releases all of a value that is the author's, "p_rec_drop()"; empty when there is nothing to do. What it
 * names is written when it is first asked for. */
str host_release_text(host *h, const type *t);
/* The same for a value whose memory is not the author's, but whose handles are. */
str host_handles_text(host *h, const type *t);

/* host_helper.c: functions for the source, and their declarations for the header, in the order of their types. */
void host_helpers_init(host *h);
void host_helper_add(host *h, host_helper_kind kind, const type *t, str text);
void host_helper_declare(host *h, host_helper_kind kind, const type *t, str text);
void host_helpers_print(host *h);

/* host_import.c, host_export.c, host_resource.c, host_pipe.c */
void host_import_func(host *h, const view_func *f);
void host_export_func(host *h, const view_func *f);
void host_resource(host *h, const view_resource *r);
void host_resource_aliases(host *h, const view_section *s);
void host_pipes(host *h, const view_func *f);

/* host_func.c: what imports and exports share. */
str host_interface_text(host *h, const view_func *f);
/* `static const withost_function {name} = {…}` or only the braces. */
str host_function_record(host *h, const view_func *f);
str_vec host_param_declarations(host *h, const view_func *f);
str host_comment_origin(host *h, const view_func *f);
/* Gives each parameter a C variable from flat slots or from the record that they were spilled to. */
void host_lift_params(host *h, body *b, const view_func *f, const func_signature *s);
/* Core arguments, spilled or not, from the C expressions `from`. */
str_vec host_lower_params(host *h, body *b, const view_func *f, const func_signature *s, const char *prefix);
bool host_params_need_scratch(host *h, const view_func *f);
host_needs host_import_needs(host *h, const view_func *f, const func_signature *s);
host_needs host_export_needs(host *h, const view_func *f, const func_signature *s);
host_needs host_task_return_needs(host *h, const view_func *f, const func_signature *s);

/* host_core.c */
host_import *host_add_import(host *h, str module, str name, const func_signature *s);
void host_add_export(host *h, str name, str member, const func_signature *s, host_needs needs);
/* "iI:f": parameters, a colon, the result. */
str host_signature(host *h, const core_type *params, size_t count, bool has_result, core_type result);
const char *host_needs_name(host_needs needs);
void host_add_builtins(host *h);
/* Declares the C function behind an import: `result name(w_instance *i, …)`. */
str host_import_head(host *h, str name, const char *extra, const func_signature *s);

/* What a core name is about, as WIT says it: "demo:hello/timer#wait" for an import or, with an empty module, an export. */
str host_wit_words(host *h, str module, str name);

/* host_check.c: false, with the reasons in the diag, when the module at `path` does not fit. Takes its string encoding. */
bool host_check_module(host *h, const char *path);
const char *host_encoding(string_encoding encoding);

/* host_wasm2c.c */
str host_wasm2c_text(host *h);
str host_wasmtime_text(host *h);

/* host_file.c */
str host_world_title(host *h); /* "ns:pkg/world" */
bool emit_host(const model *m, const world *w, const emit_options *options, arena *a, diag *d, emit_file_vec *out);

#endif
