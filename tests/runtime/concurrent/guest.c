/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Many calls at once in one instance. `handle` and `fan-out` leave their state in a struct and return; `wide` answers
 * at once; the others wait inside the call.
 */
#include <stdlib.h>
#include <string.h>
#include "guest.h"
#include "rt.h"

#define BACKEND(name) test_concurrent_backend_##name
#define SERVICE(name) exports_test_concurrent_service_##name

typedef BACKEND(result_string_u32_t) fetched;

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }

/* handle */

typedef struct request {
  uint32_t id;
  guest_string_t key;
  fetched answer;
  guest_subtask_t subtask;
  guest_waitable_set_t set;
} request;

static uint32_t active;

static void request_finish(request *r) {
  SERVICE(result_string_u32_t) result = {.is_err = r->answer.is_err};
  rt_text text = {0};
  if (r->answer.is_err) {
    result.val.err = r->id * 1000 + r->answer.val.err;
  } else {
    rt_put_u64(&text, r->id);
    rt_put(&text, ":");
    rt_put_n(&text, r->answer.val.ok.ptr, r->answer.val.ok.len);
    result.val.ok = (guest_string_t){(uint8_t *)text.ptr, text.len};
  }
  SERVICE(handle_return)(result);
  free(text.ptr);
  BACKEND(result_string_u32_free)(&r->answer);
  guest_string_free(&r->key);
  free(r);
}

guest_callback_code_t SERVICE(handle)(uint32_t id, guest_string_t *key, uint32_t milliseconds) {
  request *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->id = id;
  r->key = *key;
  guest_subtask_status_t status = BACKEND(fetch)(r->key, milliseconds, &r->answer);
  if (GUEST_SUBTASK_STATE(status) == GUEST_SUBTASK_RETURNED) {
    request_finish(r);
    return GUEST_CALLBACK_CODE_EXIT;
  }
  r->subtask = GUEST_SUBTASK_HANDLE(status);
  r->set = guest_waitable_set_new();
  guest_waitable_join(r->subtask, r->set);
  guest_context_set_0(r);
  active++;
  return GUEST_CALLBACK_CODE_WAIT(r->set);
}

guest_callback_code_t SERVICE(handle_callback)(guest_event_t *event) {
  request *r = guest_context_get_0();
  if (event->code != GUEST_SUBTASK_RETURNED) return GUEST_CALLBACK_CODE_WAIT(r->set);
  active--;
  guest_waitable_join(r->subtask, 0);
  guest_subtask_drop(r->subtask);
  guest_waitable_set_drop(r->set);
  request_finish(r);
  return GUEST_CALLBACK_CODE_EXIT;
}

uint32_t SERVICE(active)(void) { return active; }

/* wide */

guest_callback_code_t SERVICE(wide)(guest_string_t *a, guest_string_t *b, guest_list_u8_t *c, SERVICE(point_t) *d,
                                    guest_string_t *maybe_e, SERVICE(list_point_t) *f, guest_string_t *g, uint8_t h,
                                    guest_list_string_t *i) {
  rt_text text = {0};
  rt_put_n(&text, a->ptr, a->len);
  rt_put_n(&text, b->ptr, b->len);
  rt_put_u64(&text, c->len);
  rt_put_s64(&text, d->x);
  rt_put_double(&text, (double)d->y);
  if (maybe_e) rt_put_n(&text, maybe_e->ptr, maybe_e->len);
  for (size_t n = 0; n < f->len; n++) rt_put_s64(&text, f->ptr[n].x);
  rt_put_n(&text, g->ptr, g->len);
  rt_put_u64(&text, h);
  for (size_t n = 0; n < i->len; n++) rt_put_n(&text, i->ptr[n].ptr, i->ptr[n].len);
  guest_string_t result = {(uint8_t *)text.ptr, text.len};
  SERVICE(wide_return)(result);
  free(text.ptr);
  guest_string_free(a);
  guest_string_free(b);
  guest_list_u8_free(c);
  if (maybe_e) guest_string_free(maybe_e);
  SERVICE(list_point_free)(f);
  guest_string_free(g);
  guest_list_string_free(i);
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t SERVICE(wide_callback)(guest_event_t *event) {
  (void)event;
  abort();
}

/* fan-out */

typedef struct crowd {
  uint32_t count, done;
  fetched *answers;
  guest_subtask_t *subtasks;
  guest_string_t *order; /* answers as they came */
  guest_waitable_set_t set;
} crowd;

static void crowd_take(crowd *c, uint32_t index) { c->order[c->done++] = c->answers[index].val.ok; }

static guest_callback_code_t crowd_next(crowd *c) {
  if (c->done < c->count) return GUEST_CALLBACK_CODE_WAIT(c->set);
  guest_list_string_t result = {c->order, c->count};
  SERVICE(fan_out_return)(result);
  for (uint32_t i = 0; i < c->count; i++) guest_string_free(&c->order[i]);
  guest_waitable_set_drop(c->set);
  free(c->answers);
  free(c->subtasks);
  free(c->order);
  free(c);
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t SERVICE(fan_out)(uint32_t count) {
  crowd *c = calloc(1, sizeof *c);
  if (!c) abort();
  *c = (crowd){.count = count, .set = guest_waitable_set_new(), .answers = calloc(count, sizeof *c->answers),
               .subtasks = calloc(count, sizeof *c->subtasks), .order = calloc(count, sizeof *c->order)};
  if (!c->answers || !c->subtasks || !c->order) abort();
  guest_context_set_0(c);
  for (uint32_t i = 0; i < count; i++) {
    guest_string_t key;
    guest_string_set(&key, i % 2 ? "odd" : "even");
    guest_subtask_status_t status = BACKEND(fetch)(key, (count - i) * 15, &c->answers[i]);
    if (GUEST_SUBTASK_STATE(status) == GUEST_SUBTASK_RETURNED) {
      crowd_take(c, i);
      continue;
    }
    c->subtasks[i] = GUEST_SUBTASK_HANDLE(status);
    guest_waitable_join(c->subtasks[i], c->set);
  }
  return crowd_next(c);
}

guest_callback_code_t SERVICE(fan_out_callback)(guest_event_t *event) {
  crowd *c = guest_context_get_0();
  if (event->code != GUEST_SUBTASK_RETURNED) return GUEST_CALLBACK_CODE_WAIT(c->set);
  uint32_t index = 0;
  while (c->subtasks[index] != event->waitable) index++;
  c->subtasks[index] = 0; /* the handle may come again */
  guest_waitable_join(event->waitable, 0);
  guest_subtask_drop(event->waitable);
  crowd_take(c, index);
  return crowd_next(c);
}

/* Waiting inside a call */

static void await(guest_subtask_status_t status) {
  if (GUEST_SUBTASK_STATE(status) == GUEST_SUBTASK_RETURNED) return;
  guest_subtask_t subtask = GUEST_SUBTASK_HANDLE(status);
  guest_waitable_set_t set = guest_waitable_set_new();
  guest_event_t event;
  guest_waitable_join(subtask, set);
  do guest_waitable_set_wait(set, &event);
  while (event.code != GUEST_SUBTASK_RETURNED);
  guest_waitable_join(subtask, 0);
  guest_subtask_drop(subtask);
  guest_waitable_set_drop(set);
}

guest_callback_code_t SERVICE(converse)(guest_string_t *name) {
  BACKEND(own_connection_t) connection;
  uint8_t hello[] = {1, 2, 3}, bye[] = {4, 5};
  guest_list_u8_t first = {hello, sizeof hello}, second = {bye, sizeof bye};
  uint32_t sent[2] = {0};
  await(BACKEND(static_connection_open)(*name, &connection));
  await(BACKEND(method_connection_send)(BACKEND(borrow_connection)(connection), first, &sent[0]));
  await(BACKEND(method_connection_send)(BACKEND(borrow_connection)(connection), second, &sent[1]));
  BACKEND(connection_drop_own)(connection);
  guest_string_free(name);
  SERVICE(converse_return)(sent[0] * 100 + sent[1]);
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t SERVICE(converse_callback)(guest_event_t *event) {
  (void)event;
  abort();
}

guest_callback_code_t SERVICE(relay)(guest_string_t *d) {
  guest_string_t words[2] = {*d, *d};
  BACKEND(report_args_t) args = {.a = 200, .b = UINT64_MAX, .c = -0.5, .d = *d, .e = {words, 2}};
  guest_tuple2_u32_string_t result;
  await(BACKEND(report)(&args, &result));
  rt_text text = {0};
  rt_put_u64(&text, result.f0);
  rt_put(&text, " ");
  rt_put_n(&text, result.f1.ptr, result.f1.len);
  guest_string_t answer = {(uint8_t *)text.ptr, text.len};
  SERVICE(relay_return)(answer);
  free(text.ptr);
  guest_tuple2_u32_string_free(&result);
  guest_string_free(d);
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t SERVICE(relay_callback)(guest_event_t *event) {
  (void)event;
  abort();
}

guest_callback_code_t exports_guest_tock(uint32_t times) {
  uint32_t sum = 0;
  while (times--) {
    uint32_t ticks = 0;
    await(guest_tick(&ticks));
    sum += ticks;
  }
  exports_guest_tock_return(sum);
  return GUEST_CALLBACK_CODE_EXIT;
}

guest_callback_code_t exports_guest_tock_callback(guest_event_t *event) {
  (void)event;
  abort();
}
