/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * One operation for each thing that can be forgotten, each on a line whose number host.c knows.
 */
#include <stdlib.h>
#include <string.h>

#include <witguest/go.h>
#include <witguest/stream.h>
#include <witguest/debug.h>

#include "debug.h"

#define OP(name) EXPORTS_TEST_DEBUG_GUEST_OP_##name
#define RETURN exports_test_debug_guest_run_return

static witguest_capture_t kept;
static witguest_await await;
static witguest_channel *channel;

static void waited(void *arg, uint32_t code) {
  (void)arg, (void)code;
  RETURN();
}

static void note_for_kept(void *arg) {
  (void)arg;
  test_debug_host_note();
}

static void clean(void) {
#line 100
  witguest_capture_t capture = witguest_capture();
  witguest_scope scope = witguest_enter(capture);
  test_debug_host_note();
  witguest_leave(scope);
  witguest_release(capture);
  WITGUEST_WORK_FOR((witguest_task *)0) test_debug_host_note();
}

static void capture(void) {
#line 200
  kept = witguest_capture();
}

/* The task of the call that captured: run_for and queues know what a capture is. */
static void release(void) {
  witguest_run_for((witguest_task *)kept, note_for_kept, NULL);
  witguest_release(kept);
}

static void scope(void) {
#line 300
  kept = witguest_capture();
  witguest_enter(kept);
}

static void foreign(void) {
#line 400
  WITGUEST_WORK_FOR((witguest_task *)kept) test_debug_host_note();
}

static void await_host(void) {
#line 500
  witguest_await_subtask(&await, test_debug_host_wait(), waited, NULL);
}

static void receive_main(void *arg) {
  (void)arg;
  channel = witguest_channel_new(0, 0);
#line 600
  witguest_channel_receive(channel, NULL);
  witguest_channel_free(channel);
  RETURN();
}

static void own(void) {
#line 700
  WITGUEST_DEBUG_BORROW(7, "test:debug/shop.item");
  WITGUEST_DEBUG_RESULT(&kept, "test:debug/shop.find");
}

static void gone(void) {
  WITGUEST_DEBUG_GONE(&kept);
  WITGUEST_DEBUG_GONE(7);
}

/* ---- Streams ---- */

static const witguest_stream_type bytes = WITGUEST_STREAM_TYPE(test_debug_host_stream_u8, uint8_t);
static test_debug_host_stream_u8_writer_t writers[2];
static int reads;

static void read_over(void) {
  if (++reads == 2) RETURN();
}

static void read_main(void *arg) {
  uint8_t byte;
  witguest_reader reader;
  (void)arg;
#line 1000
  witguest_reader_init(&reader, &bytes, test_debug_host_stream_u8_new(&writers[0]));
  witguest_go_read(&reader, &byte, 1, NULL);
  witguest_reader_drop(&reader);
  read_over();
}

static void all_read(void *arg, int status, void *elements, size_t count) {
  (void)status, (void)count;
  free(elements);
  witguest_reader_drop(arg);
  read_over();
}

static void read_both(void) {
  static witguest_reader reader;
  witguest_go(read_main, NULL);
#line 1100
  witguest_reader_init(&reader, &bytes, test_debug_host_stream_u8_new(&writers[1]));
  witguest_read_all(&reader, 10, all_read, &reader);
}

static void close_both(void) {
  for (int i = 0; i < 2; i++) test_debug_host_stream_u8_drop_writable(writers[i]);
}

/* ---- What the glue of --debug-hooks sees ---- */

static debug_list_string_t found[2], found_later;

static void find(void) {
  debug_string_t key;
  debug_string_set(&key, "key");
#line 800
  test_debug_shop_find(&key, &found[0]);
  test_debug_shop_find(&key, &found[1]);
  debug_list_string_free(&found[0]);
}

static void find_later(void) {
  debug_string_t key;
  debug_string_set(&key, "key");
#line 900
  witguest_await_subtask(&await, test_debug_shop_find_later(key, &found_later), waited, NULL);
}

static void drop_found(void) {
  debug_list_string_free(&found[1]);
  debug_list_string_free(&found_later);
}

static void tell_line(void *user, const char *line) {
  debug_string_t text;
  (void)user;
  debug_string_set(&text, line);
  test_debug_host_tell(&text);
}

void exports_test_debug_guest_look(exports_test_debug_guest_borrow_item_t it, exports_test_debug_guest_list_borrow_item_t *all,
                                   debug_list_string_t *words, exports_test_debug_guest_lapse_t forget) {
  witguest_debug_print_with(tell_line, NULL);
  if (forget != EXPORTS_TEST_DEBUG_GUEST_LAPSE_MEMORY) debug_list_string_free(words);
  if (forget != EXPORTS_TEST_DEBUG_GUEST_LAPSE_BORROWS) {
    test_debug_shop_item_drop_borrow(it);
    exports_test_debug_guest_list_borrow_item_drop(all);
    return;
  }
  test_debug_shop_item_drop_borrow(all->ptr[0]);
  exports_test_debug_guest_list_borrow_item_free(all);
}

typedef struct looking {
  exports_test_debug_guest_borrow_item_t it;
  exports_test_debug_guest_lapse_t forget;
} looking;

static void looked(void *arg, uint32_t code) {
  looking *l = arg;
  (void)code;
  if (l->forget == EXPORTS_TEST_DEBUG_GUEST_LAPSE_NONE) test_debug_shop_item_drop_borrow(l->it);
  free(l);
  exports_test_debug_guest_look_later_return();
}

/* Returns after the host has answered, so that two calls run at a time. */
static void look_main(void *arg) {
  static witguest_await awaits[2];
  static unsigned next;
  witguest_debug_print_with(tell_line, NULL);
  witguest_await_subtask(&awaits[next++ % 2], test_debug_host_wait(), looked, arg);
}

debug_callback_code_t exports_test_debug_guest_look_later(exports_test_debug_guest_borrow_item_t it,
                                                          exports_test_debug_guest_lapse_t forget) {
  looking *l = malloc(sizeof *l);
  *l = (looking){it, forget};
  return witguest_loop_start(look_main, l);
}

debug_callback_code_t exports_test_debug_guest_look_later_callback(debug_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

/* ---- Operations ---- */

static void run(void *arg) {
  uintptr_t what = (uintptr_t)arg;
  switch (what) {
    case OP(CLEAN): clean(); break;
    case OP(CAPTURE): capture(); break;
    case OP(RELEASE): release(); break;
    case OP(SCOPE): scope(); break;
    case OP(FOREIGN): foreign(); break;
    case OP(AWAIT): await_host(); return;
    case OP(RECEIVE): witguest_go(receive_main, NULL); return;
    case OP(SEND): witguest_channel_try_send(channel, NULL); break;
    case OP(KEEP): own(); break;
    case OP(FIND): find(); break;
    case OP(FIND_LATER): find_later(); return;
    case OP(DROP_FOUND): drop_found(); break;
    case OP(READ): read_both(); return;
    case OP(CLOSE): close_both(); break;
    default: gone();
  }
  RETURN();
}

debug_callback_code_t exports_test_debug_guest_run(exports_test_debug_guest_op_t what) {
  return witguest_loop_start(run, (void *)(uintptr_t)what);
}

debug_callback_code_t exports_test_debug_guest_run_callback(debug_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

typedef struct text { char *ptr; size_t length; } text;

static void print_line(void *user, const char *line) {
  text *t = user;
  size_t length = strlen(line);
  t->ptr = realloc(t->ptr, t->length + length + 1);
  if (!t->ptr) abort();
  memcpy(t->ptr + t->length, line, length);
  t->length += length;
  t->ptr[t->length++] = '\n';
}

void exports_test_debug_guest_report(debug_string_t *ret) {
  text t = {malloc(1), 0};
  witguest_debug_report(print_line, &t);
  *ret = (debug_string_t){(uint8_t *)t.ptr, t.length};
}
