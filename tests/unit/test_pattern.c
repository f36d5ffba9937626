/*
 * Patterns: where they end, what they match, what they make, and that none of them can stop or mislead a run.
 *
 * Which names an expression matches is PCRE2's business. Tested here is what we promise about it: whole names, names
 * byte for byte, limits that are errors with and without machine code, and the place of every mistake.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/pattern.h"
#include "support/vec.h"

typedef struct fixture {
  arena memory;
  diag diag;
  pattern pattern;
} fixture;

static int fixture_start(void **state) {
  fixture *t = test_calloc(1, sizeof *t);
  arena_init(&t->memory);
  diag_init(&t->diag, &t->memory);
  *state = t;
  return 0;
}

static int fixture_end(void **state) {
  fixture *t = *state;
  pattern_release(&t->pattern);
  arena_release(&t->memory);
  test_free(t);
  return 0;
}

static bool use(fixture *t, str text) {
  pattern_release(&t->pattern);
  return pattern_init(&t->pattern, pattern_source(&t->memory, "--option", text), 0, text.len, &t->memory, &t->diag);
}

static pattern_answer match(fixture *t, const char *name) {
  return pattern_match(&t->pattern, str_of(name));
}

/* The first message, and the bytes it points at. */
static void assert_said(const fixture *t, const char *text, size_t start, size_t end) {
  assert_true(t->diag.messages.count > 0);
  const diag_message *m = &t->diag.messages.items[0];
  assert_int_equal(m->text.len, str_of(text).len);
  assert_memory_equal(m->text.ptr, text, m->text.len);
  assert_int_equal(m->at.start, start);
  assert_int_equal(m->at.end, end);
}

static void test_a_name_is_itself_and_nothing_else(void **state) {
  fixture *t = *state;
  assert_true(use(t, STR("a.b:c/i#[method]r.m")));
  assert_int_equal(match(t, "a.b:c/i#[method]r.m"), PATTERN_YES);
  assert_int_equal(match(t, "axb:c/i#[method]r.m"), PATTERN_NO);
  assert_int_equal(match(t, "a.b:c/i#[method]r.m2"), PATTERN_NO);
}

static void test_a_pattern_matches_whole_names(void **state) {
  fixture *t = *state;
  assert_true(use(t, STR("/a|ab|b.*c/")));
  assert_int_equal(match(t, "a"), PATTERN_YES);
  assert_int_equal(match(t, "ab"), PATTERN_YES); /* the first alternative is not the last word */
  assert_int_equal(match(t, "abc"), PATTERN_NO);
  assert_int_equal(match(t, "bxc"), PATTERN_YES);
  assert_int_equal(match(t, "bxcx"), PATTERN_NO);
  assert_int_equal(match(t, ""), PATTERN_NO);
}

static void test_slashes_inside_need_no_backslash(void **state) {
  fixture *t = *state;
  assert_true(use(t, STR("/a:b/i/")));
  assert_int_equal(match(t, "a:b/i"), PATTERN_YES);
  assert_true(use(t, STR("/a:b\\/i/")));
  assert_int_equal(match(t, "a:b/i"), PATTERN_YES);
}

static void test_lists_are_split_outside_patterns(void **state) {
  fixture *t = *state;
  static const char *const items[] = {"a", "/b{1,2}/", "import:/c,d/", "", "-/e\\/,f/", "export:g", "/h/i/", "/open,j"};
  str list = STR("a,/b{1,2}/,import:/c,d/,,-/e\\/,f/,export:g,/h/i/,/open,j"), item;
  size_t at = 0, count = 0;
  while (pattern_list_next(list, &at, &item)) {
    assert_true(count < sizeof items / sizeof *items);
    assert_string_equal(str_c(&t->memory, item), items[count++]);
  }
  assert_int_equal(count, sizeof items / sizeof *items);
}

static void test_mistakes_have_their_place(void **state) {
  static const struct {
    const char *text, *said;
    size_t start, end;
  } mistakes[] = {
      {"/a", "pattern has no '/' at its end", 0, 2},
      {"/", "pattern has no '/' at its end", 0, 1},
      {"/a\\/", "pattern has no '/' at its end", 0, 4},
      {"//", "pattern is empty", 0, 2},
      {"/a(b/", "bad pattern: missing closing parenthesis", 4, 5},
      {"/a**/", "bad pattern: quantifier does not follow a repeatable item", 3, 4},
      {"/a[z-a]/", "bad pattern: range out of order in character class", 5, 6},
      {"/\xff/", "bad pattern: UTF-8 error: illegal byte (0xfe or 0xff)", 1, 2},
      {"/\\C/", "bad pattern: using \\C is disabled by the application", 3, 4},
  };
  for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
    fixture *t = *state;
    t->diag.messages.count = 0;
    assert_false(use(t, str_of(mistakes[i].text)));
    assert_said(t, mistakes[i].said, mistakes[i].start, mistakes[i].end);
  }
}

static void test_large_patterns_are_refused(void **state) {
  fixture *t = *state;
  assert_false(use(t, STR("/((((a{1000}){1000}){1000}){1000})/")));
  buf text;
  buf_init(&text, &t->memory);
  buf_add_byte(&text, '/');
  for (int i = 0; i < 20000; i++)
    buf_add_byte(&text, 'a');
  buf_add_byte(&text, '/');
  assert_false(use(t, buf_str(&text)));
  assert_int_equal(t->diag.errors, 2);
}

/* In exponential time without a limit: 2^40 ways to share the text out. */
static void test_endless_matches_are_errors(void **state) {
  static const char *const patterns[] = {"/(a+)+$/", "/(*NO_JIT)(a+)+$/", "/(a|aa)+$/"};
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
    fixture *t = *state;
    t->diag.messages.count = 0;
    assert_true(use(t, str_of(patterns[i])));
    assert_int_equal(match(t, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), PATTERN_FAILED);
    assert_said(t, "pattern takes too many steps on 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'", 0, str_of(patterns[i]).len);
  }
}

static void test_deep_matches_are_errors(void **state) {
  static const char *const patterns[] = {"/(*NO_JIT)(?:(a)|(.))*/", "/(a(?1)?)/", "/(*NO_JIT)(?R)?a/"};
  fixture *t = *state;
  char name[65536];
  for (size_t i = 0; i + 1 < sizeof name; i++)
    name[i] = 'a';
  name[sizeof name - 1] = '\0';
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
    assert_true(use(t, str_of(patterns[i])));
    assert_int_equal(match(t, name), PATTERN_FAILED);
    assert_int_equal(t->diag.errors, i + 1);
  }
}

/* A pattern may ask for lower limits, not for higher ones. */
static void test_a_pattern_cannot_raise_the_limits(void **state) {
  fixture *t = *state;
  assert_true(use(t, STR("/(*LIMIT_MATCH=4000000000)(a+)+$/")));
  assert_int_equal(match(t, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), PATTERN_FAILED);
}

static const char *replaced(fixture *t, const char *from, const char *to, const char *name) {
  str text = str_format(&t->memory, "%s=%s", from, to), out;
  pattern_release(&t->pattern);
  assert_true(pattern_init(&t->pattern, pattern_source(&t->memory, "--rename", text), 0, str_of(from).len, &t->memory, &t->diag));
  assert_int_equal(match(t, name), PATTERN_YES);
  return pattern_replace(&t->pattern, str_of(name), str_of(from).len + 1, &out) ? str_c(&t->memory, out) : NULL;
}

static void test_replacements(void **state) {
  fixture *t = *state;
  assert_string_equal(replaced(t, "/(.*):(.*)/", "$2_of_$1", "a:b"), "b_of_a");
  assert_string_equal(replaced(t, "/(?<ns>.*):(.*)/", "x_${ns}_$2", "a:b"), "x_a_b");
  assert_string_equal(replaced(t, "/(a)|(b)/", "$1$2x", "b"), "bx"); /* a group that found nothing is empty */
  assert_string_equal(replaced(t, "/(.*)/", "\\U$1", "abc"), "ABC");
  assert_string_equal(replaced(t, "/.*/", "plain", "abc"), "plain");
  assert_string_equal(replaced(t, "/(.*)/", "$1$1$1$1$1$1$1$1$1$1", "abcdefghij"), /* longer than name and text together */
                      "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij");
}

static void test_bad_replacements_have_their_place(void **state) {
  fixture *t = *state;
  assert_null(replaced(t, "/(.*)/", "a_$2", "x"));
  assert_said(t, "bad replacement: unknown substring", 10, 11);
  t->diag.messages.count = 0;
  assert_null(replaced(t, "/(.*)/", "a_${1", "x"));
  assert_said(t, "bad replacement: expected closing curly bracket in replacement string", 11, 12);
}

static void test_hints(void **state) {
  fixture *t = *state;
  str items[] = {STR("a:b/one"), STR("a:b/two")};
  str_vec names = {.items = items, .count = 2};
  assert_true(use(t, STR("/two/")));
  pattern_note_names(&t->pattern, &names, &t->diag);
  assert_true(use(t, STR("/three/")));
  pattern_note_names(&t->pattern, &names, &t->diag);
  assert_int_equal(t->diag.messages.count, 2);
  assert_string_equal(str_c(&t->memory, t->diag.messages.items[0].text),
                      "it matches a part of 'a:b/two', but a pattern is for whole names; '.*' stands for any text");
  assert_string_equal(str_c(&t->memory, t->diag.messages.items[1].text), "names look like 'a:b/one'");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_a_name_is_itself_and_nothing_else),
      TEST(test_a_pattern_matches_whole_names),
      TEST(test_slashes_inside_need_no_backslash),
      TEST(test_lists_are_split_outside_patterns),
      TEST(test_mistakes_have_their_place),
      TEST(test_large_patterns_are_refused),
      TEST(test_endless_matches_are_errors),
      TEST(test_deep_matches_are_errors),
      TEST(test_a_pattern_cannot_raise_the_limits),
      TEST(test_replacements),
      TEST(test_bad_replacements_have_their_place),
      TEST(test_hints),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
