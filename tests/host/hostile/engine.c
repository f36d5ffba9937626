/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes of `X(no_memory, "no-memory")` declarations and a table: the list is generated. */
#define X(symbol, name) const withost_program *symbol##_program(void);
#include "guests.inc"
#undef X

static const struct { const char *name; const withost_program *(*program)(void); } linked[] = {
#define X(symbol, name) {name, symbol##_program},
#include "guests.inc"
#undef X
};

void engine_open(engine *e, bool wasmtime) {
  *e = (engine){0};
  if (wasmtime && withost_wasmtime_new(0, &e->wasmtime)) abort();
}

void engine_close(engine *e) {
  if (e->wasmtime) withost_wasmtime_free(e->wasmtime);
}

const char *engine_name(const engine *e) { return e->wasmtime ? "wasmtime" : "wasm2c"; }

uint8_t *file_read(const char *name, size_t *size) {
  enum { MOST = 1 << 20 };
  char path[512];
  snprintf(path, sizeof path, HOSTILE_DIRECTORY "/%s.wasm", name);
  uint8_t *bytes = malloc(MOST);
  FILE *f = fopen(path, "rb");
  if (!f || !bytes) abort();
  *size = fread(bytes, 1, MOST, f);
  fclose(f);
  return bytes;
}

static int load(engine *e, const char *name, const withost_program **program) {
  size_t size;
  uint8_t *bytes = file_read(name, &size);
  int error = guest_load_wasmtime(e->wasmtime, bytes, size, &e->loaded[e->count]);
  free(bytes);
  *program = e->loaded[e->count];
  if (!error) e->count++;
  return error;
}

int engine_program(engine *e, const char *name, const withost_program **program) {
  if (e->wasmtime) return load(e, name, program);
  for (size_t n = 0; n < sizeof linked / sizeof *linked; n++)
    if (strcmp(linked[n].name, name) == 0) return *program = linked[n].program(), WITHOST_OK;
  abort();
}

const char *engine_message(const engine *e) { return e->wasmtime ? withost_wasmtime_message(e->wasmtime) : ""; }

void engine_release(engine *e) {
  while (e->count) withost_wasmtime_unload(e->loaded[--e->count]);
}
