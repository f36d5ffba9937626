/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Guests that are not what they say: modules without memory, with exports of other types, that trap or call before they exist,
 * that are no modules. Each is loaded into a store beside a friendly guest, called, and closed; what must come out is in the
 * table, the friendly guest must not notice, and nothing may be left. Texts are those of Wasmtime where it has one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "heap.h"

/* A module, and the first thing that goes wrong with it: where, and the message. "fine": nothing does. */
typedef struct hostile {
  const char *name;
  const char *wasmtime;
  const char *wasm2c; /* NULL: the same; "": wasm2c or the C compiler refuses it */
} hostile;

#define OUT_OF_BOUNDS "out of bounds memory or table access"
#define UNREACHABLE "wasm `unreachable` instruction executed"
#define MISFIT "the guest does not fit world test:hostile/guest: "

static const hostile cases[] = {
  {"nothing", "join: the guest does not export 'join'", NULL},
  {"no-memory", "load: " MISFIT "export join needs `memory`, which the guest does not export", 
   "instantiate: " MISFIT "export join needs `memory`, which the guest does not export"},
  {"no-realloc", "load: " MISFIT "export join needs `cabi_realloc`, which the guest does not export", 
   "instantiate: " MISFIT "export join needs `cabi_realloc`, which the guest does not export"},
  {"empty-memory", "sum: sum: realloc return: beyond end of memory", NULL},
  {"growing-memory", "fine", NULL},
  {"full-memory", "instantiate: instantiation: memory minimum size of 65536 pages exceeds memory limits",
   "instantiate: instantiation: out of memory for 65536 pages"},
  {"shared-memory",
   "instantiate: instantiation: shared memory support is disabled for this engine -- see `Config::shared_memory`", ""},
  {"memory64", "fine", ""},
  {"imported-memory", "load: " MISFIT "import env#memory: only functions can be imported (core module 'env', name 'memory')", ""},
  {"memory-is-function", "load: " MISFIT "export memory is not a memory", ""},
  {"realloc-is-global", "load: " MISFIT "export cabi_realloc is not a function", ""},
  {"realloc-other-type", 
   "load: " MISFIT "export cabi_realloc has the core type (i32) -> (i32), the world's is (i32, i32, i32, i32) -> (i32)", ""},
  {"sum-other-type", "load: " MISFIT "export sum has the core type (i32, i32) -> (i32), the world's is (i32, i32) -> (i64)", ""},
  {"import-other-type", "load: " MISFIT "import log has the core type (i64) -> (), the world's is (i32, i32) -> ()", ""},
  {"import-memory-as-func", "load: " MISFIT "import log: only functions can be imported (core module '$root', name 'log')", ""},
  {"vectors", "load: the guest imports or exports a function that takes or returns vectors or references", ""},
  {"vectors-inside", "fine", ""},
  {"two-memories", "instantiate: instantiation: resource limit exceeded: memory count too high at 2", ""},
  {"huge-table", "instantiate: instantiation: table minimum size of 4294967295 elements exceeds table limits",
   "instantiate: instantiation: out of memory for a table of 4294967295"},
  {"growing-table", "fine", NULL},
  {"data-out", "instantiate: instantiation: out of bounds memory access", "instantiate: instantiation: " OUT_OF_BOUNDS},
  {"elem-out", "instantiate: instantiation: undefined element: out of bounds table access",
   "instantiate: instantiation: " OUT_OF_BOUNDS},
  {"start-traps", "instantiate: instantiation: " UNREACHABLE, NULL},
  {"start-logs", "instantiate: instantiation: string content out-of-bounds", NULL},
  {"start-names", "instantiate: instantiation: pointer out-of-bounds", NULL},
  {"start-fetches", "instantiate: instantiation: cannot block a synchronous task before returning", NULL},
  {"start-fetches-async", "instantiate: fetch: pointer out-of-bounds", NULL},
  {"start-things", "instantiate: instantiation: invalid `task.return` signature and/or options for current task", NULL},
  {"start-waits", "instantiate: instantiation: cannot block a synchronous task before returning", NULL},
  {"start-yields", "fine", NULL},
  {"init-traps", "instantiate: instantiation: " UNREACHABLE, NULL},
  {"init-logs", "fine", NULL},
  {"init-names", "fine", NULL},
  {"init-fetches", "instantiate: instantiation: cannot block a synchronous task before returning", NULL},
  {"init-fetches-async", "close: an instance of test:hostile/guest has unfinished calls", NULL},
  {"init-things", "instantiate: instantiation: invalid `task.return` signature and/or options for current task", NULL},
  {"init-waits", "instantiate: instantiation: cannot block a synchronous task before returning", NULL},
  {"init-yields", "fine", NULL},
  {"init-recursion", "instantiate: instantiation: call stack exhausted", NULL},
  {"realloc-recursion", "sum: sum: call stack exhausted", NULL},
  {"realloc-overlaps", "fine", NULL},
  {"post-logs", "sum: sum: cannot leave component instance", NULL},
  {"post-traps", "join: join: " UNREACHABLE, NULL},
  {"no-callback", "load: " MISFIT "export work has no callback: the guest does not export `[callback][async-lift]work`", 
   "instantiate: " MISFIT "export work has no callback: the guest does not export `[callback][async-lift]work`"},
  {"all-forms", "fine", NULL},
  {"mixture", "close: an instance of test:hostile/guest has unfinished calls", NULL},
};

/* ---- The host ---- */

typedef struct bench {
  engine *engine;
  heap heap;
  withost_store *store;
  const withost_program *friendly;
  guest_instance *bystander;
  withost_call *pending; /* a fetch that is not answered */
  uint32_t worked;
  char said[512];
} bench;

static void log_(void *user, withost_call *call, guest_string_t text) { (void)user, (void)call, (void)text; }
static guest_string_t name_(void *user, withost_call *call) { return (void)user, (void)call, guest_string_of("host"); }

static void fetch(void *user, withost_call *call, uint32_t n) {
  bench *b = user;
  if (n) b->pending = call;
  else guest_fetch_return(call, 7);
}

static things_own_thing_t thing(void *user, withost_call *call, uint32_t n) {
  return (void)user, (void)call, (things_own_thing_t){n};
}

static void worked(void *user, withost_call *call, int status, const uint32_t *result) {
  bench *b = user;
  (void)call, (void)status;
  if (result) b->worked = *result;
}

static const guest_imports imports = {
  .guest_log = log_, .guest_name = name_, .guest_fetch = fetch, .things_constructor_thing = thing};

/* ---- Calls ---- */

static int call_join(bench *b, guest_instance *guest) {
  guest_string_t parts[] = {guest_string_of("a"), guest_string_of("bc")}, result;
  int error = guest_join(guest, NULL, (guest_list_string_t){parts, 2}, &result);
  if (!error) guest_string_free(&result);
  return (void)b, error;
}

static int call_sum(bench *b, guest_instance *guest) {
  uint64_t numbers[] = {20, 22}, sum = 0;
  int error = guest_sum(guest, NULL, (guest_list_u64_t){numbers, 2}, &sum);
  if (guest == b->bystander && sum != 42) return WITHOST_EINVAL;
  return error;
}

static int call_work(bench *b, guest_instance *guest) {
  b->worked = 0;
  int error = guest_work(guest, NULL, 21, worked, b, NULL);
  for (int turn = 0; !error && turn < 10 && withost_store_run(b->store) > 0; turn++) {}
  if (!error) error = withost_instance_status(guest_as_instance(guest));
  if (guest == b->bystander && b->worked != 42) return WITHOST_EINVAL;
  return error;
}

static const struct { const char *name; int (*call)(bench *b, guest_instance *guest); } calls[] = {
  {"sum", call_sum}, {"work", call_work}, {"join", call_join}};

/* ---- One module ---- */

/* The first thing that goes wrong. The first line is enough. */
static void say(bench *b, const char *where, const char *what) {
  if (!*b->said) snprintf(b->said, sizeof b->said, "%s: %.*s", where, (int)strcspn(what, "\n"), what);
}

/* A function that the guest has not is nothing wrong, unless it has none. */
static void call_all(bench *b, guest_instance *guest) {
  int missing = 0;
  for (size_t n = 0; n < sizeof calls / sizeof *calls; n++) {
    int error = calls[n].call(b, guest);
    missing += error == WITHOST_ELINK;
    if ((error && error != WITHOST_ELINK) || missing == sizeof calls / sizeof *calls)
      say(b, calls[n].name, withost_store_message(b->store));
  }
}

/* The host may answer what a guest asked that is gone by now. */
static void answer(bench *b) {
  if (b->pending) guest_fetch_return(b->pending, 1);
  b->pending = NULL;
}

static void run_program(bench *b, const withost_program *program, bool lacks_all) {
  guest_instance *guest;
  if (guest_instantiate(b->store, program, &imports, b, &guest)) {
    say(b, "instantiate", withost_store_message(b->store));
    answer(b);
    return;
  }
  if (!lacks_all) call_all(b, guest);
  if (!guest_close(guest)) return;
  say(b, "close", withost_store_message(b->store));
  answer(b);
  while (withost_store_run(b->store) > 0) {}
  guest_close(guest);
}

static void bench_open(bench *b, engine *e) {
  *b = (bench){.engine = e};
  const withost_config config = {.allocator = heap_allocator(&b->heap)};
  if (withost_store_new(&config, &b->store)) abort();
  if (engine_program(e, "friendly", &b->friendly)) abort();
  if (guest_instantiate(b->store, b->friendly, &imports, b, &b->bystander)) abort();
}

/* Why the rest of the store is harmed, or NULL. */
static const char *bench_close(bench *b) {
  const char *wrong = NULL;
  if (call_sum(b, b->bystander) || call_work(b, b->bystander)) wrong = "the friendly guest is harmed";
  if (guest_close(b->bystander)) wrong = "the friendly guest does not close";
  if (withost_store_close(b->store)) wrong = "the store does not close";
  else if (b->heap.blocks || b->heap.wrong_sizes) wrong = "memory is left";
  return wrong;
}

static bool run_case(engine *e, const hostile *h, int number) {
  bench b;
  const withost_program *program;
  const char *wanted = e->wasmtime || !h->wasm2c ? h->wasmtime : h->wasm2c;
  bool no_exports = strncmp(h->name, "start-", 6) == 0 || strncmp(h->name, "init-", 5) == 0;
  bench_open(&b, e);
  if (engine_program(e, h->name, &program)) say(&b, "load", engine_message(e));
  else run_program(&b, program, no_exports);
  say(&b, "fine", "");
  if (strcmp(b.said, "fine: ") == 0) b.said[4] = 0;
  const char *wrong = bench_close(&b);
  bool good = strcmp(b.said, wanted) == 0 && !wrong;
  printf("%sok %d - %s, %s\n", good ? "" : "not ", number, h->name, engine_name(e));
  if (strcmp(b.said, wanted) != 0) printf("# %s\n# instead of\n# %s\n", b.said, wanted);
  if (wrong) printf("# %s\n", wrong);
  engine_release(e);
  return good;
}

int main(void) {
  int number = 0, failures = 0;
  for (int n = 0; n < 2; n++) {
    engine e;
    engine_open(&e, n == 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
      if (e.wasmtime || !cases[k].wasm2c || *cases[k].wasm2c) failures += !run_case(&e, &cases[k], ++number);
    engine_close(&e);
  }
  printf("1..%d\n", number);
  return failures != 0;
}
