/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Cancel: the caller has lost interest. Say so to whom we wait for, clean up, and end without an answer.
 */
#include "recipe.h"

typedef struct call {
  witguest_await await;
  uint32_t size;
} call;

static void fetched(void *arg, uint32_t state) {
  call *c = arg;
  if (state == RECIPES_SUBTASK_RETURNED) exports_recipes_serve_return(c->size);
  free(c); /* in both cases: an await always ends */
}

static void cancelled(void *arg) {
  (void)arg;
  note("cancelled; cleaning up", 0);
  witguest_task_cancel(); /* ends the call, and cancels all that it awaits */
}

static void serve(void *arg) {
  call *c = arg;
  witguest_on_cancel(cancelled, c);
  witguest_await_subtask(&c->await, recipes_fetch(text("/archive"), &c->size), fetched, c);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
