/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Values of every type in both directions: the guest shows each argument to the host, as a value and as the text that it
 * made of it, and gives back what the host answers. The texts are what C on the other side saw, so that two mistakes
 * cannot cancel each other out.
 */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "values_same.h"

enum { LONG_EVERY = 16 }; /* rounds: the text of 100,000 bytes takes long */

typedef struct host {
  const void *value; /* what the import is to see */
  guest_string_t text;
  bool value_seen, text_seen;
} host;

static void nothing(void *v) { (void)v; }

/* Name, type in imports and in exports, equality, release. */
#define TYPES(X)                                                                                                     \
  X(bool, bool, bool, SAME, nothing)                                                                                 \
  X(u8, uint8_t, uint8_t, SAME, nothing)                                                                             \
  X(s8, int8_t, int8_t, SAME, nothing)                                                                               \
  X(u16, uint16_t, uint16_t, SAME, nothing)                                                                          \
  X(s16, int16_t, int16_t, SAME, nothing)                                                                            \
  X(u32, uint32_t, uint32_t, SAME, nothing)                                                                          \
  X(s32, int32_t, int32_t, SAME, nothing)                                                                            \
  X(u64, uint64_t, uint64_t, SAME, nothing)                                                                          \
  X(s64, int64_t, int64_t, SAME, nothing)                                                                            \
  X(f32, float, float, same_float, nothing)                                                                          \
  X(f64, double, double, same_float, nothing)                                                                        \
  X(char, uint32_t, uint32_t, SAME, nothing)                                                                         \
  X(string, guest_string_t, guest_string_t, same_string, guest_string_free)                                          \
  X(point, point, point, same_point, test_values_types_point_free)                                                   \
  X(shape, shape, shape, same_shape, test_values_types_shape_free)                                                   \
  X(small, small, small, same_small, nothing)                                                                        \
  X(color, test_values_types_color_t, test_values_types_color_t, SAME, nothing)                                      \
  X(perm, test_values_types_perm_t, test_values_types_perm_t, SAME, nothing)                                         \
  X(nine, test_values_types_nine_t, test_values_types_nine_t, SAME, nothing)                                         \
  X(all_flags, test_values_types_all_flags_t, test_values_types_all_flags_t, SAME, nothing)                          \
  X(many, test_values_types_many_t, test_values_types_many_t, SAME, nothing)                                         \
  X(the_pair, pair, pair, same_pair, test_values_types_pair_free)                                                    \
  X(lists, lists, lists, same_lists, test_values_types_lists_free)                                                   \
  X(nested, nested, nested, same_nested, test_values_types_nested_free)                                              \
  X(opt_u8, guest_option_u8_t, guest_option_u8_t, same_opt_u8, nothing)                                              \
  X(opt_string, guest_option_string_t, guest_option_string_t, same_opt_string, guest_option_string_free)             \
  X(opt_opt, guest_option_option_u32_t, guest_option_option_u32_t, same_opt_opt, nothing)                            \
  X(res_empty, test_values_host_result_void_void_t, exports_test_values_echo_result_void_void_t, SAME_RES_EMPTY, nothing) \
  X(res_ok, test_values_host_result_u64_void_t, exports_test_values_echo_result_u64_void_t, SAME_RES_OK, nothing)    \
  X(res_err, test_values_host_result_void_string_t, exports_test_values_echo_result_void_string_t, SAME_RES_ERR,     \
    exports_test_values_echo_result_void_string_free)                                                                \
  X(res_both, test_values_host_result_f32_color_t, exports_test_values_echo_result_f32_color_t, SAME_RES_BOTH, nothing) \
  X(bytes, guest_list_u8_t, guest_list_u8_t, same_bytes, guest_list_u8_free)

static void expect(host *h, const void *value, guest_string_t text) { *h = (host){value, text, false, false}; }

static void check_seen(case_run *c, const host *h, const char *what) {
  case_check(c, h->text_seen, what);
  case_check(c, h->value_seen, "an import gets the value");
}

/* The import, which answers its argument (a view of guest memory), and the call of the export that calls it. */
#define SEE_AND_ECHO(name, Import, Export, same, release)                                                  \
  static Import see_##name(void *user, withost_call *call, guest_string_t text, Import v) {                \
    host *h = user;                                                                                        \
    (void)call;                                                                                            \
    h->text_seen = same_string(text, h->text);                                                             \
    h->value_seen = same(v, *(const Export *)h->value);                                                    \
    return v;                                                                                              \
  }                                                                                                        \
  static void echo_##name(case_run *c, Export value, guest_string_t text) {                                \
    Export back;                                                                                           \
    expect(c->state, &value, text);                                                                        \
    if (!case_called(c, guest_test_values_echo_echo_##name(guest_of(c), NULL, value, &back), "echo-" #name)) return; \
    check_seen(c, c->state, #name ": C sees the value");                                                   \
    case_check(c, same(back, value), "an export answers the value");                                       \
    release(&back);                                                                                        \
  }
TYPES(SEE_AND_ECHO)

static scalars see_scalars(void *user, withost_call *call, guest_string_t text, bool a, uint8_t b, int8_t c, uint16_t d,
                           int16_t e, uint32_t f, int32_t g, uint64_t h, int64_t i, float j, double k, uint32_t l) {
  host *own = user;
  scalars all = {a, b, c, d, e, f, g, h, i, j, k, l};
  (void)call;
  own->text_seen = same_string(text, own->text);
  own->value_seen = same_scalars(all, *(const scalars *)own->value);
  return all;
}

static big see_big(void *user, withost_call *call, guest_string_t text, uint8_t a, uint16_t b, uint32_t c, uint64_t d, int8_t e,
                   int16_t f, int32_t g, int64_t h, float i, double j, uint32_t k, bool l, guest_string_t m,
                   test_values_types_color_t n, test_values_types_perm_t o, guest_option_u8_t p,
                   test_values_types_result_void_u16_t q, point r) {
  host *own = user;
  big all = {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r};
  (void)call;
  own->text_seen = same_string(text, own->text);
  own->value_seen = same_big(all, *(const big *)own->value);
  return all;
}

#define MEMBER(name, Import, Export, same, release) .test_values_host_see_##name = see_##name,
static const guest_imports all_imports = {
  TYPES(MEMBER).test_values_host_see_scalars = see_scalars, .test_values_host_see_big = see_big};

/* ---- Values. A text may have a NUL in it, so its length is that of the literal. ---- */

#define TEXT(literal) ((guest_string_t){(uint8_t *)(uintptr_t)(literal), sizeof(literal) - 1})
#define LIST(T, ...) {(T[]){__VA_ARGS__}, sizeof((T[]){__VA_ARGS__}) / sizeof(T)}
#define SHAPE(case_, member, ...) ((shape){.tag = TEST_VALUES_TYPES_SHAPE_##case_, .val.member = __VA_ARGS__})
#define SOME(...) {true, __VA_ARGS__}

#define CLEF "\xf0\x9d\x84\x9e"
#define HARD "zo\xc3\xab " CLEF " \xf0\x9f\xa6\x80 \0 \xef\xbf\xbf\xf4\x8f\xbf\xbf"
#define POINT ((point){INT32_MIN, -0.5, TEXT(HARD)})
#define POINT_TEXT "(-2147483648 -0.500000 '" HARD "')"

enum { SHAPES = 8 };

static void shapes_make(shape *all) {
  all[0] = (shape){.tag = TEST_VALUES_TYPES_SHAPE_NOTHING};
  all[1] = SHAPE(BYTE, byte, 255);
  all[2] = SHAPE(WIDE, wide, UINT64_MAX);
  all[3] = SHAPE(SINGLE, single, -1.5f);
  all[4] = SHAPE(DOUBLE, double_, 0.000001);
  all[5] = SHAPE(TEXT, text, TEXT(HARD));
  all[6] = SHAPE(BOTH, both, {7, 2.25f});
  all[7] = SHAPE(AT, at, POINT);
}

#define SHAPES_TEXT                                                                                           \
  "nothing byte 255 wide 18446744073709551615 single -1.500000 double 0.000001 text '" HARD "' both 7 2.250000 at " POINT_TEXT

/* ---- What is sent ---- */

static void integers(case_run *c) {
  echo_bool(c, true, TEXT("1"));
  echo_bool(c, false, TEXT("0"));
  echo_u8(c, 0, TEXT("0"));
  echo_u8(c, 255, TEXT("255"));
  echo_s8(c, -128, TEXT("-128"));
  echo_s8(c, 127, TEXT("127"));
  echo_u16(c, 65535, TEXT("65535"));
  echo_s16(c, -32768, TEXT("-32768"));
  echo_s16(c, 32767, TEXT("32767"));
  echo_u32(c, UINT32_MAX, TEXT("4294967295"));
  echo_s32(c, INT32_MIN, TEXT("-2147483648"));
  echo_s32(c, INT32_MAX, TEXT("2147483647"));
  echo_u64(c, UINT64_MAX, TEXT("18446744073709551615"));
  echo_s64(c, INT64_MIN, TEXT("-9223372036854775808"));
  echo_s64(c, INT64_MAX, TEXT("9223372036854775807"));
}

static void floats(case_run *c) {
  echo_f32(c, 1.5f, TEXT("1.500000"));
  echo_f32(c, -0.0f, TEXT("-0.000000"));
  echo_f32(c, NAN, TEXT("nan"));
  echo_f32(c, INFINITY, TEXT("inf"));
  echo_f32(c, FLT_TRUE_MIN, TEXT("0.000000"));
  echo_f64(c, -1.25, TEXT("-1.250000"));
  echo_f64(c, -0.0, TEXT("-0.000000"));
  echo_f64(c, (double)NAN, TEXT("nan"));
  echo_f64(c, (double)-INFINITY, TEXT("-inf"));
  echo_f64(c, DBL_TRUE_MIN, TEXT("0.000000"));
  echo_f64(c, DBL_MAX, TEXT("huge"));
}

static void characters(case_run *c) {
  echo_char(c, 'a', TEXT("97"));
  echo_char(c, 0, TEXT("0"));
  echo_char(c, 0xd7ff, TEXT("55295"));
  echo_char(c, 0xe000, TEXT("57344"));
  echo_char(c, 0x10ffff, TEXT("1114111"));
  echo_string(c, TEXT(""), TEXT("''"));
  echo_string(c, TEXT(HARD), TEXT("'" HARD "'"));
}

static void long_text(case_run *c) {
  enum { SIZE = 100000 };
  uint8_t *quoted = malloc(SIZE + 2);
  if (!quoted) abort();
  for (size_t n = 0; n < SIZE; n++) quoted[n + 1] = (uint8_t)"long "[n % 5];
  quoted[0] = quoted[SIZE + 1] = '\'';
  echo_string(c, (guest_string_t){quoted + 1, SIZE}, (guest_string_t){quoted, SIZE + 2});
  free(quoted);
}

static void named_numbers(case_run *c) {
  echo_color(c, TEST_VALUES_TYPES_COLOR_RED, TEXT("0"));
  echo_color(c, TEST_VALUES_TYPES_COLOR_DARK_BLUE, TEXT("2"));
  echo_perm(c, 0, TEXT("0"));
  echo_perm(c, TEST_VALUES_TYPES_PERM_WRITE, TEXT("2"));
  echo_perm(c, TEST_VALUES_TYPES_PERM_READ | TEST_VALUES_TYPES_PERM_WRITE | TEST_VALUES_TYPES_PERM_RUN, TEXT("7"));
  echo_nine(c, TEST_VALUES_TYPES_NINE_A | TEST_VALUES_TYPES_NINE_I, TEXT("257"));
  echo_all_flags(c, TEST_VALUES_TYPES_ALL_FLAGS_F0 | TEST_VALUES_TYPES_ALL_FLAGS_F31, TEXT("2147483649"));
  echo_all_flags(c, UINT32_MAX, TEXT("4294967295"));
  echo_many(c, TEST_VALUES_TYPES_MANY_C0, TEXT("0"));
  echo_many(c, TEST_VALUES_TYPES_MANY_C256, TEXT("256"));
}

static void aggregates(case_run *c) {
  shape all[SHAPES];
  shapes_make(all);
  echo_point(c, POINT, TEXT(POINT_TEXT));
  echo_shape(c, all[0], TEXT("nothing"));
  echo_shape(c, all[1], TEXT("byte 255"));
  echo_shape(c, all[2], TEXT("wide 18446744073709551615"));
  echo_shape(c, all[3], TEXT("single -1.500000"));
  echo_shape(c, all[4], TEXT("double 0.000001"));
  echo_shape(c, all[5], TEXT("text '" HARD "'"));
  echo_shape(c, all[6], TEXT("both 7 2.250000"));
  echo_shape(c, all[7], TEXT("at " POINT_TEXT));
  echo_small(c, (small){.tag = TEST_VALUES_TYPES_SMALL_REAL, .val.real = -3.75f}, TEXT("-3.750000"));
  echo_small(c, (small){.tag = TEST_VALUES_TYPES_SMALL_WHOLE, .val.whole = UINT32_MAX}, TEXT("4294967295"));
  echo_the_pair(c, (pair){200, TEXT(HARD), 0.25}, TEXT("200'" HARD "'0.250000"));
  echo_bytes(c, (guest_list_u8_t){NULL, 0}, TEXT("[]"));
  echo_bytes(c, (guest_list_u8_t)LIST(uint8_t, 1, 2, 255), TEXT("[1 2 255]"));
}

static void options(case_run *c) {
  echo_opt_u8(c, (guest_option_u8_t){0}, TEXT("none"));
  echo_opt_u8(c, (guest_option_u8_t)SOME(0), TEXT("0"));
  echo_opt_u8(c, (guest_option_u8_t)SOME(255), TEXT("255"));
  echo_opt_string(c, (guest_option_string_t){0}, TEXT("none"));
  echo_opt_string(c, (guest_option_string_t)SOME(TEXT("")), TEXT("''"));
  echo_opt_string(c, (guest_option_string_t)SOME(TEXT(HARD)), TEXT("'" HARD "'"));
  echo_opt_opt(c, (guest_option_option_u32_t){0}, TEXT("none"));
  echo_opt_opt(c, (guest_option_option_u32_t)SOME({0}), TEXT("some none"));
  echo_opt_opt(c, (guest_option_option_u32_t)SOME(SOME(5)), TEXT("5"));
}

#define RESULT(types, ...) ((exports_test_values_echo_result_##types##_t){__VA_ARGS__})

static void results(case_run *c) {
  echo_res_empty(c, RESULT(void_void, false), TEXT("ok"));
  echo_res_empty(c, RESULT(void_void, true), TEXT("error"));
  echo_res_ok(c, RESULT(u64_void, false, {UINT64_MAX}), TEXT("18446744073709551615"));
  echo_res_ok(c, RESULT(u64_void, true, {0}), TEXT("error"));
  echo_res_err(c, RESULT(void_string, .is_err = false), TEXT("ok"));
  echo_res_err(c, RESULT(void_string, true, {TEXT(HARD)}), TEXT("'" HARD "'"));
  echo_res_err(c, RESULT(void_string, true, {TEXT("")}), TEXT("''"));
  echo_res_both(c, RESULT(f32_color, false, {.ok = 0.5f}), TEXT("0.500000"));
  echo_res_both(c, RESULT(f32_color, true, {.err = TEST_VALUES_TYPES_COLOR_DARK_BLUE}), TEXT("2"));
}

#define LISTS_TEXT                                                                                                        \
  "[1 0][0 255][-128 127][0 65535][-32768 32767][0 4294967295][-2147483648 2147483647][0 18446744073709551615]"           \
  "[-9223372036854775808 9223372036854775807][0.500000 -inf][nan -0.000000][97 119070]['' '\xc3\xa9' '" HARD "']"         \
  "[" POINT_TEXT " (1 2.000000 '')][[] [1 2] [65535]][" SHAPES_TEXT "]['x' none][1:2 255:18446744073709551615][0 2][0 5]" \
  "[9 'no']"

static void of_lists(case_run *c) {
  shape all[SHAPES];
  shapes_make(all);
  lists full = {
    .bools = LIST(bool, true, false), .bytes = LIST(uint8_t, 0, 255), .s8s = LIST(int8_t, -128, 127),
    .u16s = LIST(uint16_t, 0, 65535), .s16s = LIST(int16_t, -32768, 32767), .u32s = LIST(uint32_t, 0, UINT32_MAX),
    .s32s = LIST(int32_t, INT32_MIN, INT32_MAX), .u64s = LIST(uint64_t, 0, UINT64_MAX),
    .s64s = LIST(int64_t, INT64_MIN, INT64_MAX), .f32s = LIST(float, 0.5f, -INFINITY), .f64s = LIST(double, (double)NAN, -0.0),
    .chars = LIST(uint32_t, 'a', 0x1d11e), .strings = LIST(guest_string_t, TEXT(""), TEXT("\xc3\xa9"), TEXT(HARD)),
    .points = LIST(point, POINT, {1, 2, TEXT("")}),
    .deep = LIST(guest_list_u16_t, {NULL, 0}, LIST(uint16_t, 1, 2), LIST(uint16_t, 65535)), .shapes = {all, SHAPES},
    .options = LIST(guest_option_string_t, SOME(TEXT("x")), {0}), .tuples = LIST(guest_tuple2_u8_u64_t, {1, 2}, {255, UINT64_MAX}),
    .colors = LIST(test_values_types_color_t, TEST_VALUES_TYPES_COLOR_RED, TEST_VALUES_TYPES_COLOR_DARK_BLUE),
    .perms = LIST(test_values_types_perm_t, 0, TEST_VALUES_TYPES_PERM_READ | TEST_VALUES_TYPES_PERM_RUN),
    .results = LIST(test_values_types_result_u8_string_t, {false, {.ok = 9}}, {true, {.err = TEXT("no")}})};
  echo_lists(c, full, TEXT(LISTS_TEXT));
  echo_lists(c, (lists){0}, TEXT("[][][][][][][][][][][][][][][][][][][][][]"));
}

static void of_nested(case_run *c) {
  test_values_types_option_shape_t inner[SHAPES + 1] = {{0}};
  shape all[SHAPES];
  shapes_make(all);
  for (size_t n = 0; n < SHAPES; n++) inner[n + 1] = (test_values_types_option_shape_t)SOME(all[n]);
  echo_nested(c, (nested){.last = {.is_err = true}}, TEXT("none[][]"));
  echo_nested(c, (nested){SOME(TEXT(HARD)), {inner, SHAPES + 1}, {false, {.ok = POINT}}},
              TEXT("'" HARD "'[none " SHAPES_TEXT "]" POINT_TEXT));
  echo_nested(c, (nested){SOME(TEXT("")), {NULL, 0}, {true, {.err = LIST(guest_string_t, TEXT("a"), TEXT(""), TEXT(HARD))}}},
              TEXT("''[]['a' '' '" HARD "']"));
}

/* ---- Functions of many parameters ---- */

static void many_scalars(case_run *c, scalars v, guest_string_t text) {
  scalars back;
  expect(c->state, &v, text);
  int error = guest_test_values_echo_echo_scalars(guest_of(c), NULL, v.f0, v.f1, v.f2, v.f3, v.f4, v.f5, v.f6, v.f7,
                                                  v.f8, v.f9, v.f10, v.f11, &back);
  if (!case_called(c, error, "echo-scalars")) return;
  check_seen(c, c->state, "twelve scalars side by side: C sees them");
  case_check(c, same_scalars(back, v), "they come back");
}

static void more_than_sixteen(case_run *c) {
  big back, v = {255, 65535, UINT32_MAX, UINT64_MAX, -128, -32768, INT32_MIN, INT64_MIN, -0.5f, 2.5, 0x1f980, true, TEXT(HARD),
                 TEST_VALUES_TYPES_COLOR_GREEN, TEST_VALUES_TYPES_PERM_RUN, SOME(7), {true, {65535}}, POINT};
  expect(c->state, &v, TEXT("255 65535 4294967295 -1 -128 -32768 -2147483648 -9223372036854775808 129408 1 1 4 7 65535 "
                            "-0.500000 2.500000'" HARD "'" POINT_TEXT));
  int error = guest_test_values_echo_echo_big(guest_of(c), NULL, v.a, v.b, v.c, v.d, v.e, v.f, v.g, v.h, v.i, v.j, v.k,
                                              v.l, v.m, v.n, v.o, v.p, v.q, v.r, &back);
  if (!case_called(c, error, "echo-big")) return;
  check_seen(c, c->state, "more than sixteen flat parameters: C sees them");
  case_check(c, same_big(back, v), "a big result: it comes back");
  test_values_types_big_free(&back);
}

/* ---- The case ---- */

static void open(case_run *c) {
  guest_open(c, &all_imports);
}

static void round_of_calls(case_run *c) {
  integers(c);
  floats(c);
  characters(c);
  if (c->rounds % LONG_EVERY == 0) long_text(c);
  named_numbers(c);
  aggregates(c);
  options(c);
  results(c);
  of_lists(c);
  of_nested(c);
  many_scalars(c, (scalars){true, 255, -128, 65535, -32768, UINT32_MAX, INT32_MIN, UINT64_MAX, INT64_MIN, 0.5f, -0.25, 0x1d11e},
               TEXT("1 255 -128 65535 -32768 4294967295 -2147483648 -1 -9223372036854775808 119070 0.500000 -0.250000"));
  many_scalars(c, (scalars){false, 0, 127, 0, 32767, 0, INT32_MAX, 0, INT64_MAX, -1, 1e6, 0},
               TEXT("0 0 127 0 32767 0 2147483647 0 9223372036854775807 0 -1.000000 1000000.000000"));
  more_than_sixteen(c);
}

/* An instance of its own: it does not survive. */
static void missing_import(case_run *c) {
  static const guest_imports none = {0};
  guest_instance *guest;
  uint32_t out;
  case_check(c, guest_instantiate(c->store, c->programs[0], &none, NULL, &guest) == WITHOST_OK, "an instance without imports");
  case_check(c, guest_test_values_echo_echo_u32(guest, NULL, 1, &out) == WITHOST_ETRAP, "an import that the host leaves out traps");
  case_check(c, strstr(withost_store_message(c->store), "does not provide 'test:values/host#see-u32'") != NULL, "and is named");
}

int main(void) {
  return case_main(&(case_plan){.name = "values", .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(host), .open = open,
                                .round = round_of_calls, .close = missing_import});
}
