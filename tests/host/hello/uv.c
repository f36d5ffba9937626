/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Laws U1 to U3: a libuv loop turns the store; timers are real, and short. Order is what is checked, not time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <withost/uv.h>

#include "hello_host.h"

typedef struct host { uv_loop_t *loop; withost_call *never; char order[256]; int status; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static void timer_closed(uv_handle_t *handle) { free(handle); }

static void timer_fired(uv_timer_t *timer) {
  hello_demo_hello_timer_wait_return(timer->data);
  uv_close((uv_handle_t *)timer, timer_closed);
}

static void never_cancelled(void *user, withost_call *call) {
  (void)user;
  withost_call_answer_cancelled(call);
}

static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  if (milliseconds == 999) {
    h->never = call;
    withost_call_on_cancel(call, never_cancelled, h);
    return;
  }
  uv_timer_t *timer = malloc(sizeof *timer);
  uv_timer_init(h->loop, timer);
  timer->data = call;
  uv_timer_start(timer, timer_fired, milliseconds, 0);
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  size_t used = strlen(h->order);
  (void)call;
  h->status = status;
  if (text) snprintf(h->order + used, sizeof h->order - used, "%.*s;", (int)text->len, (const char *)text->ptr);
}

static withost_call *greet(hello_instance *guest, host *h, const char *who, uint32_t milliseconds) {
  hello_string_t name = {(uint8_t *)(uintptr_t)who, strlen(who)};
  withost_call *call;
  hello_demo_hello_greeter_greet(guest, NULL, name, milliseconds, greeted, h, &call);
  return call;
}

int main(void) {
  static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};
  host h = {.loop = uv_default_loop(), .status = -1};
  withost_uv *uv;
  hello_instance *guest;
  check(withost_uv_new(h.loop, NULL, &uv) == WITHOST_OK, "new");
  check(hello_instantiate(withost_uv_store(uv), hello_program_wasm2c(), &imports, &h, &guest) == WITHOST_OK, "instantiate");
  check(uv_run(h.loop, UV_RUN_DEFAULT) == 0, "law U1: an idle store does not keep the loop");
  greet(guest, &h, "Ada", 60);
  greet(guest, &h, "Grace", 5);
  greet(guest, &h, "Edsger", 30);
  check(withost_uv_close(uv) == WITHOST_EBUSY, "busy");
  uv_run(h.loop, UV_RUN_DEFAULT);
  check(strcmp(h.order, "hello Grace;hello Edsger;hello Ada;") == 0, "law U2: the loop turns the store");
  withost_call *call = greet(guest, &h, "Alan", 999);
  int error = withost_call_set_deadline(call, uv_now(h.loop) + 10);
  withost_uv_update(uv);
  uv_run(h.loop, UV_RUN_DEFAULT);
  check(error == WITHOST_OK && h.never, "a deadline");
  check(withost_store_next_deadline(withost_uv_store(uv)) == UINT64_MAX, "law U3: it passes");
  if (h.status != WITHOST_EDEADLINE) {
    /* this guest goes on waiting when it is asked to stop, as a guest may */
    check(hello_close(guest) == WITHOST_EBUSY, "the guest was asked, and has not answered");
    withost_instance_abort(hello_as_instance(guest), "the test ends");
  }
  check(withost_uv_close(uv) == WITHOST_OK, "close");
  check(uv_run(h.loop, UV_RUN_DEFAULT) == 0 && uv_loop_close(h.loop) == 0, "nothing is left in the loop");
  printf("# %d %s\n1..%d\n", h.status, h.order, number);
  return failures != 0;
}
