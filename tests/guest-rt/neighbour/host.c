/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Law 8 with a stranger: one module, half of which is a guest of libwitguest and half one that `wit-bindgen c` made (theirs.lib, see
 * remake). Calls of both are in flight at once; each has its own result, and each import is charged to its call.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "neighbour_host.h"

enum { CALLS = 400 };

typedef struct host host;
typedef struct slot { host *h; withost_group group; } slot;
typedef struct waiting { withost_call *call; int (*answer)(withost_call *call); } waiting;

struct host {
  slot slots[CALLS];
  waiting waits[CALLS];
  size_t count;
  uint32_t random;
  unsigned imports[2], wrong[2], done, bad, finished; /* [0]: ours, [1]: theirs */
};

static void observe(host *h, const withost_call *call, uint64_t request, int whose) {
  h->imports[whose]++;
  h->wrong[whose] += withost_call_group(call)->tag != request;
}

static void our_note(void *h, withost_call *call, uint64_t request) { observe(h, call, request, 0); }
static void their_note(void *h, withost_call *call, uint64_t request) { observe(h, call, request, 1); }

static void wait(host *h, withost_call *call, uint64_t request, int whose, int (*answer)(withost_call *call)) {
  observe(h, call, request, whose);
  h->waits[h->count++] = (waiting){call, answer}; /* one a call at a time */
}

static void our_wait(void *h, withost_call *call, uint64_t request) {
  wait(h, call, request, 0, neighbour_test_neighbour_our_host_wait_return);
}

static void their_wait(void *h, withost_call *call, uint64_t request) {
  wait(h, call, request, 1, neighbour_test_neighbour_their_host_wait_return);
}

static void done(void *user, withost_call *call, int status, const uint64_t *result) {
  const slot *s = user;
  (void)call;
  s->h->done++;
  s->h->bad += status || *result != s->group.tag;
}

static void finished(void *user, withost_group *group) { ((host *)user)->finished += group->tag != 0; }

static void answer_one(host *h) {
  h->random = h->random * 1664525u + 1013904223u;
  size_t n = (size_t)((uint64_t)h->random * h->count >> 32);
  waiting w = h->waits[n];
  h->waits[n] = h->waits[--h->count];
  w.answer(w.call);
}

static int run(host *h, withost_store *store, neighbour_instance *guest) {
  for (uint32_t n = 0; n < CALLS; n++) {
    slot *s = &h->slots[n];
    *s = (slot){.h = h, .group = {.tag = n + 1}};
    int error = n % 2 ? neighbour_test_neighbour_theirs_run(guest, &s->group, n + 1, done, s, NULL)
                      : neighbour_test_neighbour_ours_run(guest, &s->group, n + 1, done, s, NULL);
    if (error) return error;
    if (n % 3 == 0 && h->count) answer_one(h);
  }
  for (;;) {
    while (withost_store_run(store) > 0) {}
    if (!h->count) return WITHOST_OK;
    answer_one(h);
  }
}

static int number, failures;

static void check(bool good, const char *what) {
  printf("%sok %d - law 8: %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

int main(void) {
  static const neighbour_imports imports = {.test_neighbour_our_host_note = our_note, .test_neighbour_our_host_wait = our_wait,
                                            .test_neighbour_their_host_note = their_note, .test_neighbour_their_host_wait = their_wait};
  static host h = {.random = 1};
  withost_store *store;
  neighbour_instance *guest;
  withost_config config = {.hooks = {.finish = finished, .user = &h}};
  if (withost_store_new(&config, &store)) return 1;
  int error = neighbour_instantiate(store, neighbour_program_wasm2c(), &imports, &h, &guest);
  if (!error) error = run(&h, store, guest);
  if (error) printf("# %s: %s\n", withost_error_text(error), withost_store_message(store));
  printf("# ours: %u imports, %u charged wrongly; theirs: %u, %u\n", h.imports[0], h.wrong[0], h.imports[1], h.wrong[1]);
  check(!error && h.done == CALLS && !h.bad, "every call has its own result");
  check(h.imports[0] == CALLS / 2 * 7 && h.imports[1] == CALLS / 2 * 7, "each called four notes and three waits");
  check(!h.wrong[0], "ours is charged right");
  check(!h.wrong[1], "theirs is charged right");
  check(h.finished == CALLS, "every group ends");
  check(withost_store_close(store) == WITHOST_OK, "nothing is left");
  printf("1..%d\n", number);
  return failures != 0;
}
