/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The machine's records, named as in the reference model (canonical-abi/definitions.py): Store, ComponentInstance (that
 * one is in glue.h), Task, Thread, Subtask, Waitable, WaitableSet. No engine, no clock, no file descriptor.
 *
 *   store.c     the store, its ready queue, its turn         task.c      lifts: enter, start, callback loop, return, cancel
 *   instance.c  life and death of instances                  subtask.c   lowered imports, seen from the guest
 *   table.c     handles                                      answer.c    the same, seen from the host
 *   slab.c      records                                      waitable.c  waitables and sets
 *   sync.c      lifts of sync functions, on the C stack
 *   resource.c  resources in a guest's table                 held.c      and in the host's hands
 *   entry.c     entries, traps                               end.c       streams and futures: the rendezvous (see end.h)
 *   group.c     attribution and hooks                        stream.c, future.c, host_end.c   the same, seen from guests
 *   thread.c    cooperative threads                          and from the host
 *   pass.c      calls from guest to guest                    blocking.c  parked stacks
 *
 * Laws of the machine
 *
 *  M1. A thread is running (instance->running, or interrupted by a nested entry), or in exactly one queue, or
 *      suspended, or done.
 *  M2. Only a running thread holds frames, except one with `stack`, which is parked inside a call.
 *  M3. Nothing is scanned: who becomes ready is found through the queue of what changed (a set's waiters, the lock's,
 *      the gate's).
 *  M4. A task's record lives as long as its refs: itself until its threads are gone, each subtask that names it as its
 *      super, each handle.
 */
#ifndef WITHOST_MACHINE_H
#define WITHOST_MACHINE_H

#include <stdarg.h>

#include <withost/glue.h>

/* Is there only if something in the program may block: see glue.h. */
extern const withost_blocking withost_can_block __attribute__((weak));

/* ---- Slabs: records of one size, last in first out ------------------------------------------------------------------ */

typedef struct withost__slab {
  size_t size;
  void *free;   /* linked through the first word */
  void *chunks; /* linked likewise; for the end */
  size_t used;
} withost__slab;

/* Not cleared. NULL: out of memory. */
void *withost__slab_take(withost_store *store, withost__slab *slab);
void withost__slab_give(withost__slab *slab, void *record);
void withost__slab_release(withost_store *store, withost__slab *slab);

/* ---- Threads and tasks ---------------------------------------------------------------------------------------------- */

struct withost_thread {
  withost_task *task; /* current: thread.set-task changes it. First: glue.h reads it */
  uint32_t context[2];
  uint32_t index;           /* in instance->threads; 0: none yet: see thread.c */
  bool done;
  bool suspended;
  bool is_implicit;         /* embedded in the task that it began in */
  bool returning;           /* in [task-return], which acts on `task`; a sync lift's return acts on its own task */
  withost_queue *queue;     /* that it is in */
  withost_thread *prev, *next;
  struct withost__set *set; /* that it waits on, in its event loop or in the middle */
  withost_stack *stack;     /* parked there */
};

typedef enum withost__task_state {
  WITHOST__INITIAL,
  WITHOST__STARTED,
  WITHOST__PENDING_CANCEL,
  WITHOST__CANCEL_DELIVERED,
  WITHOST__RESOLVED
} withost__task_state;

/* A thread of thread.new. */
typedef struct withost__spawned {
  withost_thread thread;
  void (*start)(void *self, uint32_t argument); /* NULL once it has begun */
  void *self;
  uint32_t argument;
} withost__spawned;

struct withost_task {
  withost_call call;
  withost_group *group;
  withost_thread thread; /* the implicit one */
  withost__task_state state;
  withost_lift form;
  uint32_t refs;
  uint32_t num_borrows;
  uint32_t threads;  /* how many are in it now */
  uint32_t joined;   /* of these, implicit ones of other tasks */
  uint32_t handles;  /* of thread.get-task */
  uint32_t deadline; /* place in the store's heap, from 1; 0: none */
  const withost_export *export; /* NULL: sync-typed */
  const void *params;           /* to start with: the caller's, or `kept` */
  void *kept;
  withost_done done;
  void *user;
  struct withost__lend *lent;   /* guest-defined resources that the host lent to this call */
  union {
    withost_task *shadow;         /* a task on the C stack: its record for those who outlive it */
    withost_subtask *passed_from; /* a record: the guest's call that the host passed on to it, see pass.c */
  };
  withost_task *prev, *next;    /* in instance->tasks */
  bool on_stack;
  bool listed;                  /* in instance->tasks: unresolved, or threads are in it */
  bool overdue;                 /* cancelled by its deadline */
};

_Static_assert(sizeof(withost_task) <= sizeof(((withost_sync *)0)->thread), "glue.h reserves too little");
_Static_assert(sizeof(withost_task) <= sizeof(((withost_instance *)0)->sync_task), "glue.h reserves too little");

static inline bool withost__needs_exclusive(const withost_task *t) { return t->form != WITHOST_LIFT_STACKFUL; }

/* The task that an implicit thread began in, wherever it is now; NULL for a spawned one. */
static inline withost_task *withost__thread_home(withost_thread *thread) {
  return thread->is_implicit ? (withost_task *)(void *)((char *)thread - offsetof(withost_task, thread)) : NULL;
}

withost_task *withost__task_ref(withost_task *task); /* NULL: out of memory */
void withost__task_unref(withost_task *task);
/* A thread goes out of its current task. Gives the task up if that was the last thing about it. */
void withost__thread_leave(withost_thread *thread);
void withost__thread_join(withost_thread *thread, withost_task *task);
/* thread.set-task: both, and the hooks. */
void withost__thread_move(withost_thread *thread, withost_task *task);
/* What is left of a thread that will not run again: its place in its task, its record. */
void withost__thread_end(withost_thread *thread);
/* The same for one that is somewhere in the middle. */
void withost__thread_abort(withost_thread *thread);
void withost__task_forget_params(withost_task *task);
/* Tells the host, once. */
void withost__task_resolve(withost_task *task, int status, const void *result);
/* A task and its thread on the C stack, for entries that are not tasks of the host: sync exports, realloc, destructors. */
void withost__task_init_on_stack(withost_task *task, withost_instance *instance, const withost_function *function,
                                 withost_group *group);
/* After its entry: releases what others may have kept of it. */
void withost__task_end_on_stack(withost_task *task);
/* ---- Steps: step.c ---- */

bool withost__gate_is_shut(const withost_task *task);
/* Where it waits for the gate. Who does not need the lock does not wait behind those who do. */
withost_queue *withost__gate_queue(const withost_task *task);
/* Starts a task, or goes on with a thread that may run now. */
void withost__thread_run(withost_thread *thread);
/* Runs a thread that the store's turn took from the ready queue, if it still may. */
void withost__thread_run_ready(withost_thread *thread);
/* Runs other threads of the instance on top of a sync-typed task that waits, until that is ready again. */
void withost__thread_barge(withost_thread *thread);
/* Runs one other thread of the instance on top of a thread that waits, if one can be. Traps if the instance did. */
bool withost__thread_run_above(withost_thread *thread);
/* A sync-typed task's thread only if its frames are the uppermost. */
bool withost__thread_can_run(withost_thread *thread);
/* Waits in its event loop, where a cancellation may be delivered. */
bool withost__thread_waits_in_loop(withost_thread *thread);
void withost__thread_wake_for_cancel(withost_thread *thread);
/* A thread returned for good. Traps if its task can now never be resolved. */
void withost__thread_exit(withost_instance *i, withost_thread *thread);

/* ---- Threads with numbers. thread.c is linked only into programs with a guest that uses thread built-ins; in others these
 * are NULL, there is one thread per task, and it stays there. ---- */

void withost__thread_unregister(withost_thread *thread) __attribute__((weak));
void withost__threads_abort(withost_instance *i) __attribute__((weak));
void withost__threads_release(withost_instance *i) __attribute__((weak));
/* A thread that joined the task and waits in its event loop, or NULL. */
withost_thread *withost__threads_find_waiting(const withost_task *task) __attribute__((weak));
/* The next one after *index, which it moves on; NULL at the end. */
withost_thread *withost__threads_next(withost_instance *i, uint32_t *index) __attribute__((weak));

/* What a slot of the handle table holds, when it goes. */
void withost__task_handle_release(withost_task *task) __attribute__((weak));

/* ---- Deadlines ---- */

void withost__deadline_remove(withost_task *task);
void withost__deadlines_release(withost_store *store);

/* The lock is free, or the gate may be open: wakes who waits for that. */
void withost__instance_wake(withost_instance *instance);
/* EPOISONED, with a message. */
int withost__instance_refuse(withost_instance *instance);
/* Traps if the task holds borrow handles: it returns. */
void withost__task_check_borrows(withost_instance *instance, const withost_task *task);
/* Ends a task that will not go on: tells the host, frees. */
void withost__task_abort(withost_task *task, int status);

/* ---- Queues of threads ----------------------------------------------------------------------------------------------- */

void withost__queue_push(withost_queue *queue, withost_thread *thread);
void withost__queue_push_front(withost_queue *queue, withost_thread *thread);
withost_thread *withost__queue_pop(withost_queue *queue);
void withost__queue_remove(withost_thread *thread); /* nothing if it is in none */
void withost__thread_make_ready(withost_thread *thread);

/* ---- Handles --------------------------------------------------------------------------------------------------------- */

typedef enum withost__tag {
  WITHOST__FREE,
  WITHOST__SUBTASK,
  WITHOST__SET,
  WITHOST__STREAM_READABLE,
  WITHOST__STREAM_WRITABLE,
  WITHOST__FUTURE_READABLE,
  WITHOST__FUTURE_WRITABLE,
  WITHOST__OWN,
  WITHOST__BORROW,
  WITHOST__ERROR_CONTEXT,
  WITHOST__TASK,
  WITHOST__THREAD
} withost__tag;

typedef struct withost_slot {
  void *record;   /* or the resource type of an own handle */
  uint32_t value; /* rep of an own or borrow handle; of a free slot the next free one */
  uint32_t tag : 8, lends : 24;
} withost_slot;

#define WITHOST__LENDS_MAX ((1u << 24) - 1)
#define WITHOST__TABLE_MAX ((1u << 28) - 1)
/* Elements of one table of a guest: forty times what large programs have. */
#define WITHOST__ELEMENTS_MAX (1u << 20)

/* Index of a new handle. Traps when full. */
uint32_t withost__handle_add(withost_instance *i, withost__tag tag, void *record);
/* The slot of a live handle, or a trap: "unknown handle index N". */
withost_slot *withost__handle_slot(withost_instance *i, uint32_t index);
/* The record of a handle of that kind; `what` for the trap: "handle is not a waitable set". */
void *withost__handle_get(withost_instance *i, uint32_t index, withost__tag tag, const char *what);
void withost__handle_remove(withost_instance *i, uint32_t index);
void withost__handles_release(withost_instance *i);
/* Those of tasks: they hold groups, which nobody should have to wait for when the guest is gone. */
void withost__task_handles_release(withost_instance *i);

/* ---- Resources ------------------------------------------------------------------------------------------------------- */

/* Behind a borrow handle; the slot's value is the rep. */
typedef struct withost__borrow {
  const withost_resource_type *type;
  withost_task *scope; /* alive while it counts this: a task with borrows cannot return, and after a trap nobody looks */
} withost__borrow;

/* What a trap takes back: what was lifted and the host has not got yet; what the guest got of an element of a stream that it
 * has not got as a whole. */
typedef enum withost__move_kind {
  WITHOST__LENT,       /* handle `value`; not taken back, but given back when the list is settled */
  WITHOST__LIFTED_OWN, /* value: what lift_own returned */
  WITHOST__LIFTED_END,
  WITHOST__LOWERED_OWN, /* value: the handle */
  WITHOST__LOWERED_END
} withost__move_kind;

typedef struct withost_move {
  withost__move_kind kind;
  uint32_t value;
  const void *type; /* of a resource or stream */
  struct withost__end *end;
} withost_move;

/* A guest-defined resource in the host's hands: an entry of store->held. */
typedef struct withost__held {
  const withost_resource_type *type;
  withost_instance *instance; /* NULL: free */
  uint32_t rep;               /* the guest's; of a free entry the next free one */
  uint32_t lends;
} withost__held;

typedef struct withost__lend { struct withost__lend *next; uint32_t held; } withost__lend;

/* Before a trap leaves: what was lifted goes back into the table, a call that was begun is forgotten. */
void withost__moves_undo(withost_instance *i);
void withost__moves_settle(withost_instance *i);
/* Room for one more: before anything is moved. Traps. Then: */
void withost__move_reserve(withost_instance *i);
void withost__move_push(withost_instance *i, withost_move move);
/* What was lifted out of `i` stays undecided while another guest gets it; then what that has not got goes back, from move
 * `from` on. */
void withost__moves_to_transit(withost_instance *i);
/* Aside while host code runs, which may bring other guests to copy, and back. */
withost_moves withost__transit_take(withost_store *store);
void withost__transit_put(withost_store *store, withost_moves moves);
void withost__transit_return(withost_instance *i, uint32_t from);
/* Frees the copies that the host has not got. */
void withost__kept_settle(withost_instance *i);
void withost__kept_undo(withost_instance *i);
void withost__owned_undo(withost_instance *i);
/* The host has got what was copied and kept, or will get it as a whole. */
static inline void withost__owned_settle(withost_instance *i) {
  i->owned = NULL;
  if (WITHOST_UNLIKELY(i->kept != NULL)) withost__kept_settle(i);
}
/* Views of guest memory that the host gives back, after realloc has moved that memory: where they are now. */
static inline const void *withost__view_now(const withost_instance *i, const void *data) {
  uintptr_t offset = (uintptr_t)data - i->was_at;
  return WITHOST_UNLIKELY(i->was_at && offset < i->was_size) ? withost_memory(i) + offset : data;
}
/* Lends to a subtask: what was lifted before it began, and until its answer is delivered. */
void withost__subtask_adopt(withost_subtask *s);
void withost__subtask_unlend(withost_subtask *s);
/* The call is over: the host may drop what it lent. */
void withost__task_unlend(withost_task *t);
/* The instance ends: runs the host's destructors of what its guest owns. Once nothing of it is on the stack. */
void withost__resources_release(withost_instance *i);
/* The store's table. add: 0 is out of memory. get: NULL if it is not a live handle of that instance and type. take: frees
 * it, returns the guest's representation. lend: returns that too; traps. */
uint32_t withost__held_add(withost_instance *i, const withost_resource_type *type, uint32_t rep);
withost__held *withost__held_get(withost_instance *i, const withost_resource_type *type, uint32_t index);
uint32_t withost__held_take(withost_store *store, uint32_t index);
uint32_t withost__held_lend(withost_instance *i, withost_task *scope, withost__held *held, uint32_t index);
/* EBUSY, with a message, if the host holds resources of it. */
int withost__held_check(withost_instance *i);
/* It never came to life: its handles are not live any more. */
void withost__held_forget(withost_instance *i);
void withost__held_free(withost_store *store);

/* ---- Waitables ------------------------------------------------------------------------------------------------------- */

typedef struct withost__event { uint32_t code, p1, p2; } withost__event;

enum { WITHOST__EVENT_NONE, WITHOST__EVENT_SUBTASK, WITHOST__EVENT_STREAM_READ, WITHOST__EVENT_STREAM_WRITE,
       WITHOST__EVENT_FUTURE_READ, WITHOST__EVENT_FUTURE_WRITE, WITHOST__EVENT_TASK_CANCELLED };

typedef struct withost__waitable {
  /* Computes the event at delivery and does what delivery does. */
  withost__event (*deliver)(struct withost__waitable *waitable);
  uint32_t index;
  bool pending;
  withost_thread *sync_waiter;
  struct withost__set *set;
  struct withost__waitable *prev, *next; /* in the set's pending list */
} withost__waitable;

typedef struct withost__set {
  withost__waitable *first, *last; /* with pending events */
  withost_queue waiters;
  uint32_t members, waiting;       /* waiting: also those who have been woken and not yet run */
} withost__set;

void withost__waitable_post(withost__waitable *w); /* sets its event, wakes one who waits */
withost__event withost__waitable_take(withost__waitable *w);
void withost__waitable_join(withost__waitable *w, withost__set *set);
withost__event withost__set_take(withost__set *set);
/* One of those who wait is to look at the set, if it has an event: also when one that was woken goes another way. */
void withost__set_wake(withost__set *set);
withost__set *withost__set_get(withost_instance *i, uint32_t index);
/* The waitable behind a handle, or a trap. */
withost__waitable *withost__waitable_get(withost_instance *i, uint32_t index);
/* Blocks the running thread until w has an event. Traps in a sync-typed task that has not returned. */
void withost__waitable_wait(withost__waitable *w, const withost_blocking *block);
/* Parks the running thread; it is in the queue where it wants to be woken from. */
void withost__thread_park(withost_thread *thread, const withost_blocking *block);

/* ---- Subtasks ---------------------------------------------------------------------------------------------------------- */

typedef enum withost__subtask_state {
  WITHOST__SUBTASK_STARTING,
  WITHOST__SUBTASK_STARTED,
  WITHOST__SUBTASK_RETURNED,
  WITHOST__SUBTASK_CANCELLED_BEFORE_STARTED,
  WITHOST__SUBTASK_CANCELLED_BEFORE_RETURNED
} withost__subtask_state;

struct withost_subtask {
  withost_call call;
  withost__waitable waitable;
  withost__subtask_state state;
  bool in_call;   /* the implementation is running, or the guest waits on its own stack: no handle */
  bool is_sync;   /* lowered sync */
  bool cancel_requested;
  bool delivered;
  uint32_t out;   /* where the result goes in guest memory */
  uint64_t flat;
  void (*cancel)(void *user, withost_call *call);
  void *user;
  uint32_t lent_first[2]; /* handles lent out until delivery: a few here, else all in `lent` */
  uint32_t *lent;
  uint32_t lent_count, lent_capacity;
  withost_subtask *prev, *next; /* in instance->subtasks, until answered */
};

static inline bool withost__subtask_resolved(const withost_subtask *s) { return s->state >= WITHOST__SUBTASK_RETURNED; }

void withost__subtask_resolve(withost_subtask *s, withost__subtask_state state);
void withost__subtask_free(withost_subtask *s);
/* One that the host has not heard of. */
void withost__subtask_forget(withost_subtask *s);
/* The guest, or its end, wants it to stop. */
void withost__subtask_request_cancel(withost_subtask *s);
/* pass.c: the call that it was passed on to has started; the two part, for one of them is over. */
void withost__subtask_start(withost_subtask *s);
void withost__call_part(withost_subtask *s);
bool withost__call_is_passed_on(const withost_subtask *s);

/* ---- Entries ----------------------------------------------------------------------------------------------------------- */

/* What the innermost entry of this thread of the operating system is, and how far down guest code may go. wasm2c's
 * traps and stack checks have no argument, so these two cannot live in the store. */
#define WITHOST__TLS _Thread_local __attribute__((tls_model("initial-exec")))
extern WITHOST__TLS withost_entry *withost__entry;
extern WITHOST__TLS uintptr_t withost__stack_limit;

/* After a trap: leaves, and returns WITHOST_ETRAP. */
int withost__leave_trapped(withost_entry *entry);
/* Keeps "function: reason" as the instance's trap; function NULL: the innermost entry's. */
void withost__instance_keep_trap(withost_instance *i, const withost_function *function, const char *reason);
/* Poisons an instance from outside. */
void withost__instance_abort(withost_instance *i, const withost_function *function, const char *reason);
/* Once nothing of a poisoned instance is on the stack: ends its calls. */
void withost__instance_sweep(withost_instance *i);
/* Frees what could not be instantiated, once all that it had called is answered. */
void withost__instance_forget(withost_instance *i);

/* ---- Groups ------------------------------------------------------------------------------------------------------------ */

/* Guest code starts or stops running for the thread's group. */
void withost__hook(const withost_thread *thread, bool enter);
void withost__group_task_begins(withost_store *store, withost_group *group);
void withost__group_task_ends(withost_store *store, withost_group *group);

/* ---- Ends of streams and futures -------------------------------------------------------------------------------------- */

/* Host ends whose operation is to begin, or whose callback is due. */
typedef struct withost__due { struct withost__end *first, *last; } withost__due;

/* Runs those that were due when it began. */
void withost__ends_turn(withost_store *store);
/* Undo withost__guest_lift and withost__guest_lower. */
void withost__end_unlift(withost_instance *i, const withost_stream_type *type, struct withost__end *end);
void withost__end_unlower(withost_instance *i, struct withost__end *end);
/* Drops all ends in the instance's table; none of its tasks is alive. */
void withost__ends_release(withost_instance *instance);

/* ---- Stores ------------------------------------------------------------------------------------------------------------ */

struct withost_store {
  withost_config config;
  withost_queue ready[2]; /* the turn empties one while what becomes ready goes into the other */
  unsigned filling;       /* which is the other */
  withost__due due;
  uint32_t depth; /* entries on the stack */
  bool turning;
  bool has_hooks;
  withost_group group; /* of calls that were given none */
  withost_instance *instances;
  withost__slab tasks, subtasks, sets, streams, threads, borrows, lends;
  struct { withost__held *items; uint32_t used, capacity, free, live; } held;
  withost_moves transit; /* between two guests */
  struct { uint8_t *base; size_t used, capacity; void *full; } scratch;
  withost_stack *stacks; /* blocking.c's pool */
  withost_stack *stack;  /* that runs; NULL: the host's own */
  struct { struct withost__deadline *heap; uint32_t used, capacity; uint64_t now; } deadlines;
  size_t unfinished; /* streams and futures with a host end */
  const struct withost_wasi *wasi; /* of instances to come */
  char *message;
  size_t message_size;
};

void *withost__alloc(withost_store *store, size_t size); /* zeroed */
void withost__free(withost_store *store, void *p, size_t size);
/* The default. */
void *withost__resize_with_malloc(void *user, void *old, size_t old_size, size_t size);
void *withost__resize(withost_store *store, void *p, size_t old_size, size_t size);
/* Sets the store's message and returns the error. */
int withost__fail(withost_store *store, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));
int withost__fail_v(withost_store *store, int error, const char *format, va_list args) __attribute__((format(printf, 3, 0)));
/* As withost_scratch, but NULL when there is no memory. */
void *withost__scratch_try(withost_store *store, size_t size, size_t align);
void withost__scratch_release_all(withost_store *store);

/* ---- Entering and leaving -------------------------------------------------------------------------------------------- */

/* Here because they are on the path of every call. push and pop are the part that is always there. */
static inline void withost__entry_push(withost_entry *e, withost_instance *i, withost_thread *thread) {
  uintptr_t limit = withost__stack_limit;
  e->outer = withost__entry;
  e->interrupted = i->running;
  e->instance = i;
  e->thread = thread;
  e->outer_limit = limit;
  withost__entry = e;
  withost__stack_limit = limit ? limit : (uintptr_t)e - i->store->config.guest_stack;
  i->running = thread;
  i->store->depth++;
}

static inline void withost__entry_pop(withost_entry *e) {
  e->instance->running = e->interrupted;
  withost__entry = e->outer;
  withost__stack_limit = e->outer_limit;
  e->instance->store->depth--;
}

static inline void withost__enter(withost_entry *e, withost_instance *i, withost_thread *thread) {
  withost__entry_push(e, i, thread);
  i->lifting = NULL;
  if (WITHOST_UNLIKELY(i->unsettled)) withost__moves_settle(i);
  if (WITHOST_UNLIKELY(i->store->has_hooks)) withost__hook(thread, true);
}

static inline void withost__leave(withost_entry *e) {
  withost_instance *i = e->instance;
  withost_store *store = i->store;
  if (WITHOST_UNLIKELY(store->has_hooks)) withost__hook(e->thread, false);
  i->running = e->interrupted;
  if (WITHOST_UNLIKELY(i->unsettled)) withost__moves_settle(i);
  withost__entry_pop(e);
  if (store->scratch.used && !store->depth) withost__scratch_release_all(store);
  if (WITHOST_UNLIKELY(i->held_back) && !i->running) withost__instance_wake(i);
}

#endif
