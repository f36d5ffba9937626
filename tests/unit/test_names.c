/*
 * Names: the mapping stated in emit/names.h.
 *
 * Spellings are those of wit-bindgen c 0.63 (recorded from its output; tests/compat holds the whole of it). Keywords are
 * those of the C11, C23 and C++23 standards.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "emit/names.h"

static arena memory;

static int memory_start(void **state) {
  (void)state;
  arena_init(&memory);
  return 0;
}

static int memory_end(void **state) {
  (void)state;
  arena_release(&memory);
  return 0;
}

static void assert_str(str got, const char *want) {
  assert_string_equal(str_c(&memory, got), want);
}

/* Words of WIT names are all lower or all upper case, joined by '-'. */
static void snake_joins_words(void **state) {
  (void)state;
  assert_str(names_snake(&memory, STR("foo")), "foo");
  assert_str(names_snake(&memory, STR("foo-bar")), "foo_bar");
  assert_str(names_snake(&memory, STR("XML")), "xml");
  assert_str(names_snake(&memory, STR("a-XML-b2")), "a_xml_b2");
  assert_str(names_snake(&memory, STR("h1-2")), "h1_2");
}

/* Names of functions in the core ABI carry their kind in brackets. */
static void snake_reads_function_kinds(void **state) {
  (void)state;
  assert_str(names_snake(&memory, STR("[constructor]two-word")), "constructor_two_word");
  assert_str(names_snake(&memory, STR("[method]r.do-it")), "method_r_do_it");
  assert_str(names_snake(&memory, STR("[static][get]r.p")), "static_get_r_p");
  assert_str(names_snake(&memory, STR("[set]p")), "set_p");
}

/* --rename-world takes any text; the reference tool cuts it into words where the case changes. */
static void snake_cuts_at_case(void **state) {
  (void)state;
  assert_str(names_snake(&memory, STR("FooBar")), "foo_bar");
  assert_str(names_snake(&memory, STR("XMLFile")), "xml_file");
  assert_str(names_snake(&memory, STR("a__b ")), "a_b");
  assert_str(names_shouty(&memory, STR("fooBar2-baz")), "FOO_BAR2_BAZ");
}

static void ident_escapes_keywords(void **state) {
  (void)state;
  static const char *const words[] = {
      /* C11 and C23 */
      "restrict", "typeof", "typeof-unqual", "nullptr", "constexpr", "alignas", "static-assert", "thread-local", "bool",
      "inline", "register", "volatile",
      /* C++, of several words and of one */
      "const-cast", "char8-t", "char16-t", "dynamic-cast", "and-eq", "xor-eq", "co-await", "wchar-t", "contract-assert",
      "class", "this", "new", "delete", "operator", "template", "using", "xor", "export", "requires",
      /* names that generated prototypes and <stdio.h> use */
      "ret", "err", "stdin", "stdout", "stderr",
      /* case does not count in C's spelling */
      "INT", "FOR",
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    str ident = names_ident(&memory, str_of(words[i]));
    assert_true(str_ends_with(ident, "_"));
    assert_true(names_is_identifier(ident));
    assert_false(names_is_reserved(ident));
  }
}

/* What the output uses itself would mean something else behind a parameter of that name. */
static void ident_escapes_what_the_output_uses(void **state) {
  (void)state;
  assert_str(names_ident(&memory, STR("uint8-t")), "uint8_t_");
  assert_str(names_ident(&memory, STR("size-t")), "size_t_");
  assert_str(names_ident(&memory, STR("withost-call")), "withost_call_");
  assert_str(names_ident(&memory, STR("witguest-task")), "witguest_task_");
  assert_str(names_ident(&memory, STR("uint8")), "uint8");
}

/* Macros of <errno.h>, <signal.h> and of compilers that speak GNU C; a host has no code to be compatible with. */
static void host_idents_are_no_macros(void **state) {
  (void)state;
  static const char *const words[] = {"errno", "linux", "unix", "sa-handler", "noreturn"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    str ident = names_ident_on_host(&memory, str_of(words[i]));
    assert_true(names_is_macro(names_ident(&memory, str_of(words[i]))));
    assert_true(str_ends_with(ident, "_"));
    assert_false(names_is_macro(ident));
  }
  assert_str(names_ident_on_host(&memory, STR("assert")), "assert"); /* a macro only before '(' */
  assert_str(names_ident_on_host(&memory, STR("int")), "int_");
}

/* Code written for the reference tool uses these as they are; only certain headers make macros of them. */
static void ident_keeps_the_rest(void **state) {
  (void)state;
  static const char *const words[] = {"errno", "assert", "linux", "unix", "final", "override", "main", "self", "result"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    assert_str(names_ident(&memory, str_of(words[i])), words[i]);
}

/* The theorem: names that WIT keeps apart stay apart, escaped or not. */
static void ident_is_injective(void **state) {
  (void)state;
  static const char *const names[] = {"int", "i-nt2", "int2",   "in-t2b", "const-cast", "const", "cast", "char8-t",
                                      "a-b", "a",     "b",      "ab-c",   "ret",        "ret2",  "re-t3", "x1", "x-2"};
  size_t count = sizeof names / sizeof *names;
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < i; k++)
      assert_false(str_eq(names_ident(&memory, str_of(names[i])), names_ident(&memory, str_of(names[k]))));
  }
}

static void identifiers_are_recognised(void **state) {
  (void)state;
  assert_true(names_is_identifier(STR("_a1")));
  assert_false(names_is_identifier(STR("")));
  assert_false(names_is_identifier(STR("1a")));
  assert_false(names_is_identifier(STR("a-b")));
  assert_false(names_is_identifier(STR("a\xc3\xa9")));
}

static void public_names_have_single_underscores_inside(void **state) {
  (void)state;
  assert_true(names_is_public(STR("a_b_c1")));
  assert_false(names_is_public(STR("_a")));
  assert_false(names_is_public(STR("a_")));
  assert_false(names_is_public(STR("a__b")));
}

/* Templates mention a name more than once; a world's item that has it is told once. */
static void scope_knows_built_ins(void **state) {
  (void)state;
  diag d;
  name_scope scope;
  source text = {.path = STR("a.wit"), .text = STR("world item")};
  diag_init(&d, &memory);
  name_scope_init(&scope, &memory, &d);
  assert_true(name_scope_claim(&scope, STR("w_event_t"), (span){&text, 6, 10}, "type", STR("event")));
  name_scope_claim_builtin(&scope, STR("w_task_t"), (span){&text, 0, 5}, "a built-in");
  name_scope_claim_builtin(&scope, STR("w_task_t"), (span){&text, 0, 5}, "a built-in");
  assert_int_equal(d.messages.count, 0);
  name_scope_claim_builtin(&scope, STR("w_event_t"), (span){&text, 0, 5}, "a built-in");
  name_scope_claim_builtin(&scope, STR("w_event_t"), (span){&text, 0, 5}, "a built-in");
  assert_int_equal(d.messages.count, 2);
  assert_int_equal(d.messages.items[0].at.start, 6);
  assert_str(d.messages.items[1].text, "a built-in has it");
  name_scope_release(&scope);
}

/* What belongs to a scope inside may be there many times, but not at file scope. */
static void scope_refuses_what_hides_a_claim(void **state) {
  (void)state;
  diag d;
  name_scope scope;
  source text = {.path = STR("a.wit"), .text = STR("item inner")};
  diag_init(&d, &memory);
  name_scope_init(&scope, &memory, &d);
  name_scope_claim(&scope, STR("w_x_t"), (span){&text, 0, 4}, "type", STR("x"));
  name_scope_check_hidden(&scope, STR("w_y_t"), (span){&text, 5, 10}, "field", STR("w-y-t"));
  name_scope_check_hidden(&scope, STR("w_y_t"), (span){&text, 5, 10}, "field", STR("w-y-t"));
  assert_int_equal(d.messages.count, 0);
  name_scope_check_hidden(&scope, STR("w_x_t"), (span){&text, 5, 10}, "field", STR("w-x-t"));
  assert_int_equal(d.messages.count, 2);
  assert_int_equal(d.messages.items[0].at.start, 5);
  assert_int_equal(d.messages.items[1].at.start, 0);
  name_scope_release(&scope);
}

static void scope_refuses_a_second_claim(void **state) {
  (void)state;
  diag d;
  name_scope scope;
  source text = {.path = STR("a.wit"), .text = STR("first second")};
  diag_init(&d, &memory);
  name_scope_init(&scope, &memory, &d);
  assert_true(name_scope_claim(&scope, STR("w_x_t"), (span){&text, 0, 5}, "type", STR("x")));
  assert_false(name_scope_claim(&scope, STR("w_x_t"), (span){&text, 6, 12}, "function", STR("x-t")));
  assert_int_equal(d.messages.count, 2);
  assert_int_equal(d.messages.items[0].level, DIAG_ERROR);
  assert_int_equal(d.messages.items[0].at.start, 6);
  assert_str(d.messages.items[0].text, "the C name 'w_x_t' of function 'x-t' is taken");
  assert_int_equal(d.messages.items[1].level, DIAG_NOTE);
  assert_int_equal(d.messages.items[1].at.start, 0);
  assert_str(d.messages.items[1].text, "type 'x' has it");
  name_scope_release(&scope);
}

/* Joined names can meet keywords and the headers that the output includes. */
static void scope_refuses_foreign_names(void **state) {
  (void)state;
  static const char *const names[] = {"const_cast", "static_assert", "max_align_t", "int_least8_t", "cabi_realloc",
                                      "pthread_create", "INT_FAST8_MAX", "withost_call", "WITHOST_CAN_BLOCK"};
  diag d;
  name_scope scope;
  diag_init(&d, &memory);
  name_scope_init(&scope, &memory, &d);
  scope.library = "withost";
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    assert_false(name_scope_claim(&scope, str_of(names[i]), SPAN_NONE, "function", STR("f")));
    assert_int_equal(d.errors, i + 1);
  }
  name_scope_release(&scope);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(snake_joins_words),
      cmocka_unit_test(snake_reads_function_kinds),
      cmocka_unit_test(snake_cuts_at_case),
      cmocka_unit_test(ident_escapes_keywords),
      cmocka_unit_test(ident_escapes_what_the_output_uses),
      cmocka_unit_test(host_idents_are_no_macros),
      cmocka_unit_test(public_names_have_single_underscores_inside),
      cmocka_unit_test(scope_knows_built_ins),
      cmocka_unit_test(scope_refuses_what_hides_a_claim),
      cmocka_unit_test(ident_keeps_the_rest),
      cmocka_unit_test(ident_is_injective),
      cmocka_unit_test(identifiers_are_recognised),
      cmocka_unit_test(scope_refuses_a_second_claim),
      cmocka_unit_test(scope_refuses_foreign_names),
  };
  return cmocka_run_group_tests_name("names", tests, memory_start, memory_end);
}
