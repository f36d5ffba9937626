/*
 * Parts of print: what its files share. Nobody else includes this.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_PRINT_PARTS_H
#define WITGEN_WIT_PRINT_PARTS_H

#include "wit/print.h"

typedef struct printer {
  buf out;
  arena *arena;
  const package *package; /* names without a package are of this one */
  int depth;              /* of braces */
  table *lines;           /* or NULL */
  size_t line, counted;   /* the line that `counted` bytes of `out` end in */
  str path;               /* of what is printed */
  str imports;            /* while types of a world are printed, the path of its imports, which functions of resources are too */
} printer;

/* print_type.c: references and definitions */

void print_indent(printer *p);
/* A name, with a '%' before it where it is a keyword. */
void print_name(printer *p, str name);
void print_docs(printer *p, const docs *d);
void print_stability(printer *p, const stability *s);
void print_external_id(printer *p, bool present, str id);
/* A type where one is used: its name, or what it is made of; NULL as `_`. */
void print_ref(printer *p, const type *t);
/* `interface` from another package in full. */
void print_interface_name(printer *p, const interface *i);
/* `use` and definitions of named types; functions of resources are looked for in `funcs`. */
void print_types(printer *p, type *const *types, size_t count, const func_vec *funcs);

/* print_func.c */

/* `name: func();` with all that stands before it. */
void print_func(printer *p, const func *f);
/* `func(a: u32) -> u32`: what stands behind the colon. */
void print_signature(printer *p, const func *f);

/* print.c: the places of items */

/* An item `name` below the current one begins where the next byte goes. Returns the old path, to go back to. */
str print_enter(printer *p, char separator, str name);
void print_leave(printer *p, str path);
/* The same item is known below `path` too. */
void print_enter_at(printer *p, str path, str name);

#endif
