/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The guest of the rows guest.*: loops around what is measured, inside an export that the library knows of.
 */
#include <witguest/loop.h>

#include "guest.h"

static witguest_capture_t other;
static witguest_await stays;

static void stay_over(void *arg, uint32_t state) { (void)arg, (void)state; }

static void stay(void *arg) {
  (void)arg;
  other = witguest_capture();
  exports_bench_guest_bench_stay_return();
  witguest_await_subtask(&stays, bench_guest_host_wait(), stay_over, NULL);
}

guest_callback_code_t exports_bench_guest_bench_stay(void) { return witguest_loop_start(stay, NULL); }

guest_callback_code_t exports_bench_guest_bench_stay_callback(guest_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

void exports_bench_guest_bench_scope_same(uint32_t n) {
  witguest_export x = {0};
  witguest_export_enter(&x);
  witguest_capture_t mine = witguest_capture();
  while (n--) witguest_leave(witguest_enter(mine));
  witguest_release(mine);
  witguest_export_leave(&x);
  witguest_export_end(&x);
}

void exports_bench_guest_bench_scope_other(uint32_t n) {
  witguest_export x = {0};
  witguest_export_enter(&x);
  while (n--) witguest_leave(witguest_enter(other));
  witguest_export_leave(&x);
  witguest_export_end(&x);
}

void exports_bench_guest_bench_capture(uint32_t n) {
  witguest_export x = {0};
  witguest_export_enter(&x);
  while (n--) witguest_release(witguest_capture());
  witguest_export_leave(&x);
  witguest_export_end(&x);
}

static uint32_t ran;
static void count(void *arg) {
  (void)arg;
  ran++;
}

/* As many at a time as a busy turn may have. */
void exports_bench_guest_bench_microtask(uint32_t n) {
  witguest_export x = {0};
  witguest_export_enter(&x);
  while (n) {
    uint32_t batch = n < 64 ? n : 64;
    for (uint32_t k = 0; k < batch; k++) witguest_microtask(count, NULL);
    witguest_run_microtasks();
    n -= batch;
  }
  witguest_export_leave(&x);
  witguest_export_end(&x);
}
