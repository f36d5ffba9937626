/*
 * Flat: C values to slots (lower) and slots to C values (lift), inside a function body.
 *
 * Only values that travel flat need this: lists, spilled parameters and spilled results have the same layout in C as in
 * the ABI and travel by pointer.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_FLAT_H
#define WITGEN_EMIT_FLAT_H

#include "emit/slots.h"

/* A C lvalue: the text, or what the text points to. */
typedef struct place {
  str text;
  bool is_pointer;
} place;

str place_value(arena *a, place p);              /* "x", "*p" */
place place_member(arena *a, place p, str name); /* "x.name", "p->name" */

/* Appends to `out` one expression for each slot of the value at `from`, after statements in `b` where a choice must be
   made first. `hint` begins the names of temporaries. */
void lower_value(body *b, const type *t, place from, str hint, str_vec *out);
/* The same for an option that a signature has flattened to a pointer that may be NULL. */
void lower_maybe(body *b, const type *option, str pointer, str hint, str_vec *out);

/* Whether lift_expression works: no choice between payloads inside. */
bool lift_is_straight(const type *t);
/* An initializer made of the names of slots from `*next` on, which it advances: "x", "{x_ptr, x_len}". */
str lift_initializer(body *b, const type *t, const slot_vec *slots, size_t *next);
/* The same as an expression: "(w_string_t){x_ptr, x_len}". */
str lift_expression(body *b, const type *t, const slot_vec *slots, size_t *next);
/* Declares `name` and gives it the value. */
void lift_declare(body *b, const type *t, str name, const slot_vec *slots, size_t *next);

#endif
