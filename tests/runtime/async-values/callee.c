/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Every function checks what it got against what the runner sends and answers with something else, so that a mistake on
 * the way in and one on the way out cannot cancel each other out. */
#include <stdlib.h>
#include <string.h>
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_async_values_io_##name
#define UNUSED_CALLBACK(name) \
  callee_callback_code_t IO(name##_callback)(callee_event_t *event) { (void)event; abort(); }

UNUSED_CALLBACK(all)
UNUSED_CALLBACK(swap)
UNUSED_CALLBACK(split)
UNUSED_CALLBACK(turn)
UNUSED_CALLBACK(four)
UNUSED_CALLBACK(none)

static bool is_text(const callee_string_t *s, const char *wanted) {
  return s->len == strlen(wanted) && !memcmp(s->ptr, wanted, s->len);
}

callee_callback_code_t IO(all)(uint8_t a, uint16_t b, uint32_t c, uint64_t d, int8_t e, int16_t f, int32_t g, int64_t h,
                               float i, double j, uint32_t k, bool l, callee_string_t *m, IO(color_t) n, IO(perm_t) o,
                               uint8_t *maybe_p, IO(result_void_u16_t) *q, IO(point_t) *r) {
  bool right = a == 255 && b == 65535 && c == UINT32_MAX && d == UINT64_MAX && e == -128 && f == -32768 &&
               g == INT32_MIN && h == INT64_MIN && i == -0.5f && j == 2.5 && k == 0x1f980 && l && is_text(m, "m") &&
               n == EXPORTS_TEST_ASYNC_VALUES_IO_COLOR_BLUE && o == EXPORTS_TEST_ASYNC_VALUES_IO_PERM_RUN && maybe_p &&
               *maybe_p == 7 && q->is_err && q->val.err == 65535 && r->x == -1 && r->y == 0.25 && is_text(&r->name, "r");
  IO(big_t) result = {.a = right, .b = 2, .c = 3, .d = 4, .e = -5, .f = -6, .g = -7, .h = -8, .i = 9, .j = 10, .k = 11,
                      .l = true, .m = *m, .n = EXPORTS_TEST_ASYNC_VALUES_IO_COLOR_GREEN, .o = 6, .p = {.is_some = false},
                      .q = {.is_err = false}, .r = {INT32_MIN, -1.5, r->name}};
  IO(all_return)(result);
  callee_string_free(m);
  IO(point_free)(r);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(swap)(IO(shape_t) *v, IO(shape_t) *w) {
  IO(tuple2_shape_shape_t) result = {*w, *v};
  IO(swap_return)(result);
  IO(shape_free)(v);
  IO(shape_free)(w);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(split)(callee_string_t *maybe_s) {
  callee_option_list_string_t result = {.is_some = maybe_s != NULL};
  callee_string_t halves[2];
  if (maybe_s) {
    halves[0] = (callee_string_t){maybe_s->ptr, maybe_s->len / 2};
    halves[1] = (callee_string_t){maybe_s->ptr + maybe_s->len / 2, maybe_s->len - maybe_s->len / 2};
    result.val = (callee_list_string_t){halves, 2};
  }
  IO(split_return)(result);
  if (maybe_s) callee_string_free(maybe_s);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(turn)(IO(result_u64_string_t) *r) {
  IO(result_string_u64_t) result = {.is_err = !r->is_err};
  if (r->is_err) result.val.ok = r->val.err;
  else result.val.err = r->val.ok;
  IO(turn_return)(result);
  IO(result_u64_string_free)(r);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(four)(uint32_t a, uint32_t b, float c, uint64_t d) {
  IO(four_return)((double)a - (double)b + (double)c + (double)d);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(none)(void) {
  IO(none_return)((IO(result_void_void_t)){.is_err = true});
  return CALLEE_CALLBACK_CODE_EXIT;
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }
