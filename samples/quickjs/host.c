/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Runs the script with many requests at once, answers what it waits for in random order, and compares for each import the request
 * that it says it is for with the group that the host sees. The guest that is linked with libwitguest-off.a has to be wrong
 * somewhere, or the comparison would prove nothing.
 *
 *   host guest.wasm script.js [REQUESTS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <withost/wasi.h>
#include <withost/wasmtime.h>

#include "javascript_host.h"

typedef struct waiting { withost_call *call; char url[64]; /* "": a timer */ } waiting;

typedef struct host {
  withost_store *store;
  javascript_instance *guest;
  waiting *waits;
  size_t count, capacity;
  unsigned long imports, wrong;
  unsigned done, failed, cancelled, finished; /* requests */
  uint32_t random;
  int error;
  bool talks;
} host;

static uint32_t draw(host *h, uint32_t n) {
  h->random = h->random * 1664525u + 1013904223u;
  return (h->random >> 16) % n;
}

/* Notes the error, if it is one. */
static int check(host *h, const char *what, int error) {
  if (error) fprintf(stderr, "%s: %s: %s\n", what, withost_error_text(error), withost_store_message(h->store));
  if (error) h->error = error;
  return error;
}

/* ---- What the script imports ---- */

static void observe(host *h, const withost_call *call, uint64_t request) {
  h->imports++;
  h->wrong += withost_call_group(call)->tag != request;
}

static uint64_t number_in(javascript_string_t text) {
  uint64_t number = 0;
  for (size_t n = 0; n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9'; n++) number = number * 10 + (uint64_t)(text.ptr[n] - '0');
  return number;
}

static void console_log(void *user, withost_call *call, javascript_string_t line) {
  host *h = user;
  observe(h, call, number_in(line));
  if (h->talks) printf("charged to %3d: %.*s\n", (int)withost_call_group(call)->tag, (int)line.len, (const char *)line.ptr);
}

/* The script stops a timer, or its request was cancelled. */
static void cancelled(void *user, withost_call *call) {
  host *h = user;
  for (size_t n = 0; n < h->count; n++)
    if (h->waits[n].call == call) h->waits[n] = h->waits[--h->count];
  withost_call_answer_cancelled(call);
}

static waiting *wait_for(host *h, withost_call *call) {
  if (h->count == h->capacity) {
    h->capacity = h->capacity ? h->capacity * 2 : 64;
    h->waits = realloc(h->waits, h->capacity * sizeof *h->waits);
    if (!h->waits) abort();
  }
  withost_call_on_cancel(call, cancelled, h);
  h->waits[h->count] = (waiting){.call = call};
  return &h->waits[h->count++];
}

static void net_fetch(void *user, withost_call *call, javascript_string_t url) {
  observe(user, call, number_in(url));
  waiting *w = wait_for(user, call);
  snprintf(w->url, sizeof w->url, "%.*s", (int)url.len, (const char *)url.ptr);
}

/* The thousands of its milliseconds are the request. A timer of 900 ms or more is one that the script is going to stop. */
static void clock_wait(void *user, withost_call *call, uint64_t nanoseconds) {
  uint64_t milliseconds = nanoseconds / 1000000;
  observe(user, call, milliseconds / 1000);
  if (milliseconds % 1000 < 900) wait_for(user, call);
  else withost_call_on_cancel(call, cancelled, user);
}

static void answer_one(host *h) {
  size_t n = draw(h, (uint32_t)h->count);
  waiting w = h->waits[n];
  h->waits[n] = h->waits[--h->count];
  if (!w.url[0]) {
    javascript_sample_quickjs_clock_wait_return(w.call);
    return;
  }
  sample_quickjs_net_result_string_string_t result = {.is_err = strstr(w.url, "fail") != NULL};
  if (result.is_err) result.val.err = javascript_string_of("no such page");
  else result.val.ok = javascript_string_of(w.url);
  javascript_sample_quickjs_net_fetch_return(w.call, result);
}

/* ---- Requests ---- */

static void loaded(void *user, withost_call *call, int status, const exports_sample_quickjs_scripts_result_void_string_t *result) {
  host *h = user;
  (void)call;
  if (check(h, "load", status) || !result->is_err) return;
  fprintf(stderr, "script.js: %.*s\n", (int)result->val.err.len, (const char *)result->val.err.ptr);
  h->error = 1;
}

static void handled(void *user, withost_call *call, int status, const exports_sample_quickjs_scripts_result_string_string_t *result) {
  host *h = user;
  withost_call_group(call)->pointer = NULL;
  h->done++;
  if (status == WITHOST_ECANCELLED) h->cancelled++;
  else if (!check(h, "handle", status)) h->failed += result->is_err;
}

static void unloaded(void *user, withost_call *call, int status) {
  (void)call;
  check(user, "unload", status);
}

static void finished(void *user, withost_group *group) { ((host *)user)->finished += group->tag != 0; }

static void run(host *h) {
  while (withost_store_run(h->store) > 0) {}
}

/* group->pointer: the call, until it has its result. */
static void request_start(host *h, withost_group *group, uint32_t id) {
  static const char *const paths[] = {"chain", "all", "timers", "errors", "background"};
  javascript_string_t path = javascript_string_of(paths[id % 5]);
  withost_call *call;
  *group = (withost_group){.tag = id};
  int error = javascript_sample_quickjs_scripts_handle(h->guest, group, id, path, handled, h, &call);
  if (!check(h, "handle", error)) group->pointer = call;
  run(h);
}

/* Every 16th request is cancelled after a while, if it is still there. */
static void serve(host *h, withost_group *groups, uint32_t requests) {
  for (uint32_t n = 0; n < requests && !h->error; n++) {
    request_start(h, &groups[n], n + 1);
    if (n >= 20 && n % 16 == 0 && groups[n - 20].pointer) withost_call_cancel(groups[n - 20].pointer);
    for (uint32_t k = draw(h, 4); k && h->count; k--) answer_one(h);
  }
  for (run(h); h->count && !h->error; run(h)) answer_one(h);
}

/* ---- Files ---- */

/* Own; a zero behind it. */
static uint8_t *read_file(const char *path, size_t *size) {
  FILE *f = fopen(path, "rb");
  uint8_t *bytes = malloc(1 << 22);
  *size = f && bytes ? fread(bytes, 1, (1 << 22) - 1, f) : 0;
  if (f) fclose(f);
  if (bytes) bytes[*size] = 0;
  return bytes;
}

static int run_guest(host *h, const withost_program *program, const char *script, uint32_t requests) {
  static const javascript_imports imports = {
      .sample_quickjs_console_log = console_log, .sample_quickjs_net_fetch = net_fetch, .sample_quickjs_clock_wait = clock_wait};
  withost_config config = {.hooks = {.finish = finished, .user = h}};
  withost_group *groups = calloc(requests, sizeof *groups);
  if (!groups || withost_store_new(&config, &h->store)) return 1;
  withost_store_set_wasi(h->store, withost_wasi_process());
  if (!check(h, "instantiate", javascript_instantiate(h->store, program, &imports, h, &h->guest))) {
    check(h, "load", javascript_sample_quickjs_scripts_load(h->guest, NULL, javascript_string_of(script), loaded, h, NULL));
    run(h);
    if (!h->error) serve(h, groups, requests);
    check(h, "unload", javascript_sample_quickjs_scripts_unload(h->guest, NULL, unloaded, h, NULL));
    run(h);
  }
  check(h, "close", withost_store_close(h->store)); /* refused if a call were left */
  free(groups);
  free(h->waits);
  return h->error;
}

int main(int argc, char **argv) {
  host h = {.random = 1};
  withost_wasmtime *engine;
  withost_program *program;
  size_t size, script_size;
  uint32_t requests = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 200;
  if (argc < 3 || withost_wasmtime_new(0, &engine)) return 2;
  uint8_t *guest = read_file(argv[1], &size), *script = read_file(argv[2], &script_size);
  if (!guest || !script) return 2;
  h.talks = requests <= 10;
  int error = javascript_load_wasmtime(engine, guest, size, &program);
  if (error) fprintf(stderr, "%s: %s\n", argv[1], withost_wasmtime_message(engine));
  else error = run_guest(&h, program, (const char *)script, requests);
  if (!error) {
    printf("%u requests: %u answered, %u with an error, %u cancelled, %u ended; %lu imports, %lu charged to another request\n",
           (unsigned)requests, h.done - h.failed - h.cancelled, h.failed, h.cancelled, h.finished, h.imports, h.wrong);
    withost_wasmtime_unload(program);
  }
  withost_wasmtime_free(engine);
  free(guest);
  free(script);
  return error || h.done != requests || h.finished != requests;
}
