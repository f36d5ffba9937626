/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * The engine makes Latin-1 of what fits and UTF-16 of the rest; either way every code unit must come back. */
#include <string.h>

#define CALLEE_HEAP test_strings_mixed_io_heap
#include "../lib/pair.h"

#define IO(name) test_strings_mixed_io_##name

static bool same(const runner_string_t *a, const runner_string_t *b) {
  return a->len == b->len && !memcmp(a->ptr, b->ptr, a->len * sizeof *a->ptr);
}

static void test_echo(void) {
  static const struct {
    const char16_t *text;
    bool latin;
    const char *what;
  } texts[] = {
      {u"ascii", true, "ASCII"},
      {u"gr\u00fc\u00dfe \u00ff", true, "Latin-1"},
      {u"\u0100", false, "the first that is not Latin-1"},
      {u"long and plain, and only at the end \u03a9", false, "Latin-1 up to its end"},
      {u"\U0001d11e \U0001f980", false, "surrogate pairs"},
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    runner_string_t s;
    runner_tuple2_string_bool_t back;
    runner_string_set(&s, texts[i].text);
    IO(echo)(&s, &back);
    rt_check(same(&s, &back.f0), texts[i].what);
    rt_equal(back.f1, texts[i].latin, "travels in the narrowest form");
    runner_tuple2_string_bool_free(&back);
  }
}

static void test_list(void) {
  runner_string_t strings[3];
  runner_list_string_t list = {strings, 3}, back;
  runner_string_set(&strings[0], u"");
  runner_string_set(&strings[1], u"\u00e4");
  runner_string_set(&strings[2], u"\u4e2d");
  IO(reverse)(&list, &back);
  rt_check(back.len == 3 && same(&back.ptr[0], &strings[2]) && same(&back.ptr[1], &strings[1]) && !back.ptr[2].len,
           "a list of all forms, empty ones too");
  runner_list_string_free(&back);
}

static void test_async(void) {
  runner_string_t s;
  runner_option_string_t later = {0};
  runner_string_set(&s, u"sp\u00e4ter");
  await(IO(later)(s, &later));
  rt_check(later.is_some && same(&later.val, &s), "through an async function");
  runner_option_string_free(&later);
  s.len = 0;
  await(IO(later)(s, &later));
  rt_check(!later.is_some, "an empty one too");

  IO(stream_string_t) stream = 0;
  uint32_t units = 0, status;
  await(IO(words)(5, &stream));
  do {
    runner_string_t word;
    status = settled(stream, IO(stream_string_read)(stream, &word, 1));
    if (!RUNNER_WAITABLE_COUNT(status)) break;
    units = units * 10 + (word.ptr[0] == 0xeb && word.ptr[1] == '!' ? 1 : word.ptr[0] == 0x3a9 && word.ptr[1] == 0xeb ? 2 : 9);
    runner_string_free(&word);
  } while (RUNNER_WAITABLE_STATE(status) == RUNNER_WAITABLE_COMPLETED);
  IO(stream_string_drop_readable)(stream);
  rt_equal(units, 12121, "through a stream, both forms in turn");
}

static void test_all(void) {
  test_echo();
  test_list();
  test_async();
}
