/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Both engines behind one face: a program by the name of its file. On libwasmtime it is loaded from there; for wasm2c it is part of
 * this program, where each has its own name (see mk/host_hostile.mk).
 */
#ifndef ENGINE_H
#define ENGINE_H

#include <withost/wasmtime.h>

#include "guest_host.h"

typedef struct engine {
  withost_wasmtime *wasmtime; /* NULL: wasm2c */
  withost_program *loaded[4];
  size_t count;
} engine;

void engine_open(engine *e, bool wasmtime);
void engine_close(engine *e);
const char *engine_name(const engine *e);

/* Good until engine_release. ELINK. */
int engine_program(engine *e, const char *name, const withost_program **program);
const char *engine_message(const engine *e);
void engine_release(engine *e);

/* The bytes of NAME.wasm: to be freed. */
uint8_t *file_read(const char *name, size_t *size);

#endif
