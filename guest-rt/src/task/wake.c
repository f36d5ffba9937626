/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Waking: how one task makes another one's callback run. A stream without payload, both of whose ends are ours; the readable one
 * is in the waitable set of the task to be woken, with a read that a write of one unit completes. It is made when a
 * task is woken for the first time.
 */
#include "task.h"

static void wake_heard(witguest__waiter *waiter, uint32_t event, uint32_t code) {
  (void)event;
  (void)code;
  waiter->task->waking = false;
}

static void wake_begin(witguest_task *t) {
  uint64_t ends = witguest__unit_new();
  t->readable = (uint32_t)ends;
  t->writable = (uint32_t)(ends >> 32);
  t->wake = (witguest__waiter){wake_heard, t};
  witguest__waitable_set(t->readable, &t->wake);
  witguest__join(t->readable, t->set);
}

void witguest__wake(witguest_task *t) {
  if (t->running || t->waking || !t->set) return;
  if (!t->readable) wake_begin(t);
  t->waking = true;
  witguest__unit_read(t->readable, NULL, 1);
  witguest__unit_write(t->writable, NULL, 1);
}

/* A wake that it has not heard of is taken back: an end with an operation cannot be dropped. */
void witguest__wake_end(witguest_task *t) {
  if (!t->readable) return;
  if (t->waking) witguest__unit_cancel_read(t->readable);
  witguest__waitable_set(t->readable, NULL);
  witguest__unit_drop_readable(t->readable);
  witguest__unit_drop_writable(t->writable);
  t->readable = 0;
  t->waking = false;
}
