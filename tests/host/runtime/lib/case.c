/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A case from beginning to end, on one engine after the other. See case.h.
 */
#include "case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baseline.h"

enum { FAILURES_MAX = 20 }; /* then a case gives up: each of its rounds would fail the same way */

/* ---- Checks ---- */

/* Checks that guests of another tool must fail, by case: {"leak", "the guest's ..."}, ... */
#ifndef CASE_KNOWN
#define CASE_KNOWN {"", ""}
#endif
static const struct { const char *plan, *what; } known[] = {CASE_KNOWN};

static bool must_fail(const case_run *c, const char *what) {
  for (size_t n = 0; n < sizeof known / sizeof *known; n++)
    if (strcmp(known[n].plan, c->plan->name) == 0 && strcmp(known[n].what, what) == 0) return true;
  for (const char *const *name = c->plan->fails; *name; name++)
    if (strcmp(*name, what) == 0) return true;
  return false;
}

bool case_check(case_run *c, bool held, const char *what) {
  bool good = held != must_fail(c, what);
  if (!good) c->failures++;
  if (!good || c->rounds == 0)
    printf("%sok %d - %s %s: %s%s\n", good ? "" : "not ", ++*c->number, c->plan->name, c->engine, what,
           held == good ? "" : " (fails, as it must)");
  if (c->failures < FAILURES_MAX) return held;
  printf("# too many failures\n");
  exit(1);
}

bool case_equal(case_run *c, uint64_t actual, uint64_t wanted, const char *what) {
  bool held = case_check(c, actual == wanted, what);
  if (!held) printf("# got %llu, wanted %llu\n", (unsigned long long)actual, (unsigned long long)wanted);
  return held;
}

bool bytes_are_same(const void *a, size_t a_length, const void *b, size_t b_length) {
  return a_length == b_length && (!a_length || memcmp(a, b, a_length) == 0);
}

bool case_text(case_run *c, const void *text, size_t length, const char *wanted, const char *what) {
  bool held = case_check(c, bytes_are_same(text, length, wanted, strlen(wanted)), what);
  if (!held) printf("# got '%.*s', wanted '%.200s'\n", (int)(length > 200 ? 200 : length), length ? (const char *)text : "", wanted);
  return held;
}

bool case_called(case_run *c, int error, const char *what) {
  c->calls++;
  if (error == WITHOST_OK) return true;
  case_check(c, false, what);
  printf("# %s: %s\n", withost_error_text(error), withost_store_message(c->store));
  return false;
}

void case_log(case_run *c, const uint8_t *log, size_t length) {
  char line[512];
  case_check(c, length > 0, "the guest has made its checks");
  for (size_t at = 0, end; at < length; at = end + 1) {
    for (end = at; end < length && log[end] != '\n'; end++) continue;
    snprintf(line, sizeof line, "%.*s", (int)(end - at), (const char *)log + at);
    if (strncmp(line, "ok ", 3) == 0) case_check(c, true, line + 3);
    else if (strncmp(line, "not ok ", 7) == 0) case_check(c, false, line + 7);
    else if (c->rounds == 0) printf("%s\n", line);
  }
}

/* ---- Engines ---- */

typedef struct module { uint8_t *bytes; size_t size; } module;

/* bytes NULL: it cannot be read. */
static module module_read(const char *plan, const char *world) {
  char path[512];
  module m = {NULL, 0};
  snprintf(path, sizeof path, CASE_DIRECTORY "/%s/%s.wasm", plan, world);
  FILE *f = fopen(path, "rb");
  if (!f || fseek(f, 0, SEEK_END)) return m;
  m.size = (size_t)ftell(f);
  rewind(f);
  m.bytes = malloc(m.size);
  if (m.bytes && fread(m.bytes, 1, m.size, f) != m.size) m.size = 0;
  fclose(f);
  return m;
}

static bool load_wasmtime(case_run *c, withost_wasmtime *engine, withost_program **programs) {
  for (size_t n = 0; n < CASE_WORLDS && c->plan->worlds[n].name; n++) {
    const case_world *world = &c->plan->worlds[n];
    module m = module_read(c->plan->name, world->name);
    int error = world->wasmtime(engine, m.bytes, m.size, &programs[n]);
    free(m.bytes);
    if (!case_check(c, error == WITHOST_OK, "the guest is loaded")) {
      printf("# %s: %s\n", withost_error_text(error), withost_wasmtime_message(engine));
      return false;
    }
    c->programs[n] = programs[n];
  }
  return true;
}

/* ---- Runs ---- */

void case_guest(case_run *c, withost_instance *instance, void *typed, case_heap heap_of) {
  if (c->guest_count == CASE_GUESTS) abort();
  c->guests[c->guest_count].instance = instance;
  c->guests[c->guest_count].typed = typed;
  c->guests[c->guest_count++].heap = heap_of;
}

static void run_rounds(case_run *c) {
  uint32_t calls = c->plan->calls ? c->plan->calls : CASE_CALLS;
  baseline fresh = baseline_take(c);
  c->plan->round(c);
  baseline first = baseline_take(c);
  baseline_check_live(c, &fresh, &first);
  c->rounds++;
  c->plan->round(c);
  first = baseline_take(c); /* now each pool is there: some go from one guest to the other and back */
  while (c->rounds++, c->calls < calls) c->plan->round(c);
  baseline last = baseline_take(c);
  uint32_t rounds = c->rounds;
  c->rounds = 0; /* these are to be seen */
  printf("# %s %s: %llu calls in %u rounds\n", c->plan->name, c->engine, (unsigned long long)c->calls, rounds);
  baseline_check_live(c, &fresh, &last);
  baseline_check_memory(c, &first, &last);
}

static void run_end(case_run *c) {
  if (c->plan->close) c->plan->close(c);
  case_check(c, withost_store_close(c->store) == WITHOST_OK, "the store closes");
  case_equal(c, c->heap.blocks, 0, "all of the host's memory is given back");
  case_equal(c, c->heap.wrong_sizes, 0, "each block with its size");
}

/* The programs are there. */
static void run(case_run *c) {
  withost_config config = {.allocator = heap_allocator(&c->heap)};
  c->state = calloc(1, c->plan->state_size + 1);
  if (!c->state || !case_check(c, withost_store_new(&config, &c->store) == WITHOST_OK, "a store is made")) exit(1);
  c->plan->open(c);
  if (case_check(c, c->guest_count > 0, "the guests are instantiated")) run_rounds(c);
  else printf("# %s\n", withost_store_message(c->store));
  run_end(c);
  free(c->state);
}

static int run_wasm2c(const case_plan *plan, int *number) {
  case_run c = {.plan = plan, .number = number, .engine = "wasm2c", .can_block = true};
  for (size_t n = 0; n < CASE_WORLDS && plan->worlds[n].name; n++) c.programs[n] = plan->worlds[n].wasm2c();
  run(&c);
  return c.failures;
}

/* `own`: the world that is on wasm2c all the same; CASE_WORLDS: none. */
static int run_wasmtime(const case_plan *plan, int *number, const char *name, size_t own) {
  case_run c = {.plan = plan, .number = number, .engine = name};
  withost_program *programs[CASE_WORLDS] = {NULL};
  withost_wasmtime *engine;
  if (!case_check(&c, withost_wasmtime_new(0, &engine) == WITHOST_OK, "the engine is there")) return 1;
  bool loaded = load_wasmtime(&c, engine, programs);
  if (own < CASE_WORLDS) c.programs[own] = plan->worlds[own].wasm2c();
  if (loaded) run(&c);
  for (size_t n = 0; n < CASE_WORLDS; n++) withost_wasmtime_unload(programs[n]);
  withost_wasmtime_free(engine);
  return c.failures;
}

int case_main(const case_plan *plan) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  int number = 0, failures = run_wasm2c(plan, &number) + run_wasmtime(plan, &number, "wasmtime", CASE_WORLDS);
  if (plan->mixed)
    failures += run_wasmtime(plan, &number, "wasm2c+wasmtime", 0) + run_wasmtime(plan, &number, "wasmtime+wasm2c", 1);
  printf("1..%d\n", number);
  return failures != 0;
}
