/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Each echo function writes its argument down as text, field by field, shows text and value to the host, and answers
 * with the value that comes back. So a value is lifted and lowered in both directions, and the text tells the host
 * what C saw: two mistakes cannot cancel each other out.
 */
#include <stdlib.h>
#include "guest.h"
#include "rt.h"

typedef test_values_types_point_t point;
typedef test_values_types_shape_t shape;
typedef test_values_types_lists_t lists;
typedef test_values_types_nested_t nested;

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }

/* Values as text */

static void put_string(rt_text *t, const guest_string_t *v) {
  rt_put(t, "'");
  rt_put_n(t, v->ptr, v->len);
  rt_put(t, "'");
}

static void put_point(rt_text *t, const point *v) {
  rt_put(t, "(");
  rt_put_s64(t, v->x);
  rt_put(t, " ");
  rt_put_double(t, v->y);
  rt_put(t, " ");
  put_string(t, &v->name);
  rt_put(t, ")");
}

static void put_shape(rt_text *t, const shape *v) {
  switch (v->tag) {
  case TEST_VALUES_TYPES_SHAPE_NOTHING: rt_put(t, "nothing"); break;
  case TEST_VALUES_TYPES_SHAPE_BYTE: rt_put(t, "byte "); rt_put_u64(t, v->val.byte); break;
  case TEST_VALUES_TYPES_SHAPE_WIDE: rt_put(t, "wide "); rt_put_u64(t, v->val.wide); break;
  case TEST_VALUES_TYPES_SHAPE_SINGLE: rt_put(t, "single "); rt_put_double(t, (double)v->val.single); break;
  case TEST_VALUES_TYPES_SHAPE_DOUBLE: rt_put(t, "double "); rt_put_double(t, v->val.double_); break;
  case TEST_VALUES_TYPES_SHAPE_TEXT: rt_put(t, "text "); put_string(t, &v->val.text); break;
  case TEST_VALUES_TYPES_SHAPE_BOTH:
    rt_put(t, "both ");
    rt_put_u64(t, v->val.both.f0);
    rt_put(t, " ");
    rt_put_double(t, (double)v->val.both.f1);
    break;
  case TEST_VALUES_TYPES_SHAPE_AT: rt_put(t, "at "); put_point(t, &v->val.at); break;
  default: abort();
  }
}

/* A list as [a b c]; `item` is the name of the element inside `put`. */
#define PUT_LIST(t, list, item, put)                  \
  do {                                                \
    rt_put(t, "[");                                   \
    for (size_t n = 0; n < (list).len; n++) {         \
      const __typeof__((list).ptr[0]) *item = &(list).ptr[n]; \
      if (n) rt_put(t, " ");                          \
      put;                                            \
    }                                                 \
    rt_put(t, "]");                                   \
  } while (0)

static void put_lists(rt_text *t, const lists *v) {
  PUT_LIST(t, v->bools, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->bytes, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->s8s, e, rt_put_s64(t, *e));
  PUT_LIST(t, v->u16s, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->s16s, e, rt_put_s64(t, *e));
  PUT_LIST(t, v->u32s, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->s32s, e, rt_put_s64(t, *e));
  PUT_LIST(t, v->u64s, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->s64s, e, rt_put_s64(t, *e));
  PUT_LIST(t, v->f32s, e, rt_put_double(t, (double)*e));
  PUT_LIST(t, v->f64s, e, rt_put_double(t, *e));
  PUT_LIST(t, v->chars, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->strings, e, put_string(t, e));
  PUT_LIST(t, v->points, e, put_point(t, e));
  PUT_LIST(t, v->deep, e, PUT_LIST(t, *e, f, rt_put_u64(t, *f)));
  PUT_LIST(t, v->shapes, e, put_shape(t, e));
  PUT_LIST(t, v->options, e, if (e->is_some) put_string(t, &e->val); else rt_put(t, "none"));
  PUT_LIST(t, v->tuples, e, rt_put_u64(t, e->f0); rt_put(t, ":"); rt_put_u64(t, e->f1));
  PUT_LIST(t, v->colors, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->perms, e, rt_put_u64(t, *e));
  PUT_LIST(t, v->results, e, if (e->is_err) put_string(t, &e->val.err); else rt_put_u64(t, e->val.ok));
}

static void put_nested(rt_text *t, const nested *v) {
  if (v->label.is_some) put_string(t, &v->label.val);
  else rt_put(t, "none");
  PUT_LIST(t, v->inner, e, if (e->is_some) put_shape(t, &e->val); else rt_put(t, "none"));
  if (v->last.is_err) PUT_LIST(t, v->last.val.err, e, put_string(t, e));
  else put_point(t, &v->last.val.ok);
}

/* The text so far as a WIT string; it stays the caller's. */
static guest_string_t *as_string(const rt_text *t, guest_string_t *s) {
  *s = (guest_string_t){(uint8_t *)t->ptr, t->len};
  return s;
}

#define TEXT(put)           \
  rt_text t = {0};          \
  guest_string_t text;      \
  put;                      \
  as_string(&t, &text)

/* Values that C passes by value: nothing to free. */
#define ECHO_SCALAR(name, type, put)                             \
  type exports_test_values_echo_echo_##name(type v) {            \
    TEXT(put);                                                   \
    type result = test_values_host_see_##name(&text, v);         \
    free(t.ptr);                                                 \
    return result;                                               \
  }

ECHO_SCALAR(bool, bool, rt_put_u64(&t, v))
ECHO_SCALAR(u8, uint8_t, rt_put_u64(&t, v))
ECHO_SCALAR(s8, int8_t, rt_put_s64(&t, v))
ECHO_SCALAR(u16, uint16_t, rt_put_u64(&t, v))
ECHO_SCALAR(s16, int16_t, rt_put_s64(&t, v))
ECHO_SCALAR(u32, uint32_t, rt_put_u64(&t, v))
ECHO_SCALAR(s32, int32_t, rt_put_s64(&t, v))
ECHO_SCALAR(u64, uint64_t, rt_put_u64(&t, v))
ECHO_SCALAR(s64, int64_t, rt_put_s64(&t, v))
ECHO_SCALAR(f32, float, rt_put_double(&t, (double)v))
ECHO_SCALAR(f64, double, rt_put_double(&t, v))
ECHO_SCALAR(char, uint32_t, rt_put_u64(&t, v))
ECHO_SCALAR(color, test_values_types_color_t, rt_put_u64(&t, v))
ECHO_SCALAR(perm, test_values_types_perm_t, rt_put_u64(&t, v))
ECHO_SCALAR(nine, test_values_types_nine_t, rt_put_u64(&t, v))
ECHO_SCALAR(all_flags, test_values_types_all_flags_t, rt_put_u64(&t, v))
ECHO_SCALAR(many, test_values_types_many_t, rt_put_u64(&t, v))

/* Values that C passes by pointer: the argument is ours and goes away after the host has seen it. */
#define ECHO_POINTER(name, type, put, release)                   \
  void exports_test_values_echo_echo_##name(type *v, type *ret) { \
    TEXT(put);                                                   \
    test_values_host_see_##name(&text, v, ret);                  \
    free(t.ptr);                                                 \
    release;                                                     \
  }

ECHO_POINTER(string, guest_string_t, put_string(&t, v), guest_string_free(v))
ECHO_POINTER(point, point, put_point(&t, v), test_values_types_point_free(v))
ECHO_POINTER(shape, shape, put_shape(&t, v), test_values_types_shape_free(v))
ECHO_POINTER(small, test_values_types_small_t,
             if (v->tag) rt_put_u64(&t, v->val.whole); else rt_put_double(&t, (double)v->val.real), (void)0)
ECHO_POINTER(the_pair, test_values_types_pair_t, rt_put_u64(&t, v->f0); put_string(&t, &v->f1); rt_put_double(&t, v->f2),
             test_values_types_pair_free(v))
ECHO_POINTER(lists, lists, put_lists(&t, v), test_values_types_lists_free(v))
ECHO_POINTER(nested, nested, put_nested(&t, v), test_values_types_nested_free(v))
ECHO_POINTER(bytes, guest_list_u8_t, PUT_LIST(&t, *v, e, rt_put_u64(&t, *e)), guest_list_u8_free(v))

bool exports_test_values_echo_echo_opt_u8(uint8_t *maybe_v, uint8_t *ret) {
  TEXT(if (maybe_v) rt_put_u64(&t, *maybe_v); else rt_put(&t, "none"));
  bool some = test_values_host_see_opt_u8(&text, maybe_v, ret);
  free(t.ptr);
  return some;
}

bool exports_test_values_echo_echo_opt_string(guest_string_t *maybe_v, guest_string_t *ret) {
  TEXT(if (maybe_v) put_string(&t, maybe_v); else rt_put(&t, "none"));
  bool some = test_values_host_see_opt_string(&text, maybe_v, ret);
  free(t.ptr);
  if (maybe_v) guest_string_free(maybe_v);
  return some;
}

bool exports_test_values_echo_echo_opt_opt(guest_option_u32_t *maybe_v, guest_option_u32_t *ret) {
  TEXT(if (!maybe_v) rt_put(&t, "none");
       else if (!maybe_v->is_some) rt_put(&t, "some none");
       else rt_put_u64(&t, maybe_v->val));
  bool some = test_values_host_see_opt_opt(&text, maybe_v, ret);
  free(t.ptr);
  return some;
}

bool exports_test_values_echo_echo_res_empty(exports_test_values_echo_result_void_void_t *v) {
  test_values_host_result_void_void_t same = {v->is_err};
  TEXT(rt_put(&t, v->is_err ? "error" : "ok"));
  bool ok = test_values_host_see_res_empty(&text, &same);
  free(t.ptr);
  return ok;
}

bool exports_test_values_echo_echo_res_ok(exports_test_values_echo_result_u64_void_t *v, uint64_t *ret) {
  test_values_host_result_u64_void_t same = {.is_err = v->is_err};
  if (!v->is_err) same.val.ok = v->val.ok;
  TEXT(if (v->is_err) rt_put(&t, "error"); else rt_put_u64(&t, v->val.ok));
  bool ok = test_values_host_see_res_ok(&text, &same, ret);
  free(t.ptr);
  return ok;
}

bool exports_test_values_echo_echo_res_err(exports_test_values_echo_result_void_string_t *v, guest_string_t *err) {
  test_values_host_result_void_string_t same = {.is_err = v->is_err};
  if (v->is_err) same.val.err = v->val.err;
  TEXT(if (v->is_err) put_string(&t, &v->val.err); else rt_put(&t, "ok"));
  bool ok = test_values_host_see_res_err(&text, &same, err);
  free(t.ptr);
  exports_test_values_echo_result_void_string_free(v);
  return ok;
}

bool exports_test_values_echo_echo_res_both(exports_test_values_echo_result_f32_color_t *v, float *ret,
                                            exports_test_values_echo_color_t *err) {
  test_values_host_result_f32_color_t same = {.is_err = v->is_err};
  if (v->is_err) same.val.err = v->val.err;
  else same.val.ok = v->val.ok;
  TEXT(if (v->is_err) rt_put_u64(&t, v->val.err); else rt_put_double(&t, (double)v->val.ok));
  bool ok = test_values_host_see_res_both(&text, &same, ret, err);
  free(t.ptr);
  return ok;
}

void exports_test_values_echo_echo_scalars(bool a, uint8_t b, int8_t c, uint16_t d, int16_t e, uint32_t f, int32_t g,
                                           uint64_t h, int64_t i, float j, double k, uint32_t l,
                                           guest_tuple12_bool_u8_s8_u16_s16_u32_s32_u64_s64_f32_f64_char32_t *ret) {
  const int64_t whole[] = {a, b, c, d, e, f, g, (int64_t)h, i, l};
  TEXT(for (int n = 0; n < 10; n++) { rt_put_s64(&t, whole[n]); rt_put(&t, " "); }
       rt_put_double(&t, (double)j); rt_put(&t, " "); rt_put_double(&t, k));
  test_values_host_see_scalars(&text, a, b, c, d, e, f, g, h, i, j, k, l, ret);
  free(t.ptr);
}

void exports_test_values_echo_echo_big(uint8_t a, uint16_t b, uint32_t c, uint64_t d, int8_t e, int16_t f, int32_t g,
                                       int64_t h, float i, double j, uint32_t k, bool l, guest_string_t *m,
                                       exports_test_values_echo_color_t n, exports_test_values_echo_perm_t o,
                                       uint8_t *maybe_p, test_values_types_result_void_u16_t *q,
                                       exports_test_values_echo_point_t *r, exports_test_values_echo_big_t *ret) {
  const int64_t whole[] = {a, b, c, (int64_t)d, e, f, g, h, k, l, n, o, maybe_p ? *maybe_p : -1, q->is_err ? q->val.err : -1};
  TEXT(for (size_t at = 0; at < sizeof whole / sizeof *whole; at++) { rt_put_s64(&t, whole[at]); rt_put(&t, " "); }
       rt_put_double(&t, (double)i); rt_put(&t, " "); rt_put_double(&t, j); put_string(&t, m); put_point(&t, r));
  test_values_host_see_big(&text, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, maybe_p, q, r, ret);
  free(t.ptr);
  guest_string_free(m);
  test_values_types_point_free(r);
}
