/*
 * Proto: the C signature of a WIT function, as the user sees it.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_PROTO_H
#define WITGEN_EMIT_PROTO_H

#include "emit/body.h"

/* How the result of a synchronous function comes back. */
typedef enum return_kind {
  RETURN_NOTHING,
  RETURN_VALUE,   /* T f(..) */
  RETURN_POINTER, /* void f(.., T *ret) */
  RETURN_OPTION,  /* bool f(.., T *ret): true when there is a value */
  RETURN_RESULT   /* bool f(.., T *ret, E *err): true when it is ok */
} return_kind;

typedef struct proto_param {
  const param *param;
  str ctype; /* of the declaration: "w_point_t *" */
  str name;  /* as declared: "p", "maybe_p" */
  str ident; /* "p" */
  bool by_pointer;
  bool maybe; /* an option, flattened to a pointer that may be NULL */
} proto_param;

typedef struct proto_param_vec {
  proto_param *items;
  size_t count, cap;
} proto_param_vec;

typedef struct proto {
  const view_func *func;
  proto_param_vec params;
  return_kind ret;
  const type *ok, *err; /* RETURN_OPTION, RETURN_RESULT: what `ret` and `err` point to, or NULL */
  str result;           /* C type that the function returns */
  str_vec declarations; /* of all parameters, out pointers included */
  str_vec names;        /* of the same */
  str result_name;      /* async imports: the out pointer */
  str args_struct;      /* async imports whose parameters are one struct: its name; else empty */
} proto;

proto proto_make(guest *g, const view_func *f);

/* Writes the comment and the prototype to the header. */
void proto_emit(guest *g, const proto *p);

/* Lines for the comment of a function: who owns what, and where the item comes from. */
str_vec proto_notes(guest *g, const proto *p);

#endif
