/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Laws W1 to W3: a guest has of its system what the host gives, and nothing by default.
 */
#include <stdio.h>
#include <string.h>

#include <withost/wasi.h>

#include "hello_host.h"

typedef struct host { char answer[256], output[256]; uint64_t tag; int status; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static ptrdiff_t log_write(void *user, withost_call *call, int fd, const uint8_t *bytes, size_t size) {
  host *h = user;
  size_t used = strlen(h->output);
  if (fd != 1 || used + size >= sizeof h->output) return -1;
  memcpy(h->output + used, bytes, size);
  h->tag = withost_call_group(call)->tag;
  return (ptrdiff_t)size;
}

static ptrdiff_t give_line(void *user, withost_call *call, int fd, uint8_t *buffer, size_t size) {
  (void)user;
  (void)call;
  if (fd != 0 || size < 3) return -1;
  memcpy(buffer, "in\n", 3);
  return 3;
}

static int tell_time(void *user, withost_call *call, withost_wasi_clock clock, uint64_t *nanoseconds) {
  (void)user;
  (void)call;
  *nanoseconds = 5000000007u;
  return clock == WITHOST_WASI_MONOTONIC ? 0 : -1;
}

static int give_42(void *user, withost_call *call, uint8_t *buffer, size_t size) {
  (void)user;
  (void)call;
  memset(buffer, 42, size);
  return 0;
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  (void)call;
  h->status = status;
  h->answer[0] = 0;
  if (text) snprintf(h->answer, sizeof h->answer, "%.*s", (int)text->len, (const char *)text->ptr);
}

static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  (void)user;
  (void)milliseconds;
  hello_demo_hello_timer_wait_return(call);
}

static void greet(hello_instance *guest, host *h, uint32_t milliseconds) {
  static withost_group group = {.tag = 77};
  hello_string_t name = {(uint8_t *)"Ada", 3};
  hello_demo_hello_greeter_greet(guest, &group, name, milliseconds, greeted, h, NULL);
}

int main(void) {
  static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};
  host h = {0};
  const char *environment[] = {"USER=x", "HOME=/nowhere", NULL};
  const withost_wasi some = {.environment = environment, .read = give_line, .write = log_write, .clock = tell_time,
                             .random = give_42, .user = &h};
  withost_store *store;
  hello_instance *denied, *guest;
  withost_store_new(NULL, &store);
  check(hello_instantiate(store, hello_program_wasm2c(), &imports, &h, &denied) == 0, "instantiate, with nothing");
  withost_store_set_wasi(store, &some);
  check(hello_instantiate(store, hello_program_wasm2c(), &imports, &h, &guest) == 0, "instantiate, with something");
  greet(denied, &h, 0);
  check(strcmp(h.answer, "------ (no home) ") == 0, "law W1: everything is denied by default");
  greet(guest, &h, 0);
  check(strcmp(h.answer, "tro--i /nowhere in\n") == 0, "law W1: streams, clock, random numbers, environment; no files");
  check(strcmp(h.output, "to Ada, 1.5\n") == 0, "what it printed");
  check(h.tag == 77, "law W2: output has the group that it is for");
  greet(guest, &h, 666);
  check(h.status == WITHOST_ETRAP, "law W3: exit is a trap");
  check(strcmp(withost_instance_trap(hello_as_instance(guest)), "demo:hello/greeter#greet: the guest called exit(3)") == 0,
        "law W3: which says so");
  greet(denied, &h, 0);
  check(h.status == WITHOST_OK, "the other instance goes on");
  check(withost_store_close(store) == WITHOST_OK, "close");
  printf("# %s\n1..%d\n", h.answer, number);
  return failures != 0;
}
