/*
 * Guest: the texts of {world}.h and {world}.c while they grow.
 *
 * file.c makes one, walks the view's sections, and puts the pieces into the templates. Each piece is a buffer that
 * holds whole declarations, each preceded by one empty line and ending in a newline.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_GUEST_H
#define WITGEN_EMIT_GUEST_H

#include "emit/template.h"
#include "emit/view.h"

typedef struct guest {
  emit_side side; /* types.c serves both */
  const view *view;
  const emit_options *options;
  arena *arena;
  diag *diag;
  name_scope *scope;
  const templates *templates;

  buf h_types;   /* typedefs, structs, case macros; argument structs of async imports */
  buf h_funcs;   /* prototypes of imports, and of what the user must define */
  buf h_helpers; /* prototypes of helper functions; with --no-helpers it is left out */
  buf h_async;   /* async and threading built-ins */
  buf h_debug;   /* macros for --debug-hooks */

  buf c_checks;   /* static assertions */
  buf c_imports;  /* declarations of core imports */
  buf c_adapters; /* bodies of imports, core exports, post-return functions */
  buf c_helpers;  /* bodies of h_helpers; with --no-helpers left out */
  buf c_async;    /* bodies of h_async */
  str_vec macros;      /* names in the texts that headers may define as macros; see view_macros() */
  table private_frees; /* names of static `_free` functions: only with --no-helpers */
  unsigned bit_casts;  /* conversions between floats and bits that the .c has; see slots.c */
} guest;

/* types.c: declarations, checks, and free/drop helpers of the section's types. */
void guest_emit_types(guest *g, const view_section *s);

/* Functions of the section: prototypes, bodies, core imports and exports; its resources' and pipes' helpers. */
void guest_emit_funcs(guest *g, const view_section *s);

/* After all sections: async and threading helpers, when the view or the options ask for them. */
void guest_emit_builtins(guest *g);

/* docs.c: the WIT's words as a C comment, then `notes` (or NULL), one a line. Nothing when there is neither. */
void guest_emit_docs(buf *out, const char *indent, const docs *d, const str_vec *notes);

#endif
