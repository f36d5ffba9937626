/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Error contexts: a debug message behind a handle. To be written: everything here fails loudly.
 */
#include "machine.h"

uint32_t withost_error_context_new(withost_instance *i, withost_encoding encoding, uint32_t ptr, uint32_t units) {
  (void)encoding;
  (void)ptr;
  (void)units;
  withost_trap(i, "unsupported: error contexts");
}

void withost_error_context_debug_message(withost_instance *i, withost_encoding encoding, uint32_t context, uint32_t out) {
  (void)encoding;
  (void)context;
  (void)out;
  withost_trap(i, "unsupported: error contexts");
}

void withost_error_context_drop(withost_instance *i, uint32_t context) {
  (void)context;
  withost_trap(i, "unsupported: error contexts");
}
