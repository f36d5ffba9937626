/*
 * Funcs: the parts of guest_emit_funcs, one file each.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_FUNCS_H
#define WITGEN_EMIT_FUNCS_H

#include "emit/proto.h"
#include "emit/slots.h"

/* Whether flat values of this function would take more code than anybody wants to compile; that is reported. */
bool func_is_too_complex(guest *g, const view_func *f);

/* import.c: a function to call. */
void import_emit(guest *g, const view_func *f);
/* for_task.c: the same function as work for a task; for --for-task. */
void for_task_emit(guest *g, const proto *p);
/* export.c: a core export around a function that the user defines. */
void export_emit(guest *g, const view_func *f);
/* resource.c: handles of one resource; for an exported one also its representation and destructor. */
void resource_emit(guest *g, const view_resource *r);
/* C name of the core import that drops a handle of it. */
str resource_drop_symbol(arena *a, const view_resource *r);
/* pipe.c: new, read, write, cancel, drop, forward of one stream or future type. */
void pipe_emit(guest *g, const view_pipe *p);

/* What a core function is called where, and its C declaration. */
typedef struct core_import {
  str module, name; /* as in the wasm module */
  str symbol;       /* in C */
  str result;       /* C type */
  str_vec params;   /* declarations */
} core_import;

/* `__attribute__((…)) extern result symbol(params);`, after an empty line. */
void core_import_emit(guest *g, buf *out, const core_import *c);
/* The attribute of a core export, after an empty line. */
void core_export_emit(buf *out, str name, bool weak);

/* Declarations of parameters for the slots. */
str_vec slots_declare(guest *g, const slot_vec *slots);

#endif
