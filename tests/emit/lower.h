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
 * One case a slot: the tag, then the payload; a slot that cases share is as wide as the widest.
 *
 * release: demo_lower_i_shape_free()
 * wit:     variant demo:lower/i#shape
 */
typedef struct demo_lower_i_shape_t {
  uint8_t tag;
  union {
    float circle;
    double square;
    w_string_t label;
    int8_t level;
  } val;
} demo_lower_i_shape_t;

#define DEMO_LOWER_I_SHAPE_NONE 0
#define DEMO_LOWER_I_SHAPE_CIRCLE 1
#define DEMO_LOWER_I_SHAPE_SQUARE 2
#define DEMO_LOWER_I_SHAPE_LABEL 3
#define DEMO_LOWER_I_SHAPE_LEVEL 4

typedef struct w_option_string_t {
  bool is_some;
  w_string_t val;
} w_option_string_t;

/**
 * release: demo_lower_i_point_free()
 * wit:     record demo:lower/i#point
 */
typedef struct demo_lower_i_point_t {
  uint8_t x;
  w_option_string_t name;
} demo_lower_i_point_t;

typedef struct w_option_u32_t {
  bool is_some;
  uint32_t val;
} w_option_u32_t;

typedef struct demo_lower_i_result_void_u8_t {
  bool is_err;
  union {
    uint8_t err;
  } val;
} demo_lower_i_result_void_u8_t;

typedef struct demo_lower_i_result_shape_string_t {
  bool is_err;
  union {
    demo_lower_i_shape_t ok;
    w_string_t err;
  } val;
} demo_lower_i_result_shape_string_t;

typedef struct demo_lower_i_option_shape_t {
  bool is_some;
  demo_lower_i_shape_t val;
} demo_lower_i_option_shape_t;

typedef struct w_option_u8_t {
  bool is_some;
  uint8_t val;
} w_option_u8_t;

typedef struct w_tuple1_u8_t {
  uint8_t f0;
} w_tuple1_u8_t;

/* Arguments of demo_lower_i_later(). */
typedef struct demo_lower_i_later_args {
  w_string_t a;
  w_string_t b;
  uint32_t c;
} demo_lower_i_later_args_t;

/**
 * One case a slot: the tag, then the payload; a slot that cases share is as wide as the widest.
 *
 * release: exports_demo_lower_i_shape_free()
 * wit:     variant demo:lower/i#shape
 */
typedef struct exports_demo_lower_i_shape_t {
  uint8_t tag;
  union {
    float circle;
    double square;
    w_string_t label;
    int8_t level;
  } val;
} exports_demo_lower_i_shape_t;

#define EXPORTS_DEMO_LOWER_I_SHAPE_NONE 0
#define EXPORTS_DEMO_LOWER_I_SHAPE_CIRCLE 1
#define EXPORTS_DEMO_LOWER_I_SHAPE_SQUARE 2
#define EXPORTS_DEMO_LOWER_I_SHAPE_LABEL 3
#define EXPORTS_DEMO_LOWER_I_SHAPE_LEVEL 4

/**
 * release: exports_demo_lower_i_point_free()
 * wit:     record demo:lower/i#point
 */
typedef struct exports_demo_lower_i_point_t {
  uint8_t x;
  w_option_string_t name;
} exports_demo_lower_i_point_t;

typedef struct exports_demo_lower_i_result_void_u8_t {
  bool is_err;
  union {
    uint8_t err;
  } val;
} exports_demo_lower_i_result_void_u8_t;

typedef struct exports_demo_lower_i_result_shape_string_t {
  bool is_err;
  union {
    exports_demo_lower_i_shape_t ok;
    w_string_t err;
  } val;
} exports_demo_lower_i_result_shape_string_t;

typedef struct exports_demo_lower_i_option_shape_t {
  bool is_some;
  exports_demo_lower_i_shape_t val;
} exports_demo_lower_i_option_shape_t;

/* Imported: demo:lower/i */

/**
 * Scalars go as they are, small ones extended by the C calling convention.
 *
 * wit: import demo:lower/i#scalars
 */
int16_t demo_lower_i_scalars(int8_t a, uint16_t b, uint32_t c, bool d);

/**
 * A single payload needs no statement.
 *
 * maybe_o: NULL for none.
 * returns: true: `ret` is set; false: none.
 * wit:     import demo:lower/i#single
 */
bool demo_lower_i_single(uint32_t *maybe_o, demo_lower_i_result_void_u8_t *r, uint32_t *ret);

/**
 * Pointer and length; the result is written through the caller's own pointer.
 *
 * s:   stays yours.
 * ret: yours; release with w_string_free().
 * wit: import demo:lower/i#strings
 */
void demo_lower_i_strings(w_string_t *s, w_string_t *ret);

/**
 * s:       stays yours.
 * ret:     yours; release with demo_lower_i_shape_free().
 * err:     yours; release with w_string_free().
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     import demo:lower/i#joined
 */
bool demo_lower_i_joined(demo_lower_i_shape_t *s, demo_lower_i_shape_t *ret, w_string_t *err);

/**
 * p:       stays yours.
 * maybe_o: NULL for none; stays yours.
 * wit:     import demo:lower/i#nested
 */
void demo_lower_i_nested(demo_lower_i_point_t *p, demo_lower_i_shape_t *maybe_o);

/**
 * Seventeen core values do not travel flat: the parameters are one record in memory.
 *
 * a:       stays yours.
 * b:       stays yours.
 * c:       stays yours.
 * d:       stays yours.
 * e:       stays yours.
 * f:       stays yours.
 * g:       stays yours.
 * h:       stays yours.
 * maybe_x: NULL for none.
 * wit:     import demo:lower/i#spilled
 */
void demo_lower_i_spilled(w_string_t *a, w_string_t *b, w_string_t *c, w_string_t *d, w_string_t *e,
    w_string_t *f, w_string_t *g, w_string_t *h, uint8_t *maybe_x);

/**
 * More than four do not in an async import; in the export they do.
 *
 * args:    stays yours; keep it until the call has started. Handles inside are given away.
 * result:  keep it until the call has returned; what it holds then is yours; release with demo_lower_i_point_free().
 * returns: see W_SUBTASK_STATE() and W_SUBTASK_HANDLE().
 * wit:     import demo:lower/i#later
 */
w_subtask_status_t demo_lower_i_later(demo_lower_i_later_args_t *args, demo_lower_i_point_t *result);

/** wit: import demo:lower/i#wrapped */
void demo_lower_i_wrapped(w_tuple1_u8_t *p, w_tuple1_u8_t *ret);

/* Exported: demo:lower/i */

/**
 * Scalars go as they are, small ones extended by the C calling convention.
 *
 * wit: export demo:lower/i#scalars
 */
int16_t exports_demo_lower_i_scalars(int8_t a, uint16_t b, uint32_t c, bool d);

/**
 * A single payload needs no statement.
 *
 * maybe_o: NULL for none.
 * r:       yours; release with exports_demo_lower_i_result_void_u8_free().
 * returns: true after setting `ret`; false for none.
 * wit:     export demo:lower/i#single
 */
bool exports_demo_lower_i_single(uint32_t *maybe_o, exports_demo_lower_i_result_void_u8_t *r, uint32_t *ret);

/**
 * Pointer and length; the result is written through the caller's own pointer.
 *
 * s:   yours; release with w_string_free().
 * ret: allocate with malloc; freed when the caller has it.
 * wit: export demo:lower/i#strings
 */
void exports_demo_lower_i_strings(w_string_t *s, w_string_t *ret);

/**
 * s:       yours; release with exports_demo_lower_i_shape_free().
 * ret:     allocate with malloc; freed when the caller has it.
 * err:     allocate with malloc; freed when the caller has it.
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     export demo:lower/i#joined
 */
bool exports_demo_lower_i_joined(exports_demo_lower_i_shape_t *s, exports_demo_lower_i_shape_t *ret,
    w_string_t *err);

/**
 * p:       yours; release with exports_demo_lower_i_point_free().
 * maybe_o: NULL for none; yours; release with exports_demo_lower_i_shape_free().
 * wit:     export demo:lower/i#nested
 */
void exports_demo_lower_i_nested(exports_demo_lower_i_point_t *p, exports_demo_lower_i_shape_t *maybe_o);

/**
 * Seventeen core values do not travel flat: the parameters are one record in memory.
 *
 * a:       yours; release with w_string_free().
 * b:       yours; release with w_string_free().
 * c:       yours; release with w_string_free().
 * d:       yours; release with w_string_free().
 * e:       yours; release with w_string_free().
 * f:       yours; release with w_string_free().
 * g:       yours; release with w_string_free().
 * h:       yours; release with w_string_free().
 * maybe_x: NULL for none.
 * wit:     export demo:lower/i#spilled
 */
void exports_demo_lower_i_spilled(w_string_t *a, w_string_t *b, w_string_t *c, w_string_t *d, w_string_t *e,
    w_string_t *f, w_string_t *g, w_string_t *h, uint8_t *maybe_x);

/**
 * More than four do not in an async import; in the export they do.
 *
 * a:       yours; release with w_string_free().
 * b:       yours; release with w_string_free().
 * returns: W_CALLBACK_CODE_EXIT, _YIELD or _WAIT(set); the result goes to exports_demo_lower_i_later_return().
 * wit:     export demo:lower/i#later
 */
w_callback_code_t exports_demo_lower_i_later(w_string_t *a, w_string_t *b, uint32_t c);
w_callback_code_t exports_demo_lower_i_later_callback(w_event_t *event);
/* The result of exports_demo_lower_i_later: stays yours. To be called once. */
void exports_demo_lower_i_later_return(exports_demo_lower_i_point_t ret);

/** wit: export demo:lower/i#wrapped */
void exports_demo_lower_i_wrapped(w_tuple1_u8_t *p, w_tuple1_u8_t *ret);

void demo_lower_i_shape_free(demo_lower_i_shape_t *ptr);

void w_option_string_free(w_option_string_t *ptr);

void demo_lower_i_point_free(demo_lower_i_point_t *ptr);

void w_option_u32_free(w_option_u32_t *ptr);

void demo_lower_i_result_void_u8_free(demo_lower_i_result_void_u8_t *ptr);

void demo_lower_i_result_shape_string_free(demo_lower_i_result_shape_string_t *ptr);

void demo_lower_i_option_shape_free(demo_lower_i_option_shape_t *ptr);

void w_option_u8_free(w_option_u8_t *ptr);

void exports_demo_lower_i_shape_free(exports_demo_lower_i_shape_t *ptr);

void exports_demo_lower_i_point_free(exports_demo_lower_i_point_t *ptr);

void exports_demo_lower_i_result_void_u8_free(exports_demo_lower_i_result_void_u8_t *ptr);

void exports_demo_lower_i_result_shape_string_free(exports_demo_lower_i_result_shape_string_t *ptr);

void exports_demo_lower_i_option_shape_free(exports_demo_lower_i_option_shape_t *ptr);

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
