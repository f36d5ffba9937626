/*
 * Components that run, as input: spoilt ones are refused with a reason or read, and neither crash nor hang.
 *
 * That intact ones are read right is judged by the reference tool's JSON, in tests/cli/modules.test and
 * tests/corpus/codegen.mjs. Here each byte of these components is changed in several ways, each is cut off at every place,
 * and some ask for more than there is room for.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "abi/component_type.h"
#include "abi/layout.h"
#include "wit/wasm_component.h"
#include "wit/wasm_package.h"

#define SAMPLES "tests/packages/component/"

static size_t read_sample(const char *path, char *bytes, size_t size) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  size_t len = fread(bytes, 1, size, file);
  fclose(file);
  assert_in_range(len, 9, size - 1);
  return len;
}

/* Reads the bytes, and writes what was read as a type section: whatever is accepted must survive the phases behind. */
static bool read_bytes(const char *bytes, size_t len, arena *a) {
  diag d;
  wasm_package p;
  arena_mark start = arena_mark_now(a);
  diag_init(&d, a);
  bool fine = wasm_component_decode((str){bytes, len}, STR("c.wasm"), a, &d, &p);
  assert_int_equal(fine, !diag_failed(&d));
  if (fine) {
    layout_assign(&p.model);
    component_type_encode(&p.model, p.main->worlds.items[0], ENCODING_UTF8, a);
  }
  arena_rewind(a, start);
  return fine;
}

static void test_changed_bytes(void **state) {
  static const unsigned char changes[] = {0x01, 0x02, 0x04, 0x80, 0xff, 0x7f};
  char bytes[4096];
  arena a;
  arena_init(&a);
  size_t len = read_sample(*state, bytes, sizeof bytes);
  assert_true(read_bytes(bytes, len, &a));
  for (size_t i = 0; i < len; i++) {
    for (size_t k = 0; k < sizeof changes; k++) {
      bytes[i] ^= (char)changes[k];
      read_bytes(bytes, len, &a);
      bytes[i] ^= (char)changes[k];
    }
  }
  arena_release(&a);
}

static void test_cut_off(void **state) {
  char bytes[4096];
  arena a;
  arena_init(&a);
  size_t len = read_sample(*state, bytes, sizeof bytes), accepted = 0;
  for (size_t i = 0; i < len; i++)
    accepted += read_bytes(bytes, i, &a); /* behind a section it is a smaller component */
  assert_in_range(accepted, 0, 64);
  arena_release(&a);
}

/* Texts of one section under construction */

static void add(buf *b, const char *bytes, size_t len) {
  buf_add(b, (str){bytes, len});
}

static void add_section(buf *b, char id, str body) {
  buf_add_byte(b, id);
  size_t size = body.len;
  do {
    buf_add_byte(b, (char)((size & 0x7f) | (size > 0x7f ? 0x80 : 0)));
    size >>= 7;
  } while (size > 0);
  buf_add(b, body);
}

#define HEADER "\0asm\x0d\0\1\0"
#define ADD(b, literal) add((b), literal, sizeof(literal) - 1)

/* A component with `inner` inside, and `count` instances of it. */
static str nest(arena *a, str inner, int count) {
  buf b, instances;
  buf_init(&b, a);
  buf_init(&instances, a);
  ADD(&b, HEADER);
  add_section(&b, 4, inner);
  buf_add_byte(&instances, (char)count);
  for (int i = 0; i < count; i++)
    ADD(&instances, "\0\0\0");
  add_section(&b, 5, buf_str(&instances));
  return buf_str(&b);
}

static void assert_refused(arena *a, str bytes, const char *why) {
  diag d;
  wasm_package p;
  diag_init(&d, a);
  assert_false(wasm_component_decode(bytes, STR("c.wasm"), a, &d, &p));
  assert_non_null(strstr(str_c(a, d.messages.items[0].text), why));
}

/* 10 levels of 100 instances each: 100^10 readings without a budget. */
static void test_instances_without_end(void **state) {
  (void)state;
  arena a;
  arena_init(&a);
  str bytes = {HEADER, 8};
  for (int i = 0; i < 10; i++)
    bytes = nest(&a, bytes, 100);
  assert_refused(&a, bytes, "components are instantiated too often");
  arena_release(&a);
}

static void test_nesting_without_end(void **state) {
  (void)state;
  arena a;
  arena_init(&a);
  str bytes = {HEADER, 8};
  for (int i = 0; i < 1000; i++)
    bytes = nest(&a, bytes, 1);
  assert_refused(&a, bytes, "components are nested too deep");
  arena_release(&a);
}

/* Two instance types that stand for each other: no type is behind itself. */
static void test_types_bound_in_a_circle(void **state) {
  (void)state;
  static const char bytes[] = HEADER
      "\7\x17\2"                     /* types: two instances with a type `t` of u8 each */
      "\x42\2\1\x7d\4\0\1t\3\0\0"    /* */
      "\x42\2\1\x7d\4\0\1t\3\0\0"    /* */
      "\x0a\x0b\2\0\1a\5\0\0\1b\5\1" /* imports: a of the first, b of the second */
      "\x0b\x11\2\0\1c\5\0\1\5\1\0\1d\5\1\1\5\0"; /* exports: a as the second, b as the first */
  arena a;
  arena_init(&a);
  assert_refused(&a, (str){bytes, sizeof bytes - 1}, "'t': type appears more than once"); /* as the reference says */
  arena_release(&a);
}

static void test_what_is_a_component(void **state) {
  (void)state;
  char bytes[4096];
  assert_true(wasm_component_is((str){bytes, read_sample(SAMPLES "bare.wasm", bytes, sizeof bytes)}));
  assert_true(wasm_component_is((str){bytes, read_sample(SAMPLES "shim.wasm", bytes, sizeof bytes)}));
  assert_true(wasm_component_is((str){HEADER, 8}));
  assert_false(wasm_component_is((str){HEADER "\x0b\1\0", 11})); /* exports, even none, and nothing else: as packages */
  assert_false(wasm_component_is((str){"\0asm\1\0\0\0", 8}));
}

#define SAMPLE(test, name) {#test " " name, test, NULL, NULL, (void *)(uintptr_t)(SAMPLES name ".wasm")}

int main(void) {
  const struct CMUnitTest tests[] = {
      SAMPLE(test_changed_bytes, "bare"),
      SAMPLE(test_changed_bytes, "composed"),
      SAMPLE(test_changed_bytes, "shim"),
      SAMPLE(test_cut_off, "bare"),
      SAMPLE(test_cut_off, "composed"),
      SAMPLE(test_cut_off, "shim"),
      cmocka_unit_test(test_instances_without_end),
      cmocka_unit_test(test_nesting_without_end),
      cmocka_unit_test(test_types_bound_in_a_circle),
      cmocka_unit_test(test_what_is_a_component),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
