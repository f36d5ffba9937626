/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#define CALLEE_HEAP test_async_values_io_heap
#include "../lib/pair.h"

#define IO(name) test_async_values_io_##name

static bool is_text(const runner_string_t *s, const char *wanted) {
  return s->len == strlen(wanted) && !memcmp(s->ptr, wanted, s->len);
}

static void test_all_values(void) {
  IO(all_args_t) args = {.a = 255, .b = 65535, .c = UINT32_MAX, .d = UINT64_MAX, .e = -128, .f = -32768, .g = INT32_MIN,
                         .h = INT64_MIN, .i = -0.5f, .j = 2.5, .k = 0x1f980, .l = true,
                         .n = TEST_ASYNC_VALUES_IO_COLOR_BLUE, .o = TEST_ASYNC_VALUES_IO_PERM_RUN,
                         .p = {.is_some = true, .val = 7}, .q = {.is_err = true, .val = {.err = 65535}},
                         .r = {.x = -1, .y = 0.25}};
  IO(big_t) big;
  runner_string_set(&args.m, "m");
  runner_string_set(&args.r.name, "r");
  await(IO(all)(&args, &big));
  rt_equal(big.a, 1, "eighteen parameters arrive");
  rt_check(big.b == 2 && big.c == 3 && big.d == 4 && big.e == -5 && big.f == -6 && big.g == -7 && big.h == -8 &&
           big.i == 9 && big.j == 10 && big.k == 11 && big.l, "the numbers of a big result");
  rt_check(is_text(&big.m, "m") && big.n == TEST_ASYNC_VALUES_IO_COLOR_GREEN && big.o == 6 && !big.p.is_some &&
           !big.q.is_err && big.r.x == INT32_MIN && big.r.y == -1.5 && is_text(&big.r.name, "r"), "and the rest of it");
  IO(big_free)(&big);
}

static bool same_shape(const IO(shape_t) *a, const IO(shape_t) *b) {
  if (a->tag != b->tag) return false;
  switch (a->tag) {
  case TEST_ASYNC_VALUES_IO_SHAPE_BYTE: return a->val.byte == b->val.byte;
  case TEST_ASYNC_VALUES_IO_SHAPE_WIDE: return a->val.wide == b->val.wide;
  case TEST_ASYNC_VALUES_IO_SHAPE_SINGLE: return a->val.single == b->val.single;
  case TEST_ASYNC_VALUES_IO_SHAPE_TEXT:
    return a->val.text.len == b->val.text.len && !memcmp(a->val.text.ptr, b->val.text.ptr, a->val.text.len);
  case TEST_ASYNC_VALUES_IO_SHAPE_AT:
    return a->val.at.x == b->val.at.x && a->val.at.y == b->val.at.y && a->val.at.name.len == b->val.at.name.len;
  default: return true;
  }
}

/* Every pair of neighbours: each case is once the first and once the second. */
static void test_shapes(void) {
  IO(shape_t) shapes[6] = {{.tag = TEST_ASYNC_VALUES_IO_SHAPE_NOTHING},
                           {.tag = TEST_ASYNC_VALUES_IO_SHAPE_BYTE, .val = {.byte = 255}},
                           {.tag = TEST_ASYNC_VALUES_IO_SHAPE_WIDE, .val = {.wide = INT64_MIN}},
                           {.tag = TEST_ASYNC_VALUES_IO_SHAPE_SINGLE, .val = {.single = -1.5f}},
                           {.tag = TEST_ASYNC_VALUES_IO_SHAPE_TEXT},
                           {.tag = TEST_ASYNC_VALUES_IO_SHAPE_AT, .val = {.at = {.x = INT32_MIN, .y = -0.25}}}};
  runner_string_set(&shapes[4].val.text, "text");
  runner_string_set(&shapes[5].val.at.name, "a name");
  uint32_t wrong = 0;
  for (int i = 0; i < 6; i++) {
    IO(swap_args_t) args = {shapes[i], shapes[(i + 1) % 6]};
    IO(tuple2_shape_shape_t) back;
    await(IO(swap)(&args, &back));
    wrong += !same_shape(&back.f0, &args.w) + !same_shape(&back.f1, &args.v);
    IO(tuple2_shape_shape_free)(&back);
  }
  rt_equal(wrong, 0, "variants side by side");
}

static void test_small(void) {
  runner_option_string_t text = {.is_some = true};
  runner_option_list_string_t halves;
  runner_string_set(&text.val, "onetwo");
  await(IO(split)(text, &halves));
  rt_check(halves.is_some && is_text(&halves.val.ptr[0], "one") && is_text(&halves.val.ptr[1], "two"), "an option of a list");
  runner_option_list_string_free(&halves);
  text.is_some = false;
  await(IO(split)(text, &halves));
  rt_check(!halves.is_some, "an option without one");

  IO(result_u64_string_t) result = {.val = {.ok = UINT64_MAX}};
  IO(result_string_u64_t) turned;
  await(IO(turn)(result, &turned));
  rt_check(turned.is_err && turned.val.err == UINT64_MAX, "a result turned round");
  result.is_err = true;
  runner_string_set(&result.val.err, "bad");
  await(IO(turn)(result, &turned));
  rt_check(!turned.is_err && is_text(&turned.val.ok, "bad"), "and the other way");
  IO(result_string_u64_free)(&turned);

  double sum = 0;
  await(IO(four)(1, 2, 0.5f, 10, &sum));
  rt_check(sum == 9.5, "four parameters, as many as are flat");
  IO(result_void_void_t) none = {0};
  await(IO(none)(&none));
  rt_check(none.is_err, "a result of nothing");
}

static void test_all(void) {
  test_all_values();
  test_shapes();
  test_small();
}
