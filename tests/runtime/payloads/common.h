/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * What both runners of this world share. */
#include <stdlib.h>
#include <string.h>

#define CALLEE_HEAP test_payloads_io_heap
#include "../lib/pair.h"

#define IO(name) test_payloads_io_##name

/* Writes an array into a stream, however the reader takes it, and ends the stream. */
#define WRITE_ALL(stream, writer, items, count)                                                          \
  do {                                                                                                   \
    uint32_t sent = 0, status = RUNNER_WAITABLE_COMPLETED;                                               \
    while (sent < (count) && RUNNER_WAITABLE_STATE(status) == RUNNER_WAITABLE_COMPLETED) {               \
      status = settled(writer, IO(stream##_write)(writer, (items) + sent, (count) - sent));              \
      sent += RUNNER_WAITABLE_COUNT(status);                                                             \
    }                                                                                                    \
    rt_equal(sent, (count), #stream ": all elements are taken");                                         \
    IO(stream##_drop_writable)(writer);                                                                  \
  } while (0)
