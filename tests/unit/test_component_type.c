/*
 * Component type: the section byte for byte, its object file, and its assembly.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "abi/component_type.h"
#include "emit/section.h"
#include "support/vec.h"

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

/* package a:b; world w { export f: func(s: string) -> u32; } */
static world *make_world(bool is_async) {
  package *p = arena_new(&memory, package);
  p->name = (package_name){.ns = STR("a"), .name = STR("b")};
  func *f = arena_new(&memory, func);
  f->name = f->item_name = STR("f");
  f->is_async = is_async;
  f->result = type_primitive(TYPE_U32);
  param s = {.name = STR("s"), .type = type_primitive(TYPE_STRING)};
  vec_push(&memory, &f->params, s);
  world *w = arena_new(&memory, world);
  w->name = STR("w");
  w->package = p;
  world_item item = {.kind = ITEM_FUNC, .name = STR("f"), .func = f};
  vec_push(&memory, &w->exports, item);
  return w;
}

static str encode(const world *w, string_encoding encoding) {
  model m = {0};
  section_line_vec lines = component_type_encode(&m, w, encoding, &memory);
  return component_type_bytes(&lines, &memory);
}

/* The reference encoder's bytes for this world, without its producers section, read with Binary.md at hand. */
static const char world_bytes[] = "\0asm\x0d\0\x01\0"
                                  "\x00\x19\x16" /* custom section of 25 bytes */
                                  "wit-component-encoding"
                                  "\x04\x00"                      /* version 4, utf8 */
                                  "\x07\x1e\x01"                  /* type section of 30 bytes, 1 type */
                                  "\x41\x02"                      /* component type, 2 declarators */
                                  "\x01\x41\x02"                  /* type: component, 2 declarators */
                                  "\x01\x40\x01\x01s\x73\x00\x79" /* type 0: func(s: string) -> u32 */
                                  "\x04\x00\x01"
                                  "f\x01\x00" /* export "f" func of type 0 */
                                  "\x04\x00\x05"
                                  "a:b/w\x04\x00"                      /* export "a:b/w" component of type 0 */
                                  "\x0b\x07\x01\x00\x01w\x03\x00\x00"; /* export section: "w", type 0 */

static void test_worked_example(void **state) {
  (void)state;
  str have = encode(make_world(false), ENCODING_UTF8);
  assert_int_equal(have.len, sizeof world_bytes - 1);
  assert_int_equal(have.len, 76);
  assert_memory_equal(have.ptr, world_bytes, have.len);
}

static void test_async_and_encodings(void **state) {
  (void)state;
  char want[sizeof world_bytes];
  memcpy(want, world_bytes, sizeof want);
  enum { ENCODING_AT = 34, FUNC_AT = 44 };
  assert_int_equal(want[FUNC_AT], 0x40);
  want[FUNC_AT] = 0x43; /* async func */
  for (int encoding = ENCODING_UTF8; encoding <= ENCODING_LATIN1_UTF16; encoding++) {
    want[ENCODING_AT] = (char)encoding; /* 0, 1, 2 */
    str have = encode(make_world(true), (string_encoding)encoding);
    assert_memory_equal(have.ptr, want, have.len);
  }
}

/* The section is in the object as it is, under its name, and the linking section names the function. */
static void test_object(void **state) {
  (void)state;
  str payload = encode(make_world(false), ENCODING_UTF8);
  str name = component_type_section_name(STR("w"), STR("-x"), &memory);
  assert_true(str_eq_c(name, "component-type:w-x"));
  str symbol = component_type_force_link_symbol(STR("two_words"), &memory);
  assert_true(str_eq_c(symbol, "__component_type_object_force_link_two_words"));
  str object = component_type_object(name, payload, symbol, &memory);
  static const char head[] = "\0asm\1\0\0\0"
                             "\x01\x04\x01\x60\x00\x00" /* type () -> () */
                             "\x03\x02\x01\x00"         /* function 0 of it */
                             "\x0a\x04\x01\x02\x00\x0b" /* its body: no locals, end */
                             "\x00\x5f\x12"             /* custom section of 1 + 18 + 76 bytes */
                             "component-type:w-x";
  assert_true(object.len > sizeof head + payload.len);
  assert_memory_equal(object.ptr, head, sizeof head - 1);
  assert_memory_equal(object.ptr + sizeof head - 1, payload.ptr, payload.len);
  assert_true(str_ends_with(object, "__component_type_object_force_link_two_words"));
}

static section_line_vec one_line(str bytes) {
  section_line_vec lines = {0};
  section_line line = {.bytes = bytes, .comment = STR("said")};
  vec_push(&memory, &lines, line);
  return lines;
}

static str printed(str bytes) {
  section_line_vec lines = one_line(bytes);
  buf b;
  buf_init(&b, &memory);
  section_print(&b, STR("n"), &lines);
  return buf_str(&b);
}

/* Escapes are for the assembler, doubled for C; '?' too, since two of them may begin a trigraph. */
static void test_assembly_escapes(void **state) {
  (void)state;
  str have = printed((str){"a\0"
                           "1\"\\?\x7f\xff",
                           8});
  assert_string_equal(str_c(&memory, have),
                      "__asm__(\n"
                      "    \".section \\\".custom_section.n\\\",\\\"\\\",@\\n\"\n"
                      "    \".ascii \\\"a\\\\0001\\\\042\\\\134\\\\077\\\\177\\\\377\\\"\\n\" /* said */\n"
                      "    \".text\\n\");\n");
  assert_true(section_name_allowed(STR("component-type:w")));
  assert_false(section_name_allowed(STR("a\"b")));
}

/* No string literal exceeds the 4095 characters that C11 promises (5.2.4.1), so -Wpedantic stays silent. */
static void test_assembly_is_cut(void **state) {
  (void)state;
  char *zeros = arena_alloc(&memory, 5000);
  str text = printed((str){zeros, 5000});
  size_t statements = 0;
  for (size_t at = 0; at < text.len; at++) {
    str rest = str_sub(text, at, text.len);
    statements += str_starts_with(rest, "__asm__(");
  }
  /* 5 characters a byte, so at least 25000 in all, at most 4095 each */
  assert_true(statements >= 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_worked_example),  cmocka_unit_test(test_async_and_encodings),
      cmocka_unit_test(test_object),          cmocka_unit_test(test_assembly_escapes),
      cmocka_unit_test(test_assembly_is_cut),
  };
  return cmocka_run_group_tests_name("component type", tests, memory_start, memory_end);
}
