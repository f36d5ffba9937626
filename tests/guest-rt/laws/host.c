/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * One test for each law of witguest/task.h, named after it, and tests of the loop. The guest notes what it does, and for
 * which request it believes that is; here is what must come out, and under which group. Law 1 at large is in ../attribution.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <machine.h>

#include "laws_host.h"

enum { PARK = EXPORTS_TEST_LAWS_GUEST_OP_PARK, SETTLE = EXPORTS_TEST_LAWS_GUEST_OP_SETTLE, SCOPES = EXPORTS_TEST_LAWS_GUEST_OP_SCOPES,
       DEEP = EXPORTS_TEST_LAWS_GUEST_OP_DEEP, OUTLIVE = EXPORTS_TEST_LAWS_GUEST_OP_OUTLIVE, HOLD = EXPORTS_TEST_LAWS_GUEST_OP_HOLD,
       RELEASE = EXPORTS_TEST_LAWS_GUEST_OP_RELEASE, CANCEL_PLAIN = EXPORTS_TEST_LAWS_GUEST_OP_CANCEL_PLAIN,
       CANCEL_HANDLED = EXPORTS_TEST_LAWS_GUEST_OP_CANCEL_HANDLED, NUMBERS = EXPORTS_TEST_LAWS_GUEST_OP_NUMBERS,
       NOTHING = EXPORTS_TEST_LAWS_GUEST_OP_NOTHING, ONE_WAIT = EXPORTS_TEST_LAWS_GUEST_OP_ONE_WAIT,
       SLOTS = EXPORTS_TEST_LAWS_GUEST_OP_SLOTS, SHARED = EXPORTS_TEST_LAWS_GUEST_OP_SHARED,
       UNDER_ANOTHER = EXPORTS_TEST_LAWS_GUEST_OP_UNDER_ANOTHER, ORDER = EXPORTS_TEST_LAWS_GUEST_OP_ORDER,
       TIMERS = EXPORTS_TEST_LAWS_GUEST_OP_TIMERS, TIMEOUT = EXPORTS_TEST_LAWS_GUEST_OP_TIMEOUT,
       DRAIN = EXPORTS_TEST_LAWS_GUEST_OP_DRAIN, HOME = EXPORTS_TEST_LAWS_GUEST_OP_HOME,
       BLOCK = EXPORTS_TEST_LAWS_GUEST_OP_BLOCK };
enum { OFF, NATIVE, AFFINE, SERIAL };

#define CALLS 8

typedef struct rig rig;
typedef struct called {
  rig *r;
  withost_group group;
  withost_call *call;
  bool done, finished;
  int status;
  uint32_t result;
} called;

typedef struct waiting { withost_call *call; uint64_t request; uint32_t what; bool cancelled; } waiting;

struct rig {
  withost_store *store;
  laws_instance *guest;
  called calls[CALLS + 1]; /* from 1, like requests */
  waiting waits[64];
  size_t wait_count;
  char notes[4096];        /* "request:what " each */
  unsigned imports, wrong;
  withost_stream *streams[CALLS + 1];
  uint64_t numbers[8];
  uint32_t blocks;
};

static int number;
static int failures;

static void check(bool good, const char *law, const char *format, ...) {
  va_list args;
  va_start(args, format);
  printf("%sok %d - %s: ", good ? "" : "not ", ++number, law);
  vprintf(format, args);
  printf("\n");
  va_end(args);
  failures += !good;
}

/* ---- What the guest imports ---- */

static void observe(rig *r, const withost_call *call, uint64_t request, uint32_t what) {
  size_t used = strlen(r->notes);
  r->imports++;
  r->wrong += withost_call_group(call)->tag != request;
  snprintf(r->notes + used, sizeof r->notes - used, "%u:%u ", (unsigned)request, (unsigned)what);
}

static void note(void *host, withost_call *call, uint64_t request, uint32_t what) { observe(host, call, request, what); }

static void wait_cancelled(void *user, withost_call *call) {
  rig *r = user;
  for (size_t n = 0; n < r->wait_count; n++) r->waits[n].cancelled |= r->waits[n].call == call;
}

static void wait(void *host, withost_call *call, uint64_t request, uint32_t what) {
  rig *r = host;
  observe(r, call, request, what);
  withost_call_on_cancel(call, wait_cancelled, r);
  r->waits[r->wait_count++] = (waiting){call, request, what, false};
}

static void written(void *user, withost_stream *stream, int status, size_t count) {
  (void)user, (void)stream, (void)status, (void)count;
}

static withost_stream *numbers(void *host, withost_call *call, uint64_t request) {
  rig *r = host;
  withost_stream *readable;
  observe(r, call, request, 0);
  if (test_laws_host_stream_u64_new(r->store, &readable, &r->streams[request])) abort();
  return readable;
}

/* ---- The rig ---- */

static void settle_store(rig *r) {
  while (withost_store_run(r->store) > 0) {}
}

static void finish(void *user, withost_group *group) {
  rig *r = user;
  if (group->tag) r->calls[group->tag].finished = true;
}

static void rig_open(rig *r) {
  static const laws_imports imports = {.test_laws_host_note = note, .test_laws_host_wait = wait, .test_laws_host_numbers = numbers};
  withost_config config = {.hooks = {.finish = finish, .user = r}};
  memset(r, 0, sizeof *r);
  if (withost_store_new(&config, &r->store)) abort();
  if (laws_instantiate(r->store, laws_program_wasm2c(), &imports, r, &r->guest)) abort();
  if (laws_test_laws_guest_blocks(r->guest, NULL, &r->blocks)) abort();
}

static uint32_t live_handles(const rig *r) {
  const withost_instance *i = laws_as_instance(r->guest);
  uint32_t live = 0;
  for (uint32_t n = 1; n < i->handles.used; n++) live += i->handles.slots[n].tag != WITHOST__FREE;
  return live;
}

/* Everything that was called has ended, and the guest is as it was. */
static void rig_close(rig *r, const char *law) {
  uint32_t blocks = 0;
  check(r->imports > 0 && r->wrong == 0, law, "%u imports, %u under a wrong group", r->imports, r->wrong);
  int error = laws_test_laws_guest_blocks(r->guest, NULL, &blocks);
  bool rests = !error && blocks == r->blocks && live_handles(r) == 0;
  check(rests, law, "heap and handles as before: %u blocks, %u handles %s", blocks - r->blocks, live_handles(r), withost_store_message(r->store));
  error = withost_store_close(r->store);
  check(!error, law, "nothing is left");
}

static void done(void *user, withost_call *call, int status, const uint32_t *result) {
  called *c = user;
  (void)call;
  c->done = true;
  c->call = NULL;
  c->status = status;
  c->result = result ? *result : 0;
}

static void rig_call(rig *r, int op, unsigned request) {
  called *c = &r->calls[request];
  *c = (called){.r = r, .group = {.tag = request}};
  int error = laws_test_laws_guest_run(r->guest, &c->group, (exports_test_laws_guest_op_t)op, request, done, c, &c->call);
  if (error) printf("# call: %s\n", withost_store_message(r->store));
  settle_store(r);
}

/* Answers the oldest wait of that kind; a cancelled one as cancelled. */
static bool rig_answer(rig *r, unsigned request, unsigned what) {
  for (size_t n = 0; n < r->wait_count; n++) {
    waiting w = r->waits[n];
    if (w.request != request || w.what != what) continue;
    memmove(&r->waits[n], &r->waits[n + 1], (--r->wait_count - n) * sizeof w);
    if (w.cancelled) withost_call_answer_cancelled(w.call);
    else laws_test_laws_host_wait_return(w.call);
    settle_store(r);
    return true;
  }
  return false;
}

static bool notes_are(rig *r, const char *expected) {
  bool same = strcmp(r->notes, expected) == 0;
  if (!same) printf("# noted %s\n# not   %s\n", r->notes, expected);
  return same;
}

/* ---- The laws ---- */

/* Request 1 awaits a promise that request 2 settles: its reaction runs in 2's callback, or is sent home from there. */
static void law_1(int mode) {
  static const char law[] = "law 1: charged to the request that caused it";
  rig r;
  rig_open(&r);
  rig_call(&r, PARK, 1);
  rig_call(&r, SETTLE, 2);
  bool good = notes_are(&r, mode == AFFINE ? "2:10 1:1 1:2 " : "2:10 1:1 1:2 ");
  check(good && rig_answer(&r, 1, 2), law, "a reaction that comes up in another callback");
  check(r.calls[1].done && r.calls[1].result == 2, law, "and the import's answer comes to it");
  rig_close(&r, law);
}

static void law_2(void) {
  static const char law[] = "law 2: scopes nest and restore";
  rig r;
  rig_open(&r);
  rig_call(&r, PARK, 1);
  rig_call(&r, SCOPES, 2);
  check(r.calls[2].done && r.wrong == 0, law, "after the end, return, break, goto and continue: %u imports", r.imports);
  rig_call(&r, SETTLE, 3);
  check(rig_answer(&r, 1, 2), law, "the parked request goes on");
  rig_close(&r, law);
}

/* Request 2 is suspended in a scope of request 1 when a sync export comes in, with a scope of its own. */
static void law_2_suspended(void) {
  static const char law[] = "law 2: scopes of a suspended call";
  withost_group barging = {.tag = 3};
  rig r;
  rig_open(&r);
  rig_call(&r, PARK, 1);
  rig_call(&r, BLOCK, 2);
  bool good = !laws_test_laws_guest_barge(r.guest, &barging, 3) && notes_are(&r, "1:23 3:25 1:25 3:26 ");
  check(good && rig_answer(&r, 1, 23) && r.calls[2].done, law, "an export that comes in meanwhile has its own");
  rig_call(&r, SETTLE, 4);
  check(rig_answer(&r, 1, 2), law, "the parked request goes on");
  rig_close(&r, law);
}

static void law_3(void) {
  static const char law[] = "law 3: work inherits";
  rig r;
  rig_open(&r);
  rig_call(&r, DEEP, 1);
  rig_call(&r, DEEP, 2); /* both chains grow in turns; in serial mode one after the other */
  for (unsigned n = 0; n < 40 && !(r.calls[1].done && r.calls[2].done); n++)
    if (!rig_answer(&r, 1 + n % 2, 31)) rig_answer(&r, 2 - n % 2, 31);
  check(r.calls[1].result == 40 && r.calls[2].result == 40, law, "through 40 links of each kind");
  rig_close(&r, law);
}

static void law_4(int mode) {
  static const char law[] = "law 4: work that outlives its export";
  rig r;
  rig_open(&r);
  rig_call(&r, OUTLIVE, 1);
  check(r.calls[1].done && r.calls[1].result == 4 && !r.calls[1].finished, law, "the result is there, and the call is alive");
  check(rig_answer(&r, 1, 41) && notes_are(&r, "1:41 1:41 1:42 "), law, "its work is charged to it");
  check(r.calls[1].finished, law, "it ends with its work");
  if (mode != SERIAL) {
    rig_call(&r, HOLD, 2);
    check(r.calls[2].done && !r.calls[2].finished, law, "a capture keeps it");
    rig_call(&r, RELEASE, 3);
    check(r.calls[2].finished && r.calls[3].finished, law, "until another request releases that");
  }
  rig_close(&r, law);
}

static void law_5(int mode) {
  static const char law[] = "law 5: cancelling touches nobody else";
  rig r;
  rig_open(&r);
  rig_call(&r, CANCEL_PLAIN, 1);
  if (mode != SERIAL) rig_call(&r, CANCEL_PLAIN, 2);
  withost_call_cancel(r.calls[1].call);
  settle_store(&r);
  check(r.calls[1].done && r.calls[1].status == WITHOST_ECANCELLED, law, "without a handler it ends as cancelled");
  check(r.waits[0].cancelled && r.waits[1].cancelled && r.wait_count == (mode == SERIAL ? 2 : 4), law, "what it awaits is told to stop");
  bool spared = true;
  for (size_t n = 0; n < r.wait_count; n++) spared &= r.waits[n].request == 1 || !r.waits[n].cancelled;
  check(spared, law, "and nothing else is");
  bool told = rig_answer(&r, 1, 51) && !r.calls[1].finished && rig_answer(&r, 1, 52) && r.calls[1].finished;
  check(told && strstr(r.notes, "1:54 1:54 "), law, "each await hears of it, then the task ends");
  if (mode == SERIAL) rig_call(&r, CANCEL_PLAIN, 2);
  check(rig_answer(&r, 2, 51) && rig_answer(&r, 2, 52) && r.calls[2].result == 4, law, "the other one has its result");

  rig_call(&r, CANCEL_HANDLED, 3);
  withost_call_cancel(r.calls[3].call);
  settle_store(&r);
  check(r.calls[3].done && !r.calls[3].status && r.calls[3].result == 77, law, "with a handler, the call ends as that likes");
  check(rig_answer(&r, 3, 51) && rig_answer(&r, 3, 52), law, "which has stopped what was awaited");
  rig_close(&r, law);
}

static void law_6(int mode) {
  static const char law[] = "law 6: payloads come to their own handler";
  rig r;
  rig_open(&r);
  unsigned requests = mode == SERIAL ? 1 : 4;
  for (unsigned n = 1; n <= requests; n++) rig_call(&r, NUMBERS, n);
  for (unsigned round = 0; round < 20; round++) {
    for (unsigned n = requests; n; n--) {
      r.numbers[n] = n;
      test_laws_host_stream_u64_write(r.streams[n], &r.numbers[n], 1, written, &r);
    }
    settle_store(&r); /* the events of all of them are there at once */
  }
  bool good = true;
  for (unsigned n = 1; n <= requests; n++) withost_stream_drop(r.streams[n]);
  settle_store(&r);
  for (unsigned n = 1; n <= requests; n++) good &= rig_answer(&r, n, 61) && r.calls[n].done && r.calls[n].result == 0;
  check(good, law, "%u requests, 20 elements each, none astray", requests);
  rig_close(&r, law);
}

static uint32_t intrinsics(rig *r) {
  uint32_t n = 0;
  if (laws_test_laws_guest_intrinsics(r->guest, NULL, &n)) abort();
  return n;
}

static void law_7(int mode) {
  static const char law[] = "law 7: without captures it costs nothing";
  rig r;
  uint32_t blocks = 0;
  rig_open(&r);
  uint32_t used = laws_as_instance(r.guest)->handles.used;
  intrinsics(&r);
  for (unsigned n = 0; n < 10; n++) rig_call(&r, NOTHING, 1);
  laws_test_laws_guest_blocks(r.guest, NULL, &blocks);
  check(r.calls[1].finished && blocks == r.blocks && laws_as_instance(r.guest)->handles.used == used, law, "no block, no handle");
  uint32_t counted = intrinsics(&r);
  check(counted == (mode == SERIAL ? 0 : 0), law, "%u intrinsics in ten calls", counted);
  rig_call(&r, ONE_WAIT, 1);
  rig_answer(&r, 1, 70);
  counted = intrinsics(&r);
  uint32_t expected = mode == NATIVE ? 1 : mode == SERIAL ? 0 : 3; /* [thread-index]; others: slot 0 is put aside and back */
  check(counted <= expected, law, "a call that waits needs %u, for its cancellation", counted);
  rig_close(&r, law);
}

static void law_8(int mode) {
  static const char law[] = "law 8: good neighbours";
  rig r;
  rig_open(&r);
  rig_call(&r, SLOTS, 1);
  if (mode != SERIAL) rig_call(&r, SLOTS, 2);
  for (unsigned n = 0; n < 3; n++) {
    rig_answer(&r, 1, 80);
    rig_answer(&r, 2, 80);
  }
  check(r.calls[1].done && r.calls[1].result == 0 && r.calls[2].result == 0, law, "context slots hold what the guest put there");

  rig_call(&r, SHARED, 3);
  check(rig_answer(&r, 3, 81) && r.calls[3].done && r.calls[3].result == 2, law, "wasip3_task: another library waits on the loop");
  for (unsigned n = 4; n < 6; n++) {
    rig_call(&r, UNDER_ANOTHER, n);
    check(rig_answer(&r, n, 83) && r.calls[n].done && r.calls[n].result == 2, law, "the loop waits with another executor, version %u", n - 3);
  }

  called *c = &r.calls[6];
  *c = (called){.r = &r, .group = {.tag = 6}};
  if (mode != SERIAL) rig_call(&r, PARK, 7); /* the library has something in hand meanwhile */
  if (laws_test_laws_guest_stock(r.guest, &c->group, 6, done, c, &c->call)) abort();
  check(rig_answer(&r, 6, 86) && c->done && c->result == 6, law, "a guest as wit-bindgen c has them, in the same module");
  if (mode != SERIAL) {
    rig_call(&r, SETTLE, 1);
    check(rig_answer(&r, 7, 2) && r.calls[7].done, law, "and ours goes on");
  }
  rig_close(&r, law);
}

static void law_9(int mode) {
  static const char law[] = "law 9: a guest says its mode";
  static const char *const texts[] = {"1 off", "1 native", "1 affine", "1 serial"};
  char path[512], bytes[1 << 16] = "", wanted[16];
  uint32_t said = 99;
  rig r;
  rig_open(&r);
  laws_test_laws_guest_mode(r.guest, NULL, &said);
  check(said == (uint32_t)mode, law, "the constant: %u", said);
  /* a custom section: its name with its length, then the text, to the end of the section */
  snprintf(path, sizeof path, GUESTS "/laws-%s.dir/guest.wasm", texts[mode] + 2);
  FILE *f = fopen(path, "rb");
  size_t size = f ? fread(bytes, 1, sizeof bytes, f) : 0;
  if (f) fclose(f);
  snprintf(wanted, sizeof wanted, "%c\bwitguest%s", (char)(9 + strlen(texts[mode])), texts[mode]);
  bool found = false;
  for (size_t n = 0; n + strlen(wanted) < size; n++) found |= bytes[n] == 0 && !memcmp(bytes + n + 1, wanted, strlen(wanted));
  check(found, law, "the section: %s", texts[mode]);
  withost_store_close(r.store);
}

/* ---- The loop ---- */

static void loop_order(void) {
  static const char what[] = "the loop: order";
  rig r;
  rig_open(&r);
  rig_call(&r, ORDER, 1);
  check(r.calls[1].result == 12345678, what, "microtasks after each macrotask, as in HTML: %u", r.calls[1].result);
  r.imports++; /* it had none to get wrong */
  rig_close(&r, what);
}

static void loop_timers(void) {
  static const char what[] = "the loop: timers";
  rig r;
  rig_open(&r);
  rig_call(&r, TIMERS, 1);
  check(rig_answer(&r, 1, 2) && r.calls[1].result == 9, what, "one fires");
  check(r.waits[0].cancelled && !r.calls[1].finished && rig_answer(&r, 1, 1) && r.calls[1].finished, what, "a stopped one is cancelled, and does not");
  rig_call(&r, TIMEOUT, 2);
  check(rig_answer(&r, 2, 94) && r.waits[0].cancelled && rig_answer(&r, 2, 93) && r.calls[2].result == 4, what, "an await that takes too long is cancelled");
  rig_call(&r, TIMEOUT, 3);
  check(rig_answer(&r, 3, 93) && r.calls[3].result == 2 && rig_answer(&r, 3, 94) && r.calls[3].finished, what, "else its timer is");
  rig_close(&r, what);
}

static void loop_drain(int mode) {
  static const char what[] = "the loop: drain";
  rig r;
  rig_open(&r);
  rig_call(&r, OUTLIVE, 1);
  rig_call(&r, DRAIN, 2);
  check(!r.calls[2].done, what, "background work is left");
  check(rig_answer(&r, 1, 41) && r.calls[2].done && r.calls[1].finished, what, "it has ended");
  if (mode != SERIAL) {
    rig_call(&r, DRAIN, 3);
    check(r.calls[3].done, what, "nothing is left");
  }
  rig_close(&r, what);
}

static void loop_run_for(int mode) {
  static const char what[] = "witguest_run_for";
  rig r;
  rig_open(&r);
  rig_call(&r, PARK, 1);
  rig_call(&r, HOME, 2);
  check(r.calls[2].result == (mode == AFFINE ? 0 : 1) && strstr(r.notes, "1:96"), what, "at once, or in its own callback");
  rig_call(&r, SETTLE, 3);
  rig_answer(&r, 1, 2);
  rig_close(&r, what);
}

int main(int argc, char **argv) {
  static const char *const names[] = {"off", "native", "affine", "serial"};
  const char *name = strrchr(argv[0], '-') + 1;
  int mode = 0;
  (void)argc;
  while (strcmp(names[mode], name)) mode++;
  if (mode == NATIVE || mode == AFFINE) { /* in serial mode, a request that waits for another one waits for ever */
    law_1(mode);
    law_2();
    if (mode == NATIVE) law_2_suspended();
    loop_run_for(mode);
  }
  if (mode != OFF) { /* which obeys no law: results would be others' */
    law_3();
    law_4(mode);
    law_5(mode);
    law_6(mode);
    law_8(mode);
  }
  law_7(mode);
  law_9(mode);
  loop_order();
  loop_timers();
  loop_drain(mode);
  printf("1..%d\n", number);
  return failures != 0;
}
