/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Await many: start several imports at once, and answer when the last one is there. It takes as long as the slowest.
 */
#include "recipe.h"

static const char *const pages[] = {"/menu", "/news", "/archive"};
enum { PAGES = sizeof pages / sizeof *pages };

typedef struct call {
  witguest_await awaits[PAGES];
  uint32_t sizes[PAGES];
  unsigned left;
} call;

static void fetched(void *arg, uint32_t state) {
  call *c = arg;
  uint32_t sum = 0;
  (void)state;
  if (--c->left) return;
  for (unsigned n = 0; n < PAGES; n++) sum += c->sizes[n];
  exports_recipes_serve_return(sum);
  free(c);
}

static void serve(void *arg) {
  call *c = arg;
  c->left = PAGES;
  for (unsigned n = 0; n < PAGES; n++)
    witguest_await_subtask(&c->awaits[n], recipes_fetch(text(pages[n]), &c->sizes[n]), fetched, c);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
