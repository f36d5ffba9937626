/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest that does its best to be charged wrongly: requests wait for each other's promises, so the work of one comes up in the
 * callback of another; they start work in work, and go on after their result. Each import carries the request that it is for.
 */
#include <stdlib.h>

#include <witguest/loop.h>

#include "attribution.h"
#include "rt.h"

#define DEPTH 6

typedef struct request {
  uint64_t id;
  uint32_t random, imports;
  uint32_t left, parked; /* work that has not ended; of it, what waits for the promise */
  bool returned;
} request;

typedef struct step {
  request *r;
  uint32_t depth;
  witguest_capture_t capture; /* of one that waits for a promise */
  witguest_await await;
  struct step *next;
} step;

/* A promise that any request may settle: who waits for it was captured when it began to wait. */
static step *reactions;

static uint32_t draw(request *r, uint32_t n) {
  r->random = r->random * 1664525u + 1013904223u;
  return (r->random >> 16) % n;
}

static void step_run(void *arg);

static step *step_new(request *r, uint32_t depth) {
  step *s = malloc(sizeof *s);
  if (!s) abort();
  *s = (step){.r = r, .depth = depth};
  r->left++;
  return s;
}

static void settle(void) {
  while (reactions) {
    step *s = reactions;
    reactions = s->next;
    s->r->parked--;
    witguest_microtask_for(s->capture, step_run, s);
  }
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

static void step_end(step *s) {
  request *r = s->r;
  free(s);
  if (--r->left) {
    if (r->left == r->parked) settle(); /* or nobody might */
    return;
  }
  request_return(r);
  free(r);
}

static void waited(void *arg, uint32_t state) {
  if (state == ATTRIBUTION_SUBTASK_RETURNED || is_cancelled()) step_run(arg);
  else abort(); /* nobody else asks it to stop */
}

static void spawn(request *r, uint32_t depth) {
  step *s = step_new(r, depth);
  switch (draw(r, 4)) {
    case 0: witguest_microtask(step_run, s); break;
    case 1: witguest_macrotask(step_run, s); break;
    case 2:
      s->capture = witguest_capture();
      s->next = reactions;
      reactions = s;
      r->parked++;
      break;
    default:
      r->imports++;
      if (witguest_await_subtask(&s->await, test_attribution_host_wait(r->id, draw(r, 8)), waited, s)) abort();
  }
}

static void step_run(void *arg) {
  step *s = arg;
  request *r = s->r;
  r->imports++;
  test_attribution_host_note(r->id);
  if (s->depth < DEPTH)
    for (uint32_t n = draw(r, 3); n; n--) spawn(r, s->depth + 1);
  if (draw(r, 2)) settle();
  if (draw(r, 8) == 0) request_return(r);
  step_end(s);
}

/* Without attribution a result that is returned in another request's callback would be that one's. */
static void start(void *arg) {
  step *s = arg;
  if (witguest_mode == WITGUEST_OFF) request_return(s->r);
  for (unsigned n = 0; n < 4; n++) spawn(s->r, 1);
  step_run(s);
}

attribution_callback_code_t exports_test_attribution_guest_handle(uint64_t id, uint32_t seed) {
  request *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->id = id;
  r->random = seed;
  return witguest_loop_start(start, step_new(r, 0));
}

attribution_callback_code_t exports_test_attribution_guest_handle_callback(attribution_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

uint32_t exports_test_attribution_guest_blocks(void) { return rt_heap_blocks(); }
