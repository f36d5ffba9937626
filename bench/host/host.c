/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host's calls on both engines, through generated glue as an embedder would write it, and the same component through
 * libwasmtime's component C API in the same run (peer.c). Lines of "name unit value goal peer_value".
 *
 *   host GUEST.wasm COMPONENT.wasm SYNC_COMPONENT.wasm
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>

#include <withost/wasmtime.h>

#include "bench_host.h"
#include "peer.h"

enum { ROUNDS = 7, PARKED_MANY = 100000, PARKED_FEW = 100 };

typedef struct host {
  bench_instance *guest;
  withost_call **later;
  size_t later_count, finished, allocations, bytes;
} host;

/* ---- Imports, callbacks, memory ---- */

static uint32_t tick(void *user, withost_call *call, uint32_t a) {
  (void)user;
  (void)call;
  return a;
}

static void ready(void *user, withost_call *call, uint32_t a) {
  (void)user;
  bench_host_timer_ready_return(call, a);
}

static void later(void *user, withost_call *call, uint32_t a) {
  host *h = user;
  (void)a;
  h->later[h->later_count++] = call;
}

static void nop_done(void *user, withost_call *call, int status) {
  (void)call;
  ((host *)user)->finished += status == WITHOST_OK;
}

static void number_done(void *user, withost_call *call, int status, const uint32_t *result) {
  (void)call;
  (void)result;
  ((host *)user)->finished += status == WITHOST_OK;
}

static void *counting_resize(void *user, void *old, size_t old_size, size_t size) {
  host *h = user;
  h->allocations += size != 0;
  h->bytes += size - old_size;
  if (size) return realloc(old, size);
  free(old);
  return NULL;
}

static const bench_imports imports = {.bench_host_env_tick = tick, .bench_host_timer_ready = ready, .bench_host_timer_later = later};

static void must(int error, const char *what) {
  if (!error) return;
  fprintf(stderr, "bench: %s: %s\n", what, withost_error_text(error));
  exit(1);
}

/* ---- What is timed: each runs n times ---- */

static void run_add(void *user, size_t n) {
  const host *h = user;
  uint32_t sum = 0, result;
  for (size_t k = 0; k < n; k++) {
    must(bench_host_work_add(h->guest, NULL, (uint32_t)k, 1, &result), "add");
    sum += result;
  }
  __asm__ volatile("" ::"r"(sum));
}

static void run_import(void *user, size_t n) {
  uint32_t result;
  must(bench_host_work_imports(((host *)user)->guest, NULL, (uint32_t)n, &result), "imports");
}

static void run_list(void *user, size_t n) {
  static uint8_t bytes[65536];
  const bench_list_u8_t list = {bytes, sizeof bytes};
  uint32_t result;
  for (size_t k = 0; k < n; k++) must(bench_host_work_sum(((host *)user)->guest, NULL, list, &result), "sum");
}

static void run_record(void *user, size_t n) {
  exports_bench_host_work_person_t p = {1, 2, bench_string_of("Ada Lovelace"), bench_string_of("ada@example.org"), 1.5, 60, 7, 8};
  exports_bench_host_work_person_t result;
  for (size_t k = 0; k < n; k++) {
    must(bench_host_work_echo(((host *)user)->guest, NULL, p, &result), "echo");
    exports_bench_host_work_person_free(&result);
  }
}

static void run_nop(void *user, size_t n) {
  host *h = user;
  for (size_t k = 0; k < n; k++) must(bench_host_jobs_nop(h->guest, NULL, nop_done, h, NULL), "nop");
}

static void run_ready(void *user, size_t n) {
  host *h = user;
  must(bench_host_jobs_call_ready(h->guest, NULL, (uint32_t)n, number_done, h, NULL), "call-ready");
}

static void run_later(void *user, size_t n) {
  host *h = user;
  for (size_t k = 0; k < n; k++) {
    h->later_count = 0;
    must(bench_host_jobs_call_later(h->guest, NULL, 1, number_done, h, NULL), "call-later");
    must(bench_host_timer_later_return(h->later[0], 1), "return");
    withost_store_run(withost_instance_store(bench_as_instance(h->guest)));
  }
}

/* The best of some rounds, after one that warms up. */
static double time_of(void (*run)(void *user, size_t n), void *user, size_t n) {
  double best = 0;
  run(user, n / 10 + 1);
  for (int round = 0; round < ROUNDS; round++) {
    double start = bench_now();
    run(user, n);
    double each = (bench_now() - start) / (double)n;
    if (!round || each < best) best = each;
  }
  return best;
}

static void row(const char *name, const char *engine, const char *unit, double value, double goal, double peer) {
  printf("host.%s%s%s %s %.4g %.4g ", name, *engine ? "." : "", engine, unit, value, goal);
  if (peer > 0) printf("%.4g\n", peer);
  else printf("-\n");
}

/* ---- Rows ---- */

static void rows_of_engine(host *h, const char *engine, const peer_times *peer, bool compiled) {
  row("sync-add", engine, "ns", time_of(run_add, h, 2000000), compiled ? 10 : peer->raw_add + 15, peer->add);
  row("import", engine, "ns", time_of(run_import, h, 2000000), compiled ? 8 : peer->raw_import + 10, peer->import);
  row("list-u8-64k", engine, "us", time_of(run_list, h, 10000) / 1000, peer->list / 1000 / 200, peer->list / 1000);
  row("record", engine, "ns", time_of(run_record, h, 200000), peer->record / 10, peer->record);
  row("async-nop", engine, "ns", time_of(run_nop, h, 1000000), compiled ? 60 : 120, peer->nop);
  if (!compiled) return;
  row("async-import-ready", engine, "ns", time_of(run_ready, h, 1000000), 30, 0);
  row("async-import-later", engine, "ns", time_of(run_later, h, 500000), 200, 0);
}

static void rows_of_allocations(host *h) {
  size_t before = h->allocations;
  run_add(h, 1000);
  run_nop(h, 1000);
  run_ready(h, 1000);
  run_later(h, 1000);
  row("allocations", "", "times", (double)(h->allocations - before), 0, 0);
}

/* Time per answer with n calls parked in one instance; *bytes is what the store holds for each. */
static double parked_time(const withost_program *program, size_t n, double *bytes) {
  host h = {.later = malloc(n * sizeof *h.later)};
  const withost_config config = {.allocator = {counting_resize, &h}};
  withost_store *store;
  must(withost_store_new(&config, &store), "store");
  must(bench_instantiate(store, program, &imports, &h, &h.guest), "instantiate");
  uint32_t memory = *((withost_instance *)h.guest)->memory_size;
  size_t before = h.bytes;
  for (size_t k = 0; k < n; k++) must(bench_host_jobs_call_later(h.guest, NULL, 1, number_done, &h, NULL), "call-later");
  *bytes = (double)(h.bytes - before - (*((withost_instance *)h.guest)->memory_size - memory)) / (double)n;
  double start = bench_now();
  for (size_t k = 0; k < n; k++) {
    must(bench_host_timer_later_return(h.later[k], 1), "return");
    withost_store_run(store);
  }
  double each = (bench_now() - start) / (double)n;
  if (h.finished != n) must(WITHOST_EDEADLOCK, "parked calls");
  must(withost_store_close(store), "close");
  free(h.later);
  return each;
}

static void rows_of_parked(const withost_program *program) {
  double bytes, few = 0, many = 0;
  for (int round = 0; round < ROUNDS; round++) {
    double small = 0, ignored;
    for (int k = 0; k < 100; k++) small += parked_time(program, PARKED_FEW, &ignored) / 100;
    double large = parked_time(program, PARKED_MANY, &bytes);
    if (!round || small < few) few = small;
    if (!round || large < many) many = large;
  }
  row("parked-memory", "", "B", bytes, 512, 0);
  row("parked-scale", "", "times", many / few, 1.5, 0);
}

static void run_instantiate(void *user, size_t n) {
  withost_store *store;
  must(withost_store_new(NULL, &store), "store");
  for (size_t k = 0; k < n; k++) {
    bench_instance *guest;
    must(bench_instantiate(store, user, &imports, NULL, &guest), "instantiate");
    must(bench_close(guest), "close");
  }
  must(withost_store_close(store), "close");
}

/* ---- */

static void *read_file(const char *path, size_t *size) {
  FILE *f = fopen(path, "rb");
  uint8_t *bytes = malloc(1 << 20);
  *size = f && bytes ? fread(bytes, 1, 1 << 20, f) : 0;
  if (!*size) must(WITHOST_EINVAL, path);
  fclose(f);
  return bytes;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  size_t size, component_size, sync_size;
  uint8_t *module = read_file(argv[1], &size), *component = read_file(argv[2], &component_size);
  uint8_t *sync = read_file(argv[3], &sync_size);
  peer_times peer = peer_measure(component, component_size, sync, sync_size);
  withost_call *calls[1];
  host compiled = {.later = calls}, loaded = {.later = calls};
  const withost_config config = {.allocator = {counting_resize, &compiled}};
  withost_store *store;
  withost_wasmtime *engine;
  withost_program *program;
  must(withost_store_new(&config, &store), "store");
  must(bench_instantiate(store, bench_program_wasm2c(), &imports, &compiled, &compiled.guest), "instantiate");
  must(withost_wasmtime_new(0, &engine), "engine");
  must(bench_load_wasmtime(engine, module, size, &program), "load");
  must(bench_instantiate(store, program, &imports, &loaded, &loaded.guest), "instantiate");
  rows_of_engine(&compiled, "wasm2c", &peer, true);
  rows_of_engine(&loaded, "wasmtime", &peer, false);
  rows_of_allocations(&compiled);
  rows_of_parked(bench_program_wasm2c());
  withost_program *const wasm2c = (withost_program *)(uintptr_t)bench_program_wasm2c();
  row("instantiate", "wasm2c", "us", time_of(run_instantiate, wasm2c, 2000) / 1000, 20,
      time_of(run_instantiate, program, 500) / 1000);
  must(withost_store_close(store), "close");
  withost_wasmtime_unload(program);
  withost_wasmtime_free(engine);
  free(module);
  free(component);
  free(sync);
  return 0;
}
