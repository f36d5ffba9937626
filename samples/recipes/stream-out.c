/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Stream out: make a stream, give its readable end away, and write into the other one.
 */
#include "recipe.h"

static const witguest_stream_type bytes = WITGUEST_STREAM_TYPE(recipes_stream_u8, uint8_t);
static const char page[] = "<h1>Today</h1> <p>soup, bread, tea</p>";

typedef struct call {
  witguest_writer response;
  witguest_await sending;
  size_t written;
} call;

static void response_written(void *arg, int status, size_t count) {
  call *c = arg;
  (void)status; /* WITGUEST_ECLOSED: the reader went away before the end */
  c->written = count;
  witguest_writer_drop(&c->response); /* this is how the reader learns that it was all */
}

static void sent(void *arg, uint32_t state) {
  call *c = arg;
  (void)state;
  exports_recipes_serve_return((uint32_t)c->written);
  free(c);
}

static void serve(void *arg) {
  call *c = arg;
  recipes_stream_u8_writer_t writable;
  recipes_stream_u8_t readable = recipes_stream_u8_new(&writable);
  witguest_writer_init(&c->response, &bytes, writable);
  witguest_await_subtask(&c->sending, recipes_send(readable), sent, c);
  witguest_write_all(&c->response, page, sizeof page - 1, response_written, c);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
