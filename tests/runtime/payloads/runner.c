/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Every kind of payload once; then a value full of handles, which its _drop function must empty. */
#include "../payloads/common.h"

static void test_lists(void) {
  uint16_t a[] = {1, 2, 65535}, b[] = {7};
  runner_list_u16_t lists[] = {{a, 3}, {b, 0}, {b, 1}};
  IO(stream_list_u16_writer_t) writer;
  uint64_t sum = 0;
  runner_subtask_status_t call = IO(lists)(IO(stream_list_u16_new)(&writer), &sum);
  WRITE_ALL(stream_list_u16, writer, lists, 3);
  await(call);
  rt_equal(sum, 65545, "a stream of lists");
}

static void test_options(void) {
  runner_option_string_t options[4] = {{.is_some = true}, {0}, {.is_some = true}, {0}};
  runner_string_set(&options[0].val, "some");
  runner_string_set(&options[2].val, "");
  IO(stream_option_string_writer_t) writer;
  runner_string_t text = {0};
  runner_subtask_status_t call = IO(options)(IO(stream_option_string_new)(&writer), &text);
  WRITE_ALL(stream_option_string, writer, options, 4);
  await(call);
  rt_check(text.len == 6 && !memcmp(text.ptr, "some--", 6), "a stream of options");
  runner_string_free(&text);
}

static void test_numbers(void) {
  uint64_t wide[] = {UINT64_MAX, 3, (uint64_t)1 << 40};
  IO(stream_u64_writer_t) writer;
  uint64_t sum = 0;
  runner_subtask_status_t call = IO(wide)(IO(stream_u64_new)(&writer), &sum);
  WRITE_ALL(stream_u64, writer, wide, 3);
  await(call);
  rt_equal(sum, ((uint64_t)1 << 40) + 2, "a stream of wide numbers");

  bool bools[] = {true, false, true, true, false};
  IO(stream_bool_writer_t) bool_writer;
  uint32_t bits = 0;
  call = IO(bools)(IO(stream_bool_new)(&bool_writer), &bits);
  WRITE_ALL(stream_bool, bool_writer, bools, 5);
  await(call);
  rt_equal(bits, 22, "a stream of truth values");
}

static void test_tuples(void) {
  IO(tuple3_color_f64_perm_t) tuples[] = {
      {TEST_PAYLOADS_IO_COLOR_BLUE, 0.5, TEST_PAYLOADS_IO_PERM_W}, {TEST_PAYLOADS_IO_COLOR_RED, 2, TEST_PAYLOADS_IO_PERM_R}};
  IO(stream_tuple3_color_f64_perm_writer_t) writer;
  double sum = 0;
  runner_subtask_status_t call = IO(pairs)(IO(stream_tuple3_color_f64_perm_new)(&writer), &sum);
  WRITE_ALL(stream_tuple3_color_f64_perm, writer, tuples, 2);
  await(call);
  rt_check(sum == 3102.5, "a stream of tuples of an enum, a float and flags");
}

static void test_results(void) {
  for (int good = 0; good < 2; good++) {
    IO(future_result_list_string_color_t) future = 0;
    IO(result_list_string_color_t) result;
    await(IO(result_later)(good, &future));
    settled(future, IO(future_result_list_string_color_read)(future, &result));
    if (good) rt_check(!result.is_err && result.val.ok.len == 2 && result.val.ok.ptr[1].len == 6, "a future of a result");
    else rt_check(result.is_err && result.val.err == TEST_PAYLOADS_IO_COLOR_BLUE, "a future of an error");
    IO(result_list_string_color_free)(&result);
    IO(future_result_list_string_color_drop_readable)(future);
  }
}

static void test_drop(void) {
  IO(bag_t) bag;
  IO(pack)(&bag);
  rt_equal(IO(alive)(), 6, "a bag holds six tokens");
  IO(bag_drop)(&bag);
  rt_equal(IO(alive)(), 0, "dropping the bag drops them all");
  rt_check(IO(bag_is_empty)(), "and its stream and its future");

  IO(pack)(&bag);
  IO(list_own_token_drop)(&bag.more);
  IO(option_own_token_drop)(&bag.extra);
  IO(result_own_token_string_drop)(&bag.either);
  rt_equal(IO(alive)(), 1, "its parts can be dropped by themselves");
  IO(token_drop_own)(bag.first);
  IO(stream_u8_drop_readable)(bag.bytes);
  IO(future_string_drop_readable)(bag.later);
  runner_string_free(&bag.label);
  rt_check(IO(bag_is_empty)() && IO(alive)() == 0, "nothing is left");
}

static void test_all(void) {
  test_lists();
  test_options();
  test_numbers();
  test_tuples();
  test_results();
  test_drop();
}
