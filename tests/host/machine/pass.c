/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Calls that the host passes on from one guest to another (withost_call_pass_on): what the caller sees of its subtask is what it
 * would see if the two were composed. Expectations are those of Subtask and canon_subtask_cancel in the reference model:
 * STARTING 0, STARTED 1, RETURNED 2, CANCELLED_BEFORE_STARTED 3, CANCELLED_BEFORE_RETURNED 4.
 */
#include <stdio.h>

#include "rig.h"

enum { WAIT = 2, BLOCKED = -1 };
#define WAIT_ON(set) {EXIT, WAIT | (set) << 4, 0}

/* The caller's `later(n)` is the callee's call of actor n. Its rig is the second of two. */
typedef struct passing {
  rig caller, callee;
  int errors[4]; /* of pass_on, in order */
  size_t passed;
} passing;

static void pass_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  (void)inner;
  if (result) machine_later_return(user, *result);
  else if (status != WITHOST_ECANCELLED || withost_call_answer_cancelled(user)) withost_call_trap(user, withost_error_text(status));
}

static void pass(rig *caller, withost_call *call, uint32_t who) {
  passing *p = (passing *)(void *)caller; /* its first member */
  withost_call *inner;
  int error = machine_call(p->callee.guest, CB, NULL, who, pass_done, call, &inner);
  p->callee.actors[who].call = inner;
  if (p->passed < 4) p->errors[p->passed++] = error ? error : withost_call_pass_on(call, inner);
}

static void passing_open(passing *p) {
  *p = (passing){.caller = {.pass = pass}};
  rig_open(&p->caller);
  rig_open_beside(&p->callee, &p->caller);
}

static void passing_close(passing *p) {
  withost_instance_abort(machine_as_instance(p->callee.guest), "end of test");
  rig_close(&p->caller);
}

static void shut(passing *p) { rig_sync(&p->callee, 7, SCRIPT({INC, 0, 0})); }
static void unshut(passing *p) { rig_sync(&p->callee, 7, SCRIPT({DEC, 0, 0})); }

static bool event_is(const actor *a, size_t n, uint32_t state) {
  return a->event_count > n && a->events[n].code == 1 && a->events[n].p2 == state;
}

static void test_returned_at_once(void) {
  passing p;
  passing_open(&p);
  rig_script(&p.callee, 1, SCRIPT({RETURN_CB, 7, 0}));
  rig_call(&p.caller, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {RETURN_CB, 0, 0}));
  check(p.errors[0] == WITHOST_OK && p.caller.actors[0].results[0] == 2, "a call that is over at once", "RETURNED, no handle");
  passing_close(&p);
}

static void test_starting(void) {
  passing p;
  actor *a = &p.caller.actors[0];
  passing_open(&p);
  shut(&p);
  rig_script(&p.callee, 1, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(1)));
  rig_call(&p.caller, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, WAIT_ON(2), WAIT_ON(2), {SUBTASK_DROP, 1, 0},
                                    {RETURN_CB, 0, 0}));
  check(a->results[0] == (0 | 1 << 4), "a call that is held back", "STARTING with a handle");
  rig_run(&p.caller);
  check(a->event_count == 0, "a call that is held back", "nothing happens");
  unshut(&p);
  rig_run(&p.caller);
  check(event_is(a, 0, 1) && a->event_count == 1, "when it is let in", "STARTED is an event");
  check(withost_store_check_deadlock(p.caller.store) == WITHOST_EDEADLOCK, "two guests that wait for each other", "are a deadlock");
  passing_close(&p);
}

/* Both before the guest looks: one event. */
static void test_started_and_returned(void) {
  passing p;
  actor *a = &p.caller.actors[0];
  passing_open(&p);
  shut(&p);
  rig_script(&p.callee, 1, SCRIPT({RETURN_CB, 7, 0}));
  rig_call(&p.caller, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, WAIT_ON(2), {SUBTASK_DROP, 1, 0},
                                    {RETURN_CB, 0, 0}));
  unshut(&p);
  rig_run(&p.caller);
  check(event_is(a, 0, 2) && a->event_count == 1 && a->done == 1, "let in and over", "RETURNED is the only event");
  check(withost_load_u32(withost_memory(machine_as_instance(p.caller.guest)) + 64) == 7, "let in and over", "the result is there");
  passing_close(&p);
}

static void test_cancel_before_start(void) {
  passing p;
  passing_open(&p);
  shut(&p);
  rig_script(&p.callee, 1, SCRIPT({RETURN_CB, 7, 0}));
  rig_call(&p.caller, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SUBTASK_CANCEL, 1, 0}, {SUBTASK_DROP, 1, 0}, {RETURN_CB, 0, 0}));
  check(p.caller.actors[0].results[1] == 3, "cancelled while it is held back", "CANCELLED_BEFORE_STARTED");
  check(p.callee.actors[1].at == 0 && p.caller.actors[0].done == 1, "cancelled while it is held back", "it never runs");
  passing_close(&p);
}

static void test_cancel_after_start(void) {
  passing p;
  passing_open(&p);
  rig_script(&p.callee, 1, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(1), {TASK_CANCEL, 0, 0}));
  rig_call(&p.caller, ST, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SUBTASK_CANCEL, 1, 0}, {SUBTASK_DROP, 1, 0}, {RETURN_ST, 0, 0}));
  rig_run(&p.caller);
  check(p.callee.actors[1].event_count == 1 && p.callee.actors[1].events[0].code == 6, "cancelled by its caller",
        "the callee gets TASK_CANCELLED");
  check(p.caller.actors[0].results[1] == 4 && p.caller.actors[0].done == 1, "cancelled by its caller", "CANCELLED_BEFORE_RETURNED");
  passing_close(&p);
}

/* That it has started is news which a sync cancel must not take for the end. */
static void test_cancel_with_news(void) {
  passing p;
  passing_open(&p);
  shut(&p);
  rig_script(&p.callee, 1, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(1), {TASK_CANCEL, 0, 0}));
  rig_call(&p.caller, ST, 0, SCRIPT({LATER_ASYNC, 1, 64}, {YIELD, 0, 0}, {YIELD, 0, 0}, {SUBTASK_CANCEL, 1, 0}, {SUBTASK_DROP, 1, 0},
                                    {RETURN_ST, 0, 0}));
  unshut(&p);
  rig_run(&p.caller);
  check(p.caller.actors[0].results[0] == (0 | 1 << 4) && p.caller.actors[0].results[3] == 4, "cancelled before STARTED was heard",
        "CANCELLED_BEFORE_RETURNED");
  passing_close(&p);
}

static void test_trapped_caller(void) {
  passing p;
  passing_open(&p);
  rig_script(&p.callee, 1, SCRIPT({SET_NEW, 0, 0}, WAIT_ON(1), {TASK_CANCEL, 0, 0}));
  rig_call(&p.caller, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {UNREACHABLE, 0, 0}));
  rig_run(&p.caller);
  check(rig_trapped(&p.caller, "cb: wasm `unreachable` instruction executed"), "a caller that traps", "traps alone");
  check(p.callee.actors[1].event_count == 1 && p.callee.actors[1].events[0].code == 6, "a caller that traps", "its call is cancelled");
  passing_close(&p);
}

static void test_trapped_callee(void) {
  passing p;
  passing_open(&p);
  shut(&p);
  rig_script(&p.callee, 1, SCRIPT({UNREACHABLE, 0, 0}));
  rig_call(&p.caller, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, WAIT_ON(2)));
  unshut(&p);
  rig_run(&p.caller);
  check(rig_trapped(&p.callee, "cb: wasm `unreachable` instruction executed"), "a callee that traps", "traps");
  check(rig_trapped(&p.caller, "host#later: the guest trapped"), "a callee that traps", "its caller is told as the host likes");
  passing_close(&p);
}

static void pass_to_nobody(rig *caller, withost_call *call, uint32_t who) {
  passing *p = (passing *)(void *)caller;
  withost_call *inner;
  (void)who;
  machine_call(p->callee.guest, CB, NULL, 1, pass_done, call, &inner);
  p->errors[0] = withost_call_pass_on(inner, inner);
  p->errors[1] = withost_call_pass_on(call, call);
  withost_call_pass_on(call, inner);
  p->errors[2] = withost_call_pass_on(call, inner);
  withost_call_on_cancel(call, NULL, NULL);
  p->errors[3] = withost_call_pass_on(call, NULL);
}

static void test_misuse(void) {
  passing p;
  passing_open(&p);
  p.caller.pass = pass_to_nobody;
  shut(&p);
  rig_script(&p.callee, 1, SCRIPT({RETURN_CB, 7, 0}));
  rig_call(&p.caller, CB, 0, SCRIPT({LATER_ASYNC, 1, 64}, {SET_NEW, 0, 0}, {JOIN, 1, 2}, WAIT_ON(2), {RETURN_CB, 0, 0}));
  check(p.errors[0] == WITHOST_EINVAL && p.errors[1] == WITHOST_EINVAL, "calls of another kind", "EINVAL");
  check(p.errors[2] == WITHOST_EINVAL, "a call that was passed on before", "EINVAL");
  check(p.errors[3] == WITHOST_OK, "to a call that is over", "nothing");
  check(p.caller.actors[0].results[0] == (1 | 1 << 4), "a cancel notice undoes it", "STARTED");
  unshut(&p);
  rig_run(&p.caller);
  check(p.caller.actors[0].done == 1, "a cancel notice undoes it", "the answer is as it was");
  passing_close(&p);
}

int main(void) {
  test_returned_at_once();
  test_starting();
  test_started_and_returned();
  test_cancel_before_start();
  test_cancel_after_start();
  test_cancel_with_news();
  test_trapped_caller();
  test_trapped_callee();
  test_misuse();
  return check_end();
}
