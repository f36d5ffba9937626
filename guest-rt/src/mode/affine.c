/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Affine: the thread stays where it is, and work goes to a callback of its task.
 */
#include "mode.h"

WITGUEST__SAYS(AFFINE, "affine");

const bool witguest__mode_runs_anywhere = false;

void witguest__mode_capture(witguest_task *t) { (void)t; }
void witguest__mode_release(witguest_task *t) { (void)t; }
void witguest__mode_export_begins(void) {}
void witguest__mode_export_ends(void) {}

void witguest__mode_move(witguest_task *from, witguest_task *to) {
  (void)from;
  (void)to;
}
