/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Guests that are loaded at run time, as core modules, by libwasmtime (50 and newer). Same worlds, same calls, same laws as
 * with wasm2c; the difference is where the program comes from:
 *
 *   withost_wasmtime *engine;              withost_wasmtime_new(0, &engine);
 *   withost_program *program;              hello_load_wasmtime(engine, bytes, size, &program);
 *   hello_instance *guest;                 hello_instantiate(store, program, &imports, host, &guest);
 *   ...
 *   withost_store_close(store);            withost_wasmtime_unload(program);            withost_wasmtime_free(engine);
 *
 * Link with libwithost.a, then libwasmtime, then -lpthread -ldl -lm.
 *
 * What this engine cannot do: keep a guest's stack while the host goes on. A blocking call of a guest (an async import that it
 * calls synchronously, waitable-set.wait, thread.suspend, a synchronous stream copy) that is not answered at once runs what is
 * ready and needs no stack of its own: threads of the instance that have not begun, callbacks of the host's streams, other
 * instances of the store. If that does not bring the answer either, it traps with "unsupported: ...".
 */
#ifndef WITHOST_WASMTIME_H
#define WITHOST_WASMTIME_H

#include <withost/glue.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A compiler and its settings; any number of programs, stores and threads may use one. */
typedef struct withost_wasmtime withost_wasmtime;

/*
 * Makes an engine.
 *
 * ticks: guest code that is still running after so many calls of withost_wasmtime_tick since it was entered ends with a
 * trap, "interrupted". 0: it may run forever, and is a little faster.
 * *engine: own, release with withost_wasmtime_free. ENOMEM.
 */
int withost_wasmtime_new(uint32_t ticks, withost_wasmtime **engine);
/* Frees an engine, after its programs. */
void withost_wasmtime_free(withost_wasmtime *engine);
/* A tick: call it in regular intervals, from any thread or a signal handler. */
void withost_wasmtime_tick(withost_wasmtime *engine);
/* What the last load that failed was about. Valid until the next. */
const char *withost_wasmtime_message(const withost_wasmtime *engine);
/* Frees a program that was loaded, once no instance of it is left. */
void withost_wasmtime_unload(withost_program *program);

/* ---- For glue: constant tables of a world ---------------------------------------------------------------------------- */

/* A core value: i32 and f32 by their bits in the low half. As wide as the engine's own. */
typedef struct withost_wasmtime_value { uint64_t bits, unused; } withost_wasmtime_value;

static inline uint32_t withost_wasmtime_to_i32(const withost_wasmtime_value *v) { return (uint32_t)v->bits; }
static inline uint64_t withost_wasmtime_to_i64(const withost_wasmtime_value *v) { return v->bits; }
static inline float withost_wasmtime_to_f32(const withost_wasmtime_value *v) { float f; memcpy(&f, &v->bits, 4); return f; }
static inline double withost_wasmtime_to_f64(const withost_wasmtime_value *v) { double f; memcpy(&f, &v->bits, 8); return f; }
static inline withost_wasmtime_value withost_wasmtime_from_i32(uint32_t n) { return (withost_wasmtime_value){n, 0}; }
static inline withost_wasmtime_value withost_wasmtime_from_i64(uint64_t n) { return (withost_wasmtime_value){n, 0}; }
static inline withost_wasmtime_value withost_wasmtime_from_f32(float f) {
  withost_wasmtime_value v = {0, 0};
  memcpy(&v.bits, &f, 4);
  return v;
}
static inline withost_wasmtime_value withost_wasmtime_from_f64(double f) {
  withost_wasmtime_value v = {0, 0};
  memcpy(&v.bits, &f, 8);
  return v;
}

/* Signatures are "iIfF:i": parameters, a colon, results. */
typedef struct withost_wasmtime_import {
  const char *module, *name, *signature;
  withost_needs needs;
  /* values: parameters, then results. */
  void (*call)(withost_instance *instance, withost_wasmtime_value *values);
} withost_wasmtime_import;

typedef struct withost_wasmtime_export {
  const char *name, *signature;
  withost_needs needs;
  /* If the guest has it, `call` is stored at that offset of the generated instance. */
  size_t offset;
  void (*call)(void);
} withost_wasmtime_export;

typedef struct withost_wasmtime_world {
  uint32_t abi; /* WITHOST_ABI */
  const char *world;
  withost_encoding encoding; /* of guests that do not say: those have no component-type section */
  const withost_wasmtime_import *imports;
  size_t import_count;
  const withost_wasmtime_export *exports;
  size_t export_count;
} withost_wasmtime_world;

/* ELINK, with withost_wasmtime_message(): it imports what the world does not have, or imports or exports something with
 * another type, or lacks the memory, cabi_realloc or callback that this needs; its component-type sections name several string
 * encodings; it is a component, or no module. ENOMEM, EABI. */
int withost_wasmtime_load(withost_wasmtime *engine, const withost_wasmtime_world *world, const uint8_t *module, size_t size,
                          withost_program **program);

/* Calls an export, by its index in the world's table. `values`: room for the larger of parameters and results. Traps. */
void withost_wasmtime_call(void *core, uint32_t export_index, withost_wasmtime_value *values, size_t count);

/* The built-in [thread-new-indirect-v0]. Traps. */
uint32_t withost_wasmtime_thread_new(withost_instance *instance, uint32_t index, uint32_t argument);

/* In place of withost_can_block, for the blocking forms. */
extern const withost_blocking withost_wasmtime_can_block;

#ifdef __cplusplus
}
#endif
#endif
