/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#define CALLEE_HEAP left_hand_heap
#include "../lib/pair.h"

static bool is_text(const runner_string_t *s, const char *wanted) {
  return s->len == strlen(wanted) && !memcmp(s->ptr, wanted, s->len);
}

static void test_all(void) {
  runner_string_t key, text;
  uint32_t old = 0;
  runner_string_set(&key, "key");
  rt_check(!left_hand_put(&key, 1, &old) && !right_put(&key, 2, &old), "both start empty");
  rt_check(left_hand_put(&key, 3, &old) && old == 1, "one keeps its own value");
  rt_check(right_put(&key, 4, &old) && old == 2, "and so does the other");

  left_hand_own_box_t left = left_hand_constructor_box(&key);
  right_own_box_t right = right_constructor_box(&key);
  left_hand_method_box_text(left_hand_borrow_box(left), &text);
  rt_check(is_text(&text, "left key"), "a resource of the one");
  runner_string_free(&text);
  right_method_box_text(right_borrow_box(right), &text);
  rt_check(is_text(&text, "right key"), "and of the other");
  runner_string_free(&text);
  left_hand_box_drop_own(left);
  right_box_drop_own(right);

  await(left_hand_wait(3, &text));
  rt_check(is_text(&text, "left is done"), "an async function of the one");
  runner_string_free(&text);
  await(right_wait(0, &text));
  rt_check(is_text(&text, "right is done"), "and of the other");
  runner_string_free(&text);
}
