/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Serial: while one export call is in the instance, back-pressure holds the others at its gate. So whatever runs is that call's.
 */
#include "mode.h"

WITGUEST__SAYS(SERIAL, "serial");

const bool witguest__mode_runs_anywhere = true;

void witguest__mode_capture(witguest_task *t) { (void)t; }
void witguest__mode_release(witguest_task *t) { (void)t; }
void witguest__mode_export_begins(void) { witguest__backpressure_inc(); }
void witguest__mode_export_ends(void) { witguest__backpressure_dec(); }

void witguest__mode_move(witguest_task *from, witguest_task *to) {
  (void)from;
  (void)to;
}

void witguest__mode_waits(witguest_task *t) { (void)t; }
void witguest__mode_resumes(witguest_task *t) { (void)t; }
witguest_task *witguest__mode_find(void) { return witguest__rt.tasks; }
