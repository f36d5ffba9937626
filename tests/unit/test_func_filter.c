/*
 * Func filters: which functions `--sync` makes blocking, and which filters are refused.
 *
 * The rules are those of the reference generator's option of the same name: `all`, a function, or a function with the
 * side in front; a filter that matches nothing is an error, except `all`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "emit/func_filter.h"
#include "support/vec.h"

/* A world that imports and exports `a:b/i` with `f`, and imports a function `g` of its own. */
typedef struct fixture {
  arena memory;
  diag diag;
  world world;
  func_filter filter;
} fixture;

static func *make_func(arena *a, str name, bool is_async) {
  func *f = arena_new(a, func);
  f->name = name;
  f->is_async = is_async;
  return f;
}

static world_item make_interface(arena *a) {
  package *p = arena_new(a, package);
  p->name = (package_name){.ns = STR("a"), .name = STR("b")};
  interface *i = arena_new(a, interface);
  i->name = STR("i");
  i->package = p;
  vec_push(a, &i->funcs, make_func(a, STR("f"), true));
  vec_push(a, &i->funcs, make_func(a, STR("plain"), false));
  return (world_item){.kind = ITEM_INTERFACE, .interface = i};
}

static int fixture_start(void **state) {
  fixture *t = test_calloc(1, sizeof *t);
  arena_init(&t->memory);
  diag_init(&t->diag, &t->memory);
  t->world.name = STR("w");
  vec_push(&t->memory, &t->world.imports, make_interface(&t->memory));
  world_item own = {.kind = ITEM_FUNC, .name = STR("g"), .func = make_func(&t->memory, STR("g"), true)};
  vec_push(&t->memory, &t->world.imports, own);
  vec_push(&t->memory, &t->world.exports, make_interface(&t->memory));
  *state = t;
  return 0;
}

static int fixture_end(void **state) {
  fixture *t = *state;
  func_filter_release(&t->filter);
  arena_release(&t->memory);
  test_free(t);
  return 0;
}

static bool use(fixture *t, const char *first, const char *second) {
  str_vec options = {0};
  if (first)
    vec_push(&t->memory, &options, str_of(first));
  if (second)
    vec_push(&t->memory, &options, str_of(second));
  return func_filter_init(&t->filter, "--sync", FILTER_ALL, &options, &t->world, &t->memory, &t->diag);
}

/* What `--sync` leaves of an async function. */
static bool stays_async(const fixture *t, const world_item *item, const func *f, bool imported) {
  return f->is_async && !func_filter_has(&t->filter, item, f, imported);
}

static bool imported_f(const fixture *t) {
  const world_item *item = &t->world.imports.items[0];
  return stays_async(t, item, item->interface->funcs.items[0], true);
}

static bool exported_f(const fixture *t) {
  const world_item *item = &t->world.exports.items[0];
  return stays_async(t, item, item->interface->funcs.items[0], false);
}

static bool imported_g(const fixture *t) {
  const world_item *item = &t->world.imports.items[1];
  return stays_async(t, item, item->func, true);
}

static void test_no_filter_leaves_async_functions_async(void **state) {
  fixture *t = *state;
  assert_true(use(t, NULL, NULL));
  assert_true(imported_f(t));
  assert_true(exported_f(t));
  assert_true(imported_g(t));
}

static void test_a_plain_function_is_never_async(void **state) {
  fixture *t = *state;
  assert_true(use(t, NULL, NULL));
  const world_item *item = &t->world.imports.items[0];
  assert_false(stays_async(t, item, item->interface->funcs.items[1], true));
}

static void test_all_makes_everything_sync(void **state) {
  fixture *t = *state;
  assert_true(use(t, "all", NULL));
  assert_false(imported_f(t));
  assert_false(exported_f(t));
  assert_false(imported_g(t));
}

static void test_a_function_is_matched_on_both_sides(void **state) {
  fixture *t = *state;
  assert_true(use(t, "a:b/i#f", NULL));
  assert_false(imported_f(t));
  assert_false(exported_f(t));
  assert_true(imported_g(t));
}

static void test_a_side_in_front_limits_the_match(void **state) {
  fixture *t = *state;
  assert_true(use(t, "export:a:b/i#f", NULL));
  assert_true(imported_f(t));
  assert_false(exported_f(t));
}

static void test_options_and_commas_add_up(void **state) {
  fixture *t = *state;
  assert_true(use(t, "import:a:b/i#f,g", "export:a:b/i#f"));
  assert_false(imported_f(t));
  assert_false(exported_f(t));
  assert_false(imported_g(t));
}

static void test_a_filter_may_name_a_plain_function(void **state) {
  fixture *t = *state;
  assert_true(use(t, "a:b/i#plain", NULL));
}

static void test_a_filter_without_match_is_refused_with_a_suggestion(void **state) {
  fixture *t = *state;
  assert_false(use(t, "a:b/i#ff", NULL));
  assert_int_equal(t->diag.messages.count, 2);
  assert_string_equal(str_c(&t->memory, t->diag.messages.items[0].text),
                      "'--sync a:b/i#ff' matches no function of world 'w'");
  assert_string_equal(str_c(&t->memory, t->diag.messages.items[1].text), "did you mean 'a:b/i#f'?");
}

static void test_a_filter_for_the_other_side_is_refused(void **state) {
  fixture *t = *state;
  assert_false(use(t, "g,export:g", NULL));
  assert_int_equal(t->diag.errors, 1);
  assert_string_equal(str_c(&t->memory, t->diag.messages.items[0].text),
                      "'--sync export:g' matches no function of world 'w'");
  assert_string_equal(str_c(&t->memory, t->diag.messages.items[1].text), "'g' is only imported");
}

static void test_an_empty_filter_is_refused(void **state) {
  fixture *t = *state;
  assert_false(use(t, "g,", NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_no_filter_leaves_async_functions_async),
      TEST(test_a_plain_function_is_never_async),
      TEST(test_all_makes_everything_sync),
      TEST(test_a_function_is_matched_on_both_sides),
      TEST(test_a_side_in_front_limits_the_match),
      TEST(test_options_and_commas_add_up),
      TEST(test_a_filter_may_name_a_plain_function),
      TEST(test_a_filter_without_match_is_refused_with_a_suggestion),
      TEST(test_a_filter_for_the_other_side_is_refused),
      TEST(test_an_empty_filter_is_refused),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
