/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What a call costs: one that returns at once, an import that is ready, an import answered later, with 100 and 100,000 calls
 * parked in one instance; host memory for each parked call. Prints numbers; fails only if a parked call takes more than
 * 512 bytes, which does not depend on the machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "rig.h"

enum { WAIT = 2, MOST = 100000, EVENTS = 300000 };

typedef struct load {
  withost_store *store;
  machine_instance *guest;
  withost_call *owed[MOST];
  uint32_t sets[MOST], subtasks[MOST];
  uint8_t phase[MOST];
  uint32_t latest, done;
  size_t bytes;
  bool nop;
} load;

static void *counting_resize(void *user, void *old, size_t old_size, size_t size) {
  load *l = user;
  l->bytes += size - old_size;
  if (size) return realloc(old, size);
  free(old);
  return NULL;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Each call: a set, an import, and then for ever: wait, drop, import again. */
static machine_op load_ask(void *host, withost_call *call, uint32_t who, uint32_t result) {
  load *l = host;
  (void)call;
  l->latest = who;
  if (l->nop) return l->phase[0] ^= 1, l->phase[0] ? (machine_op){RETURN_CB, 1, 0} : (machine_op){EXIT, 0, 0};
  switch (l->phase[who]++) {
    case 0: return (machine_op){SET_NEW, 0, 0};
    case 1: l->sets[who] = result; return (machine_op){LATER_ASYNC, 0, 64};
    case 2: l->subtasks[who] = result >> 4; return (machine_op){JOIN, result >> 4, l->sets[who]};
    case 3: return (machine_op){EXIT, WAIT | l->sets[who] << 4, 0};
    default: l->phase[who] = 1; l->latest = who; return (machine_op){SUBTASK_DROP, l->subtasks[who], 0};
  }
}

static machine_op load_ask_again(void *host, withost_call *call, uint32_t who, uint32_t result) {
  load *l = host;
  if (!l->nop && l->phase[who] == 1 && l->sets[who]) result = l->sets[who];
  return load_ask(host, call, who, result);
}

static void load_tell(void *host, withost_call *call, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2) {
  (void)host, (void)call, (void)who, (void)event, (void)p1, (void)p2;
}

static void load_later(void *host, withost_call *call, uint32_t value) {
  load *l = host;
  (void)value;
  l->owed[l->latest] = call;
}

static void load_done(void *user, withost_call *call, int status, const uint32_t *result) {
  (void)call, (void)status, (void)result;
  ((load *)user)->done++;
}

static const machine_imports imports = {load_ask_again, load_tell, load_later};

/* Nanoseconds an event (answer, turn, callback, drop, import, wait), with `parked` calls. `stride` 1: in the order of the calls. */
static double measure(load *l, uint32_t parked, uint32_t stride) {
  withost_config config = {.allocator = {counting_resize, l}};
  if (withost_store_new(&config, &l->store) || machine_instantiate(l->store, machine_program_wasm2c(), &imports, l, &l->guest)) abort();
  size_t before = l->bytes;
  for (uint32_t n = 0; n < parked; n++) machine_call(l->guest, CB, NULL, n, load_done, l, NULL);
  double each = (double)(l->bytes - before) / parked;
  uint32_t at = 0;
  double best = 1e18;
  for (int round = 0; round < 3; round++) {
    double start = now();
    for (uint32_t n = 0; n < EVENTS; n++) {
      at = (at + stride) % parked;
      machine_later_return(l->owed[at], 1);
      withost_store_run(l->store);
    }
    double took = (now() - start) / EVENTS;
    if (took < best) best = took;
  }
  printf("# %u parked, order %u: %.1f ns an event, %.0f bytes a call\n", parked, stride, best, each);
  if (parked == MOST) check(each <= 512, "parked memory", "%.0f bytes a call", each);
  withost_instance_abort(machine_as_instance(l->guest), "end");
  for (uint32_t n = 0; n < parked; n++) machine_later_return(l->owed[n], 0);
  check(withost_store_close(l->store) == WITHOST_OK && l->bytes == 0, "heap", "back at baseline");
  return best;
}

static void measure_nop(load *l) {
  if (withost_store_new(NULL, &l->store) || machine_instantiate(l->store, machine_program_wasm2c(), &imports, l, &l->guest)) abort();
  l->nop = true;
  double start = now();
  for (int n = 0; n < EVENTS; n++) machine_call(l->guest, CB, NULL, 0, load_done, l, NULL);
  printf("# a call that returns at once: %.1f ns, on a stack of its own and with two imports\n", (now() - start) / EVENTS);
  check(withost_store_close(l->store) == WITHOST_OK, "close", "%s", "nothing is unfinished");
}

int main(void) {
  static load l;
  measure_nop(&l);
  for (uint32_t stride = 1; stride <= 61803; stride += 61802) {
    memset(&l, 0, sizeof l);
    double few = measure(&l, 100, stride);
    memset(&l, 0, sizeof l);
    double many = measure(&l, MOST, stride);
    printf("# 100,000 to 100, order %u: %.2f\n", stride, many / few);
  }
  return check_end();
}
