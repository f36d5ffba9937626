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

/* Runs work(arg) before the running macrotask's successor, for the current task. */
void witguest_microtask(witguest_work work, void *arg);
/* The same for the task of a capture, which it takes: a promise's reaction that was captured when it was made. */
void witguest_microtask_for(witguest_capture_t capture, witguest_work work, void *arg);
/* Runs work(arg) after the microtasks and the macrotasks that are there. */
void witguest_macrotask(witguest_work work, void *arg);
void witguest_macrotask_for(witguest_capture_t capture, witguest_work work, void *arg);

/* ---- Awaiting -------------------------------------------------------------------------------------------------------- */

/* In memory of yours, until `done` has run. */
typedef struct witguest_await {
  void *private_[8];
  uint32_t private_words[4];
} witguest_await;

/* code: a subtask's final state (2 returned, 3 and 4 cancelled), or a copy's waitable status. */
typedef void (*witguest_done)(void *arg, uint32_t code);

/*
 * Calls done(arg, code) when the import whose status that is has its result, for the current task, never before this
 * function has returned. The subtask is dropped for you. ENOLOOP: the current task's export is not the loop's, or
 * has ended; the subtask is still yours.
 */
int witguest_await_subtask(witguest_await *await, uint32_t status, witguest_done done, void *arg);
/* The same for a read or write of a stream or future: `status` is what the generated function returned, `end` its end. */
int witguest_await_copy(witguest_await *await, uint32_t end, uint32_t status, witguest_done done, void *arg);
/* Asks an import to stop. done still runs: with 3 or 4, or with 2 if it had returned anyway. EINVAL: it is a copy, or over. */
int witguest_await_cancel(witguest_await *await);

#ifdef __cplusplus
}
#endif
#endif
