/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What is measured of hooks and of the loop, and a proxy: of two requests one asks the host, and the other one takes the same answer, if
 * it is still to come. So every second request goes on in the callback of another one.
 */
#include <stdlib.h>

#include <witguest/loop.h>

#include "bench.h"

/* ---- Hooks and microtasks, n times ---- */

static witguest_capture_t held; /* of a call that waits */
static uint32_t left;

static void scope(witguest_capture_t capture, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) witguest_leave(witguest_enter(capture));
}

static void scope_same(uint32_t n) {
  witguest_capture_t capture = witguest_capture();
  scope(capture, n);
  witguest_release(capture);
}

static void capture(uint32_t n) {
  for (uint32_t k = 0; k < n; k++) witguest_release(witguest_capture());
}

static void microtask(void *arg) {
  if (left--) witguest_microtask(microtask, arg);
  else exports_bench_guest_work_repeat_return();
}

/* The same without the library: functions and arguments in a ring that grows; what a loop would have that knows no tasks. */
static struct { struct plain { void (*run)(void *arg); void *arg; } *jobs; uint32_t first, count, capacity; } ring;

static __attribute__((noinline)) void plain_push(void (*run)(void *), void *arg) {
  if (ring.count == ring.capacity) {
    if (ring.capacity) abort(); /* one at a time */
    ring.capacity = 16;
    ring.jobs = malloc(ring.capacity * sizeof *ring.jobs);
    if (!ring.jobs) abort();
  }
  struct plain *job = &ring.jobs[(ring.first + ring.count++) & (ring.capacity - 1)];
  job->run = run;
  job->arg = arg;
}

static inline bool plain_pop(struct plain *job) {
  if (!ring.count) return false;
  job->run = ring.jobs[ring.first].run;
  job->arg = ring.jobs[ring.first].arg;
  ring.first = (ring.first + 1) & (ring.capacity - 1);
  ring.count--;
  return true;
}

static void plain_job(void *arg) {
  if (left--) plain_push(plain_job, arg);
}

static void plain(void) {
  struct plain job;
  plain_push(plain_job, NULL);
  while (plain_pop(&job)) job.run(job.arg);
}

typedef struct repeated { exports_bench_guest_work_what_t what; uint32_t n; } repeated;

static void repeat(void *arg) {
  const repeated *r = arg;
  left = r->n;
  switch (r->what) {
    case EXPORTS_BENCH_GUEST_WORK_WHAT_SCOPE_SAME: scope_same(r->n); break;
    case EXPORTS_BENCH_GUEST_WORK_WHAT_SCOPE_OTHER: scope(held, r->n); break;
    case EXPORTS_BENCH_GUEST_WORK_WHAT_CAPTURE: capture(r->n); break;
    case EXPORTS_BENCH_GUEST_WORK_WHAT_PLAIN: plain(); break;
    case EXPORTS_BENCH_GUEST_WORK_WHAT_MICROTASK: microtask(NULL); return;
    default: abort(); /* in go.c */
  }
  exports_bench_guest_work_repeat_return();
}

bench_callback_code_t exports_bench_guest_work_repeat(exports_bench_guest_work_what_t what, uint32_t n) {
  repeated r = {what, n};
  return witguest_loop_start(repeat, &r);
}

/* ---- A call that waits ---- */

static void hold_end(void *arg, uint32_t code) {
  (void)code;
  free(arg);
  witguest_release(held);
  held = 0;
  exports_bench_guest_work_hold_return();
}

static void hold(void *arg) {
  witguest_await *await = arg;
  held = witguest_capture();
  if (witguest_await_subtask(await, bench_guest_host_wait(), hold_end, await)) abort();
}

bench_callback_code_t exports_bench_guest_work_hold(void) {
  witguest_await *await = malloc(sizeof *await);
  if (!await) abort();
  return witguest_loop_start(hold, await);
}

/* ---- The proxy ---- */

typedef struct request {
  witguest_await await;
  struct request *follower; /* takes the same answer */
  witguest_capture_t capture;
} request;

static request *leader; /* whom the next one may follow */

static void request_end(void *arg) {
  bench_guest_host_note();
  exports_bench_guest_work_request_return();
  free(arg);
}

static void answered(void *arg, uint32_t code) {
  request *r = arg, *follower = r->follower;
  (void)code;
  if (leader == r) leader = NULL;
  if (follower && witguest_microtask_for(follower->capture, request_end, follower)) abort();
  request_end(r);
}

static void request_start(void *arg) {
  request *r = arg;
  if (leader) {
    r->capture = witguest_capture();
    leader->follower = r;
    leader = NULL;
    return;
  }
  leader = r;
  if (witguest_await_subtask(&r->await, bench_guest_host_wait(), answered, r)) abort();
}

bench_callback_code_t exports_bench_guest_work_request(void) {
  request *r = calloc(1, sizeof *r);
  if (!r) abort();
  return witguest_loop_start(request_start, r);
}

/* ---- */

bench_callback_code_t exports_bench_guest_work_goroutines(uint32_t n) {
  (void)n;
  abort(); /* in go.c */
}

#define CALLBACK(name)                                                            \
  bench_callback_code_t exports_bench_guest_work_##name##_callback(bench_event_t *event) { \
    return witguest_loop_event(event->event, event->waitable, event->code);        \
  }
CALLBACK(repeat)
CALLBACK(hold)
CALLBACK(request)
CALLBACK(goroutines)
