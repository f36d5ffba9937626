/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * The far end of futures. Most of it is in callback form; `many` simply waits inside the call, which C may do too. */
#include <stdlib.h>
#include <string.h>
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_futures_io_##name
#define BLOCKED CALLEE_WAITABLE_STATUS_BLOCKED

typedef struct job {
  uint32_t end;
  callee_waitable_set_t set;
  uint32_t turns, number;
  callee_string_t text, title;
} job;

static job *job_new(uint32_t end) {
  job *j = calloc(1, sizeof *j);
  if (!j) abort();
  j->end = end;
  j->set = callee_waitable_set_new();
  if (end) callee_waitable_join(end, j->set);
  callee_context_set_0(j);
  return j;
}

static callee_callback_code_t job_wait(job *j) { return CALLEE_CALLBACK_CODE_WAIT(j->set); }

static callee_callback_code_t job_exit(job *j) {
  callee_waitable_set_drop(j->set);
  free(j);
  return CALLEE_CALLBACK_CODE_EXIT;
}

/* consume */

static callee_callback_code_t consume_end(job *j, callee_waitable_status_t status) {
  if (status != CALLEE_WAITABLE_COMPLETED) callee_string_dup(&j->text, "(dropped)");
  callee_waitable_join(j->end, 0);
  IO(future_string_drop_readable)(j->end);
  IO(consume_return)(j->text);
  callee_string_free(&j->text);
  return job_exit(j);
}

callee_callback_code_t IO(consume)(IO(future_string_t) f) {
  job *j = job_new(f);
  callee_waitable_status_t status = IO(future_string_read)(f, &j->text);
  return status == BLOCKED ? job_wait(j) : consume_end(j, status);
}

callee_callback_code_t IO(consume_callback)(callee_event_t *event) {
  return consume_end(callee_context_get_0(), event->code);
}

/* produce */

static callee_callback_code_t produce_end(job *j) {
  callee_waitable_join(j->end, 0);
  IO(future_string_drop_writable)(j->end);
  callee_string_free(&j->text);
  return job_exit(j);
}

static callee_callback_code_t produce_turn(job *j) {
  if (j->turns--) return CALLEE_CALLBACK_CODE_YIELD;
  callee_string_dup(&j->text, "later");
  return IO(future_string_write)(j->end, &j->text) == BLOCKED ? job_wait(j) : produce_end(j);
}

callee_callback_code_t IO(produce)(uint32_t turns) {
  IO(future_string_writer_t) writer;
  IO(produce_return)(IO(future_string_new)(&writer));
  job *j = job_new(writer);
  j->turns = turns;
  return produce_turn(j);
}

callee_callback_code_t IO(produce_callback)(callee_event_t *event) {
  job *j = callee_context_get_0();
  return event->event == CALLEE_EVENT_FUTURE_WRITE ? produce_end(j) : produce_turn(j);
}

/* consume-unit */

static callee_callback_code_t consume_unit_end(job *j) {
  callee_waitable_join(j->end, 0);
  IO(future_void_drop_readable)(j->end);
  IO(consume_unit_return)();
  return job_exit(j);
}

callee_callback_code_t IO(consume_unit)(IO(future_void_t) f) {
  job *j = job_new(f);
  return IO(future_void_read)(f) == BLOCKED ? job_wait(j) : consume_unit_end(j);
}

callee_callback_code_t IO(consume_unit_callback)(callee_event_t *event) {
  (void)event;
  return consume_unit_end(callee_context_get_0());
}

/* open */

static callee_callback_code_t open_end(job *j) {
  callee_waitable_join(j->end, 0);
  IO(future_string_drop_writable)(j->end);
  callee_string_free(&j->text);
  return job_exit(j);
}

callee_callback_code_t IO(open)(bool fail) {
  IO(result_letter_string_t) result = {.is_err = fail};
  if (fail) {
    callee_string_dup(&result.val.err, "no letter");
    IO(open_return)(result);
    callee_string_free(&result.val.err);
    return CALLEE_CALLBACK_CODE_EXIT;
  }
  IO(future_string_writer_t) writer;
  callee_string_set(&result.val.ok.title, "title"); /* what is passed to _return stays ours: a literal will do */
  result.val.ok.body = IO(future_string_new)(&writer);
  IO(open_return)(result);
  job *j = job_new(writer);
  callee_string_dup(&j->text, "body");
  return IO(future_string_write)(writer, &j->text) == BLOCKED ? job_wait(j) : open_end(j);
}

callee_callback_code_t IO(open_callback)(callee_event_t *event) {
  (void)event;
  return open_end(callee_context_get_0());
}

/* read-letter */

static callee_callback_code_t read_letter_end(job *j) {
  callee_waitable_join(j->end, 0);
  IO(future_string_drop_readable)(j->end);
  IO(read_letter_return)((uint32_t)(j->text.len + j->title.len));
  callee_string_free(&j->text);
  callee_string_free(&j->title);
  return job_exit(j);
}

callee_callback_code_t IO(read_letter)(IO(letter_t) *l) {
  job *j = job_new(l->body);
  j->title = l->title;
  return IO(future_string_read)(l->body, &j->text) == BLOCKED ? job_wait(j) : read_letter_end(j);
}

callee_callback_code_t IO(read_letter_callback)(callee_event_t *event) {
  (void)event;
  return read_letter_end(callee_context_get_0());
}

callee_callback_code_t IO(refuse)(IO(future_u32_t) f) {
  IO(future_u32_drop_readable)(f);
  IO(refuse_return)();
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(refuse_callback)(callee_event_t *event) {
  (void)event;
  abort();
}

/* many */

static void wait_inside(uint32_t waitable) {
  callee_waitable_set_t set = callee_waitable_set_new();
  callee_event_t event;
  callee_waitable_join(waitable, set);
  callee_waitable_set_wait(set, &event);
  callee_waitable_join(waitable, 0);
  callee_waitable_set_drop(set);
}

callee_callback_code_t IO(many)(uint32_t count) {
  IO(stream_future_u32_writer_t) stream;
  IO(many_return)(IO(stream_future_u32_new)(&stream));
  for (uint32_t i = 0; i < count; i++) {
    IO(future_u32_writer_t) writer;
    IO(future_u32_t) future = IO(future_u32_new)(&writer);
    uint32_t value = i * i;
    if (IO(stream_future_u32_write)(stream, &future, 1) == BLOCKED) wait_inside(stream);
    if (IO(future_u32_write)(writer, &value) == BLOCKED) wait_inside(writer);
    IO(future_u32_drop_writable)(writer);
  }
  IO(stream_future_u32_drop_writable)(stream);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(many_callback)(callee_event_t *event) {
  (void)event;
  abort();
}

/* A future that is kept over several calls */

static IO(future_u32_t) held;

void IO(hold)(IO(future_u32_t) f) { held = f; }
void IO(let_go)(void) { IO(future_u32_drop_readable)(held); }

static callee_callback_code_t read_held_end(job *j) {
  callee_waitable_join(j->end, 0);
  IO(read_held_return)(j->number);
  return job_exit(j);
}

callee_callback_code_t IO(read_held)(void) {
  job *j = job_new(held);
  return IO(future_u32_read)(held, &j->number) == BLOCKED ? job_wait(j) : read_held_end(j);
}

callee_callback_code_t IO(read_held_callback)(callee_event_t *event) {
  (void)event;
  return read_held_end(callee_context_get_0());
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }
