/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Every state of a subtask, with the host between caller and callee: what the runner sees is what it sees when an engine
 * composes the two.
 */
#include <stdio.h>

#include "pair.h"

/* ---- Answers ---- */

static void quick_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, status);
  (void)inner;
  if (call) runner_test_subtasks_work_quick_return(call, *result);
}

static void slow_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, status);
  (void)inner;
  if (call) runner_test_subtasks_work_slow_return(call, *result);
}

static void spilled_done(void *user, withost_call *inner, int status, const callee_string_t *result) {
  withost_call *call = wire_done(user, status);
  (void)inner;
  if (call) runner_test_subtasks_work_spilled_return(call, SAME(runner_string_t, *result));
}

static void early_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, status);
  (void)inner;
  if (call) runner_test_subtasks_work_early_return(call, *result);
}

static void until_cancelled_done(void *user, withost_call *inner, int status) {
  withost_call *call = wire_done(user, status);
  (void)inner;
  if (call) runner_test_subtasks_work_until_cancelled_return(call);
}

static void answer_when_cancelled_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, status);
  (void)inner;
  if (call) runner_test_subtasks_work_answer_when_cancelled_return(call, *result);
}

/* ---- Calls ---- */

static void on_quick(void *host, withost_call *call, uint32_t a, uint32_t b) {
  pair *p = host;
  withost_call *inner = NULL;
  wire *w = wire_open(host, call);
  wire_sent(w, callee_test_subtasks_work_quick(p->callee, withost_call_group(call), a, b, quick_done, w, &inner), &inner);
}

static void on_slow(void *host, withost_call *call, uint32_t turns, uint32_t tag) {
  pair *p = host;
  withost_call *inner = NULL;
  wire *w = wire_open(host, call);
  wire_sent(w, callee_test_subtasks_work_slow(p->callee, withost_call_group(call), turns, tag, slow_done, w, &inner), &inner);
}

static void on_spilled(void *host, withost_call *call, uint8_t a, uint64_t b, float c, runner_string_t d, uint16_t e) {
  pair *p = host;
  withost_call *inner = NULL;
  wire *w = wire_open(host, call);
  callee_string_t text = {wire_keep(w, d.ptr, d.len), d.len};
  wire_sent(w, callee_test_subtasks_work_spilled(p->callee, withost_call_group(call), a, b, c, text, e, spilled_done, w, &inner),
            &inner);
}

static void on_early(void *host, withost_call *call, uint32_t turns) {
  pair *p = host;
  withost_call *inner = NULL;
  wire *w = wire_open(host, call);
  wire_sent(w, callee_test_subtasks_work_early(p->callee, withost_call_group(call), turns, early_done, w, &inner), &inner);
}

static void on_until_cancelled(void *host, withost_call *call) {
  pair *p = host;
  withost_call *inner = NULL;
  wire *w = wire_open(host, call);
  wire_sent(w, callee_test_subtasks_work_until_cancelled(p->callee, withost_call_group(call), until_cancelled_done, w, &inner),
            &inner);
}

static void on_answer_when_cancelled(void *host, withost_call *call) {
  pair *p = host;
  withost_call *inner = NULL;
  wire *w = wire_open(host, call);
  wire_sent(w, callee_test_subtasks_work_answer_when_cancelled(p->callee, withost_call_group(call), answer_when_cancelled_done,
                                                               w, &inner), &inner);
}

static void on_gate(void *host, withost_call *call, bool open) {
  pair *p = host;
  wire_called(host, call, callee_test_subtasks_work_gate(p->callee, withost_call_group(call), open));
}

static uint32_t on_pending(void *host, withost_call *call) {
  pair *p = host;
  uint32_t pending = 0;
  wire_called(host, call, callee_test_subtasks_work_pending(p->callee, withost_call_group(call), &pending));
  return pending;
}

static uint32_t on_heap(void *host, withost_call *call) {
  pair *p = host;
  uint32_t blocks = 0;
  wire_called(host, call, callee_test_subtasks_work_heap(p->callee, withost_call_group(call), &blocks));
  return blocks;
}

/* ---- The case ---- */

static const runner_imports imports = {
  .test_subtasks_work_quick = on_quick,
  .test_subtasks_work_slow = on_slow,
  .test_subtasks_work_spilled = on_spilled,
  .test_subtasks_work_early = on_early,
  .test_subtasks_work_until_cancelled = on_until_cancelled,
  .test_subtasks_work_answer_when_cancelled = on_answer_when_cancelled,
  .test_subtasks_work_gate = on_gate,
  .test_subtasks_work_pending = on_pending,
  .test_subtasks_work_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return callee_test_subtasks_work_heap(guest, NULL, blocks); }

/* What no runner does here: a call without arguments is held back, and let in. */
static void until_cancelled_by_host(void *user, withost_call *call, int status) {
  (void)call;
  *(int *)user = status;
}

static void held_back(case_run *c) {
  pair *p = c->state;
  withost_call *call = NULL;
  int status = 99;
  case_called(c, callee_test_subtasks_work_gate(p->callee, NULL, false), "the gate is closed");
  case_called(c, callee_test_subtasks_work_until_cancelled(p->callee, NULL, until_cancelled_by_host, &status, &call),
              "a call without arguments is held back");
  case_check(c, call && !withost_call_has_started(call), "it has not started");
  case_called(c, callee_test_subtasks_work_gate(p->callee, NULL, true), "the gate is opened");
  withost_store_run(c->store);
  case_check(c, call && status == 99 && withost_call_has_started(call), "it has started");
  if (call) withost_call_cancel(call);
  withost_store_run(c->store);
  case_check(c, status == WITHOST_ECANCELLED, "it can be cancelled");
}

static void one_round(case_run *c) {
  pair_round(c);
  held_back(c);
}

static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "subtasks", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = one_round});
}
