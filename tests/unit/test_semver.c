/*
 * Semver: parsing and order as semver.org 2.0.0 states them (sections 2, 9, 10, 11), build texts ordered too so that
 * the order is total, tracks as CM's WIT.md describes compatible versions.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_help.h"

#include "support/semver.h"

static bool parses(const char *text) {
  semver v;
  const char *why = NULL;
  bool ok = semver_parse(str_of(text), &v, &why);
  assert_true(ok || why != NULL);
  return ok;
}

static void takes_what_the_grammar_takes(void **state) {
  (void)state;
  static const char *const good[] = {"0.0.0",   "1.2.3",     "18446744073709551615.0.0", "1.0.0-a", "1.0.0-0.a.1-x",
                                     "1.0.0--", "1.0.0+001", "1.0.0-rc.1+b.c-d",         "1.0.0-0a"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_true(parses(good[i]));
  }
}

static void refuses_what_the_grammar_refuses(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "1",
                                    "1.2",
                                    "1.2.",
                                    "1.2.3.4",
                                    "01.0.0",
                                    "1.02.0",
                                    "a.b.c",
                                    "1.0.0-",
                                    "1.0.0-a..b",
                                    "1.0.0-01",
                                    "1.0.0+",
                                    "1.0.0+a..b",
                                    "1.0.0-é",
                                    " 1.0.0",
                                    "1.0.0 ",
                                    "18446744073709551616.0.0",
                                    "-1.0.0"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_false(parses(bad[i]));
  }
}

/* The example of section 11.4, with build texts at the end. */
static void orders_by_precedence(void **state) {
  (void)state;
  static const char *const ascending[] = {
      "0.9.9",      "1.0.0-1",      "1.0.0-2",       "1.0.0-10",   "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
      "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",       "1.0.0+a",       "1.0.0+a.1",
      "1.0.1",      "1.1.0",        "1.10.0",        "2.0.0"};
  enum { COUNT = sizeof ascending / sizeof *ascending };
  semver v[COUNT];
  const char *why;
  for (size_t i = 0; i < COUNT; i++) {
    assert_true(semver_parse(str_of(ascending[i]), &v[i], &why));
  }
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t j = 0; j < COUNT; j++) {
      int order = semver_compare(&v[i], &v[j]);
      assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
    }
  }
}

static void writes_back_what_it_read(void **state) {
  fixture *f = *state;
  semver v;
  const char *why;
  assert_true(semver_parse(STR("1.20.3-rc.1+b5"), &v, &why));
  assert_str(semver_text(&f->arena, &v), "1.20.3-rc.1+b5");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(takes_what_the_grammar_takes), cmocka_unit_test(refuses_what_the_grammar_refuses),
      cmocka_unit_test(orders_by_precedence),         FIXTURE_TEST(writes_back_what_it_read),
  };
  return cmocka_run_group_tests_name("semver", tests, NULL, NULL);
}
