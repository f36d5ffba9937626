/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Many calls at once in one instance. The host keeps what the guest asks for and answers later, the shortest time first;
 * no clock is involved. Guests that wait inside their call get their answers at once on engines that keep no stacks.
 */
#include <stdio.h>
#include <string.h>

#include "guest.h"
#include "objects.h"

enum { COUNT = 40 };

typedef struct host host;

/* A call of the guest that the host has not answered, and what the answer will be. */
typedef struct request {
  withost_call *call;
  int (*answer)(struct request *r);
  uint32_t milliseconds, number;
  char text[64];
} request;

/* A call of the host, and what came of it. */
typedef struct outcome {
  host *host;
  uint32_t index;
  int status;
  bool is_err;
  uint32_t number;
  char text[128];
} outcome;

struct host {
  bool at_once;
  request requests[COUNT];
  size_t request_count;
  outcome outcomes[COUNT];
  uint32_t finished[COUNT], finished_count;
  objects connections;
  uint32_t dropped, ticks;
};

/* ---- What the guest asks for ---- */

static guest_string_t text_of(const request *r) { return guest_string_of(r->text); }

static void request_add(host *h, request r) {
  if (h->at_once) r.answer(&r);
  else if (h->request_count < COUNT) h->requests[h->request_count++] = r;
}

static int fetch_answer(request *r) {
  test_concurrent_backend_result_string_u32_t result = {.is_err = strncmp(r->text, "bad", 3) == 0};
  if (result.is_err) result.val.err = r->number;
  else result.val.ok = text_of(r);
  return guest_test_concurrent_backend_fetch_return(r->call, result);
}

static void on_fetch(void *user, withost_call *call, guest_string_t key, uint32_t milliseconds) {
  host *h = user;
  request r = {call, fetch_answer, milliseconds, (uint32_t)key.len, ""};
  snprintf(r.text, sizeof r.text, "%.*s after %u", (int)key.len, (const char *)key.ptr, milliseconds);
  if (h->request_count < COUNT) h->requests[h->request_count++] = r; /* no guest waits for this inside its call */
}

static int report_answer(request *r) {
  return guest_test_concurrent_backend_report_return(r->call, (guest_tuple2_u32_string_t){r->number, text_of(r)});
}

static void on_report(void *user, withost_call *call, uint8_t a, uint64_t b, double c, guest_string_t d, guest_list_string_t e) {
  request r = {call, report_answer, 1, a + (uint32_t)e.len, ""};
  int used = snprintf(r.text, sizeof r.text, "%llu %g %.*s ", (unsigned long long)b, c, (int)d.len, (const char *)d.ptr);
  for (size_t n = 0; n < e.len; n++)
    used += snprintf(r.text + used, sizeof r.text - (size_t)used, "%s%.*s", n ? "+" : "", (int)e.ptr[n].len, (const char *)e.ptr[n].ptr);
  request_add(user, r);
}

static int open_answer(request *r) {
  return guest_test_concurrent_backend_static_connection_open_return(
    r->call, (test_concurrent_backend_own_connection_t){r->number});
}

static void on_open(void *user, withost_call *call, guest_string_t name) {
  host *h = user;
  request_add(h, (request){call, open_answer, 5, objects_add(&h->connections, (uint32_t)name.len), ""});
}

static int send_answer(request *r) {
  return guest_test_concurrent_backend_method_connection_send_return(r->call, r->number);
}

static void on_send(void *user, withost_call *call, test_concurrent_backend_borrow_connection_t self, guest_list_u8_t data) {
  host *h = user;
  request_add(h, (request){call, send_answer, 5, (uint32_t)data.len + *objects_at(&h->connections, self.rep), ""});
}

static void on_drop(void *user, test_concurrent_backend_own_connection_t connection) {
  host *h = user;
  objects_end(&h->connections, connection.rep);
  h->dropped++;
}

static int tick_answer(request *r) { return guest_tick_return(r->call, r->number); }

static void on_tick(void *user, withost_call *call) {
  host *h = user;
  request_add(h, (request){call, tick_answer, 1, ++h->ticks, ""});
}

/* Answers one that waits, and lets the guest go on. */
static void answer(case_run *c, size_t index) {
  host *h = c->state;
  request r = h->requests[index];
  memmove(&h->requests[index], &h->requests[index + 1], (--h->request_count - index) * sizeof r);
  case_check(c, r.answer(&r) == WITHOST_OK, "the host answers");
  while (withost_store_run(c->store) == 1) continue;
}

/* Answers them all, those that come meanwhile too. */
static void answer_all(case_run *c) {
  host *h = c->state;
  while (h->request_count) {
    size_t first = 0;
    for (size_t n = 1; n < h->request_count; n++)
      if (h->requests[n].milliseconds < h->requests[first].milliseconds) first = n;
    answer(c, first);
  }
}

/* ---- What comes of a call ---- */

static outcome *outcome_begin(case_run *c, uint32_t index) {
  host *h = c->state;
  h->outcomes[index] = (outcome){.host = h, .index = index, .status = 1};
  return &h->outcomes[index];
}

static void outcome_end(outcome *o, int status) {
  o->status = status;
  o->host->finished[o->host->finished_count++ % COUNT] = o->index;
}

static void outcome_keep(outcome *o, guest_string_t s) {
  snprintf(o->text, sizeof o->text, "%.*s", (int)s.len, s.len ? (const char *)s.ptr : "");
}

static void on_handled(void *user, withost_call *call, int status, const exports_test_concurrent_service_result_string_u32_t *result) {
  outcome *o = user;
  (void)call;
  outcome_end(o, status);
  if (!result) return;
  o->is_err = result->is_err;
  if (result->is_err) o->number = result->val.err;
  else outcome_keep(o, result->val.ok);
}

static void on_text(void *user, withost_call *call, int status, const guest_string_t *result) {
  (void)call;
  outcome_end(user, status);
  if (result) outcome_keep(user, *result);
}

static void on_number(void *user, withost_call *call, int status, const uint32_t *result) {
  outcome *o = user;
  (void)call;
  outcome_end(o, status);
  if (result) o->number = *result;
}

static void on_texts(void *user, withost_call *call, int status, const guest_list_string_t *result) {
  outcome *o = user;
  (void)call;
  outcome_end(o, status);
  for (size_t n = 0, used = 0; result && n < result->len; n++, used = strlen(o->text))
    snprintf(o->text + used, sizeof o->text - used, "%.*s;", (int)result->ptr[n].len, (const char *)result->ptr[n].ptr);
}

static void text_is(case_run *c, const outcome *o, const char *wanted, const char *what) {
  case_equal(c, (uint64_t)o->status, WITHOST_OK, "the call has its result");
  case_text(c, o->text, strlen(o->text), wanted, what);
}

static void number_is(case_run *c, const outcome *o, uint32_t wanted, const char *what) {
  case_equal(c, (uint64_t)o->status, WITHOST_OK, "the call has its result");
  case_equal(c, o->number, wanted, what);
}

/* ---- Calls in callback form: forty of them wait side by side ---- */

static void active_are(case_run *c, uint32_t wanted, const char *what) {
  uint32_t active = ~wanted;
  case_called(c, guest_test_concurrent_service_active(guest_of(c), NULL, &active), "active");
  case_equal(c, active, wanted, what);
}

static withost_call *handle(case_run *c, uint32_t index, uint32_t id, const char *key, uint32_t milliseconds) {
  withost_call *call = NULL;
  case_called(c, guest_test_concurrent_service_handle(guest_of(c), NULL, id, guest_string_of(key), milliseconds, on_handled,
                                                      outcome_begin(c, index), &call), "handle");
  return call;
}

static void side_by_side(case_run *c) {
  host *h = c->state;
  char text[64];
  h->finished_count = 0;
  for (uint32_t n = 0; n < COUNT; n++) {
    snprintf(text, sizeof text, "hold %u", n);
    case_check(c, handle(c, n, n, text, n) != NULL, "a call is suspended");
  }
  active_are(c, COUNT, "all calls are suspended in one instance; a sync call gets in between");
  case_equal(c, h->request_count, COUNT, "the host has all of them at once");
  for (uint32_t n = COUNT; n-- > 0;) {
    answer(c, n);
    case_check(c, h->finished_count == COUNT - n && h->finished[COUNT - n - 1] == n, "a call ends when it is answered");
    snprintf(text, sizeof text, "%u:hold %u after %u", n, n, n);
    text_is(c, &h->outcomes[n], text, "every call gets its own answer");
  }
  active_are(c, 0, "none is left");
}

static void one_by_one(case_run *c) {
  host *h = c->state;
  handle(c, 0, 7, "bad key", 5);
  answer_all(c);
  case_check(c, h->outcomes[0].is_err, "an error of the host");
  number_is(c, &h->outcomes[0], 7007, "becomes an error of the guest");
  withost_call *call = handle(c, 1, 8, "hold on", 1);
  withost_call_cancel(call);
  case_equal(c, h->request_count, 1, "a call is cancelled, which its guest does not heed");
  answer_all(c);
  text_is(c, &h->outcomes[1], "8:hold on after 1", "it has its result all the same");
  case_called(c, guest_test_concurrent_service_fan_out(guest_of(c), NULL, 5, on_texts, outcome_begin(c, 2), NULL), "fan-out");
  case_equal(c, h->request_count, 5, "five subtasks of one call");
  answer_all(c);
  text_is(c, &h->outcomes[2], "even after 15;odd after 30;even after 45;odd after 60;even after 75;", "each has its answer, in the order of their times");
}

/* ---- Parameters through memory ---- */

static void wide(case_run *c) {
  host *h = c->state;
  guest_instance *guest = guest_of(c);
  uint8_t three[3] = {0};
  exports_test_concurrent_service_point_t points[] = {{1, 0}, {-2, 0}};
  guest_string_t texts[] = {guest_string_of("i"), guest_string_of("j")}, none = {NULL, 0};
  case_called(c, guest_test_concurrent_service_wide(
    guest, NULL, guest_string_of("\xc3\xa4"), guest_string_of("b"), (guest_list_u8_t){three, 3},
    (exports_test_concurrent_service_point_t){-4, 0.5f}, (guest_option_string_t){true, guest_string_of("e")},
    (exports_test_concurrent_service_list_point_t){points, 2}, guest_string_of("g"), 8, (guest_list_string_t){texts, 2},
    on_text, outcome_begin(c, 0), NULL), "wide");
  text_is(c, &h->outcomes[0], "\xc3\xa4" "b3-40.500000e1-2g8ij", "parameters through memory arrive");
  case_called(c, guest_test_concurrent_service_wide(
    guest, NULL, none, none, (guest_list_u8_t){NULL, 0}, (exports_test_concurrent_service_point_t){0, 0},
    (guest_option_string_t){0}, (exports_test_concurrent_service_list_point_t){NULL, 0}, none, 0, (guest_list_string_t){NULL, 0},
    on_text, outcome_begin(c, 1), NULL), "wide");
  text_is(c, &h->outcomes[1], "000.0000000", "empty ones too");
}

/* ---- Calls that wait inside ---- */

static void waiting_inside(case_run *c) {
  host *h = c->state;
  guest_instance *guest = guest_of(c);
  h->dropped = h->ticks = 0;
  case_called(c, guest_test_concurrent_service_converse(guest, NULL, guest_string_of("abcd"), on_number, outcome_begin(c, 0), NULL),
              "converse");
  case_equal(c, h->request_count, c->can_block, "where the engine keeps its stack, it waits for the connection");
  answer_all(c);
  number_is(c, &h->outcomes[0], 7 * 100 + 6, "async methods of a resource");
  case_check(c, h->dropped == 1 && !h->connections.alive && !h->connections.wrong, "which is dropped once");
  case_called(c, guest_test_concurrent_service_relay(guest, NULL, guest_string_of("x"), on_text, outcome_begin(c, 1), NULL), "relay");
  answer_all(c);
  text_is(c, &h->outcomes[1], "202 18446744073709551615 -0.5 x x+x", "more than four parameters of an async import");
  case_called(c, guest_tock(guest, NULL, 3, on_number, outcome_begin(c, 2), NULL), "tock");
  answer_all(c);
  number_is(c, &h->outcomes[2], 6, "async functions of the world itself");
}

/* ---- The case ---- */

static const guest_imports all_imports = {
  .test_concurrent_backend_connection_destructor = on_drop, .test_concurrent_backend_fetch = on_fetch,
  .test_concurrent_backend_report = on_report, .test_concurrent_backend_static_connection_open = on_open,
  .test_concurrent_backend_method_connection_send = on_send, .guest_tick = on_tick};

static void open(case_run *c) {
  host *h = c->state;
  h->at_once = !c->can_block;
  guest_open(c, &all_imports);
}

static void round_of_calls(case_run *c) {
  side_by_side(c);
  one_by_one(c);
  wide(c);
  waiting_inside(c);
}

/* An engine that keeps no stacks says so, and only that instance ends. */
static void cannot_wait(case_run *c) {
  host *h = c->state;
  guest_instance *guest;
  if (c->can_block || guest_instantiate(c->store, c->programs[0], &all_imports, h, &guest)) return;
  h->at_once = false;
  guest_test_concurrent_service_converse(guest, NULL, guest_string_of("abcd"), on_number, outcome_begin(c, 0), NULL);
  case_check(c, h->outcomes[0].status == WITHOST_ETRAP, "a guest that waits inside its call for an answer that is not there traps");
  case_check(c, strstr(withost_instance_trap(guest_as_instance(guest)), "unsupported: this engine cannot keep a guest's stack") != NULL,
             "and the trap says why");
  request r = h->requests[0];
  case_check(c, h->request_count == 1 && r.answer(&r) == WITHOST_EPOISONED, "the answer comes too late");
  active_are(c, 0, "another instance goes on");
}

int main(void) {
  return case_main(&(case_plan){.name = "concurrent", .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(host), .open = open,
                                .round = round_of_calls, .close = cannot_wait});
}
