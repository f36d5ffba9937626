/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Captures, scopes and awaits. A capture or a scope is the address of its record, with a bit that no address of a task has.
 */
#include "record.h"

enum { OURS = 2 };

static witguest__record *record_of(uintptr_t word) { return word & OURS ? (witguest__record *)(word - OURS) : NULL; }

witguest_task *witguest_debug_task(const witguest_task *task) {
  const witguest__record *r = record_of((uintptr_t)task);
  return r ? r->task : (witguest_task *)(uintptr_t)task;
}

witguest_capture_t witguest_debug_capture(const char *file, int line) {
  witguest_capture_t capture = witguest_capture();
  witguest__record *r = witguest__record_new("capture never released", file, line);
  r->task = (witguest_task *)capture;
  return (uintptr_t)r | OURS;
}

/* The capture without its record: what it holds is the caller's. */
static witguest_capture_t capture_take(witguest_capture_t capture) {
  witguest__record *r = record_of(capture);
  if (!r) return capture;
  capture = (witguest_capture_t)r->task;
  witguest__record_free(r);
  return capture;
}

void witguest_debug_release(witguest_capture_t capture) { witguest_release(capture_take(capture)); }

int witguest_debug_queue(witguest_capture_t capture, witguest_work work, void *arg, unsigned flags) {
  int error = witguest_queue((witguest_capture_t)witguest_debug_task((witguest_task *)capture), work, arg, flags);
  witguest__record *r = record_of(capture);
  if (!error && r) witguest__record_free(r);
  return error;
}

/* ---- Scopes ---- */

/* The thread stays where it is in affine mode, so a scope of another task's does not say whom an import is charged to. */
static void scope_check(const witguest_task *t, const char *file, int line) {
  bool is_home = witguest__rt.running && witguest__rt.running->task == t;
  if (witguest_mode == WITGUEST_AFFINE && t && !is_home) witguest__record_event("work under a foreign task", file, line);
}

witguest_task *witguest_debug_task_scope(const witguest_task *task, const char *file, int line) {
  witguest_task *t = witguest_debug_task(task);
  scope_check(t, file, line);
  return t;
}

witguest_scope witguest_debug_enter(witguest_capture_t capture, const char *file, int line) {
  witguest_task *t = witguest_debug_task_scope((witguest_task *)capture, file, line);
  witguest__record *r = witguest__record_new("scope never left", file, line);
  r->task = t;
  r->scope = witguest_enter((witguest_capture_t)t);
  return (uintptr_t)r | OURS;
}

void witguest_debug_leave(witguest_scope scope) {
  witguest__record *r = record_of(scope);
  if (r) scope = r->scope;
  if (r) witguest__record_free(r);
  witguest_leave(scope);
}

/* ---- Awaits ---- */

static void await_done(void *arg, uint32_t code) {
  witguest__record *r = arg;
  witguest_done done = r->done;
  void *user = r->arg;
  witguest__record_free(r);
  done(user, code);
}

static witguest__record *await_new(const char *name, witguest_done done, void *arg, const char *file, int line) {
  witguest__record *r = witguest__record_wait(name, file, line);
  r->done = done;
  r->arg = arg;
  return r;
}

static int await_begun(witguest__record *r, int error) {
  if (error) witguest__record_free(r);
  return error;
}

int witguest_debug_await_subtask(witguest_await *await, uint32_t status, witguest_done done, void *arg, const char *file, int line) {
  witguest__record *r = await_new("a subtask", done, arg, file, line);
  return await_begun(r, witguest_await_subtask(await, status, await_done, r));
}

int witguest_debug_await_copy(witguest_await *await, uint32_t end, uint32_t status, uint32_t (*cancel)(uint32_t), witguest_done done,
                              void *arg, const char *file, int line) {
  witguest__record *r = await_new("a copy of a stream or future", done, arg, file, line);
  return await_begun(r, witguest_await_copy(await, end, status, cancel, await_done, r));
}
