/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Our half of the module: a guest on the loop whose calls settle each other's promises, so that the thread moves often. The other
 * half is theirs.c.
 */
#include <stdlib.h>

#include <witguest/loop.h>

#include "neighbour.h"

enum { WAITS = 3 };

typedef struct call {
  uint64_t request;
  unsigned waits;
  witguest_await await;
  witguest_capture_t capture; /* while it waits for a promise */
  struct call *next;
} call;

/* Settled by whoever's wait ends next; by nobody, if it is the last one. */
static call *promised;
static unsigned calls;

static void settled(void *arg);

static void settle(void) {
  call *c = promised;
  promised = NULL;
  if (c) witguest_microtask_for(c->capture, settled, c);
}

static void waited(void *arg, uint32_t state) {
  call *c = arg;
  if (state != NEIGHBOUR_SUBTASK_RETURNED) abort();
  settle();
  c->capture = witguest_capture();
  promised = c;
  if (calls == 1) settle();
}

static void settled(void *arg) {
  call *c = arg;
  test_neighbour_our_host_note(c->request);
  if (c->waits++ < WAITS) {
    if (witguest_await_subtask(&c->await, test_neighbour_our_host_wait(c->request), waited, c)) abort();
    return;
  }
  exports_test_neighbour_ours_run_return(c->request);
  free(c);
  if (--calls == 1) settle();
}

neighbour_callback_code_t exports_test_neighbour_ours_run(uint64_t request) {
  call *c = calloc(1, sizeof *c);
  if (!c) abort();
  c->request = request;
  calls++;
  return witguest_loop_start(settled, c);
}

neighbour_callback_code_t exports_test_neighbour_ours_run_callback(neighbour_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
