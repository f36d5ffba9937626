/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Runs the guest's tests of goroutines, each in an instance of its own, and compares the group of each import with the request
 * that the guest believes in. The guest's heap must be where it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "goroutines_host.h"
#include "streams.h"

enum { CALLS = 2, WAITS = 64 };

typedef struct rig {
  withost_store *store;
  goroutines_instance *guest;
  withost_group groups[CALLS + 1]; /* from 1, like requests */
  withost_call *calls[CALLS + 1];
  int statuses[CALLS + 1];
  withost_call *waits[WAITS];
  size_t wait_count;
  unsigned started, ended, notes, wrong, cancels, lines, failed, notes_at_result;
} rig;

static int number, failures;

static void check(bool good, const char *test, const char *what) {
  printf("%sok %d - %s: %s\n", good ? "" : "not ", ++number, test, what);
  failures += !good;
}

static void note(void *host, withost_call *call, uint64_t request) {
  rig *r = host;
  r->notes++;
  r->wrong += withost_call_group(call)->tag != request;
}

static void wait_cancelled(void *user, withost_call *call) {
  rig *r = user;
  for (size_t n = 0; n < r->wait_count; n++)
    if (r->waits[n] == call) r->waits[n] = r->waits[--r->wait_count];
  r->cancels++;
  withost_call_answer_cancelled(call);
}

static void wait(void *host, withost_call *call, uint64_t request) {
  rig *r = host;
  r->wrong += withost_call_group(call)->tag != request;
  if (r->wait_count == WAITS) abort();
  r->waits[r->wait_count++] = call;
  withost_call_on_cancel(call, wait_cancelled, r);
}

static void ran(void *user, withost_call *call, int status, const goroutines_string_t *log) {
  rig *r = user;
  r->ended++;
  r->notes_at_result = r->notes;
  for (unsigned n = 1; n <= CALLS; n++)
    if (r->calls[n] == call || !r->calls[n]) r->statuses[n] = status;
  if (status) return;
  for (size_t at = 0; at < log->len;) {
    const uint8_t *end = memchr(log->ptr + at, '\n', log->len - at);
    size_t length = (size_t)(end - log->ptr) - at;
    r->lines++;
    if (log->ptr[at] == 'n') {
      r->failed++;
      printf("# %.*s\n", (int)length, (const char *)log->ptr + at);
    }
    at += length + 1;
  }
}

static void finished(void *user, withost_group *group) {
  if (group->tag) ((rig *)user)->started--; /* calls without a group are the store's, of tag 0 */
}

static void settle(rig *r) {
  for (unsigned turns = 0; withost_store_run(r->store) > 0 && turns < 1000; turns++) {}
}

static void answer_first(rig *r) {
  withost_call *call = r->waits[0];
  memmove(r->waits, r->waits + 1, --r->wait_count * sizeof *r->waits);
  goroutines_test_goroutines_host_wait_return(call);
  settle(r);
}

static uint32_t blocks(rig *r) {
  uint32_t count = UINT32_MAX;
  goroutines_test_goroutines_guest_blocks(r->guest, NULL, &count);
  return count;
}

static bool rig_begin(rig *r) {
  static const goroutines_imports imports = {.test_goroutines_host_wait = wait, .test_goroutines_host_note = note};
  *r = (rig){0};
  withost_config config = {.hooks = {.finish = finished, .user = r}};
  return !withost_store_new(&config, &r->store) &&
         !goroutines_instantiate(r->store, goroutines_program_wasm2c(), &imports, r, &r->guest);
}

static void call(rig *r, unsigned request, const char *test) {
  r->groups[request].tag = request;
  r->started++;
  int error = goroutines_test_goroutines_guest_run(r->guest, &r->groups[request], goroutines_string_of(test), request, ran, r,
                                                   &r->calls[request]);
  if (error) abort();
  settle(r);
}

static void rig_end(rig *r, const char *test, uint32_t baseline) {
  while (r->wait_count) answer_first(r);
  check(!r->started, test, "every group has ended");
  check(!r->failed, test, "what the guest expects");
  check(!r->wrong, test, "each import under the group of its request");
  if (!withost_instance_status(goroutines_as_instance(r->guest))) check(blocks(r) == baseline, test, "the heap is where it was");
  check(!goroutines_close(r->guest) && !withost_store_close(r->store), test, "nothing is left");
}

/* ---- Tests ---- */

static void run_pair(const char *first, const char *second) {
  rig r;
  if (!rig_begin(&r)) abort();
  uint32_t baseline = blocks(&r);
  call(&r, 1, first);
  call(&r, 2, second);
  while (r.wait_count) answer_first(&r);
  check(r.ended == CALLS && r.lines > 0, second, "both end");
  rig_end(&r, second, baseline);
}

static void run_alone(const char *test) {
  rig r;
  if (!rig_begin(&r)) abort();
  uint32_t baseline = blocks(&r);
  call(&r, 1, test);
  while (r.wait_count) answer_first(&r);
  check(r.ended == 1 && r.lines > 0, test, "it ends");
  rig_end(&r, test, baseline);
}

static void g5_outlives_its_result(void) {
  const char *test = "g5_outlives_its_result";
  rig r;
  if (!rig_begin(&r)) abort();
  uint32_t baseline = blocks(&r);
  call(&r, 1, test);
  check(r.ended == 1 && r.started == 1, test, "the result is there, the task is not over");
  while (r.wait_count) answer_first(&r);
  check(r.notes - r.notes_at_result == 3, test, "it goes on: three imports after the result");
  rig_end(&r, test, baseline);
}

static void g5_outlives_a_cancel(void) {
  const char *test = "g5_outlives_a_cancel";
  rig r;
  if (!rig_begin(&r)) abort();
  uint32_t baseline = blocks(&r);
  call(&r, 1, test);
  withost_call_cancel(r.calls[1]);
  settle(&r);
  while (r.wait_count) answer_first(&r);
  check(r.notes == 1, test, "it goes on after its wait");
  check(r.ended == 1, test, "and the call ends");
  rig_end(&r, test, baseline);
}

static void overflow(void) {
  rig r;
  if (!rig_begin(&r)) abort();
  call(&r, 1, "overflow");
  check(r.ended == 1 && r.statuses[1] == WITHOST_ETRAP, "overflow", "a stack that has overflowed traps");
  rig_end(&r, "overflow", 0);
}

/* Between two calls. In serial mode the second one waits at the gate for ever: that is what serial means. */
static void run_pairs(void) {
  run_pair("g1_first", "g1_second");
  run_pair("g1_lends_its_task", "g1_scopes");
  run_pair("g1_lends_its_task", "g1_calls_for_another");
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : strrchr(argv[0], '-') + 1;
  static const char *const alone[] = {
      "g2_first_come_first_served", "g2_select_prefers_none", "g3_values_are_copied_by_size", "g3_received_exactly_once",
      "g4_closing_wakes_all", "g4_the_buffer_outlives_closing", "select_does_one_thing", "select_leaves_the_other_lines",
      "wait_groups", "contexts", "deadlines", "streams", "stream_in_context", "waiting_outside", "large_stack", "yield_lets_the_host_in", "ten_thousand",
#define NAME(test) #test,
      STREAM_TESTS(NAME)
#undef NAME
  };
  if (strcmp(mode, "native") == 0 || strcmp(mode, "affine") == 0) run_pairs();
  for (size_t n = 0; n < sizeof alone / sizeof *alone; n++) run_alone(alone[n]);
  g5_outlives_its_result();
  g5_outlives_a_cancel();
  overflow();
  printf("1..%d\n", number);
  return failures != 0;
}
