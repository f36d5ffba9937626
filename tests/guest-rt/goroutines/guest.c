/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A test for each law of witguest/go.h, and for each function in it. The expectations are those of the Go specification (channel
 * types, send, receive, select, close), of sync.WaitGroup, and of package context.
 */
#include <stdlib.h>
#include <string.h>

#include <witguest/go.h>

#include "goroutines.h"
#include "rt.h"
#include "streams.h"

typedef struct call {
  uint64_t request;
  goroutines_string_t test;
  void (*run)(struct call *call);
  void (*run_stream)(void); /* of streams.c */
} call;

/* ---- G1: whom a goroutine works for ---- */

/* Between two requests: one waits, the other one sends, and both note for themselves before and after. */
static witguest_channel *crossing;

static void g1_first(call *c) {
  crossing = witguest_channel_new(sizeof(int), 0);
  int value = 0;
  test_goroutines_host_note(c->request);
  rt_equal((uint64_t)-witguest_channel_receive(crossing, &value), 0, "receive across calls");
  test_goroutines_host_note(c->request);
  rt_equal((uint64_t)value, 7, "the value of another call's goroutine");
  rt_equal((uint64_t)witguest_go_await(test_goroutines_host_wait(c->request)), WITGUEST_RETURNED, "an await");
  test_goroutines_host_note(c->request);
  witguest_channel_free(crossing);
  crossing = NULL;
}

static void g1_second(call *c) {
  int value = 7;
  test_goroutines_host_note(c->request);
  rt_equal((uint64_t)-witguest_channel_send(crossing, &value), 0, "send across calls");
  test_goroutines_host_note(c->request);
  rt_equal((uint64_t)witguest_go_await(test_goroutines_host_wait(c->request)), WITGUEST_RETURNED, "an await");
  test_goroutines_host_note(c->request);
}

/* What a scope does to imports differs from mode to mode; what work inherits does not. */
static witguest_task *other_task;

static void g1_lends_its_task(call *c) {
  other_task = witguest_task_current();
  rt_equal((uint64_t)witguest_go_await(test_goroutines_host_wait(c->request)), WITGUEST_RETURNED, "an await");
}

static bool is_current(const witguest_task *t) {
  witguest_task *current = witguest_task_current();
  witguest_task_unref(current);
  return current == t;
}

static void g1_scopes(call *c) {
  witguest_task *mine = witguest_task_current();
  WITGUEST_WORK_FOR(other_task) {
    rt_check(is_current(other_task), "inside the scope: the other task");
    witguest_go_yield();
    rt_check(is_current(other_task), "still, after a wait");
    WITGUEST_WORK_FOR(mine) {
      witguest_go_yield();
      rt_check(is_current(mine), "inside the inner scope: its own, after a wait");
    }
    rt_check(is_current(other_task), "the inner scope was left: the other task");
    witguest_go_yield();
  }
  rt_check(is_current(mine), "the scope was left: its own");
  test_goroutines_host_note(c->request);
  witguest_task_unref(mine);
  witguest_task_unref(other_task);
}

/* A task that another one calls imports for: two notes and an await of a goroutine that works for somebody else. */
static void g1_calls_for_another(call *c) {
  uint64_t other = c->request - 1;
  test_goroutines_host_note_for_task(other_task, other);
  test_goroutines_host_note(c->request);
  rt_equal((uint64_t)witguest_go_await(test_goroutines_host_wait_for_task(other_task, other)), WITGUEST_RETURNED,
           "an import called for another task");
  test_goroutines_host_note(c->request);
  witguest_task_unref(other_task);
}

/* ---- G2: order ---- */

typedef struct sender { witguest_channel *channel; uint32_t number; witguest_wait_group *group; } sender;

static void send_number(void *arg) {
  sender *s = arg;
  witguest_channel_send(s->channel, &s->number);
  if (s->group) witguest_wait_group_done(s->group);
}

static void g2_first_come_first_served(call *c) {
  (void)c;
  witguest_channel *channel = witguest_channel_new(sizeof(uint32_t), 2);
  sender senders[8];
  for (uint32_t n = 0; n < 8; n++) {
    senders[n] = (sender){channel, n, NULL};
    witguest_go(send_number, &senders[n]);
  }
  witguest_go_yield();
  rt_equal(witguest_channel_count(channel), 2, "the buffer is full, six wait");
  for (uint32_t n = 0; n < 8; n++) {
    uint32_t value = 99;
    witguest_channel_receive(channel, &value);
    rt_equal(value, n, "in the order in which they came");
  }
  witguest_go_yield();
  witguest_channel_free(channel);
}

static void g2_select_prefers_none(call *c) {
  (void)c;
  witguest_channel *a = witguest_channel_new(0, 100), *b = witguest_channel_new(0, 100);
  unsigned counts[2] = {0, 0};
  for (unsigned n = 0; n < 100; n++) {
    witguest_channel_try_send(a, NULL);
    witguest_channel_try_send(b, NULL);
  }
  for (unsigned n = 0; n < 100; n++) {
    witguest_case cases[2] = {{.channel = a}, {.channel = b}};
    counts[witguest_select(cases, 2)]++;
  }
  rt_check(counts[0] >= 25 && counts[1] >= 25, "each of two that are ready is taken often");
  witguest_channel_free(a);
  witguest_channel_free(b);
}

/* ---- G3: values ---- */

typedef struct big { uint8_t bytes[100]; } big;

static void send_big(void *arg) {
  big b;
  memset(b.bytes, 0x5a, sizeof b.bytes);
  witguest_channel_send(arg, &b);
}

static void g3_values_are_copied_by_size(call *c) {
  (void)c;
  for (size_t capacity = 0; capacity < 2; capacity++) {
    witguest_channel *channel = witguest_channel_new(sizeof(big), capacity);
    struct { big value; uint8_t after; } got = {.after = 1};
    witguest_go(send_big, channel);
    rt_equal((uint64_t)-witguest_channel_receive(channel, &got.value), 0, "receive");
    rt_check(got.value.bytes[0] == 0x5a && got.value.bytes[99] == 0x5a && got.after == 1, "100 bytes, no more and no less");
    witguest_channel_free(channel);
  }
}

static void g3_received_exactly_once(call *c) {
  (void)c;
  witguest_channel *channel = witguest_channel_new(sizeof(uint32_t), 3);
  witguest_wait_group group = {0};
  sender senders[50];
  uint32_t sum = 0, value;
  witguest_wait_group_add(&group, 50);
  for (uint32_t n = 0; n < 50; n++) {
    senders[n] = (sender){channel, 1u << (n % 20), &group};
    witguest_go(send_number, &senders[n]);
  }
  uint32_t wanted = 0;
  for (uint32_t n = 0; n < 50; n++) {
    wanted += senders[n].number;
    witguest_channel_receive(channel, &value);
    sum += value;
  }
  witguest_wait_group_wait(&group);
  rt_equal(sum, wanted, "what was sent is what was received");
  rt_equal((uint64_t)witguest_channel_try_receive(channel, &value), (uint64_t)WITGUEST_EAGAIN, "and there is no more");
  witguest_channel_free(channel);
}

/* ---- G4: closing ---- */

typedef struct closing { witguest_channel *channel; int status; witguest_wait_group *group; bool sends; } closing;

static void wait_for_close(void *arg) {
  closing *w = arg;
  int value = 1;
  w->status = w->sends ? witguest_channel_send(w->channel, &value) : witguest_channel_receive(w->channel, &value);
  witguest_wait_group_done(w->group);
}

static void g4_closing_wakes_all(call *c) {
  (void)c;
  for (unsigned sends = 0; sends < 2; sends++) {
    witguest_channel *channel = witguest_channel_new(sizeof(int), 0);
    witguest_wait_group group = {0};
    closing waiters[5];
    witguest_wait_group_add(&group, 5);
    for (unsigned n = 0; n < 5; n++) {
      waiters[n] = (closing){channel, 0, &group, sends};
      witguest_go(wait_for_close, &waiters[n]);
    }
    witguest_go_yield();
    witguest_channel_close(channel);
    witguest_channel_close(channel);
    witguest_wait_group_wait(&group);
    for (unsigned n = 0; n < 5; n++)
      rt_check(waiters[n].status == WITGUEST_ECLOSED, sends ? "a sender hears ECLOSED" : "a receiver hears ECLOSED");
    witguest_channel_free(channel);
  }
}

static void g4_the_buffer_outlives_closing(call *c) {
  (void)c;
  witguest_channel *channel = witguest_channel_new(sizeof(int), 2);
  int value = 41;
  witguest_channel_send(channel, &value);
  witguest_channel_close(channel);
  rt_check(witguest_channel_send(channel, &value) == WITGUEST_ECLOSED, "a send after closing");
  value = 0;
  rt_check(witguest_channel_receive(channel, &value) == WITGUEST_OK && value == 41, "the value is still there");
  rt_check(witguest_channel_receive(channel, &value) == WITGUEST_ECLOSED, "then it is closed");
  witguest_channel_free(channel);
}

/* ---- G5: goroutines and their call ---- */

static void note_late(void *arg) {
  uint64_t request = *(uint64_t *)arg;
  free(arg);
  for (unsigned n = 0; n < 3; n++) {
    witguest_go_await(test_goroutines_host_wait(request));
    test_goroutines_host_note(request);
  }
}

static void g5_outlives_its_result(call *c) {
  uint64_t *request = malloc(sizeof *request);
  if (!request) abort();
  *request = c->request;
  witguest_go(note_late, request);
  rt_note("the result");
}

static void g5_outlives_a_cancel(call *c) {
  rt_note("waits");
  witguest_go_await(test_goroutines_host_wait(c->request));
  test_goroutines_host_note(c->request);
}

/* ---- The rest of the header ---- */

static void select_does_one_thing(call *c) {
  (void)c;
  witguest_channel *a = witguest_channel_new(sizeof(int), 0), *b = witguest_channel_new(sizeof(int), 1);
  int to_a = 1, to_b = 2, value = 0;
  witguest_case cases[3] = {{.channel = a, .send = &to_a}, {.channel = b, .send = &to_b}, {.channel = NULL}};
  rt_equal((uint64_t)witguest_select(cases, 3), 1, "the one that can be done");
  rt_check(cases[1].status == WITGUEST_OK, "its status");
  rt_check(witguest_select_now(cases, 3) == WITGUEST_EAGAIN, "now none can");
  rt_check(witguest_channel_try_receive(a, &value) == WITGUEST_EAGAIN, "the other one was not sent");
  rt_check(witguest_channel_try_receive(b, &value) == WITGUEST_OK && value == 2, "this one was");
  witguest_case none = {.channel = NULL};
  rt_check(witguest_select(&none, 1) == WITGUEST_EINVAL, "no channel at all");
  rt_check(witguest_select(NULL, 0) == WITGUEST_EINVAL, "no case at all");
  witguest_channel_free(a);
  witguest_channel_free(b);
}

static void close_channel(void *channel) { witguest_channel_close(channel); }

static void select_leaves_the_other_lines(call *c) {
  (void)c;
  witguest_channel *a = witguest_channel_new(sizeof(int), 0), *b = witguest_channel_new(sizeof(int), 0);
  int value = 5;
  witguest_case cases[2] = {{.channel = a, .receive = &value}, {.channel = b, .receive = &value}};
  witguest_go(close_channel, b);
  rt_equal((uint64_t)witguest_select(cases, 2), 1, "woken by the second");
  rt_check(cases[1].status == WITGUEST_ECLOSED, "because it was closed");
  rt_check(witguest_channel_try_send(a, &value) == WITGUEST_EAGAIN, "nobody waits on the first any more");
  witguest_channel_free(a);
  witguest_channel_free(b);
}

static void count_up(void *arg) {
  sender *s = arg;
  s->number++;
  witguest_wait_group_done(s->group);
}

static void wait_groups(call *c) {
  (void)c;
  witguest_wait_group group = {0};
  sender s = {NULL, 0, &group};
  rt_check(witguest_wait_group_wait(&group) == WITGUEST_OK, "nothing to wait for");
  witguest_wait_group_add(&group, 10);
  for (unsigned n = 0; n < 10; n++) witguest_go(count_up, &s);
  rt_equal(s.number, 0, "a new goroutine does not run before its starter waits");
  witguest_wait_group_wait(&group);
  rt_equal(s.number, 10, "all are done");
  rt_check(witguest_wait_group_done(&group) == WITGUEST_EINVAL, "done more often than added");
}

static void cancel_context(void *context) { witguest_context_cancel(context); }

static void contexts(call *c) {
  witguest_context *root = witguest_context_new(NULL), *child = witguest_context_new(root), *grandchild = witguest_context_new(child);
  witguest_context *sibling = witguest_context_new(root);
  witguest_context_cancel(child);
  rt_check(witguest_context_status(root) == WITGUEST_OK, "above: goes on");
  rt_check(witguest_context_status(sibling) == WITGUEST_OK, "beside: goes on");
  rt_check(witguest_context_status(grandchild) == WITGUEST_ECANCELLED, "below: has ended");
  rt_check(witguest_channel_receive(witguest_context_done(grandchild), NULL) == WITGUEST_ECLOSED, "its channel is closed");
  witguest_context *late = witguest_context_new(child);
  rt_check(witguest_context_status(late) == WITGUEST_ECANCELLED, "born below one that has ended");
  witguest_go(cancel_context, root);
  rt_equal((uint64_t)witguest_go_await_in(root, test_goroutines_host_wait(c->request)), WITGUEST_CANCELLED_BEFORE_RETURNED,
           "an await inside: the import is told to stop");
  witguest_context *alone = witguest_context_new(sibling);
  witguest_context_free(root);
  witguest_context_free(sibling);
  rt_check(witguest_context_status(alone) == WITGUEST_ECANCELLED, "born below one that had ended");
  witguest_context_free(alone);
  witguest_context_free(late);
  witguest_context_free(child);
  witguest_context_free(grandchild);
}

/* ---- Time: the host's wait ends when it is answered; it is asked for the request's number ---- */

static uint64_t timing; /* the request */

static uint32_t wait_for(uint64_t nanoseconds) {
  (void)nanoseconds;
  return test_goroutines_host_wait(timing);
}

static void deadlines(call *c) {
  witguest_context *context = witguest_context_new(NULL);
  rt_check(witguest_go_sleep(1) == WITGUEST_EINVAL, "no wait is set");
  rt_check(witguest_context_timeout(context, 1) == WITGUEST_EINVAL, "nor for a timeout");
  timing = c->request;
  witguest_set_wait(wait_for);
  rt_check(witguest_go_sleep(1) == WITGUEST_OK, "a sleep");
  rt_check(witguest_context_timeout(context, 1) == WITGUEST_OK, "a timeout");
  rt_check(witguest_context_timeout(context, 1) == WITGUEST_EBUSY, "only one");
  rt_check(witguest_go_sleep_in(context, 2) == WITGUEST_EDEADLINE, "the first wait that ends is the timeout's");
  rt_check(witguest_context_status(context) == WITGUEST_EDEADLINE, "the context has ended");
  rt_check(witguest_go_sleep_in(context, 2) == WITGUEST_EDEADLINE, "it does not begin to sleep");
  witguest_context_free(context);
  context = witguest_context_new(NULL);
  rt_check(witguest_context_timeout(context, 1) == WITGUEST_OK, "a timeout that is not waited for");
  witguest_context_free(context);
  witguest_set_wait(NULL);
}

typedef struct pipe { test_goroutines_host_stream_u8_writer_t writer; const char *text; } pipe;

static void write_all(void *arg) {
  pipe *p = arg;
  size_t left = strlen(p->text);
  while (left) {
    uint32_t status = test_goroutines_host_stream_u8_write(p->writer, (const uint8_t *)p->text, left);
    uint32_t count = witguest_go_await_copy(p->writer, status) >> 4;
    p->text += count;
    left -= count;
  }
  test_goroutines_host_stream_u8_drop_writable(p->writer);
}

static void streams(call *c) {
  (void)c;
  pipe p = {.text = "from one goroutine to another, by a stream"};
  char text[64] = "";
  size_t length = 0;
  uint32_t status;
  test_goroutines_host_stream_u8_t reader = test_goroutines_host_stream_u8_new(&p.writer);
  witguest_go(write_all, &p);
  do {
    status = witguest_go_await_copy(reader, test_goroutines_host_stream_u8_read(reader, (uint8_t *)text + length, 5));
    length += status >> 4;
  } while (!(status & 15));
  test_goroutines_host_stream_u8_drop_readable(reader);
  rt_check(strcmp(text, "from one goroutine to another, by a stream") == 0, "all bytes, in order");
}

/* Nobody writes: the context ends the read. */
static void stream_in_context(call *c) {
  (void)c;
  uint8_t byte;
  test_goroutines_host_stream_u8_writer_t writer;
  test_goroutines_host_stream_u8_t reader = test_goroutines_host_stream_u8_new(&writer);
  witguest_context *context = witguest_context_new(NULL);
  witguest_go(cancel_context, context);
  uint32_t status = test_goroutines_host_stream_u8_read(reader, &byte, 1);
  status = witguest_go_await_copy_in(context, reader, status, test_goroutines_host_stream_u8_cancel_read);
  rt_equal(status, GOROUTINES_WAITABLE_CANCELLED, "cancelled, with nothing read");
  test_goroutines_host_stream_u8_drop_readable(reader);
  test_goroutines_host_stream_u8_drop_writable(writer);
  witguest_context_free(context);
}

static void only_inside(void *done) {
  int value = 0;
  witguest_channel *channel = witguest_channel_new(sizeof value, 0);
  witguest_wait_group group = {.count = 1};
  witguest_case one = {.channel = channel, .send = &value};
  rt_check(!witguest_go_is_inside(), "a microtask is no goroutine");
  rt_check(witguest_channel_send(channel, &value) == WITGUEST_ENOGO, "send");
  rt_check(witguest_channel_receive(channel, &value) == WITGUEST_ENOGO, "receive");
  rt_check(witguest_select(&one, 1) == WITGUEST_ENOGO, "select");
  rt_check(witguest_wait_group_wait(&group) == WITGUEST_ENOGO, "wait for a group");
  rt_check(witguest_go_yield() == WITGUEST_ENOGO, "yield");
  rt_check(witguest_go_await(0) == WITGUEST_ENOGO, "await");
  rt_check(witguest_select_now(&one, 1) == WITGUEST_EAGAIN, "what does not wait works");
  witguest_channel_free(channel);
  witguest_channel_close(done);
}

static void waiting_outside(call *c) {
  (void)c;
  witguest_channel *done = witguest_channel_new(0, 0);
  rt_check(witguest_go_is_inside(), "this is one");
  witguest_microtask(only_inside, done);
  witguest_channel_receive(done, NULL);
  rt_check(witguest_go_sized(100, close_channel, done) == WITGUEST_EINVAL, "a stack of 100 bytes");
  witguest_channel_free(done);
}

static uint32_t fill(uint32_t depth) {
  volatile uint8_t bytes[1000];
  for (unsigned n = 0; n < sizeof bytes; n++) bytes[n] = (uint8_t)depth;
  return depth ? fill(depth - 1) + bytes[depth] : bytes[0];
}

static void fill_much(void *done) {
  fill(10);
  witguest_channel_close(done);
}

/* Of its own memory, or of other goroutines' below: so each has room in front of it. */
static void large_stack(call *c) {
  (void)c;
  witguest_channel *done = witguest_channel_new(0, 0);
  rt_check(witguest_go_sized(16384, fill_much, done) == WITGUEST_OK, "16 KiB");
  rt_check(witguest_channel_receive(done, NULL) == WITGUEST_ECLOSED, "are enough for 11 frames of 1,000 bytes");
  witguest_channel_free(done);
}

static void overflow(call *c) {
  (void)c;
  witguest_channel *done = witguest_channel_new(0, 0);
  void *room = malloc(65536);
  witguest_go(fill_much, done);
  free(room);
  witguest_channel_receive(done, NULL);
}

static void spin(void *arg) {
  bool *stop = arg;
  while (!*stop) witguest_go_yield();
}

static void yield_lets_the_host_in(call *c) {
  bool stop = false;
  witguest_go(spin, &stop);
  rt_equal((uint64_t)witguest_go_await(test_goroutines_host_wait(c->request)), WITGUEST_RETURNED, "an event, while another spins");
  stop = true;
  witguest_go_yield();
}

static void park(void *channel) { witguest_channel_receive(channel, NULL); }

static void ten_thousand(call *c) {
  (void)c;
  witguest_channel *channel = witguest_channel_new(0, 0);
  for (unsigned n = 0; n < 10000; n++) witguest_go(park, channel);
  witguest_go_yield();
  rt_check(__builtin_wasm_memory_size(0) <= 64 * 16, "10,000 goroutines in 64 MiB");
  witguest_channel_close(channel);
  witguest_go_yield();
  witguest_channel_free(channel);
}

/* ---- Which one ---- */

#define TESTS(X)                                                                                                           \
  X(g1_first) X(g1_second) X(g1_lends_its_task) X(g1_scopes) X(g1_calls_for_another) X(g2_first_come_first_served) X(g2_select_prefers_none)      \
  X(g3_values_are_copied_by_size) X(g3_received_exactly_once) X(g4_closing_wakes_all) X(g4_the_buffer_outlives_closing)   \
  X(g5_outlives_its_result) X(g5_outlives_a_cancel) X(select_does_one_thing) X(select_leaves_the_other_lines)             \
  X(wait_groups) X(contexts) X(deadlines) X(streams) X(stream_in_context) X(waiting_outside) X(large_stack) X(overflow) X(yield_lets_the_host_in)           \
  X(ten_thousand)

static void test_find(call *c) {
#define IS(name) if (c->test.len == strlen(#name) && !memcmp(c->test.ptr, #name, c->test.len)) c->run = name;
#define IS_STREAM(name) if (c->test.len == strlen(#name) && !memcmp(c->test.ptr, #name, c->test.len)) c->run_stream = name;
  TESTS(IS)
  STREAM_TESTS(IS_STREAM)
#undef IS
#undef IS_STREAM
}

static void call_main(void *arg) {
  call *c = arg;
  if (c->run) c->run(c);
  else if (c->run_stream) c->run_stream();
  else rt_check(false, "there is such a test");
  goroutines_string_t log;
  rt_log_take(&log.ptr, &log.len);
  exports_test_goroutines_guest_run_return(log);
  goroutines_string_free(&log);
  goroutines_string_free(&c->test);
  free(c);
}

goroutines_callback_code_t exports_test_goroutines_guest_run(goroutines_string_t *test, uint64_t request) {
  call *c = malloc(sizeof *c);
  if (!c) abort();
  *c = (call){.request = request, .test = *test};
  test_find(c);
  return witguest_go_start(call_main, c);
}

goroutines_callback_code_t exports_test_goroutines_guest_run_callback(goroutines_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

uint32_t exports_test_goroutines_guest_blocks(void) { return rt_heap_blocks(); }
