/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Values through generated glue, in both directions: the guest of tests/runtime/values shows each argument to the host, as a
 * value and as the text that it made of it, and gives back what the host answers. The texts are what C on the other side
 * saw, so that two mistakes cannot cancel each other out.
 */
#include <stdio.h>
#include <string.h>

#include "guest_host.h"

typedef test_values_types_point_t point;
typedef test_values_types_shape_t shape;
typedef struct host { const void *value; char text[512]; bool same; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static bool same_string(guest_string_t a, guest_string_t b) { return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0; }
static bool same_point(point a, point b) { return a.x == b.x && a.y == b.y && same_string(a.name, b.name); }
static bool same_shape(shape a, shape b) {
  if (a.tag != b.tag) return false;
  switch (a.tag) {
  case TEST_VALUES_TYPES_SHAPE_BYTE: return a.val.byte == b.val.byte;
  case TEST_VALUES_TYPES_SHAPE_WIDE: return a.val.wide == b.val.wide;
  case TEST_VALUES_TYPES_SHAPE_SINGLE: return a.val.single == b.val.single;
  case TEST_VALUES_TYPES_SHAPE_DOUBLE: return a.val.double_ == b.val.double_;
  case TEST_VALUES_TYPES_SHAPE_TEXT: return same_string(a.val.text, b.val.text);
  case TEST_VALUES_TYPES_SHAPE_BOTH: return a.val.both.f0 == b.val.both.f0 && a.val.both.f1 == b.val.both.f1;
  case TEST_VALUES_TYPES_SHAPE_AT: return same_point(a.val.at, b.val.at);
  default: return true;
  }
}
static void no_free(const void *v) { (void)v; }
#define SAME_NUMBER(a, b) ((a) == (b))

/* The answer is the argument itself, a view of guest memory. */
#define SEE(name, T, same_)                                                            \
  static T see_##name(void *user, withost_call *call, guest_string_t text, T v) {      \
    host *h = user;                                                                    \
    (void)call;                                                                        \
    T own = *(const T *)h->value;                                                      \
    snprintf(h->text, sizeof h->text, "%.*s", (int)text.len, (const char *)text.ptr);  \
    h->same = same_(v, own);                                                           \
    return v;                                                                          \
  }
SEE(bool, bool, SAME_NUMBER)
SEE(s8, int8_t, SAME_NUMBER)
SEE(u16, uint16_t, SAME_NUMBER)
SEE(s64, int64_t, SAME_NUMBER)
SEE(f32, float, SAME_NUMBER)
SEE(f64, double, SAME_NUMBER)
SEE(char, uint32_t, SAME_NUMBER)
SEE(string, guest_string_t, same_string)
SEE(point, point, same_point)
SEE(shape, shape, same_shape)
SEE(many, test_values_types_many_t, SAME_NUMBER)
SEE(nine, test_values_types_nine_t, SAME_NUMBER)

#define ECHO(name, T, same_, free_, text_, ...)                                                                       \
  do {                                                                                                           \
    T in = __VA_ARGS__, out;                                                                                     \
    h->value = &in;                                                                                              \
    h->same = false;                                                                                             \
    int error = guest_test_values_echo_echo_##name(guest, NULL, in, &out);                                       \
    check(!error && h->same && same_(in, out), "echo " #name);                                                   \
    if (!error) free_(&out);                                                                                     \
    if (*(text_) && strcmp(h->text, text_)) printf("# text: %s\n", h->text), check(false, "text of " #name);     \
    if (error) printf("# %s\n", withost_store_message(store));                                                   \
  } while (0)

static guest_string_t text(const char *s) { return guest_string_of(s); }

static void numbers(withost_store *store, guest_instance *guest, host *h) {
  ECHO(bool, bool, SAME_NUMBER, no_free, "", true);
  ECHO(s8, int8_t, SAME_NUMBER, no_free, "-128", -128);
  ECHO(u16, uint16_t, SAME_NUMBER, no_free, "65535", 65535);
  ECHO(s64, int64_t, SAME_NUMBER, no_free, "-9223372036854775808", INT64_MIN);
  ECHO(f32, float, SAME_NUMBER, no_free, "", 1.5f);
  ECHO(f64, double, SAME_NUMBER, no_free, "", -0.25);
  ECHO(char, uint32_t, SAME_NUMBER, no_free, "128512", 0x1f600);
  ECHO(many, test_values_types_many_t, SAME_NUMBER, no_free, "256", 256);
  ECHO(nine, test_values_types_nine_t, SAME_NUMBER, no_free, "", 0x101);
}

static void aggregates(withost_store *store, guest_instance *guest, host *h) {
  ECHO(string, guest_string_t, same_string, guest_string_free, "'gr\xc3\xbc\xc3\x9f'", guest_string_of("gr\xc3\xbc\xc3\x9f"));
  ECHO(point, point, same_point, test_values_types_point_free, "", (point){-3, 0.5, text("p")});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "nothing", (shape){.tag = TEST_VALUES_TYPES_SHAPE_NOTHING});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "byte 255", (shape){.tag = TEST_VALUES_TYPES_SHAPE_BYTE, .val.byte = 255});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "wide 18446744073709551615",
       (shape){.tag = TEST_VALUES_TYPES_SHAPE_WIDE, .val.wide = UINT64_MAX});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "", (shape){.tag = TEST_VALUES_TYPES_SHAPE_SINGLE, .val.single = 2.5f});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "", (shape){.tag = TEST_VALUES_TYPES_SHAPE_DOUBLE, .val.double_ = 1e300});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "text 'abc'", (shape){.tag = TEST_VALUES_TYPES_SHAPE_TEXT, .val.text = text("abc")});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "", (shape){.tag = TEST_VALUES_TYPES_SHAPE_BOTH, .val.both = {7, 0.125f}});
  ECHO(shape, shape, same_shape, test_values_types_shape_free, "", (shape){.tag = TEST_VALUES_TYPES_SHAPE_AT, .val.at = {1, 2, text("here")}});
}

static void errors(withost_store *store, guest_instance *guest, host *h) {
  uint32_t out;
  h->value = &out;
  check(guest_test_values_echo_echo_u32(guest, NULL, 1, &out) == WITHOST_ETRAP, "an import that the host leaves out traps");
  check(strstr(withost_store_message(store), "does not provide 'test:values/host#see-u32'") != NULL, "and is named");
}

int main(void) {
  static const guest_imports imports = {
    .test_values_host_see_bool = see_bool,   .test_values_host_see_s8 = see_s8,         .test_values_host_see_u16 = see_u16,
    .test_values_host_see_s64 = see_s64,     .test_values_host_see_f32 = see_f32,       .test_values_host_see_f64 = see_f64,
    .test_values_host_see_char = see_char,   .test_values_host_see_string = see_string, .test_values_host_see_point = see_point,
    .test_values_host_see_shape = see_shape, .test_values_host_see_many = see_many,     .test_values_host_see_nine = see_nine};
  host h = {0};
  withost_store *store;
  guest_instance *guest;
  if (withost_store_new(NULL, &store)) return 1;
  check(guest_instantiate(store, guest_program_wasm2c(), &imports, &h, &guest) == 0, "instantiate");
  numbers(store, guest, &h);
  aggregates(store, guest, &h);
  errors(store, guest, &h);
  check(withost_store_close(store) == 0, "close");
  printf("1..%d\n", number);
  return failures != 0;
}
