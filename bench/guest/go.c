/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What is measured of goroutines. A guest of its own: Asyncify rewrites all functions of a module, also those of loop.c.
 */
#include <stdlib.h>

#include <witguest/go.h>

#include "bench.h"

typedef struct repeated { exports_bench_guest_work_what_t what; uint32_t n; } repeated;

typedef struct half { uint32_t n; witguest_channel *channel; witguest_wait_group *group; } half;

/* ---- Two that take turns ---- */

static void yield(void *arg) {
  half *h = arg;
  for (uint32_t k = 0; k < h->n; k++) witguest_go_yield();
  witguest_wait_group_done(h->group);
}

static void send(void *arg) {
  half *h = arg;
  for (uint32_t k = 0; k < h->n; k++) witguest_channel_send(h->channel, &k);
  witguest_wait_group_done(h->group);
}

static void receive(void *arg) {
  half *h = arg;
  for (uint32_t value, k = 0; k < h->n; k++) witguest_channel_receive(h->channel, &value);
  witguest_wait_group_done(h->group);
}

static void run_two(void (*one)(void *), void (*other)(void *), half *h) {
  witguest_wait_group group = {0};
  h->group = &group;
  witguest_wait_group_add(&group, 2);
  if (witguest_go(one, h) || witguest_go(other, h)) abort();
  witguest_wait_group_wait(&group);
}

static void run_channel(uint32_t n, size_t capacity) {
  half h = {.n = n, .channel = witguest_channel_new(sizeof(uint32_t), capacity)};
  run_two(receive, send, &h);
  witguest_channel_free(h.channel);
}

static void repeat(void *arg) {
  repeated r = *(repeated *)arg;
  free(arg);
  switch (r.what) {
    case EXPORTS_BENCH_GUEST_WORK_WHAT_GOROUTINE_SWITCH: run_two(yield, yield, &(half){.n = r.n / 2}); break;
    case EXPORTS_BENCH_GUEST_WORK_WHAT_CHANNEL: run_channel(r.n, 0); break;
    case EXPORTS_BENCH_GUEST_WORK_WHAT_CHANNEL_BUFFERED: run_channel(r.n, 64); break;
    default: abort(); /* in loop.c */
  }
  exports_bench_guest_work_repeat_return();
}

bench_callback_code_t exports_bench_guest_work_repeat(exports_bench_guest_work_what_t what, uint32_t n) {
  repeated *r = malloc(sizeof *r);
  if (!r) abort();
  *r = (repeated){what, n};
  return witguest_go_start(repeat, r);
}

/* ---- Many that wait ---- */

static void wait_for_all(void *arg) {
  witguest_channel *gate = arg;
  witguest_channel_receive(gate, NULL);
}

static void goroutines(void *arg) {
  uint32_t n = (uint32_t)(uintptr_t)arg;
  witguest_channel *gate = witguest_channel_new(0, 0);
  for (uint32_t k = 0; k < n; k++)
    if (witguest_go(wait_for_all, gate)) abort();
  witguest_go_yield(); /* now they wait */
  exports_bench_guest_work_goroutines_return((uint32_t)__builtin_wasm_memory_size(0) * 65536u);
  witguest_channel_close(gate);
  witguest_channel_free(gate);
}

bench_callback_code_t exports_bench_guest_work_goroutines(uint32_t n) {
  return witguest_go_start(goroutines, (void *)(uintptr_t)n);
}

/* ---- */

bench_callback_code_t exports_bench_guest_work_hold(void) { abort(); }    /* in loop.c */
bench_callback_code_t exports_bench_guest_work_request(void) { abort(); } /* in loop.c */

#define CALLBACK(name)                                                            \
  bench_callback_code_t exports_bench_guest_work_##name##_callback(bench_event_t *event) { \
    return witguest_loop_event(event->event, event->waitable, event->code);        \
  }
CALLBACK(repeat)
CALLBACK(hold)
CALLBACK(request)
CALLBACK(goroutines)
