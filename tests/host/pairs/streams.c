/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams between two guests, made by either: the host hands their ends on and never sees an element. Payloads with a layout in
 * memory of their own are lifted from the one guest and lowered into the other by the library.
 */
#include "pair.h"

#define CALLEE(name) callee_test_streams_io_##name
#define RUNNER(name) runner_test_streams_io_##name

static void consume_bytes_done(void *user, withost_call *inner, int status, const uint64_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(consume_bytes_return)(call, *result);
}

static void on_consume_bytes(void *host, withost_call *call, test_streams_io_stream_u8_t s, uint32_t chunk) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(consume_bytes)(TO_CALLEE(host, call), s, chunk, consume_bytes_done, w, wire_inner(w)));
}

static void produce_bytes_done(void *user, withost_call *inner, int status, const exports_test_streams_io_stream_u8_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(produce_bytes_return)(call, *result);
}

static void on_produce_bytes(void *host, withost_call *call, uint32_t total, uint32_t chunk) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(produce_bytes)(TO_CALLEE(host, call), total, chunk, produce_bytes_done, w, wire_inner(w)));
}

static void consume_items_done(void *user, withost_call *inner, int status, const callee_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(consume_items_return)(call, SAME(runner_string_t, *result));
}

static void on_consume_items(void *host, withost_call *call, test_streams_io_stream_item_t s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(consume_items)(TO_CALLEE(host, call), s, consume_items_done, w, wire_inner(w)));
}

static void produce_strings_done(void *user, withost_call *inner, int status,
                                 const exports_test_streams_io_stream_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(produce_strings_return)(call, *result);
}

static void on_produce_strings(void *host, withost_call *call, uint32_t total) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(produce_strings)(TO_CALLEE(host, call), total, produce_strings_done, w, wire_inner(w)));
}

static void consume_units_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(consume_units_return)(call, *result);
}

static void on_consume_units(void *host, withost_call *call, test_streams_io_stream_void_t s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(consume_units)(TO_CALLEE(host, call), s, consume_units_done, w, wire_inner(w)));
}

static void read_once_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(read_once_return)(call, *result);
}

static void on_read_once(void *host, withost_call *call, test_streams_io_stream_u8_t s, uint32_t count) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(read_once)(TO_CALLEE(host, call), s, count, read_once_done, w, wire_inner(w)));
}

static void pass_done(void *user, withost_call *inner, int status, const exports_test_streams_io_stream_u8_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(pass_return)(call, *result);
}

static void on_pass(void *host, withost_call *call, test_streams_io_stream_u8_t s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(pass)(TO_CALLEE(host, call), s, pass_done, w, wire_inner(w)));
}

static void on_hold(void *host, withost_call *call, test_streams_io_stream_u8_t s) {
  wire_called(host, call, CALLEE(hold)(TO_CALLEE(host, call), s));
}

static void read_held_done(void *user, withost_call *inner, int status, const callee_list_u8_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(read_held_return)(call, SAME(runner_list_u8_t, *result));
}

static void on_read_held(void *host, withost_call *call, uint32_t count) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(read_held)(TO_CALLEE(host, call), count, read_held_done, w, wire_inner(w)));
}

static void on_let_go(void *host, withost_call *call) {
  wire_called(host, call, CALLEE(let_go)(TO_CALLEE(host, call)));
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_streams_io_consume_bytes = on_consume_bytes,
  .test_streams_io_produce_bytes = on_produce_bytes,
  .test_streams_io_consume_items = on_consume_items,
  .test_streams_io_produce_strings = on_produce_strings,
  .test_streams_io_consume_units = on_consume_units,
  .test_streams_io_read_once = on_read_once,
  .test_streams_io_pass = on_pass,
  .test_streams_io_hold = on_hold,
  .test_streams_io_read_held = on_read_held,
  .test_streams_io_let_go = on_let_go,
  .test_streams_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "streams", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = pair_round});
}
