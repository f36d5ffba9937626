/*
 * Layout: sizes, alignments, offsets, flat types and signatures against the Canonical ABI.
 *
 * Expectations are worked out by hand from CanonicalABI.md (Alignment, Element Size, Flattening) and say which sentence
 * they follow from.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "abi/layout.h"
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

/* Types by hand */

static type *make(type_kind kind) {
  type *t = arena_new(&memory, type);
  t->kind = kind;
  return t;
}

static type *laid_out(type *t) {
  layout_assign_type(t);
  return t;
}

static type *make_of(type_kind kind, const type *elem) {
  type *t = make(kind);
  t->elem = elem;
  return laid_out(t);
}

/* Record, tuple or variant of `count` parts; NULL is a case without payload. */
static type *make_members(type_kind kind, size_t count, const type *const *parts) {
  type *t = make(kind);
  for (size_t i = 0; i < count; i++) {
    member m = {.type = parts[i]};
    vec_push(&memory, &t->members, m);
  }
  return laid_out(t);
}

static type *make_cases(type_kind kind, size_t count) {
  type *t = make(kind);
  for (size_t i = 0; i < count; i++) {
    member m = {0};
    vec_push(&memory, &t->members, m);
  }
  return laid_out(t);
}

static const type *prim(type_kind kind) {
  return type_primitive(kind);
}

#define PARTS(kind, ...)                                                                                               \
  make_members(kind, sizeof((const type *[]){__VA_ARGS__}) / sizeof(const type *), (const type *[]){__VA_ARGS__})
#define U8     prim(TYPE_U8)
#define U16    prim(TYPE_U16)
#define U32    prim(TYPE_U32)
#define U64    prim(TYPE_U64)
#define F32    prim(TYPE_F32)
#define F64    prim(TYPE_F64)
#define STRING prim(TYPE_STRING)

static void assert_memory(const type *t, uint32_t size, uint32_t align) {
  assert_int_equal(layout_size(t), size);
  assert_int_equal(layout_align(t), align);
}

/* `flat` holds one letter for each core type: i, I, f, F for i32, i64, f32, f64. */
static void assert_core_types(const core_type *types, size_t count, const char *flat) {
  static const char letters[] = {[CORE_I32] = 'i', [CORE_I64] = 'I', [CORE_F32] = 'f', [CORE_F64] = 'F'};
  char have[MAX_FLAT_PARAMS + 2] = {0};
  for (size_t i = 0; i < count; i++)
    have[i] = letters[types[i]];
  assert_string_equal(have, flat);
}

static void assert_flat(const type *t, const char *flat) {
  core_type types[MAX_FLAT_PARAMS];
  size_t count = layout_flatten(t, types, MAX_FLAT_PARAMS);
  assert_core_types(types, count, flat);
}

/* Memory */

static void test_primitives(void **state) {
  (void)state;
  static const struct {
    type_kind kind;
    uint32_t size, align;
    const char *flat;
  } rows[] = {
      {TYPE_BOOL, 1, 1, "i"},          {TYPE_U8, 1, 1, "i"},  {TYPE_S8, 1, 1, "i"},  {TYPE_U16, 2, 2, "i"},
      {TYPE_S16, 2, 2, "i"},           {TYPE_U32, 4, 4, "i"}, {TYPE_S32, 4, 4, "i"}, {TYPE_CHAR, 4, 4, "i"},
      {TYPE_U64, 8, 8, "I"},           {TYPE_S64, 8, 8, "I"}, {TYPE_F32, 4, 4, "f"}, {TYPE_F64, 8, 8, "F"},
      {TYPE_STRING, 8, 4, "ii"},       /* pointer and length */
      {TYPE_ERROR_CONTEXT, 4, 4, "i"}, /* a handle */
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_memory(prim(rows[i].kind), rows[i].size, rows[i].align);
    assert_flat(prim(rows[i].kind), rows[i].flat);
  }
}

static void test_handles_and_lists(void **state) {
  (void)state;
  type *resource = make(TYPE_RESOURCE);
  static const type_kind handles[] = {TYPE_OWN, TYPE_BORROW, TYPE_STREAM, TYPE_FUTURE};
  for (size_t i = 0; i < sizeof handles / sizeof *handles; i++) {
    const type *t = make_of(handles[i], resource);
    assert_memory(t, 4, 4); /* an index into the instance's table */
    assert_flat(t, "i");
  }
  /* pointer and length, whatever the element; a map is list<tuple<k, v>> */
  const type *list = make_of(TYPE_LIST, U64);
  assert_memory(list, 8, 4);
  assert_flat(list, "ii");
  type *map = make(TYPE_MAP);
  map->key = STRING;
  map->elem = U64;
  assert_memory(laid_out(map), 8, 4);
  /* a fixed-length list lies inline: 3 u16 in 6 bytes, three slots */
  type *fixed = make(TYPE_FIXED_LIST);
  fixed->elem = U16;
  fixed->length = 3;
  assert_memory(laid_out(fixed), 6, 2);
  assert_flat(fixed, "iii");
}

static void test_record_offsets(void **state) {
  (void)state;
  /* u8 at 0, u32 at 4 after 3 bytes of padding, u16 at 8; rounded up to the widest member */
  const type *t = PARTS(TYPE_RECORD, U8, U32, U16);
  assert_int_equal(layout_member_offset(t, 0), 0);
  assert_int_equal(layout_member_offset(t, 1), 4);
  assert_int_equal(layout_member_offset(t, 2), 8);
  assert_memory(t, 12, 4);
  assert_flat(t, "iii");
  /* a record within: its tail padding stays, so the next byte is at 12 and not at 10 */
  const type *outer = PARTS(TYPE_TUPLE, t, U8);
  assert_int_equal(layout_member_offset(outer, 1), 12);
  assert_memory(outer, 16, 4);
  /* an alias is what it stands for */
  const type *alias = make_of(TYPE_ALIAS, outer);
  assert_memory(alias, 16, 4);
  assert_int_equal(layout_member_offset(alias, 1), 12);
  assert_flat(alias, "iiii");
}

static void test_discriminants(void **state) {
  (void)state;
  /* the smallest of u8, u16, u32 that holds every case index */
  assert_memory(make_cases(TYPE_ENUM, 1), 1, 1);
  assert_memory(make_cases(TYPE_ENUM, 256), 1, 1);
  assert_memory(make_cases(TYPE_ENUM, 257), 2, 2);
  assert_memory(make_cases(TYPE_ENUM, 65536), 2, 2);
  assert_memory(make_cases(TYPE_ENUM, 65537), 4, 4);
  assert_int_equal(layout_discriminant(make_cases(TYPE_ENUM, 257)), 2);
  assert_flat(make_cases(TYPE_ENUM, 257), "i");
}

static void test_flags(void **state) {
  (void)state;
  assert_memory(make_cases(TYPE_FLAGS, 8), 1, 1);
  assert_memory(make_cases(TYPE_FLAGS, 9), 2, 2);
  assert_memory(make_cases(TYPE_FLAGS, 16), 2, 2);
  assert_memory(make_cases(TYPE_FLAGS, 17), 4, 4);
  assert_memory(make_cases(TYPE_FLAGS, 32), 4, 4);
  assert_flat(make_cases(TYPE_FLAGS, 32), "i"); /* one i32 up to 32 labels */
}

static void test_payload_offsets(void **state) {
  (void)state;
  /* the payload starts at the alignment of the widest case, for every case */
  const type *t = PARTS(TYPE_VARIANT, U8, U64, NULL);
  assert_int_equal(layout_payload_offset(t), 8);
  assert_memory(t, 16, 8);
  const type *narrow = PARTS(TYPE_VARIANT, U8, NULL);
  assert_int_equal(layout_payload_offset(narrow), 1);
  assert_memory(narrow, 2, 1);
  /* size 1 + 8 of payload aligned to 4: 4 + 8 */
  const type *option = make_of(TYPE_OPTION, STRING);
  assert_int_equal(layout_payload_offset(option), 4);
  assert_memory(option, 12, 4);
  /* result without payloads is a bare discriminant */
  const type *bare = laid_out(make(TYPE_RESULT));
  assert_memory(bare, 1, 1);
  assert_flat(bare, "i");
  /* a 2-byte discriminant before 1-byte payloads: payload at 2, size rounded up to 4 */
  const type *cases[257] = {0};
  cases[0] = U8;
  const type *many = make_members(TYPE_VARIANT, 257, cases);
  assert_int_equal(layout_payload_offset(many), 2);
  assert_memory(many, 4, 2);
}

static void test_joins(void **state) {
  (void)state;
  assert_int_equal(layout_join(CORE_F32, CORE_F32), CORE_F32);
  assert_int_equal(layout_join(CORE_I32, CORE_F32), CORE_I32); /* an f32's bits fit into an i32 */
  assert_int_equal(layout_join(CORE_F32, CORE_F64), CORE_I64);
  assert_int_equal(layout_join(CORE_I32, CORE_I64), CORE_I64);
  assert_int_equal(layout_join(CORE_F64, CORE_I64), CORE_I64);
  /* slot by slot; the longest case decides how many */
  const type *pair = PARTS(TYPE_TUPLE, F32, F64);
  assert_flat(PARTS(TYPE_VARIANT, U32, pair), "iiF");
  type *result = make(TYPE_RESULT);
  result->elem = F64;
  result->err = STRING;
  assert_flat(laid_out(result), "iIi");
}

static void test_flatten_stops(void **state) {
  (void)state;
  type *fixed = make(TYPE_FIXED_LIST);
  fixed->elem = U64;
  fixed->length = 1u << 30;
  core_type types[MAX_FLAT_PARAMS];
  assert_int_equal(layout_flatten(laid_out(fixed), types, MAX_FLAT_PARAMS), MAX_FLAT_PARAMS + 1);
  assert_int_equal(layout_flatten(STRING, types, 1), 2); /* one more than asked for: too many */
  /* a variant whose payload has 16 slots has 17 */
  type *wide = make(TYPE_FIXED_LIST);
  wide->elem = U32;
  wide->length = 16;
  assert_int_equal(layout_flatten(laid_out(wide), types, 16), 16);
  assert_int_equal(layout_flatten(make_of(TYPE_OPTION, wide), types, 16), 17);
}

/* Each of 100 records refers twice to the one before: 2^100 leaves that nothing may visit. */
static void test_doubling_is_linear(void **state) {
  (void)state;
  const type *records = PARTS(TYPE_RECORD, U8, U8);
  const type *variants = PARTS(TYPE_VARIANT, U8, U8);
  for (int i = 0; i < 100; i++) {
    records = PARTS(TYPE_RECORD, records, records);
    variants = PARTS(TYPE_VARIANT, variants, variants);
  }
  assert_true(layout_too_large(records));
  assert_int_equal(layout_size(records), UINT32_MAX); /* sticks */
  assert_memory(variants, 102, 1);                    /* a byte each, the innermost with a payload */
}

/* The limit, 2^28 bytes, is defined with 64-bit pointers: 16 bytes a string. */
static void test_too_large(void **state) {
  (void)state;
  type *t = make(TYPE_FIXED_LIST);
  t->elem = STRING;
  t->length = (1u << 24) - 1;
  assert_false(layout_too_large(laid_out(t)));
  assert_int_equal(layout_size(t), ((1u << 24) - 1) * 8);
  type *more = make(TYPE_FIXED_LIST);
  more->elem = STRING;
  more->length = 1u << 24;
  assert_true(layout_too_large(laid_out(more)));
}

/* 97 levels: validators count 100 with the world, the component and an instance or function around. */
static void test_too_deep(void **state) {
  (void)state;
  const type *t = U8;
  for (int i = 0; i < 96; i++) {
    t = make_of(TYPE_OPTION, t);
    t = make_of(TYPE_ALIAS, t); /* does not count */
  }
  assert_false(layout_too_deep(t));
  assert_true(layout_too_deep(make_of(TYPE_LIST, t)));
}

/* Signatures */

static func make_func(size_t count, const type *param_type, const type *result) {
  func f = {.result = result};
  for (size_t i = 0; i < count; i++) {
    param p = {.type = param_type};
    vec_push(&memory, &f.params, p);
  }
  layout_assign_params(&f.params);
  return f;
}

/* "params->result", letters as above. */
static void assert_signature(const func_signature *s, const char *params, const char *result) {
  assert_core_types(s->params, s->param_count, params);
  assert_core_types(&s->result, s->has_result ? 1 : 0, result);
}

static void test_param_record(void **state) {
  (void)state;
  func f = {0};
  const type *types[] = {U8, U64, STRING};
  for (size_t i = 0; i < 3; i++) {
    param p = {.type = types[i]};
    vec_push(&memory, &f.params, p);
  }
  layout_assign_params(&f.params);
  assert_int_equal(layout_param_offset(&f.params, 1), 8);
  assert_int_equal(layout_param_offset(&f.params, 2), 16);
  assert_int_equal(layout_params_align(&f.params), 8);
  assert_int_equal(layout_params_size(&f.params), 24);
  func none = {0};
  assert_int_equal(layout_params_size(&none.params), 0);
}

static void test_sync_signatures(void **state) {
  (void)state;
  /* one flat result is returned; more go through memory: an import's caller gives the place, an export returns it */
  func one = make_func(2, F32, U64);
  func_signature s = layout_signature(&one, ABI_IMPORT_SYNC);
  assert_signature(&s, "ff", "I");
  func two = make_func(1, U32, STRING);
  s = layout_signature(&two, ABI_IMPORT_SYNC);
  assert_signature(&s, "ii", "");
  assert_true(s.result_spilled);
  s = layout_signature(&two, ABI_EXPORT_SYNC);
  assert_signature(&s, "i", "i");
  assert_true(s.result_spilled);
  /* 16 slots are still passed flat, 17 are not; the out pointer does not count */
  func full = make_func(16, U64, STRING);
  s = layout_signature(&full, ABI_IMPORT_SYNC);
  assert_signature(&s, "IIIIIIIIIIIIIIIIi", "");
  assert_false(s.params_spilled);
  func over = make_func(17, U64, STRING);
  s = layout_signature(&over, ABI_IMPORT_SYNC);
  assert_signature(&s, "ii", "");
  assert_true(s.params_spilled);
  s = layout_signature(&over, ABI_EXPORT_SYNC);
  assert_signature(&s, "i", "i");
}

static void test_async_signatures(void **state) {
  (void)state;
  /* async imports: 4 slots, every result through memory, status returned */
  func four = make_func(4, U32, U8);
  func_signature s = layout_signature(&four, ABI_IMPORT_ASYNC);
  assert_signature(&s, "iiiii", "i");
  assert_true(s.result_spilled);
  func five = make_func(5, U32, NULL);
  s = layout_signature(&five, ABI_IMPORT_ASYNC);
  assert_signature(&s, "i", "i");
  assert_true(s.params_spilled);
  assert_false(s.result_spilled);
  /* async exports: parameters as for sync, a callback code back, the value through task.return */
  s = layout_signature(&five, ABI_EXPORT_ASYNC_CALLBACK);
  assert_signature(&s, "iiiii", "i");
  assert_false(s.params_spilled);
  s = layout_task_return(&five);
  assert_signature(&s, "", "");
  func text = make_func(0, NULL, make_of(TYPE_OPTION, STRING));
  s = layout_task_return(&text);
  assert_signature(&s, "iii", "");
  type *wide = make(TYPE_FIXED_LIST);
  wide->elem = F64;
  wide->length = 17;
  func huge = make_func(0, NULL, laid_out(wide));
  s = layout_task_return(&huge);
  assert_signature(&s, "i", "");
  assert_true(s.params_spilled);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_primitives),
      cmocka_unit_test(test_handles_and_lists),
      cmocka_unit_test(test_record_offsets),
      cmocka_unit_test(test_discriminants),
      cmocka_unit_test(test_flags),
      cmocka_unit_test(test_payload_offsets),
      cmocka_unit_test(test_joins),
      cmocka_unit_test(test_flatten_stops),
      cmocka_unit_test(test_doubling_is_linear),
      cmocka_unit_test(test_too_large),
      cmocka_unit_test(test_too_deep),
      cmocka_unit_test(test_param_record),
      cmocka_unit_test(test_sync_signatures),
      cmocka_unit_test(test_async_signatures),
  };
  return cmocka_run_group_tests_name("layout", tests, memory_start, memory_end);
}
