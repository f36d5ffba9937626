/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest that was made with options of the generator (see its guest.options): it never drops what it borrows, its glue does.
 */
#include "guest.h"
#include "objects.h"

typedef struct host { objects things; uint32_t dropped; } host;

static void on_drop(void *user, theirs_own_thing_t thing) {
  host *h = user;
  objects_end(&h->things, thing.rep);
  h->dropped++;
}

static uint32_t on_n(void *user, withost_call *call, theirs_borrow_thing_t self) {
  host *h = user;
  return (void)call, *objects_at(&h->things, self.rep);
}

static theirs_option_own_thing_t on_make(void *user, withost_call *call, uint32_t n) {
  host *h = user;
  (void)call;
  return n ? (theirs_option_own_thing_t){true, {objects_add(&h->things, n)}} : (theirs_option_own_thing_t){0};
}

static void open(case_run *c) {
  static const guest_imports imports = {
    .theirs_thing_destructor = on_drop, .theirs_method_thing_n = on_n, .theirs_make = on_make};
  guest_open(c, &imports);
}

static void borrows(case_run *c, guest_instance *guest, host *h, theirs_own_thing_t thing) {
  exports_mine_result_u32_string_t result = {0};
  uint32_t n = 0;
  h->dropped = 0;
  case_called(c, guest_mine_look(guest, NULL, thing, &n), "look");
  case_equal(c, n, 42, "a borrow that the guest does not drop");
  case_equal(c, h->dropped, 1, "the one that it owned was dropped");
  case_called(c, guest_mine_look_inside(guest, NULL, (exports_mine_pair_t){thing, {true, 4}}, &result), "look-inside");
  case_check(c, !result.is_err && result.val.ok == 25, "a borrow inside a record");
  case_called(c, guest_mine_look_inside(guest, NULL, (exports_mine_pair_t){thing, {false, 0}}, &result), "look-inside");
  if (case_check(c, result.is_err, "a result as a struct"))
    case_text(c, result.val.err.ptr, result.val.err.len, "no number", "with the error in it");
  exports_mine_result_u32_string_free(&result);
  case_check(c, h->dropped == 1 && h->things.alive == 1, "what was lent is still the host's");
}

static void half(case_run *c, guest_instance *guest, guest_option_u32_t n, guest_option_u32_t wanted) {
  guest_option_u32_t result = {true, 99};
  case_called(c, guest_mine_half(guest, NULL, n, &result), "half");
  case_check(c, result.is_some == wanted.is_some && (!wanted.is_some || result.val == wanted.val), "options as structs");
}

static void round_of_calls(case_run *c) {
  guest_instance *guest = guest_of(c);
  host *h = c->state;
  theirs_own_thing_t thing = {objects_add(&h->things, 21)};
  borrows(c, guest, h, thing);
  objects_end(&h->things, thing.rep);
  half(c, guest, (guest_option_u32_t){true, 10}, (guest_option_u32_t){true, 5});
  half(c, guest, (guest_option_u32_t){true, 9}, (guest_option_u32_t){false, 0});
  half(c, guest, (guest_option_u32_t){false, 0}, (guest_option_u32_t){false, 0});
  case_check(c, !h->things.alive && !h->things.wrong, "each thing has ended once");
}

int main(void) {
  return case_main(&(case_plan){
    .name = "options", .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(host), .open = open, .round = round_of_calls});
}
