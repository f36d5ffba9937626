/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * With --sync all an async function is written like any other: it returns its result. */
#include <stdlib.h>
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_sync_binding_io_##name

uint32_t IO(add)(uint32_t a, uint32_t b) { return a + b; }

void IO(wide)(callee_string_t *a, callee_string_t *b, callee_string_t *c, callee_string_t *d, callee_string_t *e,
              callee_string_t *f, callee_string_t *g, callee_string_t *h, uint8_t i, IO(answer_t) *ret) {
  callee_string_t *all[] = {a, b, c, d, e, f, g, h};
  rt_text text = {0};
  ret->numbers.len = 8;
  ret->numbers.ptr = malloc(8 * sizeof *ret->numbers.ptr);
  if (!ret->numbers.ptr) abort();
  for (int n = 0; n < 8; n++) {
    rt_put_n(&text, all[n]->ptr, all[n]->len);
    ret->numbers.ptr[n] = all[n]->len + i;
    callee_string_free(all[n]);
  }
  ret->text = (callee_string_t){(uint8_t *)text.ptr, text.len};
}

bool IO(check)(uint32_t n, uint32_t *ret, callee_string_t *err) {
  *ret = n + 1;
  if (n % 2) callee_string_dup(err, "odd");
  return n % 2 == 0;
}

void IO(nothing)(void) {}
uint32_t IO(heap)(void) { return rt_heap_blocks(); }
