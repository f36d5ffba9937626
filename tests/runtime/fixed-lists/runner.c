/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Lists of fixed length: flat up to sixteen values, through memory above. */
#include <string.h>

#define CALLEE_HEAP test_fixed_lists_io_heap
#include "../lib/pair.h"

#define IO(name) test_fixed_lists_io_##name

static bool is_text(const runner_string_t *s, const char *wanted) {
  return s->len == strlen(wanted) && !memcmp(s->ptr, wanted, s->len);
}

static void test_all(void) {
  runner_list4_u8_t bytes = {{1, 2, 3, 255}}, reversed;
  IO(bytes)(&bytes, &reversed);
  rt_check(reversed.f[0] == 255 && reversed.f[1] == 3 && reversed.f[3] == 1, "four bytes there and back");

  runner_list3_list2_f32_t matrix = {{{{1, 2}}, {{3, 4}}, {{5, -6.5f}}}};
  runner_list2_list3_f32_t turned;
  IO(matrix)(&matrix, &turned);
  rt_check(turned.f[0].f[2] == 5 && turned.f[1].f[0] == 2 && turned.f[1].f[2] == -6.5f, "lists in lists");

  IO(list2_cell_t) cells = {{{.at = {{-1, 32767}}}, {.at = {{0, -32768}}}}};
  runner_list2_string_t texts;
  runner_string_set(&cells.f[0].name, "a");
  runner_string_set(&cells.f[1].name, "");
  IO(cells)(&cells, &texts);
  rt_check(is_text(&texts.f[0], "a-1,32767") && is_text(&texts.f[1], "0,-32768"), "records with strings in them");
  runner_list2_string_free(&texts);

  runner_list20_u64_t numbers, doubled;
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < 20; i++) numbers.f[i] = ((uint64_t)i << 40) + i;
  IO(long)(&numbers, &doubled);
  for (uint32_t i = 0; i < 20; i++) wrong += doubled.f[i] != numbers.f[i] * 2;
  rt_equal(wrong, 0, "twenty numbers, too many to be flat");
}
