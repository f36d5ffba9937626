/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Tasks inside the library: the record behind a capture, and what the layers above may do with it.
 *
 *   task.c    records, references, the current task       export.c    where an export's code begins and ends
 *   hooks.c   the four hooks, witguest_run_for            wake.c      how a task's own callback is made to run
 *   queue.c   jobs in order                               waitables.c who waits for which waitable
 *   ../mode   what differs between the three libraries
 *
 * A task record exists once somebody has asked for it. `current` is the task that work is for; the thread itself may be in
 * another one in the modes that cannot move it.
 */
#ifndef WITGUEST_TASK_INTERNAL_H
#define WITGUEST_TASK_INTERNAL_H

#include <witguest/task.h>

#include "abi.h"

/* A piece of work, and the task that it is for: one reference. */
typedef struct witguest__job {
  void (*run)(void *arg);
  void *arg;
  witguest_task *task;
  uint32_t flags;
} witguest__job;

/* First in, first out; a ring that grows. Zeroed is empty. */
typedef struct witguest__queue { witguest__job *jobs; uint32_t first, count, capacity; } witguest__queue;

void witguest__queue_grow(witguest__queue *q);
void witguest__queue_release(witguest__queue *q);

static inline void witguest__queue_push(witguest__queue *q, witguest__job job) {
  if (q->count == q->capacity) witguest__queue_grow(q);
  q->jobs[(q->first + q->count++) & (q->capacity - 1)] = job;
}

static inline bool witguest__queue_pop(witguest__queue *q, witguest__job *job) {
  if (!q->count) return false;
  *job = q->jobs[q->first];
  q->first = (q->first + 1) & (q->capacity - 1);
  q->count--;
  return true;
}

/* Who is told of a waitable's event, in a callback of its task. */
typedef struct witguest__waiter {
  void (*event)(struct witguest__waiter *waiter, uint32_t event, uint32_t code);
  witguest_task *task;
} witguest__waiter;

void witguest__waitable_set(uint32_t waitable, witguest__waiter *waiter); /* NULL: nobody */
witguest__waiter *witguest__waitable_get(uint32_t waitable);

struct witguest_task {
  witguest__waiter wake; /* of `readable` */
  uint32_t refs;
  uint32_t handle;    /* native: the task's; 0: none was needed yet */
  uint32_t thread;    /* how its own thread is told when it is cancelled: see mode.h */
  uint32_t set;       /* its callback waits there; 0: it does not wait */
  uint32_t readable, writable; /* of the stream that wakes it; 0: never was woken */
  uint32_t pending;   /* awaits that its callback will hear of */
  bool has_export;    /* which holds one reference */
  bool is_base;       /* made for a scope, to find back to an export that we know nothing about */
  bool running;       /* its own callback is on the stack */
  bool waking;        /* written, and not heard of yet */
  bool cancelled;
  witguest__queue jobs; /* to be run in its own callback */
  struct witguest__await *awaits;
  void (*on_cancel)(void *arg);
  void *on_cancel_arg;
  void (*drained)(void *arg); /* waits for all others to end; holds a reference */
  void *drained_arg;
  witguest_task *prev, *next; /* among those whose export has not ended */
};

/* All there is of state. One instance has one. */
typedef struct witguest__state {
  witguest_task *current;   /* NULL: the running export's, which has no record */
  witguest_export *running; /* innermost; NULL: unknown */
  witguest_task *tasks;     /* with exports that have not ended */
  uint32_t records;
} witguest__state;
extern witguest__state witguest__rt;

/* The current task's record, made if there is none. Borrowed. An export is known to run, or a scope is open. */
witguest_task *witguest__current(void);
static inline bool witguest__is_unknown(void) { return !witguest__rt.current && !witguest__rt.running; }
/* A record for an export that we know nothing about: the thread is in it. Own. */
witguest_task *witguest__unknown(void);
/* Moves work, and the thread where the mode can, to a task. Not from an unknown one. */
void witguest__move(witguest_task *to);
/* An export's record. */
witguest_task *witguest__export_task(witguest_export *x);
/* The running export's record. An export is known to run. */
witguest_task *witguest__home(void);
/* Its own callback has to run soon; nothing if it does not wait. */
void witguest__wake(witguest_task *t);
void witguest__wake_end(witguest_task *t);
/* References have become few: it is to be freed, or its own callback has nothing left to wait for. */
void witguest__task_is_less(witguest_task *t);
/* No export waits any more: gives back what is kept between callbacks. */
void witguest__rest(void);
/* Jobs that wait for the loop's next turn. */
void witguest__loop_rest(void) __attribute__((weak));
/* go/, where it is linked: waits until fn has run in a callback of the task. False: not in a goroutine, or there is no such callback. */
bool witguest__go_call_for(witguest_task *t, void (*fn)(void *arg), void *arg) __attribute__((weak));
/* Runs what waited for the task's own callback, in which we are. */
void witguest__task_adopt(witguest_task *t);
/* Where jobs go that may run in the running callback. */
void witguest__job_run(witguest__job *job);

static inline witguest_task *witguest__ref(witguest_task *t) {
  t->refs++;
  return t;
}

static inline void witguest__unref(witguest_task *t) {
  if (--t->refs <= 1) witguest__task_is_less(t);
}

#endif
