/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Tasks: whose work is this?
 *
 * A host that runs many calls at once in one instance charges each import to the export call that was current when it was
 * called. In a guest with an event loop that is the wrong one whenever work of one call runs inside the callback of another.
 * Here work says whom it is for: capture the task when work is created, enter it when the work runs.
 *
 *   job->task = witguest_capture();                          where work is created
 *
 *   witguest_scope scope = witguest_enter(job->task);        where it runs
 *   job->run(job);
 *   witguest_leave(scope);
 *
 *   witguest_release(job->task);                             when it will not run again
 *
 * These four are all that a language runtime calls; whoever writes C by hand may prefer WITGUEST_WORK_FOR(task) {}. One API,
 * three libraries, which say who they are in `witguest_mode` and in the custom section "witguest":
 *
 *   native   the thread moves to the task (thread.set-task). Right for everything; the engine has to know these intrinsics.
 *   affine   for engines of today: imports are charged right if they are called in a callback of the task itself; use
 *            witguest_run_for, or the loop (loop.h), which runs all work there. A scope changes what work inherits, and no more.
 *   serial   back-pressure lets in one export call at a time, so all work is that call's.
 *
 * Laws (each has a test named after it)
 *
 *  1. An import issued by work captured in task T is seen by the host under T's group, whatever callback is running.
 *  2. Scopes nest and restore; leaving by return, break, goto or an early error restores as well.
 *  3. Work created by work inherits: the chain of captures reaches the root call, however deep.
 *  4. Work that outlives its export's return is still charged to it, and keeps it alive; when the last capture is released
 *     the task ends.
 *  5. Cancelling one call never touches another task's work.
 *  6. Event payloads are never delivered to another task's handler.
 *  7. Without captures nothing is allocated, and no callback calls an import on our behalf.
 *  8. Two libraries in one guest share a task without corrupting each other (wasip3.h); context slots 0 and 1 are libc's.
 *  9. A guest says which mode it was built with.
 *
 * Source: the component model's Concurrency.md (async call stack) and its pull request 730 (thread.get-task, thread.set-task,
 * task.drop). Nothing here may be called by cabi_realloc, post-return functions or destructors: the instance may not call
 * imports there. When memory runs out the instance traps, as it does in cabi_realloc.
 */
#ifndef WITGUEST_TASK_H
#define WITGUEST_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Modes ----------------------------------------------------------------------------------------------------------- */

/* Name, value, text in the section. OFF is for measuring: the same code, and nothing is charged to anyone. */
#define WITGUEST_MODES(X) X(OFF, 0, "off") X(NATIVE, 1, "native") X(AFFINE, 2, "affine") X(SERIAL, 3, "serial")

typedef enum witguest_mode_t {
#define WITGUEST_MODE_ENUM(name, value, text) WITGUEST_##name = value,
  WITGUEST_MODES(WITGUEST_MODE_ENUM)
#undef WITGUEST_MODE_ENUM
} witguest_mode_t;

/* What this guest was linked with (law 9). */
extern const witguest_mode_t witguest_mode;

/* ---- Tasks ----------------------------------------------------------------------------------------------------------- */

/* A counted reference to the export call that work is for. */
typedef struct witguest_task witguest_task;

/* The task that work is for now: of the innermost scope, else of the running export. Own; release with witguest_task_unref.
 * Never NULL inside an export. */
witguest_task *witguest_task_current(void);
/* One more reference; returns its argument. Not NULL. */
witguest_task *witguest_task_ref(witguest_task *task);
/* Gives a reference back. The task ends with its last one: in its own callback, if it waits in the loop. NULL is fine. */
void witguest_task_unref(witguest_task *task);
/* True once the caller has asked the call to stop. */
bool witguest_task_is_cancelled(const witguest_task *task);

/* ---- Hooks: for those who own a language runtime ---------------------------------------------------------------------- */

/* Fits in a runtime's own job record: one pointer. 0 captures nothing, and may be entered and released. */
typedef uintptr_t witguest_capture_t;
/* What to go back to. Lives on the C stack, or in the runtime's record of a switched-out stack. */
typedef uintptr_t witguest_scope;

/* When work is created (a promise reaction, a goroutine, a timer): remembers its task. Release it exactly once. */
witguest_capture_t witguest_capture(void);
/* When work begins to run. The capture may be released inside the scope. */
witguest_scope witguest_enter(witguest_capture_t capture);
/* When it ends or is switched out. Scopes are left in the reverse order of being entered. */
void witguest_leave(witguest_scope scope);
/* When it will not run again. */
void witguest_release(witguest_capture_t capture);

/* ---- Scopes ---------------------------------------------------------------------------------------------------------- */

/*
 * WITGUEST_WORK_FOR(task) { ... }: the block's work is for that task. Restored on each way out (the end, return, break, goto),
 * but not by longjmp. `break` and `continue` leave the block. Native and serial: every import in it is charged to the task.
 */
typedef struct witguest__block { witguest_scope scope; bool open; } witguest__block;

static inline witguest__block witguest__block_enter(witguest_task *task) {
  witguest__block block = {witguest_enter((witguest_capture_t)task), true};
  return block;
}

static inline void witguest__block_leave(witguest__block *block) {
  if (block->open) witguest_leave(block->scope);
  block->open = false;
}

#define WITGUEST__NAME(line) witguest__block_##line
#define WITGUEST__BLOCK(task, name)                                                                                          \
  for (witguest__block name __attribute__((__cleanup__(witguest__block_leave))) = witguest__block_enter(task); (name).open;      \
       witguest__block_leave(&(name)))
#define WITGUEST__WORK_FOR(task, line) WITGUEST__BLOCK(task, WITGUEST__NAME(line))
#define WITGUEST_WORK_FOR(task) WITGUEST__WORK_FOR(task, __LINE__)

/*
 * Runs fn(arg) when the task is current, in every mode: now if that can be, else in the task's next callback, which is then
 * woken. Returns 1 if it has run, 0 if it will. Will: it runs exactly once, before the task ends, also if that is
 * cancelled meanwhile. EINVAL: the task has no callback to run in (affine: its export is not one of the loop's and does not
 * say where it waits; see witguest_export_waits).
 */
int witguest_run_for(witguest_task *task, void (*fn)(void *arg), void *arg);

/*
 * Calls fn(arg), which calls an import and nothing else, with the task current, and returns when it has. `witgen --for-task` writes
 * a function on top of this for each import.
 *
 * Native, serial: at once. Affine: at once in a callback of the task; in a goroutine (go.h) it waits until that has run. Affine
 * elsewhere: there is no way, and the instance traps; use witguest_run_for.
 */
void witguest_call_for(witguest_task *task, void (*fn)(void *arg), void *arg);

/* ---- Errors ---------------------------------------------------------------------------------------------------------- */

#define WITGUEST_ERRORS(X)                                                         \
  X(EINVAL, -1, "invalid argument")                                                \
  X(ENOLOOP, -2, "the current task's export does not run on the loop")             \
  X(EBUSY, -3, "an operation is active already")                                   \
  X(ECLOSED, -4, "the channel is closed")                                          \
  X(EAGAIN, -5, "it would have to wait")                                           \
  X(ENOGO, -6, "only a goroutine can wait")                                        \
  X(ECANCELLED, -7, "the context was cancelled")                                   \
  X(EDEADLINE, -8, "the deadline has passed")                                      \
  X(ELIMIT, -9, "longer than the limit")

typedef enum witguest_error {
  WITGUEST_OK = 0,
#define WITGUEST_ERROR_ENUM(name, value, text) WITGUEST_##name = value,
  WITGUEST_ERRORS(WITGUEST_ERROR_ENUM)
#undef WITGUEST_ERROR_ENUM
} witguest_error;

/* The text of an error above; "unknown error" for anything else. Static. */
const char *witguest_error_text(int error);

/* ---- Exports: for those who own an event loop and write the callbacks themselves --------------------------------------- */

/*
 * Says where an export's code begins and ends, so that captures of one callback share one record and exports that barge in
 * do not inherit. The loop does this for its exports. Without it native mode still charges right, and costs a little more; affine
 * mode cannot find the way back to the export, and serial mode does not know how long to hold back the next call.
 *
 * One per export call, zeroed, in your memory until witguest_export_end.
 */
typedef struct witguest_export {
  witguest_task *task; /* NULL until something asks for it */
  bool has_begun;
  struct witguest_export *outer;
  witguest_task *outer_current;
} witguest_export;

/* First and last in the export and in each of its callbacks. They nest. */
void witguest_export_enter(witguest_export *x);
void witguest_export_leave(witguest_export *x);
/* True while captures of it are held: work is still to come, so WAIT rather than EXIT. */
bool witguest_export_is_needed(const witguest_export *x);
/* Before it returns WAIT(set): wakes come through a stream in that set. Join nothing yourself. */
void witguest_export_waits(witguest_export *x, uint32_t set);
/* For each event of its callback: true if that was such a wake; work that was waiting has then run. */
bool witguest_export_event(witguest_export *x, uint32_t event, uint32_t waitable, uint32_t code);
/* After the last leave, before it returns EXIT. What was captured stays good. */
void witguest_export_end(witguest_export *x);

#ifdef __cplusplus
}
#endif
#endif
