/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * One instance, many calls at once. A call that has to wait leaves its state in a struct, tells the host what it
 * waits for, and returns; the host calls back when that has happened. No thread, no blocked stack:
 *
 *   greet          starts the timer, puts it into a set of things to wait for, returns WAIT(set)
 *   greet_callback is told "the timer has returned", answers the caller, returns EXIT
 *
 * All calls run on one stack, one after the other, so plain C data needs no locks.
 */
#include <stdlib.h>
#include <string.h>

#include "hello.h"

typedef struct greeting {
  hello_string_t name; /* ours: an export owns its arguments */
  hello_subtask_t timer;
  hello_waitable_set_t waiting;
} greeting;

/* Answers the caller and forgets the call. */
static void greeting_finish(greeting *g) {
  static const char hello[] = "hello ";
  const size_t prefix = sizeof hello - 1;
  hello_string_t text = {malloc(prefix + g->name.len), prefix + g->name.len};
  if (!text.ptr) abort();
  memcpy(text.ptr, hello, prefix);
  memcpy(text.ptr + prefix, g->name.ptr, g->name.len);
  exports_demo_hello_greeter_greet_return(text);
  hello_string_free(&text);
  hello_string_free(&g->name);
  free(g);
}

hello_callback_code_t exports_demo_hello_greeter_greet(hello_string_t *name, uint32_t milliseconds) {
  greeting *g = malloc(sizeof *g);
  if (!g) abort();
  g->name = *name;

  hello_subtask_status_t status = demo_hello_timer_wait(milliseconds);
  if (HELLO_SUBTASK_STATE(status) == HELLO_SUBTASK_RETURNED) {
    greeting_finish(g);
    return HELLO_CALLBACK_CODE_EXIT;
  }
  g->timer = HELLO_SUBTASK_HANDLE(status);
  g->waiting = hello_waitable_set_new();
  hello_waitable_join(g->timer, g->waiting);
  hello_context_set_0(g); /* one slot per call: this is how the callback finds its state */
  return HELLO_CALLBACK_CODE_WAIT(g->waiting);
}

hello_callback_code_t exports_demo_hello_greeter_greet_callback(hello_event_t *event) {
  greeting *g = hello_context_get_0();
  if (event->event != HELLO_EVENT_SUBTASK || event->code != HELLO_SUBTASK_RETURNED)
    return HELLO_CALLBACK_CODE_WAIT(g->waiting); /* the timer has merely started */
  hello_subtask_drop(g->timer);
  hello_waitable_set_drop(g->waiting);
  greeting_finish(g);
  return HELLO_CALLBACK_CODE_EXIT;
}
