/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Valid guests with some bytes changed or cut off, on libwasmtime: most are refused, some run and do nonsense. Nothing may
 * crash or be left, a friendly guest in the same store must not notice, and each error must have words. Usage: mutants [SEED COUNT]
 *
 * The engine is ticked by a timer, so that a mutant that spins ends; no check depends on time.
 */
#define _XOPEN_SOURCE 700
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "engine.h"
#include "heap.h"

static withost_wasmtime *ticked; /* for the signal handler, which has no argument */
static void tick(int number) { withost_wasmtime_tick(ticked), (void)number; }

typedef struct run {
  engine engine;
  heap heap;
  withost_store *store;
  guest_instance *bystander;
  uint64_t random;
  withost_call *pending[64];
  size_t pending_count;
  unsigned refused, opened, failed, unnamed; /* mutants */
} run;

/* xorshift64* */
static uint32_t draw(run *r, uint32_t below) {
  r->random ^= r->random >> 12;
  r->random ^= r->random << 25;
  r->random ^= r->random >> 27;
  return (uint32_t)((r->random * UINT64_C(0x2545f4914f6cdd1d)) >> 32) % below;
}

static void log_(void *user, withost_call *call, guest_string_t text) { (void)user, (void)call, (void)text; }
static guest_string_t name_(void *user, withost_call *call) { return (void)user, (void)call, guest_string_of("host"); }
static things_own_thing_t thing(void *user, withost_call *call, uint32_t n) {
  return (void)user, (void)call, (things_own_thing_t){n};
}

static void fetch(void *user, withost_call *call, uint32_t n) {
  run *r = user;
  if (n && r->pending_count < sizeof r->pending / sizeof *r->pending) r->pending[r->pending_count++] = call;
  else guest_fetch_return(call, 7);
}

static const guest_imports imports = {
  .guest_log = log_, .guest_name = name_, .guest_fetch = fetch, .things_constructor_thing = thing};

static void worked(void *user, withost_call *call, int status, const uint32_t *result) {
  (void)user, (void)call, (void)status, (void)result;
}

static void note(run *r, int error) {
  r->failed += error != 0;
  r->unnamed += error && !*withost_store_message(r->store);
}

static void call_all(run *r, guest_instance *guest) {
  guest_string_t parts[] = {guest_string_of("a"), guest_string_of("bc")}, text;
  uint64_t numbers[] = {20, 22}, sum;
  int error = guest_join(guest, NULL, (guest_list_string_t){parts, 2}, &text);
  if (!error) guest_string_free(&text);
  note(r, error);
  note(r, guest_sum(guest, NULL, (guest_list_u64_t){numbers, 2}, &sum));
  note(r, guest_work(guest, NULL, 21, worked, r, NULL));
  for (int turn = 0; turn < 10 && withost_store_run(r->store) > 0; turn++) {}
}

static void answer_all(run *r) {
  while (r->pending_count) guest_fetch_return(r->pending[--r->pending_count], 1);
}

/* A guest that waits for itself is ended by the host. */
static bool finish(run *r, guest_instance *guest) {
  answer_all(r);
  for (int turn = 0; turn < 10 && withost_store_run(r->store) > 0; turn++) {}
  answer_all(r);
  if (!guest_close(guest)) return true;
  withost_instance_abort(guest_as_instance(guest), "the host has lost patience");
  answer_all(r);
  return !guest_close(guest);
}

static bool run_mutant(run *r, const uint8_t *bytes, size_t size) {
  withost_program *program;
  guest_instance *guest;
  bool good = true;
  if (guest_load_wasmtime(r->engine.wasmtime, bytes, size, &program)) {
    r->refused++;
    r->unnamed += !*withost_wasmtime_message(r->engine.wasmtime);
    return true;
  }
  int error = guest_instantiate(r->store, program, &imports, r, &guest);
  note(r, error);
  if (!error) {
    r->opened++;
    call_all(r, guest);
    good = finish(r, guest);
  }
  answer_all(r);
  uint64_t numbers[] = {20, 22}, sum = 0;
  good = good && !guest_sum(r->bystander, NULL, (guest_list_u64_t){numbers, 2}, &sum) && sum == 42;
  withost_wasmtime_unload(program);
  return good;
}

/* One to four changes: a byte, a bit, a byte doubled or left out; now and then the end is cut off. Mostly one, and in the code,
 * which is the second half: the engine refuses nearly all others. The first bytes say that it is a module. */
static size_t mutate(run *r, uint8_t *bytes, size_t size) {
  for (uint32_t n = draw(r, 4) ? 1 : 4; n; n--) {
    uint32_t half = draw(r, 4) ? (uint32_t)size / 2 : 8;
    size_t at = half + draw(r, (uint32_t)size - half);
    switch (draw(r, 16)) {
      case 0: memmove(bytes + at + 1, bytes + at, size - at), size++; break;
      case 1: memmove(bytes + at, bytes + at + 1, size - at - 1), size--; break;
      case 2: bytes[at] ^= (uint8_t)(1u << draw(r, 8)); break;
      case 3: bytes[at] = (uint8_t)(bytes[at] + 1); break;
      case 4: bytes[at] = (uint8_t)(bytes[at] - 1); break;
      default: bytes[at] = (uint8_t)draw(r, 256);
    }
  }
  return draw(r, 32) ? size : 8 + draw(r, (uint32_t)size - 8);
}

static const char *const names[] = {"friendly", "all-forms", "init-names", "start-things", "init-things", "post-logs",
                                    "growing-memory", "realloc-overlaps", "init-fetches-async", "init-waits", "mixture"};

static void run_open(run *r, uint64_t seed) {
  const withost_program *friendly;
  *r = (run){.random = seed * 2 + 1};
  if (withost_wasmtime_new(1, &r->engine.wasmtime)) abort();
  ticked = r->engine.wasmtime;
  const struct itimerval every = {{0, 50000}, {0, 50000}};
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = tick, .sa_flags = SA_RESTART}, NULL);
  setitimer(ITIMER_REAL, &every, NULL);
  const withost_config config = {.allocator = heap_allocator(&r->heap)};
  if (withost_store_new(&config, &r->store) || engine_program(&r->engine, "friendly", &friendly) ||
      guest_instantiate(r->store, friendly, &imports, r, &r->bystander))
    abort();
}

static bool run_close(run *r) {
  setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 0}}, NULL);
  if (withost_store_close(r->store)) return false;
  engine_release(&r->engine);
  engine_close(&r->engine);
  return !r->heap.blocks && !r->heap.wrong_sizes;
}

int main(int argc, char **argv) {
  uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
  unsigned count = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 0) : 10000, harmed = 0;
  run r;
  run_open(&r, seed);
  for (unsigned n = 0; n < count; n++) {
    size_t size;
    uint8_t *bytes = file_read(names[draw(&r, sizeof names / sizeof *names)], &size);
    size = mutate(&r, bytes, size);
    if (!run_mutant(&r, bytes, size) && !harmed++) printf("# mutant %u harms the store: %s\n", n, withost_store_message(r.store));
    free(bytes);
  }
  bool closed = run_close(&r);
  printf("# seed %llu: %u mutants, %u refused, %u ran, %u errors in them\n", (unsigned long long)seed, count, r.refused, r.opened,
         r.failed);
  printf("%sok 1 - no mutant harms the store or its friendly guest\n", harmed ? "not " : "");
  printf("%sok 2 - each error has words\n", r.unnamed ? "not " : "");
  printf("%sok 3 - the store closes, nothing is left\n", closed ? "" : "not ");
  printf("%sok 4 - mutants of all kinds were there\n", r.refused && r.opened && r.failed ? "" : "not ");
  printf("1..4\n");
  return harmed || r.unnamed || !closed || !(r.refused && r.opened && r.failed);
}
