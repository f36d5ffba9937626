/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * An engine may shorten the message of an error context, but not make one up. */
#include <string.h>

#define CALLEE_HEAP test_errors_io_heap
#include "../lib/pair.h"

#define IO(name) test_errors_io_##name

static bool may_be(const runner_string_t *s, const char *original) {
  return s->len <= strlen(original) && !memcmp(s->ptr, original, s->len);
}

static void test_all(void) {
  runner_string_t text, message;
  uint32_t value = 0;
  runner_error_context_t context, other;

  runner_string_set(&text, "what went wrong");
  context = IO(make)(&text);
  runner_error_context_debug_message(context, &message);
  rt_check(may_be(&message, "what went wrong"), "the message of an error that came in");
  runner_string_free(&message);
  IO(read)(context, &message);
  rt_check(may_be(&message, "what went wrong"), "and of one that went out");
  runner_string_free(&message);
  runner_error_context_drop(context);

  rt_check(IO(try_it)(false, &value, &other) && value == 5, "a result without an error");
  rt_check(!IO(try_it)(true, &value, &other), "a result with one");
  runner_error_context_debug_message(other, &message);
  rt_check(may_be(&message, "asked to fail"), "and its message");
  runner_string_free(&message);
  runner_error_context_drop(other);
}
