/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>
#include <string.h>

#define CALLEE_HEAP test_maps_io_heap
#include "../lib/pair.h"

#define IO(name) test_maps_io_##name

static bool is_text(const runner_string_t *s, const char *wanted) {
  return s->len == strlen(wanted) && !memcmp(s->ptr, wanted, s->len);
}

static void test_invert(void) {
  runner_map_string_u32_entry_t entries[3] = {{.value = 7}, {.value = UINT32_MAX}, {.value = 7}};
  runner_string_set(&entries[0].key, "a");
  runner_string_set(&entries[1].key, "");
  runner_string_set(&entries[2].key, "zoë");
  runner_map_string_u32_t map = {entries, 3};
  runner_map_u32_string_t back;
  IO(invert)(&map, &back);
  rt_check(back.len == 3 && back.ptr[0].key == 7 && back.ptr[1].key == UINT32_MAX && back.ptr[2].key == 7, "keys arrive");
  rt_check(is_text(&back.ptr[0].value, "a") && is_text(&back.ptr[1].value, "") && is_text(&back.ptr[2].value, "zoë"),
           "values arrive, in order");
  runner_map_u32_string_free(&back);
  map.len = 0;
  IO(invert)(&map, &back);
  rt_equal(back.len, 0, "an empty map");
  runner_map_u32_string_free(&back);
}

static void test_nested(void) {
  runner_string_t tags[2];
  runner_map_u8_string_entry_t more[1] = {{.key = 255}};
  IO(map_string_entry_entry_t) entries[1] = {{.value = {{tags, 2}, {more, 1}}}};
  runner_string_set(&tags[0], "one");
  runner_string_set(&tags[1], "two");
  runner_string_set(&more[0].value, "more");
  runner_string_set(&entries[0].key, "key");
  IO(map_string_entry_t) map = {entries, 1}, back;
  IO(nested)(&map, &back);
  rt_check(back.len == 1 && is_text(&back.ptr[0].key, "key"), "a map of records");
  rt_check(back.ptr[0].value.tags.len == 2 && is_text(&back.ptr[0].value.tags.ptr[1], "two"), "with a list inside");
  rt_check(back.ptr[0].value.more.len == 1 && back.ptr[0].value.more.ptr[0].key == 255 &&
           is_text(&back.ptr[0].value.more.ptr[0].value, "more"), "and a map inside");
  IO(map_string_entry_free)(&back);
}

static void test_optional(void) {
  runner_map_char32_bool_entry_t entries[] = {{0x10ffff, true}, {'a', false}, {'b', true}};
  runner_map_char32_bool_t map = {entries, 3};
  rt_equal(IO(optional)(&map), 0x10ffff + 'b', "a map in an option");
  rt_equal(IO(optional)(NULL), 1000, "no map in an option");
}

static void test_later(void) {
  uint8_t bytes[5] = {0};
  runner_map_s64_list_u8_entry_t entries[] = {{INT64_MAX, {bytes, 5}}, {-1, {bytes, 0}}};
  runner_map_s64_u32_t back;
  runner_map_s64_list_u8_t map = {entries, 2};
  rt_equal(IO(later)(map, &back), RUNNER_SUBTASK_RETURNED, "a map through an async function");
  rt_check(back.len == 2 && back.ptr[0].key == -INT64_MAX && back.ptr[0].value == 5 && back.ptr[1].key == 1, "arrives");
  runner_map_s64_u32_free(&back);
}

static void test_all(void) {
  test_invert();
  test_nested();
  test_optional();
  test_later();
}
