/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams and futures made usable: ends that know what they are doing, and the loops that everybody would write.
 *
 *   static const witguest_stream_type bytes = WITGUEST_STREAM_TYPE(demo_proxy_stream_u8, uint8_t);
 *
 *   witguest_reader body;                                    in memory of yours, until it is dropped
 *   witguest_reader_init(&body, &bytes, request_body);       takes the readable end
 *   witguest_read_all(&body, 1 << 20, body_read, call);      and later: body_read(call, status, data, count)
 *   ...
 *   witguest_reader_drop(&body);
 *
 * On the loop (loop.h) a function starts something and `done` is told, as work of the task that started it. In a goroutine (go.h)
 * witguest_go_read and its kin wait.
 *
 * Laws (each has a test named after it)
 *
 *  P1. An end has at most one operation. A second one is refused with EBUSY and changes nothing.
 *  P2. `done` runs exactly once if the function returned OK, after it has returned; never if it returned an error. Buffers are
 *      lent until then.
 *  P3. OK means that something happened: at least one element was read, all were written. ECLOSED: the other end is gone;
 *      ECANCELLED: witguest_reader_cancel or witguest_writer_cancel. `count` says how many elements moved, in each case.
 *  P4. Memory is bounded by what the caller said.
 *
 * Source: the component model's Concurrency.md, "Streams and Futures"; canonical ABI, stream.read and its kin.
 */
#ifndef WITGUEST_STREAM_H
#define WITGUEST_STREAM_H

#include <witguest/loop.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Types ----------------------------------------------------------------------------------------------------------- */

/* The generated functions of one stream or future type. Made by the macros below; constant. */
typedef void (*witguest_generated)(void);
typedef struct witguest_stream_type {
  size_t size; /* of an element in C; 0 for those without payload */
  bool is_future;
  witguest_generated read, write;
  uint32_t (*cancel_read)(uint32_t end), (*cancel_write)(uint32_t end);
  void (*drop_readable)(uint32_t end), (*drop_writable)(uint32_t end);
} witguest_stream_type;

/* prefix: what the names of the generated functions begin with: for demo_proxy_stream_u8_read, demo_proxy_stream_u8. */
#define WITGUEST__STREAM_TYPE(prefix, size, is_future)                                                                     \
  {size, is_future, (witguest_generated)prefix##_read, (witguest_generated)prefix##_write, prefix##_cancel_read,           \
   prefix##_cancel_write, prefix##_drop_readable, prefix##_drop_writable}
#define WITGUEST_STREAM_TYPE(prefix, element) WITGUEST__STREAM_TYPE(prefix, sizeof(element), false)
#define WITGUEST_FUTURE_TYPE(prefix, element) WITGUEST__STREAM_TYPE(prefix, sizeof(element), true)
/* `stream` and `future` without payload. */
#define WITGUEST_STREAM_VOID_TYPE(prefix) WITGUEST__STREAM_TYPE(prefix, 0, false)
#define WITGUEST_FUTURE_VOID_TYPE(prefix) WITGUEST__STREAM_TYPE(prefix, 0, true)

/* ---- Ends ------------------------------------------------------------------------------------------------------------ */

typedef void (*witguest_moved)(void *arg, int status, size_t count);

/* Private, but for its size. */
typedef struct witguest__end {
  const witguest_stream_type *type;
  uint32_t handle;
  bool writes, active, closed, all;
  char *at;
  size_t left, moved;
  witguest_moved done;
  void *arg;
  witguest_await await;
} witguest__end;

typedef struct witguest_reader { witguest__end end; } witguest_reader;
typedef struct witguest_writer { witguest__end end; } witguest_writer;

/* Takes the end. type: outlives the reader. */
void witguest_reader_init(witguest_reader *reader, const witguest_stream_type *type, uint32_t readable);
void witguest_writer_init(witguest_writer *writer, const witguest_stream_type *type, uint32_t writable);
/* Drops the end; the other side hears of it. EBUSY: an operation is active; cancel it first. */
int witguest_reader_drop(witguest_reader *reader);
int witguest_writer_drop(witguest_writer *writer);
/* Gives the end back, to be passed on: a result, an argument. EBUSY. */
int witguest_reader_take(witguest_reader *reader, uint32_t *readable);
/* Takes the operation back: its `done` runs with ECANCELLED, or with what had happened. EINVAL: none is active. */
int witguest_reader_cancel(witguest_reader *reader);
int witguest_writer_cancel(witguest_writer *writer);

/* Reads up to `count` elements. What elements own is yours. EBUSY, ECLOSED (it was heard of before), ENOLOOP. For
 * a future `count` is 1: the value. */
int witguest_read(witguest_reader *reader, void *elements, size_t count, witguest_moved done, void *arg);
/* Writes all elements, or until the reader is gone. What the written ones own has been taken. EBUSY, ECLOSED, ENOLOOP. */
int witguest_write_all(witguest_writer *writer, const void *elements, size_t count, witguest_moved done, void *arg);

/* ---- Loops ----------------------------------------------------------------------------------------------------------- */

/* elements: own; release with free(). NULL if there are none. */
typedef void (*witguest_read_all_done)(void *arg, int status, void *elements, size_t count);
/* Reads to the end, up to `limit` elements. Status OK: that was all; ELIMIT: there is more, and it was not read to the end;
 * ECANCELLED. EBUSY, ENOLOOP. */
int witguest_read_all(witguest_reader *reader, size_t limit, witguest_read_all_done done, void *arg);

/* Reads to the end and writes everything, with a buffer of `chunk` elements: a slow writer holds the reader back. For elements
 * that own no memory. Status OK: all there was; ECLOSED: the writer's other end is gone; ECANCELLED: one of the two was
 * cancelled; what was read is written all the same, if it can be. Both ends stay yours. EBUSY, EINVAL (other types, or chunk is 0), ENOLOOP. */
int witguest_copy(witguest_reader *reader, witguest_writer *writer, size_t chunk, witguest_moved done, void *arg);

/* Lines of a stream<u8>. In memory of yours. */
typedef struct witguest_lines {
  witguest_reader *reader;
  char *buffer;
  size_t limit, start, end;
  bool is_over, active;
  void (*done)(void *arg, int status, char *line, size_t length);
  void *arg;
} witguest_lines;

/* Lines of what the reader reads. reader: lent until witguest_lines_release. limit: the longest line, in bytes; that much memory is kept. */
void witguest_lines_init(witguest_lines *lines, witguest_reader *reader, size_t limit);
/* Frees the memory; the reader is yours again. */
void witguest_lines_release(witguest_lines *lines);
/* The next line, without its line feed (and carriage return); also the last one if it has none. line: lent until the next call;
 * there is room for a NUL behind it, and it is there. Status OK; ECLOSED: there are no more; ELIMIT: longer than the limit: its beginning
 * is given, its rest comes next; ECANCELLED: the reader was. EBUSY, ENOLOOP. */
int witguest_lines_next(witguest_lines *lines, void (*done)(void *arg, int status, char *line, size_t length), void *arg);

#ifdef __cplusplus
}
#endif
#endif
