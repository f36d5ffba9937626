/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Runs many requests at once in the guest, answers its waits in random order, and compares for each import the group that the
 * host sees with the request that the guest believes in. The same program linked with libwitguest-off must be wrong somewhere, or
 * the test proves nothing.
 *
 *   host MODE [REQUESTS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attribution_host.h"

typedef struct waiting { withost_call *call; uint32_t steps; } waiting;

typedef struct host {
  waiting *waits;
  size_t count, capacity;
  uint64_t imports, wrong, done, finished;
  uint32_t random;
} host;

static void observe(host *h, const withost_call *call, uint64_t request) {
  h->imports++;
  h->wrong += withost_call_group(call)->tag != request;
}

static void note(void *user, withost_call *call, uint64_t request) { observe(user, call, request); }

static void wait(void *user, withost_call *call, uint64_t request, uint32_t steps) {
  host *h = user;
  observe(h, call, request);
  if (!steps) {
    attribution_test_attribution_host_wait_return(call);
    return;
  }
  if (h->count == h->capacity) {
    h->capacity = h->capacity ? h->capacity * 2 : 64;
    h->waits = realloc(h->waits, h->capacity * sizeof *h->waits);
    if (!h->waits) abort();
  }
  h->waits[h->count++] = (waiting){call, steps};
}

static void handled(void *user, withost_call *call, int status, const uint32_t *imports) {
  host *h = user;
  (void)call;
  (void)imports;
  h->done += status == WITHOST_OK;
}

static void finished(void *user, withost_group *group) {
  (void)group;
  ((host *)user)->finished++;
}

static uint32_t draw(host *h, uint32_t n) {
  h->random = h->random * 1664525u + 1013904223u;
  return (h->random >> 16) % n;
}

static void answer_one(host *h) {
  size_t n = draw(h, (uint32_t)h->count);
  withost_call *call = h->waits[n].call;
  h->waits[n] = h->waits[--h->count];
  attribution_test_attribution_host_wait_return(call);
}

static int failed(withost_store *store, const char *what, int error) {
  printf("not ok 1 - %s: %s: %s\n1..1\n", what, withost_error_text(error), withost_store_message(store));
  return 1;
}

static int run(host *h, withost_store *store, attribution_instance *guest, withost_group *groups, uint32_t requests) {
  for (uint32_t n = 0; n < requests; n++) {
    groups[n].tag = n + 1;
    int error = attribution_test_attribution_guest_handle(guest, &groups[n], n + 1, n * 7919, handled, h, NULL);
    if (error) return error;
    for (uint32_t k = draw(h, 3); k && h->count; k--) answer_one(h);
    while (draw(h, 2) && withost_store_run(store) > 0) {}
  }
  for (;;) {
    while (withost_store_run(store) > 0) {}
    if (!h->count) return WITHOST_OK;
    answer_one(h);
  }
}

static int number = 0;

static bool check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  return good;
}

int main(int argc, char **argv) {
  static const attribution_imports imports = {.test_attribution_host_note = note, .test_attribution_host_wait = wait};
  const char *mode = argc > 1 ? argv[1] : strrchr(argv[0], '-') + 1;
  uint32_t requests = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1000;
  host h = {.random = 1};
  withost_store *store;
  attribution_instance *guest;
  withost_config config = {.hooks = {.finish = finished, .user = &h}};
  if (withost_store_new(&config, &store)) return 1;
  int error = attribution_instantiate(store, attribution_program_wasm2c(), &imports, &h, &guest);
  if (error) return failed(store, "instantiate", error);
  withost_group *groups = calloc(requests, sizeof *groups);
  if (!groups) return 1;
  error = run(&h, store, guest, groups, requests);
  if (error) return failed(store, "run", error);
  printf("# %s: %u requests, %llu imports, %llu charged wrongly\n", mode, (unsigned)requests, (unsigned long long)h.imports,
         (unsigned long long)h.wrong);
  bool off = strcmp(mode, "off") == 0;
  bool good = check(off ? h.wrong > 0 : h.wrong == 0, off ? "without attribution the host sees wrong groups" : "law 1: the host sees each import under the group of its request");
  good &= check(h.done == requests, "every request has its result");
  good &= check(h.finished == requests, "law 4: every group ends when its work has");
  error = withost_store_close(store);
  good &= check(!error, "nothing is left");
  printf("1..%d\n", number);
  free(groups);
  free(h.waits);
  return !good;
}
