/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Built with --no-sig-flattening, --autodrop-borrows=yes and --rename: an engine refuses the return of a function that
 * still holds what it borrowed, so look and look-inside prove that the glue drops it. */
#include "guest.h"
#include "rt.h"

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }

uint32_t exports_mine_look(exports_mine_borrow_thing_t t) {
  theirs_option_own_thing_t made;
  uint32_t n = theirs_method_thing_n(t);
  theirs_make(n, &made);
  if (!made.is_some) return 0;
  n += theirs_method_thing_n(theirs_borrow_thing(made.val));
  theirs_thing_drop_own(made.val);
  return n;
}

void exports_mine_look_inside(exports_mine_pair_t *p, exports_mine_result_u32_string_t *ret) {
  ret->is_err = !p->n.is_some;
  if (ret->is_err) guest_string_dup(&ret->val.err, "no number");
  else ret->val.ok = theirs_method_thing_n(p->first) + p->n.val;
}

void exports_mine_half(guest_option_u32_t *n, guest_option_u32_t *ret) {
  *ret = *n;
  ret->is_some = n->is_some && n->val % 2 == 0;
  ret->val /= 2;
}
