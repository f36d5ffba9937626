/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Background work: answer first, and go on. The call lives, and is charged, until nothing is left that was begun for it.
 */
#include "recipe.h"

typedef struct call {
  witguest_await await;
  uint32_t size;
} call;

static void archived(void *arg, uint32_t state) {
  call *c = arg;
  (void)state;
  note("background work has found bytes:", c->size);
  free(c);
}

static void serve(void *arg) {
  call *c = arg;
  exports_recipes_serve_return(202); /* the caller goes on from here */
  witguest_await_subtask(&c->await, recipes_fetch(text("/news"), &c->size), archived, c);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
