/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Deadlines and the deadlock report. To be written: everything here fails loudly.
 */
#include "machine.h"

int withost_store_set_now(withost_store *store, uint64_t now) {
  (void)now;
  return withost__fail(store, WITHOST_EUNSUPPORTED, "deadlines");
}

uint64_t withost_store_next_deadline(const withost_store *store) {
  (void)store;
  return UINT64_MAX;
}

int withost_call_set_deadline(withost_call *call, uint64_t at) {
  (void)at;
  return withost__fail(call->instance->store, WITHOST_EUNSUPPORTED, "deadlines");
}

int withost_store_check_deadlock(withost_store *store) {
  return withost__fail(store, WITHOST_EUNSUPPORTED, "deadlock reports");
}
