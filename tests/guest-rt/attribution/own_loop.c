/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The same host and world, and a guest with an event loop of its own: one run queue for all requests, from which work is taken in
 * random order, in whichever callback runs. The library's loop is not in it. Two ways to use the library:
 *
 *   FOUR_HOOKS   capture, enter, leave, release, and nothing else: native and serial mode. A callback ends when it has nothing to
 *                wait for, also if its request goes on: then that lives on in the callbacks of others.
 *   else         the loop also says where its exports begin, end and wait, and sends imports home: every mode
 */
#include <stdlib.h>

#include <witguest/task.h>

#include "attribution.h"
#include "rt.h"

#define DEPTH 6

/* A call of the export: what its callback waits for. */
typedef struct callback {
  witguest_export x;
  uint32_t set, waiting;
  struct request *r; /* NULL: has ended */
} callback;

typedef struct request {
  uint64_t id;
  uint32_t random, imports, left; /* left: work that has not ended */
  bool returned;
  callback *home;
} request;

typedef struct work {
  request *r;
  uint32_t depth;
  witguest_capture_t capture;
  callback *waits; /* whose callback hears of the subtask */
  bool is_asleep;
  struct work *next;
} work;

static work **ready; /* the run queue */
static uint32_t ready_count, ready_capacity;
static work *asleep; /* until somebody wakes all */
static work **by_subtask;
static uint32_t by_subtask_capacity;
static callback *running;
static uint32_t callbacks;

static uint32_t draw(request *r, uint32_t n) {
  r->random = r->random * 1664525u + 1013904223u;
  return (r->random >> 16) % n;
}

static void *grown(void *old, uint32_t *capacity, uint32_t wanted, size_t size) {
  uint32_t n = *capacity;
  if (wanted < n) return old;
  while (*capacity <= wanted) *capacity = *capacity ? *capacity * 2 : 64;
  char *grows = realloc(old, *capacity * size);
  if (!grows) abort();
  __builtin_memset(grows + n * size, 0, (*capacity - n) * size);
  return grows;
}

static void make_ready(work *w) {
  ready = grown(ready, &ready_capacity, ready_count, sizeof *ready);
  ready[ready_count++] = w;
}

static void wake_all(void) {
  for (work *w; (w = asleep);) {
    asleep = w->next;
    make_ready(w);
  }
}

/* ---- What calls imports: at home, where the mode needs that ---- */

static callback *waits_at(const request *r) {
#ifdef FOUR_HOOKS
  (void)r;
  return running;
#else
  return r->home;
#endif
}

static void issue(const request *r, const work *w, void (*import)(void *), void *arg) {
#ifdef FOUR_HOOKS
  (void)r, (void)w;
  import(arg);
#else
  (void)r;
  if (witguest_run_for((witguest_task *)w->capture, import, arg) < 0) abort();
#endif
}

static void work_end(work *w) {
  request *r = w->r;
  witguest_release(w->capture);
  free(w);
  if (--r->left) return;
  if (r->home) r->home->r = NULL;
  free(r);
}

static void result(void *arg) {
  work *w = arg;
  if (!w->r->returned) exports_test_attribution_guest_handle_return(w->r->imports);
  w->r->returned = true;
  if (w->r->left == 1) wake_all();
  work_end(w);
}

static void wait(void *arg) {
  work *w = arg;
  attribution_subtask_status_t status = test_attribution_host_wait(w->r->id, draw(w->r, 8));
  w->r->imports++;
  if (ATTRIBUTION_SUBTASK_STATE(status) == ATTRIBUTION_SUBTASK_RETURNED) {
    make_ready(w);
    return;
  }
  uint32_t subtask = ATTRIBUTION_SUBTASK_HANDLE(status);
  by_subtask = grown(by_subtask, &by_subtask_capacity, subtask, sizeof(work *));
  by_subtask[subtask] = w;
  w->waits = waits_at(w->r);
  w->waits->waiting++;
  attribution_waitable_join(subtask, w->waits->set);
}

/* ---- Work ---- */

static work *work_new(request *r, uint32_t depth) {
  work *w = calloc(1, sizeof *w);
  if (!w) abort();
  *w = (work){.r = r, .depth = depth, .capture = witguest_capture()};
  r->left++;
  return w;
}

static void spawn(request *r, uint32_t depth) {
  work *w = work_new(r, depth);
  switch (draw(r, 3)) {
    case 0: make_ready(w); break;
    case 1:
      w->next = asleep;
      asleep = w;
      break;
    default: issue(r, w, wait, w);
  }
}

static void note(void *arg) {
  work *w = arg;
  test_attribution_host_note(w->r->id);
  w->r->imports++;
  work_end(w);
}

static void work_run(work *w) {
  request *r = w->r;
  witguest_scope scope = witguest_enter(w->capture);
  if (w->depth < DEPTH)
    for (uint32_t n = draw(r, 3); n; n--) spawn(r, w->depth + 1);
  if (draw(r, 3) == 0) wake_all();
  if (!r->returned && (r->left == 1 || draw(r, 8) == 0)) issue(r, w, result, work_new(r, DEPTH));
  issue(r, w, note, w);
  witguest_leave(scope);
}

static uint32_t order = 1;

static void drain(void) {
  for (;;) {
    if (!ready_count && running->waiting == 0) wake_all(); /* or nobody might */
    if (!ready_count) return;
    order = order * 1664525u + 1013904223u;
    uint32_t n = (order >> 16) % ready_count;
    work *w = ready[n];
    ready[n] = ready[--ready_count];
    work_run(w);
  }
}

/* ---- Callbacks ---- */

static bool is_over(const callback *c) {
#ifdef FOUR_HOOKS
  return !c->waiting;
#else
  return !c->waiting && !witguest_export_is_needed(&c->x);
#endif
}

static void begin(callback *c) {
  running = c;
#ifndef FOUR_HOOKS
  witguest_export_enter(&c->x);
#endif
}

/* Nobody is there: as at the beginning. */
static void rest(void) {
  free(ready);
  free(by_subtask);
  ready = by_subtask = NULL;
  ready_capacity = by_subtask_capacity = 0;
}

static uint32_t end(callback *c) {
  bool over = is_over(c);
  uint32_t set = c->set;
#ifndef FOUR_HOOKS
  if (!over) witguest_export_waits(&c->x, set);
  witguest_export_leave(&c->x);
  if (over) witguest_export_end(&c->x);
#endif
  running = NULL;
  if (!over) return ATTRIBUTION_CALLBACK_CODE_WAIT(set);
  attribution_waitable_set_drop(set);
  if (c->r) c->r->home = NULL;
  free(c);
  if (--callbacks == 0) rest();
  return ATTRIBUTION_CALLBACK_CODE_EXIT;
}

attribution_callback_code_t exports_test_attribution_guest_handle(uint64_t id, uint32_t seed) {
  request *r = calloc(1, sizeof *r);
  callback *c = calloc(1, sizeof *c);
  if (!r || !c) abort();
  c->set = attribution_waitable_set_new();
  attribution_context_set_0(c);
  *r = (request){.id = id, .random = seed, .home = c};
  c->r = r;
  callbacks++;
  begin(c);
  work *first = work_new(r, 0);
  for (unsigned n = 0; n < 4; n++) spawn(r, 1);
  if (witguest_mode == WITGUEST_OFF) result(work_new(r, DEPTH));
  make_ready(first);
  drain();
  return end(c);
}

attribution_callback_code_t exports_test_attribution_guest_handle_callback(attribution_event_t *event) {
  callback *c = attribution_context_get_0();
  begin(c);
#ifndef FOUR_HOOKS
  bool is_wake = witguest_export_event(&c->x, event->event, event->waitable, event->code);
#else
  bool is_wake = false;
#endif
  if (event->event == ATTRIBUTION_EVENT_CANCEL) {
    attribution_task_cancel();
    c->r->returned = true; /* it has not ended, or the host would not have asked */
  }
  if (!is_wake && event->event == ATTRIBUTION_EVENT_SUBTASK && event->code == ATTRIBUTION_SUBTASK_RETURNED) {
    work *w = by_subtask[event->waitable];
    attribution_subtask_drop(event->waitable);
    w->waits->waiting--;
    make_ready(w);
  }
  drain();
  return end(c);
}

uint32_t exports_test_attribution_guest_blocks(void) { return rt_heap_blocks(); }
