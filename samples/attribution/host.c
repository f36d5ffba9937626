/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host of the proxy: six requests at once for two pages, and a table of whom it charges for what. Time is simulated: a
 * fetch takes 10 ms.
 *
 *   host TITLE
 */
#include <stdio.h>
#include <string.h>

#include "proxy_world_host.h"

enum { REQUESTS = 6, FETCH_TIME = 10, PENDING = 2 * REQUESTS };

typedef struct pending { withost_call *call; unsigned at; char text[32]; } pending;

typedef struct host {
  withost_group groups[REQUESTS + 1]; /* from 1; the tag is the request's number */
  unsigned imports[REQUESTS + 1], right[REQUESTS + 1], from_others[REQUESTS + 1], done_at[REQUESTS + 1];
  pending fetches[PENDING];
  size_t first, count;
  unsigned now, answered;
} host;

static const char *const paths[REQUESTS + 1] = {"", "/news", "/news", "/shop", "/news", "/shop", "/shop"};

/* Whom this host charges is the group of the call; whom it should charge is what the guest says. */
static void charge(host *h, const withost_call *call, uint32_t request) {
  uint64_t charged = withost_call_group(call)->tag;
  h->imports[request]++;
  if (charged == request) h->right[request]++;
  else h->from_others[charged]++;
}

static void fetch(void *user, withost_call *call, uint32_t request, proxy_world_string_t path) {
  host *h = user;
  charge(h, call, request);
  pending *p = &h->fetches[(h->first + h->count++) % PENDING];
  *p = (pending){.call = call, .at = h->now + FETCH_TIME};
  snprintf(p->text, sizeof p->text, "<%.*s>", (int)path.len, (const char *)path.ptr);
}

static void note(void *user, withost_call *call, uint32_t request, proxy_world_string_t line) {
  (void)line;
  charge(user, call, request);
}

static void handled(void *user, withost_call *call, int status, const proxy_world_string_t *text) {
  host *h = user;
  uint64_t request = withost_call_group(call)->tag;
  char wanted[64];
  snprintf(wanted, sizeof wanted, "<%s> + </ad>", paths[request]);
  if (status || text->len != strlen(wanted) || memcmp(text->ptr, wanted, text->len)) return;
  h->done_at[request] = h->now;
  h->answered++;
}

/* Fetches end in the order in which they began. */
static void answer_next(host *h) {
  pending *p = &h->fetches[h->first];
  h->first = (h->first + 1) % PENDING;
  h->count--;
  h->now = p->at;
  proxy_world_demo_proxy_backend_fetch_return(p->call, proxy_world_string_of(p->text));
}

static int run(host *h, withost_store *store, proxy_world_instance *guest) {
  for (uint32_t r = 1; r <= REQUESTS; r++) {
    h->groups[r].tag = r;
    int error = proxy_world_demo_proxy_proxy_handle(guest, &h->groups[r], r, proxy_world_string_of(paths[r]), handled, h, NULL);
    if (error) return error;
  }
  for (;;) {
    while (withost_store_run(store) > 0) {}
    if (!h->count) return WITHOST_OK;
    answer_next(h);
  }
}

static void print_table(const host *h, const char *title) {
  unsigned imports = 0, right = 0;
  printf("\n%s\n  request         answered  its imports  charged to it  to others  and of others to it\n", title);
  for (unsigned r = 1; r <= REQUESTS; r++) {
    printf("  %u GET %-8s %5u ms %12u %14u %10u %20u\n", r, paths[r], h->done_at[r], h->imports[r], h->right[r],
           h->imports[r] - h->right[r], h->from_others[r]);
    imports += h->imports[r];
    right += h->right[r];
  }
  printf("  %u of %u imports charged wrongly\n", imports - right, imports);
}

int main(int argc, char **argv) {
  static const proxy_world_imports imports = {.demo_proxy_backend_fetch = fetch, .demo_proxy_backend_log = note};
  static host h;
  withost_store *store;
  proxy_world_instance *guest;
  int error = withost_store_new(NULL, &store);
  if (!error) error = proxy_world_instantiate(store, proxy_world_program_wasm2c(), &imports, &h, &guest);
  if (!error) error = run(&h, store, guest);
  if (error || h.answered != REQUESTS) {
    printf("%s: %s; %u answers\n", withost_error_text(error), withost_store_message(store), h.answered);
    return 1;
  }
  print_table(&h, argc > 1 ? argv[1] : "");
  return withost_store_close(store);
}
