/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host of all recipes: makes REQUESTS calls of serve, cancels the first at CANCEL_AT ms if that is given, and prints who did
 * what and when. Its clock is a number that goes on to the next answer when the guest has nothing to do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "recipes_host.h"

enum { CALLS = 16, NANOSECONDS = 1000000 };

static const char body_text[] = "milk\nbread\na dozen eggs\n";

typedef struct host host;

/* An import that will be answered. size: of a page; 0: a sleep. */
typedef struct answer { withost_call *call; uint64_t at; uint32_t size; } answer;
/* A stream that goes in or out; out: `call` is answered when it has ended. */
typedef struct flow { host *h; withost_stream *end; withost_call *call; uint8_t buffer[16]; size_t moved; } flow;
typedef struct request { host *h; withost_group group; withost_call *call; } request;

struct host {
  withost_store *store;
  uint64_t now;
  answer answers[CALLS];
  size_t count;
  flow flows[CALLS];
  size_t flow_count;
  request requests[CALLS + 1];
};

static void say(const host *h, const withost_group *group, const char *what) {
  printf("%4u ms  request %u  %s", (unsigned)h->now, (unsigned)group->tag, what);
}

/* ---- Imports that take time ---- */

static void on_cancel(void *user, withost_call *call) {
  host *h = user;
  say(h, withost_call_group(call), withost_call_function(call));
  printf(" is told to stop\n");
  for (size_t n = 0; n < h->count; n++)
    if (h->answers[n].call == call) h->answers[n] = h->answers[--h->count];
  withost_call_answer_cancelled(call);
}

static void answer_later(host *h, withost_call *call, uint64_t milliseconds, uint32_t size) {
  if (h->count == CALLS) abort();
  h->answers[h->count++] = (answer){call, h->now + milliseconds, size};
  withost_call_on_cancel(call, on_cancel, h);
}

static void fetch(void *user, withost_call *call, recipes_string_t page) {
  static const struct { const char *path; uint32_t milliseconds, size; } pages[] = {
      {"/menu", 10, 120}, {"/news", 30, 300}, {"/archive", 5000, 9000}};
  host *h = user;
  say(h, withost_call_group(call), "");
  printf("fetches %.*s\n", (int)page.len, (const char *)page.ptr);
  for (size_t n = 0; n < sizeof pages / sizeof *pages; n++) {
    if (strlen(pages[n].path) != page.len || memcmp(pages[n].path, page.ptr, page.len)) continue;
    answer_later(h, call, pages[n].milliseconds, pages[n].size);
    return;
  }
  withost_call_trap(call, "no such page");
}

static void sleep_(void *user, withost_call *call, uint64_t nanoseconds) { answer_later(user, call, nanoseconds / NANOSECONDS, 0); }

/* The clock goes on to the next answer. */
static void answer_next(host *h) {
  size_t next = 0;
  for (size_t n = 1; n < h->count; n++)
    if (h->answers[n].at < h->answers[next].at) next = n;
  answer a = h->answers[next];
  h->answers[next] = h->answers[--h->count];
  h->now = a.at;
  if (a.size) recipes_fetch_return(a.call, a.size);
  else recipes_sleep_return(a.call);
}

/* ---- Streams ---- */

static flow *flow_new(host *h) {
  if (h->flow_count == CALLS) abort();
  flow *f = &h->flows[h->flow_count++];
  f->h = h;
  return f;
}

static void body_next(flow *f);
static void body_written(void *user, withost_stream *stream, int status, size_t count) {
  flow *f = user;
  f->moved += count;
  if (!status && f->moved < sizeof body_text - 1) body_next(f);
  else withost_stream_drop(stream);
}

/* In pieces, as from a network. */
static void body_next(flow *f) {
  size_t left = sizeof body_text - 1 - f->moved, piece = left < 7 ? left : 7;
  memcpy(f->buffer, body_text + f->moved, piece);
  if (recipes_stream_u8_write(f->end, f->buffer, piece, body_written, f)) abort();
}

static recipes_stream_u8_t body(void *user, withost_call *call) {
  withost_stream *readable;
  flow *f = flow_new(user);
  (void)call;
  if (recipes_stream_u8_new(f->h->store, &readable, &f->end)) abort();
  body_next(f);
  return readable;
}

static void sent_next(flow *f);
static void sent_came(void *user, withost_stream *stream, int status, size_t count) {
  flow *f = user;
  if (count) say(f->h, withost_call_group(f->call), "sends");
  if (count) printf(" %2u bytes\n", (unsigned)count);
  if (!status) {
    sent_next(f);
    return;
  }
  withost_stream_drop(stream);
  recipes_send_return(f->call);
}

static void sent_next(flow *f) {
  if (recipes_stream_u8_read(f->end, f->buffer, sizeof f->buffer, sent_came, f)) abort();
}

static void send_(void *user, withost_call *call, recipes_stream_u8_t response) {
  flow *f = flow_new(user);
  f->end = response;
  f->call = call;
  sent_next(f);
}

/* ---- The rest ---- */

static void log_(void *user, withost_call *call, recipes_string_t line, uint32_t number) {
  say(user, withost_call_group(call), "");
  printf("logs \"%.*s %u\"\n", (int)line.len, (const char *)line.ptr, (unsigned)number);
}

static void served(void *user, withost_call *call, int status, const uint32_t *result) {
  request *r = user;
  (void)call;
  r->call = NULL;
  say(r->h, &r->group, status ? withost_error_text(status) : "is answered");
  if (!status) printf(" %u", (unsigned)*result);
  if (status == WITHOST_ETRAP) printf(": %s", withost_store_message(r->h->store));
  printf("\n");
}

/* All that was charged to the request has ended, also what went on after its answer. */
static void finished(void *user, withost_group *group) {
  if (!group->tag) return;
  say(user, group, "has ended\n");
}

static void settle(host *h) {
  while (withost_store_run(h->store) > 0) {}
}

static void run(host *h, recipes_instance *guest, unsigned requests, uint64_t cancel_at) {
  for (unsigned n = 1; n <= requests; n++) {
    request *r = &h->requests[n];
    *r = (request){.h = h, .group = {.tag = n}};
    if (recipes_serve(guest, &r->group, n, served, r, &r->call)) abort();
  }
  settle(h);
  if (cancel_at) {
    h->now = cancel_at;
    if (h->requests[1].call) withost_call_cancel(h->requests[1].call);
    settle(h);
  }
  while (h->count) {
    answer_next(h);
    settle(h);
  }
}

int main(int argc, char **argv) {
  static const recipes_imports imports = {
      .recipes_fetch = fetch, .recipes_sleep = sleep_, .recipes_body = body, .recipes_send = send_, .recipes_log = log_};
  static host h;
  recipes_instance *guest;
  withost_config config = {.hooks = {.finish = finished, .user = &h}};
  unsigned requests = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
  if (requests > CALLS || withost_store_new(&config, &h.store)) return 1;
  if (recipes_instantiate(h.store, recipes_program_wasm2c(), &imports, &h, &guest)) return 1;
  run(&h, guest, requests, argc > 2 ? (uint64_t)atoi(argv[2]) : 0);
  int error = withost_store_close(h.store); /* refused if a call or a stream were left */
  if (error) fprintf(stderr, "close: %s: %s\n", withost_error_text(error), withost_store_message(h.store));
  return error != 0;
}
