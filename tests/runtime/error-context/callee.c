/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_errors_io_##name

callee_error_context_t IO(make)(callee_string_t *message) {
  callee_error_context_t context = callee_error_context_new(message);
  callee_string_free(message);
  return context;
}

void IO(read)(callee_error_context_t e, callee_string_t *ret) {
  callee_error_context_debug_message(e, ret);
  callee_error_context_drop(e);
}

bool IO(try_it)(bool fail, uint32_t *ret, callee_error_context_t *err) {
  callee_string_t why;
  *ret = 5;
  if (!fail) return true;
  callee_string_set(&why, "asked to fail");
  *err = callee_error_context_new(&why);
  return false;
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }
