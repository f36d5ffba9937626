/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Law 1: stores share nothing. Several threads, each with stores and instances of its own on both engines: calls that wait,
 * on parked stacks too, answers in another order, traps. Programs and the engine are shared: they are constant. It is
 * the test that ThreadSanitizer runs.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <withost/wasmtime.h>

#include "hello_host.h"

/* ThreadSanitizer knows neither the locks of what was not compiled with it, nor call_once, nor that libwasmtime leaves its
 * handler of traps for good, nor when that maps memory anew: so nothing closes while other threads are between the barriers. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_options(void);
const char *__tsan_default_suppressions(void) {
  return "race:_libwasmtime.so\nrace:Z_hello_init_module\n";
}
const char *__tsan_default_options(void) { return "report_signal_unsafe=0"; }

enum { THREADS = 4, ROUNDS = 6, CALLS = 5 };

typedef struct programs { withost_program *compiled, *hostile; } programs;

typedef struct thread {
  const programs *programs;
  pthread_barrier_t *barrier;
  pthread_t id;
  int number, wrong;
} thread;

/* What one instance's host sees. */
typedef struct host { withost_call *timers[CALLS]; size_t count; int done, right, status; char who[16]; } host;

static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  (void)milliseconds;
  h->timers[h->count++] = call;
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  size_t length = strlen(h->who);
  (void)call;
  h->done++;
  h->status = status;
  h->right += text && text->len >= length && memcmp(text->ptr + text->len - length, h->who, length) == 0;
}

static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};

static int greet(hello_instance *guest, host *h, uint32_t milliseconds) {
  hello_string_t name = {(uint8_t *)h->who, strlen(h->who)};
  return hello_demo_hello_greeter_greet(guest, NULL, name, milliseconds, greeted, h, NULL);
}

/* All wait at once; the last one is answered first. */
static bool run_calls(withost_store *store, hello_instance *guest, host *h) {
  for (int n = 0; n < CALLS; n++)
    if (greet(guest, h, 1)) return false;
  bool all_wait = h->count == CALLS && h->done == 0;
  while (h->count) hello_demo_hello_timer_wait_return(h->timers[--h->count]);
  while (withost_store_run(store) > 0) {}
  return all_wait && h->right == CALLS;
}

static bool run_trap(withost_store *store, const withost_program *program, host *h, uint32_t milliseconds) {
  hello_instance *guest;
  if (hello_instantiate(store, program, &imports, h, &guest)) return false;
  greet(guest, h, milliseconds);
  return h->status == WITHOST_ETRAP;
}

static bool run_store(const thread *t, int round) {
  withost_store *store;
  hello_instance *guests[4];
  host hosts[4] = {{.status = 0}}, victim = {.who = "x"};
  if (withost_store_new(NULL, &store)) abort();
  bool good = true;
  for (int n = 0; n < 4; n++) {
    snprintf(hosts[n].who, sizeof hosts[n].who, "%d-%d-%d", t->number, round, n);
    const withost_program *program = n % 2 ? t->programs->compiled : hello_program_wasm2c();
    if (hello_instantiate(store, program, &imports, &hosts[n], &guests[n])) abort();
  }
  for (int n = 0; n < 4; n++) good &= run_calls(store, guests[n], &hosts[n]);
  good &= run_trap(store, t->programs->hostile, &victim, 666) && run_trap(store, t->programs->hostile, &victim, 667);
  greet(guests[0], &hosts[0], 1); /* parked, and ended by force */
  withost_instance_abort(hello_as_instance(guests[0]), "enough");
  hello_demo_hello_timer_wait_return(hosts[0].timers[0]);
  pthread_barrier_wait(t->barrier);
  good &= withost_store_close(store) == WITHOST_OK;
  pthread_barrier_wait(t->barrier);
  return good;
}

static void *run_thread(void *user) {
  thread *t = user;
  for (int round = 0; round < ROUNDS; round++) t->wrong += !run_store(t, round);
  return NULL;
}

static withost_program *load(withost_wasmtime *engine, const char *path) {
  static uint8_t bytes[1 << 20];
  withost_program *program = NULL;
  FILE *f = fopen(path, "rb");
  size_t size = f ? fread(bytes, 1, sizeof bytes, f) : 0;
  if (f) fclose(f);
  if (hello_load_wasmtime(engine, bytes, size, &program)) printf("# %s: %s\n", path, withost_wasmtime_message(engine));
  return program;
}

int main(void) {
  withost_wasmtime *engine;
  thread threads[THREADS];
  pthread_barrier_t barrier;
  int wrong = 0;
  if (withost_wasmtime_new(0, &engine)) return 1;
  const programs p = {load(engine, GUESTS "/hello-clang.dir/guest.wasm"), load(engine, GUESTS "/hello-hostile.dir/guest.wasm")};
  if (!p.compiled || !p.hostile) return 1;
  pthread_barrier_init(&barrier, NULL, THREADS);
  for (int n = 0; n < THREADS; n++) {
    threads[n] = (thread){.programs = &p, .barrier = &barrier, .number = n};
    if (pthread_create(&threads[n].id, NULL, run_thread, &threads[n])) return 1;
  }
  for (int n = 0; n < THREADS; n++) {
    pthread_join(threads[n].id, NULL);
    wrong += threads[n].wrong;
  }
  pthread_barrier_destroy(&barrier);
  withost_wasmtime_unload(p.compiled);
  withost_wasmtime_unload(p.hostile);
  withost_wasmtime_free(engine);
  printf("%sok 1 - law 1: %d stores on %d threads, both engines\n1..1\n", wrong ? "not " : "", THREADS * ROUNDS, THREADS);
  return wrong != 0;
}
