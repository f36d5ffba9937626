/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host: gives the guest a timer, then makes three calls into one instance and prints what happens when.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "hello_host.h"

typedef struct timer { withost_call *call; double at; } timer;
typedef struct host { timer timers[3]; size_t count; double start; char order[128]; } host;

static double now(const host *h) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6 - h->start;
}

/* The guest's import: answered later, by wait_for_timer. */
static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  printf("%4.0f ms    guest waits for %u ms\n", now(h), (unsigned)milliseconds);
  h->timers[h->count++] = (timer){call, now(h) + milliseconds};
}

/* Sleeps until the next timer ends, and answers its call. */
static void wait_for_timer(host *h) {
  size_t next = 0;
  for (size_t n = 1; n < h->count; n++)
    if (h->timers[n].at < h->timers[next].at) next = n;
  timer t = h->timers[next];
  h->timers[next] = h->timers[--h->count];
  double left = t.at - now(h);
  if (left > 0) nanosleep(&(struct timespec){(time_t)(left / 1e3), (long)(left * 1e6) % 1000000000}, NULL);
  hello_demo_hello_timer_wait_return(t.call);
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  (void)call;
  if (status) {
    printf("%s\n", withost_error_text(status));
    return;
  }
  printf("%4.0f ms  host has the answer \"%.*s\"\n", now(h), (int)text->len, (const char *)text->ptr);
  size_t used = strlen(h->order);
  snprintf(h->order + used, sizeof h->order - used, "%s%.*s", used ? ", " : "", (int)text->len, (const char *)text->ptr);
}

static int greet(hello_instance *guest, host *h, const char *name, uint32_t milliseconds) {
  printf("%4.0f ms  host calls greet(\"%s\", %u)\n", now(h), name, (unsigned)milliseconds);
  return hello_demo_hello_greeter_greet(guest, NULL, hello_string_of(name), milliseconds, greeted, h, NULL);
}

int main(void) {
  static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};
  host h = {0};
  withost_store *store;
  hello_instance *guest;
  if (withost_store_new(NULL, &store) || hello_instantiate(store, hello_program_wasm2c(), &imports, &h, &guest)) return 1;
  h.start = now(&h);
  if (greet(guest, &h, "Ada", 300) || greet(guest, &h, "Grace", 100) || greet(guest, &h, "Edsger", 200)) return 1;
  while (h.count) {
    wait_for_timer(&h);
    while (withost_store_run(store) > 0) {}
  }
  double took = now(&h); /* one after the other the calls would need 600 ms */
  if (strcmp(h.order, "hello Grace, hello Edsger, hello Ada") || took >= 590) return 1;
  printf("three calls of 300, 100 and 200 ms, side by side in one instance: %.0f ms\n", took);
  return withost_store_close(store);
}
