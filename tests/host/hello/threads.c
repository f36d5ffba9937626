/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The built-ins of threads and task handles, through generated glue: a guest that makes threads from its table.
 */
#include <stdio.h>
#include <string.h>

#include "hello_host.h"
#include "threads.h"

typedef struct host { withost_call *timer; uint32_t milliseconds; int status; char text[32]; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  h->timer = call;
  h->milliseconds = milliseconds;
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  (void)call;
  h->status = status;
  snprintf(h->text, sizeof h->text, "%.*s", text ? (int)text->len : 0, text ? (const char *)text->ptr : "");
}

static void greet(hello_instance *guest, host *h, const char *name, uint32_t milliseconds) {
  *h = (host){.status = -1};
  hello_demo_hello_greeter_greet(guest, NULL, hello_string_of(name), milliseconds, greeted, h, NULL);
  while (withost_store_run(withost_instance_store(hello_as_instance(guest))) == 1) {}
}

static void test_import(hello_instance *guest, host *h) {
  greet(guest, h, "Ada", 6);
  check(h->status == WITHOST_OK && !strcmp(h->text, "a") && h->timer && h->milliseconds == 7,
        "a thread whose function is an import calls it");
  check(hello_close(guest) == WITHOST_EBUSY, "the thread outlives the answer of its task");
  hello_demo_hello_timer_wait_return(h->timer);
  withost_store_run(withost_instance_store(hello_as_instance(guest)));
}

static void test_no_function(withost_store *store, const hello_imports *imports, size_t n) {
  host h;
  hello_instance *guest;
  hello_instantiate(store, hello_program_wasm2c(), imports, &h, &guest);
  greet(guest, &h, threads_no_functions[n].name, 5);
  check(h.status == WITHOST_ETRAP && !strcmp(withost_instance_trap(hello_as_instance(guest)), THREADS_NO_FUNCTION),
        threads_no_functions[n].what);
  hello_close(guest);
}

int main(void) {
  static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};
  host h;
  withost_store *store;
  hello_instance *guest;
  withost_store_new(NULL, &store);
  check(hello_instantiate(store, hello_program_wasm2c(), &imports, &h, &guest) == WITHOST_OK, "instantiate");
  for (size_t n = 0; n < sizeof threads_cases / sizeof *threads_cases; n++) {
    greet(guest, &h, "Ada", threads_cases[n].milliseconds);
    check(h.status == WITHOST_OK && !strcmp(h.text, threads_cases[n].letters), threads_cases[n].name);
  }
  test_import(guest, &h);
  check(hello_close(guest) == WITHOST_OK, "close");
  for (size_t n = 0; n < sizeof threads_no_functions / sizeof *threads_no_functions; n++) test_no_function(store, &imports, n);
  check(withost_store_close(store) == WITHOST_OK, "close the store");
  printf("1..%d\n", number);
  return failures != 0;
}
