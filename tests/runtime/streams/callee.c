/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Reader and writer at the far end of streams, in callback form. Every job is a step function that is given the status
 * of the copy before, goes on until a copy blocks, and is called again with the status from the event.
 */
#include <stdlib.h>
#include <string.h>
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_streams_io_##name

enum { MAX_CHUNK = 8 };

typedef struct job {
  uint32_t end; /* the stream end it works on */
  callee_waitable_set_t set;
  uint32_t chunk, total, done;
  uint64_t sum;
  rt_text text;
  uint8_t bytes[MAX_CHUNK];
  IO(item_t) items[2];
  callee_string_t strings[3];
} job;

static job *job_new(uint32_t end) {
  job *j = calloc(1, sizeof *j);
  if (!j) abort();
  j->end = end;
  j->set = callee_waitable_set_new();
  callee_waitable_join(end, j->set);
  callee_context_set_0(j);
  return j;
}

/* The end has left the set. Dropping it would be enough, but jco 1.35 wants to be told. */
static callee_callback_code_t job_exit(job *j) {
  callee_waitable_set_drop(j->set);
  free(j);
  return CALLEE_CALLBACK_CODE_EXIT;
}

static bool is_over(callee_waitable_status_t status) { return CALLEE_WAITABLE_STATE(status) == CALLEE_WAITABLE_DROPPED; }

/* consume-bytes */

static callee_callback_code_t consume_bytes_step(job *j, callee_waitable_status_t status) {
  while (status != CALLEE_WAITABLE_STATUS_BLOCKED) {
    for (uint32_t i = 0; i < CALLEE_WAITABLE_COUNT(status); i++) j->sum += j->bytes[i];
    if (is_over(status)) {
      callee_waitable_join(j->end, 0);
      IO(stream_u8_drop_readable)(j->end);
      IO(consume_bytes_return)(j->sum);
      return job_exit(j);
    }
    status = IO(stream_u8_read)(j->end, j->bytes, j->chunk);
  }
  return CALLEE_CALLBACK_CODE_WAIT(j->set);
}

callee_callback_code_t IO(consume_bytes)(IO(stream_u8_t) s, uint32_t chunk) {
  job *j = job_new(s);
  j->chunk = chunk;
  return consume_bytes_step(j, CALLEE_WAITABLE_COMPLETED);
}

callee_callback_code_t IO(consume_bytes_callback)(callee_event_t *event) {
  return consume_bytes_step(callee_context_get_0(), event->code);
}

/* produce-bytes: works on after it has answered */

static callee_callback_code_t produce_bytes_step(job *j, callee_waitable_status_t status) {
  while (status != CALLEE_WAITABLE_STATUS_BLOCKED) {
    j->done += CALLEE_WAITABLE_COUNT(status);
    if (is_over(status) || j->done == j->total) {
      callee_waitable_join(j->end, 0);
      IO(stream_u8_drop_writable)(j->end);
      return job_exit(j);
    }
    uint32_t left = j->total - j->done, amount = left < j->chunk ? left : j->chunk;
    for (uint32_t i = 0; i < amount; i++) j->bytes[i] = (uint8_t)(j->done + i);
    status = IO(stream_u8_write)(j->end, j->bytes, amount);
  }
  return CALLEE_CALLBACK_CODE_WAIT(j->set);
}

callee_callback_code_t IO(produce_bytes)(uint32_t total, uint32_t chunk) {
  IO(stream_u8_writer_t) writer;
  IO(produce_bytes_return)(IO(stream_u8_new)(&writer));
  job *j = job_new(writer);
  j->total = total;
  j->chunk = chunk;
  return produce_bytes_step(j, CALLEE_WAITABLE_COMPLETED);
}

callee_callback_code_t IO(produce_bytes_callback)(callee_event_t *event) {
  return produce_bytes_step(callee_context_get_0(), event->code);
}

/* consume-items */

static callee_callback_code_t consume_items_step(job *j, callee_waitable_status_t status) {
  while (status != CALLEE_WAITABLE_STATUS_BLOCKED) {
    for (uint32_t i = 0; i < CALLEE_WAITABLE_COUNT(status); i++) {
      rt_put_u64(&j->text, j->items[i].id);
      rt_put_n(&j->text, j->items[i].name.ptr, j->items[i].name.len);
      rt_put(&j->text, ";");
      IO(item_free)(&j->items[i]); /* what a read brings is the reader's */
    }
    if (is_over(status)) {
      callee_waitable_join(j->end, 0);
      IO(stream_item_drop_readable)(j->end);
      callee_string_t text = {(uint8_t *)j->text.ptr, j->text.len};
      IO(consume_items_return)(text);
      free(j->text.ptr);
      return job_exit(j);
    }
    status = IO(stream_item_read)(j->end, j->items, 2);
  }
  return CALLEE_CALLBACK_CODE_WAIT(j->set);
}

callee_callback_code_t IO(consume_items)(IO(stream_item_t) s) {
  return consume_items_step(job_new(s), CALLEE_WAITABLE_COMPLETED);
}

callee_callback_code_t IO(consume_items_callback)(callee_event_t *event) {
  return consume_items_step(callee_context_get_0(), event->code);
}

/* produce-strings */

static void fill_strings(job *j) {
  for (uint32_t i = 0; i < 3; i++) {
    rt_text text = {0};
    rt_put(&text, "s");
    rt_put_u64(&text, j->done + i);
    j->strings[i] = (callee_string_t){(uint8_t *)text.ptr, text.len};
  }
}

static void free_strings(job *j) {
  for (uint32_t i = 0; i < 3; i++) callee_string_free(&j->strings[i]);
}

static callee_callback_code_t produce_strings_step(job *j, callee_waitable_status_t status) {
  while (status != CALLEE_WAITABLE_STATUS_BLOCKED) {
    if (j->done || CALLEE_WAITABLE_COUNT(status) || is_over(status)) free_strings(j);
    j->done += CALLEE_WAITABLE_COUNT(status);
    if (is_over(status) || j->done == j->total) {
      callee_waitable_join(j->end, 0);
      IO(stream_string_drop_writable)(j->end);
      return job_exit(j);
    }
    uint32_t left = j->total - j->done;
    fill_strings(j);
    status = IO(stream_string_write)(j->end, j->strings, left < 3 ? left : 3);
  }
  return CALLEE_CALLBACK_CODE_WAIT(j->set);
}

callee_callback_code_t IO(produce_strings)(uint32_t total) {
  IO(stream_string_writer_t) writer;
  IO(produce_strings_return)(IO(stream_string_new)(&writer));
  job *j = job_new(writer);
  j->total = total;
  return produce_strings_step(j, CALLEE_WAITABLE_COMPLETED);
}

callee_callback_code_t IO(produce_strings_callback)(callee_event_t *event) {
  return produce_strings_step(callee_context_get_0(), event->code);
}

/* consume-units */

static callee_callback_code_t consume_units_step(job *j, callee_waitable_status_t status) {
  while (status != CALLEE_WAITABLE_STATUS_BLOCKED) {
    j->done += CALLEE_WAITABLE_COUNT(status);
    if (is_over(status)) {
      callee_waitable_join(j->end, 0);
      IO(stream_void_drop_readable)(j->end);
      IO(consume_units_return)(j->done);
      return job_exit(j);
    }
    status = IO(stream_void_read)(j->end, 2);
  }
  return CALLEE_CALLBACK_CODE_WAIT(j->set);
}

callee_callback_code_t IO(consume_units)(IO(stream_void_t) s) {
  return consume_units_step(job_new(s), CALLEE_WAITABLE_COMPLETED);
}

callee_callback_code_t IO(consume_units_callback)(callee_event_t *event) {
  return consume_units_step(callee_context_get_0(), event->code);
}

/* read-once */

static callee_callback_code_t read_once_step(job *j, callee_waitable_status_t status) {
  if (status == CALLEE_WAITABLE_STATUS_BLOCKED) return CALLEE_CALLBACK_CODE_WAIT(j->set);
  callee_waitable_join(j->end, 0);
  IO(stream_u8_drop_readable)(j->end);
  IO(read_once_return)(CALLEE_WAITABLE_COUNT(status));
  return job_exit(j);
}

callee_callback_code_t IO(read_once)(IO(stream_u8_t) s, uint32_t count) {
  job *j = job_new(s);
  return read_once_step(j, IO(stream_u8_read)(s, j->bytes, count));
}

callee_callback_code_t IO(read_once_callback)(callee_event_t *event) {
  return read_once_step(callee_context_get_0(), event->code);
}

callee_callback_code_t IO(pass)(IO(stream_u8_t) s) {
  IO(pass_return)(s);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(pass_callback)(callee_event_t *event) {
  (void)event;
  abort();
}

/* A stream that is kept over several calls */

static IO(stream_u8_t) held;

void IO(hold)(IO(stream_u8_t) s) { held = s; }
void IO(let_go)(void) { IO(stream_u8_drop_readable)(held); }

static callee_callback_code_t read_held_step(job *j, callee_waitable_status_t status) {
  if (status == CALLEE_WAITABLE_STATUS_BLOCKED) return CALLEE_CALLBACK_CODE_WAIT(j->set);
  callee_list_u8_t got = {j->bytes, CALLEE_WAITABLE_COUNT(status)};
  IO(read_held_return)(got);
  callee_waitable_join(j->end, 0);
  return job_exit(j);
}

callee_callback_code_t IO(read_held)(uint32_t count) {
  job *j = job_new(held);
  return read_held_step(j, IO(stream_u8_read)(held, j->bytes, count));
}

callee_callback_code_t IO(read_held_callback)(callee_event_t *event) {
  return read_held_step(callee_context_get_0(), event->code);
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }
