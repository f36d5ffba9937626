#ifndef __BINDINGS_W_H
#define __BINDINGS_W_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <witguest/task.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Text in UTF-8: `len` counts bytes; there is no terminator. */
typedef struct w_string_t {
  uint8_t *ptr;
  size_t len;
} w_string_t;

/*
 * Async built-ins. A call of an async import is a subtask, a call of an async export a task. Waitables are subtasks and
 * the ends of streams and futures; a task waits for several of them through a waitable set.
 */

/* What an async import returns: how far the call is, and its handle unless it has returned. */
typedef uint32_t w_subtask_status_t;
typedef uint32_t w_subtask_t;
#define W_SUBTASK_STATE(status) ((w_subtask_state_t)((status) & 0xf))
#define W_SUBTASK_HANDLE(status) ((w_subtask_t)((status) >> 4))

typedef enum w_subtask_state {
  W_SUBTASK_STARTING,           /* parameters are still being read */
  W_SUBTASK_STARTED,            /* parameters may go, the result buffer must stay */
  W_SUBTASK_RETURNED,           /* the result is there */
  W_SUBTASK_STARTED_CANCELLED,  /* cancelled before it started: owned handles are yours again */
  W_SUBTASK_RETURNED_CANCELLED, /* cancelled before it returned */
} w_subtask_state_t;

/* Asks a call to stop and waits for its final state. The subtask must not be in a waitable set. */
w_subtask_status_t w_subtask_cancel(w_subtask_t subtask);
/* Releases the handle of a call that has returned or was cancelled. */
void w_subtask_drop(w_subtask_t subtask);

/* What an async export and its callback return. */
typedef uint32_t w_callback_code_t;
#define W_CALLBACK_CODE_EXIT 0
#define W_CALLBACK_CODE_YIELD 1
#define W_CALLBACK_CODE_WAIT(set) (2 | ((set) << 4))

typedef enum w_event_code {
  W_EVENT_NONE,
  W_EVENT_SUBTASK,      /* code: the state of the subtask */
  W_EVENT_STREAM_READ,  /* code: a waitable status */
  W_EVENT_STREAM_WRITE,
  W_EVENT_FUTURE_READ,
  W_EVENT_FUTURE_WRITE,
  W_EVENT_CANCEL,       /* the caller wants this task to stop */
} w_event_code_t;

typedef struct w_event {
  w_event_code_t event;
  uint32_t waitable __attribute__((__aligned__(8))); /* where the host writes this and the next word */
  uint32_t code;
} w_event_t;

typedef uint32_t w_waitable_set_t;
w_waitable_set_t w_waitable_set_new(void);
/* Moves a waitable into a set; 0 takes it out of any. */
void w_waitable_join(uint32_t waitable, w_waitable_set_t set);
/* The set must be empty. */
void w_waitable_set_drop(w_waitable_set_t set);
/* Blocks until there is an event. */
void w_waitable_set_wait(w_waitable_set_t set, w_event_t *event);
/* Never blocks: W_EVENT_NONE when there is nothing. */
void w_waitable_set_poll(w_waitable_set_t set, w_event_t *event);

/* Ends the current task without a result; only after W_EVENT_CANCEL. */
void w_task_cancel(void);

/* What reading, writing and cancelling on streams and futures return. */
typedef uint32_t w_waitable_status_t;
#define W_WAITABLE_STATE(status) ((w_waitable_state_t)((status) & 0xf))
#define W_WAITABLE_COUNT(status) ((uint32_t)((status) >> 4))
/* The buffer stays lent until the event arrives. */
#define W_WAITABLE_STATUS_BLOCKED ((w_waitable_status_t)-1)

typedef enum w_waitable_state {
  W_WAITABLE_COMPLETED,
  W_WAITABLE_DROPPED,   /* the other end is gone */
  W_WAITABLE_CANCELLED,
} w_waitable_state_t;

/* While incremented, the host starts no new calls of async exports in this instance. */
void w_backpressure_inc(void);
void w_backpressure_dec(void);

/* A word of storage that belongs to the current task, initially NULL. */
void *w_context_get_0(void);
void w_context_set_0(void *value);

/* Lets other work run before it returns. */
void w_thread_yield(void);

/**
 * release: demo_for_task_i_r_drop_own()
 * wit:     resource demo:for-task/i#r
 */
typedef struct demo_for_task_i_own_r_t {
  int32_t __handle;
} demo_for_task_i_own_r_t;

/** A borrowed handle: to be dropped only by an exported function that received it. */
typedef struct demo_for_task_i_borrow_r_t {
  int32_t __handle;
} demo_for_task_i_borrow_r_t;

typedef struct w_list_u8_t {
  uint8_t *ptr;
  size_t len;
} w_list_u8_t;

typedef struct w_option_u32_t {
  bool is_some;
  uint32_t val;
} w_option_u32_t;

typedef struct demo_for_task_i_result_u32_string_t {
  bool is_err;
  union {
    uint32_t ok;
    w_string_t err;
  } val;
} demo_for_task_i_result_u32_string_t;

typedef struct demo_for_task_i_result_string_u8_t {
  bool is_err;
  union {
    w_string_t ok;
    uint8_t err;
  } val;
} demo_for_task_i_result_string_u8_t;

/* Arguments of demo_for_task_i_many(). */
typedef struct demo_for_task_i_many_args {
  w_string_t a;
  w_string_t b;
  w_string_t c;
} demo_for_task_i_many_args_t;

/* Imported: demo:for-task/i */

/* Handles of resource r. */
void demo_for_task_i_r_drop_own(demo_for_task_i_own_r_t handle);
/* For borrows that an exported function was given. */
void demo_for_task_i_r_drop_borrow(demo_for_task_i_borrow_r_t handle);
/* A borrow of what you own, good while you keep it; not to be dropped. */
demo_for_task_i_borrow_r_t demo_for_task_i_borrow_r(demo_for_task_i_own_r_t handle);

/**
 * returns: own, release with demo_for_task_i_r_drop_own().
 * wit:     import demo:for-task/i#[constructor]r
 */
demo_for_task_i_own_r_t demo_for_task_i_constructor_r(uint32_t task);
/* demo_for_task_i_constructor_r() as work for a task: nothing comes between. See witguest_call_for(). */
demo_for_task_i_own_r_t demo_for_task_i_constructor_r_for_task(witguest_task *task1, uint32_t task);

/**
 * self:    borrowed for the duration of the call.
 * call:    stays yours; keep it until the call has started.
 * result:  keep it until the call has returned; what it holds then is yours; release with w_list_u8_free().
 * returns: see W_SUBTASK_STATE() and W_SUBTASK_HANDLE().
 * wit:     import demo:for-task/i#[method]r.read
 */
w_subtask_status_t demo_for_task_i_method_r_read(demo_for_task_i_borrow_r_t self, w_string_t call,
    w_list_u8_t *result);
/* demo_for_task_i_method_r_read() as work for a task: nothing comes between. See witguest_call_for(). */
w_subtask_status_t demo_for_task_i_method_r_read_for_task(witguest_task *task,
    demo_for_task_i_borrow_r_t self, w_string_t call, w_list_u8_t *result);

/** wit: import demo:for-task/i#nothing */
void demo_for_task_i_nothing(void);
/* demo_for_task_i_nothing() as work for a task: nothing comes between. See witguest_call_for(). */
void demo_for_task_i_nothing_for_task(witguest_task *task);

/**
 * maybe_arg: NULL for none.
 * wit:       import demo:for-task/i#plain
 */
uint64_t demo_for_task_i_plain(uint8_t a, uint32_t *maybe_arg);
/* demo_for_task_i_plain() as work for a task: nothing comes between. See witguest_call_for(). */
uint64_t demo_for_task_i_plain_for_task(witguest_task *task, uint8_t a, uint32_t *maybe_arg);

/**
 * args:    stays yours; keep it until the call has started. Handles inside are given away.
 * result:  keep it until the call has returned; what it holds then is yours; release with demo_for_task_i_result_u32_string_free().
 * returns: see W_SUBTASK_STATE() and W_SUBTASK_HANDLE().
 * wit:     import demo:for-task/i#many
 */
w_subtask_status_t demo_for_task_i_many(demo_for_task_i_many_args_t *args,
    demo_for_task_i_result_u32_string_t *result);
/* demo_for_task_i_many() as work for a task: nothing comes between. See witguest_call_for(). */
w_subtask_status_t demo_for_task_i_many_for_task(witguest_task *task, demo_for_task_i_many_args_t *args,
    demo_for_task_i_result_u32_string_t *result);

/**
 * ret:     yours; release with w_string_free().
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     import demo:for-task/i#fails
 */
bool demo_for_task_i_fails(w_string_t *ret, uint8_t *err);
/* demo_for_task_i_fails() as work for a task: nothing comes between. See witguest_call_for(). */
bool demo_for_task_i_fails_for_task(witguest_task *task, w_string_t *ret, uint8_t *err);

/* Imported: w */

/**
 * returns: see W_SUBTASK_STATE() and W_SUBTASK_HANDLE().
 * wit:     import top
 */
w_subtask_status_t w_top(void);
/* w_top() as work for a task: nothing comes between. See witguest_call_for(). */
w_subtask_status_t w_top_for_task(witguest_task *task);

void w_list_u8_free(w_list_u8_t *ptr);

void w_option_u32_free(w_option_u32_t *ptr);

void demo_for_task_i_result_u32_string_free(demo_for_task_i_result_u32_string_t *ptr);

void demo_for_task_i_result_string_u8_free(demo_for_task_i_result_string_u8_t *ptr);

/** Makes `ret` refer to `s`, which ends in a zero byte, without copying: not to be freed. */
void w_string_set(w_string_t *ret, const char *s);

/** Copies `s`, which ends in a zero byte. release: w_string_free() */
void w_string_dup(w_string_t *ret, const char *s);

/** Copies `len` bytes. release: w_string_free() */
void w_string_dup_n(w_string_t *ret, const char *s, size_t len);

/** Frees the text and leaves an empty one. */
void w_string_free(w_string_t *ret);

#ifdef __cplusplus
}
#endif
#endif
