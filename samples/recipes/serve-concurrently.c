/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Serve concurrently: one instance, many requests, one cache. The first fetches the page; those that come meanwhile wait for
 * it. Its answer comes in the first one's callback, and each request goes on for itself: what it does then is charged to it.
 */
#include "recipe.h"

typedef struct call {
  uint32_t request;
  witguest_capture_t capture;
  struct call *next;
} call;

static struct {
  witguest_await await;
  bool is_fetching;
  uint32_t size; /* 0: not there yet */
  call *waiting;
} cache;

static void answer(void *arg) {
  call *c = arg;
  note("has the page for request", c->request);
  exports_recipes_serve_return(cache.size);
  free(c);
}

static void fetched(void *arg, uint32_t state) {
  (void)arg;
  (void)state;
  for (call *c; (c = cache.waiting);) {
    cache.waiting = c->next;
    witguest_microtask_for(c->capture, answer, c); /* takes the capture */
  }
}

static void serve(void *arg) {
  call *c = arg;
  if (cache.size) {
    answer(c);
    return;
  }
  c->capture = witguest_capture(); /* keeps this call until its work has run */
  c->next = cache.waiting;
  cache.waiting = c;
  if (cache.is_fetching) return;
  cache.is_fetching = true;
  witguest_await_subtask(&cache.await, recipes_fetch(text("/menu"), &cache.size), fetched, NULL);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  call *c = call_new(sizeof *c);
  c->request = request;
  return witguest_loop_start(serve, c);
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
