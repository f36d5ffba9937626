/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Off: work runs wherever it comes up, and is charged to whoever that is, as in a guest without this library. For tests, which
 * show that this goes wrong, and for benches, which show what attribution costs.
 */
#include "mode.h"

WITGUEST__SAYS(OFF, "off");

const bool witguest__mode_runs_anywhere = true;

void witguest__mode_capture(witguest_task *t) { (void)t; }
void witguest__mode_release(witguest_task *t) { (void)t; }
void witguest__mode_export_begins(void) {}
void witguest__mode_export_ends(void) {}

void witguest__mode_move(witguest_task *from, witguest_task *to) {
  (void)from;
  (void)to;
}
