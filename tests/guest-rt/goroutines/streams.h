/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef STREAMS_H
#define STREAMS_H

/* Each runs in a goroutine of its own call. */
#define STREAM_TESTS(X)                                                                                          \
  X(p1_one_operation_an_end) X(p2_told_exactly_once) X(p3_what_a_status_means) X(p4_read_all)                   \
  X(p4_copy_holds_back) X(copy_ends) X(lines) X(streams_as_channels) X(futures)

#define STREAM_TEST_DECLARE(test) void test(void);
STREAM_TESTS(STREAM_TEST_DECLARE)
#undef STREAM_TEST_DECLARE

#endif
