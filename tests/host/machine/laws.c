/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The laws of withost.h and glue.h, one test each, named after it; the hooks; and an allocator that fails at every place in
 * turn.
 */
#include "rig.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAIT = 2 };
#define WAIT_ON(set) {EXIT, WAIT | (set) << 4, 0}
#define AGAIN {EXIT, 1, 0}

/* ---- 1: stores share nothing ---- */

static void *law_1_thread(void *good) {
  rig r = {0};
  int calls = 0;
  rig_open(&r);
  for (int n = 0; n < 2000; n++) {
    r.later_count = 0;
    r.ordered = 0;
    rig_call(&r, ST, 0, SCRIPT({LATER, 1, 0}, {RETURN_ST, 7, 0}));
    rig_answer(&r, 0, 1);
    rig_run(&r);
    calls += r.actors[0].done == 1 && r.actors[0].result == 7;
  }
  rig_call(&r, ST, 0, SCRIPT({UNREACHABLE, 0, 0}));
  *(bool *)good = calls == 2000 && rig_trapped(&r, "st: wasm `unreachable` instruction executed");
  rig_close(&r);
  return NULL;
}

static void law_1(void) {
  pthread_t threads[4];
  bool good[4] = {0};
  for (int n = 0; n < 4; n++) pthread_create(&threads[n], NULL, law_1_thread, &good[n]);
  for (int n = 0; n < 4; n++) pthread_join(threads[n], NULL);
  check(good[0] && good[1] && good[2] && good[3], "law 1", "four stores on four threads, with traps");
}

/* ---- 2 to 7 ---- */

static void law_2(void) {
  static machine_op yields[RIG_NOTES];
  for (size_t n = 0; n < RIG_NOTES; n++) yields[n] = (machine_op)AGAIN;
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, yields);
  check(withost_store_run(r.store) == 1 && withost_store_run(r.store) == 1, "law 2", "a guest that yields does not keep the turn");
  rig_close(&r);
}

static void law_3(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({RETURN_CB, 1, 0}));
  check(r.actors[0].done == 1, "law 3", "the callback may run before the call returns");
  rig_call(&r, CB, 1, SCRIPT({UNREACHABLE, 0, 0}));
  check(r.actors[1].done == 1 && r.actors[1].status == WITHOST_ETRAP, "law 3", "once, with the error");
  int error = rig_call(&r, CB, 2, SCRIPT({RETURN_CB, 1, 0}));
  check(error == WITHOST_EPOISONED && r.actors[2].done == 0, "law 3", "never if the call was refused");
  rig_close(&r);
}

static void law_4(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({INC, 0, 0}, {RETURN_ST, 1, 0}));
  rig_call(&r, ST, 1, SCRIPT({RETURN_ST, 11, 0}));
  rig_call(&r, ST, 2, SCRIPT({RETURN_ST, 12, 0}));
  check(!withost_call_has_started(r.actors[1].call), "law 4", "held back: not started");
  rig_sync(&r, 3, SCRIPT({DEC, 0, 0}));
  rig_run(&r);
  check(r.actors[1].result == 11 && r.actors[2].result == 12, "law 4", "arguments reach the guest later, one call's each");
  rig_close(&r);
}

static void law_5_done(void *user, withost_call *call, int status, const uint32_t *result) {
  *(bool *)user = status == WITHOST_OK && *result == 5 && strcmp(withost_call_function(call), "st") == 0 &&
                  withost_call_group(call)->tag == 9 && !withost_call_caller(call) && !withost_call_interface(call);
}

static void law_5(void) {
  rig r = {0};
  withost_group group = {.tag = 9};
  bool good = false;
  rig_open(&r);
  rig_script(&r, 0, SCRIPT({RETURN_ST, 5, 0}));
  machine_call(r.guest, ST, &group, 0, law_5_done, &good, NULL);
  check(good && group.tasks == 0, "law 5", "the callback may look at the call and its group");
  rig_close(&r);
}

static void law_6_and_7(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SUBTASK_CANCEL_ASYNC, 1, 0}, {SET_NEW, 0, 0}, WAIT_ON(2)));
  withost_call *call = r.later[0];
  check(r.cancels == 1 && machine_later_return(call, 3) == WITHOST_OK, "law 7", "an answer after the notice");
  check(withost_load_u32(withost_memory(machine_as_instance(r.guest)) + 64) == 3, "law 6", "the result has been read");
  check(machine_later_return(call, 4) == WITHOST_EANSWERED, "law 7", "exactly once");
  r.later[0] = NULL;
  rig_call(&r, CB, 1, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, WAIT_ON(2)));
  check(withost_call_answer_cancelled(r.later[1]) == WITHOST_EINVAL, "law 7", "not cancelled unless asked");
  rig_close(&r);
}

/* ---- 8: what host code may do while the guest is running ---- */

static void law_8_inside(rig *r, withost_call *call) {
  (void)call;
  r->inside = NULL;
  withost_instance *i = machine_as_instance(r->guest);
  uint32_t result;
  check(withost_store_run(r->store) == WITHOST_EREENTER, "law 8", "no turn");
  check(withost_store_close(r->store) == WITHOST_EBUSY && withost_instance_close(i) == WITHOST_EBUSY, "law 8", "no close");
  check(machine_sy(r->guest, NULL, 1, &result) == WITHOST_EREENTER, "law 8", "no sync export of the running instance");
  check(rig_call(r, ST, 2, SCRIPT({RETURN_ST, 1, 0})) == WITHOST_OK && !r->actors[2].done, "law 8", "async calls wait their turn");
}

static void law_8(void) {
  rig r = {.inside = law_8_inside};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({RETURN_ST, 1, 0}));
  rig_run(&r);
  check(r.actors[0].done == 1, "law 8", "the call goes on");
  rig_close(&r);
}

/* ---- 9, 10 ---- */

static void law_9_cancel(void *user, withost_call *call) {
  ++*(int *)user;
  machine_later_return(call, 0); /* while the list of those calls is being walked */
}

static void law_9(void) {
  rig r = {0};
  int told = 0;
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {LATER_ASYNC, 2, 64}, {LATER_ASYNC, 3, 64}, {SET_NEW, 0, 0}, WAIT_ON(4)));
  rig_call(&r, ST, 1, SCRIPT({THREAD_NEW, 1, 3}, {LATER, 4, 0}));
  rig_call(&r, SL, 4, SCRIPT({LATER, 5, 0}));
  rig_call(&r, CB, 5, SCRIPT({RETURN_CB, 1, 0}));
  for (uint32_t n = 0; n < r.later_count; n++) withost_call_on_cancel(r.later[n], law_9_cancel, &told);
  rig_call(&r, CB, 2, SCRIPT({UNREACHABLE, 0, 0}));
  rig_run(&r);
  check(!machine_as_instance(r.guest)->poisoned && !r.actors[2].done, "law 9", "calls wait behind the lock");
  rig_sync(&r, 6, SCRIPT({UNREACHABLE, 0, 0}));
  bool all = true;
  for (uint32_t who = 0; who < 6; who++) all = all && (who == 3 || (r.actors[who].done == 1 && r.actors[who].status == WITHOST_ETRAP));
  check(all, "law 9", "every call ends with ETRAP, once");
  check(told == 5, "law 9", "imports that it had called are told to cancel");
  check(rig_sync(&r, 7, SCRIPT({0})) == WITHOST_EPOISONED, "law 9", "later calls are refused");
  r.later_count = 0;
  check(withost_store_close(r.store) == WITHOST_OK, "law 10", "closes when nothing is unfinished");
}

static void law_10(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({LATER, 1, 0}, {RETURN_ST, 3, 0}));
  check(withost_instance_close(machine_as_instance(r.guest)) == WITHOST_EBUSY && withost_store_close(r.store) == WITHOST_EBUSY, "law 10",
        "EBUSY while a call is parked");
  rig_answer(&r, 0, 0);
  rig_run(&r);
  check(r.actors[0].done == 1, "law 10", "which changed nothing");
  check(withost_store_close(r.store) == WITHOST_OK, "law 10", "then it closes");
}

/* A library whose records are laid out differently could not even tell why, so this comes before all else. */
static void versions(void) {
  static const machine_imports nothing = {0};
  rig r = {0};
  rig_open(&r);
  withost_program old = *machine_program_wasm2c();
  old.abi ^= 1;
  machine_instance *guest;
  check(machine_instantiate(r.store, &old, &nothing, NULL, &guest) == WITHOST_EABI && !guest, "versions", "other glue is refused");
  rig_close(&r);
}

/* ---- G1 to G5 ---- */

static rig *other;

static void law_g1_inside(rig *r, withost_call *call) {
  (void)call;
  r->inside = NULL;
  check(rig_sync(other, 0, SCRIPT({UNREACHABLE, 0, 0})) == WITHOST_ETRAP, "law G1", "a trap in a nested entry ends there");
}

static void law_g1(void) {
  rig inner = {0}, outer = {.inside = law_g1_inside};
  rig_open(&inner);
  rig_open(&outer);
  other = &inner;
  rig_call(&outer, ST, 0, SCRIPT({LATER, 1000, 0}, {RETURN_ST, 2, 0}));
  check(outer.actors[0].done == 1 && outer.actors[0].status == WITHOST_OK, "law G1", "the outer one goes on");
  rig_close(&outer);
  rig_close(&inner);
}

static int frames;

static void law_g2_inside(rig *r, withost_call *call) {
  r->inside = NULL;
  withost_call_trap(call, "the host says no");
  frames++; /* host code after it runs */
}

static void law_g2(void) {
  rig r = {.inside = law_g2_inside};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({RETURN_ST, 1, 0}));
  check(frames == 1 && r.actors[0].status == WITHOST_ETRAP, "law G2", "a trap waits until host code has returned");
  check(rig_trapped(&r, "ask: the host says no"), "law G2", "its message names the import");
  rig_close(&r);
}

static void law_g4(void) {
  rig r = {0};
  rig_open(&r);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    if (!freopen("/dev/null", "w", stderr)) _exit(1);
    withost_trap(machine_as_instance(r.guest), "outside of any entry");
  }
  int status;
  waitpid(child, &status, 0);
  check(WIFSIGNALED(status) || WEXITSTATUS(status) != 0, "law G4", "a trap outside of an entry stops the program");
  rig_close(&r);
}

static void law_g3_and_g5(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({SET_NEW, 0, 0}, {SET_POLL, 1, 65528}, {SET_POLL, 1, 65532}));
  check(r.actors[0].at == 3 && rig_trapped(&r, "st: pointer out-of-bounds"), "law G5", "the last 8 bytes, and 4 beyond");
  check(machine_as_instance(r.guest)->memory != NULL && *machine_as_instance(r.guest)->memory_size == 65536, "law G3",
        "base and size are read where the engine keeps them");
  rig_close(&r);
}

/* ---- Hooks ---- */

typedef struct balance { int starts, finishes, inside, enters; bool bad; } balance;

static void on_start(void *user, withost_group *g) { (void)g; ((balance *)user)->starts++; }
static void on_finish(void *user, withost_group *g) { (void)g; ((balance *)user)->finishes++; }
static void on_enter(void *user, withost_group *g) {
  balance *b = user;
  g->pointer = (void *)((uintptr_t)g->pointer + 1);
  b->inside++;
  b->enters++;
}
static void on_exit_hook(void *user, withost_group *g) {
  balance *b = user;
  g->pointer = (void *)((uintptr_t)g->pointer - 1);
  if (--b->inside < 0) b->bad = true;
}

static void hooks_case(const char *name, machine_form form, const machine_op *script, bool cancel, bool sync) {
  balance b = {0};
  rig r = {.config.hooks = {on_start, on_enter, on_exit_hook, on_finish, &b}};
  withost_group group = {.tag = 1};
  withost_call *call = NULL;
  uint32_t result;
  rig_open(&r);
  rig_script(&r, 0, script);
  if (sync) machine_sy(r.guest, &group, 0, &result);
  else machine_call(r.guest, form, &group, 0, NULL, NULL, &call);
  check(b.inside == 0 && b.enters > 0, "hooks", "%s: nothing runs", name);
  if (cancel) withost_call_cancel(call);
  for (uint32_t n = 0; n < r.later_count; n++) rig_answer(&r, n, 1);
  rig_run(&r);
  rig_close(&r);
  check(b.inside == 0 && !b.bad && b.starts == b.finishes && group.tasks == 0 && !group.pointer, "hooks", "%s: balanced", name);
}

static void hooks(void) {
  hooks_case("return", CB, SCRIPT({RETURN_CB, 1, 0}), false, false);
  hooks_case("wait and cancel", CB, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(1), {TASK_CANCEL, 0, 0}), true, false);
  hooks_case("trap", CB, SCRIPT({UNREACHABLE, 0, 0}), false, false);
  hooks_case("park and resume", ST, SCRIPT({LATER, 1, 0}, {RETURN_ST, 1, 0}), false, false);
  hooks_case("park and trap", ST, SCRIPT({LATER, 1, 0}, {UNREACHABLE, 0, 0}), false, false);
  hooks_case("abort while parked", ST, SCRIPT({SUSPEND, 0, 0}), false, false);
  hooks_case("sync", CB, SCRIPT({EXIT, 1, 0}), false, true);
  hooks_case("sync, with a handle to its task", CB, SCRIPT({GET_TASK, 0, 0}, {EXIT, 1, 0}), false, true);
  hooks_case("sync that may not block", CB, SCRIPT({LATER, 1, 0}), false, true);
}

/* ---- An allocator that fails ---- */

typedef struct scarce { long left; size_t bytes; } scarce;

static void *scarce_resize(void *user, void *old, size_t old_size, size_t size) {
  scarce *s = user;
  if (size > old_size && s->left-- <= 0) return NULL;
  s->bytes += size - old_size;
  if (size) return realloc(old, size);
  free(old);
  return NULL;
}

static machine_op memory_ask(void *host, withost_call *call, uint32_t who, uint32_t result) {
  rig *r = host;
  (void)call, (void)result;
  actor *a = &r->actors[who];
  machine_op op = a->script[a->at];
  if (op.what != EXIT || op.a) a->at++;
  return op;
}
static void memory_tell(void *host, withost_call *call, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2) {
  (void)host, (void)call, (void)who, (void)event, (void)p1, (void)p2;
}
static void memory_later(void *host, withost_call *call, uint32_t value) {
  rig *r = host;
  (void)value;
  r->later[r->later_count++] = call;
}
static void memory_done(void *user, withost_call *call, int status, const uint32_t *result) {
  (void)call, (void)status, (void)result;
  ++*(int *)user;
}

/* All that takes memory: calls, held-back calls, handles, threads, deadlines, reports. How many callbacks are owed and ran
 * must agree. */
static bool memory_scenario(rig *r, int *owed, int *ran) {
  static const machine_imports imports = {memory_ask, memory_tell, memory_later};
  if (withost_store_new(&r->config, &r->store)) return true;
  if (machine_instantiate(r->store, machine_program_wasm2c(), &imports, r, &r->guest)) return true;
  rig_script(r, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {THREAD_NEW, 1, 3}, {GET_TASK, 0, 0}, {RESUME_LATER, 2, 0}, WAIT_ON(2)));
  rig_script(r, 1, SCRIPT({LATER, 1, 0}, {RETURN_ST, 1, 0}));
  rig_script(r, 2, SCRIPT({RETURN_CB, 1, 0}));
  rig_script(r, 3, SCRIPT({YIELD, 0, 0}));
  rig_script(r, 4, SCRIPT({GET_TASK, 0, 0}, {LATER_ASYNC, 1, 64}, {EXIT, 1, 0}));
  static const machine_form forms[] = {CB, SL, CB};
  for (uint32_t who = 0; who < 3; who++) {
    withost_call *call = NULL;
    *owed += machine_call(r->guest, forms[who], NULL, who, memory_done, ran, &call) == WITHOST_OK;
    if (call) withost_call_set_deadline(call, 5);
  }
  uint32_t result;
  machine_sy(r->guest, NULL, 4, &result);
  rig_run(r);
  for (uint32_t n = 0; n < r->later_count; n++) machine_later_return(r->later[n], 1);
  rig_run(r);
  withost_store_check_deadlock(r->store);
  withost_store_set_now(r->store, 5);
  rig_run(r);
  withost_instance_abort(machine_as_instance(r->guest), "end");
  return false;
}

static void memory(void) {
  bool good = true;
  long n = 0;
  for (scarce s = {0}; s.left <= 0 && n < 1000; n++) {
    rig r = {.config.allocator = {scarce_resize, &s}};
    int owed = 0, ran = 0;
    s = (scarce){.left = n};
    memory_scenario(&r, &owed, &ran);
    if (r.store && withost_store_close(r.store)) good = false;
    if (s.bytes || owed != ran) good = false;
    if (!good) printf("# allocation %ld: %zu bytes, %d callbacks of %d\n", n, s.bytes, ran, owed);
    if (!good) break;
  }
  check(good && n > 10 && n < 1000, "out of memory", "%ld places: no crash, no leak, every callback once", n);
}

int main(void) {
  law_1();
  law_2();
  law_3();
  law_4();
  law_5();
  law_6_and_7();
  law_8();
  law_9();
  law_10();
  versions();
  law_g1();
  law_g2();
  law_g3_and_g5();
  law_g4();
  hooks();
  memory();
  return check_end();
}
