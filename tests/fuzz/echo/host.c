/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Runs the worlds that are linked in, on both engines, with the values that run.py wrote to DIRECTORY/SEED.values:
 *
 *   host DIRECTORY [SEED...]
 *
 * Prints "begin SEED ENGINE", a line for each difference, "end SEED ENGINE CALLS". SEED.values is, for each function in the order
 * of the world, the number of calls, and for each: the parameter that the import echoes, whether it answers later, then sized
 * bytes: parameters, result, and both as the guest writes them.
 */
#include "host.h"

#include <stdio.h>

extern const echo_world *const echo_worlds[];

static const char *const place_names[] = {
  "the guest's export got other parameters", "the host's import got other parameters", "the guest got another result from its import",
  "the host got another result from the export"};

static void complain(echo *e, const char *what) {
  printf("wrong %s: %s\n", e->where, what);
  e->wrong++;
}

static void print_bytes(const char *title, const uint8_t *data, size_t size) {
  enum { MOST = 160 };
  printf("  %s", title);
  for (size_t n = 0; n < size && n < MOST; n++) printf("%s%02x", n % 4 ? "" : " ", data[n]);
  printf("%s\n", size > MOST ? " ..." : "");
}

void echo_check(echo *e, echo_place place, const uint8_t *data, size_t size) {
  echo_bytes wanted = e->wanted[place];
  if (e->next != (unsigned)place) complain(e, "out of order, or twice");
  e->next = (unsigned)place + 1;
  if (size == wanted.size && (!size || memcmp(data, wanted.data, size) == 0)) return;
  complain(e, place_names[place]);
  print_bytes("wanted", wanted.data, wanted.size);
  print_bytes("got   ", data, size);
}

void echo_thing_gone(echo *e) { complain(e, "a destructor ran"); }

static void check_error(echo *e, int error, const char *what) {
  if (!error) return;
  complain(e, what);
  complain(e, withost_error_text(error));
  complain(e, withost_store_message(e->store));
}

void echo_answer(echo *e, withost_call *call, int (*answer)(echo *e, withost_call *call)) {
  if (e->is_later) {
    e->waiting = call;
    e->answer = answer;
  } else {
    check_error(e, answer(e, call), "the import's answer");
  }
}

bool echo_done(echo *e, int status) {
  if (e->is_done) complain(e, "done twice");
  e->is_done = true;
  check_error(e, status, "the call");
  return status == WITHOST_OK;
}

/* ---- Bytes to values ---- */

void *echo_take(echo_reader *b, size_t size) {
  struct echo_block *block = malloc(sizeof *block + size);
  if (!block) abort();
  block->next = b->echo->blocks;
  b->echo->blocks = block;
  return memset(block + 1, 0xa5, size);
}

void echo_get(echo_reader *b, void *to, size_t size) {
  if ((size_t)(b->end - b->at) < size) abort(); /* the generator's mistake */
  memcpy(to, b->at, size);
  b->at += size;
}

void echo_reader_end(const echo_reader *b) {
  if (b->at != b->end) abort();
}

uint8_t *echo_get_string(echo_reader *b, size_t *length) {
  *length = echo_get_u32(b);
  uint8_t *text = echo_take(b, *length);
  echo_get(b, text, *length);
  return text;
}

static void release_values(echo *e) {
  for (struct echo_block *block; (block = e->blocks);) {
    e->blocks = block->next;
    free(block);
  }
}

/* ---- One world on one engine ---- */

static echo_bytes sized_bytes(echo_reader *b) {
  size_t size = echo_get_u32(b);
  echo_bytes bytes = {b->at, size};
  if ((size_t)(b->end - b->at) < size) abort();
  b->at += size;
  return bytes;
}

/* Until the call of an async export is over, or nothing happens any more. */
static void wait_for_call(echo *e, withost_store *store) {
  while (!e->is_done) {
    withost_call *call = e->waiting;
    e->waiting = NULL;
    if (call) check_error(e, e->answer(e, call), "the import's later answer");
    if (withost_store_run(store) < 0 || (!call && !withost_store_is_ready(store) && !e->is_done)) return;
  }
}

static void run_call(echo *e, const echo_function *f, void *guest, withost_store *store, echo_reader *values) {
  e->echoed = echo_get_u8(values);
  e->is_later = echo_get_bool(values);
  e->params = sized_bytes(values);
  e->result = sized_bytes(values);
  e->wanted[ECHO_IMPORT_PARAMS] = e->params;
  e->wanted[ECHO_EXPORT_RESULT] = e->result;
  e->wanted[ECHO_GUEST_PARAMS] = sized_bytes(values);
  e->wanted[ECHO_GUEST_RESULT] = sized_bytes(values);
  e->next = 0;
  e->is_done = !f->is_async;
  e->waiting = NULL;
  if (f->call(e, guest)) complain(e, withost_store_message(store));
  else wait_for_call(e, store);
  if (!e->is_done) complain(e, "the call does not end");
  else if (e->next != ECHO_PLACES) complain(e, "not all places were passed");
  release_values(e);
}

static size_t run_guest(const echo_world *w, const char *engine, const withost_program *program, echo_bytes file) {
  char where[256] = "";
  echo e = {.where = where};
  echo_reader values = {&e, file.data, file.data + file.size};
  withost_store *store;
  void *guest = NULL;
  uint32_t before = 0, after = 0;
  snprintf(where, sizeof where, "%lu %s", w->seed, engine);
  if (withost_store_new(NULL, &store)) abort();
  e.store = store;
  if (w->open(store, program, &e, &guest) || w->heap(guest, &before)) complain(&e, withost_store_message(store));
  size_t calls = 0;
  for (size_t n = 0; n < w->count && !e.wrong; n++) {
    uint32_t rounds = echo_get_u32(&values);
    for (uint32_t round = 0; round < rounds && !e.wrong; round++, calls++) {
      snprintf(where, sizeof where, "%lu %s %s #%u", w->seed, engine, w->functions[n].name, (unsigned)round);
      run_call(&e, &w->functions[n], guest, store, &values);
      if (!e.wrong && (w->heap(guest, &after) || after != before)) complain(&e, "the guest's heap is not as before");
    }
  }
  if (guest && !e.wrong && w->close(guest)) complain(&e, withost_store_message(store));
  if (e.wrong && guest) withost_instance_abort(guest, "stopped"), w->close(guest);
  if (withost_store_close(store)) complain(&e, "the store does not close");
  return calls;
}

static echo_bytes read_file(const char *directory, unsigned long seed, const char *suffix) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%lu.%s", directory, seed, suffix);
  FILE *file = fopen(path, "rb");
  if (!file) perror(path), abort();
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  uint8_t *data = malloc(size + 1);
  rewind(file);
  if (!data || fread(data, 1, size, file) != size) abort();
  fclose(file);
  return (echo_bytes){data, size};
}

static void run_world(const echo_world *w, const char *directory) {
  echo_bytes values = read_file(directory, w->seed, "values"), module = read_file(directory, w->seed, "wasm");
  printf("begin %lu wasm2c\n", w->seed);
  printf("end %lu wasm2c %zu\n", w->seed, run_guest(w, "wasm2c", w->wasm2c(), values));
  withost_wasmtime *engine;
  withost_program *program;
  printf("begin %lu wasmtime\n", w->seed);
  if (withost_wasmtime_new(0, &engine)) abort();
  if (w->load(engine, module.data, module.size, &program)) {
    printf("wrong %lu wasmtime: %s\n", w->seed, withost_wasmtime_message(engine));
  } else {
    printf("end %lu wasmtime %zu\n", w->seed, run_guest(w, "wasmtime", program, values));
    withost_wasmtime_unload(program);
  }
  withost_wasmtime_free(engine);
  free((void *)(uintptr_t)values.data);
  free((void *)(uintptr_t)module.data);
}

static bool is_chosen(unsigned long seed, char **seeds) {
  if (!*seeds) return true;
  for (; *seeds; seeds++)
    if (strtoul(*seeds, NULL, 10) == seed) return true;
  return false;
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (const echo_world *const *w = echo_worlds; *w; w++)
    if (is_chosen((*w)->seed, argv + 2)) run_world(*w, argv[1]);
  return 0;
}
