/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host's calls on both engines, through generated glue as an embedder would write it, and the same component through
 * libwasmtime's component C API in the same run (peer.c). Lines of "name unit value goal peer_value peer".
 *
 *   host GUEST.wasm COMPONENT.wasm SYNC_COMPONENT.wasm
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>

#include <withost/wasmtime.h>

#include "bench_host.h"
#include "peer.h"
#include "timing.h"

#define COMPONENT_API "libwasmtime component C API"
#define NO_ASYNC_IMPORT "libwasmtime component C API, of a func: it has no async func imports"
#define BARE_CALL "libwasmtime core C API, unchecked"

enum { PARKED_MANY = 100000, PARKED_FEW = 100, PARKED_ROUNDS = 3 };

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

static void row(const char *name, const char *unit, double value, double goal, double peer, const char *peer_name) {
  printf("host.%s %s %.4g %.4g ", name, unit, value, goal);
  if (peer > 0) printf("%.4g %s\n", peer, peer_name);
  else printf("- %s\n", peer_name);
}

/* ---- Rows ---- */

static void rows_of_wasm2c(host *h, const peer_times *peer) {
  row("sync-add.wasm2c", "ns", bench_best(run_add, h), 10, peer->add, COMPONENT_API);
  row("import.wasm2c", "ns", bench_best(run_import, h), 8, peer->import, COMPONENT_API);
  row("list-u8-64k.wasm2c", "us", bench_best(run_list, h) / 1000, peer->list / 1000 / 200, peer->list / 1000, COMPONENT_API);
  row("record.wasm2c", "ns", bench_best(run_record, h), peer->record / 10, peer->record, COMPONENT_API);
  row("async-nop.wasm2c", "ns", bench_best(run_nop, h), 60, peer->nop, COMPONENT_API);
  row("async-import-ready.wasm2c", "ns", bench_best(run_ready, h), 30, peer->ready, NO_ASYNC_IMPORT);
  row("async-import-later.wasm2c", "ns", bench_best(run_later, h), 200, peer->later, NO_ASYNC_IMPORT);
}

static void rows_of_wasmtime(host *h, const peer_times *peer) {
  double add = bench_best(run_add, h), import = bench_best(run_import, h);
  row("sync-add.wasmtime", "ns", add, peer->raw_add + 15, peer->add, COMPONENT_API);
  row("sync-add.wasmtime.raw", "ns", add, peer->raw_add + 15, peer->raw_add, BARE_CALL);
  row("import.wasmtime", "ns", import, peer->raw_import + 10, peer->import, COMPONENT_API);
  row("import.wasmtime.raw", "ns", import, peer->raw_import + 10, peer->raw_import, BARE_CALL);
  row("list-u8-64k.wasmtime", "us", bench_best(run_list, h) / 1000, peer->list / 1000 / 200, peer->list / 1000, COMPONENT_API);
  double record = bench_best(run_record, h);
  row("record.wasmtime", "ns", record, peer->record / 10, peer->record, COMPONENT_API);
  row("record.wasmtime.raw", "ns", record, peer->record / 10, peer->raw_record, BARE_CALL);
  row("async-nop.wasmtime", "ns", bench_best(run_nop, h), 120, peer->nop, COMPONENT_API);
}

static void rows_of_allocations(host *h) {
  size_t before = h->allocations;
  run_add(h, 1000);
  run_nop(h, 1000);
  run_ready(h, 1000);
  run_later(h, 1000);
  row("allocations", "times", (double)(h->allocations - before), 0, 0, "none");
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, size_t count) {
  qsort(values, count, sizeof *values, compare_doubles);
  return values[count / 2];
}

/* Answers all of n calls, PARKED_FEW at a time; times: nanoseconds per answer in each of these slices. */
static void answer_all(host *h, size_t n, double *times) {
  withost_store *store = withost_instance_store(bench_as_instance(h->guest));
  for (size_t slice = 0; slice < n / PARKED_FEW; slice++) {
    double start = bench_now();
    for (size_t k = slice * PARKED_FEW; k < (slice + 1) * PARKED_FEW; k++) {
      must(bench_host_timer_later_return(h->later[k], 1), "return");
      withost_store_run(store);
    }
    times[slice] = (bench_now() - start) / PARKED_FEW;
  }
}

/* Parks n calls in one new instance and answers them. Returns the bytes that the store held for each. */
static double park(const withost_program *program, size_t n, double *times) {
  host h = {.later = malloc(n * sizeof *h.later)};
  const withost_config config = {.allocator = {counting_resize, &h}};
  withost_store *store;
  must(withost_store_new(&config, &store), "store");
  must(bench_instantiate(store, program, &imports, &h, &h.guest), "instantiate");
  uint32_t memory = *((withost_instance *)h.guest)->memory_size;
  size_t before = h.bytes;
  for (size_t k = 0; k < n; k++) must(bench_host_jobs_call_later(h.guest, NULL, 1, number_done, &h, NULL), "call-later");
  double bytes = (double)(h.bytes - before - (*((withost_instance *)h.guest)->memory_size - memory)) / (double)n;
  answer_all(&h, n, times);
  if (h.finished != n) must(WITHOST_EDEADLOCK, "parked calls");
  must(withost_store_close(store), "close");
  free(h.later);
  return bytes;
}

/* Slices of the same length in both cases, and the median of them: interrupted ones do not count. */
static double parked_time(const withost_program *program, size_t n, double *bytes) {
  static double times[PARKED_ROUNDS * PARKED_MANY / PARKED_FEW];
  size_t count = sizeof times / sizeof *times, slices = n / PARKED_FEW;
  for (size_t slice = 0; slice < count; slice += slices) *bytes = park(program, n, times + slice);
  return median(times, count);
}

static void rows_of_parked(const withost_program *program) {
  double few_bytes, bytes, few = parked_time(program, PARKED_FEW, &few_bytes), many = parked_time(program, PARKED_MANY, &bytes);
  row("parked-memory", "B", bytes, 512, 0, "none");
  row("parked-scale", "times", many / few, 1.5, 0, "none");
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
  peer_times peer = peer_measure((peer_code){module, size}, (peer_code){component, component_size}, (peer_code){sync, sync_size});
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
  rows_of_wasm2c(&compiled, &peer);
  rows_of_wasmtime(&loaded, &peer);
  rows_of_allocations(&compiled);
  rows_of_parked(bench_program_wasm2c());
  withost_program *const wasm2c = (withost_program *)(uintptr_t)bench_program_wasm2c();
  row("instantiate.wasm2c", "us", bench_best(run_instantiate, wasm2c) / 1000, 20, peer.instantiate / 1000, COMPONENT_API);
  must(withost_store_close(store), "close");
  withost_wasmtime_unload(program);
  withost_wasmtime_free(engine);
  free(module);
  free(component);
  free(sync);
  return 0;
}
