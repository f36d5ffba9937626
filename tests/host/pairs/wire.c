/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Wires; see wire.h.
 */
#include "wire.h"

#include <stdlib.h>
#include <string.h>

typedef struct kept {
  struct kept *next;
  max_align_t data[];
} kept;

struct wire {
  wires *all;
  withost_call *outer, *inner;
  kept *kept;
  bool sent, done; /* it is closed when both are so: which comes first is the callee's business */
};

static void *allocate(size_t size) {
  void *memory = malloc(size);
  if (!memory) abort();
  return memory;
}

wire *wire_open(wires *all, withost_call *call) {
  wire *w = allocate(sizeof *w);
  *w = (wire){.all = all, .outer = call};
  all->open++;
  all->run->calls++;
  return w;
}

static void wire_close(wire *w) {
  for (kept *k = w->kept, *next; k; k = next) {
    next = k->next;
    free(k);
  }
  w->all->open--;
  free(w);
}

void *wire_keep(wire *w, const void *data, size_t size) {
  kept *k = allocate(sizeof *k + size);
  k->next = w->kept;
  w->kept = k;
  if (size) memcpy(k->data, data, size);
  return k->data;
}

wires *wire_all(const wire *w) { return w->all; }
withost_call **wire_inner(wire *w) { return &w->inner; }

void wire_sent(wire *w, int error) {
  w->sent = true;
  if (!w->done && !error) error = withost_call_pass_on(w->outer, w->inner);
  if (error) withost_call_trap(w->outer, withost_store_message(w->all->run->store));
  if (error || w->done) wire_close(w);
}

withost_call *wire_done(wire *w, withost_call *inner, int status) {
  withost_call *outer = w->outer;
  (void)inner;
  w->done = true;
  if (w->sent) wire_close(w);
  if (status == WITHOST_OK) return outer;
  if (status != WITHOST_ECANCELLED || withost_call_answer_cancelled(outer)) withost_call_trap(outer, withost_error_text(status));
  return NULL;
}

/* ---- Sync calls ---- */

bool wire_called(wires *all, withost_call *call, int error) {
  if (error) withost_call_trap(call, withost_store_message(all->run->store));
  all->run->calls++;
  return !error;
}

void *wire_keep_result(wires *all, const void *result, size_t size, void (*release)(void *)) {
  if (all->result.release) all->result.release(all->result.value);
  free(all->result.value);
  all->result = (wire_result){release, result ? allocate(size) : NULL};
  if (result) memcpy(all->result.value, result, size);
  return all->result.value;
}
