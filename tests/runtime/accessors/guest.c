/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Accessors of an interface, of a resource, and of the world in both directions. */
#include <stdlib.h>
#include "guest.h"
#include "rt.h"

#define PROPS(name) exports_test_accessors_props_##name

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }

static uint32_t level, lamps;
static guest_string_t title;

uint32_t PROPS(get_level)(void) { return level; }
void PROPS(set_level)(uint32_t v) { level = v; }
void PROPS(get_title)(guest_string_t *ret) { guest_string_dup_n(ret, (char *)title.ptr, title.len); }

bool PROPS(set_title)(guest_string_t *v, guest_string_t *err) {
  if (v->len > 5) {
    guest_string_dup(err, "too long");
    guest_string_free(v);
    return false;
  }
  guest_string_free(&title);
  title = *v;
  return true;
}

struct PROPS(lamp_t) {
  uint8_t brightness;
};

PROPS(own_lamp_t) PROPS(constructor_lamp)(void) {
  PROPS(lamp_t) *lamp = calloc(1, sizeof *lamp);
  if (!lamp) abort();
  lamps++;
  return PROPS(lamp_new)(lamp);
}

void PROPS(lamp_destructor)(PROPS(lamp_t) *lamp) {
  lamps--;
  free(lamp);
}

uint8_t PROPS(method_get_lamp_bright_ness)(PROPS(lamp_t) *self) { return self->brightness; }
void PROPS(method_set_lamp_bright_ness)(PROPS(lamp_t) *self, uint8_t v) { self->brightness = v; }
uint32_t PROPS(static_get_lamp_count)(void) { return lamps; }

double exports_guest_get_pace(void) { return 1 / guest_get_speed(); }
void exports_guest_set_pace(double v) { guest_set_speed(1 / v); }
