/*
 * World use: what of its world a component has kept. Tools leave out of it the imports that its code does not call, so that what is
 * missing there is no change: it would run in a host of the whole world.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

bool import_is_partial(const comparison *c, const review_side *side) {
  return c->is_mixed && side->resolved->mains.items[0]->is_made;
}

bool interface_is_partial(const comparison *c, const review_side *side, const interface *i) {
  if (!import_is_partial(c, side))
    return false;
  for (size_t k = 0; k < side->world->imports.count; k++)
    if (side->world->imports.items[k].kind == ITEM_INTERFACE && side->world->imports.items[k].interface == i)
      return true;
  return false;
}
