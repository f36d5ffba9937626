/*
 * Wasm package: small binary packages made by hand, good and bad.
 *
 * Bytes are written as in Binary.md of the component model. Most cases are one interface `a:b/i` whose declarators the
 * case gives; what surrounds them is made by package_of().
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "abi/wasm_write.h"
#include "wit/wasm_package.h"

#define BYTES(literal) ((str){literal, sizeof(literal) - 1})

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

/* A component with these type definitions (counted) and one export of type 0 as "i". */
static str component_of(str types, str more_sections) {
  buf b;
  buf_init(&b, &memory);
  buf_add(&b, BYTES("\0asm\x0d\0\x01\0"));
  wasm_write_section(&b, 7, types);
  wasm_write_section(&b, 11, BYTES("\x01\x00\x01i\x03\x00\x00")); /* "i", type 0, not ascribed */
  buf_add(&b, more_sections);
  return buf_str(&b);
}

/* A package with interface a:b/i of `count` declarators. */
static str package_of(uint32_t count, str declarators, str more_sections) {
  buf b;
  buf_init(&b, &memory);
  buf_add(&b, BYTES("\x01\x41\x02\x01\x42")); /* one type: a component, two declarators; type 0: an instance… */
  wasm_write_u32(&b, count);
  buf_add(&b, declarators);
  buf_add(&b, BYTES("\x04\x00\x05"
                    "a:b/i\x05\x00")); /* export "a:b/i", an instance of type 0 */
  return component_of(buf_str(&b), more_sections);
}

static bool decode(str bytes, wasm_package *out, diag *d) {
  diag_init(d, &memory);
  return wasm_package_decode(bytes, STR("p.wasm"), &memory, d, out);
}

static void assert_refused(str bytes, const char *why) {
  wasm_package p;
  diag d;
  assert_false(decode(bytes, &p, &d));
  assert_int_equal(d.errors, 1);
  str text = d.messages.items[0].text;
  for (size_t at = 0; at < text.len; at++) {
    if (str_starts_with(str_sub(text, at, text.len), why)) {
      return;
    }
  }
  fail_msg("'%.*s' does not say '%s'", STR_ARG(text), why);
}

#define REFUSED(count, declarators, why) assert_refused(package_of(count, BYTES(declarators), (str){0}), why)

/* interface i { record p { x: u8 } f: func(a: p) -> p; } */
#define RECORD_AND_FUNC                                                                                                \
  "\x01\x72\x01\x01x\x7d"     /* type 0: record { x: u8 } */                                                           \
  "\x04\x00\x01p\x03\x00\x00" /* type 1: export "p" = type 0 */                                                        \
  "\x01\x40\x01\x01"                                                                                                   \
  "a\x01\x00\x01" /* type 2: func(a: 1) -> 1 */                                                                        \
  "\x04\x00\x01"                                                                                                       \
  "f\x01\x02" /* export "f", a func of type 2 */

static void test_interface(void **state) {
  (void)state;
  wasm_package p;
  diag d;
  assert_true(decode(package_of(4, BYTES(RECORD_AND_FUNC), (str){0}), &p, &d));
  assert_true(str_eq_c(p.main->name.ns, "a"));
  assert_int_equal(p.main->interfaces.count, 1);
  const interface *i = p.main->interfaces.items[0];
  assert_true(str_eq_c(i->name, "i"));
  assert_int_equal(i->types.count, 1);
  assert_int_equal(i->types.items[0]->kind, TYPE_RECORD);
  assert_int_equal(i->funcs.count, 1);
  /* both mentions of the record are the one type */
  assert_ptr_equal(i->funcs.items[0]->params.items[0].type, i->types.items[0]);
  assert_ptr_equal(i->funcs.items[0]->result, i->types.items[0]);
}

/* A primitive may have an index of its own: `(type u8) (type (func (param "a" 0)))`. */
static void test_unnamed_primitive(void **state) {
  (void)state;
  wasm_package p;
  diag d;
  str declarators = BYTES("\x01\x7d"
                          "\x01\x40\x01\x01"
                          "a\x00\x01\x00"
                          "\x04\x00\x01"
                          "f\x01\x01");
  assert_true(decode(package_of(3, declarators, (str){0}), &p, &d));
  const func *f = p.main->interfaces.items[0]->funcs.items[0];
  assert_ptr_equal(f->params.items[0].type, type_primitive(TYPE_U8));
}

static void test_not_a_package(void **state) {
  (void)state;
  assert_refused(BYTES("\0asm\1\0\0\0"), "a core module");
  assert_refused(BYTES("\0asm\x0c\0\1\0"), "not a component of a known version");
  assert_refused(BYTES("\0asm"), "not a component of a known version");
  assert_refused(BYTES("\0asm\x0d\0\1\0"), "nothing is exported");
  /* a core module inside makes it a component that runs */
  assert_refused(BYTES("\0asm\x0d\0\1\0\x01\x08\0asm\1\0\0\0"), "a component that runs");
}

static void test_numbers_and_lengths(void **state) {
  (void)state;
  assert_refused(component_of(BYTES("\x01\x70"), (str){0}), "unexpected end");      /* a list of what? */
  assert_refused(component_of(BYTES("\xff\xff\xff\xff\x1f"), (str){0}), "32 bits"); /* 2^33 - 1 */
  assert_refused(component_of(BYTES("\xff\xff\xff\xff\x0f"), (str){0}), "more items than bytes");
  assert_refused(component_of(BYTES("\x00 "), (str){0}), "left over");
  REFUSED(1, "\x01\x70\xff\xff\xff\xff\x2f", "33 bits");
  REFUSED(1,
          "\x01\x6d\x01\x7f"
          "a",
          "longer than what is left");
  REFUSED(1, "\x01\x6d\x01\x01\xff", "UTF-8");
}

static void test_indices(void **state) {
  (void)state;
  REFUSED(1, "\x04\x00\x01p\x03\x00\x05", "unknown type index");
  REFUSED(1, "\x02\x03\x02\x01\x05", "unknown type index");      /* alias outer 1 5 */
  REFUSED(1, "\x02\x03\x02\x09\x00", "further out");             /* alias outer 9 0 */
  REFUSED(1, "\x02\x03\x00\x00\x01p", "unknown instance index"); /* alias export of instance 0 */
  REFUSED(1, "\x01\x69\x00", "unknown type index");              /* own of nothing */
  REFUSED(2, "\x01\x70\x7d\x01\x69\x00", "of another kind");     /* own of a list */
  REFUSED(2, "\x01\x40\x00\x01\x00\x01\x70\x00", "not a value"); /* list of a function */
}

static void test_types(void **state) {
  (void)state;
  REFUSED(1, "\x01\x72\x00", "without parts");   /* empty record */
  REFUSED(1, "\x01\x6d\x00", "without parts");   /* empty enum */
  REFUSED(1, "\x01\x67\x7d\x00", "length zero"); /* list<u8, 0> */
  REFUSED(1, "\x01\x63\x76\x7d", "map keys");    /* map<f32, u8> */
  REFUSED(1, "\x01\x66\x01\x74", "stream of characters");
  REFUSED(1,
          "\x01\x71\x01\x01"
          "a\x00\x01\x00",
          "refines");
  REFUSED(1, "\x01\x50\x00", "unknown kind of type"); /* a core module type */
  REFUSED(1,
          "\x01\x72\x02\x03"
          "a-b\x7d\x02"
          "ab\x7d",
          "conflicts"); /* equal without hyphens */
  REFUSED(1,
          "\x01\x72\x01\x03"
          "A_b\x7d",
          "kebab");
  REFUSED(1,
          "\x01\x72\x01\x02"
          "1a\x7d",
          "kebab");
  /* resource r; borrow<r> in a result */
  REFUSED(3,
          "\x04\x00\x01r\x03\x01"
          "\x01\x68\x00"
          "\x01\x40\x00\x00\x01",
          "borrowed handle in a result");
  REFUSED(3,
          "\x04\x00\x01r\x03\x01"
          "\x01\x68\x00"
          "\x01\x66\x01\x01",
          "borrowed handle in a stream");
  /* enum that is used but never exported */
  REFUSED(3,
          "\x01\x6d\x01\x01"
          "a"
          "\x01\x40\x01\x01x\x00\x01\x00"
          "\x04\x00\x01"
          "f\x01\x01",
          "without a name");
}

static void test_functions(void **state) {
  (void)state;
  REFUSED(2,
          "\x01\x40\x00\x01\x00"
          "\x04\x00\x0b[method]r.m\x01\x00",
          "resource that is not there");
  REFUSED(2,
          "\x01\x40\x00\x01\x00"
          "\x04\x00\x03[]f\x01\x00",
          "not a function's name");
  /* a method without self; a constructor that gives nothing */
  REFUSED(3,
          "\x04\x00\x01r\x03\x01"
          "\x01\x40\x00\x01\x00"
          "\x04\x00\x0b[method]r.m\x01\x01",
          "name asks for");
  REFUSED(3,
          "\x04\x00\x01r\x03\x01"
          "\x01\x40\x00\x01\x00"
          "\x04\x00\x0e[constructor]r\x01\x01",
          "name asks for");
  REFUSED(2,
          "\x01\x43\x00\x01\x00"
          "\x04\x00\x06[get]p\x01\x00",
          "name asks for"); /* an async getter */
}

/* Each level is a list of the one before; a limit keeps every later phase from running out of stack. */
static void test_depth(void **state) {
  (void)state;
  for (uint32_t levels = 96; levels <= 97; levels++) {
    buf b;
    wasm_package p;
    diag d;
    buf_init(&b, &memory);
    buf_add(&b, BYTES("\x01\x70\x7d")); /* list<u8> has depth 2 */
    for (uint32_t i = 0; i + 1 < levels; i++) {
      buf_add(&b, BYTES("\x01\x70"));
      wasm_write_s33(&b, i);
    }
    str nested = package_of(levels, buf_str(&b), (str){0});
    assert_int_equal(decode(nested, &p, &d), levels == 96);
  }
  buf b;
  buf_init(&b, &memory);
  buf_add_byte(&b, 1);
  for (int i = 0; i < 1000; i++) {
    buf_add(&b, BYTES("\x41\x01\x01")); /* a component type, whose one declarator is a type, which is… */
  }
  assert_refused(component_of(buf_str(&b), (str){0}), "component types are nested too deep");
}

/* 3000 enums of one definition with 3000 cases: 40 KB of input that would make nine million cases. */
static void test_repetition(void **state) {
  (void)state;
  enum { COUNT = 3000 };
  buf b;
  buf_init(&b, &memory);
  buf_add(&b, BYTES("\x01\x6d"));
  wasm_write_u32(&b, COUNT);
  for (int i = 0; i < COUNT; i++) {
    wasm_write_name(&b, str_format(&memory, "c%d", i));
  }
  for (int i = 0; i < COUNT; i++) {
    buf_add(&b, BYTES("\x04\x00"));
    wasm_write_name(&b, str_format(&memory, "t%d", i));
    buf_add(&b, BYTES("\x03\x00\x00")); /* a type, equal to type 0 */
  }
  assert_refused(package_of(COUNT + 1, buf_str(&b), (str){0}), "repeated too often");
}

/* type t0 = u8; type t1 = t0; …: following such a chain from every link must not take quadratic time. */
static void test_alias_chain(void **state) {
  (void)state;
  for (uint32_t count = 1000; count <= 1001; count++) {
    buf b;
    wasm_package p;
    diag d;
    buf_init(&b, &memory);
    buf_add(&b, BYTES("\x01\x7d"));
    for (uint32_t i = 0; i < count; i++) {
      buf_add(&b, BYTES("\x04\x00"));
      wasm_write_name(&b, str_format(&memory, "t%u", i));
      buf_add(&b, BYTES("\x03\x00"));
      wasm_write_u32(&b, i);
    }
    str chain = package_of(count + 1, buf_str(&b), (str){0});
    assert_int_equal(decode(chain, &p, &d), count == 1000);
  }
}

/* Docs */

static str docs_section(str contents) {
  buf inside, b;
  buf_init(&inside, &memory);
  wasm_write_name(&inside, STR("package-docs"));
  buf_add(&inside, contents);
  buf_init(&b, &memory);
  wasm_write_section(&b, 0, buf_str(&inside));
  return buf_str(&b);
}

static str documented(str contents) {
  return package_of(4, BYTES(RECORD_AND_FUNC), docs_section(contents));
}

static void test_docs(void **state) {
  (void)state;
  wasm_package p;
  diag d;
  assert_true(decode(documented(BYTES("\1{\"docs\":\"D\",\"interfaces\":{\"i\":{\"docs\":\"I\","
                                      "\"stability\":{\"stable\":{\"since\":\"1.2.3\"}},"
                                      "\"funcs\":{\"f\":{\"docs\":\"F\"}},"
                                      "\"types\":{\"p\":{\"items\":{\"x\":\"X\"}}}}}}")),
                     &p, &d));
  const interface *i = p.main->interfaces.items[0];
  assert_true(str_eq_c(p.main->docs.text, "D"));
  assert_true(str_eq_c(i->docs.text, "I"));
  assert_int_equal(i->stability.kind, STABILITY_STABLE);
  assert_int_equal(i->stability.since.minor, 2);
  assert_true(str_eq_c(i->funcs.items[0]->docs.text, "F"));
  assert_false(i->types.items[0]->docs.present);
  assert_true(str_eq_c(i->types.items[0]->members.items[0].docs.text, "X"));
  /* version 0: functions have their docs alone */
  assert_true(decode(documented(BYTES("\0{\"interfaces\":{\"i\":{\"funcs\":{\"f\":\"F\"}}}}")), &p, &d));
  assert_true(str_eq_c(p.main->interfaces.items[0]->funcs.items[0]->docs.text, "F"));
}

static void test_bad_docs(void **state) {
  (void)state;
  assert_refused(documented(BYTES("")), "unknown version");
  assert_refused(documented(BYTES("\2{}")), "unknown version");
  assert_refused(documented(BYTES("\1{")), "not JSON");
  assert_refused(documented(BYTES("\1[]")), "object expected");
  assert_refused(documented(BYTES("\1{\"docs\":1}")), "text expected");
  assert_refused(documented(BYTES("\1{\"more\":1}")), "unknown field");
  assert_refused(documented(BYTES("\1{\"interfaces\":{\"j\":{}}}")), "not there");
  assert_refused(documented(BYTES("\1{\"interfaces\":{\"i\":{\"types\":{\"p\":{\"items\":{\"y\":\"\"}}}}}}")),
                 "not there");
  assert_refused(documented(BYTES("\1{\"interfaces\":{\"i\":{\"stability\":{\"stable\":{\"since\":\"1\"}}}}}")),
                 "version expected");
}

/* Damage: every prefix is refused, every changed bit is refused or read, nothing crashes. */

static void test_truncated(void **state) {
  (void)state;
  str whole = documented(BYTES("\1{\"docs\":\"D\"}"));
  str bare = package_of(4, BYTES(RECORD_AND_FUNC), (str){0});
  wasm_package p;
  diag d;
  for (size_t length = 0; length < whole.len; length++) {
    bool complete = length == bare.len; /* the docs were cut off whole */
    assert_int_equal(decode(str_sub(whole, 0, length), &p, &d), complete);
    assert_int_equal(d.errors, !complete);
  }
}

static void test_changed_bits(void **state) {
  (void)state;
  str whole = documented(BYTES("\1{\"interfaces\":{\"i\":{\"docs\":\"I\"}}}"));
  char *bytes = (char *)(uintptr_t)str_copy(&memory, whole).ptr;
  for (size_t bit = 0; bit < whole.len * 8; bit++) {
    wasm_package p;
    diag d;
    bytes[bit / 8] ^= (char)(1 << (bit % 8));
    bool fine = decode((str){bytes, whole.len}, &p, &d);
    assert_int_equal(d.errors, !fine);
    bytes[bit / 8] ^= (char)(1 << (bit % 8));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_interface),     cmocka_unit_test(test_unnamed_primitive),
      cmocka_unit_test(test_not_a_package), cmocka_unit_test(test_numbers_and_lengths),
      cmocka_unit_test(test_indices),       cmocka_unit_test(test_types),
      cmocka_unit_test(test_functions),     cmocka_unit_test(test_depth),
      cmocka_unit_test(test_repetition),    cmocka_unit_test(test_alias_chain),
      cmocka_unit_test(test_docs),          cmocka_unit_test(test_bad_docs),
      cmocka_unit_test(test_truncated),     cmocka_unit_test(test_changed_bits),
  };
  return cmocka_run_group_tests_name("wasm package", tests, memory_start, memory_end);
}
