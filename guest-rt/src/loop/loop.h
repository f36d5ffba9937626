/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The loop inside.
 *
 *   loop.c     turns                        cancel.c   what a cancellation does
 *   queue.c    where work goes              timer.c    timers and timeouts
 *   await.c    waitables                    drain.c    who wants to hear that all others have ended
 *   wasip3.c   as an executor for others    foreign.c  as a guest of another executor
 */
#ifndef WITGUEST_LOOP_INTERNAL_H
#define WITGUEST_LOOP_INTERNAL_H

#include <witguest/loop.h>
#include <witguest/wasip3.h>

#include "../mode/mode.h"

/* What a witguest_await is. */
typedef struct witguest__await {
  witguest__waiter waiter;
  witguest_done done;
  void *arg;
  struct witguest__await *prev, *next; /* of its task */
  uint32_t (*cancel)(uint32_t end);    /* of a copy */
  witguest_timer *timeout;
  const wasip3_task_vtable *vtable;    /* and the next: of the other runtime that waits for it, see foreign.c */
  void *executor;                      /* version 1: a wasip3_task; 2: a clone */
  uint32_t waitable;                   /* 0: its code is there */
  uint32_t code;
  bool is_subtask, cancelling;
} witguest__await;
_Static_assert(sizeof(witguest__await) <= sizeof(witguest_await), "loop.h reserves too little");

static inline witguest__await *witguest__await_of(witguest_await *await) { return (witguest__await *)(void *)await; }

typedef struct witguest__loop {
  witguest__queue microtasks, macrotasks;
  uint32_t draining; /* tasks that wait for all others */
} witguest__loop;
extern witguest__loop witguest__the_loop;

/* A job that may run in the running callback. */
void witguest__queue_here(witguest__job job);
/* Puts work where it can run: here, or in the task's own callback. Takes the job's reference. */
void witguest__queue_job(witguest__job job);
/* The current task, if its export is the loop's and has not ended; else NULL. Borrowed. */
witguest_task *witguest__loop_task(void);
/* The host has asked the task, in whose callback we are, to stop. */
void witguest__loop_cancelled(witguest_task *t);
void witguest__await_stop(witguest__await *a);
/* While our export runs, `task` is what others find. Returns what they found before. */
wasip3_task *witguest__wasip3_enter(wasip3_task_v2 *task, witguest_export *x);
/* The other runtime that the running export belongs to, or NULL. */
wasip3_task *witguest__foreign(void);
/* An await is registered with it, waits again, does not wait for now, is over. */
void witguest__foreign_begin(witguest__await *a, wasip3_task *executor);
void witguest__foreign_join(witguest__await *a);
void witguest__foreign_leave(witguest__await *a);
void witguest__foreign_end(witguest__await *a);
/* Linked only where they are used. */
void witguest__timer_stop(witguest_timer *timer) __attribute__((weak));
void witguest__drain_look(void) __attribute__((weak));

#endif
