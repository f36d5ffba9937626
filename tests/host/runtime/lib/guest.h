/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * For cases with one guest, whose world is called `guest`.
 */
#ifndef GUEST_H
#define GUEST_H

#include "case.h"
#include "guest_host.h"

static inline int guest_heap_of(void *guest, uint32_t *blocks) { return guest_heap(guest, NULL, blocks); }

/* From a plan's open(). Imports get the case's state. */
static inline void guest_open(case_run *c, const guest_imports *imports) {
  guest_instance *guest;
  if (guest_instantiate(c->store, c->programs[0], imports, c->state, &guest) == WITHOST_OK)
    case_guest(c, guest_as_instance(guest), guest, guest_heap_of);
}

static inline guest_instance *guest_of(const case_run *c) { return c->guests[0].typed; }

#endif
