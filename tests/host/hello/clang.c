/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Three concurrent calls in one instance; the timer answers later, the shortest first. Time is simulated.
 */
#include <stdio.h>
#include <string.h>

#include "hello_host.h"

typedef struct timer { withost_call *call; uint32_t at; } timer;
typedef struct host {
  timer timers[8];
  size_t count;
  char order[256];
} host;

static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  if (milliseconds == 0) {
    hello_demo_hello_timer_wait_return(call);
    return;
  }
  h->timers[h->count++] = (timer){call, milliseconds};
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  size_t used = strlen(h->order);
  if (status) snprintf(h->order + used, sizeof h->order - used, "[%s of tag %d]", withost_error_text(status),
                       (int)withost_call_group(call)->tag);
  else snprintf(h->order + used, sizeof h->order - used, "%.*s from %d; ", (int)text->len, (const char *)text->ptr,
                (int)withost_call_group(call)->tag);
}

static bool fire_next(host *h) {
  if (!h->count) return false;
  size_t next = 0;
  for (size_t n = 1; n < h->count; n++)
    if (h->timers[n].at < h->timers[next].at) next = n;
  withost_call *call = h->timers[next].call;
  h->timers[next] = h->timers[--h->count];
  hello_demo_hello_timer_wait_return(call);
  return true;
}

static int failed(withost_store *store, const char *what, int error) {
  fprintf(stderr, "%s: %s: %s\n", what, withost_error_text(error), withost_store_message(store));
  return 1;
}

int main(void) {
  static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};
  static const struct { const char *name; uint32_t ms; } calls[] = {{"Ada", 300}, {"Grace", 100}, {"Edsger", 200}, {"Now", 0}};
  host h = {0};
  withost_store *store;
  hello_instance *guest;
  if (withost_store_new(NULL, &store)) return 1;
  int error = hello_instantiate(store, hello_program_wasm2c(), &imports, &h, &guest);
  if (error) return failed(store, "instantiate", error);
  withost_group groups[4] = {{.tag = 1}, {.tag = 2}, {.tag = 3}, {.tag = 4}};
  for (size_t n = 0; n < 4; n++) {
    hello_string_t name = {(uint8_t *)calls[n].name, strlen(calls[n].name)};
    error = hello_demo_hello_greeter_greet(guest, &groups[n], name, calls[n].ms, greeted, &h, NULL);
    if (error) return failed(store, "greet", error);
  }
  if (withost_store_close(store) != WITHOST_EBUSY) return failed(store, "close while busy", 0);
  while (fire_next(&h)) while (withost_store_run(store) > 0) {}
  error = withost_store_close(store);
  if (error) return failed(store, "close", error);
  static const char expected[] = "hello Now from 4; hello Grace from 2; hello Edsger from 3; hello Ada from 1; ";
  bool good = strcmp(h.order, expected) == 0;
  printf("%sok 1 - three calls at once in one instance end in the order of their timers\n# %s\n1..1\n", good ? "" : "not ", h.order);
  return !good;
}
