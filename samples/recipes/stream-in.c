/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Stream in: read the request's body line by line, with memory for one line.
 */
#include "recipe.h"

static const witguest_stream_type bytes = WITGUEST_STREAM_TYPE(recipes_stream_u8, uint8_t);

typedef struct call {
  witguest_reader body;
  witguest_lines lines;
  uint32_t count;
} call;

static void line_read(void *arg, int status, char *line, size_t length) {
  call *c = arg;
  if (status == WITGUEST_OK) {
    note(line, (uint32_t)length);
    c->count++;
    witguest_lines_next(&c->lines, line_read, c);
    return;
  }
  witguest_lines_release(&c->lines);
  witguest_reader_drop(&c->body);
  exports_recipes_serve_return(c->count);
  free(c);
}

static void serve(void *arg) {
  call *c = arg;
  witguest_reader_init(&c->body, &bytes, recipes_body());
  witguest_lines_init(&c->lines, &c->body, 80);
  witguest_lines_next(&c->lines, line_read, c);
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  (void)request;
  return witguest_loop_start(serve, call_new(sizeof(call)));
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
