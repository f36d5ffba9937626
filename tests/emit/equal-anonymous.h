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

typedef struct demo_equal_i_result_void_void_t {
  bool is_err;
} demo_equal_i_result_void_void_t;

typedef struct demo_equal_i_tuple2_result_void_void_u8_t {
  demo_equal_i_result_void_void_t f0;
  uint8_t f1;
} demo_equal_i_tuple2_result_void_void_u8_t;

typedef uint32_t w_future_void_t;

typedef struct w_list_u8_t {
  uint8_t *ptr;
  size_t len;
} w_list_u8_t;

typedef uint32_t w_stream_list_u8_t;

typedef uint32_t w_stream_void_t;

typedef uint32_t w_future_string_t;

typedef struct w_result_stream_void_future_string_t {
  bool is_err;
  union {
    w_stream_void_t ok;
    w_future_string_t err;
  } val;
} w_result_stream_void_future_string_t;

typedef struct w_map_string_u8_entry_t {
  w_string_t key;
  uint8_t value;
} w_map_string_u8_entry_t;

typedef struct w_map_string_u8_t {
  w_map_string_u8_entry_t *ptr;
  size_t len;
} w_map_string_u8_t;

typedef uint32_t w_stream_result_void_void_t;

typedef struct w_result_void_void_t {
  bool is_err;
} w_result_void_void_t;

/* Imported: demo:equal/i */

/**
 * ret: yours; release with demo_equal_i_tuple2_result_void_void_u8_free().
 * wit: import demo:equal/i#h
 */
void demo_equal_i_h(demo_equal_i_tuple2_result_void_void_u8_t *ret);

/* Imported: w */

/*
 * w_future_void_t: the readable end of a future.
 * It travels in calls; the writable end stays with its maker.
 * Before the writable end is dropped it must have been written, or the reader be gone. `buf` is lent until the
 * operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t w_future_void_writer_t;
w_future_void_t w_future_void_new(w_future_void_writer_t *writer);
w_waitable_status_t w_future_void_read(w_future_void_t reader);
w_waitable_status_t w_future_void_write(w_future_void_writer_t writer);
w_waitable_status_t w_future_void_cancel_read(w_future_void_t reader);
w_waitable_status_t w_future_void_cancel_write(w_future_void_writer_t writer);
void w_future_void_drop_readable(w_future_void_t reader);
void w_future_void_drop_writable(w_future_void_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void w_future_void_forward(w_future_void_t reader, w_future_void_writer_t writer);

/*
 * w_stream_list_u8_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t w_stream_list_u8_writer_t;
w_stream_list_u8_t w_stream_list_u8_new(w_stream_list_u8_writer_t *writer);
w_waitable_status_t w_stream_list_u8_read(w_stream_list_u8_t reader, w_list_u8_t *buf, size_t count);
w_waitable_status_t w_stream_list_u8_write(w_stream_list_u8_writer_t writer, const w_list_u8_t *buf, size_t count);
w_waitable_status_t w_stream_list_u8_cancel_read(w_stream_list_u8_t reader);
w_waitable_status_t w_stream_list_u8_cancel_write(w_stream_list_u8_writer_t writer);
void w_stream_list_u8_drop_readable(w_stream_list_u8_t reader);
void w_stream_list_u8_drop_writable(w_stream_list_u8_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void w_stream_list_u8_forward(w_stream_list_u8_t reader, w_stream_list_u8_writer_t writer);

/*
 * w_stream_void_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t w_stream_void_writer_t;
w_stream_void_t w_stream_void_new(w_stream_void_writer_t *writer);
w_waitable_status_t w_stream_void_read(w_stream_void_t reader, size_t count);
w_waitable_status_t w_stream_void_write(w_stream_void_writer_t writer, size_t count);
w_waitable_status_t w_stream_void_cancel_read(w_stream_void_t reader);
w_waitable_status_t w_stream_void_cancel_write(w_stream_void_writer_t writer);
void w_stream_void_drop_readable(w_stream_void_t reader);
void w_stream_void_drop_writable(w_stream_void_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void w_stream_void_forward(w_stream_void_t reader, w_stream_void_writer_t writer);

/*
 * w_future_string_t: the readable end of a future.
 * It travels in calls; the writable end stays with its maker.
 * Before the writable end is dropped it must have been written, or the reader be gone. `buf` is lent until the
 * operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t w_future_string_writer_t;
w_future_string_t w_future_string_new(w_future_string_writer_t *writer);
w_waitable_status_t w_future_string_read(w_future_string_t reader, w_string_t *buf);
w_waitable_status_t w_future_string_write(w_future_string_writer_t writer, const w_string_t *buf);
w_waitable_status_t w_future_string_cancel_read(w_future_string_t reader);
w_waitable_status_t w_future_string_cancel_write(w_future_string_writer_t writer);
void w_future_string_drop_readable(w_future_string_t reader);
void w_future_string_drop_writable(w_future_string_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void w_future_string_forward(w_future_string_t reader, w_future_string_writer_t writer);

/**
 * a:       the readable end, given away.
 * b:       the readable end, given away.
 * ret:     the readable end, yours; release with w_stream_void_drop_readable().
 * err:     the readable end, yours; release with w_future_string_drop_readable().
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     import f
 */
bool w_f(w_future_void_t a, w_stream_list_u8_t b, w_stream_void_t *ret, w_future_string_t *err);

/**
 * a:       the readable end, given away.
 * b:       the readable end, given away.
 * ret:     the readable end, yours; release with w_stream_void_drop_readable().
 * err:     the readable end, yours; release with w_future_string_drop_readable().
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     import base-f
 */
bool w_base_f(w_future_void_t a, w_stream_list_u8_t b, w_stream_void_t *ret, w_future_string_t *err);

/* Exported: w */

/*
 * w_stream_result_void_void_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t w_stream_result_void_void_writer_t;
w_stream_result_void_void_t w_stream_result_void_void_new(w_stream_result_void_void_writer_t *writer);
w_waitable_status_t w_stream_result_void_void_read(w_stream_result_void_void_t reader, demo_equal_i_result_void_void_t *buf, size_t count);
w_waitable_status_t w_stream_result_void_void_write(w_stream_result_void_void_writer_t writer, const demo_equal_i_result_void_void_t *buf, size_t count);
w_waitable_status_t w_stream_result_void_void_cancel_read(w_stream_result_void_void_t reader);
w_waitable_status_t w_stream_result_void_void_cancel_write(w_stream_result_void_void_writer_t writer);
void w_stream_result_void_void_drop_readable(w_stream_result_void_void_t reader);
void w_stream_result_void_void_drop_writable(w_stream_result_void_void_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void w_stream_result_void_void_forward(w_stream_result_void_void_t reader, w_stream_result_void_void_writer_t writer);

/**
 * a:       yours; release with w_result_stream_void_future_string_drop().
 * b:       yours; release with w_map_string_u8_free().
 * returns: W_CALLBACK_CODE_EXIT, _YIELD or _WAIT(set); the result goes to exports_w_g_return().
 * wit:     export g
 */
w_callback_code_t exports_w_g(w_result_stream_void_future_string_t *a, w_map_string_u8_t *b);
w_callback_code_t exports_w_g_callback(w_event_t *event);
/* The result of exports_w_g: handles are given away. To be called once. */
void exports_w_g_return(w_stream_result_void_void_t ret);

/**
 * a:       yours; release with w_result_stream_void_future_string_drop().
 * b:       yours; release with w_map_string_u8_free().
 * returns: W_CALLBACK_CODE_EXIT, _YIELD or _WAIT(set); the result goes to exports_w_base_g_return().
 * wit:     export base-g
 */
w_callback_code_t exports_w_base_g(w_result_stream_void_future_string_t *a, w_map_string_u8_t *b);
w_callback_code_t exports_w_base_g_callback(w_event_t *event);
/* The result of exports_w_base_g: handles are given away. To be called once. */
void exports_w_base_g_return(w_stream_result_void_void_t ret);

void demo_equal_i_result_void_void_free(demo_equal_i_result_void_void_t *ptr);

void demo_equal_i_tuple2_result_void_void_u8_free(demo_equal_i_tuple2_result_void_void_u8_t *ptr);

void w_list_u8_free(w_list_u8_t *ptr);

void w_result_stream_void_future_string_free(w_result_stream_void_future_string_t *ptr);

void w_result_stream_void_future_string_drop(w_result_stream_void_future_string_t *ptr);

void w_map_string_u8_free(w_map_string_u8_t *ptr);

void w_result_void_void_free(w_result_void_void_t *ptr);

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
