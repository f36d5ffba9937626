/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The guests of the other tests, loaded by libwasmtime at run time; what it can do more (stop a guest that spins), and what
 * it cannot (keep a stack).
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <withost/wasi.h>
#include <withost/wasmtime.h>

#include "hello_host.h"
#include "threads.h"

typedef struct host { withost_call *timers[8]; size_t count; int status; size_t length; char order[256], output[256]; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static void timer_wait(void *user, withost_call *call, uint32_t milliseconds) {
  host *h = user;
  if (milliseconds) h->timers[h->count++] = call;
  else hello_demo_hello_timer_wait_return(call);
}

static void greeted(void *user, withost_call *call, int status, const hello_string_t *text) {
  host *h = user;
  size_t used = strlen(h->order);
  (void)call;
  h->status = status;
  h->length = text ? text->len : 0;
  if (text && memchr(text->ptr, 0, text->len)) memcpy(h->order, text->ptr, text->len);
  else if (text) snprintf(h->order + used, sizeof h->order - used, "%.*s;", (int)text->len, (const char *)text->ptr);
}

static int greet(hello_instance *guest, host *h, const char *who, uint32_t milliseconds) {
  hello_string_t name = {(uint8_t *)(uintptr_t)who, strlen(who)};
  return hello_demo_hello_greeter_greet(guest, NULL, name, milliseconds, greeted, h, NULL);
}

static ptrdiff_t log_write(void *user, withost_call *call, int fd, const uint8_t *bytes, size_t size) {
  host *h = user;
  size_t used = strlen(h->output);
  (void)call;
  if (fd == 1) snprintf(h->output + used, sizeof h->output - used, "%.*s", (int)size, (const char *)bytes);
  return (ptrdiff_t)size;
}

static int load_file(withost_wasmtime *engine, const char *path, withost_program **program) {
  static uint8_t bytes[1 << 20];
  FILE *f = fopen(path, "rb");
  size_t size = f ? fread(bytes, 1, sizeof bytes, f) : 0;
  if (f) fclose(f);
  return hello_load_wasmtime(engine, bytes, size, program);
}

static const hello_imports imports = {.demo_hello_timer_wait = timer_wait};

static const char *trap_of(hello_instance *guest) { return withost_instance_trap(hello_as_instance(guest)); }

static void test_concurrent(withost_store *store, const withost_program *program) {
  host h = {0};
  hello_instance *guest;
  check(hello_instantiate(store, program, &imports, &h, &guest) == WITHOST_OK, "instantiate");
  greet(guest, &h, "Ada", 300);
  greet(guest, &h, "Grace", 100);
  greet(guest, &h, "Now", 0);
  check(h.count == 2 && strcmp(h.order, "hello Now;") == 0, "calls wait in one instance, one is through");
  hello_demo_hello_timer_wait_return(h.timers[1]);
  hello_demo_hello_timer_wait_return(h.timers[0]);
  withost_store_run(store);
  check(strcmp(h.order, "hello Now;hello Grace;hello Ada;") == 0, "they end in the order of the answers");
  check(hello_close(guest) == WITHOST_OK, "close");
}

static void test_traps(withost_store *store, const withost_program *program) {
  host h = {0};
  hello_instance *guest, *other;
  hello_instantiate(store, program, &imports, &h, &guest);
  hello_instantiate(store, program, &imports, &h, &other);
  greet(guest, &h, "x", 666);
  check(h.status == WITHOST_ETRAP, "a trap of the engine ends the call");
  check(strcmp(trap_of(guest), "demo:hello/greeter#greet: wasm `unreachable` instruction executed") == 0, "with its reason");
  check(greet(guest, &h, "x", 0) == WITHOST_EPOISONED, "later calls are refused");
  greet(other, &h, "x", 667);
  check(strcmp(trap_of(other), "demo:hello/greeter#greet: unknown handle index 99") == 0, "a trap of ours goes through it");
  check(hello_close(guest) == WITHOST_OK && hello_close(other) == WITHOST_OK, "both close");
}

static void test_memory(withost_store *store, const withost_program *program) {
  host h = {0};
  hello_instance *guest;
  hello_instantiate(store, program, &imports, &h, &guest);
  size_t size = 3000000;
  char *name = malloc(size + 1);
  memset(name, 'a', size);
  name[size] = 0;
  h.status = -1;
  greet(guest, &h, name, 0);
  check(h.status == WITHOST_OK, "an argument for which memory grows");
  free(name);
  hello_close(guest);
}

/* The library knows the size of memory from before the call: it has to ask again before it says that something is outside. */
static void test_grown(withost_store *store, const withost_program *program) {
  host h = {0};
  hello_instance *guest;
  hello_instantiate(store, program, &imports, &h, &guest);
  greet(guest, &h, "x", 669);
  check(h.status == WITHOST_OK && strcmp(h.order, "raw;") == 0, "a result in memory that grew during the call");
  greet(guest, &h, "x", 670);
  check(strcmp(trap_of(guest), "demo:hello/greeter#greet: string content out-of-bounds") == 0, "one that is beyond its end");
  check(hello_close(guest) == WITHOST_OK, "close");
}

static void test_blocking(withost_store *store, const withost_program *program) {
  host h = {0};
  hello_instance *guest;
  hello_instantiate(store, program, &imports, &h, &guest);
  greet(guest, &h, "Ada", 0);
  check(h.status == WITHOST_OK && strcmp(h.order, "Ada;") == 0, "a blocking call that is answered at once");
  greet(guest, &h, "Ada", 1);
  check(h.status == WITHOST_ETRAP && strstr(trap_of(guest), "unsupported: this engine cannot keep"), "one that is not says why");
  hello_demo_hello_timer_wait_return(h.timers[0]);
  check(hello_close(guest) == WITHOST_OK, "close");
}

static void test_wasi(withost_store *store, const withost_program *program) {
  host h = {0};
  const withost_wasi some = {.write = log_write, .user = &h};
  hello_instance *guest;
  withost_store_set_wasi(store, &some);
  hello_instantiate(store, program, &imports, &h, &guest);
  withost_store_set_wasi(store, NULL);
  greet(guest, &h, "Ada", 0);
  check(strcmp(h.order, "--o--- (no home) ;") == 0 && strcmp(h.output, "to Ada, 1.5\n") == 0, "wasi: what was given, no more");
  greet(guest, &h, "Ada", 666);
  check(strstr(trap_of(guest), "the guest called exit(3)"), "wasi: exit");
  hello_close(guest);
}

static void test_threads(withost_store *store, const withost_program *program) {
  for (size_t n = 0; n < sizeof threads_cases / sizeof *threads_cases; n++) {
    const threads_case *c = &threads_cases[n];
    host h = {.status = -1};
    char letters[32];
    hello_instance *guest;
    hello_instantiate(store, program, &imports, &h, &guest);
    greet(guest, &h, "Ada", c->milliseconds);
    while (withost_store_run(store) == 1) {}
    snprintf(letters, sizeof letters, "%s;", c->letters);
    if (c->needs_stacks)
      check(h.status == WITHOST_ETRAP && strstr(trap_of(guest), "unsupported: this engine cannot keep"), c->name);
    else
      check(h.status == WITHOST_OK && !strcmp(h.order, letters), c->name);
    check(hello_close(guest) == WITHOST_OK, "close");
  }
}

static void test_no_functions(withost_store *store, const withost_program *program) {
  for (size_t n = 0; n < sizeof threads_no_functions / sizeof *threads_no_functions; n++) {
    host h = {.status = -1};
    hello_instance *guest;
    hello_instantiate(store, program, &imports, &h, &guest);
    greet(guest, &h, threads_no_functions[n].name, 5);
    check(h.status == WITHOST_ETRAP && !strcmp(trap_of(guest), THREADS_NO_FUNCTION), threads_no_functions[n].what);
    hello_close(guest);
  }
}

static atomic_bool stop;
static void *ticker(void *engine) {
  const struct timespec pause = {0, 5000000};
  while (!atomic_load(&stop)) {
    withost_wasmtime_tick(engine);
    nanosleep(&pause, NULL);
  }
  return NULL;
}

static void test_spin(withost_store *store, withost_wasmtime *engine, const withost_program *program) {
  host h = {0};
  hello_instance *guest;
  pthread_t thread;
  hello_instantiate(store, program, &imports, &h, &guest);
  pthread_create(&thread, NULL, ticker, engine);
  greet(guest, &h, "x", 668);
  atomic_store(&stop, true);
  pthread_join(thread, NULL);
  check(h.status == WITHOST_ETRAP && strstr(trap_of(guest), "interrupted"), "a guest that spins is stopped");
  hello_close(guest);
}

static void test_refused(withost_wasmtime *engine) {
  static const uint8_t unknown[] = {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 'm', 1, 'f', 0, 0};
  withost_program *program;
  check(hello_load_wasmtime(engine, (const uint8_t *)"junk", 4, &program) == WITHOST_ELINK && !program, "not a module");
  check(hello_load_wasmtime(engine, unknown, sizeof unknown, &program) == WITHOST_ELINK, "an import that the world has not");
  check(strstr(withost_wasmtime_message(engine), "import m#f: the world does not have it"), "the message names it");
}

/* The core types are those that the canonical ABI gives to demo:hello/hello. */
static void test_misfits(withost_wasmtime *engine) {
  static const char *const misfits[][2] = {
    {"import-type", "import demo:hello/timer#wait has the core type (i64) -> (f32), the world's is (i32) -> ()"},
    {"import-unknown", "import demo:hello/timer#sleep: the world does not have it"},
    {"import-memory", "import env#memory: only functions can be imported"},
    {"import-needs-memory", "import [waitable-set-wait] needs `memory`, which the guest does not export"},
    {"export-type", "export demo:hello/greeter#greet has the core type (i32, i32) -> (i32), the world's is (i32, i32, i32) -> (i32)"},
    {"export-kind", "export demo:hello/greeter#greet is not a function"},
    {"no-memory", "export demo:hello/greeter#greet needs `memory`, which the guest does not export"},
    {"no-realloc", "export demo:hello/greeter#greet needs `cabi_realloc`, which the guest does not export"},
    {"no-callback", "export demo:hello/greeter#greet has no callback: the guest does not export `[callback][async-lift]demo"},
    {"realloc-type", "export cabi_realloc has the core type (i32, i32) -> (i32), the world's is (i32, i32, i32, i32) -> (i32)"},
    {"memory-kind", "export memory is not a memory"}};
  for (size_t n = 0; n < sizeof misfits / sizeof *misfits; n++) {
    withost_program *program;
    char path[256];
    snprintf(path, sizeof path, GUESTS "/misfits/%s.wasm", misfits[n][0]);
    check(load_file(engine, path, &program) == WITHOST_ELINK && !program &&
            strstr(withost_wasmtime_message(engine), misfits[n][1]), misfits[n][0]);
  }
  static const uint8_t component[] = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
  withost_program *program;
  check(hello_load_wasmtime(engine, component, sizeof component, &program) == WITHOST_ELINK &&
          strstr(withost_wasmtime_message(engine), "this is a component: give the core module"), "a component");
}

/* Component-type sections as wit-component writes them, but for the types, which nobody reads here. */
static size_t add_encoding(uint8_t *bytes, size_t size, uint8_t encoding) {
  static const uint8_t section[] = {0, 50, 16, 'c', 'o', 'm', 'p', 'o', 'n', 'e', 'n', 't', '-', 't', 'y', 'p', 'e', ':', 'w',
                                    0, 'a', 's', 'm', 0x0d, 0, 1, 0,
                                    0, 25, 22, 'w', 'i', 't', '-', 'c', 'o', 'm', 'p', 'o', 'n', 'e', 'n', 't', '-',
                                    'e', 'n', 'c', 'o', 'd', 'i', 'n', 'g', 4};
  memcpy(bytes + size, section, sizeof section);
  bytes[size + 1] = sizeof section - 1;
  bytes[size + sizeof section] = encoding;
  return size + sizeof section + 1;
}

static bool says(withost_wasmtime *engine, withost_store *store, const uint8_t *bytes, size_t size, const char *text, size_t length) {
  host h = {.status = -1};
  withost_program *program;
  hello_instance *guest;
  if (hello_load_wasmtime(engine, bytes, size, &program)) return false;
  hello_instantiate(store, program, &imports, &h, &guest);
  greet(guest, &h, "Ada", 0);
  bool good = h.status == WITHOST_OK && h.length == length && memcmp(h.order, text, length) == 0;
  hello_close(guest);
  withost_wasmtime_unload(program);
  return good;
}

/* A guest whose bytes are "Ada" in UTF-16: three units there, three bytes in UTF-8, three characters in Latin-1. */
static void test_encodings(withost_wasmtime *engine, withost_store *store) {
  uint8_t bytes[1024];
  FILE *f = fopen(GUESTS "/hello-utf16.dir/guest.wasm", "rb");
  size_t plain = f ? fread(bytes, 1, 512, f) : 0;
  if (f) fclose(f);
  check(says(engine, store, bytes, plain, "A\0d", 3), "encoding: the glue's, if the guest does not say");
  check(says(engine, store, bytes, add_encoding(bytes, plain, 0), "A\0d", 3), "encoding: utf8");
  check(says(engine, store, bytes, add_encoding(bytes, plain, 1), "Ada", 3), "encoding: utf16");
  check(says(engine, store, bytes, add_encoding(bytes, plain, 2), "A\0d", 3), "encoding: latin1+utf16");
  withost_program *program;
  size_t twice = add_encoding(bytes, add_encoding(bytes, plain, 1), 2);
  check(hello_load_wasmtime(engine, bytes, twice, &program) == WITHOST_ELINK &&
          strstr(withost_wasmtime_message(engine), "several string encodings"), "encoding: two of them");
}

int main(void) {
  withost_wasmtime *engine;
  withost_program *clang = NULL, *blocking = NULL, *wasi = NULL, *traps = NULL, *threads = NULL;
  withost_store *store;
  withost_store_new(NULL, &store);
  check(withost_wasmtime_new(4, &engine) == WITHOST_OK, "engine");
  check(!load_file(engine, GUESTS "/hello-clang.dir/guest.wasm", &clang) &&
          !load_file(engine, GUESTS "/hello-blocking.dir/guest.wasm", &blocking) &&
          !load_file(engine, GUESTS "/hello-wasi.dir/guest.wasm", &wasi) &&
          !load_file(engine, GUESTS "/hello-hostile.dir/guest.wasm", &traps) &&
          !load_file(engine, GUESTS "/hello-threads.dir/guest.wasm", &threads), "load");
  test_concurrent(store, clang);
  test_memory(store, clang);
  test_traps(store, traps);
  test_grown(store, traps);
  test_blocking(store, blocking);
  test_wasi(store, wasi);
  test_threads(store, threads);
  test_no_functions(store, threads);
  test_spin(store, engine, traps);
  test_refused(engine);
  test_misfits(engine);
  test_encodings(engine, store);
  check(withost_store_close(store) == WITHOST_OK, "close the store");
  withost_program *programs[] = {clang, blocking, wasi, traps, threads};
  for (size_t n = 0; n < 5; n++) withost_wasmtime_unload(programs[n]);
  withost_wasmtime_free(engine);
  printf("1..%d\n", number);
  return failures != 0;
}
