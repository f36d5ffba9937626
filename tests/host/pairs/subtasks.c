/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Every state of a subtask, with the host between caller and callee: what the runner sees is what it sees when an engine
 * composes the two.
 */
#include "pair.h"

#define CALLEE(name) callee_test_subtasks_work_##name
#define RUNNER(name) runner_test_subtasks_work_##name

/* ---- Answers ---- */

static void quick_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(quick_return)(call, *result);
}

static void slow_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(slow_return)(call, *result);
}

static void spilled_done(void *user, withost_call *inner, int status, const callee_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(spilled_return)(call, SAME(runner_string_t, *result));
}

static void early_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(early_return)(call, *result);
}

static void until_cancelled_done(void *user, withost_call *inner, int status) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(until_cancelled_return)(call);
}

static void answer_when_cancelled_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(answer_when_cancelled_return)(call, *result);
}

/* ---- Calls ---- */

static void on_quick(void *host, withost_call *call, uint32_t a, uint32_t b) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(quick)(TO_CALLEE(host, call), a, b, quick_done, w, wire_inner(w)));
}

static void on_slow(void *host, withost_call *call, uint32_t turns, uint32_t tag) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(slow)(TO_CALLEE(host, call), turns, tag, slow_done, w, wire_inner(w)));
}

static void on_spilled(void *host, withost_call *call, uint8_t a, uint64_t b, float c, runner_string_t d, uint16_t e) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(spilled)(TO_CALLEE(host, call), a, b, c, pair_keep(w, d), e, spilled_done, w, wire_inner(w)));
}

static void on_early(void *host, withost_call *call, uint32_t turns) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(early)(TO_CALLEE(host, call), turns, early_done, w, wire_inner(w)));
}

static void on_until_cancelled(void *host, withost_call *call) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(until_cancelled)(TO_CALLEE(host, call), until_cancelled_done, w, wire_inner(w)));
}

static void on_answer_when_cancelled(void *host, withost_call *call) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(answer_when_cancelled)(TO_CALLEE(host, call), answer_when_cancelled_done, w,
                                             wire_inner(w)));
}

static void on_gate(void *host, withost_call *call, bool open) {
  wire_called(host, call, CALLEE(gate)(TO_CALLEE(host, call), open));
}

static uint32_t on_pending(void *host, withost_call *call) {
  uint32_t pending = 0;
  wire_called(host, call, CALLEE(pending)(TO_CALLEE(host, call), &pending));
  return pending;
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t blocks = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &blocks));
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

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }

/* What no runner does here: a call without arguments is held back, and let in. */
static void until_cancelled_by_host(void *user, withost_call *call, int status) {
  (void)call;
  *(int *)user = status;
}

static void held_back(case_run *c) {
  pair *p = c->state;
  withost_call *call = NULL;
  int status = 99;
  case_called(c, CALLEE(gate)(p->callee, NULL, false), "the gate is closed");
  case_called(c, CALLEE(until_cancelled)(p->callee, NULL, until_cancelled_by_host, &status, &call),
              "a call without arguments is held back");
  case_check(c, call && !withost_call_has_started(call), "it has not started");
  case_called(c, CALLEE(gate)(p->callee, NULL, true), "the gate is opened");
  withost_store_run(c->store);
  case_check(c, call && status == 99 && withost_call_has_started(call), "it has started");
  if (call) withost_call_cancel(call);
  withost_store_run(c->store);
  case_check(c, status == WITHOST_ECANCELLED, "it can be cancelled");
}

static void one_round(case_run *c) {
  if (strcmp(c->engine, "wasmtime+wasm2c")) pair_round(c);
  else pair_round_refused(c, false, "test:subtasks/work#spilled" PAIR_ENTERED);
  held_back(c);
}

static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "subtasks", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = one_round, .mixed = true});
}
