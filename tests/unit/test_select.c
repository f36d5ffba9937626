/*
 * Choosing a world: by name in the package that the input is, by full name anywhere.
 *
 * The rules are those of the reference tool (component-model design/mvp/WIT.md, Specifying a World): a bare name is looked
 * up in the main package; a version may be left out when there is only one.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wit/resolve.h"

/* main package a:main@1.0.0 with w1 and w2; dep:x@0.1.0 and @0.2.0 with a world w each; dep:x@0.2.1 */
#define VERSIONS "tests/corpus/own/versions-side.wit"
#define ONE      "tests/corpus/own/resource-aliases.wit" /* one world: w */
#define NONE     "../shared/corpus/wit-ui/types.wit"      /* no world */

typedef struct choice {
  const char *name, *input, *wanted;
  const char *package, *world; /* NULL: refused */
  size_t messages;             /* then: the error and its notes */
} choice;

static const choice choices[] = {
    {"the only world", ONE, "", "a:b", "w", 0},
    {"by name", VERSIONS, "w2", "a:main@1.0.0", "w2", 0},
    {"by full name", VERSIONS, "dep:x/w@0.2.0", "dep:x@0.2.0", "w", 0},
    {"without the version of a package that has one", VERSIONS, "a:main/w1", "a:main@1.0.0", "w1", 0},
    {"with an escape", VERSIONS, "%a:%main/%w1@1.0.0", "a:main@1.0.0", "w1", 0},
    {"several worlds, each in a note", VERSIONS, "", NULL, NULL, 3},
    {"no world", NONE, "", NULL, NULL, 1},
    {"a name that is near two others", VERSIONS, "w3", NULL, NULL, 2},
    {"a world of another package by its bare name", VERSIONS, "w", NULL, NULL, 3},
    {"a package in several versions", VERSIONS, "dep:x/w", NULL, NULL, 3},
    {"a version that is not there", VERSIONS, "dep:x/w@0.3.0", NULL, NULL, 3},
    {"a package version without worlds", VERSIONS, "dep:x/w@0.2.1", NULL, NULL, 1},
    {"an unknown package", VERSIONS, "no:such/w", NULL, NULL, 3},
    {"a package without a world", VERSIONS, "a:main", NULL, NULL, 1},
    {"a version without a package", VERSIONS, "w1@1.0.0", NULL, NULL, 1},
    {"a version that is none", VERSIONS, "a:main/w1@one", NULL, NULL, 1},
    {"nothing after the slash", VERSIONS, "a:main/", NULL, NULL, 1},
    {"nested names", VERSIONS, "a:b:c/w", NULL, NULL, 1},
};

static void test_choice(void **state) {
  const choice *c = *state;
  arena a;
  diag d;
  resolved input;
  resolve_options options = {0};
  arena_init(&a);
  diag_init(&d, &a);
  str items[] = {str_of(c->input)};
  str_vec paths = {.items = items, .count = 1};
  assert_true(wit_resolve(&paths, &options, &a, &d, &input));
  const world *w = wit_select_world(&input, str_of(c->wanted), &a, &d);
  assert_int_equal(d.messages.count, c->messages);
  if (c->world == NULL) {
    assert_null(w);
    assert_true(diag_failed(&d));
  } else {
    assert_non_null(w);
    assert_string_equal(str_c(&a, w->name), c->world);
    assert_string_equal(str_c(&a, package_name_text(&a, &w->package->name)), c->package);
  }
  arena_release(&a);
}

int main(void) {
  struct CMUnitTest tests[sizeof choices / sizeof choices[0]];
  for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
    tests[i] = (struct CMUnitTest){
        .name = choices[i].name, .test_func = test_choice, .initial_state = (void *)(uintptr_t)&choices[i]};
  }
  return _cmocka_run_group_tests("select", tests, sizeof tests / sizeof tests[0], NULL, NULL);
}
