/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Caller of the subtask case: every state a subtask can be seen in, as abi-level facts:
 * STARTING while the callee holds calls back, STARTED while it works, RETURNED, cancelled before and after start. */
#include <stdlib.h>
#include <string.h>

#define CALLEE_HEAP test_subtasks_work_heap
#include "../lib/pair.h"

/* Waits until the subtask has the state; other events on the way must not occur. */
static void expect_state(runner_subtask_t subtask, runner_subtask_state_t state, const char *what) {
  runner_waitable_set_t set = runner_waitable_set_new();
  runner_event_t event = {0};
  runner_waitable_join(subtask, set);
  do runner_waitable_set_wait(set, &event);
  while (event.event == RUNNER_EVENT_SUBTASK && event.code == RUNNER_SUBTASK_STARTED);
  rt_check(event.event == RUNNER_EVENT_SUBTASK && event.waitable == subtask, what);
  rt_equal(event.code, state, what);
  runner_waitable_join(subtask, 0);
  runner_waitable_set_drop(set);
}

/* The handle of a call that is under way. An engine may hold it back for a moment; then it says when it starts. */
static runner_subtask_t started(runner_subtask_status_t status, const char *what) {
  runner_subtask_t subtask = RUNNER_SUBTASK_HANDLE(status);
  uint32_t state = RUNNER_SUBTASK_STATE(status);
  if (state == RUNNER_SUBTASK_STARTING) state = wait_for(subtask).code;
  rt_equal(state, RUNNER_SUBTASK_STARTED, what);
  return subtask;
}

static void test_returned_at_once(void) {
  uint32_t sum = 0;
  runner_subtask_status_t status = test_subtasks_work_quick(2, 40, &sum);
  /* A call that returned before its caller got control has no handle: nothing to drop. */
  rt_equal(status, RUNNER_SUBTASK_RETURNED, "a call that answers at once is RETURNED, without a handle");
  rt_equal(sum, 42, "its result is there");
}

static void test_spilled(void) {
  test_subtasks_work_spilled_args_t args = {.a = 255, .b = UINT64_MAX, .c = 1.5f, .e = 65535};
  runner_string_t result = {0};
  runner_string_set(&args.d, "text");
  runner_subtask_status_t status = test_subtasks_work_spilled(&args, &result);
  rt_equal(status, RUNNER_SUBTASK_RETURNED, "a call with five parameters answers at once");
  static const char wanted[] = "255 18446744073709551615 1.500000 text 65535";
  rt_check(result.len == sizeof wanted - 1 && !memcmp(result.ptr, wanted, result.len), "all five arrived");
  runner_string_free(&result);
}

static void test_started(void) {
  uint32_t tag = 0;
  runner_subtask_t subtask = started(test_subtasks_work_slow(50, 9, &tag), "a call that waits is STARTED");
  rt_check(subtask != 0, "and has a handle");
  expect_state(subtask, RUNNER_SUBTASK_RETURNED, "the event of a call that has answered");
  rt_equal(tag, 9, "the result is written when the event arrives");
  runner_subtask_drop(subtask);
}

/* Three at once. Which of those that are ready goes on first is the engine's choice. */
static void test_side_by_side(void) {
  static const uint32_t turns[] = {9, 1, 5};
  runner_waitable_set_t set = runner_waitable_set_new();
  runner_subtask_t subtask[3];
  uint32_t tag[3] = {0}, order[3] = {0};
  for (uint32_t i = 0; i < 3; i++) {
    runner_subtask_status_t status = test_subtasks_work_slow(turns[i], 100 + i, &tag[i]);
    subtask[i] = RUNNER_SUBTASK_HANDLE(status);
    runner_waitable_join(subtask[i], set);
  }
  for (uint32_t done = 0; done < 3;) {
    runner_event_t event = {0};
    runner_waitable_set_wait(set, &event);
    if (event.code != RUNNER_SUBTASK_RETURNED) continue;
    order[done++] = event.waitable;
    runner_subtask_drop(event.waitable);
  }
  rt_check(order[0] != order[1] && order[1] != order[2] && order[0] != order[2], "three calls at once answer once each");
  rt_check(tag[0] == 100 && tag[1] == 101 && tag[2] == 102, "and each in its own place");
  runner_event_t event = {0};
  runner_waitable_set_poll(set, &event);
  rt_equal(event.event, RUNNER_EVENT_NONE, "polling a set without members finds nothing");
  runner_waitable_set_drop(set);
}

static void test_backpressure(void) {
  uint32_t sum = 0;
  test_subtasks_work_gate(false);
  runner_subtask_status_t status = test_subtasks_work_quick(1, 2, &sum);
  rt_equal(RUNNER_SUBTASK_STATE(status), RUNNER_SUBTASK_STARTING, "a call against backpressure is STARTING");
  runner_subtask_t subtask = RUNNER_SUBTASK_HANDLE(status);
  runner_thread_yield();
  rt_equal(sum, 0, "and does not run");
  test_subtasks_work_gate(true);
  expect_state(subtask, RUNNER_SUBTASK_RETURNED, "it runs when the callee opens up");
  rt_equal(sum, 3, "and answers");
  runner_subtask_drop(subtask);
}

static void test_cancel_before_start(void) {
  uint32_t sum = 0;
  test_subtasks_work_gate(false);
  runner_subtask_status_t status = test_subtasks_work_quick(1, 2, &sum);
  runner_subtask_t subtask = RUNNER_SUBTASK_HANDLE(status);
  rt_equal(runner_subtask_cancel(subtask), RUNNER_SUBTASK_STARTED_CANCELLED, "cancelled before its start");
  runner_subtask_drop(subtask);
  test_subtasks_work_gate(true);
  runner_thread_yield();
  rt_equal(sum, 0, "a call that was cancelled before its start never runs");
}

static void test_cancel_after_start(void) {
  uint32_t result = 0;
  runner_subtask_t subtask =
      started(test_subtasks_work_until_cancelled(), "a call that waits for its cancellation is STARTED");
  rt_equal(runner_subtask_cancel(subtask), RUNNER_SUBTASK_RETURNED_CANCELLED, "cancelled after its start");
  runner_subtask_drop(subtask);

  subtask = started(test_subtasks_work_answer_when_cancelled(&result), "so is one that will answer all the same");
  rt_equal(runner_subtask_cancel(subtask), RUNNER_SUBTASK_RETURNED, "a callee may answer instead of giving up");
  rt_equal(result, 77, "and then there is a result");
  runner_subtask_drop(subtask);

  subtask = started(test_subtasks_work_slow(100000, 1, &result), "and one that has a lot to do");
  rt_equal(runner_subtask_cancel(subtask), RUNNER_SUBTASK_RETURNED_CANCELLED, "a callee that yields can be cancelled");
  rt_equal(result, 77, "and writes no result");
  runner_subtask_drop(subtask);
}

/* The answer is under way but its event not yet taken: cancelling comes too late and says so. */
static void test_cancel_after_return(void) {
  uint32_t result = 0;
  runner_subtask_status_t status = test_subtasks_work_slow(1, 5, &result);
  runner_subtask_t subtask = RUNNER_SUBTASK_HANDLE(status);
  for (int i = 0; i < 20 && !result; i++) runner_thread_yield();
  rt_equal(result, 5, "the call has answered");
  rt_equal(runner_subtask_cancel(subtask), RUNNER_SUBTASK_RETURNED, "cancelling after the answer finds RETURNED");
  runner_subtask_drop(subtask);
}

static void test_work_after_return(void) {
  uint32_t result = 0;
  runner_subtask_status_t status = test_subtasks_work_early(4, &result);
  rt_equal(status, RUNNER_SUBTASK_RETURNED, "a call that answers and works on is RETURNED");
  rt_equal(result, 4, "with its result");
  rt_check(test_subtasks_work_pending() > 0, "and still has work to do");
  for (int i = 0; i < 50 && test_subtasks_work_pending(); i++) runner_thread_yield();
  rt_equal(test_subtasks_work_pending(), 0, "which it finishes");
}

static void test_all(void) {
  test_returned_at_once();
  test_spilled();
  test_started();
  test_side_by_side();
  test_backpressure();
  test_cancel_before_start();
  test_cancel_after_start();
  test_cancel_after_return();
  test_work_after_return();
}
