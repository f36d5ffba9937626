/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Streams of handles and of streams. */
#include "../payloads/common.h"

static void test_tokens(void) {
  IO(stream_own_token_t) reader = 0;
  IO(own_token_t) tokens[2];
  uint32_t sum = 0, status;
  await(IO(tokens)(5, &reader));
  do {
    status = settled(reader, IO(stream_own_token_read)(reader, tokens, 2));
    for (uint32_t i = 0; i < RUNNER_WAITABLE_COUNT(status); i++) {
      sum += IO(method_token_n)(IO(borrow_token)(tokens[i]));
      IO(token_drop_own)(tokens[i]);
    }
  } while (RUNNER_WAITABLE_STATE(status) == RUNNER_WAITABLE_COMPLETED);
  IO(stream_own_token_drop_readable)(reader);
  rt_equal(sum, 15, "a stream of handles brings them");
  rt_equal(IO(alive)(), 0, "dropping them runs the destructors");

  IO(stream_own_token_writer_t) writer;
  IO(own_token_t) own[3];
  runner_subtask_status_t call = IO(take_tokens)(IO(stream_own_token_new)(&writer), &sum);
  for (uint32_t i = 0; i < 3; i++) own[i] = IO(constructor_token)(10 + i);
  WRITE_ALL(stream_own_token, writer, own, 3);
  await(call);
  rt_equal(sum, 33, "a stream of handles takes them away");
  rt_equal(IO(alive)(), 0, "and they are dropped there");
}

static void test_streams(void) {
  IO(stream_stream_u8_writer_t) outer;
  uint32_t sum = 0;
  runner_subtask_status_t call = IO(streams)(IO(stream_stream_u8_new)(&outer), &sum);
  for (uint8_t i = 1; i <= 2; i++) {
    uint8_t bytes[] = {i, 10, 100};
    IO(stream_u8_writer_t) inner;
    IO(stream_u8_t) reader = IO(stream_u8_new)(&inner);
    rt_equal(RUNNER_WAITABLE_COUNT(settled(outer, IO(stream_stream_u8_write)(outer, &reader, 1))), 1, "a stream is taken");
    WRITE_ALL(stream_u8, inner, bytes, 3);
  }
  IO(stream_stream_u8_drop_writable)(outer);
  await(call);
  rt_equal(sum, 223, "a stream of streams");
}

static void test_all(void) {
  test_tokens();
  test_streams();
}
