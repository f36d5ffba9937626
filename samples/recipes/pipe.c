/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Pipe: pass a stream on through a buffer of bounded size. A slow reader holds the writer back.
 */
#include "recipe.h"

static const witguest_stream_type bytes = WITGUEST_STREAM_TYPE(recipes_stream_u8, uint8_t);

typedef struct call {
  witguest_reader body;
  witguest_writer response;
  witguest_await sending;
  size_t moved;
} call;

static void copied(void *arg, int status, size_t count) {
  call *c = arg;
  (void)status;
  c->moved = count;
  witguest_reader_drop(&c->body);
  witguest_writer_drop(&c->response);
}

static void sent(void *arg, uint32_t state) {
  call *c = arg;
  (void)state;
  exports_recipes_serve_return((uint32_t)c->moved);
  free(c);
}

static void serve(void *arg) {
  call *c = arg;
  recipes_stream_u8_writer_t writable;
  recipes_stream_u8_t readable = recipes_stream_u8_new(&writable);
  witguest_reader_init(&c->body, &bytes, recipes_body());
  witguest_writer_init(&c->response, &bytes, writable);
  witguest_await_subtask(&c->sending, recipes_send(readable), sent, c);
  witguest_copy(&c->body, &c->response, 8, copied, c);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
