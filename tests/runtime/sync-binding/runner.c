/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * add is bound as async, the others as plain functions that wait. */
#include <string.h>

#define CALLEE_HEAP test_sync_binding_io_heap
#include "../lib/pair.h"

#define IO(name) test_sync_binding_io_##name

static void test_all(void) {
  uint32_t sum = 0, value = 0;
  rt_equal(IO(add)(40, 2, &sum), RUNNER_SUBTASK_RETURNED, "an async call of a plain function has returned");
  rt_equal(sum, 42, "with its result");

  runner_string_t texts[8], error;
  for (int i = 0; i < 8; i++) runner_string_set(&texts[i], i % 2 ? "ab" : "c");
  IO(answer_t) answer;
  IO(wide)(&texts[0], &texts[1], &texts[2], &texts[3], &texts[4], &texts[5], &texts[6], &texts[7], 10, &answer);
  rt_check(answer.text.len == 12 && !memcmp(answer.text.ptr, "cabcabcabcab", 12), "parameters through memory");
  rt_check(answer.numbers.len == 8 && answer.numbers.ptr[0] == 11 && answer.numbers.ptr[7] == 12, "and a big result");
  IO(answer_free)(&answer);

  rt_check(IO(check)(4, &value, &error) && value == 5, "a result that is fine");
  rt_check(!IO(check)(5, &value, &error) && error.len == 3, "and one that is not");
  runner_string_free(&error);
  IO(nothing)();
  rt_check(true, "no parameters, no result");
}
