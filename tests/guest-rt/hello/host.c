/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest whose source knows nothing of the library: three calls at once. With libwitguest-serial they come one after the other, with
 * the others as before, in the order of their timers.
 */
#include <stdio.h>
#include <string.h>

#include "hello_host.h"

typedef struct timer { withost_call *call; uint32_t at; } timer;
typedef struct host { timer timers[3]; size_t count, most; unsigned wrong; char order[64]; } host;

/* The timer's length is the request. */
static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  h->wrong += withost_call_group(call)->tag != milliseconds;
  h->timers[h->count++] = (timer){call, milliseconds};
  if (h->count > h->most) h->most = h->count;
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  size_t used = strlen(h->order);
  (void)call;
  if (!status) snprintf(h->order + used, sizeof h->order - used, "%.*s; ", (int)text->len, (const char *)text->ptr);
}

static void answer_first(host *h) {
  size_t first = 0;
  for (size_t n = 1; n < h->count; n++)
    if (h->timers[n].at < h->timers[first].at) first = n;
  withost_call *call = h->timers[first].call;
  h->timers[first] = h->timers[--h->count];
  hello_demo_hello_timer_wait_return(call);
}

int main(int argc, char **argv) {
  static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};
  static const struct { const char *name; uint32_t ms; } calls[] = {{"Ada", 300}, {"Grace", 100}, {"Edsger", 200}};
  withost_group groups[3] = {{.tag = 300}, {.tag = 100}, {.tag = 200}};
  bool serial = argc && strcmp(strrchr(argv[0], '-'), "-serial") == 0;
  host h = {0};
  withost_store *store;
  hello_instance *guest;
  if (withost_store_new(NULL, &store) || hello_instantiate(store, hello_program_wasm2c(), &imports, &h, &guest)) return 1;
  for (size_t n = 0; n < 3; n++)
    if (hello_demo_hello_greeter_greet(guest, &groups[n], hello_string_of(calls[n].name), calls[n].ms, greeted, &h, NULL)) return 1;
  while (h.count) {
    answer_first(&h);
    while (withost_store_run(store) > 0) {}
  }
  const char *expected = serial ? "hello Ada; hello Grace; hello Edsger; " : "hello Grace; hello Edsger; hello Ada; ";
  bool ordered = strcmp(h.order, expected) == 0, counted = h.most == (serial ? 1 : 3) && !h.wrong;
  printf("%sok 1 - %s\n", ordered ? "" : "not ", h.order);
  printf("%sok 2 - %zu calls at a time, %u imports under a wrong group\n", counted ? "" : "not ", h.most, h.wrong);
  int error = withost_store_close(store);
  printf("%sok 3 - nothing is left\n1..3\n", error ? "not " : "");
  return error || !ordered || !counted;
}
