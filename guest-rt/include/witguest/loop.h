/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * An event loop in the style of JavaScript: microtasks, macrotasks, timers, and waitables of the component model, all of it
 * charged to the call that it is for (task.h).
 *
 *   w_callback_code_t exports_w_f(uint32_t n) {                      the generated declarations; these are the whole bodies
 *     return witguest_loop_start(f_main, new_call(n));
 *   }
 *   w_callback_code_t exports_w_f_callback(w_event_t *event) {
 *     return witguest_loop_event(event->event, event->waitable, event->code);
 *   }
 *
 *   static void f_main(void *call) {                                 runs at once, for the call's task
 *     witguest_await_subtask(&call->wait, some_import(...), f_answered, call);
 *   }
 *   static void f_answered(void *call, uint32_t state) { exports_w_f_return(...); free(call); }
 *
 * A turn begins when the host calls an export or its callback. In the order of HTML's event loop: the microtasks that are
 * there; the event's handler and all microtasks; then each macrotask that was there, and all microtasks after it. Work that
 * comes up meanwhile for a task that cannot be served here wakes that task. Everything runs to completion; nothing
 * here is called from inside another function of yours, except `main` by witguest_loop_start.
 *
 * A call ends when nothing is left that was captured for it: no queued work, no await, no reference (task.h, law 4). Until then
 * its callback code is WAIT, also when the result was returned long ago.
 */
#ifndef WITGUEST_LOOP_H
#define WITGUEST_LOOP_H

#include <witguest/task.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Exports --------------------------------------------------------------------------------------------------------- */

/* The body of an async export: runs main(arg), then a turn. Returns the callback code. */
uint32_t witguest_loop_start(void (*main)(void *arg), void *arg);
/* The body of its callback. */
uint32_t witguest_loop_event(uint32_t event, uint32_t waitable, uint32_t code);

/* ---- Work ------------------------------------------------------------------------------------------------------------ */

typedef void (*witguest_work)(void *arg);

/* Runs work(arg) before anything but other microtasks, for the current task; _for: for the task of a capture, which it takes (a
 * promise's reaction, captured when it was made). ENOLOOP: an export that the loop does not know runs, and the mode cannot send
 * work back to it; the capture is still yours. */
int witguest_microtask(witguest_work work, void *arg);
int witguest_microtask_for(witguest_capture_t capture, witguest_work work, void *arg);
/* Runs work(arg) in a turn of its own, after the microtasks and the macrotasks that are there. */
int witguest_macrotask(witguest_work work, void *arg);
int witguest_macrotask_for(witguest_capture_t capture, witguest_work work, void *arg);

/* All four in one. capture: 0 for the current task. flags: */
enum {
  WITGUEST_IS_MACROTASK = 1,
  WITGUEST_UNLESS_CANCELLED = 2 /* forgotten, unless it has begun when the call is cancelled: for arguments that nobody has to free */
};
int witguest_queue(witguest_capture_t capture, witguest_work work, void *arg, unsigned flags);

/* Runs the microtasks that are there. The loop does so in each turn; this is for exports that another runtime calls back. */
void witguest_run_microtasks(void);

/* ---- Awaiting -------------------------------------------------------------------------------------------------------- */

/* In memory of yours, until `done` has run. */
typedef struct witguest_await {
  void *private_[12];
  uint32_t private_words[4];
} witguest_await;

/* code: a subtask's final state (2 returned, 3 cancelled before it started, 4 cancelled), or a copy's waitable status. */
typedef void (*witguest_done)(void *arg, uint32_t code);

/*
 * Calls done(arg, code) when the import whose status that is has its result, for the current task, never before this
 * function has returned. The subtask is dropped for you. ENOLOOP: the current task's export is not the loop's, or
 * has ended, and no other runtime offers to wait (wasip3.h); the subtask is still yours.
 */
int witguest_await_subtask(witguest_await *await, uint32_t status, witguest_done done, void *arg);
/*
 * The same for a read or write of a stream or future: `status` is what the generated function returned, `end` its end. The buffer
 * stays lent until `done`. cancel: the generated function that takes back this operation on this end, or NULL.
 */
int witguest_await_copy(witguest_await *await, uint32_t end, uint32_t status, uint32_t (*cancel)(uint32_t end),
                        witguest_done done, void *arg);
/* Asks it to stop. done still runs: with 3 or 4, or with 2 if it had returned anyway; a copy's with CANCELLED, or with what had
 * happened. Asking twice does nothing. EINVAL: it is over, or a copy without `cancel`. */
int witguest_await_cancel(witguest_await *await);

/* ---- Time ------------------------------------------------------------------------------------------------------------ */

/* How this world waits: calls its import, returns its status. It is called for the task that the timer is for. */
typedef uint32_t (*witguest_wait)(uint64_t nanoseconds);
void witguest_set_wait(witguest_wait wait);

typedef struct witguest_timer witguest_timer;
/* Runs work(arg) as a macrotask for the current task, after that time. The timer is yours until it fires or is stopped, whichever
 * comes first; then it is gone. NULL: ENOLOOP, or no wait is set. */
witguest_timer *witguest_timer_start(uint64_t nanoseconds, witguest_work work, void *arg);
/* The work will not run. */
void witguest_timer_stop(witguest_timer *timer);
/* Cancels the await when that time has passed: done then says so. Not in the await's done. ENOLOOP, EINVAL (no wait is set). */
int witguest_await_timeout(witguest_await *await, uint64_t nanoseconds);

/* ---- Cancellation ---------------------------------------------------------------------------------------------------- */

/*
 * When the caller asks the current task's call to stop, cancelled(arg) runs for it, before other work of that turn. It is to see to it
 * that the call ends soon: with its result, or with witguest_task_cancel. Without a handler the latter is done for you. Work that
 * is queued runs all the same (witguest_task_is_cancelled tells), unless it was queued with WITGUEST_UNLESS_CANCELLED.
 * ENOLOOP. NULL takes the handler back.
 */
int witguest_on_cancel(witguest_work cancelled, void *arg);
/* Ends the current task's call without a result, and cancels all that it awaits and its timers. Only after it was cancelled, only
 * once, not after its result, and with its borrows dropped; else the instance traps. */
void witguest_task_cancel(void);

/* ---- Background work -------------------------------------------------------------------------------------------------- */

/*
 * Work that outlives the response needs nothing special: what is queued, awaited or captured keeps its task, and the host goes on
 * charging it. Before the host closes the instance it may want to let such work end, through an export that drains:
 * work(arg) runs as a macrotask for the current task when all others have ended, except those that drain as well. EBUSY: it drains
 * already. ENOLOOP.
 */
int witguest_drain(witguest_work work, void *arg);

#ifdef __cplusplus
}
#endif
#endif
