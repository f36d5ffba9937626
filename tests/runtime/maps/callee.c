/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * A map is a list of entries: the order is kept, and so is a key that comes twice. */
#include <stdlib.h>
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_maps_io_##name

static void *allocate(size_t size) {
  void *ptr = malloc(size);
  if (!ptr) abort();
  return ptr;
}

void IO(invert)(callee_map_string_u32_t *m, callee_map_u32_string_t *ret) {
  *ret = (callee_map_u32_string_t){NULL, m->len};
  if (m->len) ret->ptr = allocate(m->len * sizeof *ret->ptr);
  else ret->ptr = (void *)8;
  for (size_t i = 0; i < m->len; i++) {
    ret->ptr[i].key = m->ptr[i].value;
    ret->ptr[i].value = m->ptr[i].key; /* the text moves on */
  }
  if (m->len) free(m->ptr);
}

void IO(nested)(IO(map_string_entry_t) *m, IO(map_string_entry_t) *ret) { *ret = *m; }

uint32_t IO(optional)(callee_map_char32_bool_t *maybe_m) {
  if (!maybe_m) return 1000;
  uint32_t yes = 0;
  for (size_t i = 0; i < maybe_m->len; i++) yes += maybe_m->ptr[i].value ? maybe_m->ptr[i].key : 0;
  callee_map_char32_bool_free(maybe_m);
  return yes;
}

callee_callback_code_t IO(later)(callee_map_s64_list_u8_t *m) {
  callee_map_s64_u32_t result = {allocate(m->len * sizeof *result.ptr), m->len};
  for (size_t i = 0; i < m->len; i++) {
    result.ptr[i].key = -m->ptr[i].key;
    result.ptr[i].value = (uint32_t)m->ptr[i].value.len;
  }
  IO(later_return)(result);
  free(result.ptr);
  callee_map_s64_list_u8_free(m);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(later_callback)(callee_event_t *event) {
  (void)event;
  abort();
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }
