/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest as one writes it for `wit-bindgen c`, without any library: its state is in the context slot, it waits in its callback.
 */
#include <stdlib.h>

#include "their_side.h"

enum { WAITS = 3 };

typedef struct call {
  uint64_t request;
  unsigned waits;
  their_side_waitable_set_t set;
  their_side_subtask_t waiting;
} call;

static their_side_callback_code_t go_on(call *c) {
  for (;;) {
    test_neighbour_their_host_note(c->request);
    if (c->waits == WAITS) {
      exports_test_neighbour_theirs_run_return(c->request);
      their_side_waitable_set_drop(c->set);
      free(c);
      return THEIR_SIDE_CALLBACK_CODE_EXIT;
    }
    c->waits++;
    their_side_subtask_status_t status = test_neighbour_their_host_wait(c->request);
    if (THEIR_SIDE_SUBTASK_STATE(status) == THEIR_SIDE_SUBTASK_RETURNED) continue;
    c->waiting = THEIR_SIDE_SUBTASK_HANDLE(status);
    their_side_waitable_join(c->waiting, c->set);
    their_side_context_set_0(c);
    return THEIR_SIDE_CALLBACK_CODE_WAIT(c->set);
  }
}

their_side_callback_code_t exports_test_neighbour_theirs_run(uint64_t request) {
  call *c = malloc(sizeof *c);
  if (!c) abort();
  *c = (call){.request = request, .set = their_side_waitable_set_new()};
  return go_on(c);
}

their_side_callback_code_t exports_test_neighbour_theirs_run_callback(their_side_event_t *event) {
  call *c = their_side_context_get_0();
  if (event->event != THEIR_SIDE_EVENT_SUBTASK || event->waitable != c->waiting) abort();
  if (event->code != THEIR_SIDE_SUBTASK_RETURNED) return THEIR_SIDE_CALLBACK_CODE_WAIT(c->set);
  their_side_subtask_drop(c->waiting);
  return go_on(c);
}
