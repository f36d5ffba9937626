/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * The near end of streams: every status that a copy can have, and what each side may do then. */
#include <stdlib.h>
#include <string.h>

#define CALLEE_HEAP test_streams_io_heap
#include "../lib/pair.h"

#define IO(name) test_streams_io_##name
#define BLOCKED RUNNER_WAITABLE_STATUS_BLOCKED

static uint32_t status_of(runner_waitable_state_t state, uint32_t count) { return (uint32_t)state | count << 4; }

static void test_bytes_out(void) {
  static const uint8_t bytes[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 255};
  IO(stream_u8_writer_t) writer;
  uint64_t sum = 0;
  uint32_t sent = 0, writes = 0;
  IO(stream_u8_t) reader = IO(stream_u8_new)(&writer);
  runner_subtask_status_t call = IO(consume_bytes)(reader, 3, &sum);
  for (; sent < sizeof bytes && writes < 20; writes++)
    sent += RUNNER_WAITABLE_COUNT(settled(writer, IO(stream_u8_write)(writer, bytes + sent, sizeof bytes - sent)));
  rt_equal(sent, sizeof bytes, "all bytes are taken");
  IO(stream_u8_drop_writable)(writer);
  await(call);
  rt_equal(sum, 300, "the reader saw all of them, then the end");
}

static void test_bytes_in(void) {
  IO(stream_u8_t) reader = 0;
  uint8_t buffer[3];
  uint32_t got = 0, wrong = 0, status;
  await(IO(produce_bytes)(10, 4, &reader));
  do {
    status = settled(reader, IO(stream_u8_read)(reader, buffer, sizeof buffer));
    for (uint32_t i = 0; i < RUNNER_WAITABLE_COUNT(status); i++) wrong += buffer[i] != (uint8_t)(got + i);
    got += RUNNER_WAITABLE_COUNT(status);
  } while (RUNNER_WAITABLE_STATE(status) == RUNNER_WAITABLE_COMPLETED && got < 100);
  rt_equal(got, 10, "as many bytes came as were sent, through a smaller buffer");
  rt_equal(wrong, 0, "in order");
  rt_equal(RUNNER_WAITABLE_STATE(status), RUNNER_WAITABLE_DROPPED, "then the writer is gone");
  IO(stream_u8_drop_readable)(reader);
}

static void test_records(void) {
  static const char *const names[] = {"one", "", "drei"};
  IO(item_t) items[3];
  IO(stream_item_writer_t) writer;
  runner_string_t text = {0};
  for (uint32_t i = 0; i < 3; i++) {
    items[i].id = i;
    runner_string_set(&items[i].name, names[i]);
  }
  runner_subtask_status_t call = IO(consume_items)(IO(stream_item_new)(&writer), &text);
  for (uint32_t sent = 0, tries = 0; sent < 3 && tries < 9; tries++)
    sent += RUNNER_WAITABLE_COUNT(settled(writer, IO(stream_item_write)(writer, items + sent, 3 - sent)));
  IO(stream_item_drop_writable)(writer);
  await(call);
  rt_check(text.len == 13 && !memcmp(text.ptr, "0one;1;2drei;", 13), "records with strings arrive whole");
  runner_string_free(&text);
}

static void test_strings(void) {
  IO(stream_string_t) reader = 0;
  runner_string_t strings[2];
  rt_text all = {0};
  uint32_t status;
  await(IO(produce_strings)(7, &reader));
  do {
    status = settled(reader, IO(stream_string_read)(reader, strings, 2));
    for (uint32_t i = 0; i < RUNNER_WAITABLE_COUNT(status); i++) {
      rt_put_n(&all, strings[i].ptr, strings[i].len);
      runner_string_free(&strings[i]);
    }
  } while (RUNNER_WAITABLE_STATE(status) == RUNNER_WAITABLE_COMPLETED && all.len < 100);
  rt_check(all.len == 14 && !memcmp(all.ptr, "s0s1s2s3s4s5s6", 14), "strings arrive in order, two at a time");
  free(all.ptr);
  IO(stream_string_drop_readable)(reader);
}

static void test_units(void) {
  IO(stream_void_writer_t) writer;
  uint32_t seen = 0;
  runner_subtask_status_t call = IO(consume_units)(IO(stream_void_new)(&writer), &seen);
  for (uint32_t sent = 0, tries = 0; sent < 5 && tries < 9; tries++)
    sent += RUNNER_WAITABLE_COUNT(settled(writer, IO(stream_void_write)(writer, 5 - sent)));
  IO(stream_void_drop_writable)(writer);
  await(call);
  rt_equal(seen, 5, "elements without payload are counted");
}

static void test_reader_leaves(void) {
  static const uint8_t bytes[10] = {0};
  IO(stream_u8_writer_t) writer;
  uint32_t seen = 0;
  runner_subtask_status_t call = IO(read_once)(IO(stream_u8_new)(&writer), 4, &seen);
  uint32_t status = settled(writer, IO(stream_u8_write)(writer, bytes, sizeof bytes));
  rt_equal(RUNNER_WAITABLE_COUNT(status), 4, "a reader that leaves has taken what it read");
  await(call);
  rt_equal(seen, 4, "and knows how much");
  if (RUNNER_WAITABLE_STATE(status) == RUNNER_WAITABLE_COMPLETED)
    status = settled(writer, IO(stream_u8_write)(writer, bytes, 1));
  rt_equal(RUNNER_WAITABLE_STATE(status), RUNNER_WAITABLE_DROPPED, "then the writer is told that it is gone");
  IO(stream_u8_drop_writable)(writer);
}

static void test_back_pressure(void) {
  static const uint8_t bytes[6] = {1, 2, 3, 4, 5, 6};
  IO(stream_u8_writer_t) writer;
  runner_list_u8_t got = {0};
  IO(hold)(IO(stream_u8_new)(&writer));
  rt_equal(IO(stream_u8_write)(writer, bytes, 6), BLOCKED, "a write without a reader waits");
  await(IO(read_held)(2, &got));
  rt_check(got.len == 2 && got.ptr[0] == 1 && got.ptr[1] == 2, "a short read takes the first part");
  runner_list_u8_free(&got);
  await(IO(read_held)(3, &got));
  rt_check(got.len == 3 && got.ptr[0] == 3, "the next read goes on where it stopped");
  runner_list_u8_free(&got);
  rt_equal(wait_for(writer).code, status_of(RUNNER_WAITABLE_COMPLETED, 5), "the writer learns of both together");
  IO(stream_u8_drop_writable)(writer);
  IO(let_go)();
}

static void test_zero_length(void) {
  static const uint8_t byte = 42;
  IO(stream_u8_writer_t) writer;
  runner_list_u8_t got = {0};
  IO(hold)(IO(stream_u8_new)(&writer));
  rt_equal(IO(stream_u8_write)(writer, &byte, 0), BLOCKED, "a write of nothing waits for a reader");
  runner_subtask_status_t call = IO(read_held)(1, &got);
  rt_equal(wait_for(writer).code, status_of(RUNNER_WAITABLE_COMPLETED, 0), "and completes when one comes");
  rt_equal(settled(writer, IO(stream_u8_write)(writer, &byte, 1)), status_of(RUNNER_WAITABLE_COMPLETED, 1),
           "then the real write goes through");
  await(call);
  rt_check(got.len == 1 && got.ptr[0] == 42, "and arrives");
  runner_list_u8_free(&got);
  IO(stream_u8_drop_writable)(writer);
  IO(let_go)();

  IO(stream_u8_t) reader = 0;
  uint8_t buffer[4];
  await(IO(produce_bytes)(4, 4, &reader));
  rt_equal(settled(reader, IO(stream_u8_read)(reader, buffer, 0)), status_of(RUNNER_WAITABLE_COMPLETED, 0),
           "a read of nothing completes when there is something");
  rt_equal(RUNNER_WAITABLE_COUNT(settled(reader, IO(stream_u8_read)(reader, buffer, 4))), 4, "which is still there");
  IO(stream_u8_drop_readable)(reader);
}

static void test_cancel(void) {
  static const uint8_t bytes[4] = {9, 8, 7, 6};
  IO(stream_u8_writer_t) writer;
  runner_list_u8_t got = {0};
  IO(hold)(IO(stream_u8_new)(&writer));
  rt_equal(IO(stream_u8_write)(writer, bytes, 4), BLOCKED, "a write waits");
  rt_equal(IO(stream_u8_cancel_write)(writer), status_of(RUNNER_WAITABLE_CANCELLED, 0), "and can be cancelled");
  rt_equal(IO(stream_u8_write)(writer, bytes, 4), BLOCKED, "another waits");
  await(IO(read_held)(1, &got));
  runner_list_u8_free(&got);
  uint32_t status = IO(stream_u8_cancel_write)(writer);
  rt_equal(RUNNER_WAITABLE_COUNT(status), 1, "cancelling after a part was taken says how much");
  IO(stream_u8_drop_writable)(writer);
  IO(let_go)();

  uint8_t buffer[4];
  IO(stream_u8_t) reader = IO(stream_u8_new)(&writer);
  rt_equal(IO(stream_u8_read)(reader, buffer, 4), BLOCKED, "a read without a writer waits");
  rt_equal(IO(stream_u8_cancel_read)(reader), status_of(RUNNER_WAITABLE_CANCELLED, 0), "and can be cancelled");
  IO(stream_u8_drop_writable)(writer);
  IO(stream_u8_drop_readable)(reader);
}

/* Both ends in one component: allowed for numbers. */
static void test_own_stream(void) {
  static const uint8_t bytes[3] = {5, 6, 7};
  uint8_t buffer[8];
  IO(stream_u8_writer_t) writer;
  IO(stream_u8_t) reader = IO(stream_u8_new)(&writer);
  rt_equal(IO(stream_u8_read)(reader, buffer, 8), BLOCKED, "a reader of one's own waits");
  rt_equal(IO(stream_u8_write)(writer, bytes, 3), status_of(RUNNER_WAITABLE_COMPLETED, 3), "a writer fills it at once");
  rt_equal(wait_for(reader).code, status_of(RUNNER_WAITABLE_COMPLETED, 3), "the reader gets its event");
  rt_check(!memcmp(buffer, bytes, 3), "and the bytes");
  rt_equal(IO(stream_u8_read)(reader, buffer, 8), BLOCKED, "a reader waits again");
  IO(stream_u8_drop_writable)(writer);
  rt_equal(wait_for(reader).code, status_of(RUNNER_WAITABLE_DROPPED, 0), "and learns that the writer is gone");
  IO(stream_u8_drop_readable)(reader);
}

static void test_pass(void) {
  static const uint8_t bytes[2] = {1, 2};
  IO(stream_u8_writer_t) writer;
  IO(stream_u8_t) back = 0;
  uint8_t buffer[2] = {0};
  await(IO(pass)(IO(stream_u8_new)(&writer), &back));
  rt_equal(IO(stream_u8_read)(back, buffer, 2), BLOCKED, "a stream that went there and back can be read");
  rt_equal(settled(writer, IO(stream_u8_write)(writer, bytes, 2)), status_of(RUNNER_WAITABLE_COMPLETED, 2), "written");
  rt_equal(wait_for(back).code, status_of(RUNNER_WAITABLE_COMPLETED, 2), "and brings what was written");
  IO(stream_u8_drop_writable)(writer);
  IO(stream_u8_drop_readable)(back);
}

static void test_all(void) {
  test_bytes_out();
  test_bytes_in();
  test_records();
  test_strings();
  test_units();
  test_reader_leaves();
  test_back_pressure();
  test_zero_length();
  test_cancel();
  test_own_stream();
  test_pass();
}
