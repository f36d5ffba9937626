/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Keeps many requests in flight in one guest until that has called a million imports: answers its waits in random order, cancels
 * requests at random, and compares for each import the group that it sees with the request that the guest believes in. The same
 * program linked with libwitguest-off must be wrong somewhere, or the test proves nothing.
 *
 *   attribution-MODE [IMPORTS [REQUESTS]]      REQUESTS at a time
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <machine.h>

#include "attribution_host.h"

typedef struct host host;

typedef struct slot {
  host *h;
  withost_group group;
  withost_call *call; /* NULL: has ended */
  bool busy;          /* its group has tasks */
} slot;

typedef struct waiting { withost_call *call; bool cancelled; } waiting;

struct host {
  withost_store *store;
  attribution_instance *guest;
  slot *slots;
  uint32_t slot_count, random;
  bool cancels;
  waiting **waits;
  size_t count, capacity;
  uint64_t imports, wrong, requests, returned, cancelled, trapped, finished;
  uint64_t trap_at; /* which import ends the guest; 0: none */
};

static uint32_t draw(host *h, uint32_t n) {
  h->random = h->random * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)h->random * n >> 32);
}

/* ---- What the guest imports ---- */

static void observe(host *h, const withost_call *call, uint64_t request) {
  h->imports++;
  h->wrong += withost_call_group(call)->tag != request;
}

static void note(void *user, withost_call *call, uint64_t request) {
  host *h = user;
  observe(h, call, request);
  if (h->trap_at && h->imports >= h->trap_at) withost_call_trap(call, "injected");
}

static void wait_cancelled(void *user, withost_call *call) {
  (void)call;
  ((waiting *)user)->cancelled = true;
}

static void wait(void *user, withost_call *call, uint64_t request, uint32_t steps) {
  host *h = user;
  observe(h, call, request);
  if (!steps) {
    attribution_test_attribution_host_wait_return(call);
    return;
  }
  waiting *w = malloc(sizeof *w);
  if (h->count == h->capacity) {
    h->capacity = h->capacity ? h->capacity * 2 : 64;
    h->waits = realloc(h->waits, h->capacity * sizeof *h->waits);
  }
  if (!w || !h->waits) abort();
  *w = (waiting){call, false};
  withost_call_on_cancel(call, wait_cancelled, w);
  h->waits[h->count++] = w;
}

/* A call that was told to stop may still have a result. */
static void answer_one(host *h) {
  size_t n = draw(h, (uint32_t)h->count);
  waiting w = *h->waits[n];
  free(h->waits[n]);
  h->waits[n] = h->waits[--h->count];
  if (w.cancelled && draw(h, 4)) withost_call_answer_cancelled(w.call);
  else attribution_test_attribution_host_wait_return(w.call);
}

/* ---- Requests ---- */

static void handled(void *user, withost_call *call, int status, const uint32_t *imports) {
  slot *s = user;
  (void)call, (void)imports;
  s->call = NULL;
  s->h->returned += status == WITHOST_OK;
  s->h->cancelled += status == WITHOST_ECANCELLED;
  s->h->trapped += status == WITHOST_ETRAP;
}

static void finished(void *user, withost_group *group) {
  host *h = user;
  if (!group->pointer) return;
  h->finished++;
  ((slot *)group->pointer)->busy = false;
}

static int start(host *h, slot *s) {
  *s = (slot){.h = h, .group = {.tag = ++h->requests, .pointer = s}, .busy = true};
  int error = attribution_test_attribution_guest_handle(h->guest, &s->group, s->group.tag, (uint32_t)h->requests * 7919, handled, s, &s->call);
  if (!error) return WITHOST_OK;
  s->busy = false;
  h->requests--;
  return error;
}

/* All that can be started; how many were. */
static int start_all(host *h, uint32_t *started) {
  int error = WITHOST_OK;
  *started = 0;
  for (uint32_t n = 0; n < h->slot_count && !error; n++)
    if (!h->slots[n].busy) {
      error = start(h, &h->slots[n]);
      ++*started;
    }
  return error;
}

/* Most have their result when they are picked. */
static void cancel_one(host *h) {
  slot *s = &h->slots[draw(h, h->slot_count)];
  if (s->call) withost_call_cancel(s->call);
}

/* Until nothing can happen any more: then all has ended, or something hangs, which is found out afterwards. */
static int run(host *h, uint64_t imports) {
  for (;;) {
    uint32_t started = 0;
    int error = h->imports < imports ? start_all(h, &started) : WITHOST_OK;
    if (error) return error;
    for (uint32_t k = draw(h, 64); k && h->count; k--) answer_one(h);
    for (uint32_t k = h->cancels ? draw(h, 8) : 0; k; k--) cancel_one(h);
    for (uint32_t k = draw(h, 4); k && withost_store_run(h->store) > 0; k--) {}
    if (started || h->count || withost_store_is_ready(h->store)) continue;
    return withost_instance_status(attribution_as_instance(h->guest));
  }
}

/* ---- What must come out ---- */

static int number;

static bool check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  return good;
}

static bool rests(host *h, uint32_t blocks) {
  const withost_instance *i = attribution_as_instance(h->guest);
  uint32_t now = 0, live = 0;
  for (uint32_t n = 1; n < i->handles.used; n++) live += i->handles.slots[n].tag != WITHOST__FREE;
  if (attribution_test_attribution_guest_blocks(h->guest, NULL, &now)) return false;
  if (now != blocks || live) printf("# %u blocks, %u handles\n", now - blocks, live);
  return now == blocks && !live;
}

static bool judge(host *h, bool off, uint32_t blocks, int error) {
  if (error) printf("# %s: %s; %s\n", withost_error_text(error), withost_store_message(h->store),
                    withost_instance_trap(attribution_as_instance(h->guest)));
  bool good = check(!error, "the guest did not trap");
  if (off) good &= check(h->wrong > 0, "without attribution the host sees wrong groups");
  else good &= check(h->wrong == 0, "law 1: the host sees each import under the group of its request");
  good &= check(h->returned + h->cancelled == h->requests, "every request has its result, or was cancelled");
  good &= check(h->finished == h->requests, "law 4: every group ends when its work has");
  good &= check(rests(h, blocks), "the guest's heap and handles are as before");
  return good & check(withost_store_close(h->store) == WITHOST_OK, "nothing is left");
}

static const attribution_imports imports = {.test_attribution_host_note = note, .test_attribution_host_wait = wait};

/* A trap in the middle, inside of whatever scope the guest is in: every request still ends once, and every group. */
static bool test_trap(bool off) {
  host h = {.random = 2, .slot_count = 200, .cancels = !off, .trap_at = 20000};
  withost_config config = {.hooks = {.finish = finished, .user = &h}};
  h.slots = calloc(h.slot_count, sizeof *h.slots);
  if (!h.slots || withost_store_new(&config, &h.store)) return false;
  if (attribution_instantiate(h.store, attribution_program_wasm2c(), &imports, &h, &h.guest)) return false;
  int error = run(&h, UINT64_MAX);
  while (h.count) answer_one(&h);
  while (withost_store_run(h.store) > 0) {}
  const char *trap = withost_instance_trap(attribution_as_instance(h.guest));
  bool good = check(error && strstr(trap, "injected"), "an injected trap ends the guest");
  good &= check(off || !h.wrong, "law 1: until then each import is under the group of its request");
  good &= check((off || h.trapped) && h.returned + h.cancelled + h.trapped == h.requests, "every request has its result, was cancelled, or hears of the trap");
  good &= check(withost_store_close(h.store) == WITHOST_OK, "nothing is left");
  good &= check(h.finished == h.requests, "every group ends");
  free(h.slots);
  free(h.waits);
  return good;
}

int main(int argc, char **argv) {
  const char *mode = strrchr(argv[0], '-') + 1;
  bool off = strcmp(mode, "off") == 0;
  uint64_t wanted = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
  host h = {.random = 1, .slot_count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1000, .cancels = !off};
  withost_config config = {.hooks = {.finish = finished, .user = &h}};
  uint32_t blocks;
  h.slots = calloc(h.slot_count, sizeof *h.slots);
  if (!h.slots || withost_store_new(&config, &h.store)) return 1;
  if (attribution_instantiate(h.store, attribution_program_wasm2c(), &imports, &h, &h.guest)) return 1;
  if (attribution_test_attribution_guest_blocks(h.guest, NULL, &blocks)) return 1;
  int error = run(&h, wanted);
  printf("# %s: %llu requests, %u at a time, %llu cancelled, %llu imports, %llu charged wrongly\n", mode, (unsigned long long)h.requests,
         h.slot_count, (unsigned long long)h.cancelled, (unsigned long long)h.imports, (unsigned long long)h.wrong);
  bool good = judge(&h, off, blocks, error);
  good &= test_trap(off);
  printf("1..%d\n", number);
  free(h.slots);
  free(h.waits);
  return !good;
}
