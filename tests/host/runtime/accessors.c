/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Accessors of an interface, of a resource, and of the world in both directions.
 */
#include "guest.h"

#define PROPS(name) guest_test_accessors_props_##name

static double on_get_speed(void *speed, withost_call *call) { return (void)call, *(double *)speed; }
static void on_set_speed(void *speed, withost_call *call, double v) { (void)call, *(double *)speed = v; }

static void open(case_run *c) {
  static const guest_imports imports = {.guest_get_speed = on_get_speed, .guest_set_speed = on_set_speed};
  guest_open(c, &imports);
}

static void set_title(case_run *c, guest_instance *guest, const char *title, const char *error, const char *what) {
  exports_test_accessors_props_result_void_string_t result = {0};
  if (!case_called(c, PROPS(set_title)(guest, NULL, guest_string_of(title), &result), "[set]title")) return;
  if (case_equal(c, result.is_err, error != NULL, what) && error)
    case_text(c, result.val.err.ptr, result.val.err.len, error, "and says why");
  exports_test_accessors_props_result_void_string_free(&result);
}

static void title_is(case_run *c, guest_instance *guest, const char *wanted, const char *what) {
  guest_string_t title = {0};
  if (!case_called(c, PROPS(get_title)(guest, NULL, &title), "[get]title")) return;
  case_text(c, title.ptr, title.len, wanted, what);
  guest_string_free(&title);
}

static void interface(case_run *c, guest_instance *guest) {
  uint32_t level = 0;
  case_called(c, PROPS(set_level)(guest, NULL, UINT32_MAX), "[set]level");
  case_called(c, PROPS(get_level)(guest, NULL, &level), "[get]level");
  case_equal(c, level, UINT32_MAX, "a number is set and read");
  set_title(c, guest, "t\xc3\xaftl", NULL, "a setter that may fail, and does not");
  title_is(c, guest, "t\xc3\xaftl", "a text is set and read");
  set_title(c, guest, "much too long", "too long", "a setter that may fail, and does");
  set_title(c, guest, "", NULL, "the empty text can be set");
  title_is(c, guest, "", "and read");
}

static void resource(case_run *c, guest_instance *guest) {
  exports_test_accessors_props_own_lamp_t lamp = {0};
  uint8_t brightness = 0;
  uint32_t count = 0;
  case_called(c, PROPS(constructor_lamp)(guest, NULL, &lamp), "[constructor]lamp");
  case_called(c, PROPS(method_set_lamp_bright_ness)(guest, NULL, lamp, 200), "[method][set]lamp.bright-ness");
  case_called(c, PROPS(method_get_lamp_bright_ness)(guest, NULL, lamp, &brightness), "[method][get]lamp.bright-ness");
  case_equal(c, brightness, 200, "a resource has accessors, with names of two words");
  case_called(c, PROPS(static_get_lamp_count)(guest, NULL, &count), "[static][get]lamp.count");
  case_equal(c, count, 1, "and static ones");
  case_called(c, PROPS(lamp_drop)(lamp), "[drop]lamp");
  case_called(c, PROPS(static_get_lamp_count)(guest, NULL, &count), "[static][get]lamp.count");
  case_equal(c, count, 0, "which see the destructor");
}

static void round_of_calls(case_run *c) {
  guest_instance *guest = guest_of(c);
  double *speed = c->state, pace = 0;
  interface(c, guest);
  resource(c, guest);
  *speed = 4;
  case_called(c, guest_get_pace(guest, NULL, &pace), "[get]pace");
  case_check(c, pace == 0.25, "the world reads what the host has");
  case_called(c, guest_set_pace(guest, NULL, 0.5), "[set]pace");
  case_check(c, *speed == 2.0, "the world sets what the host has");
}

int main(void) {
  return case_main(&(case_plan){
    .name = "accessors", .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(double), .open = open, .round = round_of_calls});
}
