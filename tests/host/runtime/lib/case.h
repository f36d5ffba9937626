/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What the cases of tests/runtime share when they run on the C host: one source per case, run on wasm2c and on libwasmtime.
 *
 *   static int heap(void *guest, uint32_t *blocks) { return guest_heap(guest, NULL, blocks); }
 *   static void open(case_run *c) { ... guest_instantiate(c->store, c->programs[0], ...); case_guest(c, base, guest, heap); }
 *   static void round(case_run *c) { ... if (case_called(c, guest_f(...), "f")) case_equal(c, ...); }
 *   int main(void) { return case_main(&(case_plan){.name = "f", .worlds = {CASE_WORLD(guest)}, .open = open, .round = round}); }
 *
 * On each engine: open() once, then round() until CASE_CALLS calls were made; every check in it counts every time, the first
 * round's are printed. Guests, handle tables, records and memory must be after the first round what they were before
 * it; they and the host's heap, to the byte, after the last what they were after the second; and all is given back at the end.
 */
#ifndef CASE_H
#define CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <withost/wasmtime.h>

#include "heap.h"

enum { CASE_CALLS = 100000, CASE_WORLDS = 2, CASE_GUESTS = 4 };

/* A world as the generated header gives it. Its module is NAME.wasm in the case's directory. */
typedef struct case_world {
  const char *name;
  const withost_program *(*wasm2c)(void);
  int (*wasmtime)(struct withost_wasmtime *engine, const uint8_t *module, size_t size, withost_program **program);
} case_world;

#define CASE_WORLD(world) {#world, world##_program_wasm2c, world##_load_wasmtime}

typedef struct case_run case_run;

typedef struct case_plan {
  const char *name;                  /* the directory in tests/runtime */
  case_world worlds[CASE_WORLDS];
  size_t state_size;                 /* of the case's own state, which is zeroed for each engine */
  void (*open)(case_run *c);         /* makes the instances */
  void (*round)(case_run *c);        /* all calls of the case */
  void (*close)(case_run *c);        /* what has to be released before the store; or NULL */
  uint32_t calls;                    /* instead of CASE_CALLS */
  bool mixed;                        /* also with the first world on the one engine, the second on the other */
  const char *fails[4];              /* checks that must not hold, to show that they can fail */
} case_plan;

/* How many blocks are alive in the guest's own heap; returns the call's error. */
typedef int (*case_heap)(void *guest, uint32_t *blocks);

struct case_run {
  const case_plan *plan;
  const char *engine;                /* "wasm2c", "wasmtime"; mixed: "wasm2c+wasmtime", "wasmtime+wasm2c" */
  bool can_block;                    /* the engine keeps the stack of a guest that waits */
  withost_store *store;
  const withost_program *programs[CASE_WORLDS];
  void *state;
  heap heap;                         /* of the store */
  struct { withost_instance *instance; void *typed; case_heap heap; } guests[CASE_GUESTS];
  size_t guest_count;
  uint64_t calls;
  uint32_t rounds;                   /* finished ones */
  int failures, *number;             /* of checks */
};

/* Runs the plan on both engines, prints TAP, returns main()'s status. */
int case_main(const case_plan *plan);

/* From open(): an instance whose heap and tables are watched. `typed` is what `heap` is called with. */
void case_guest(case_run *c, withost_instance *instance, void *typed, case_heap heap);

/* Each notes one check and returns whether it held. */
bool case_check(case_run *c, bool held, const char *what);
bool case_equal(case_run *c, uint64_t actual, uint64_t wanted, const char *what);
bool case_text(case_run *c, const void *text, size_t length, const char *wanted, const char *what);
/* For a function that calls an export: counts the call; it must have returned OK. Prints nothing if it has. */
bool case_called(case_run *c, int error, const char *what);
/* The lines that a guest wrote with rt_check() of tests/runtime/lib; there must be one at least. */
void case_log(case_run *c, const uint8_t *log, size_t length);

/* memcmp() that knows empty ranges, whose pointers may be anything. */
bool bytes_are_same(const void *a, size_t a_length, const void *b, size_t b_length);

#endif
