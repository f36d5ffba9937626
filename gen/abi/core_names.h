/*
 * Core names: what core-module imports and exports are called (legacy mangling of wit-component).
 *
 * Every spelling of a built-in is in this one file, so that a change in the tools is one edit.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_ABI_CORE_NAMES_H
#define WITGEN_ABI_CORE_NAMES_H

#include "model/model.h"

/* Import module of an imported interface or world-level function: "ns:pkg/iface@1.0.0", a label, or "$root". */
str core_import_module(arena *a, const world_item *item);
/* Import module of the intrinsics that belong to an export: "[export]" in front. */
str core_export_intrinsic_module(arena *a, const world_item *item);
/* Export name of a function of an exported item: "ns:pkg/iface#f", or "f" at world level. */
str core_export_name(arena *a, const world_item *item, const func *f);

/* All futures and streams in a function's parameters and result, in the order of their index N. */
type_vec core_futures_and_streams(arena *a, const func *f);

#endif
