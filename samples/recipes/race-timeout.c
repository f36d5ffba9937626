/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Race with a timeout: an import that takes too long is cancelled, and there is another answer.
 */
#include "recipe.h"

typedef struct call {
  witguest_await await;
  uint32_t size;
} call;

static void fetched(void *arg, uint32_t state) {
  call *c = arg;
  if (state != RECIPES_SUBTASK_RETURNED) note("too late; it was cancelled with state", state);
  exports_recipes_serve_return(state == RECIPES_SUBTASK_RETURNED ? c->size : 0);
  free(c);
}

static void serve(void *arg) {
  call *c = arg;
  witguest_set_wait(recipes_sleep); /* once: this is how this world waits */
  witguest_await_subtask(&c->await, recipes_fetch(text("/archive"), &c->size), fetched, c);
  witguest_await_timeout(&c->await, 100 * MILLISECONDS);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
