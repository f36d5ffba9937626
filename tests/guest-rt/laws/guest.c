/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * One operation for each thing that a law is about. What they note and return is what host.c expects.
 */
#include <stdlib.h>
#include <string.h>

#include <witguest/loop.h>

#include "laws.h"
#include "rt.h"
#include "shared.h"

#define NOTE test_laws_host_note
#define WAIT test_laws_host_wait
#define RETURN exports_test_laws_guest_run_return

typedef struct call {
  uint64_t id;
  uint32_t count, sum;
  witguest_capture_t capture;
  witguest_await await, other;
  witguest_timer *timer;
  uint64_t buffer[4];
  test_laws_host_stream_u64_t stream;
  struct call *next;
} call;

static void call_return(call *c, uint32_t result) {
  RETURN(result);
  free(c);
}

/* ---- park and settle: law 1. The reaction of a parked request runs in the callback of the one that settles. ---- */

static call *parked;

static void parked_answered(void *arg, uint32_t state) {
  call *c = arg;
  NOTE(c->id, 3);
  call_return(c, state);
}

static void parked_react(void *arg) {
  call *c = arg;
  NOTE(c->id, 1);
  witguest_await_subtask(&c->await, WAIT(c->id, 2), parked_answered, c);
}

static void park(call *c) {
  c->capture = witguest_capture();
  c->next = parked;
  parked = c;
}

static void settle(call *c) {
  while (parked) {
    call *p = parked;
    parked = p->next;
    witguest_microtask_for(p->capture, parked_react, p);
  }
  NOTE(c->id, 10);
  call_return(c, 0);
}

/* ---- scopes: law 2. Inside, work is the parked request's; after each way out, ours again. ---- */

/* Affine: an import called in the block would be ours, so look at what work inherits. */
static void note_inside(uint64_t theirs) {
  if (witguest_mode == WITGUEST_AFFINE) {
    witguest_task *now = witguest_task_current();
    if (now != (witguest_task *)parked->capture) abort();
    witguest_task_unref(now);
    return;
  }
  NOTE(theirs, 20);
}

static int by_return(witguest_task *t, uint64_t theirs, int how) {
  WITGUEST_WORK_FOR(t) {
    note_inside(theirs);
    if (how == 0) return 1;
    if (how == 1) break;
    if (how == 2) goto out;
    if (how == 3) continue;
    WITGUEST_WORK_FOR(t) note_inside(theirs);
    note_inside(theirs);
  }
out:
  return 0;
}

static void scopes(call *c) {
  witguest_task *mine = witguest_task_current(), *theirs = (witguest_task *)parked->capture;
  for (int how = 0; how < 5; how++) {
    by_return(theirs, parked->id, how);
    NOTE(c->id, 21);
  }
  WITGUEST_WORK_FOR(theirs) {
    note_inside(parked->id);
    WITGUEST_WORK_FOR(mine) {
      NOTE(c->id, 22);
      WITGUEST_WORK_FOR(theirs) note_inside(parked->id);
      NOTE(c->id, 22);
    }
    note_inside(parked->id);
  }
  NOTE(c->id, 21);
  witguest_task_unref(mine);
  call_return(c, 0);
}

/* ---- deep: law 3. Each link is made by the one before, alternating between all the ways to go on. ---- */

static void deep_step(void *arg);
static void deep_waited(void *arg, uint32_t state) {
  (void)state;
  deep_step(arg);
}

static void deep_step(void *arg) {
  call *c = arg;
  NOTE(c->id, 30);
  switch (c->count++ % 4) {
    case 0: witguest_microtask(deep_step, c); break;
    case 1: witguest_macrotask(deep_step, c); break;
    case 2: witguest_microtask_for(witguest_capture(), deep_step, c); break;
    default:
      if (c->count == 40) call_return(c, 40);
      else witguest_await_subtask(&c->await, WAIT(c->id, 31), deep_waited, c);
  }
}

/* ---- outlive, hold, release: law 4 ---- */

static void outlive_last(void *arg, uint32_t state) {
  call *c = arg;
  NOTE(c->id, 42 + (state != LAWS_SUBTASK_RETURNED));
  free(c);
}

static void outlive_later(void *arg) {
  call *c = arg;
  NOTE(c->id, 41);
  witguest_await_subtask(&c->await, WAIT(c->id, 41), outlive_last, c);
}

static void outlive(call *c) {
  witguest_macrotask(outlive_later, c);
  RETURN(4);
}

static witguest_capture_t held;

static void hold(call *c) {
  held = witguest_capture();
  call_return(c, 0);
}

static void release(call *c) {
  witguest_release(held);
  held = 0;
  call_return(c, 0);
}

/* ---- cancel: law 5 ---- */

static void cancel_over(void *arg, uint32_t state) {
  call *c = arg;
  NOTE(c->id, 50 + state);
  c->sum += state;
  if (--c->count) return;
  if (witguest_mode != WITGUEST_OFF) {
    witguest_task *t = witguest_task_current();
    bool cancelled = witguest_task_is_cancelled(t);
    witguest_task_unref(t);
    if (!cancelled) RETURN(c->sum);
  }
  free(c);
}

static void never(void *arg) {
  (void)arg;
  abort();
}

static void cancel_plain(call *c) {
  c->count = 2;
  witguest_await_subtask(&c->await, WAIT(c->id, 51), cancel_over, c);
  witguest_await_subtask(&c->other, WAIT(c->id, 52), cancel_over, c);
}

static void on_cancel(void *arg) {
  call *c = arg;
  NOTE(c->id, 59);
  witguest_queue(0, never, NULL, WITGUEST_UNLESS_CANCELLED);
  RETURN(77);
  witguest_await_cancel(&c->await);
  witguest_await_cancel(&c->other);
}

static void cancel_handled(call *c) {
  witguest_on_cancel(on_cancel, c);
  cancel_plain(c);
}

/* ---- numbers: law 6. What arrives for a request is its own number. ---- */

static void numbers_read(call *c);

/* Meanwhile the host has dropped its end: an end that nobody reads from is to have no events. */
static void numbers_last(void *arg, uint32_t state) {
  call *c = arg;
  test_laws_host_stream_u64_drop_readable(c->stream);
  NOTE(c->id, 60);
  call_return(c, c->sum + (state != LAWS_SUBTASK_RETURNED));
}

static void numbers_came(void *arg, uint32_t status) {
  call *c = arg;
  for (uint32_t n = 0; n < LAWS_WAITABLE_COUNT(status); n++) c->sum += c->buffer[n] != c->id;
  c->count += LAWS_WAITABLE_COUNT(status);
  if (c->count < 20) {
    numbers_read(c);
    return;
  }
  witguest_await_subtask(&c->await, WAIT(c->id, 61), numbers_last, c);
}

static void numbers_read(call *c) {
  uint32_t status = test_laws_host_stream_u64_read(c->stream, c->buffer, 4);
  witguest_await_copy(&c->await, c->stream, status, NULL, numbers_came, c);
}

static void numbers(call *c) {
  c->stream = test_laws_host_numbers(c->id);
  numbers_read(c);
}

/* ---- nothing, one-wait: law 7 ---- */

static void waited(void *arg, uint32_t state) { call_return(arg, state); }

static void one_wait(call *c) { witguest_await_subtask(&c->await, WAIT(c->id, 70), waited, c); }

/* ---- slots, shared, under-another: law 8 ---- */

WITGUEST_TEST_IMPORT("[context-get-0]") uint32_t slot_get_0(void);
WITGUEST_TEST_IMPORT("[context-get-1]") uint32_t slot_get_1(void);
WITGUEST_TEST_IMPORT("[context-set-0]") void slot_set_0(uint32_t value);
WITGUEST_TEST_IMPORT("[context-set-1]") void slot_set_1(uint32_t value);

static void slots_again(void *arg, uint32_t state) {
  call *c = arg;
  (void)state;
  c->sum += slot_get_0() != (uint32_t)c->id + c->count;
  c->sum += slot_get_1() != (uint32_t)c->id * 3;
  if (++c->count == 3) {
    call_return(c, c->sum);
    return;
  }
  slot_set_0((uint32_t)c->id + c->count);
  witguest_await_subtask(&c->await, WAIT(c->id, 80), slots_again, c);
}

static void slots(call *c) {
  c->sum = slot_get_0() + slot_get_1();
  slot_set_0((uint32_t)c->id);
  slot_set_1((uint32_t)c->id * 3);
  witguest_await_subtask(&c->await, WAIT(c->id, 80), slots_again, c);
}

static void shared_over(void *arg, uint32_t state) {
  call *c = arg;
  NOTE(c->id, 82);
  call_return(c, state);
}

/* Another library waits, on the loop. */
static void shared(call *c) { shared_wait(WAIT(c->id, 81), shared_over, c); }

/* The loop waits, in an export that another library calls back. */
static void under_over(void *arg, uint32_t state) {
  call *c = arg;
  NOTE(c->id, 84);
  c->sum = state;
}

static void under_micro(void *arg) {
  call *c = arg;
  NOTE(c->id, 85);
}

static uint32_t under_another(call *c) {
  shared_executor *executor = shared_enter();
  witguest_microtask(under_micro, c);
  witguest_await_subtask(&c->await, WAIT(c->id, 83), under_over, c);
  witguest_run_microtasks();
  return shared_leave(executor, c);
}

/* ---- order: of HTML's event loop. The digits come in the order in which they ran. ---- */

static void digit(call *c, uint32_t d) { c->sum = c->sum * 10 + d; }
static void order_4(void *arg) { digit(arg, 4); }
static void order_2(void *arg) {
  digit(arg, 2);
  witguest_microtask(order_4, arg);
}
static void order_3(void *arg) { digit(arg, 3); }
static void order_6(void *arg) { digit(arg, 6); }
static void order_5(void *arg) {
  digit(arg, 5);
  witguest_microtask(order_6, arg);
}
static void order_8(void *arg) {
  call *c = arg;
  digit(c, 8);
  call_return(c, c->sum);
}
static void order_7(void *arg) {
  digit(arg, 7);
  witguest_macrotask(order_8, arg);
}

static void order(call *c) {
  witguest_macrotask(order_5, c);
  witguest_macrotask(order_7, c);
  witguest_microtask(order_2, c);
  witguest_microtask(order_3, c);
  digit(c, 1);
}

/* ---- timers, timeout ---- */

static uint64_t waiting_id; /* a timer knows no request, so the world's wait has to be told */

static uint32_t wait_nanoseconds(uint64_t nanoseconds) { return WAIT(waiting_id, (uint32_t)nanoseconds); }

static void timer_fired(void *arg) {
  call *c = arg;
  NOTE(c->id, 91);
  call_return(c, 9);
}

static void timers(call *c) {
  waiting_id = c->id;
  witguest_set_wait(wait_nanoseconds);
  witguest_timer_stop(witguest_timer_start(1, never, NULL));
  witguest_timer_start(2, timer_fired, c);
}

static void timeout_over(void *arg, uint32_t state) {
  call *c = arg;
  NOTE(c->id, 92);
  call_return(c, state);
}

static void timeout(call *c) {
  waiting_id = c->id;
  witguest_set_wait(wait_nanoseconds);
  witguest_await_subtask(&c->await, WAIT(c->id, 93), timeout_over, c);
  witguest_await_timeout(&c->await, 94);
}

/* ---- drain ---- */

static void drained(void *arg) {
  call *c = arg;
  NOTE(c->id, 95);
  call_return(c, 0);
}

/* ---- home: witguest_run_for ---- */

static void home_import(void *arg) {
  call *p = arg;
  NOTE(p->id, 96);
}

static void home(call *c) {
  call *p = parked;
  int now = witguest_run_for((witguest_task *)p->capture, home_import, p);
  call_return(c, now < 0 ? 100 : (uint32_t)now);
}

/* ---- block, barge: law 2, with a stack that is parked inside a scope, and an export that comes in meanwhile ---- */

__attribute__((__import_module__("test:laws/host"), __import_name__("wait"))) extern void wait_blocking(uint64_t request, uint32_t what);

static void block(call *c) {
  WITGUEST_WORK_FOR((witguest_task *)parked->capture) wait_blocking(parked->id, 23);
  NOTE(c->id, 24);
  call_return(c, 0);
}

static void barged(void *arg) { NOTE(*(uint64_t *)arg, 26); }

void exports_test_laws_guest_barge(uint64_t id) {
  witguest_export x = {0};
  witguest_export_enter(&x);
  NOTE(id, 25);
  witguest_capture_t mine = witguest_capture();
  WITGUEST_WORK_FOR((witguest_task *)parked->capture) {
    NOTE(parked->id, 25);
    witguest_run_for((witguest_task *)mine, barged, &id);
  }
  witguest_release(mine);
  witguest_export_leave(&x);
  witguest_export_end(&x);
}

/* ---- exports ---- */

static call *call_new(uint64_t id) {
  call *c = calloc(1, sizeof *c);
  if (!c) abort();
  c->id = id;
  return c;
}

typedef struct start { exports_test_laws_guest_op_t op; uint64_t id; } start;

static void run(void *arg) {
  const start *s = arg;
  if (s->op == EXPORTS_TEST_LAWS_GUEST_OP_NOTHING) {
    RETURN(0);
    return;
  }
  call *c = call_new(s->id);
  switch (s->op) {
    case EXPORTS_TEST_LAWS_GUEST_OP_PARK: park(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_SETTLE: settle(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_SCOPES: scopes(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_DEEP: deep_step(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_OUTLIVE: outlive(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_HOLD: hold(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_RELEASE: release(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_CANCEL_PLAIN: cancel_plain(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_CANCEL_HANDLED: cancel_handled(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_NUMBERS: numbers(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_ONE_WAIT: one_wait(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_SLOTS: slots(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_SHARED: shared(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_ORDER: order(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_TIMERS: timers(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_TIMEOUT: timeout(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_DRAIN: witguest_drain(drained, c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_HOME: home(c); break;
    case EXPORTS_TEST_LAWS_GUEST_OP_BLOCK: block(c); break;
    default: abort();
  }
}

laws_callback_code_t exports_test_laws_guest_run(exports_test_laws_guest_op_t op, uint64_t id) {
  if (op == EXPORTS_TEST_LAWS_GUEST_OP_UNDER_ANOTHER) return under_another(call_new(id));
  start s = {op, id};
  return witguest_loop_start(run, &s);
}

/* The executor of shared.c finds its calls by their waitables, as the loop does. */
laws_callback_code_t exports_test_laws_guest_run_callback(laws_event_t *event) {
  shared_executor *executor = shared_find(event->waitable);
  if (!executor) return witguest_loop_event(event->event, event->waitable, event->code);
  call *c = shared_deliver(executor, event->waitable, event->code);
  if (!c) return LAWS_CALLBACK_CODE_WAIT(shared_set(executor));
  uint32_t state = c->sum;
  shared_end(executor);
  call_return(c, state);
  return LAWS_CALLBACK_CODE_EXIT;
}

/* As the sample hello-async does it: its own set, and slot 0. */
typedef struct stock { uint64_t id; uint32_t subtask, set; } stock;

laws_callback_code_t exports_test_laws_guest_stock(uint64_t id) {
  stock *s = malloc(sizeof *s);
  if (!s) abort();
  *s = (stock){id, LAWS_SUBTASK_HANDLE(WAIT(id, 86)), laws_waitable_set_new()};
  laws_waitable_join(s->subtask, s->set);
  laws_context_set_0(s);
  return LAWS_CALLBACK_CODE_WAIT(s->set);
}

laws_callback_code_t exports_test_laws_guest_stock_callback(laws_event_t *event) {
  stock *s = laws_context_get_0();
  if (event->event != LAWS_EVENT_SUBTASK || event->waitable != s->subtask) abort();
  NOTE(s->id, 87);
  laws_subtask_drop(s->subtask);
  laws_waitable_set_drop(s->set);
  exports_test_laws_guest_stock_return((uint32_t)s->id);
  free(s);
  return LAWS_CALLBACK_CODE_EXIT;
}

uint32_t exports_test_laws_guest_blocks(void) { return rt_heap_blocks(); }
uint32_t exports_test_laws_guest_intrinsics(void) { return counted_intrinsics(); }
uint32_t exports_test_laws_guest_mode(void) { return witguest_mode; }
