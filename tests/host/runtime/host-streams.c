/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams and futures whose other end is the host's. In every second round, and always on engines that keep no stacks, what
 * the guest reads is on offer before it asks; else it comes piece by piece, and the guest has to wait.
 */
#include <stdio.h>
#include <string.h>

#include "guest.h"

enum { ITEMS = 12, WRITERS = 4 };

typedef test_host_streams_types_item_t item;
typedef struct host host;

/* A stream that the host writes. */
typedef struct writer {
  host *host;
  withost_stream *end; /* NULL: this record is free */
  int (*write)(struct writer *w, size_t count);
  size_t sent, total;
  bool paused;
} writer;

/* A call of the host, and what came of it: a result, or what was read from the stream or future in it. */
typedef struct outcome {
  host *host;
  withost_call *call; /* of an import that reads */
  int status;
  bool ended;
  uint64_t number;
  guest_string_t strings[3];
  uint8_t bytes[3];
  uint32_t value;
  char text[128];
} outcome;

struct host {
  withost_store *store;
  bool at_once;
  uint8_t bytes[ITEMS];
  item items[ITEMS];
  char names[ITEMS][8];
  writer writers[WRITERS];
  withost_future *later; /* to be written */
  outcome outcome, taken;
};

/* ---- Writing ---- */

static void on_written(void *user, withost_stream *stream, int status, size_t count);

static int bytes_write(writer *w, size_t count) {
  return test_host_streams_source_stream_u8_write(w->end, w->host->bytes + w->sent, count, on_written, w);
}

static int items_write(writer *w, size_t count) {
  return test_host_streams_source_stream_item_write(w->end, w->host->items + w->sent, count, on_written, w);
}

static void writer_end(writer *w) {
  withost_stream_drop(w->end);
  w->end = NULL;
}

/* One after the other, or all that is left. */
static void writer_go_on(writer *w) { w->write(w, w->host->at_once ? w->total - w->sent : 1); }

static void on_written(void *user, withost_stream *stream, int status, size_t count) {
  writer *w = user;
  (void)stream;
  w->sent += count;
  w->paused = !w->host->at_once && w->sent % 3 == 2; /* now and then the reader has to wait */
  if (status != WITHOST_OK || w->sent == w->total) writer_end(w);
  else if (!w->paused) writer_go_on(w);
}

static void writer_begin(host *h, int (*write)(writer *, size_t), withost_stream *end, size_t total) {
  writer *w = h->writers;
  while (w < h->writers + WRITERS - 1 && w->end) w++;
  *w = (writer){h, end, write, 0, total, false};
  if (!total) writer_end(w);
  else writer_go_on(w);
}

static withost_stream *bytes_new(host *h, size_t total) {
  withost_stream *readable = NULL, *writable = NULL;
  test_host_streams_source_stream_u8_new(h->store, &readable, &writable);
  writer_begin(h, bytes_write, writable, total);
  return readable;
}

static withost_stream *items_new(host *h, size_t total) {
  withost_stream *readable = NULL, *writable = NULL;
  test_host_streams_source_stream_item_new(h->store, &readable, &writable);
  writer_begin(h, items_write, writable, total);
  return readable;
}

static void on_future_written(void *user, withost_future *future, int status) {
  (void)user;
  (void)status;
  withost_future_drop(future);
}

static void future_give(withost_future *writable) {
  static const guest_string_t text = {(uint8_t *)(uintptr_t)"later", 5};
  test_host_streams_source_future_string_write(writable, &text, on_future_written, NULL);
}

static withost_future *future_new(host *h, bool now) {
  withost_future *readable = NULL, *writable = NULL;
  test_host_streams_source_future_string_new(h->store, &readable, &writable);
  if (now) future_give(writable);
  else h->later = writable;
  return readable;
}

/* ---- Time: lets all go on that waits, until nothing does ---- */

static bool resume_one(host *h) {
  withost_future *later = h->later;
  h->later = NULL;
  if (later) return future_give(later), true;
  for (writer *w = h->writers; w < h->writers + WRITERS; w++)
    if (w->end && w->paused) return w->paused = false, writer_go_on(w), true;
  return false;
}

static void settle(host *h) {
  do while (withost_store_run(h->store) == 1) continue;
  while (resume_one(h) || withost_store_is_ready(h->store));
}

/* ---- Reading: three elements at a time ---- */

static void on_bytes(void *user, withost_stream *stream, int status, size_t count) {
  outcome *o = user;
  for (size_t n = 0; n < count; n++) snprintf(o->text + strlen(o->text), sizeof o->text - strlen(o->text), "%u ", o->bytes[n]);
  o->number += count;
  if (status == WITHOST_OK) {
    exports_test_host_streams_sink_stream_u8_read(stream, o->bytes, 3, on_bytes, o);
    return;
  }
  o->ended = status == WITHOST_EDROPPED;
  withost_stream_drop(stream);
  if (o->call) guest_test_host_streams_source_take_return(o->call, (uint32_t)o->number);
}

static void on_strings(void *user, withost_stream *stream, int status, size_t count) {
  outcome *o = user;
  for (size_t n = 0; n < count; n++) {
    snprintf(o->text + strlen(o->text), sizeof o->text - strlen(o->text), "%.*s;", (int)o->strings[n].len, (char *)o->strings[n].ptr);
    guest_string_free(&o->strings[n]);
  }
  if (status == WITHOST_OK) {
    exports_test_host_streams_sink_stream_string_read(stream, o->strings, 3, on_strings, o);
    return;
  }
  o->ended = status == WITHOST_EDROPPED;
  withost_stream_drop(stream);
}

static void on_value(void *user, withost_future *future, int status) {
  outcome *o = user;
  o->ended = status == WITHOST_OK;
  o->number = o->value;
  withost_future_drop(future);
}

/* ---- Results ---- */

static void on_sum(void *user, withost_call *call, int status, const uint64_t *sum) {
  outcome *o = user;
  (void)call;
  o->status = status;
  if (sum) o->number = *sum;
}

static void on_count(void *user, withost_call *call, int status, const uint32_t *count) {
  outcome *o = user;
  (void)call;
  o->status = status;
  if (count) o->number = *count;
}

static void on_text(void *user, withost_call *call, int status, const guest_string_t *text) {
  outcome *o = user;
  (void)call;
  o->status = status;
  if (text) snprintf(o->text, sizeof o->text, "%.*s", (int)text->len, (const char *)text->ptr);
}

static void on_stream_of_bytes(void *user, withost_call *call, int status, withost_stream *const *stream) {
  outcome *o = user;
  (void)call;
  o->status = status;
  if (stream) exports_test_host_streams_sink_stream_u8_read(*stream, o->bytes, 3, on_bytes, o);
}

static void on_stream_of_strings(void *user, withost_call *call, int status, withost_stream *const *stream) {
  outcome *o = user;
  (void)call;
  o->status = status;
  if (stream) exports_test_host_streams_sink_stream_string_read(*stream, o->strings, 3, on_strings, o);
}

static void on_future(void *user, withost_call *call, int status, withost_future *const *future) {
  outcome *o = user;
  (void)call;
  o->status = status;
  if (future) exports_test_host_streams_sink_future_u32_read(*future, &o->value, on_value, o);
}

static outcome *outcome_begin(host *h) {
  h->outcome = (outcome){.host = h, .status = 1};
  return &h->outcome;
}

/* ---- Imports ---- */

static withost_stream *on_source_bytes(void *user, withost_call *call, uint32_t total) { return (void)call, bytes_new(user, total); }
static withost_stream *on_source_items(void *user, withost_call *call, uint32_t total) { return (void)call, items_new(user, total); }

static withost_future *on_source_later(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  (void)call;
  (void)milliseconds;
  return future_new(h, h->at_once);
}

static void on_take(void *user, withost_call *call, withost_stream *stream) {
  host *h = user;
  h->taken = (outcome){.host = h, .call = call};
  test_host_streams_source_stream_u8_read(stream, h->taken.bytes, 3, on_bytes, &h->taken);
}

/* ---- The case ---- */

#define SINK(name) guest_test_host_streams_sink_##name

static void number_is(case_run *c, int error, uint64_t wanted, const char *what) {
  host *h = c->state;
  if (!case_called(c, error, what)) return;
  settle(h);
  case_equal(c, (uint64_t)h->outcome.status, WITHOST_OK, "the call has its result");
  case_equal(c, h->outcome.number, wanted, what);
}

static void text_is(case_run *c, int error, const char *wanted, const char *what) {
  host *h = c->state;
  if (!case_called(c, error, what)) return;
  settle(h);
  case_equal(c, (uint64_t)h->outcome.status, WITHOST_OK, "the call has its result");
  case_text(c, h->outcome.text, strlen(h->outcome.text), wanted, what);
}

static void guest_reads(case_run *c, guest_instance *guest, host *h) {
  for (uint8_t n = 0; n < ITEMS; n++) h->bytes[n] = n;
  number_is(c, SINK(sum)(guest, NULL, bytes_new(h, 10), on_sum, outcome_begin(h), NULL), 45, "the guest sums up a stream of the host");
  h->bytes[0] = 200, h->bytes[1] = 100;
  number_is(c, SINK(sum)(guest, NULL, bytes_new(h, 2), on_sum, outcome_begin(h), NULL), 300, "and a short one");
  h->bytes[0] = 0, h->bytes[1] = 1;
  number_is(c, SINK(sum)(guest, NULL, bytes_new(h, 0), on_sum, outcome_begin(h), NULL), 0, "and an empty one");
  text_is(c, SINK(join)(guest, NULL, items_new(h, 5), on_text, outcome_begin(h), NULL), "0n0\xc3\xa9;1n1\xc3\xa9;2n2\xc3\xa9;3n3\xc3\xa9;4n4\xc3\xa9;",
          "records with strings");
  text_is(c, SINK(read)(guest, NULL, future_new(h, true), on_text, outcome_begin(h), NULL), "later",
          "the guest reads a future that has its value");
  text_is(c, SINK(read)(guest, NULL, future_new(h, h->at_once), on_text, outcome_begin(h), NULL), "later",
          "the guest reads a future that may have none yet");
}

static void host_reads(case_run *c, guest_instance *guest, host *h) {
  text_is(c, SINK(words)(guest, NULL, 4, on_stream_of_strings, outcome_begin(h), NULL), "w\xc3\xb6rd 0;w\xc3\xb6rd 1;w\xc3\xb6rd 2;w\xc3\xb6rd 3;",
          "the host reads strings of the guest");
  case_check(c, h->outcome.ended, "until the guest drops its end");
  text_is(c, SINK(bytes)(guest, NULL, 7, on_stream_of_bytes, outcome_begin(h), NULL), "0 1 2 3 4 5 6 ", "the host reads bytes of the guest");
  case_check(c, h->outcome.ended, "until the guest drops its end");
  number_is(c, SINK(answer)(guest, NULL, 3, on_future, outcome_begin(h), NULL), 30, "the host reads a future of the guest");
  case_check(c, h->outcome.ended, "which had a value");
}

static void guest_asks(case_run *c, guest_instance *guest, host *h) {
  text_is(c, SINK(pull)(guest, NULL, on_text, outcome_begin(h), NULL), "66 0n0\xc3\xa9;1n1\xc3\xa9;2n2\xc3\xa9;3n3\xc3\xa9; later",
          "the guest asks the host for streams and a future");
  number_is(c, SINK(push)(guest, NULL, 9, on_count, outcome_begin(h), NULL), 9, "the guest sends a stream along with a call");
}

static void open(case_run *c) {
  static const guest_imports imports = {
    .test_host_streams_source_bytes = on_source_bytes, .test_host_streams_source_items = on_source_items,
    .test_host_streams_source_later = on_source_later, .test_host_streams_source_take = on_take};
  host *h = c->state;
  h->store = c->store;
  for (uint32_t n = 0; n < ITEMS; n++) {
    snprintf(h->names[n], sizeof h->names[n], "n%u\xc3\xa9", n);
    h->items[n] = (item){n, guest_string_of(h->names[n])};
  }
  guest_open(c, &imports);
}

static void round_of_calls(case_run *c) {
  host *h = c->state;
  h->at_once = !c->can_block || c->rounds % 2;
  guest_reads(c, guest_of(c), h);
  host_reads(c, guest_of(c), h);
  guest_asks(c, guest_of(c), h);
}

int main(void) {
  return case_main(&(case_plan){.name = "host-streams", .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(host), .open = open,
                                .round = round_of_calls});
}
