/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * The near end of futures: values with and without payload, futures inside other values, either end dropped or cancelled. */
#include <stdlib.h>
#include <string.h>

#define CALLEE_HEAP test_futures_io_heap
#include "../lib/pair.h"

#define IO(name) test_futures_io_##name
#define BLOCKED RUNNER_WAITABLE_STATUS_BLOCKED

static bool is_text(const runner_string_t *s, const char *wanted) {
  return s->len == strlen(wanted) && !memcmp(s->ptr, wanted, s->len);
}

static void test_value_out(void) {
  IO(future_string_writer_t) writer;
  runner_string_t value, echo = {0};
  runner_subtask_status_t call = IO(consume)(IO(future_string_new)(&writer), &echo);
  rt_equal(RUNNER_SUBTASK_STATE(call), RUNNER_SUBTASK_STARTED, "a reader without a value waits");
  runner_string_set(&value, "value");
  rt_equal(settled(writer, IO(future_string_write)(writer, &value)), RUNNER_WAITABLE_COMPLETED, "the value is taken");
  IO(future_string_drop_writable)(writer);
  await(call);
  rt_check(is_text(&echo, "value"), "and has arrived");
  runner_string_free(&echo);
}

static void test_value_in(void) {
  static const uint32_t turns[] = {0, 3};
  for (int i = 0; i < 2; i++) {
    IO(future_string_t) reader = 0;
    runner_string_t value = {0};
    await(IO(produce)(turns[i], &reader));
    rt_equal(settled(reader, IO(future_string_read)(reader, &value)), RUNNER_WAITABLE_COMPLETED,
             i ? "a value that comes later" : "a value that is there");
    rt_check(is_text(&value, "later"), "is whole");
    runner_string_free(&value);
    IO(future_string_drop_readable)(reader);
  }
}

static void test_unit(void) {
  IO(future_void_writer_t) writer;
  runner_subtask_status_t call = IO(consume_unit)(IO(future_void_new)(&writer));
  rt_equal(settled(writer, IO(future_void_write)(writer)), RUNNER_WAITABLE_COMPLETED, "a value without payload is taken");
  IO(future_void_drop_writable)(writer);
  await(call);
  rt_check(true, "and its reader goes on");
}

static void test_inside_values(void) {
  IO(result_letter_string_t) result;
  runner_string_t body = {0};
  await(IO(open)(true, &result));
  rt_check(result.is_err && is_text(&result.val.err, "no letter"), "a result without the future in it");
  IO(result_letter_string_free)(&result);

  await(IO(open)(false, &result));
  rt_check(!result.is_err && is_text(&result.val.ok.title, "title"), "a record with a future in it");
  uint32_t status = settled(result.val.ok.body, IO(future_string_read)(result.val.ok.body, &body));
  rt_check(status == RUNNER_WAITABLE_COMPLETED && is_text(&body, "body"), "the future brings its value");
  IO(future_string_drop_readable)(result.val.ok.body);
  runner_string_free(&body);
  IO(letter_free)(&result.val.ok);

  IO(future_string_writer_t) writer;
  IO(letter_t) letter = {.body = IO(future_string_new)(&writer)};
  uint32_t length = 0;
  runner_string_set(&letter.title, "abc");
  runner_subtask_status_t call = IO(read_letter)(letter, &length);
  runner_string_set(&body, "defgh");
  settled(writer, IO(future_string_write)(writer, &body));
  IO(future_string_drop_writable)(writer);
  await(call);
  rt_equal(length, 8, "a record with a future can be sent");
}

static void test_reader_refuses(void) {
  IO(future_u32_writer_t) writer;
  uint32_t value = 1;
  await(IO(refuse)(IO(future_u32_new)(&writer)));
  rt_equal(settled(writer, IO(future_u32_write)(writer, &value)), RUNNER_WAITABLE_DROPPED,
           "who writes to a reader that is gone is told");
  IO(future_u32_drop_writable)(writer);
}

static void test_cancel(void) {
  IO(future_u32_writer_t) writer;
  uint32_t value = 6, read = 0;
  IO(hold)(IO(future_u32_new)(&writer));
  rt_equal(IO(future_u32_write)(writer, &value), BLOCKED, "a write without a reader waits");
  rt_equal(IO(future_u32_cancel_write)(writer), RUNNER_WAITABLE_CANCELLED, "and can be cancelled");
  rt_equal(IO(future_u32_write)(writer, &value), BLOCKED, "and tried again");
  await(IO(read_held)(&read));
  rt_equal(read, 6, "the reader gets the value");
  rt_equal(IO(future_u32_cancel_write)(writer), RUNNER_WAITABLE_COMPLETED, "cancelling a write that is done says so");
  IO(future_u32_drop_writable)(writer);
  IO(let_go)();

  IO(future_u32_t) reader = IO(future_u32_new)(&writer);
  rt_equal(IO(future_u32_read)(reader, &read), BLOCKED, "a read without a value waits");
  rt_equal(IO(future_u32_cancel_read)(reader), RUNNER_WAITABLE_CANCELLED, "and can be cancelled");
  IO(future_u32_drop_readable)(reader);
  rt_equal(settled(writer, IO(future_u32_write)(writer, &value)), RUNNER_WAITABLE_DROPPED, "its writer is told");
  IO(future_u32_drop_writable)(writer);
}

static void test_stream_of_futures(void) {
  IO(stream_future_u32_t) stream = 0;
  uint32_t sum = 0, status = 0;
  await(IO(many)(4, &stream));
  for (int i = 0; i < 9; i++) {
    IO(future_u32_t) future = 0;
    uint32_t value = 0;
    status = settled(stream, IO(stream_future_u32_read)(stream, &future, 1));
    if (!RUNNER_WAITABLE_COUNT(status)) break;
    settled(future, IO(future_u32_read)(future, &value));
    IO(future_u32_drop_readable)(future);
    sum += value;
  }
  rt_equal(RUNNER_WAITABLE_STATE(status), RUNNER_WAITABLE_DROPPED, "a stream of futures ends");
  rt_equal(sum, 0 + 1 + 4 + 9, "after all of them have brought their values");
  IO(stream_future_u32_drop_readable)(stream);
}

static void test_all(void) {
  test_value_out();
  test_value_in();
  test_unit();
  test_inside_values();
  test_reader_refuses();
  test_cancel();
  test_stream_of_futures();
}
