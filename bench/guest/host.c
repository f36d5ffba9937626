/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Times what the guest that it is linked with does, once: a line "name value" for each name. bench/guest/run starts the hosts of several
 * libraries in turns, and takes the best of each.
 *
 *   host NAME...       of `what` in world.wit, in nanoseconds each; "goroutines": MB of 10,000; "proxy": requests per second
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../host/timing.h"
#include "bench_host.h"

enum { ROUND = 2000, ROUNDS = 400, GOROUTINES = 10000, REQUESTS = 100, ANSWER_NS = 10000000, PROXY_NS = 300000000 };

typedef struct host {
  withost_store *store;
  bench_instance *guest;
  unsigned ended; /* calls, in all */
  uint32_t memory;
  struct { withost_call *call; double due; } waits[REQUESTS]; /* a ring: all wait equally long */
  size_t first, count;
} host;

static void must(int error, const host *h, const char *what) {
  if (!error) return;
  fprintf(stderr, "bench: %s: %s; %s\n", what, withost_error_text(error), withost_store_message(h->store));
  exit(1);
}

/* ---- Imports and results ---- */

static void note(void *user, withost_call *call) { (void)user, (void)call; }

static void wait(void *user, withost_call *call) {
  host *h = user;
  size_t n = (h->first + h->count++) % REQUESTS;
  h->waits[n].call = call;
  h->waits[n].due = bench_now() + ANSWER_NS;
}

static void ended(void *user, withost_call *call, int status) {
  host *h = user;
  (void)call;
  must(status, h, "a call");
  h->ended++;
}

static void has_memory(void *user, withost_call *call, int status, const uint32_t *bytes) {
  host *h = user;
  ended(h, call, status);
  h->memory = *bytes;
}

/* ---- What is done n times ---- */

static const char *const names[] = {"scope-same", "scope-other", "capture", "microtask", "plain", "goroutine-switch", "channel", "channel-buffered"};

static void until_ended(host *h, unsigned ended) {
  while (h->ended < ended)
    if (withost_store_run(h->store) <= 0 && h->ended < ended) must(WITHOST_EDEADLOCK, h, "a call");
}

static double repeat(host *h, unsigned what) {
  double best = 1e9;
  for (unsigned round = 0; round < ROUNDS; round++) {
    unsigned before = h->ended;
    double start = bench_now();
    must(bench_guest_work_repeat(h->guest, NULL, (exports_bench_guest_work_what_t)what, ROUND, ended, h, NULL), h, "repeat");
    until_ended(h, before + 1);
    double each = (bench_now() - start) / ROUND;
    if (each < best) best = each;
  }
  return best;
}

/* ---- The proxy: REQUESTS at a time, each import takes ANSWER_NS ---- */

static void sleep_until(double due) {
  double left = due - bench_now();
  if (left > 0) nanosleep(&(struct timespec){0, (long)left}, NULL);
}

static void answer_due(host *h) {
  double now = bench_now();
  while (h->count && h->waits[h->first].due <= now) {
    withost_call *call = h->waits[h->first].call;
    h->first = (h->first + 1) % REQUESTS;
    h->count--;
    must(bench_guest_host_wait_return(call), h, "answer");
  }
}

static double proxy(host *h) {
  unsigned started = 0, before = h->ended;
  double start = bench_now(), end = start + PROXY_NS;
  while (bench_now() < end) {
    for (; started - (h->ended - before) < REQUESTS; started++)
      must(bench_guest_work_request(h->guest, NULL, ended, h, NULL), h, "request");
    while (withost_store_run(h->store) > 0) {}
    if (h->count && started - (h->ended - before) == REQUESTS) sleep_until(h->waits[h->first].due);
    answer_due(h);
    while (withost_store_run(h->store) > 0) {}
  }
  return (h->ended - before) / (bench_now() - start) * 1e9;
}

static double goroutines(host *h) {
  unsigned before = h->ended;
  must(bench_guest_work_goroutines(h->guest, NULL, GOROUTINES, has_memory, h, NULL), h, "goroutines");
  until_ended(h, before + 1);
  return h->memory / 1e6;
}

static double value_of(host *h, const char *name) {
  if (strcmp(name, "proxy") == 0) return proxy(h);
  if (strcmp(name, "goroutines") == 0) return goroutines(h);
  for (unsigned n = 0; n < sizeof names / sizeof *names; n++)
    if (strcmp(name, names[n]) == 0) return repeat(h, n);
  must(WITHOST_EINVAL, h, name);
  return 0;
}

int main(int argc, char **argv) {
  static const bench_imports imports = {.bench_guest_host_note = note, .bench_guest_host_wait = wait};
  host h = {0};
  must(withost_store_new(NULL, &h.store), &h, "store");
  must(bench_instantiate(h.store, bench_program_wasm2c(), &imports, &h, &h.guest), &h, "instantiate");
  if (argc > 1 && strcmp(argv[1], "scope-other") == 0) must(bench_guest_work_hold(h.guest, NULL, ended, &h, NULL), &h, "hold");
  for (int n = 1; n < argc; n++) printf("%s %.5g\n", argv[n], value_of(&h, argv[n]));
  return 0;
}
