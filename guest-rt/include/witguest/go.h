/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Goroutines: functions that wait in the middle, channels between them, select, wait groups and contexts, in the style of Go,
 * on the loop (loop.h) and charged like everything on it. One runs at a time, until it waits.
 *
 *   w_callback_code_t exports_w_f(uint32_t n) { return witguest_go_start(f_main, new_call(n)); }
 *   w_callback_code_t exports_w_f_callback(w_event_t *e) { return witguest_loop_event(e->event, e->waitable, e->code); }
 *
 *   static void f_main(void *call) {
 *     witguest_channel *answers = witguest_channel_new(sizeof(answer), 0);
 *     witguest_go(ask_one, answers);
 *     witguest_go(ask_other, answers);
 *     answer first;
 *     witguest_channel_receive(answers, &first);              waits; other goroutines, of this and other calls, run
 *     ...
 *   }
 *   static void ask_one(void *answers) {
 *     answer a;
 *     if (witguest_go_await(import_ask(..., &a)) == WITGUEST_RETURNED) witguest_channel_send(answers, &a);
 *   }
 *
 * A wasm module has one stack: the linked module is rewritten by Binaryen, once, last of all:
 *
 *   wasm-opt --asyncify --pass-arg=asyncify-ignore-imports -Oz guest.wasm -o guest.wasm
 *
 * Laws (each has a test named after it)
 *
 *  G1. A goroutine works for the task that its starter worked for, across every wait; scopes that it is inside of too.
 *  G2. Those who wait on a channel are served in the order in which they came. A select that can do several things does not
 *      prefer the first.
 *  G3. A value is copied by its size, from the sender's memory to the receiver's. It is received exactly once.
 *  G4. Closing wakes all who wait. What is in the buffer can still be received.
 *  G5. A goroutine keeps its call alive until it ends, also when the result was returned long ago, and when the call is
 *      cancelled: cancelling stops nobody by force.
 *
 * What waits can be called in a goroutine only, and returns ENOGO elsewhere; everything else anywhere on the loop. When
 * memory runs out the instance traps. So it does when a goroutine has overflowed its stack, at its next wait or end.
 *
 * Source: the Go language specification (channel types, send statements, receive operator, select statements); Binaryen's
 * Asyncify pass.
 */
#ifndef WITGUEST_GO_H
#define WITGUEST_GO_H

#include <witguest/stream.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct witguest_channel witguest_channel;
typedef struct witguest_context witguest_context;

/* ---- Goroutines ------------------------------------------------------------------------------------------------------ */

/* Stack of a goroutine, in bytes, if nothing else is said: of an export's first one, and of others. The functions of printf
 * want 10 KiB, whatever they print; so an export's own goroutine may call them, and others need witguest_go_sized for it. */
#define WITGUEST_GO_EXPORT_STACK 16384
#define WITGUEST_GO_STACK 5120

/* The body of an async export: runs fn(arg) in a goroutine, then a turn of the loop. Returns the callback code. */
uint32_t witguest_go_start(void (*fn)(void *arg), void *arg);

/* Runs fn(arg) in a new goroutine for the current task, soon: its starter goes on first. ENOLOOP. */
int witguest_go(void (*fn)(void *arg), void *arg);
/* The same with a stack of `stack` bytes, at least 1024. EINVAL: less than that. */
int witguest_go_sized(size_t stack, void (*fn)(void *arg), void *arg);
/* True in a goroutine. */
bool witguest_go_is_inside(void);
/* Lets others run: goroutines that are ready, and from time to time the host's events. ENOGO. */
int witguest_go_yield(void);

/* ---- Awaiting -------------------------------------------------------------------------------------------------------- */

/* How an import ended. */
enum { WITGUEST_RETURNED = 2, WITGUEST_CANCELLED_BEFORE_STARTED = 3, WITGUEST_CANCELLED_BEFORE_RETURNED = 4 };

/* Waits for the import whose status that is, and drops its subtask. Returns one of the above; ENOGO, ENOLOOP: the subtask
 * is still yours. */
int witguest_go_await(uint32_t status);
/* The same, and asks the import to stop when the context ends; it may have returned all the same. */
int witguest_go_await_in(witguest_context *context, uint32_t status);
/* Waits for a read or write of a stream or future: `status` is what the generated function returned, `end` its end.
 * Returns the final status (never the one that says blocked). Traps outside of a goroutine. */
uint32_t witguest_go_await_copy(uint32_t end, uint32_t status);
/* The same, and takes the operation back when the context ends. cancel: the generated function that does so. */
uint32_t witguest_go_await_copy_in(witguest_context *context, uint32_t end, uint32_t status, uint32_t (*cancel)(uint32_t end));
/* Waits for that time, by witguest_set_wait (loop.h). ENOGO, EINVAL (no wait is set). */
int witguest_go_sleep(uint64_t nanoseconds);
/* The same, or until the context ends: ECANCELLED, EDEADLINE. */
int witguest_go_sleep_in(witguest_context *context, uint64_t nanoseconds);

/* ---- Channels -------------------------------------------------------------------------------------------------------- */

/* For values of `size` bytes (0: signals only), of which `capacity` fit in without a receiver. Own; release with
 * witguest_channel_free. */
witguest_channel *witguest_channel_new(size_t size, size_t capacity);
/* Nobody may wait on it. Values in it are forgotten. NULL is fine. */
void witguest_channel_free(witguest_channel *channel);
/* No more values: senders get ECLOSED; receivers too, when the buffer is empty. Twice is once. */
void witguest_channel_close(witguest_channel *channel);
/* Waits until the value was taken, or is in the buffer. value: copied; NULL if the size is 0. ECLOSED, ENOGO. */
int witguest_channel_send(witguest_channel *channel, const void *value);
/* Waits for a value. value: NULL throws it away. ECLOSED: none will come; ENOGO. */
int witguest_channel_receive(witguest_channel *channel, void *value);
/* The same without waiting: EAGAIN where it would have to. Not only in goroutines. */
int witguest_channel_try_send(witguest_channel *channel, const void *value);
int witguest_channel_try_receive(witguest_channel *channel, void *value);
/* How many values are in the buffer. */
size_t witguest_channel_count(const witguest_channel *channel);

/* ---- Streams ---------------------------------------------------------------------------------------------------------- */

/* The functions of stream.h, waiting: they return the status that `done` would be given, or the error; and ENOGO. moved: how many
 * elements, or NULL. */
int witguest_go_read(witguest_reader *reader, void *elements, size_t count, size_t *moved);
int witguest_go_write_all(witguest_writer *writer, const void *elements, size_t count, size_t *moved);
int witguest_go_copy(witguest_reader *reader, witguest_writer *writer, size_t chunk, size_t *moved);
/* Reads to the end. *elements: own; release with free(). */
int witguest_go_read_all(witguest_reader *reader, size_t limit, void **elements, size_t *count);
/* Reads a line. *line: lent until the next call. */
int witguest_go_next_line(witguest_lines *lines, char **line, size_t *length);
/* A stream as a channel: receives what the reader reads; closes the channel at the end of the stream. OK; ECLOSED: the channel
 * was closed; EINVAL: their elements have different sizes. */
int witguest_channel_fill(witguest_channel *channel, witguest_reader *reader);
/* The reverse: writes what the channel is sent, until it is closed. OK; ECLOSED: the stream's reader is gone; EINVAL. */
int witguest_channel_drain(witguest_channel *channel, witguest_writer *writer);

/* ---- Select ---------------------------------------------------------------------------------------------------------- */

/* A place in a line, in memory of yours. */
typedef struct witguest_place { void *private_[5]; } witguest_place;

typedef struct witguest_case {
  witguest_channel *channel; /* NULL: never ready */
  const void *send;          /* the value to send; NULL: receive */
  void *receive;             /* where to; NULL throws it away */
  int status;                /* set for the one that happened: OK or ECLOSED */
  witguest_place place;
} witguest_case;

/* Does one of the cases, waiting for it if it must. Returns its index. EINVAL: no case has a channel; ENOGO. To send on a
 * channel of size 0, `send` is any pointer that is not NULL. */
int witguest_select(witguest_case *cases, size_t count);
/* The same without waiting: EAGAIN if none can be done. Not only in goroutines. */
int witguest_select_now(witguest_case *cases, size_t count);

/* ---- Wait groups ----------------------------------------------------------------------------------------------------- */

/* Zeroed: nothing to wait for. In memory of yours while anybody waits. */
typedef struct witguest_wait_group {
  size_t count; /* how many are not done */
  void *private_[2];
} witguest_wait_group;

/* So many more are to be done. */
void witguest_wait_group_add(witguest_wait_group *group, size_t count);
/* One is done. EINVAL: more often than added. */
int witguest_wait_group_done(witguest_wait_group *group);
/* Waits until the count is 0. ENOGO. */
int witguest_wait_group_wait(witguest_wait_group *group);

/* ---- Contexts -------------------------------------------------------------------------------------------------------- */

/*
 * A context says to many goroutines that they should stop. They are a tree: whoever ends one ends those below it. A wait that takes
 * a context ends with it; a select gets a case that receives from witguest_context_done.
 */

/* A context below another. parent: NULL for none; not needed afterwards. Own; release with witguest_context_free. */
witguest_context *witguest_context_new(witguest_context *parent);
/* Nobody may wait on its channel. Those below it live on, without a parent. NULL is fine. */
void witguest_context_free(witguest_context *context);
/* Ends it, and all below it, with ECANCELLED. */
void witguest_context_cancel(witguest_context *context);
/* Ends it, and all below it, with EDEADLINE when that time has passed, by witguest_set_wait (loop.h). The timer is the current
 * task's, and keeps it until the context ends or is freed. EBUSY: it has one already; EINVAL: no wait is set. */
int witguest_context_timeout(witguest_context *context, uint64_t nanoseconds);
/* OK, or why it has ended: ECANCELLED, EDEADLINE. */
int witguest_context_status(const witguest_context *context);
/* A channel that is closed when the context ends: for select. Borrowed from the context. */
witguest_channel *witguest_context_done(witguest_context *context);

#ifdef __cplusplus
}
#endif
#endif
