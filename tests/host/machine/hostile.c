/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Hostile guests, and hosts at awkward moments: each test is one way in which a queue, a table or a list could be left
 * with something in it that is gone. What must hold is said in the reference model or in the laws of withost.h; the store
 * goes on and closes with nothing left.
 */
#include "rig.h"

#include <stdlib.h>

enum { WAIT = 2 };
#define WAIT_ON(set) {EXIT, WAIT | (set) << 4, 0}
#define AGAIN {EXIT, 1, 0}

static void close_clean(rig *r, const char *name) {
  withost_instance_abort(machine_as_instance(r->guest), "end of test");
  for (uint32_t n = 0; n < r->later_count; n++)
    if (r->later[n]) machine_later_return(r->later[n], 0);
  withost_store_run(r->store);
  check(r->store->threads.used == 0 && !withost_store_is_ready(r->store) && withost_store_close(r->store) == WITHOST_OK, name,
        "nothing is left");
}

/* ---- Who is woken ---- */

/* The model's threads look at the set themselves: one that goes another way leaves the event to the others. */
static void test_event_outlives_cancel(void) {
  const char *name = "an event whose waiter is told to cancel instead";
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({SET_NEW, 0, 0}, {LATER_ASYNC, 1, 64}, {JOIN, 2, 1}, WAIT_ON(1), {TASK_CANCEL, 0, 0}));
  rig_call(&r, ST, 1, SCRIPT({SET_WAIT, 1, 96}, {RETURN_ST, 1, 0}));
  rig_answer(&r, 0, 5);
  withost_call_cancel(r.actors[0].call);
  rig_run(&r);
  check(r.actors[0].status == WITHOST_ECANCELLED && r.actors[1].results[0] == 1 && r.actors[1].done == 1, name, "wakes the next");
  close_clean(&r, name);
}

static void test_event_outlives_lock(void) {
  const char *name = "an event whose waiter is locked out";
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({SET_NEW, 0, 0}, {LATER_ASYNC, 1, 64}, {JOIN, 2, 1}, WAIT_ON(1), {RETURN_CB, 1, 0}));
  rig_call(&r, ST, 1, SCRIPT({SET_WAIT, 1, 96}, {RETURN_ST, 1, 0}));
  rig_call(&r, SL, 2, SCRIPT({LATER, 2, 0}));
  rig_answer(&r, 0, 5);
  rig_run(&r);
  check(!r.actors[0].done && r.actors[1].results[0] == 1 && r.actors[1].done == 1, name, "wakes one that is not");
  rig_answer(&r, 1, 5);
  rig_run(&r);
  check(r.actors[2].done == 1 && !r.actors[0].done, name, "and that one waits for the next event");
  close_clean(&r, name);
}

/* has_backpressure() of one that does not need the lock asks for back-pressure only, also behind others. */
static void test_stackful_behind_lock(void) {
  const char *name = "a stackful call behind one that needs the lock";
  rig r = {0};
  rig_open(&r);
  rig_call(&r, SL, 0, SCRIPT({LATER, 1, 0}));
  rig_call(&r, CB, 1, SCRIPT({RETURN_CB, 1, 0}));
  rig_call(&r, ST, 2, SCRIPT({RETURN_ST, 1, 0}));
  check(!r.actors[2].done, name, "waits its turn");
  rig_run(&r);
  check(!r.actors[1].done && r.actors[2].done == 1, name, "but not for the lock");
  rig_answer(&r, 0, 0);
  rig_run(&r);
  check(r.actors[1].done == 1, name, "which comes free");
  close_clean(&r, name);
}

/* ---- Threads of sync functions ---- */

/* They live on when it has returned; then the instance has work. */
static void test_thread_outlives_sync(void) {
  const char *name = "a thread that outlives the sync function";
  rig r = {0};
  rig_open(&r);
  rig_script(&r, 5, SCRIPT({EXIT, 0, 0}));
  rig_sync(&r, 1, SCRIPT({THREAD_NEW, 1, 5}, {RESUME_LATER, 2, 0}, {EXIT, 3, 0}));
  check(withost_instance_close(machine_as_instance(r.guest)) == WITHOST_EBUSY, name, "is unfinished work");
  rig_run(&r);
  check(r.store->threads.used == 0 && r.store->tasks.used == 0, name, "and ends like any other");
  rig_sync(&r, 1, SCRIPT({THREAD_NEW, 1, 5}, {EXIT, 3, 0}));
  close_clean(&r, name);
}

/* One of the threads that run on top of a sync function traps; it is in a queue itself. */
static void test_trap_on_top_of_sync(void) {
  static const machine_op waits[][4] = {{{RESUME_LATER, 2, 0}, {YIELD, 0, 0}, {EXIT, 1, 0}},
                                        {{RESUME_LATER, 2, 0}, {SET_WAIT, 1, 64}, {EXIT, 1, 0}},
                                        {{RESUME_LATER, 2, 0}, {SUSPEND, 0, 0}, {EXIT, 1, 0}}};
  for (size_t n = 0; n < sizeof waits / sizeof *waits; n++) {
    const char *name = "a trap on top of a sync function that waits";
    rig r = {0};
    rig_open(&r);
    rig_call(&r, CB, 0, SCRIPT({SET_NEW, 0, 0}, {THREAD_NEW, 1, 5}, WAIT_ON(1)));
    rig_script(&r, 5, SCRIPT({UNREACHABLE, 0, 0}));
    int error = rig_sync(&r, 1, waits[n]);
    check(error == WITHOST_ETRAP && !withost_store_is_ready(r.store) && r.actors[0].status == WITHOST_ETRAP, name,
          "no queue remembers it");
    close_clean(&r, name);
  }
}

/* The frames of the outer one are below those of the inner one, so it cannot go on first. */
static void test_sync_on_top_of_sync(void) {
  const char *name = "a destructor that yields on top of a sync function that yields";
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({SET_NEW, 0, 0}, {THREAD_NEW, 1, 5}, WAIT_ON(1)));
  rig_script(&r, 5, SCRIPT({THING_NEW, 6, 0}, {THING_DROP, 2, 0}, {EXIT, 0, 0}));
  rig_script(&r, 6, SCRIPT({YIELD, 0, 0}, {YIELD, 0, 0}));
  int error = rig_sync(&r, 1, SCRIPT({RESUME_LATER, 2, 0}, {YIELD, 0, 0}, {EXIT, 4, 0}));
  check(error == WITHOST_OK && r.actors[1].result == 4, name, "each in its turn");
  rig_script(&r, 5, SCRIPT({THING_NEW, 6, 0}, {THING_DROP, 2, 0}, {EXIT, 0, 0}));
  rig_script(&r, 6, SCRIPT({YIELD_THEN_RESUME, 3, 0}, {YIELD, 0, 0}));
  error = rig_sync(&r, 1, SCRIPT({THREAD_NEW, 1, 5}, {INDEX, 0, 0}, {SUSPEND_THEN_RESUME, 2, 0}, {EXIT, 4, 0}));
  check(error == WITHOST_OK && r.actors[1].results[1] == 3 && r.actors[1].result == 4, name, "also when it switches to it");
  rig_script(&r, 5, SCRIPT({THING_NEW, 6, 0}, {THING_DROP, 2, 0}, {EXIT, 0, 0}));
  rig_script(&r, 6, SCRIPT({YIELD_THEN_PROMOTE, 3, 0}, {YIELD, 0, 0}));
  error = rig_sync(&r, 1, SCRIPT({THREAD_NEW, 1, 5}, {INDEX, 0, 0}, {YIELD_THEN_RESUME, 2, 0}, {EXIT, 4, 0}));
  check(error == WITHOST_OK && r.actors[1].result == 4, name, "or promotes it");
  close_clean(&r, name);
}

static uint32_t initial_thread;
static void initialize_with_thread(void *core) {
  (void)core;
  initial_thread = withost_thread_index(withost__entry->instance);
}

/* Its task is on the C stack, and its number must not stay behind. */
static void test_thread_of_initialize(void) {
  static const machine_imports none = {0};
  withost_program program = *machine_program_wasm2c();
  program.initialize = initialize_with_thread;
  withost_store *store;
  machine_instance *guest;
  withost_store_new(NULL, &store);
  int error = machine_instantiate(store, &program, &none, NULL, &guest);
  uint32_t left = 0;
  for (uint32_t n = 0; n < guest->base.threads.used; n++) left += guest->base.threads.slots[n].tag != WITHOST__FREE;
  check(!error && initial_thread == 1 && left == 0, "a thread number in _initialize", "is free again");
  check(withost_store_close(store) == WITHOST_OK, "a thread number in _initialize", "closes");
}

/* A task that has returned, and was reached through a handle: who is in it is unfinished work. */
static void test_thread_in_resolved_task(void) {
  const char *name = "a thread that moved to a task that has returned";
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {RETURN_CB, 1, 0}, {EXIT, 0, 0}));
  rig_call(&r, CB, 1, SCRIPT({RETURN_CB, 1, 0}, {SET_TASK, 1, 0}, AGAIN, {EXIT, 0, 0}));
  check(r.actors[1].done == 1 && withost_instance_close(machine_as_instance(r.guest)) == WITHOST_EBUSY, name, "is unfinished work");
  rig_run(&r);
  check(machine_as_instance(r.guest)->tasks == NULL && withost_instance_status(machine_as_instance(r.guest)) == WITHOST_OK, name, "and ends");
  close_clean(&r, name);
}

/* ---- One forbidden thing each: the right message, and the other instance goes on ---- */

static const struct hostile {
  const char *name;
  machine_form form; /* of the first actor; the others are stackful, and there before */
  const char *trap;
  machine_op first[10], second[6], third[6];
} hostiles[] = {
  {"dropping a set that a thread waits on", ST, "st: cannot drop waitable set with waiters", {{SET_DROP, 1, 0}}, {{SET_NEW, 0, 0}, {SET_WAIT, 1, 64}}, {{0}}},
  {"dropping a set that a callback waits on", CB, "cb: cannot drop waitable set with waiters",
   {{THREAD_NEW, 1, 3}, {RESUME_LATER, 2, 0}, {RETURN_CB, 1, 0}, {SET_NEW, 0, 0}, {GET_TASK, 0, 0}, WAIT_ON(1)}, {{0}}, {{SET_DROP, 1, 0}}},
  {"dropping a set whose waiter was woken and has not run", ST, "st: cannot drop waitable set with waiters",
   {{LATER_ASYNC, 1, 64}, {LATER, 1, 0}, {JOIN, 2, 1}, {JOIN, 2, 0}, {SET_DROP, 1, 0}}, {{SET_NEW, 0, 0}, {SET_WAIT, 1, 64}}, {{0}}},
  {"cancelling a subtask whose end was delivered", ST, "st: `subtask.cancel` called after terminal status delivered",
   {{LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, {SET_WAIT, 2, 64}, {JOIN, 1, 0}, {SUBTASK_CANCEL_ASYNC, 1, 0}}, {{0}}, {{0}}},
  {"using a subtask that was dropped", ST, "st: unknown handle index 1",
   {{LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, {SET_WAIT, 2, 64}, {SUBTASK_DROP, 1, 0}, {JOIN, 1, 2}}, {{0}}, {{0}}},
  {"task.cancel after the return", CB, "cb: `task.return` or `task.cancel` called more than once for current task",
   {{RETURN_CB, 1, 0}, {TASK_CANCEL, 0, 0}}, {{0}}, {{0}}},
  {"a thread that ends last and has not returned", CB, "cb: async-lifted export failed to produce a result",
   {{THREAD_NEW, 1, 3}, {RESUME_LATER, 2, 0}, {EXIT, 0, 0}}, {{0}}, {{EXIT, 0, 0}}},
  {"a thread that returns and one that does, too", CB, "cb: `task.return` or `task.cancel` called more than once for current task",
   {{THREAD_NEW, 1, 3}, {RESUME_LATER, 2, 0}, {RETURN_CB, 1, 0}, {EXIT, 0, 0}}, {{0}}, {{RETURN_CB, 2, 0}}},
  {"a destructor that suspends", CB, "things#[dtor]thing: cannot block a synchronous task before returning",
   {{THING_NEW, 3, 0}, {THING_DROP, 1, 0}}, {{0}}, {{SUSPEND, 0, 0}}},
  {"a destructor that returns for the task that dropped", CB, "things#[dtor]thing: invalid `task.return` signature and/or options for current task",
   {{THING_NEW, 3, 0}, {THING_DROP, 1, 0}}, {{0}}, {{RETURN_CB, 1, 0}}},
  {"a destructor that drops its own resource again", CB, "things#[dtor]thing: unknown handle index 1",
   {{THING_NEW, 3, 0}, {THING_DROP, 1, 0}}, {{0}}, {{THING_DROP, 1, 0}}},
  {"a destructor that traps", CB, "things#[dtor]thing: wasm `unreachable` instruction executed",
   {{THING_NEW, 3, 0}, {THING_DROP, 1, 0}}, {{0}}, {{UNREACHABLE, 0, 0}}},
  {"a resource as waitable", CB, "cb: handle is not a waitable", {{THING_NEW, 3, 0}, {SET_NEW, 0, 0}, {JOIN, 1, 2}}, {{0}}, {{0}}},
  {"a task as waitable", CB, "cb: handle is not a waitable", {{GET_TASK, 0, 0}, {SET_NEW, 0, 0}, {JOIN, 1, 2}}, {{0}}, {{0}}},
  {"a set in itself", CB, "cb: handle is not a waitable", {{SET_NEW, 0, 0}, {JOIN, 1, 1}}, {{0}}, {{0}}},
  {"an event into the last bytes of memory and beyond", CB, "cb: pointer out-of-bounds", {{SET_NEW, 0, 0}, {SET_POLL, 1, 0xfffffffc}}, {{0}}, {{0}}},
  {"resuming a thread twice", CB, "cb: cannot resume thread which is not suspended",
   {{THREAD_NEW, 1, 3}, {RESUME_LATER, 2, 0}, {RESUME_LATER, 2, 0}}, {{0}}, {{EXIT, 0, 0}}},
  {"switching to a thread that is gone", ST, "st: unknown thread index 2",
   {{THREAD_NEW, 1, 3}, {YIELD_THEN_RESUME, 2, 0}, {YIELD_THEN_RESUME, 2, 0}}, {{0}}, {{EXIT, 0, 0}}},
  {"a thread of an index outside the table", CB, "cb: undefined table element or indirect call type mismatch", {{THREAD_NEW, 0xffffffff, 3}}, {{0}}, {{0}}},
};

static void test_hostile(const struct hostile *h) {
  rig r = {0};
  rig_open(&r);
  machine_instance *bad = r.guest, *good;
  if (machine_instantiate(r.store, machine_program_wasm2c(), rig_imports(), &r, &good)) abort();
  r.guest = good;
  rig_call(&r, ST, 6, SCRIPT({LATER, 7, 0}, {RETURN_ST, 42, 0}));
  r.guest = bad;
  if (h->second[0].what) rig_call(&r, ST, 2, h->second);
  rig_script(&r, 3, h->third);
  rig_call(&r, h->form, 1, h->first);
  for (uint32_t n = 1; n < r.later_count; n++) rig_answer(&r, n, 1);
  rig_run(&r);
  bool trapped = rig_trapped(&r, h->trap), told = r.actors[1].done == 1 && (!h->second[0].what || r.actors[2].done == 1);
  rig_answer(&r, 0, 1);
  rig_run(&r);
  check(trapped && told && r.actors[6].done == 1 && r.actors[6].result == 42, "hostile", "%s", h->name);
  close_clean(&r, h->name);
}

/* Joining moves a waitable: the first set has nothing of it any more. */
static void test_two_sets(void) {
  const char *name = "a waitable in two sets";
  rig r = {0};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({SET_NEW, 0, 0}, {SET_NEW, 0, 0}, {LATER_ASYNC, 1, 64}, {JOIN, 3, 1}, {JOIN, 3, 2}, {LATER, 2, 0}, {SET_POLL, 1, 96},
                             {JOIN, 3, 1}, {JOIN, 3, 2}, {SET_POLL, 1, 96}, {SET_DROP, 1, 0}, {SET_POLL, 2, 96}, {SET_POLL, 2, 96}, {RETURN_ST, 1, 0}));
  rig_answer(&r, 0, 1);
  rig_answer(&r, 1, 1);
  rig_run(&r);
  const uint32_t *results = r.actors[0].results;
  check(r.actors[0].done == 1 && !results[6] && !results[9] && results[11] == 1 && !results[12], name, "is in the last one, once");
  close_clean(&r, name);
}

/* 3.9.7: somebody can still return, through a thread or a handle; and if nobody can, it is a trap. */
static void test_exit_without_result(void) {
  const char *name = "EXIT without a result";
  rig r = {0};
  rig_open(&r);
  rig_script(&r, 3, SCRIPT({YIELD, 0, 0}, {RETURN_CB, 5, 0}, {EXIT, 0, 0}));
  rig_call(&r, CB, 0, SCRIPT({THREAD_NEW, 1, 3}, {RESUME_LATER, 2, 0}, {EXIT, 0, 0}));
  rig_run(&r);
  check(r.actors[0].done == 1 && r.actors[0].result == 5, name, "a thread of the task returns");
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {THREAD_NEW, 1, 3}, {EXIT, 0, 0}));
  rig_script(&r, 3, SCRIPT({EXIT, 0, 0}));
  rig_call(&r, CB, 1, SCRIPT({RESUME_LATER, r.actors[0].results[1], 0}, AGAIN, {SET_TASK, 1, 0}, {RETURN_CB, 6, 0}, {TASK_DROP, 1, 0}, {SET_NEW, 0, 0}, {EXIT, 0, 0}));
  check(machine_as_instance(r.guest)->poisoned == false && !r.actors[0].done, name, "a suspended thread, and a handle, keep the task");
  rig_run(&r);
  check(r.actors[0].done == 1 && r.actors[0].result == 6 && !r.actors[1].done, name, "who comes by the handle returns for it");
  rig_call(&r, ST, 2, SCRIPT({GET_TASK, 0, 0}, {TASK_DROP, 2, 0}, {EXIT, 0, 0}));
  check(rig_trapped(&r, "st: async-lifted export failed to produce a result"), name, "with the last handle gone nobody can");
  close_clean(&r, name);
}

/* ---- Hosts inside their own callbacks ---- */

typedef struct ender { rig *rig; int done, status, closed; } ender;

static void abort_inside(void *user, withost_call *call, int status, const uint32_t *result) {
  ender *e = user;
  (void)call, (void)result;
  e->done++;
  e->status = status;
  withost_instance *i = machine_as_instance(e->rig->guest);
  withost_instance_abort(i, "from the callback");
  e->closed = withost_instance_close(i);
}

static void test_abort_inside_cancel(void) {
  const char *name = "an abort inside the callback of a call that had not started";
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({INC, 0, 0}, {RETURN_CB, 1, 0}));
  ender e = {.rig = &r};
  withost_call *call;
  machine_call(r.guest, CB, NULL, 1, abort_inside, &e, &call);
  withost_call_cancel(call);
  check(e.done == 1 && e.status == WITHOST_ECANCELLED && e.closed == WITHOST_EBUSY, name, "law 8: no close there");
  close_clean(&r, name);
  rig_open(&r);
  r.later_count = 0;
  rig_call(&r, CB, 0, SCRIPT({INC, 0, 0}, {RETURN_CB, 1, 0}));
  e = (ender){.rig = &r};
  machine_call(r.guest, CB, NULL, 1, abort_inside, &e, &call);
  withost_call_set_deadline(call, 5);
  withost_store_set_now(r.store, 5);
  check(e.done == 1 && e.status == WITHOST_EDEADLINE && e.closed == WITHOST_EBUSY, name, "nor by a deadline");
  close_clean(&r, name);
}

/* Law 8, for another instance than the one that is running. */
static void close_other(rig *r, withost_call *call) {
  (void)call;
  r->cancels = withost_instance_close(machine_as_instance(((rig **)r->config.user)[0]->guest));
}

static void test_close_other_inside(void) {
  rig r = {0};
  rig *self = &r;
  rig_open(&r);
  static const machine_imports none = {0};
  machine_instance *other, *first = r.guest;
  if (machine_instantiate(r.store, machine_program_wasm2c(), &none, NULL, &other)) abort();
  r.config.user = &self;
  r.inside = close_other;
  r.guest = other; /* what close_other closes */
  rig_script(&r, 0, SCRIPT({EXIT, 1, 0}));
  uint32_t result;
  machine_sy(first, NULL, 0, &result);
  check(r.cancels == WITHOST_EBUSY, "closing another instance", "law 8: not inside an import");
  r.guest = first;
  r.inside = NULL;
  close_clean(&r, "closing another instance");
}

int main(void) {
  test_event_outlives_cancel();
  test_event_outlives_lock();
  test_stackful_behind_lock();
  test_thread_outlives_sync();
  test_trap_on_top_of_sync();
  test_sync_on_top_of_sync();
  test_thread_of_initialize();
  test_thread_in_resolved_task();
  for (size_t n = 0; n < sizeof hostiles / sizeof *hostiles; n++) test_hostile(&hostiles[n]);
  test_two_sets();
  test_exit_without_result();
  test_abort_inside_cancel();
  test_close_other_inside();
  return check_end();
}
