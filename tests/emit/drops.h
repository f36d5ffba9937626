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

/** A handle to the description of an error. */
typedef uint32_t w_error_context_t;

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
 * release: demo_drops_i_r_drop_own()
 * wit:     resource demo:drops/i#r
 */
typedef struct demo_drops_i_own_r_t {
  int32_t __handle;
} demo_drops_i_own_r_t;

/** A borrowed handle: to be dropped only by an exported function that received it. */
typedef struct demo_drops_i_borrow_r_t {
  int32_t __handle;
} demo_drops_i_borrow_r_t;

typedef struct w_tuple2_u8_f64_t {
  uint8_t f0;
  double f1;
} w_tuple2_u8_f64_t;

/** wit: record demo:drops/i#plain */
typedef struct demo_drops_i_plain_t {
  uint32_t a;
  w_tuple2_u8_f64_t b;
} demo_drops_i_plain_t;

typedef struct demo_drops_i_list_plain_t {
  demo_drops_i_plain_t *ptr;
  size_t len;
} demo_drops_i_list_plain_t;

/**
 * release: demo_drops_i_memory_free()
 * wit:     record demo:drops/i#memory
 */
typedef struct demo_drops_i_memory_t {
  demo_drops_i_plain_t a;
  w_string_t b;
  demo_drops_i_list_plain_t c;
} demo_drops_i_memory_t;

typedef uint32_t demo_drops_i_stream_u8_t;

typedef uint32_t demo_drops_i_future_void_t;

/**
 * release: demo_drops_i_handles_drop(), which also drops the handles inside
 * wit:     record demo:drops/i#handles
 */
typedef struct demo_drops_i_handles_t {
  demo_drops_i_own_r_t mine;
  demo_drops_i_stream_u8_t bytes;
  demo_drops_i_future_void_t done;
  w_error_context_t error;
} demo_drops_i_handles_t;

typedef struct demo_drops_i_list_own_r_t {
  demo_drops_i_own_r_t *ptr;
  size_t len;
} demo_drops_i_list_own_r_t;

typedef struct w_list_u8_t {
  uint8_t *ptr;
  size_t len;
} w_list_u8_t;

typedef struct w_map_string_list_u8_entry_t {
  w_string_t key;
  w_list_u8_t value;
} w_map_string_list_u8_entry_t;

typedef struct w_map_string_list_u8_t {
  w_map_string_list_u8_entry_t *ptr;
  size_t len;
} w_map_string_list_u8_t;

typedef struct demo_drops_i_list3_own_r_t {
  demo_drops_i_own_r_t f[3];
} demo_drops_i_list3_own_r_t;

/**
 * release: demo_drops_i_both_drop(), which also drops the handles inside
 * wit:     record demo:drops/i#both
 */
typedef struct demo_drops_i_both_t {
  demo_drops_i_memory_t m;
  demo_drops_i_handles_t h;
  demo_drops_i_list_own_r_t l;
  w_map_string_list_u8_t k;
  demo_drops_i_list3_own_r_t n;
} demo_drops_i_both_t;

/**
 * release: demo_drops_i_lent_drop(), which also drops the handles inside
 * wit:     record demo:drops/i#lent
 */
typedef struct demo_drops_i_lent_t {
  demo_drops_i_borrow_r_t who;
} demo_drops_i_lent_t;

/**
 * release: demo_drops_i_some_drop(), which also drops the handles inside
 * wit:     variant demo:drops/i#some
 */
typedef struct demo_drops_i_some_t {
  uint8_t tag;
  union {
    uint32_t number;
    w_string_t text;
    demo_drops_i_own_r_t handle;
    demo_drops_i_both_t all;
  } val;
} demo_drops_i_some_t;

#define DEMO_DROPS_I_SOME_NOTHING 0
#define DEMO_DROPS_I_SOME_NUMBER 1
#define DEMO_DROPS_I_SOME_TEXT 2
#define DEMO_DROPS_I_SOME_HANDLE 3
#define DEMO_DROPS_I_SOME_ALL 4

/**
 * release: demo_drops_i_again_drop(), which also drops the handles inside
 * wit:     type demo:drops/i#again
 */
typedef demo_drops_i_both_t demo_drops_i_again_t;

typedef uint32_t demo_drops_i_stream_plain_t;

/** wit: record demo:drops/i#unmentioned */
typedef struct demo_drops_i_unmentioned_t {
  demo_drops_i_stream_plain_t s;
} demo_drops_i_unmentioned_t;

typedef struct demo_drops_i_option_own_r_t {
  bool is_some;
  demo_drops_i_own_r_t val;
} demo_drops_i_option_own_r_t;

typedef struct demo_drops_i_result_string_void_t {
  bool is_err;
  union {
    w_string_t ok;
  } val;
} demo_drops_i_result_string_void_t;

typedef struct demo_drops_i_result_option_own_r_result_string_void_t {
  bool is_err;
  union {
    demo_drops_i_option_own_r_t ok;
    demo_drops_i_result_string_void_t err;
  } val;
} demo_drops_i_result_option_own_r_result_string_void_t;

/**
 * release: exports_demo_drops_i_r_drop_own()
 * wit:     resource demo:drops/i#r
 */
typedef struct exports_demo_drops_i_own_r_t {
  int32_t __handle;
} exports_demo_drops_i_own_r_t;

/** What a handle stands for: this component defines the struct. */
typedef struct exports_demo_drops_i_r_t exports_demo_drops_i_r_t;

typedef exports_demo_drops_i_r_t *exports_demo_drops_i_borrow_r_t;

/** wit: record demo:drops/i#plain */
typedef struct exports_demo_drops_i_plain_t {
  uint32_t a;
  w_tuple2_u8_f64_t b;
} exports_demo_drops_i_plain_t;

typedef struct exports_demo_drops_i_list_plain_t {
  exports_demo_drops_i_plain_t *ptr;
  size_t len;
} exports_demo_drops_i_list_plain_t;

/**
 * release: exports_demo_drops_i_memory_free()
 * wit:     record demo:drops/i#memory
 */
typedef struct exports_demo_drops_i_memory_t {
  exports_demo_drops_i_plain_t a;
  w_string_t b;
  exports_demo_drops_i_list_plain_t c;
} exports_demo_drops_i_memory_t;

typedef uint32_t exports_demo_drops_i_stream_u8_t;

typedef uint32_t exports_demo_drops_i_future_void_t;

/**
 * release: exports_demo_drops_i_handles_drop(), which also drops the handles inside
 * wit:     record demo:drops/i#handles
 */
typedef struct exports_demo_drops_i_handles_t {
  exports_demo_drops_i_own_r_t mine;
  exports_demo_drops_i_stream_u8_t bytes;
  exports_demo_drops_i_future_void_t done;
  w_error_context_t error;
} exports_demo_drops_i_handles_t;

typedef struct exports_demo_drops_i_list_own_r_t {
  exports_demo_drops_i_own_r_t *ptr;
  size_t len;
} exports_demo_drops_i_list_own_r_t;

typedef struct exports_demo_drops_i_list3_own_r_t {
  exports_demo_drops_i_own_r_t f[3];
} exports_demo_drops_i_list3_own_r_t;

/**
 * release: exports_demo_drops_i_both_drop(), which also drops the handles inside
 * wit:     record demo:drops/i#both
 */
typedef struct exports_demo_drops_i_both_t {
  exports_demo_drops_i_memory_t m;
  exports_demo_drops_i_handles_t h;
  exports_demo_drops_i_list_own_r_t l;
  w_map_string_list_u8_t k;
  exports_demo_drops_i_list3_own_r_t n;
} exports_demo_drops_i_both_t;

/** wit: record demo:drops/i#lent */
typedef struct exports_demo_drops_i_lent_t {
  exports_demo_drops_i_borrow_r_t who;
} exports_demo_drops_i_lent_t;

/**
 * release: exports_demo_drops_i_some_drop(), which also drops the handles inside
 * wit:     variant demo:drops/i#some
 */
typedef struct exports_demo_drops_i_some_t {
  uint8_t tag;
  union {
    uint32_t number;
    w_string_t text;
    exports_demo_drops_i_own_r_t handle;
    exports_demo_drops_i_both_t all;
  } val;
} exports_demo_drops_i_some_t;

#define EXPORTS_DEMO_DROPS_I_SOME_NOTHING 0
#define EXPORTS_DEMO_DROPS_I_SOME_NUMBER 1
#define EXPORTS_DEMO_DROPS_I_SOME_TEXT 2
#define EXPORTS_DEMO_DROPS_I_SOME_HANDLE 3
#define EXPORTS_DEMO_DROPS_I_SOME_ALL 4

/**
 * release: exports_demo_drops_i_again_drop(), which also drops the handles inside
 * wit:     type demo:drops/i#again
 */
typedef exports_demo_drops_i_both_t exports_demo_drops_i_again_t;

typedef uint32_t exports_demo_drops_i_stream_plain_t;

/** wit: record demo:drops/i#unmentioned */
typedef struct exports_demo_drops_i_unmentioned_t {
  exports_demo_drops_i_stream_plain_t s;
} exports_demo_drops_i_unmentioned_t;

typedef struct exports_demo_drops_i_option_own_r_t {
  bool is_some;
  exports_demo_drops_i_own_r_t val;
} exports_demo_drops_i_option_own_r_t;

typedef struct exports_demo_drops_i_result_string_void_t {
  bool is_err;
  union {
    w_string_t ok;
  } val;
} exports_demo_drops_i_result_string_void_t;

typedef struct exports_demo_drops_i_result_option_own_r_result_string_void_t {
  bool is_err;
  union {
    exports_demo_drops_i_option_own_r_t ok;
    exports_demo_drops_i_result_string_void_t err;
  } val;
} exports_demo_drops_i_result_option_own_r_result_string_void_t;

/* Imported: demo:drops/i */

/* Handles of resource r. */
void demo_drops_i_r_drop_own(demo_drops_i_own_r_t handle);
/* For borrows that an exported function was given. */
void demo_drops_i_r_drop_borrow(demo_drops_i_borrow_r_t handle);
/* A borrow of what you own, good while you keep it; not to be dropped. */
demo_drops_i_borrow_r_t demo_drops_i_borrow_r(demo_drops_i_own_r_t handle);

/*
 * demo_drops_i_stream_u8_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t demo_drops_i_stream_u8_writer_t;
demo_drops_i_stream_u8_t demo_drops_i_stream_u8_new(demo_drops_i_stream_u8_writer_t *writer);
w_waitable_status_t demo_drops_i_stream_u8_read(demo_drops_i_stream_u8_t reader, uint8_t *buf, size_t count);
w_waitable_status_t demo_drops_i_stream_u8_write(demo_drops_i_stream_u8_writer_t writer, const uint8_t *buf, size_t count);
w_waitable_status_t demo_drops_i_stream_u8_cancel_read(demo_drops_i_stream_u8_t reader);
w_waitable_status_t demo_drops_i_stream_u8_cancel_write(demo_drops_i_stream_u8_writer_t writer);
void demo_drops_i_stream_u8_drop_readable(demo_drops_i_stream_u8_t reader);
void demo_drops_i_stream_u8_drop_writable(demo_drops_i_stream_u8_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void demo_drops_i_stream_u8_forward(demo_drops_i_stream_u8_t reader, demo_drops_i_stream_u8_writer_t writer);

/*
 * demo_drops_i_future_void_t: the readable end of a future.
 * It travels in calls; the writable end stays with its maker.
 * Before the writable end is dropped it must have been written, or the reader be gone. `buf` is lent until the
 * operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t demo_drops_i_future_void_writer_t;
demo_drops_i_future_void_t demo_drops_i_future_void_new(demo_drops_i_future_void_writer_t *writer);
w_waitable_status_t demo_drops_i_future_void_read(demo_drops_i_future_void_t reader);
w_waitable_status_t demo_drops_i_future_void_write(demo_drops_i_future_void_writer_t writer);
w_waitable_status_t demo_drops_i_future_void_cancel_read(demo_drops_i_future_void_t reader);
w_waitable_status_t demo_drops_i_future_void_cancel_write(demo_drops_i_future_void_writer_t writer);
void demo_drops_i_future_void_drop_readable(demo_drops_i_future_void_t reader);
void demo_drops_i_future_void_drop_writable(demo_drops_i_future_void_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void demo_drops_i_future_void_forward(demo_drops_i_future_void_t reader, demo_drops_i_future_void_writer_t writer);

/**
 * m:   stays yours.
 * h:   handles inside are given away.
 * b:   stays yours; handles inside are given away.
 * l:   handles inside are given away.
 * s:   stays yours; handles inside are given away.
 * a:   stays yours; handles inside are given away.
 * wit: import demo:drops/i#f
 */
void demo_drops_i_f(demo_drops_i_plain_t *p, demo_drops_i_memory_t *m, demo_drops_i_handles_t *h,
    demo_drops_i_both_t *b, demo_drops_i_lent_t *l, demo_drops_i_some_t *s, demo_drops_i_again_t *a);

/**
 * ret:     yours; release with demo_drops_i_option_own_r_drop().
 * err:     yours; release with demo_drops_i_result_string_void_free().
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     import demo:drops/i#g
 */
bool demo_drops_i_g(demo_drops_i_option_own_r_t *ret, demo_drops_i_result_string_void_t *err);

/* Exported: demo:drops/i */

/* Handles of resource r, which you implement as a struct exports_demo_drops_i_r_t of your own. */
exports_demo_drops_i_own_r_t exports_demo_drops_i_r_new(exports_demo_drops_i_r_t *rep);
exports_demo_drops_i_r_t *exports_demo_drops_i_r_rep(exports_demo_drops_i_own_r_t handle);
void exports_demo_drops_i_r_drop_own(exports_demo_drops_i_own_r_t handle);
/* To be defined by you: called when the last owner has dropped its handle. */
void exports_demo_drops_i_r_destructor(exports_demo_drops_i_r_t *rep);

/*
 * exports_demo_drops_i_stream_u8_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t exports_demo_drops_i_stream_u8_writer_t;
exports_demo_drops_i_stream_u8_t exports_demo_drops_i_stream_u8_new(exports_demo_drops_i_stream_u8_writer_t *writer);
w_waitable_status_t exports_demo_drops_i_stream_u8_read(exports_demo_drops_i_stream_u8_t reader, uint8_t *buf, size_t count);
w_waitable_status_t exports_demo_drops_i_stream_u8_write(exports_demo_drops_i_stream_u8_writer_t writer, const uint8_t *buf, size_t count);
w_waitable_status_t exports_demo_drops_i_stream_u8_cancel_read(exports_demo_drops_i_stream_u8_t reader);
w_waitable_status_t exports_demo_drops_i_stream_u8_cancel_write(exports_demo_drops_i_stream_u8_writer_t writer);
void exports_demo_drops_i_stream_u8_drop_readable(exports_demo_drops_i_stream_u8_t reader);
void exports_demo_drops_i_stream_u8_drop_writable(exports_demo_drops_i_stream_u8_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void exports_demo_drops_i_stream_u8_forward(exports_demo_drops_i_stream_u8_t reader, exports_demo_drops_i_stream_u8_writer_t writer);

/*
 * exports_demo_drops_i_future_void_t: the readable end of a future.
 * It travels in calls; the writable end stays with its maker.
 * Before the writable end is dropped it must have been written, or the reader be gone. `buf` is lent until the
 * operation has ended: with the event, when the status is W_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t exports_demo_drops_i_future_void_writer_t;
exports_demo_drops_i_future_void_t exports_demo_drops_i_future_void_new(exports_demo_drops_i_future_void_writer_t *writer);
w_waitable_status_t exports_demo_drops_i_future_void_read(exports_demo_drops_i_future_void_t reader);
w_waitable_status_t exports_demo_drops_i_future_void_write(exports_demo_drops_i_future_void_writer_t writer);
w_waitable_status_t exports_demo_drops_i_future_void_cancel_read(exports_demo_drops_i_future_void_t reader);
w_waitable_status_t exports_demo_drops_i_future_void_cancel_write(exports_demo_drops_i_future_void_writer_t writer);
void exports_demo_drops_i_future_void_drop_readable(exports_demo_drops_i_future_void_t reader);
void exports_demo_drops_i_future_void_drop_writable(exports_demo_drops_i_future_void_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void exports_demo_drops_i_future_void_forward(exports_demo_drops_i_future_void_t reader, exports_demo_drops_i_future_void_writer_t writer);

/**
 * m:   yours; release with exports_demo_drops_i_memory_free().
 * h:   yours; release with exports_demo_drops_i_handles_drop().
 * b:   yours; release with exports_demo_drops_i_both_drop().
 * s:   yours; release with exports_demo_drops_i_some_drop().
 * a:   yours; release with exports_demo_drops_i_again_drop().
 * wit: export demo:drops/i#f
 */
void exports_demo_drops_i_f(exports_demo_drops_i_plain_t *p, exports_demo_drops_i_memory_t *m,
    exports_demo_drops_i_handles_t *h, exports_demo_drops_i_both_t *b, exports_demo_drops_i_lent_t *l,
    exports_demo_drops_i_some_t *s, exports_demo_drops_i_again_t *a);

/**
 * ret:     handles inside are given away.
 * err:     allocate with malloc; freed when the caller has it.
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     export demo:drops/i#g
 */
bool exports_demo_drops_i_g(exports_demo_drops_i_option_own_r_t *ret,
    exports_demo_drops_i_result_string_void_t *err);

/* A new error context with a message, which stays yours. */
w_error_context_t w_error_context_new(w_string_t *debug_message);
/* The message, possibly changed by the host; release it with w_string_free(). */
void w_error_context_debug_message(w_error_context_t context, w_string_t *ret);
void w_error_context_drop(w_error_context_t context);

void demo_drops_i_list_plain_free(demo_drops_i_list_plain_t *ptr);

void demo_drops_i_memory_free(demo_drops_i_memory_t *ptr);

void demo_drops_i_handles_drop(demo_drops_i_handles_t *ptr);

void demo_drops_i_list_own_r_free(demo_drops_i_list_own_r_t *ptr);

void demo_drops_i_list_own_r_drop(demo_drops_i_list_own_r_t *ptr);

void w_list_u8_free(w_list_u8_t *ptr);

void w_map_string_list_u8_free(w_map_string_list_u8_t *ptr);

void demo_drops_i_list3_own_r_drop(demo_drops_i_list3_own_r_t *ptr);

void demo_drops_i_both_free(demo_drops_i_both_t *ptr);

void demo_drops_i_both_drop(demo_drops_i_both_t *ptr);

void demo_drops_i_lent_drop(demo_drops_i_lent_t *ptr);

void demo_drops_i_some_free(demo_drops_i_some_t *ptr);

void demo_drops_i_some_drop(demo_drops_i_some_t *ptr);

void demo_drops_i_again_free(demo_drops_i_again_t *ptr);

void demo_drops_i_again_drop(demo_drops_i_again_t *ptr);

void demo_drops_i_option_own_r_free(demo_drops_i_option_own_r_t *ptr);

void demo_drops_i_option_own_r_drop(demo_drops_i_option_own_r_t *ptr);

void demo_drops_i_result_string_void_free(demo_drops_i_result_string_void_t *ptr);

void demo_drops_i_result_option_own_r_result_string_void_free(demo_drops_i_result_option_own_r_result_string_void_t *ptr);

void demo_drops_i_result_option_own_r_result_string_void_drop(demo_drops_i_result_option_own_r_result_string_void_t *ptr);

void exports_demo_drops_i_list_plain_free(exports_demo_drops_i_list_plain_t *ptr);

void exports_demo_drops_i_memory_free(exports_demo_drops_i_memory_t *ptr);

void exports_demo_drops_i_handles_drop(exports_demo_drops_i_handles_t *ptr);

void exports_demo_drops_i_list_own_r_free(exports_demo_drops_i_list_own_r_t *ptr);

void exports_demo_drops_i_list_own_r_drop(exports_demo_drops_i_list_own_r_t *ptr);

void exports_demo_drops_i_list3_own_r_drop(exports_demo_drops_i_list3_own_r_t *ptr);

void exports_demo_drops_i_both_free(exports_demo_drops_i_both_t *ptr);

void exports_demo_drops_i_both_drop(exports_demo_drops_i_both_t *ptr);

void exports_demo_drops_i_some_free(exports_demo_drops_i_some_t *ptr);

void exports_demo_drops_i_some_drop(exports_demo_drops_i_some_t *ptr);

void exports_demo_drops_i_again_free(exports_demo_drops_i_again_t *ptr);

void exports_demo_drops_i_again_drop(exports_demo_drops_i_again_t *ptr);

void exports_demo_drops_i_option_own_r_free(exports_demo_drops_i_option_own_r_t *ptr);

void exports_demo_drops_i_option_own_r_drop(exports_demo_drops_i_option_own_r_t *ptr);

void exports_demo_drops_i_result_string_void_free(exports_demo_drops_i_result_string_void_t *ptr);

void exports_demo_drops_i_result_option_own_r_result_string_void_free(exports_demo_drops_i_result_option_own_r_result_string_void_t *ptr);

void exports_demo_drops_i_result_option_own_r_result_string_void_drop(exports_demo_drops_i_result_option_own_r_result_string_void_t *ptr);

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
