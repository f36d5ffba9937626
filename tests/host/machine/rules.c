/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The rules of the async ABI, one by one: tasks, subtasks, sets, back-pressure, the lock, blocking, threads, task handles.
 * Every guest is the puppet; what traps is a table.
 */
#include "rig.h"

enum { WAIT = 2, CALLBACK_YIELD = 1, BLOCKED = -1 };
#define WAIT_ON(set) {EXIT, WAIT | (set) << 4, 0}
#define AGAIN {EXIT, CALLBACK_YIELD, 0}

/* ---- Traps: one call, one message ---- */

static const struct trap_case { const char *name; machine_form form; bool sync; const char *trap; machine_op script[8]; } traps[] = {
  {"a task that ends without a result", CB, false, "cb: async-lifted export failed to produce a result", {{EXIT, 0, 0}}},
  {"an unknown callback code", CB, false, "cb: unsupported callback code", {{RETURN_CB, 1, 0}, {EXIT, 3, 0}}},
  {"waiting on set 0", CB, false, "cb: unknown handle index 0", {{RETURN_CB, 1, 0}, {EXIT, WAIT, 0}}},
  {"waiting on a handle of another kind", CB, false, "cb: handle is not a waitable set",
   {{LATER_ASYNC, 1, 64}, WAIT_ON(1)}},
  {"returning twice", CB, false, "cb: `task.return` or `task.cancel` called more than once for current task",
   {{RETURN_CB, 1, 0}, {RETURN_CB, 1, 0}}},
  {"returning another type", CB, false, "cb: invalid `task.return` signature and/or options for current task",
   {{RETURN_NONE, 0, 0}}},
  {"returning from a sync lift", SL, false, "sl: invalid `task.return` signature and/or options for current task",
   {{RETURN_ST, 1, 0}}},
  {"returning from a sync function", SL, true, "sy: invalid `task.return` signature and/or options for current task",
   {{RETURN_ST, 1, 0}}},
  {"cancelling what was not asked to", CB, false, "cb: `task.cancel` called by task which has not been cancelled",
   {{TASK_CANCEL, 0, 0}}},
  {"dropping an unresolved subtask", CB, false, "cb: cannot drop a subtask which has not yet resolved",
   {{LATER_ASYNC, 1, 64}, {SUBTASK_DROP, 1, 0}}},
  {"cancelling a subtask twice", CB, false, "cb: `subtask.cancel` called more than once",
   {{LATER_ASYNC, 1, 64}, {SUBTASK_CANCEL_ASYNC, 1, 0}, {SUBTASK_CANCEL_ASYNC, 1, 0}}},
  {"cancelling a subtask in a set", CB, false, "cb: `subtask.cancel` called on a subtask in a waitable set",
   {{LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, {SUBTASK_CANCEL_ASYNC, 1, 0}}},
  {"an unknown subtask", CB, false, "cb: unknown handle index 7", {{SUBTASK_DROP, 7, 0}}},
  {"a set as subtask", CB, false, "cb: handle is not a subtask", {{SET_NEW, 0, 0}, {SUBTASK_DROP, 1, 0}}},
  {"dropping a set with members", CB, false, "cb: cannot drop waitable set with members",
   {{LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, {SET_DROP, 2, 0}}},
  {"a set as waitable", CB, false, "cb: handle is not a waitable", {{SET_NEW, 0, 0}, {SET_NEW, 0, 0}, {JOIN, 1, 2}}},
  {"an event out of bounds", CB, false, "cb: pointer out-of-bounds", {{SET_NEW, 0, 0}, {SET_POLL, 1, 65532}}},
  {"an event that is not aligned", CB, false, "cb: unaligned pointer", {{SET_NEW, 0, 0}, {SET_POLL, 1, 66}}},
  {"back-pressure below 0", CB, false, "cb: backpressure counter underflow", {{DEC, 0, 0}}},
  {"a sync function that waits", SL, true, "sy: cannot block a synchronous task before returning", {{LATER, 1, 0}}},
  {"a sync function that suspends", SL, true, "sy: cannot block a synchronous task before returning", {{SUSPEND, 0, 0}}},
  {"an unknown thread", CB, false, "cb: unknown thread index 9", {{RESUME_LATER, 9, 0}}},
  {"resuming a thread that runs", CB, false, "cb: cannot resume thread which is not suspended", {{RESUME_LATER, 1, 0}}},
  {"promoting itself", CB, false, "cb: cannot promote the running thread", {{YIELD_THEN_PROMOTE, 1, 0}}},
  {"a thread of no function", CB, false, "cb: undefined table element or indirect call type mismatch", {{THREAD_NEW, 0, 1}}},
  {"task handle 0", CB, false, "cb: unknown handle index 0", {{SET_TASK, 0, 0}}},
  {"a dropped task handle", CB, false, "cb: unknown handle index 1", {{GET_TASK, 0, 0}, {TASK_DROP, 1, 0}, {SET_TASK, 1, 0}}},
  {"a set as task", CB, false, "cb: handle is not a task", {{SET_NEW, 0, 0}, {SET_TASK, 1, 0}}},
  {"dropping a set as task", CB, false, "cb: handle is not a task", {{SET_NEW, 0, 0}, {TASK_DROP, 1, 0}}},
  {"running out of stack", ST, false, "st: call stack exhausted", {{DEEP, 0, 0}}},
  {"unreachable", CB, false, "cb: wasm `unreachable` instruction executed", {{UNREACHABLE, 0, 0}}},
};

static void test_traps(void) {
  for (size_t n = 0; n < sizeof traps / sizeof *traps; n++) {
    const struct trap_case *t = &traps[n];
    rig r = {0};
    rig_open(&r);
    int error = t->sync ? rig_sync(&r, 0, t->script) : rig_call(&r, t->form, 0, t->script);
    rig_run(&r);
    bool told = t->sync ? error == WITHOST_ETRAP : error == WITHOST_OK && r.actors[0].done == 1;
    check(rig_trapped(&r, t->trap) && told, "trap", "%s", t->name);
    rig_close(&r);
  }
}

/* ---- Subtasks ---- */

static void test_subtask_events(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, WAIT_ON(2), {SUBTASK_DROP, 1, 0}, {SET_DROP, 2, 0},
                             {RETURN_CB, 5, 0}));
  check(r.actors[0].results[0] == (1 | 1 << 4), "3.1 an import that is not ready", "STARTED with a handle");
  check(r.actors[0].done == 0 && !withost_store_is_ready(r.store), "3.2 a task that waits", "is not ready");
  rig_answer(&r, 0, 42);
  check(withost_store_is_ready(r.store), "3.3 the answer", "makes it ready");
  rig_run(&r);
  check(r.actors[0].events[0].code == 1 && r.actors[0].events[0].p1 == 1 && r.actors[0].events[0].p2 == 2, "3.1 event",
        "SUBTASK(1, RETURNED)");
  check(withost_load_u32(withost_memory(machine_as_instance(r.guest)) + 64) == 42, "3.3 the result", "is in memory");
  check(r.actors[0].status == WITHOST_OK && r.actors[0].result == 5, "3.2 task.return", "%s", "");
  rig_call(&r, CB, 0, SCRIPT({LATER_ASYNC, 1000, 64}, {RETURN_CB, 1, 0}));
  check(r.actors[0].results[0] == 2, "3.1 an import that is ready", "exactly RETURNED, no handle");
  rig_call(&r, ST, 0, SCRIPT({LATER, 1007, 0}, {LATER, 1, 0}, {RETURN_ST, 1, 0}));
  rig_answer(&r, 1, 77);
  rig_run(&r);
  check(r.actors[0].results[0] == 1007 && r.actors[0].results[1] == 77 && r.actors[0].done == 1, "sync-lowered import",
        "flat results, now and later");
  check(machine_as_instance(r.guest)->subtasks == NULL && r.store->subtasks.used == 0, "subtasks", "none is left");
  rig_close(&r);
}

static void test_subtask_cancel(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SUBTASK_CANCEL_ASYNC, 1, 0}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, WAIT_ON(2),
                             {SUBTASK_DROP, 1, 0}, {RETURN_CB, 1, 0}));
  check(r.actors[0].results[1] == (uint32_t)BLOCKED && r.cancels == 1, "3.3 async subtask.cancel", "BLOCKED, the host has a notice");
  check(withost_call_answer_cancelled(r.later[0]) == WITHOST_OK, "3.3 answer_cancelled", "%s", "");
  r.later[0] = NULL;
  rig_run(&r);
  check(r.actors[0].events[0].p2 == 4 && r.actors[0].done == 1, "3.3 event", "CANCELLED_BEFORE_RETURNED");
  rig_call(&r, ST, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SUBTASK_CANCEL, 1, 0}, {SUBTASK_DROP, 1, 0}, {RETURN_ST, 1, 0}));
  check(r.cancels == 2 && !r.actors[0].done, "3.3 sync subtask.cancel", "blocks until the host has answered");
  rig_answer(&r, 1, 9);
  rig_run(&r);
  check(r.actors[0].results[1] == 2 && r.actors[0].done == 1, "3.3 sync subtask.cancel",
        "RETURNED, for the host answered all the same");
  rig_close(&r);
}

static void test_sets(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({SET_NEW, 0, 0}, {LATER_ASYNC, 1, 64}, {LATER_ASYNC, 2, 64}, {JOIN, 2, 1}, {JOIN, 3, 1}, {SET_POLL, 1, 80},
                             {SET_WAIT, 1, 80}, {SET_WAIT, 1, 80}, {SUBTASK_DROP, 2, 0}, {SUBTASK_DROP, 3, 0}, {SET_POLL, 1, 80},
                             {SET_DROP, 1, 0}, {RETURN_ST, 1, 0}));
  check(r.actors[0].results[5] == 0, "3.4 poll", "NONE");
  rig_answer(&r, 1, 1);
  rig_run(&r);
  check(r.actors[0].results[6] == 1 && withost_load_u32(withost_memory(machine_as_instance(r.guest)) + 80) == 3, "3.4 wait",
        "the second");
  rig_answer(&r, 0, 1);
  rig_run(&r);
  check(r.actors[0].results[7] == 1 && r.actors[0].done == 1, "3.4 wait", "the first");
  rig_call(&r, ST, 1, SCRIPT({SET_NEW, 0, 0}, {SET_WAIT, 1, 80}));
  rig_call(&r, ST, 2, SCRIPT({SET_DROP, 1, 0}));
  check(rig_trapped(&r, "st: cannot drop waitable set with waiters"), "3.4 drop", "not while somebody waits");
  rig_close(&r);
}

static void test_sync_waiter(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, ST, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SUBTASK_CANCEL, 1, 0}));
  rig_call(&r, ST, 1, SCRIPT({SET_NEW, 0, 0}, {JOIN, 1, 2}));
  check(rig_trapped(&r, "st: cannot join a waitable that a synchronous operation waits on"), "3.4 join", "not while it is waited on");
  rig_close(&r);
}

/* ---- Cancel by the host ---- */

static void test_cancel_before_start(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({INC, 0, 0}, {RETURN_CB, 1, 0}));
  rig_call(&r, CB, 1, SCRIPT({RETURN_CB, 1, 0}));
  check(!withost_call_has_started(r.actors[1].call), "3.6 back-pressure", "a call waits in STARTING");
  withost_call_cancel(r.actors[1].call);
  check(r.actors[1].done == 1 && r.actors[1].status == WITHOST_ECANCELLED && r.actors[1].at == 0, "3.2 cancel before start",
        "at once, core code never runs");
  rig_sync(&r, 2, SCRIPT({DEC, 0, 0}));
  rig_call(&r, CB, 3, SCRIPT({RETURN_CB, 1, 0}));
  check(r.actors[3].done == 1, "3.6 back-pressure", "gone: the next call starts at once");
  rig_close(&r);
}

static void test_cancel_after_start(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(1), {TASK_CANCEL, 0, 0}));
  withost_call_cancel(r.actors[0].call);
  rig_run(&r);
  check(r.actors[0].events[0].code == 6 && r.actors[0].status == WITHOST_ECANCELLED, "3.2 cancel while waiting", "TASK_CANCELLED");
  rig_call(&r, CB, 0, SCRIPT(AGAIN, {RETURN_CB, 8, 0}));
  withost_call_cancel(r.actors[0].call);
  withost_call_cancel(r.actors[0].call);
  rig_run(&r);
  check(r.actors[0].events[0].code == 6 && r.actors[0].status == WITHOST_OK && r.actors[0].result == 8, "3.2 cancel while yielding",
        "the guest may return all the same");
  rig_call(&r, ST, 0, SCRIPT({LATER, 1, 0}, {RETURN_ST, 3, 0}));
  withost_call_cancel(r.actors[0].call);
  rig_run(&r);
  check(!r.actors[0].done, "3.2 cancel while blocked", "is not delivered");
  rig_answer(&r, 0, 0);
  rig_run(&r);
  check(r.actors[0].status == WITHOST_OK && r.actors[0].done == 1, "3.2 cancel while blocked", "it returns later");
  rig_call(&r, CB, 0, SCRIPT({LATER, 1, 0}, WAIT_ON(1), {TASK_CANCEL, 0, 0}));
  withost_call_cancel(r.actors[0].call);
  rig_answer(&r, 1, 0);
  rig_run(&r);
  check(r.actors[0].events[0].code == 6 && r.actors[0].status == WITHOST_ECANCELLED, "3.2 cancel before the loop",
        "delivered when it comes there");
  rig_close(&r);
}

static void test_deadlines(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(1), {TASK_CANCEL, 0, 0}));
  rig_call(&r, CB, 1, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(2), {TASK_CANCEL, 0, 0}));
  rig_call(&r, CB, 2, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(3), {TASK_CANCEL, 0, 0}));
  withost_call_set_deadline(r.actors[0].call, 30);
  withost_call_set_deadline(r.actors[1].call, 10);
  withost_call_set_deadline(r.actors[2].call, 20);
  withost_call_set_deadline(r.actors[2].call, UINT64_MAX);
  check(withost_store_next_deadline(r.store) == 10, "deadlines", "the nearest");
  withost_store_set_now(r.store, 10);
  rig_run(&r);
  check(r.actors[1].status == WITHOST_EDEADLINE && !r.actors[0].done, "deadlines", "one has passed");
  withost_call_cancel(r.actors[0].call);
  rig_run(&r);
  check(r.actors[0].status == WITHOST_ECANCELLED && withost_store_next_deadline(r.store) == UINT64_MAX, "deadlines",
        "a finished call has none");
  check(withost_store_set_now(r.store, 9) == WITHOST_EINVAL, "deadlines", "time does not go back");
  rig_close(&r);
}

/* ---- Back-pressure, lock, blocking ---- */

static void test_lock(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, SL, 0, SCRIPT({LATER, 1, 0}));
  rig_call(&r, CB, 1, SCRIPT({RETURN_CB, 1, 0}));
  rig_call(&r, ST, 2, SCRIPT({RETURN_ST, 1, 0}));
  check(!r.actors[1].done && !r.actors[2].done, "3.6 the lock", "holds calls back, in order");
  check(rig_sync(&r, 3, SCRIPT({EXIT, 4, 0})) == WITHOST_OK && r.actors[3].result == 4, "3.6 a sync function", "barges in");
  rig_answer(&r, 0, 0);
  rig_run(&r);
  check(r.actors[0].done && r.actors[1].done && r.actors[2].done, "3.6 the lock", "is released at the end");
  rig_close(&r);
}

static void test_backpressure_overflow(void) {
  static machine_op script[1 << 16];
  for (size_t n = 0; n < 1 << 16; n++) script[n].what = INC;
  rig r = {0};
  rig_open(&r);
  rig_call(&r, ST, 0, script);
  check(rig_trapped(&r, "st: backpressure counter overflow") , "3.6 back-pressure", "overflow");
  rig_close(&r);
}

static void test_barging(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({THREAD_NEW, 1, 5}, {RESUME_LATER, 2, 0}, {SET_NEW, 0, 0}, WAIT_ON(1)));
  rig_script(&r, 5, SCRIPT({RESUME_LATER, 3, 0}));
  int error = rig_sync(&r, 1, SCRIPT({INDEX, 0, 0}, {SUSPEND, 0, 0}, {YIELD, 0, 0}, {EXIT, 6, 0}));
  check(error == WITHOST_OK && r.actors[1].result == 6 && r.actors[1].results[0] == 3, "3.7 a sync function that blocks",
        "the ready threads of its instance run until it goes on");
  rig_script(&r, 5, SCRIPT({EXIT, 0, 0}));
  rig_close(&r);
}

/* Each sync call is a task of its own, whatever the one before did to its: context slots are 0, its thread's number is free
 * again when it is over, and a handle to it is of no other call's task. A handle is what keeps a task in its group. */
static void test_sync_is_fresh(void) {
  rig r = {0};
  withost_group groups[2] = {{.tag = 1}, {.tag = 2}};
  rig_open(&r);
  rig_sync(&r, 0, SCRIPT({INDEX, 0, 0}, {EXIT, 1, 0}));
  rig_call(&r, CB, 1, SCRIPT({INDEX, 0, 0}, {RETURN_CB, 1, 0}));
  check(r.actors[0].results[0] == 1 && r.actors[1].results[0] == 1, "3.7 a sync call", "its thread's number is free when it ends");
  rig_sync(&r, 2, SCRIPT({CONTEXT_SET, 9, 0}, {EXIT, 1, 0}));
  for (uint32_t n = 0; n < 2; n++) {
    rig_script(&r, n, SCRIPT({CONTEXT_GET, 0, 0}, {CONTEXT_SET, 9, 0}, {GET_TASK, 0, 0}, {EXIT, 1, 0}));
    machine_sy(r.guest, &groups[n], n, &r.actors[n].result);
  }
  check(r.actors[0].results[0] == 0 && r.actors[1].results[0] == 0, "3.8 a sync call", "begins with context slots of 0");
  check(groups[0].tasks == 1 && groups[1].tasks == 1, "3.9.3 a sync call", "has a task of its own");
  rig_sync(&r, 3, SCRIPT({TASK_DROP, 1, 0}, {TASK_DROP, 2, 0}, {EXIT, 1, 0}));
  check(groups[0].tasks == 0 && groups[1].tasks == 0, "3.9.5 a sync call's task", "is gone with its last handle");
  rig_close(&r);
}

/* on_ready comes between two steps of others that run on top of a sync call that waits: nothing is running then, so the host
 * may call. */
static void sync_on_sync_ready(void *user, withost_store *store) {
  rig *r = user;
  (void)store;
  if (!r->later_count || r->actors[4].script) return;
  int error = rig_sync(r, 4, SCRIPT({CONTEXT_GET, 0, 0}, {CONTEXT_SET, 4, 0}, {EXIT, 44, 0}));
  check(error == WITHOST_OK && r->actors[4].result == 44 && r->actors[4].results[0] == 0, "3.7 a sync call on top of one that waits",
        "is a task of its own");
  rig_answer(r, 0, 5);
}

static void test_sync_on_sync(void) {
  rig r = {.config = {.on_ready = sync_on_sync_ready, .user = &r}};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT(AGAIN, {DEC, 0, 0}, {RETURN_CB, 1, 0}));
  rig_call(&r, ST, 1, SCRIPT({INC, 0, 0}, {RETURN_ST, 1, 0}));
  rig_call(&r, CB, 2, SCRIPT({RETURN_CB, 2, 0}));
  int error = rig_sync(&r, 3, SCRIPT({CONTEXT_SET, 3, 0}, {LATER, 1, 0}, {CONTEXT_GET, 0, 0}, {EXIT, 33, 0}));
  check(r.actors[4].script && error == WITHOST_OK && r.actors[3].result == 33 && r.actors[3].results[1] == 5 &&
          r.actors[3].results[2] == 3, "3.7 the sync call below", "goes on as it was");
  rig_run(&r);
  check(r.actors[2].done == 1, "3.6 back-pressure", "who was held back comes in");
  rig_close(&r);
}

static void test_deadlock(void) {
  rig r = {0};
  rig_open(&r);
  check(withost_store_check_deadlock(r.store) == WITHOST_OK, "deadlock", "nothing is there");
  rig_call(&r, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, WAIT_ON(2), {SET_NEW, 0, 0}, WAIT_ON(3)));
  rig_call(&r, ST, 1, SCRIPT({SUSPEND, 0, 0}));
  check(withost_store_check_deadlock(r.store) == WITHOST_OK, "deadlock", "not while the host owes an answer");
  rig_answer(&r, 0, 0);
  rig_run(&r);
  check(withost_store_check_deadlock(r.store) == WITHOST_EDEADLOCK, "deadlock", "nobody can go on");
  check(strcmp(withost_store_message(r.store), "deadlock detected: event loop cannot make further progress\n"
                                               "st: is suspended\ncb: waits on waitable set 3, which is empty") == 0,
        "deadlock", "the report");
  rig_close(&r);
}

/* ---- Threads ---- */

static bool order_is(const rig *r, const char *expected) {
  for (uint32_t n = 0; n < r->ordered; n++)
    if (!expected[n] || (uint32_t)(expected[n] - '0') != r->order[n]) return false;
  return expected[r->ordered] == 0;
}

static void test_threads(void) {
  rig r = {0};
  rig_open(&r);
  rig_script(&r, 1, SCRIPT({CONTEXT_GET, 0, 0}, {CONTEXT_SET, 7, 0}, {INDEX, 0, 0}, {YIELD_THEN_RESUME, 1, 0}, {RETURN_ST, 9, 0}));
  machine_form form = ST;
  r.actors[0].status = 99;
  rig_call(&r, form, 0, SCRIPT({CONTEXT_SET, 5, 0}, {THREAD_NEW, 1, 1}, {INDEX, 0, 0}, {SUSPEND_THEN_RESUME, 2, 0}, {CONTEXT_GET, 0, 0}));
  rig_run(&r);
  check(r.actors[0].results[1] == 2 && r.actors[0].results[2] == 1 && r.actors[1].results[2] == 2, "3.8 thread.index", "%s", "");
  check(r.actors[1].results[0] == 0 && r.actors[0].results[4] == 5, "3.8 context slots", "are a thread's own");
  check(r.actors[0].done == 1 && r.actors[0].result == 9, "3.8 task.return", "by any thread");
  check(order_is(&r, "00001111" "00" "11"), "3.8 switching", "at once, both ways");
  check(r.store->threads.used == 0 && r.store->tasks.used == 0, "3.8 threads", "are gone at the end");
  rig_close(&r);
}

static void test_promote(void) {
  rig r = {0};
  rig_open(&r);
  rig_script(&r, 1, SCRIPT({EXIT, 0, 0}));
  rig_script(&r, 2, SCRIPT({EXIT, 0, 0}));
  rig_call(&r, ST, 0, SCRIPT({THREAD_NEW, 1, 1}, {THREAD_NEW, 1, 2}, {RESUME_LATER, 2, 0}, {RESUME_LATER, 3, 0}, {YIELD_THEN_PROMOTE, 3, 0},
                             {THREAD_NEW, 1, 1}, {YIELD_THEN_PROMOTE, 3, 0}, {RETURN_ST, 1, 0}));
  check(order_is(&r, "000002"), "3.8 promote", "a ready thread runs at once");
  rig_run(&r);
  check(r.actors[0].done == 1, "3.8 promote", "of one that is suspended: a plain yield");
  rig_close(&r);
}

/* ---- Task handles: abi-facts 3.9, point by point ---- */

static void test_task_handles(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {GET_TASK, 0, 0}, {TASK_DROP, 1, 0}, {GET_TASK, 0, 0}, {SET_TASK, 1, 0}, {TASK_DROP, 1, 0},
                             {TASK_DROP, 2, 0}, {RETURN_CB, 3, 0}));
  check(r.actors[0].results[0] == 1 && r.actors[0].results[1] == 2 && r.actors[0].results[3] == 1, "3.9.1 get-task",
        "a fresh handle each time, indices again last in first out");
  check(r.actors[0].done == 1 && r.actors[0].result == 3, "3.9.3 set-task", "to its own task changes nothing");
  check(r.store->tasks.used == 0, "3.9.2 task.drop", "%s", "");
  rig_close(&r);
}

static void test_return_for_another(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {EXIT, 0, 0}));
  check(!r.actors[0].done && !machine_as_instance(r.guest)->poisoned, "3.9.7 EXIT without a result",
        "no trap while somebody may return");
  check(withost_store_check_deadlock(r.store) == WITHOST_EDEADLOCK, "3.9.7", "the caller just waits");
  rig_call(&r, CB, 1, SCRIPT({SET_TASK, 1, 0}, {LATER_ASYNC, 1, 64}, {RETURN_CB, 11, 0}, {TASK_DROP, 1, 0}, {EXIT, 0, 0}));
  check(r.actors[0].done == 1 && r.actors[0].result == 11 && !r.actors[1].done, "3.9.5 task.return", "acts on the current task");
  check(r.later_count == 1 && r.later[0]->super != NULL && machine_as_instance(r.guest)->tasks != NULL, "3.9.6 supertask",
        "the current task");
  rig_close(&r);
}

static void test_supertask(void) {
  rig r = {0};
  withost_group groups[2] = {{.tag = 1}, {.tag = 2}};
  rig_open(&r);
  rig_script(&r, 0, SCRIPT({GET_TASK, 0, 0}, {SET_NEW, 0, 0}, WAIT_ON(2)));
  machine_call(r.guest, CB, &groups[0], 0, NULL, NULL, NULL);
  rig_script(&r, 1, SCRIPT({SET_TASK, 1, 0}, {LATER_ASYNC, 1, 64}, WAIT_ON(2)));
  machine_call(r.guest, CB, &groups[1], 1, NULL, NULL, NULL);
  check(withost_call_group(r.later[0])->tag == 1, "3.9.6 imports after a move", "belong to the group of the current task");
  rig_close(&r);
  check(groups[0].tasks == 0 && groups[1].tasks == 0, "groups", "empty at the end");
}

/* A task that its guest keeps in hand ends with the guest's trap, not with its close: the group's owner may be waiting. */
static void test_trap_with_handle(void) {
  rig r = {0};
  withost_group group = {.tag = 1};
  rig_open(&r);
  rig_script(&r, 0, SCRIPT({GET_TASK, 0, 0}, {GET_TASK, 0, 0}, {UNREACHABLE, 0, 0}));
  machine_call(r.guest, CB, &group, 0, NULL, NULL, NULL);
  check(withost_instance_status(machine_as_instance(r.guest)) == WITHOST_ETRAP && group.tasks == 0, "3.9.2 task handles",
        "of a guest that trapped keep no task");
  rig_close(&r);
}

static void test_sync_rejoins(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {SET_NEW, 0, 0}, WAIT_ON(2), {RETURN_CB, 1, 0}));
  rig_call(&r, SL, 1, SCRIPT({SET_TASK, 1, 0}, {EXIT, 21, 0}));
  check(r.actors[1].done == 1 && r.actors[1].result == 21 && !r.actors[0].done, "3.9.8 a sync lift", "returns for its own task");
  check(rig_sync(&r, 2, SCRIPT({SET_TASK, 1, 0}, {EXIT, 22, 0})) == WITHOST_OK && r.actors[2].result == 22, "3.9.4 a sync function",
        "may move, too");
  rig_call(&r, CB, 3, SCRIPT({SET_TASK, 1, 0}, {RETURN_CB, 5, 0}, {EXIT, 0, 0}));
  check(r.actors[0].result == 5 && !r.actors[3].done, "3.9.8 a callback lift", "is not moved back");
  rig_close(&r);
}

static void test_sync_task_handle(void) {
  rig r = {0};
  rig_open(&r);
  check(rig_sync(&r, 0, SCRIPT({GET_TASK, 0, 0}, {SET_TASK, 1, 0}, {EXIT, 3, 0})) == WITHOST_OK, "3.9.3 a sync function's task",
        "has handles");
  rig_call(&r, CB, 1, SCRIPT({SET_TASK, 1, 0}, {LATER_ASYNC, 1000, 64}, {RETURN_CB, 1, 0}));
  check(rig_trapped(&r, "cb: invalid `task.return` signature and/or options for current task"), "3.9.3 it may be joined when resolved",
        "but not returned for");
  rig_close(&r);
}

static void test_cancel_after_move(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {EXIT, 0, 0}));
  rig_call(&r, CB, 1, SCRIPT({GET_TASK, 0, 0}, {SET_NEW, 0, 0}, {SET_TASK, 1, 0}, WAIT_ON(3), {TASK_CANCEL, 0, 0}, {SET_TASK, 2, 0}, {RETURN_CB, 4, 0}));
  withost_call_cancel(r.actors[0].call);
  rig_run(&r);
  check(r.actors[1].events[0].code == 6 && r.actors[0].status == WITHOST_ECANCELLED, "3.9.9 cancel", "goes to a thread that joined");
  check(r.actors[1].done == 1 && r.actors[1].result == 4, "3.9.9 cancel", "its own task is not meant");
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {EXIT, 0, 0}));
  withost_call_cancel(r.actors[0].call);
  rig_run(&r);
  check(!r.actors[0].done, "3.9.9 cancel of a task without threads", "stays pending");
  rig_call(&r, CB, 1, SCRIPT({SET_TASK, r.actors[0].results[0], 0}, {RETURN_CB, 6, 0}, {EXIT, 0, 0}));
  check(r.actors[0].status == WITHOST_OK && r.actors[0].result == 6, "3.9.9 cancel of a task without threads", "it may still return");
  rig_close(&r);
}

static void test_lock_after_move(void) {
  rig r = {0};
  rig_open(&r);
  rig_call(&r, CB, 0, SCRIPT({GET_TASK, 0, 0}, {SET_NEW, 0, 0}, WAIT_ON(2), {RETURN_CB, 1, 0}));
  rig_call(&r, SL, 1, SCRIPT({SET_TASK, 1, 0}, {LATER, 1, 0}));
  rig_call(&r, CB, 2, SCRIPT({RETURN_CB, 1, 0}));
  check(!r.actors[2].done, "3.9.10 the lock", "a sync lift in another task still holds it");
  rig_answer(&r, 0, 0);
  rig_run(&r);
  check(r.actors[1].done == 1 && r.actors[2].done == 1, "3.9.10 the lock", "until it ends");
  rig_call(&r, CB, 3, SCRIPT({SET_TASK, 1, 0}, AGAIN, WAIT_ON(2)));
  rig_call(&r, CB, 4, SCRIPT({RETURN_CB, 1, 0}));
  check(r.actors[4].done == 1, "3.9.10 the lock", "a callback that moved releases it as usual");
  rig_close(&r);
}

int main(void) {
  test_traps();
  test_subtask_events();
  test_subtask_cancel();
  test_sets();
  test_sync_waiter();
  test_cancel_before_start();
  test_cancel_after_start();
  test_deadlines();
  test_lock();
  test_backpressure_overflow();
  test_barging();
  test_sync_is_fresh();
  test_sync_on_sync();
  test_deadlock();
  test_threads();
  test_promote();
  test_task_handles();
  test_return_for_another();
  test_supertask();
  test_trap_with_handle();
  test_sync_rejoins();
  test_sync_task_handle();
  test_cancel_after_move();
  test_lock_after_move();
  return check_end();
}
