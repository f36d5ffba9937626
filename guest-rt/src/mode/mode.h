/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What differs between the libraries. Each mode is one file that defines these (self.c does it for some); everything else is the same
 * code.
 */
#ifndef WITGUEST_MODE_H
#define WITGUEST_MODE_H

#include "../task/task.h"

/* The thread is in `from`, and shall be in `to`. `from` is not NULL. */
void witguest__mode_move(witguest_task *from, witguest_task *to);
/* The thread is in t, and others will want to enter it. */
void witguest__mode_capture(witguest_task *t);
/* The last reference is gone. */
void witguest__mode_release(witguest_task *t);
/* Work for a task may run in any callback; else in its own one only. */
extern const bool witguest__mode_runs_anywhere;

/* An export that did not end at once: begins and ends. */
void witguest__mode_export_begins(void);
void witguest__mode_export_ends(void);
/* A task's own callback is about to wait; later, its callback was entered with an event that says nothing about whose it is. */
void witguest__mode_waits(witguest_task *t);
witguest_task *witguest__mode_find(void);
/* Its callback was entered. */
void witguest__mode_resumes(witguest_task *t);

/* Law 9: a custom section, and a constant. */
#define WITGUEST__SAYS(mode, text)                                                           \
  __asm__(".section .custom_section.witguest,\"\",@\n\t.ascii \"1 " text "\"\n\t.text\n");   \
  const witguest_mode_t witguest_mode = WITGUEST_##mode

#endif
