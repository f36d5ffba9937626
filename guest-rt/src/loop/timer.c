/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Timers: a call of the world's waiting import each, so that the host charges it like any other.
 */
#include <stdlib.h>

#include "loop.h"

struct witguest_timer {
  witguest_await await;
  witguest_work work; /* NULL: stopped */
  void *arg;
};

static witguest_wait the_wait;

void witguest_set_wait(witguest_wait wait) { the_wait = wait; }

static void timer_done(void *arg, uint32_t state) {
  witguest_timer timer = *(witguest_timer *)arg;
  free(arg);
  if (timer.work && state == WITGUEST__RETURNED) timer.work(timer.arg);
}

witguest_timer *witguest_timer_start(uint64_t nanoseconds, witguest_work work, void *arg) {
  if (!the_wait || !witguest__loop_task()) return NULL;
  witguest_timer *timer = calloc(1, sizeof *timer);
  if (!timer) __builtin_trap();
  timer->work = work;
  timer->arg = arg;
  witguest_await_subtask(&timer->await, the_wait(nanoseconds), timer_done, timer);
  return timer;
}

/* Over already, but not yet heard of: then there is nothing to cancel. */
void witguest__timer_stop(witguest_timer *timer) {
  timer->work = NULL;
  witguest_await_cancel(&timer->await);
}

void witguest_timer_stop(witguest_timer *timer) { witguest__timer_stop(timer); }

static void await_is_late(void *await) {
  witguest__await *a = await;
  a->timeout = NULL;
  witguest_await_cancel(await);
}

int witguest_await_timeout(witguest_await *await, uint64_t nanoseconds) {
  witguest__await *a = witguest__await_of(await);
  if (!the_wait) return WITGUEST_EINVAL;
  if (!a->waitable) return WITGUEST_OK; /* over, and about to be heard of */
  a->timeout = witguest_timer_start(nanoseconds, await_is_late, await);
  return a->timeout ? WITGUEST_OK : WITGUEST_ENOLOOP;
}
