/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Wait groups: a count, and who waits for it to be 0.
 */
#include "go.h"

_Static_assert(sizeof(witguest__line) <= sizeof(((witguest_wait_group *)0)->private_), "go.h reserves too little");

static witguest__line *group_line(witguest_wait_group *g) { return (witguest__line *)(void *)g->private_; }

void witguest_wait_group_add(witguest_wait_group *g, size_t count) { g->count += count; }

int witguest_wait_group_done(witguest_wait_group *g) {
  if (!g->count) return WITGUEST_EINVAL;
  if (!--g->count) witguest__line_serve_all(group_line(g), WITGUEST_OK);
  return WITGUEST_OK;
}

int witguest_wait_group_wait(witguest_wait_group *g) {
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  return g->count ? witguest__line_wait(group_line(g), NULL) : WITGUEST_OK;
}
