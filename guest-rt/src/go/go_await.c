/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Awaiting imports, copies and time: the loop's awaits and timers (loop.h), with the goroutine as the one who is told.
 */
#include "go.h"

typedef struct waiting {
  witguest_await await;
  witguest__parking parking;
  witguest__place place; /* in the line of a context's end */
  uint32_t code;
  bool is_done;
} waiting;

/* The context may have ended first, and the goroutine not have run since. */
static void waiting_done(void *arg, uint32_t code) {
  waiting *w = arg;
  w->code = code;
  w->is_done = true;
  if (!w->parking.is_over) witguest__parking_end(&w->parking, WITGUEST_OK);
}

/* Until it is done, or the context has ended. */
static void waiting_park(waiting *w, witguest_context *context) {
  w->parking = (witguest__parking){.place_at = witguest__place_single, .of = &w->place};
  if (context) {
    w->parking.count = 1;
    witguest__line_join(&context->done->receivers, &w->place, &w->parking, NULL);
  }
  witguest__parking_wait(&w->parking);
}

/* What was told to stop still has its end. */
static uint32_t waiting_finish(waiting *w, witguest_context *context) {
  if (!context || !context->status) waiting_park(w, context);
  if (!w->is_done) {
    witguest_await_cancel(&w->await);
    waiting_park(w, NULL);
  }
  return w->code;
}

int witguest_go_await(uint32_t status) { return witguest_go_await_in(NULL, status); }

int witguest_go_await_in(witguest_context *context, uint32_t status) {
  waiting w = {.is_done = false};
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  if ((status & 15) >= WITGUEST__RETURNED) return (int)(status & 15);
  int error = witguest_await_subtask(&w.await, status, waiting_done, &w);
  return error ? error : (int)waiting_finish(&w, context);
}

uint32_t witguest_go_await_copy(uint32_t end, uint32_t status) { return witguest_go_await_copy_in(NULL, end, status, NULL); }

uint32_t witguest_go_await_copy_in(witguest_context *context, uint32_t end, uint32_t status, uint32_t (*cancel)(uint32_t end)) {
  waiting w = {.is_done = false};
  if (status != WITGUEST__BLOCKED) return status;
  if (!witguest_go_is_inside() || witguest_await_copy(&w.await, end, status, cancel, waiting_done, &w)) __builtin_trap();
  return waiting_finish(&w, context);
}

static void sleep_over(void *arg) { waiting_done(arg, 0); }

int witguest_go_sleep(uint64_t nanoseconds) { return witguest_go_sleep_in(NULL, nanoseconds); }

int witguest_go_sleep_in(witguest_context *context, uint64_t nanoseconds) {
  waiting w = {.is_done = false};
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  if (context && context->status) return context->status;
  witguest_timer *timer = witguest_timer_start(nanoseconds, sleep_over, &w);
  if (!timer) return WITGUEST_EINVAL;
  waiting_park(&w, context);
  if (w.is_done) return WITGUEST_OK;
  witguest_timer_stop(timer);
  return context->status;
}
