/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Await one: call an import that takes time, and answer when it has its result.
 */
#include "recipe.h"

typedef struct call {
  witguest_await await;
  uint32_t size;
} call;

static void fetched(void *arg, uint32_t state) {
  call *c = arg;
  (void)state; /* RECIPES_SUBTASK_RETURNED: nobody cancels it here */
  exports_recipes_serve_return(c->size);
  free(c);
}

static void serve(void *arg) {
  call *c = arg;
  witguest_await_subtask(&c->await, recipes_fetch(text("/menu"), &c->size), fetched, c);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
