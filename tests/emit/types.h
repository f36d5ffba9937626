#ifndef __BINDINGS_DRAWING_H
#define __BINDINGS_DRAWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Text in UTF-8: `len` counts bytes; there is no terminator. */
typedef struct drawing_string_t {
  uint8_t *ptr;
  size_t len;
} drawing_string_t;

/** A handle to the description of an error. */
typedef uint32_t drawing_error_context_t;

/*
 * Async built-ins. A call of an async import is a subtask, a call of an async export a task. Waitables are subtasks and
 * the ends of streams and futures; a task waits for several of them through a waitable set.
 */

/* What an async import returns: how far the call is, and its handle unless it has returned. */
typedef uint32_t drawing_subtask_status_t;
typedef uint32_t drawing_subtask_t;
#define DRAWING_SUBTASK_STATE(status) ((drawing_subtask_state_t)((status) & 0xf))
#define DRAWING_SUBTASK_HANDLE(status) ((drawing_subtask_t)((status) >> 4))

typedef enum drawing_subtask_state {
  DRAWING_SUBTASK_STARTING,           /* parameters are still being read */
  DRAWING_SUBTASK_STARTED,            /* parameters may go, the result buffer must stay */
  DRAWING_SUBTASK_RETURNED,           /* the result is there */
  DRAWING_SUBTASK_STARTED_CANCELLED,  /* cancelled before it started: owned handles are yours again */
  DRAWING_SUBTASK_RETURNED_CANCELLED, /* cancelled before it returned */
} drawing_subtask_state_t;

/* Asks a call to stop and waits for its final state. The subtask must not be in a waitable set. */
drawing_subtask_status_t drawing_subtask_cancel(drawing_subtask_t subtask);
/* Releases the handle of a call that has returned or was cancelled. */
void drawing_subtask_drop(drawing_subtask_t subtask);

/* What an async export and its callback return. */
typedef uint32_t drawing_callback_code_t;
#define DRAWING_CALLBACK_CODE_EXIT 0
#define DRAWING_CALLBACK_CODE_YIELD 1
#define DRAWING_CALLBACK_CODE_WAIT(set) (2 | ((set) << 4))

typedef enum drawing_event_code {
  DRAWING_EVENT_NONE,
  DRAWING_EVENT_SUBTASK,      /* code: the state of the subtask */
  DRAWING_EVENT_STREAM_READ,  /* code: a waitable status */
  DRAWING_EVENT_STREAM_WRITE,
  DRAWING_EVENT_FUTURE_READ,
  DRAWING_EVENT_FUTURE_WRITE,
  DRAWING_EVENT_CANCEL,       /* the caller wants this task to stop */
} drawing_event_code_t;

typedef struct drawing_event {
  drawing_event_code_t event;
  uint32_t waitable __attribute__((__aligned__(8))); /* where the host writes this and the next word */
  uint32_t code;
} drawing_event_t;

typedef uint32_t drawing_waitable_set_t;
drawing_waitable_set_t drawing_waitable_set_new(void);
/* Moves a waitable into a set; 0 takes it out of any. */
void drawing_waitable_join(uint32_t waitable, drawing_waitable_set_t set);
/* The set must be empty. */
void drawing_waitable_set_drop(drawing_waitable_set_t set);
/* Blocks until there is an event. */
void drawing_waitable_set_wait(drawing_waitable_set_t set, drawing_event_t *event);
/* Never blocks: DRAWING_EVENT_NONE when there is nothing. */
void drawing_waitable_set_poll(drawing_waitable_set_t set, drawing_event_t *event);

/* Ends the current task without a result; only after DRAWING_EVENT_CANCEL. */
void drawing_task_cancel(void);

/* What reading, writing and cancelling on streams and futures return. */
typedef uint32_t drawing_waitable_status_t;
#define DRAWING_WAITABLE_STATE(status) ((drawing_waitable_state_t)((status) & 0xf))
#define DRAWING_WAITABLE_COUNT(status) ((uint32_t)((status) >> 4))
/* The buffer stays lent until the event arrives. */
#define DRAWING_WAITABLE_STATUS_BLOCKED ((drawing_waitable_status_t)-1)

typedef enum drawing_waitable_state {
  DRAWING_WAITABLE_COMPLETED,
  DRAWING_WAITABLE_DROPPED,   /* the other end is gone */
  DRAWING_WAITABLE_CANCELLED,
} drawing_waitable_state_t;

/* While incremented, the host starts no new calls of async exports in this instance. */
void drawing_backpressure_inc(void);
void drawing_backpressure_dec(void);

/* A word of storage that belongs to the current task, initially NULL. */
void *drawing_context_get_0(void);
void drawing_context_set_0(void *value);

/* Lets other work run before it returns. */
void drawing_thread_yield(void);

/**
 * A place.
 *
 * With a / * comment * / in its words.
 *
 * wit: record demo:types/shapes@1.0.0#point
 */
typedef struct demo_types_shapes_point_t {
  /** To the right. */
  int32_t x;
  double y;
  bool int_;
} demo_types_shapes_point_t;

/** wit: enum demo:types/shapes@1.0.0#color */
typedef uint8_t demo_types_shapes_color_t;

#define DEMO_TYPES_SHAPES_COLOR_RED 0
#define DEMO_TYPES_SHAPES_COLOR_DARK_GREEN 1

/** wit: flags demo:types/shapes@1.0.0#access */
typedef uint8_t demo_types_shapes_access_t;

#define DEMO_TYPES_SHAPES_ACCESS_READ (1 << 0)
#define DEMO_TYPES_SHAPES_ACCESS_WRITE (1 << 1)

typedef struct demo_types_shapes_list_point_t {
  demo_types_shapes_point_t *ptr;
  size_t len;
} demo_types_shapes_list_point_t;

/**
 * release: demo_types_shapes_shape_free()
 * wit:     variant demo:types/shapes@1.0.0#shape
 */
typedef struct demo_types_shapes_shape_t {
  uint8_t tag;
  union {
    demo_types_shapes_point_t dot;
    demo_types_shapes_list_point_t polygon;
  } val;
} demo_types_shapes_shape_t;

#define DEMO_TYPES_SHAPES_SHAPE_DOT 0
#define DEMO_TYPES_SHAPES_SHAPE_EMPTY 1
/** Its corners. */
#define DEMO_TYPES_SHAPES_SHAPE_POLYGON 2

/**
 * release: demo_types_shapes_alias_free()
 * wit:     type demo:types/shapes@1.0.0#alias
 */
typedef demo_types_shapes_shape_t demo_types_shapes_alias_t;

/**
 * release: demo_types_shapes_name_free()
 * wit:     type demo:types/shapes@1.0.0#name
 */
typedef drawing_string_t demo_types_shapes_name_t;

/**
 * Something that lives elsewhere.
 *
 * release: demo_types_shapes_canvas_drop_own()
 * wit:     resource demo:types/shapes@1.0.0#canvas
 */
typedef struct demo_types_shapes_own_canvas_t {
  int32_t __handle;
} demo_types_shapes_own_canvas_t;

/** A borrowed handle: to be dropped only by an exported function that received it. */
typedef struct demo_types_shapes_borrow_canvas_t {
  int32_t __handle;
} demo_types_shapes_borrow_canvas_t;

typedef struct drawing_list_string_t {
  drawing_string_t *ptr;
  size_t len;
} drawing_list_string_t;

typedef uint32_t demo_types_shapes_stream_u8_t;

typedef struct drawing_list4_u8_t {
  uint8_t f[4];
} drawing_list4_u8_t;

typedef struct drawing_map_u32_string_entry_t {
  uint32_t key;
  drawing_string_t value;
} drawing_map_u32_string_entry_t;

typedef struct drawing_map_u32_string_t {
  drawing_map_u32_string_entry_t *ptr;
  size_t len;
} drawing_map_u32_string_t;

/**
 * release: demo_types_shapes_frame_drop(), which also drops the handles inside
 * wit:     record demo:types/shapes@1.0.0#frame
 */
typedef struct demo_types_shapes_frame_t {
  demo_types_shapes_own_canvas_t canvas;
  drawing_list_string_t titles;
  demo_types_shapes_stream_u8_t pixels;
  drawing_list4_u8_t raw;
  drawing_map_u32_string_t index;
} demo_types_shapes_frame_t;

typedef struct drawing_tuple2_u8_u64_t {
  uint8_t f0;
  uint64_t f1;
} drawing_tuple2_u8_u64_t;

typedef struct demo_types_shapes_result_tuple2_u8_u64_error_context_t {
  bool is_err;
  union {
    drawing_tuple2_u8_u64_t ok;
    drawing_error_context_t err;
  } val;
} demo_types_shapes_result_tuple2_u8_u64_error_context_t;

/**
 * A place.
 *
 * With a / * comment * / in its words.
 *
 * wit: record demo:types/shapes@1.0.0#point
 */
typedef struct exports_demo_types_shapes_point_t {
  /** To the right. */
  int32_t x;
  double y;
  bool int_;
} exports_demo_types_shapes_point_t;

/** wit: enum demo:types/shapes@1.0.0#color */
typedef uint8_t exports_demo_types_shapes_color_t;

#define EXPORTS_DEMO_TYPES_SHAPES_COLOR_RED 0
#define EXPORTS_DEMO_TYPES_SHAPES_COLOR_DARK_GREEN 1

/** wit: flags demo:types/shapes@1.0.0#access */
typedef uint8_t exports_demo_types_shapes_access_t;

#define EXPORTS_DEMO_TYPES_SHAPES_ACCESS_READ (1 << 0)
#define EXPORTS_DEMO_TYPES_SHAPES_ACCESS_WRITE (1 << 1)

typedef struct exports_demo_types_shapes_list_point_t {
  exports_demo_types_shapes_point_t *ptr;
  size_t len;
} exports_demo_types_shapes_list_point_t;

/**
 * release: exports_demo_types_shapes_shape_free()
 * wit:     variant demo:types/shapes@1.0.0#shape
 */
typedef struct exports_demo_types_shapes_shape_t {
  uint8_t tag;
  union {
    exports_demo_types_shapes_point_t dot;
    exports_demo_types_shapes_list_point_t polygon;
  } val;
} exports_demo_types_shapes_shape_t;

#define EXPORTS_DEMO_TYPES_SHAPES_SHAPE_DOT 0
#define EXPORTS_DEMO_TYPES_SHAPES_SHAPE_EMPTY 1
/** Its corners. */
#define EXPORTS_DEMO_TYPES_SHAPES_SHAPE_POLYGON 2

/**
 * release: exports_demo_types_shapes_alias_free()
 * wit:     type demo:types/shapes@1.0.0#alias
 */
typedef exports_demo_types_shapes_shape_t exports_demo_types_shapes_alias_t;

/**
 * release: exports_demo_types_shapes_name_free()
 * wit:     type demo:types/shapes@1.0.0#name
 */
typedef drawing_string_t exports_demo_types_shapes_name_t;

/**
 * Something that lives elsewhere.
 *
 * release: exports_demo_types_shapes_canvas_drop_own()
 * wit:     resource demo:types/shapes@1.0.0#canvas
 */
typedef struct exports_demo_types_shapes_own_canvas_t {
  int32_t __handle;
} exports_demo_types_shapes_own_canvas_t;

/** What a handle stands for: this component defines the struct. */
typedef struct exports_demo_types_shapes_canvas_t exports_demo_types_shapes_canvas_t;

typedef exports_demo_types_shapes_canvas_t *exports_demo_types_shapes_borrow_canvas_t;

typedef uint32_t exports_demo_types_shapes_stream_u8_t;

/**
 * release: exports_demo_types_shapes_frame_drop(), which also drops the handles inside
 * wit:     record demo:types/shapes@1.0.0#frame
 */
typedef struct exports_demo_types_shapes_frame_t {
  exports_demo_types_shapes_own_canvas_t canvas;
  drawing_list_string_t titles;
  exports_demo_types_shapes_stream_u8_t pixels;
  drawing_list4_u8_t raw;
  drawing_map_u32_string_t index;
} exports_demo_types_shapes_frame_t;

typedef struct exports_demo_types_shapes_result_tuple2_u8_u64_error_context_t {
  bool is_err;
  union {
    drawing_tuple2_u8_u64_t ok;
    drawing_error_context_t err;
  } val;
} exports_demo_types_shapes_result_tuple2_u8_u64_error_context_t;

/* Imported: demo:types/shapes@1.0.0 */

/* Handles of resource canvas. */
void demo_types_shapes_canvas_drop_own(demo_types_shapes_own_canvas_t handle);
/* For borrows that an exported function was given. */
void demo_types_shapes_canvas_drop_borrow(demo_types_shapes_borrow_canvas_t handle);
/* A borrow of what you own, good while you keep it; not to be dropped. */
demo_types_shapes_borrow_canvas_t demo_types_shapes_borrow_canvas(demo_types_shapes_own_canvas_t handle);

/*
 * demo_types_shapes_stream_u8_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is DRAWING_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t demo_types_shapes_stream_u8_writer_t;
demo_types_shapes_stream_u8_t demo_types_shapes_stream_u8_new(demo_types_shapes_stream_u8_writer_t *writer);
drawing_waitable_status_t demo_types_shapes_stream_u8_read(demo_types_shapes_stream_u8_t reader, uint8_t *buf, size_t count);
drawing_waitable_status_t demo_types_shapes_stream_u8_write(demo_types_shapes_stream_u8_writer_t writer, const uint8_t *buf, size_t count);
drawing_waitable_status_t demo_types_shapes_stream_u8_cancel_read(demo_types_shapes_stream_u8_t reader);
drawing_waitable_status_t demo_types_shapes_stream_u8_cancel_write(demo_types_shapes_stream_u8_writer_t writer);
void demo_types_shapes_stream_u8_drop_readable(demo_types_shapes_stream_u8_t reader);
void demo_types_shapes_stream_u8_drop_writable(demo_types_shapes_stream_u8_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void demo_types_shapes_stream_u8_forward(demo_types_shapes_stream_u8_t reader, demo_types_shapes_stream_u8_writer_t writer);

/**
 * title:   stays yours.
 * returns: own, release with demo_types_shapes_canvas_drop_own().
 * wit:     import demo:types/shapes@1.0.0#[constructor]canvas
 */
demo_types_shapes_own_canvas_t demo_types_shapes_constructor_canvas(demo_types_shapes_name_t *title);

/**
 * self: borrowed for the duration of the call.
 * what: stays yours.
 * wit:  import demo:types/shapes@1.0.0#[method]canvas.draw
 */
void demo_types_shapes_method_canvas_draw(demo_types_shapes_borrow_canvas_t self,
    demo_types_shapes_shape_t *what);

/**
 * f:       stays yours; handles inside are given away.
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     import demo:types/shapes@1.0.0#show
 */
bool demo_types_shapes_show(demo_types_shapes_frame_t *f, demo_types_shapes_color_t c,
    demo_types_shapes_access_t a, drawing_tuple2_u8_u64_t *ret, drawing_error_context_t *err);

/* Exported: demo:types/shapes@1.0.0 */

/* Handles of resource canvas, which you implement as a struct exports_demo_types_shapes_canvas_t of your own. */
exports_demo_types_shapes_own_canvas_t exports_demo_types_shapes_canvas_new(exports_demo_types_shapes_canvas_t *rep);
exports_demo_types_shapes_canvas_t *exports_demo_types_shapes_canvas_rep(exports_demo_types_shapes_own_canvas_t handle);
void exports_demo_types_shapes_canvas_drop_own(exports_demo_types_shapes_own_canvas_t handle);
/* To be defined by you: called when the last owner has dropped its handle. */
void exports_demo_types_shapes_canvas_destructor(exports_demo_types_shapes_canvas_t *rep);

/*
 * exports_demo_types_shapes_stream_u8_t: the readable end of a stream.
 * It travels in calls; the writable end stays with its maker.
 * `buf` is lent until the operation has ended: with the event, when the status is DRAWING_WAITABLE_STATUS_BLOCKED.
 */
typedef uint32_t exports_demo_types_shapes_stream_u8_writer_t;
exports_demo_types_shapes_stream_u8_t exports_demo_types_shapes_stream_u8_new(exports_demo_types_shapes_stream_u8_writer_t *writer);
drawing_waitable_status_t exports_demo_types_shapes_stream_u8_read(exports_demo_types_shapes_stream_u8_t reader, uint8_t *buf, size_t count);
drawing_waitable_status_t exports_demo_types_shapes_stream_u8_write(exports_demo_types_shapes_stream_u8_writer_t writer, const uint8_t *buf, size_t count);
drawing_waitable_status_t exports_demo_types_shapes_stream_u8_cancel_read(exports_demo_types_shapes_stream_u8_t reader);
drawing_waitable_status_t exports_demo_types_shapes_stream_u8_cancel_write(exports_demo_types_shapes_stream_u8_writer_t writer);
void exports_demo_types_shapes_stream_u8_drop_readable(exports_demo_types_shapes_stream_u8_t reader);
void exports_demo_types_shapes_stream_u8_drop_writable(exports_demo_types_shapes_stream_u8_writer_t writer);
/* Connects the ends on the other sides with each other; both handles are gone. Only where the host knows it. */
void exports_demo_types_shapes_stream_u8_forward(exports_demo_types_shapes_stream_u8_t reader, exports_demo_types_shapes_stream_u8_writer_t writer);

/**
 * title:   yours; release with exports_demo_types_shapes_name_free().
 * returns: own, given away.
 * wit:     export demo:types/shapes@1.0.0#[constructor]canvas
 */
exports_demo_types_shapes_own_canvas_t exports_demo_types_shapes_constructor_canvas(exports_demo_types_shapes_name_t *title);

/**
 * self: your object, good for the duration of the call.
 * what: yours; release with exports_demo_types_shapes_shape_free().
 * wit:  export demo:types/shapes@1.0.0#[method]canvas.draw
 */
void exports_demo_types_shapes_method_canvas_draw(exports_demo_types_shapes_borrow_canvas_t self,
    exports_demo_types_shapes_shape_t *what);

/**
 * f:       yours; release with exports_demo_types_shapes_frame_drop().
 * err:     stays yours.
 * returns: true if ok, with `ret` set; false if not, with `err` set.
 * wit:     export demo:types/shapes@1.0.0#show
 */
bool exports_demo_types_shapes_show(exports_demo_types_shapes_frame_t *f, exports_demo_types_shapes_color_t c,
    exports_demo_types_shapes_access_t a, drawing_tuple2_u8_u64_t *ret, drawing_error_context_t *err);

/* A new error context with a message, which stays yours. */
drawing_error_context_t drawing_error_context_new(drawing_string_t *debug_message);
/* The message, possibly changed by the host; release it with drawing_string_free(). */
void drawing_error_context_debug_message(drawing_error_context_t context, drawing_string_t *ret);
void drawing_error_context_drop(drawing_error_context_t context);

void demo_types_shapes_list_point_free(demo_types_shapes_list_point_t *ptr);

void demo_types_shapes_shape_free(demo_types_shapes_shape_t *ptr);

void demo_types_shapes_alias_free(demo_types_shapes_alias_t *ptr);

void demo_types_shapes_name_free(demo_types_shapes_name_t *ptr);

void drawing_list_string_free(drawing_list_string_t *ptr);

void drawing_map_u32_string_free(drawing_map_u32_string_t *ptr);

void demo_types_shapes_frame_free(demo_types_shapes_frame_t *ptr);

void demo_types_shapes_frame_drop(demo_types_shapes_frame_t *ptr);

void demo_types_shapes_result_tuple2_u8_u64_error_context_free(demo_types_shapes_result_tuple2_u8_u64_error_context_t *ptr);

void demo_types_shapes_result_tuple2_u8_u64_error_context_drop(demo_types_shapes_result_tuple2_u8_u64_error_context_t *ptr);

void exports_demo_types_shapes_list_point_free(exports_demo_types_shapes_list_point_t *ptr);

void exports_demo_types_shapes_shape_free(exports_demo_types_shapes_shape_t *ptr);

void exports_demo_types_shapes_alias_free(exports_demo_types_shapes_alias_t *ptr);

void exports_demo_types_shapes_name_free(exports_demo_types_shapes_name_t *ptr);

void exports_demo_types_shapes_frame_free(exports_demo_types_shapes_frame_t *ptr);

void exports_demo_types_shapes_frame_drop(exports_demo_types_shapes_frame_t *ptr);

void exports_demo_types_shapes_result_tuple2_u8_u64_error_context_free(exports_demo_types_shapes_result_tuple2_u8_u64_error_context_t *ptr);

void exports_demo_types_shapes_result_tuple2_u8_u64_error_context_drop(exports_demo_types_shapes_result_tuple2_u8_u64_error_context_t *ptr);

/** Makes `ret` refer to `s`, which ends in a zero byte, without copying: not to be freed. */
void drawing_string_set(drawing_string_t *ret, const char *s);

/** Copies `s`, which ends in a zero byte. release: drawing_string_free() */
void drawing_string_dup(drawing_string_t *ret, const char *s);

/** Copies `len` bytes. release: drawing_string_free() */
void drawing_string_dup_n(drawing_string_t *ret, const char *s, size_t len);

/** Frees the text and leaves an empty one. */
void drawing_string_free(drawing_string_t *ret);

#ifdef __cplusplus
}
#endif
#endif
