/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A resource of the world itself, which the host defines: made, lent, swapped and taken.
 */
#include "guest.h"
#include "objects.h"

typedef guest_own_big_thing_t thing;
typedef struct host { objects things; uint32_t dropped; } host;

static void on_drop(void *user, thing t) {
  host *h = user;
  objects_end(&h->things, t.rep);
  h->dropped++;
}

static thing on_new(void *user, withost_call *call, uint32_t n) {
  host *h = user;
  return (void)call, (thing){objects_add(&h->things, n)};
}

static uint32_t on_n(void *user, withost_call *call, thing self) {
  host *h = user;
  return (void)call, *objects_at(&h->things, self.rep);
}

static uint32_t on_plus(void *user, withost_call *call, thing a, uint32_t more) { return on_n(user, call, a) + more; }

/* Given by the guest, and another one given back. */
static thing on_swap(void *user, withost_call *call, thing t) {
  host *h = user;
  return on_new(user, call, objects_end(&h->things, t.rep) + 1);
}

static void open(case_run *c) {
  static const guest_imports imports = {
    .guest_big_thing_destructor = on_drop, .guest_lend = on_n, .guest_swap = on_swap,
    .guest_constructor_big_thing = on_new, .guest_method_big_thing_n = on_n, .guest_static_big_thing_plus = on_plus};
  guest_open(c, &imports);
}

static void round_of_calls(case_run *c) {
  guest_instance *guest = guest_of(c);
  host *h = c->state;
  thing made = {OBJECTS_MAX};
  uint32_t n = 0;
  h->dropped = 0;
  case_called(c, guest_make(guest, NULL, 10, &made), "make");
  case_called(c, guest_look(guest, NULL, made, &n), "look");
  case_equal(c, n, 11, "made by the guest, swapped by the host, borrowed");
  case_equal(c, h->things.alive, 1, "and the host's");
  case_called(c, guest_take(guest, NULL, made, &n), "take");
  case_equal(c, n, 11 + 1 + 11, "given");
  case_equal(c, h->dropped, 2, "the guest dropped what it had");
  case_check(c, !h->things.alive && !h->things.wrong, "each thing has ended once");
}

int main(void) {
  return case_main(&(case_plan){
    .name = "world-resource", .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(host), .open = open, .round = round_of_calls});
}
