/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The same as guest.c with goroutines: those of all requests meet on channels, so one request's code is nearly always made ready
 * by another one's. Each import carries the request that it is for.
 */
#include <stdlib.h>

#include <witguest/go.h>

#include "attribution.h"
#include "rt.h"

#define DEPTH 5

typedef struct request {
  uint64_t id;
  uint32_t random, imports;
  bool returned;
  witguest_wait_group work;
} request;

typedef struct step {
  request *r;
  uint32_t depth;
} step;

/* Between all requests. Made with the first, freed with the last. `busy` will go on by themselves; `waiting` have to be met. */
static struct {
  witguest_channel *crossing;
  uint32_t requests, busy, waiting;
} meeting;

static uint32_t draw(request *r, uint32_t n) {
  r->random = r->random * 1664525u + 1013904223u;
  return (r->random >> 16) % n;
}

static void note(request *r) {
  r->imports++;
  test_attribution_host_note(r->id);
}

static bool is_cancelled(void) {
  witguest_task *t = witguest_task_current();
  bool cancelled = witguest_task_is_cancelled(t);
  witguest_task_unref(t);
  return cancelled;
}

static void request_return(request *r) {
  if (!r->returned && (witguest_mode == WITGUEST_OFF || !is_cancelled())) exports_test_attribution_guest_handle_return(r->imports);
  r->returned = true;
}

/* Takes along somebody who waits. What is sent and what is received are equally likely to be first. */
static bool meet_now(witguest_case cases[2]) {
  if (witguest_select_now(cases, 2) == WITGUEST_EAGAIN) return false;
  meeting.waiting--;
  meeting.busy++;
  return true;
}

/* Whoever stops last takes one along who waits, or they would wait for ever. */
static void stop(void) {
  char token = 0;
  witguest_case cases[2] = {{.channel = meeting.crossing, .send = &token}, {.channel = meeting.crossing}};
  if (!--meeting.busy && meeting.waiting) meet_now(cases);
}

static void meet(request *r) {
  char token = 0;
  witguest_case cases[2] = {{.channel = meeting.crossing, .send = &token}, {.channel = meeting.crossing}};
  if (!meet_now(cases) && meeting.busy > 1) {
    meeting.busy--;
    meeting.waiting++;
    if (witguest_select(cases, 2) < 0) abort();
  }
  note(r);
}

static void run(void *arg);

static void spawn(request *r, uint32_t depth) {
  step *s = malloc(sizeof *s);
  if (!s) abort();
  *s = (step){r, depth};
  witguest_wait_group_add(&r->work, 1);
  meeting.busy++;
  if (witguest_go(run, s)) abort();
}

static void act(request *r, uint32_t depth) {
  switch (draw(r, 4)) {
    case 0: witguest_go_yield(); break;
    case 1:
      if (depth < DEPTH) spawn(r, depth + 1);
      break;
    case 2: meet(r); break;
    default:
      r->imports++;
      if (witguest_go_await(test_attribution_host_wait(r->id, draw(r, 8))) != WITGUEST_RETURNED && !is_cancelled()) abort();
  }
  note(r);
}

static void run(void *arg) {
  step s = *(step *)arg;
  free(arg);
  for (uint32_t n = draw(s.r, 5); n; n--) act(s.r, s.depth);
  if (draw(s.r, 8) == 0) request_return(s.r);
  witguest_wait_group_done(&s.r->work);
  stop();
}

static void start(void *arg) {
  request *r = arg;
  if (witguest_mode == WITGUEST_OFF) request_return(r);
  for (unsigned n = 0; n < 4; n++) spawn(r, 1);
  act(r, 0);
  stop();
  witguest_wait_group_wait(&r->work);
  note(r);
  request_return(r);
  free(r);
  if (!--meeting.requests) witguest_channel_free(meeting.crossing);
}

attribution_callback_code_t exports_test_attribution_guest_handle(uint64_t id, uint32_t seed) {
  request *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->id = id;
  r->random = seed;
  meeting.busy++;
  if (!meeting.requests++) meeting.crossing = witguest_channel_new(1, 0);
  return witguest_go_start(start, r);
}

attribution_callback_code_t exports_test_attribution_guest_handle_callback(attribution_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

uint32_t exports_test_attribution_guest_blocks(void) { return rt_heap_blocks(); }
