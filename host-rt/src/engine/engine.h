/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The seam for engines that load modules at run time and know functions by signature only. Core values are 64-bit slots:
 * i32 and f32 in the low half, f64 by its bits; results come back in the same array. wasm2c does not come through here:
 * its generated trampolines call typed functions directly and share nothing but withost_program.
 *
 * Laws of the seam
 *
 *  E1. An engine never unwinds through us, and we never unwind through it: `call` returns an error for a trap, which the
 *      generated <world>_wasmtime.c turns into withost_trap; an import's trampoline sets a target of its own
 *      (withost_entry) and turns a jump to it into the engine's trap.
 *  E2. memory and memory_size of the instance point to a mirror that the engine refreshes after every call and before
 *      every import.
 */
#ifndef WITHOST_ENGINE_H
#define WITHOST_ENGINE_H

#include <withost/glue.h>

typedef struct withost_engine_import {
  const char *module, *name;
  const char *signature; /* "ii:i": parameters, colon, results; i I f F */
  void (*call)(withost_instance *instance, uint64_t *slots);
} withost_engine_import;

typedef struct withost_engine {
  const char *name;
  bool can_park; /* guest frames may stay on a stack of their own */
  /* Compiles; a message on the store if it cannot. */
  int (*load)(withost_store *store, const uint8_t *module, size_t size, void **code);
  void (*unload)(void *code);
  /* Imports that the module does not have are ignored; one that it has and the table has not is ELINK. */
  int (*open)(withost_instance *instance, void *code, const withost_engine_import *imports, size_t count, void **core);
  void (*close)(void *core);
  /* Index of an export for `call`, or -1. */
  int (*find)(void *core, const char *export, const char *signature);
  int (*call)(void *core, int export, uint64_t *slots);
  /* A function of the table, for thread.new-indirect. -1 if there is none of signature "i:". */
  int (*find_indirect)(void *core, uint32_t table_index);
  /* Makes a running call trap soon; callable from another thread. EUNSUPPORTED where it cannot. */
  int (*interrupt)(void *core);
} withost_engine;

#endif
