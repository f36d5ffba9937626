/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * A resource that belongs to the world, not to an interface. */
#include "guest.h"
#include "rt.h"

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }

guest_own_big_thing_t exports_guest_make(uint32_t n) { return guest_swap(guest_constructor_big_thing(n)); }

uint32_t exports_guest_look(guest_borrow_big_thing_t t) {
  uint32_t n = guest_method_big_thing_n(t);
  guest_big_thing_drop_borrow(t);
  return n;
}

uint32_t exports_guest_take(guest_own_big_thing_t t) {
  guest_own_big_thing_t one = guest_constructor_big_thing(1);
  uint32_t sum = guest_static_big_thing_plus(guest_borrow_big_thing(t), guest_method_big_thing_n(guest_borrow_big_thing(one)));
  sum += guest_lend(guest_borrow_big_thing(t));
  guest_big_thing_drop_own(one);
  guest_big_thing_drop_own(t);
  return sum;
}
