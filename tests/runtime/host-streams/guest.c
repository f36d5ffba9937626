/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Streams and futures whose other end is the host's. Readers wait inside their calls. Writers that work on after their
 * answer are in callback form: jco 1.35 hands the answer to the host only when the guest gives up its stack. */
#include <stdlib.h>
#include "guest.h"
#include "rt.h"

#define SOURCE(name) test_host_streams_source_##name
#define SINK(name) exports_test_host_streams_sink_##name
#define BLOCKED GUEST_WAITABLE_STATUS_BLOCKED
#define UNUSED_CALLBACK(name) \
  guest_callback_code_t SINK(name##_callback)(guest_event_t *event) { (void)event; abort(); }

UNUSED_CALLBACK(sum)
UNUSED_CALLBACK(join)
UNUSED_CALLBACK(read)
UNUSED_CALLBACK(pull)
UNUSED_CALLBACK(push)

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }

static uint32_t settled(uint32_t waitable, guest_waitable_status_t status) {
  if (status != BLOCKED) return status;
  guest_waitable_set_t set = guest_waitable_set_new();
  guest_event_t event;
  guest_waitable_join(waitable, set);
  guest_waitable_set_wait(set, &event);
  guest_waitable_join(waitable, 0);
  guest_waitable_set_drop(set);
  return event.code;
}

static uint64_t sum_up(SOURCE(stream_u8_t) s) {
  uint8_t buffer[5];
  uint64_t sum = 0;
  uint32_t status;
  do {
    status = settled(s, SOURCE(stream_u8_read)(s, buffer, sizeof buffer));
    for (uint32_t i = 0; i < GUEST_WAITABLE_COUNT(status); i++) sum += buffer[i];
  } while (GUEST_WAITABLE_STATE(status) == GUEST_WAITABLE_COMPLETED);
  SOURCE(stream_u8_drop_readable)(s);
  return sum;
}

/* The text of all items. */
static rt_text join_up(SOURCE(stream_item_t) s) {
  SOURCE(item_t) items[3];
  rt_text text = {0};
  uint32_t status;
  do {
    status = settled(s, SOURCE(stream_item_read)(s, items, 3));
    for (uint32_t i = 0; i < GUEST_WAITABLE_COUNT(status); i++) {
      rt_put_u64(&text, items[i].id);
      rt_put_n(&text, items[i].name.ptr, items[i].name.len);
      rt_put(&text, ";");
      test_host_streams_types_item_free(&items[i]);
    }
  } while (GUEST_WAITABLE_STATE(status) == GUEST_WAITABLE_COMPLETED);
  SOURCE(stream_item_drop_readable)(s);
  return text;
}

static guest_string_t read_up(SOURCE(future_string_t) f) {
  guest_string_t text = {0};
  settled(f, SOURCE(future_string_read)(f, &text));
  SOURCE(future_string_drop_readable)(f);
  return text;
}

static void send(SOURCE(stream_u8_writer_t) writer, uint32_t total) {
  uint8_t byte[2];
  for (uint32_t sent = 0; sent < total;) {
    byte[0] = (uint8_t)sent;
    byte[1] = (uint8_t)(sent + 1);
    uint32_t status = settled(writer, SOURCE(stream_u8_write)(writer, byte, total - sent > 1 ? 2 : 1));
    sent += GUEST_WAITABLE_COUNT(status);
    if (GUEST_WAITABLE_STATE(status) != GUEST_WAITABLE_COMPLETED) break;
  }
  SOURCE(stream_u8_drop_writable)(writer);
}

guest_callback_code_t SINK(sum)(SINK(stream_u8_t) s) {
  SINK(sum_return)(sum_up(s));
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t SINK(join)(SINK(stream_item_t) s) {
  rt_text text = join_up(s);
  guest_string_t result = {(uint8_t *)text.ptr, text.len};
  SINK(join_return)(result);
  free(text.ptr);
  return GUEST_CALLBACK_CODE_EXIT;
}

/* Writers */

typedef struct job {
  uint32_t writer, total, done;
  guest_waitable_set_t set;
  uint8_t byte;
  uint32_t number;
  guest_string_t word;
} job;

static job *job_new(uint32_t writer, uint32_t total) {
  job *j = calloc(1, sizeof *j);
  if (!j) abort();
  j->writer = writer;
  j->total = total;
  j->set = guest_waitable_set_new();
  guest_waitable_join(writer, j->set);
  guest_context_set_0(j);
  return j;
}

static guest_callback_code_t job_exit(job *j) {
  guest_waitable_set_drop(j->set);
  free(j);
  return GUEST_CALLBACK_CODE_EXIT;
}

static guest_callback_code_t words_step(job *j, guest_waitable_status_t status) {
  while (status != BLOCKED) {
    guest_string_free(&j->word);
    j->done += GUEST_WAITABLE_COUNT(status);
    if (GUEST_WAITABLE_STATE(status) != GUEST_WAITABLE_COMPLETED || j->done == j->total) {
      guest_waitable_join(j->writer, 0);
      SINK(stream_string_drop_writable)(j->writer);
      return job_exit(j);
    }
    rt_text text = {0};
    rt_put(&text, "wörd ");
    rt_put_u64(&text, j->done);
    j->word = (guest_string_t){(uint8_t *)text.ptr, text.len};
    status = SINK(stream_string_write)(j->writer, &j->word, 1);
  }
  return GUEST_CALLBACK_CODE_WAIT(j->set);
}

guest_callback_code_t SINK(words)(uint32_t total) {
  SINK(stream_string_writer_t) writer;
  SINK(words_return)(SINK(stream_string_new)(&writer));
  return words_step(job_new(writer, total), GUEST_WAITABLE_COMPLETED);
}

guest_callback_code_t SINK(words_callback)(guest_event_t *event) { return words_step(guest_context_get_0(), event->code); }

static guest_callback_code_t bytes_step(job *j, guest_waitable_status_t status) {
  while (status != BLOCKED) {
    j->done += GUEST_WAITABLE_COUNT(status);
    if (GUEST_WAITABLE_STATE(status) != GUEST_WAITABLE_COMPLETED || j->done == j->total) {
      guest_waitable_join(j->writer, 0);
      SOURCE(stream_u8_drop_writable)(j->writer);
      return job_exit(j);
    }
    j->byte = (uint8_t)j->done;
    status = SOURCE(stream_u8_write)(j->writer, &j->byte, 1);
  }
  return GUEST_CALLBACK_CODE_WAIT(j->set);
}

guest_callback_code_t SINK(bytes)(uint32_t total) {
  SOURCE(stream_u8_writer_t) writer;
  SINK(bytes_return)(SOURCE(stream_u8_new)(&writer));
  return bytes_step(job_new(writer, total), GUEST_WAITABLE_COMPLETED);
}

guest_callback_code_t SINK(bytes_callback)(guest_event_t *event) { return bytes_step(guest_context_get_0(), event->code); }

static guest_callback_code_t answer_end(job *j) {
  guest_waitable_join(j->writer, 0);
  SINK(future_u32_drop_writable)(j->writer);
  return job_exit(j);
}

guest_callback_code_t SINK(answer)(uint32_t turns) {
  SINK(future_u32_writer_t) writer;
  SINK(answer_return)(SINK(future_u32_new)(&writer));
  job_new(writer, turns)->number = turns * 10;
  return GUEST_CALLBACK_CODE_YIELD;
}

guest_callback_code_t SINK(answer_callback)(guest_event_t *event) {
  job *j = guest_context_get_0();
  if (event->event == GUEST_EVENT_FUTURE_WRITE) return answer_end(j);
  if (j->total--) return GUEST_CALLBACK_CODE_YIELD;
  return SINK(future_u32_write)(j->writer, &j->number) == BLOCKED ? GUEST_CALLBACK_CODE_WAIT(j->set) : answer_end(j);
}

guest_callback_code_t SINK(read)(SINK(future_string_t) f) {
  guest_string_t text = read_up(f);
  SINK(read_return)(text);
  guest_string_free(&text);
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t SINK(pull)(void) {
  rt_text text = {0}, items;
  rt_put_u64(&text, sum_up(SOURCE(bytes)(12)));
  rt_put(&text, " ");
  items = join_up(SOURCE(items)(4));
  rt_put_n(&text, items.ptr, items.len);
  free(items.ptr);
  guest_string_t later = read_up(SOURCE(later)(20));
  rt_put(&text, " ");
  rt_put_n(&text, later.ptr, later.len);
  guest_string_free(&later);
  guest_string_t result = {(uint8_t *)text.ptr, text.len};
  SINK(pull_return)(result);
  free(text.ptr);
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t SINK(push)(uint32_t total) {
  SOURCE(stream_u8_writer_t) writer;
  uint32_t taken = 0;
  guest_subtask_status_t call = SOURCE(take)(SOURCE(stream_u8_new)(&writer), &taken);
  send(writer, total);
  if (GUEST_SUBTASK_STATE(call) != GUEST_SUBTASK_RETURNED) {
    guest_subtask_t subtask = GUEST_SUBTASK_HANDLE(call);
    while (settled(subtask, BLOCKED) != GUEST_SUBTASK_RETURNED) continue;
    guest_subtask_drop(subtask);
  }
  SINK(push_return)(taken);
  return GUEST_CALLBACK_CODE_EXIT;
}
