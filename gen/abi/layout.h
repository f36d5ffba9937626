/*
 * Layout: sizes, alignments and flat core types of the Canonical ABI over a 32-bit memory.
 *
 * Every type, member and parameter is laid out once, by layout_assign() at the end of resolution, and remembers the
 * result, so that asking costs nothing however the types refer to each other.
 *
 * Source: component-model design/mvp/CanonicalABI.md, sections Alignment, Element Size, Flattening; definitions.py
 * `alignment`, `elem_size`, `flatten_type`, `flatten_functype`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_ABI_LAYOUT_H
#define WITGEN_ABI_LAYOUT_H

#include "model/model.h"

enum { MAX_FLAT_PARAMS = 16, MAX_FLAT_ASYNC_PARAMS = 4, MAX_FLAT_RESULTS = 1 };

typedef enum core_type { CORE_I32, CORE_I64, CORE_F32, CORE_F64 } core_type;

/* Lays out every type and parameter list of the model; to be called before any other question is asked. */
void layout_assign(model *m);
/* The same for what was made by hand; types that `t` refers to are laid out with it. */
void layout_assign_type(type *t);
void layout_assign_params(param_vec *params);

/* Bytes; sizes are capped at UINT32_MAX when a type is too large for any memory (see layout_too_large). */
uint32_t layout_size(const type *t);
uint32_t layout_align(const type *t);
/* Whether the ABI refuses the type: 2^28 bytes or more, counted with the pointers of a 64-bit memory. */
bool layout_too_large(const type *t);
/* Whether types are nested deeper than component tools accept, counted through named types; aliases do not count. */
bool layout_too_deep(const type *t);

/* Bytes of the discriminant of variant, enum, option, result: 1, 2 or 4. */
uint32_t layout_discriminant(const type *t);
/* Offset of the payload of variant, option, result; the same for every case. */
uint32_t layout_payload_offset(const type *t);
/* Offset of member `index` of a record or tuple. */
uint32_t layout_member_offset(const type *t, size_t index);
/* Layout of a parameter list as the record that spilled parameters form. */
uint32_t layout_params_size(const param_vec *params);
uint32_t layout_params_align(const param_vec *params);
uint32_t layout_param_offset(const param_vec *params, size_t index);

/*
 * Flat core types. Writes at most `max` (up to MAX_FLAT_PARAMS) of them to `out` and returns how many the type really
 * has, capped at max + 1 ("too many").
 */
size_t layout_flatten(const type *t, core_type *out, size_t max);
size_t layout_flatten_params(const param_vec *params, core_type *out, size_t max);
/* What a flat slot becomes when two cases of a variant share it. */
core_type layout_join(core_type a, core_type b);

typedef enum func_abi {
  ABI_IMPORT_SYNC,
  ABI_IMPORT_ASYNC, /* [async-lower] */
  ABI_EXPORT_SYNC,
  ABI_EXPORT_ASYNC_CALLBACK /* [async-lift] with a callback */
} func_abi;

/* The core function type of a WIT function, and how its values travel. */
typedef struct func_signature {
  core_type params[MAX_FLAT_PARAMS + 1];
  size_t param_count;
  bool has_result;
  core_type result;
  bool params_spilled; /* params[0] points to the parameter record */
  bool result_spilled; /* imports: the last param is an out pointer; sync exports: the result is a pointer */
} func_signature;

func_signature layout_signature(const func *f, func_abi abi);

/* Signature of `[task-return]f`. */
func_signature layout_task_return(const func *f);

#endif
