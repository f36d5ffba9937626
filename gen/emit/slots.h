/*
 * Slots: the flat form of a value, as C sees it.
 *
 * The Canonical ABI passes values of up to 16 core types "flat". Where a slot always carries the same WIT type, the glue
 * declares it with that type's C spelling (`uint8_t x`, `w_string_t`'s `uint8_t *ptr`): clang's calling convention for
 * wasm32 extends small integers as the ABI wants them. Where two cases of a variant share a slot with different
 * types, it is a plain `uint32_t` or `uint64_t` and the values are converted.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_SLOTS_H
#define WITGEN_EMIT_SLOTS_H

#include "abi/layout.h"
#include "emit/body.h"

typedef enum slot_kind { SLOT_UNSIGNED, SLOT_SIGNED, SLOT_POINTER, SLOT_FLOAT } slot_kind;

typedef struct slot {
  core_type core;
  slot_kind kind;
  str ctype;
  str name; /* of a parameter; when lifting, any expression */
} slot;

typedef struct slot_vec {
  slot *items;
  size_t count, cap;
} slot_vec;

/* Appends the slots of a value; names begin with `name`. Only for types that have a flat form. */
void slots_add(const view *v, const type *t, str name, slot_vec *out);
/* Appends the slots of all cases that have a payload, joined; without the tag. */
void slots_add_payload(const view *v, const type *t, str name, slot_vec *out);

/* Number of cases that have a payload; `*only` is the last such. Options, results and variants only. */
size_t payload_count(const type *t, size_t *only);
/* Payload type of case `index` in ABI order (option: none, some; result: ok, err), or NULL. */
const type *payload_type(const type *t, size_t index);
/* Lvalue of the payload behind `val` of case `index`: "ok", "err", a case's name; empty for options. */
str payload_member(const view *v, const type *t, size_t index);
size_t case_count(const type *t);
/* Macro of case `index` of a variant. */
str case_macro(const view *v, const type *t, size_t index);

/* `value`, carried by `from`, as `to`, the slot that it shares with other cases; and back. */
str slot_join(guest *g, const slot *from, const slot *to, str value);
str slot_split(guest *g, const slot *from, const slot *to, str value);
/* The helper functions that these have asked for. */
void slots_print_casts(guest *g);

/* Whether the flat form would take absurdly much code: variants within variants that multiply. */
bool slots_too_many_cases(const type *t);

#endif
