/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A small model of one instance, for schedules.c: threads, tasks, subtasks, sets, handles, the gate and the lock, with the
 * words of canonical-abi/definitions.py and, for task handles, of its text about supertasks. It knows no queue and no order:
 * it says for each thread that runs whether it may, for each operation what it gives, and at rest that nobody could run.
 */
#ifndef MODEL_H
#define MODEL_H

#include "rig.h"

enum { M_ACTORS = 48, M_JANITOR = M_ACTORS, M_TASKS = 512, M_SUBTASKS = 128, M_HANDLES = 1024 };
#define M_BLOCKED 0xffffffffu

typedef enum m_task_state { M_INITIAL, M_STARTED, M_PENDING_CANCEL, M_CANCEL_DELIVERED, M_RESOLVED } m_task_state;

typedef struct m_task {
  bool used, alive;         /* alive: its callback has not run */
  bool cancelled, overdue, returned;
  bool is_sync_typed;
  machine_form form;
  m_task_state state;
  uint32_t threads, handles, value, who;
  withost_call *call;
  withost_group group;
  void *world;              /* the driver's */
} m_task;

typedef struct m_set { uint32_t index, members, waiting; } m_set;

typedef enum m_subtask_state { M_SUB_STARTED = 1, M_SUB_RETURNED = 2, M_SUB_CANCELLED = 4 } m_subtask_state;

typedef struct m_subtask {
  bool used, delivered, cancel_requested, in_call;
  m_subtask_state state;
  uint32_t index, value;    /* index 0: sync-lowered */
  m_set *set;
  struct m_thread *waiter;  /* that blocks on it */
  withost_call *call;       /* NULL: answered */
  void *world;
} m_subtask;

typedef enum m_thread_state {
  M_FREE,
  M_ENTERING,
  M_RUNNING,
  M_READY,     /* in the middle of guest code */
  M_SUSPENDED,
  M_LOOP,      /* of a callback: waits for its set, or yields */
  M_SET_WAIT,  /* in the middle */
  M_SUB_WAIT
} m_thread_state;

typedef struct m_thread {
  m_thread_state state;
  m_task *task, *home;      /* home NULL: spawned */
  uint32_t who, number;     /* 0: not known */
  m_set *set;
  m_subtask *waits;
  uint32_t context;
  int budget;               /* how much more it does before it wants to end */
  machine_op doing;
  bool has_expected;
  uint32_t expected;
} m_thread;

typedef enum m_kind { M_NONE, M_SET, M_SUBTASK, M_TASK } m_kind;

typedef struct model {
  m_thread threads[M_ACTORS + 1];
  m_task tasks[M_TASKS];
  m_subtask subtasks[M_SUBTASKS];
  m_set sets[M_HANDLES];    /* by index */
  struct { m_kind kind; void *record; } handles[M_HANDLES];
  uint32_t handle_used, free[M_HANDLES], free_count;
  m_thread *running, *next; /* next: switched to */
  m_thread *exclusive;
  uint32_t backpressure;
  uint64_t differences, step;
} model;

void m_differs(model *m, const m_thread *t, const char *what);

/* ---- Records ---- */

m_task *m_task_new(model *m, machine_form form, uint32_t who);
void m_task_collect(m_task *t);
m_thread *m_thread_new(model *m); /* NULL: all are in use */
uint32_t m_handle_add(model *m, m_kind kind, void *record);
void m_handle_remove(model *m, uint32_t index);
m_subtask *m_subtask_new(model *m);
bool m_subtask_pending(const m_subtask *s);
bool m_set_pending(const model *m, const m_set *set);

/* ---- Rules ---- */

bool m_needs_lock(const m_thread *t);
/* What it waits for is there. */
bool m_may_run(const model *m, const m_thread *t);
/* A thread was asked: it runs now. */
void m_runs(model *m, m_thread *t);
/* A callback thread was told an event. */
void m_told(model *m, m_thread *t, uint32_t code, uint32_t p1, uint32_t p2);
/* An event of a set was delivered. */
void m_event(model *m, m_thread *t, const m_set *set, uint32_t code, uint32_t p1, uint32_t p2);
void m_expect(m_thread *t, uint32_t result);
/* The running thread stops, in that state. */
void m_stops(model *m, m_thread_state state);
/* It may leave its task: somebody can still return for that. */
bool m_may_leave(const m_task *t);
void m_moves(m_thread *t, m_task *task);
void m_exits(model *m);
/* Nothing is ready: nobody may run. */
void m_rest(model *m);

#endif
