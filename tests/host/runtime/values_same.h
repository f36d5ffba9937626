/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Equality of the values of tests/runtime/values. Floats are equal if they are the same number with the same sign, or both
 * not a number. Results have other names in imports and in exports, so theirs are macros.
 */
#ifndef VALUES_SAME_H
#define VALUES_SAME_H

#include <math.h>

#include "guest.h"

typedef test_values_types_point_t point;
typedef test_values_types_shape_t shape;
typedef test_values_types_small_t small;
typedef test_values_types_pair_t pair;
typedef test_values_types_lists_t lists;
typedef test_values_types_nested_t nested;
typedef test_values_types_big_t big;
typedef guest_tuple12_bool_u8_s8_u16_s16_u32_s32_u64_s64_f32_f64_char32_t scalars;

#define SAME(a, b) ((a) == (b))
#define SAME_RES_EMPTY(a, b) ((a).is_err == (b).is_err)
#define SAME_RES_OK(a, b) (SAME_RES_EMPTY(a, b) && ((a).is_err || (a).val.ok == (b).val.ok))
#define SAME_RES_ERR(a, b) (SAME_RES_EMPTY(a, b) && (!(a).is_err || same_string((a).val.err, (b).val.err)))
#define SAME_RES_BOTH(a, b) \
  (SAME_RES_EMPTY(a, b) && ((a).is_err ? (a).val.err == (b).val.err : same_float((a).val.ok, (b).val.ok)))

static inline bool same_float(double a, double b) {
  return (isnan(a) && isnan(b)) || (a == b && !signbit(a) == !signbit(b));
}

static inline bool same_string(guest_string_t a, guest_string_t b) { return bytes_are_same(a.ptr, a.len, b.ptr, b.len); }
static inline bool same_bytes(guest_list_u8_t a, guest_list_u8_t b) { return bytes_are_same(a.ptr, a.len, b.ptr, b.len); }

static inline bool same_point(point a, point b) { return a.x == b.x && same_float(a.y, b.y) && same_string(a.name, b.name); }

static inline bool same_shape(shape a, shape b) {
  if (a.tag != b.tag) return false;
  switch (a.tag) {
  case TEST_VALUES_TYPES_SHAPE_NOTHING: return true;
  case TEST_VALUES_TYPES_SHAPE_BYTE: return a.val.byte == b.val.byte;
  case TEST_VALUES_TYPES_SHAPE_WIDE: return a.val.wide == b.val.wide;
  case TEST_VALUES_TYPES_SHAPE_SINGLE: return same_float((double)a.val.single, (double)b.val.single);
  case TEST_VALUES_TYPES_SHAPE_DOUBLE: return same_float(a.val.double_, b.val.double_);
  case TEST_VALUES_TYPES_SHAPE_TEXT: return same_string(a.val.text, b.val.text);
  case TEST_VALUES_TYPES_SHAPE_BOTH: return a.val.both.f0 == b.val.both.f0 && a.val.both.f1 == b.val.both.f1;
  case TEST_VALUES_TYPES_SHAPE_AT: return same_point(a.val.at, b.val.at);
  default: return false;
  }
}

static inline bool same_small(small a, small b) {
  if (a.tag != b.tag) return false;
  return a.tag == TEST_VALUES_TYPES_SMALL_REAL ? same_float((double)a.val.real, (double)b.val.real) : a.val.whole == b.val.whole;
}

static inline bool same_pair(pair a, pair b) { return a.f0 == b.f0 && same_string(a.f1, b.f1) && same_float(a.f2, b.f2); }

static inline bool same_opt_u8(guest_option_u8_t a, guest_option_u8_t b) {
  return a.is_some == b.is_some && (!a.is_some || a.val == b.val);
}
static inline bool same_opt_string(guest_option_string_t a, guest_option_string_t b) {
  return a.is_some == b.is_some && (!a.is_some || same_string(a.val, b.val));
}
static inline bool same_opt_opt(guest_option_option_u32_t a, guest_option_option_u32_t b) {
  if (a.is_some != b.is_some || !a.is_some) return a.is_some == b.is_some;
  return a.val.is_some == b.val.is_some && (!a.val.is_some || a.val.val == b.val.val);
}
static inline bool same_opt_shape(test_values_types_option_shape_t a, test_values_types_option_shape_t b) {
  return a.is_some == b.is_some && (!a.is_some || same_shape(a.val, b.val));
}

/* `equal` of all pairs of elements of two lists. A macro, since each list has a type of its own. */
#define LISTS_ARE_SAME(held, a, b, equal)                    \
  do {                                                       \
    (held) = (held) && (a).len == (b).len;                   \
    for (size_t at = 0; (held) && at < (a).len; at++)        \
      (held) = equal((a).ptr[at], (b).ptr[at]);              \
  } while (0)

static inline bool same_u16s(guest_list_u16_t a, guest_list_u16_t b) {
  bool held = true;
  LISTS_ARE_SAME(held, a, b, SAME);
  return held;
}

static inline bool same_tuple(guest_tuple2_u8_u64_t a, guest_tuple2_u8_u64_t b) { return a.f0 == b.f0 && a.f1 == b.f1; }

static inline bool same_numbers(const lists *a, const lists *b) {
  bool held = same_bytes(a->bytes, b->bytes);
  LISTS_ARE_SAME(held, a->bools, b->bools, SAME);
  LISTS_ARE_SAME(held, a->s8s, b->s8s, SAME);
  LISTS_ARE_SAME(held, a->u16s, b->u16s, SAME);
  LISTS_ARE_SAME(held, a->s16s, b->s16s, SAME);
  LISTS_ARE_SAME(held, a->u32s, b->u32s, SAME);
  LISTS_ARE_SAME(held, a->s32s, b->s32s, SAME);
  LISTS_ARE_SAME(held, a->u64s, b->u64s, SAME);
  LISTS_ARE_SAME(held, a->s64s, b->s64s, SAME);
  LISTS_ARE_SAME(held, a->f32s, b->f32s, same_float);
  LISTS_ARE_SAME(held, a->f64s, b->f64s, same_float);
  LISTS_ARE_SAME(held, a->chars, b->chars, SAME);
  LISTS_ARE_SAME(held, a->colors, b->colors, SAME);
  LISTS_ARE_SAME(held, a->perms, b->perms, SAME);
  return held;
}

static inline bool same_result(test_values_types_result_u8_string_t a, test_values_types_result_u8_string_t b) {
  return a.is_err == b.is_err && (a.is_err ? same_string(a.val.err, b.val.err) : a.val.ok == b.val.ok);
}

static inline bool same_lists(lists a, lists b) {
  bool held = same_numbers(&a, &b);
  LISTS_ARE_SAME(held, a.strings, b.strings, same_string);
  LISTS_ARE_SAME(held, a.points, b.points, same_point);
  LISTS_ARE_SAME(held, a.deep, b.deep, same_u16s);
  LISTS_ARE_SAME(held, a.shapes, b.shapes, same_shape);
  LISTS_ARE_SAME(held, a.options, b.options, same_opt_string);
  LISTS_ARE_SAME(held, a.tuples, b.tuples, same_tuple);
  LISTS_ARE_SAME(held, a.results, b.results, same_result);
  return held;
}

static inline bool same_nested(nested a, nested b) {
  bool held = same_opt_string(a.label, b.label) && a.last.is_err == b.last.is_err;
  LISTS_ARE_SAME(held, a.inner, b.inner, same_opt_shape);
  if (!held || !a.last.is_err) return held && same_point(a.last.val.ok, b.last.val.ok);
  LISTS_ARE_SAME(held, a.last.val.err, b.last.val.err, same_string);
  return held;
}

static inline bool same_scalars(scalars a, scalars b) {
  return a.f0 == b.f0 && a.f1 == b.f1 && a.f2 == b.f2 && a.f3 == b.f3 && a.f4 == b.f4 && a.f5 == b.f5 && a.f6 == b.f6 &&
         a.f7 == b.f7 && a.f8 == b.f8 && same_float((double)a.f9, (double)b.f9) && same_float(a.f10, b.f10) && a.f11 == b.f11;
}

static inline bool same_big(big a, big b) {
  return a.a == b.a && a.b == b.b && a.c == b.c && a.d == b.d && a.e == b.e && a.f == b.f && a.g == b.g && a.h == b.h &&
         same_float((double)a.i, (double)b.i) && same_float(a.j, b.j) && a.k == b.k && a.l == b.l && same_string(a.m, b.m) &&
         a.n == b.n && a.o == b.o && same_opt_u8(a.p, b.p) && a.q.is_err == b.q.is_err &&
         (!a.q.is_err || a.q.val.err == b.q.val.err) && same_point(a.r, b.r);
}

#endif
