/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_fixed_lists_io_##name

void IO(bytes)(callee_list4_u8_t *a, callee_list4_u8_t *ret) {
  for (int i = 0; i < 4; i++) ret->f[i] = a->f[3 - i];
}

void IO(matrix)(callee_list3_list2_f32_t *m, callee_list2_list3_f32_t *ret) {
  for (int row = 0; row < 3; row++)
    for (int column = 0; column < 2; column++) ret->f[column].f[row] = m->f[row].f[column];
}

void IO(cells)(IO(list2_cell_t) *c, callee_list2_string_t *ret) {
  for (int i = 0; i < 2; i++) {
    rt_text text = {0};
    rt_put_n(&text, c->f[i].name.ptr, c->f[i].name.len);
    rt_put_s64(&text, c->f[i].at.f[0]);
    rt_put(&text, ",");
    rt_put_s64(&text, c->f[i].at.f[1]);
    ret->f[i] = (callee_string_t){(uint8_t *)text.ptr, text.len};
  }
  IO(list2_cell_free)(c);
}

void IO(long)(callee_list20_u64_t *n, callee_list20_u64_t *ret) {
  for (int i = 0; i < 20; i++) ret->f[i] = n->f[i] * 2;
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }
