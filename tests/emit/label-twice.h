#ifndef __BINDINGS_W_H
#define __BINDINGS_W_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
 * release: demo_twice_x_r_drop_own()
 * wit:     resource demo:twice/x#r
 */
typedef struct demo_twice_x_own_r_t {
  int32_t __handle;
} demo_twice_x_own_r_t;

/** A borrowed handle: to be dropped only by an exported function that received it. */
typedef struct demo_twice_x_borrow_r_t {
  int32_t __handle;
} demo_twice_x_borrow_r_t;

/** wit: enum demo:twice/x#e */
typedef uint8_t demo_twice_x_e_t;

#define DEMO_TWICE_X_E_ONE 0
#define DEMO_TWICE_X_E_TWO 1

/** wit: type a#e */
typedef demo_twice_x_e_t a_e_t;

/** wit: type a#t */
typedef uint32_t a_t_t;

/** wit: flags a#f */
typedef uint8_t a_f_t;

#define A_F_READ (1 << 0)
#define A_F_WRITE (1 << 1)

/**
 * release: a_p_free()
 * wit:     record a#p
 */
typedef struct a_p_t {
  w_string_t name;
  a_e_t e;
} a_p_t;

typedef demo_twice_x_borrow_r_t a_borrow_r_t;

typedef uint32_t a_stream_e_t;

typedef demo_twice_x_own_r_t a_own_r_t;

typedef struct a_result_own_r_f_t {
  bool is_err;
  union {
    a_own_r_t ok;
    a_f_t err;
  } val;
} a_result_own_r_f_t;

typedef struct a_list_p_t {
  a_p_t *ptr;
  size_t len;
} a_list_p_t;

/* Imported: demo:twice/x */

/* Handles of resource r. */
void demo_twice_x_r_drop_own(demo_twice_x_own_r_t handle);
/* For borrows that an exported function was given. */
void demo_twice_x_r_drop_borrow(demo_twice_x_borrow_r_t handle);
/* A borrow of what you own, good while you keep it; not to be dropped. */
demo_twice_x_borrow_r_t demo_twice_x_borrow_r(demo_twice_x_own_r_t handle);

/* Imported: a */

/*
 * a_stream_e_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t a_stream_e_writer_t;
a_stream_e_t a_stream_e_new(a_stream_e_writer_t *writer);
w_waitable_status_t a_stream_e_read(a_stream_e_t reader, a_e_t *buf, size_t count);
w_waitable_status_t a_stream_e_write(a_stream_e_writer_t writer, const a_e_t *buf, size_t count);
w_waitable_status_t a_stream_e_cancel_read(a_stream_e_t reader);
w_waitable_status_t a_stream_e_cancel_write(a_stream_e_writer_t writer);
void a_stream_e_drop_readable(a_stream_e_t reader);
void a_stream_e_drop_writable(a_stream_e_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void a_stream_e_forward(a_stream_e_t reader, a_stream_e_writer_t writer);

/**
 * r:       borrowed for the duration of the call.
 * s:       the readable end, given away.
 * ret:     own, release with demo_twice_x_r_drop_own().
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     import a#get
 */
bool a_get(a_borrow_r_t r, a_stream_e_t s, a_own_r_t *ret, a_f_t *err);

/**
 * ret: yours; release with a_list_p_free().
 * wit: import a#all
 */
void a_all(a_t_t t, a_list_p_t *ret);

/* Exported: a */

/**
 * r:       borrowed; drop it with demo_twice_x_r_drop_borrow() before you return.
 * s:       the readable end, yours; release with a_stream_e_drop_readable().
 * ret:     own, given away.
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     export a#put
 */
bool a_put(a_borrow_r_t r, a_stream_e_t s, a_own_r_t *ret, a_f_t *err);

/**
 * ret: allocate with malloc; freed when the caller has it.
 * wit: export a#some
 */
void a_some(a_t_t t, a_list_p_t *ret);

void a_p_free(a_p_t *ptr);

void a_result_own_r_f_free(a_result_own_r_f_t *ptr);

void a_result_own_r_f_drop(a_result_own_r_f_t *ptr);

void a_list_p_free(a_list_p_t *ptr);

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
