/*
 * Print: the model as WIT text.
 *
 * What wit_print() writes, the parser reads as the same packages. Items stand in the model's order, implicit imports of
 * worlds included; what an inactive feature left out of the model is not there. Texts that have a source are better shown
 * as they were written: this is for packages and components in binary form.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_PRINT_H
#define WITGEN_WIT_PRINT_H

#include "model/model.h"
#include "support/table.h"

/* The package `main`, and the model's other packages behind it, in braces. */
str wit_print(const model *m, const package *main, arena *a);

/*
 * One package. `lines`, if not NULL, gets the line of each item as a pointer-sized number, under the item's path:
 * "ns:pkg", "ns:pkg/iface", "ns:pkg/iface.type.member", "ns:pkg/iface.resource.method", "ns:pkg/world.import.key"; versions are
 * left out.
 */
str wit_print_package(const package *p, arena *a, table *lines);

#endif
