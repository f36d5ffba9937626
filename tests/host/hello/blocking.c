/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Blocking guests, and laws 3, 7 and 9: calls parked on their own stacks; then one traps, and everything of that instance
 * ends, once each, while a second instance of the same store goes on.
 */
#include <stdio.h>
#include <string.h>

#include "hello_host.h"

typedef struct host { withost_call *timers[8]; size_t count; int ok, trapped; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  (void)milliseconds;
  h->timers[h->count++] = call;
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  (void)call;
  h->ok += status == WITHOST_OK && text->len == 3 && memcmp(text->ptr, "Ada", 3) == 0;
  h->trapped += status == WITHOST_ETRAP && !text;
}

static int greet(hello_instance *guest, host *h, uint32_t ms) {
  hello_string_t name = {(uint8_t *)"Ada", 3};
  return hello_demo_hello_greeter_greet(guest, NULL, name, ms, greeted, h, NULL);
}

int main(void) {
  static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};
  host bad = {0}, good = {0};
  withost_store *store;
  hello_instance *first, *second;
  withost_store_new(NULL, &store);
  check(hello_instantiate(store, hello_program_wasm2c(), &imports, &bad, &first) == 0, "instantiate");
  check(hello_instantiate(store, hello_program_wasm2c(), &imports, &good, &second) == 0, "instantiate again");
  greet(first, &bad, 1);
  greet(first, &bad, 666);
  greet(first, &bad, 3);
  greet(second, &good, 1);
  check(bad.count == 3 && good.count == 1, "four calls are parked");
  hello_demo_hello_timer_wait_return(bad.timers[0]);
  withost_store_run(store);
  check(bad.ok == 1, "the first goes on");
  hello_demo_hello_timer_wait_return(bad.timers[1]);
  withost_store_run(store);
  check(bad.ok == 1 && bad.trapped == 2, "law 9: a trap ends every call of its instance");
  check(strcmp(withost_instance_trap(hello_as_instance(first)),
               "demo:hello/greeter#greet: wasm `unreachable` instruction executed") == 0, "the message names function and reason");
  check(greet(first, &bad, 1) == WITHOST_EPOISONED, "law 9: later calls are refused");
  check(hello_close(first) == WITHOST_EBUSY, "law 10: the host still owes an answer");
  check(hello_demo_hello_timer_wait_return(bad.timers[2]) == WITHOST_EPOISONED, "law 7: it may still answer");
  check(hello_close(first) == WITHOST_OK, "then it closes");
  hello_demo_hello_timer_wait_return(good.timers[0]);
  withost_store_run(store);
  check(good.ok == 1, "law 9: the other instance is unharmed");
  check(withost_store_close(store) == WITHOST_OK, "close");
  printf("1..%d\n", number);
  return failures != 0;
}
