/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * For generated <world>_wasm2c.c only: one translation unit that holds the trampolines of a world and, by inclusion, the C
 * that wasm2c made of the guest. Trampolines are static: two guests in one program may import the same names, and the
 * compiler sees through them. Use, in this order:
 *
 *   #include <withost/wasm2c.h>
 *   weak declarations of the exports that a guest may leave out (a lift has three forms)
 *   static inline definitions of every import of the world, under its mangled name
 *   #define Z_<world>_instantiate WITHOST_WASM2C_..., #include "<world>_guest.h", #undef, #include "<world>_guest.c"
 *
 * Names of 1.0.32: Z_<module>Z_<field>, where other characters than letters and digits are ZXX in hex ('Z' is Z5A).
 */
#ifndef WITHOST_WASM2C_H
#define WITHOST_WASM2C_H

/* What wasm2c writes, imports that this guest does not use, weak names that turn out to be defined. */
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Waddress"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-value"
#pragma GCC diagnostic ignored "-Wunused-label"
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"

/* Explicit bounds checks: no signal handler, so no state of the process. */
#define WASM_RT_MEMCHECK_SIGNAL_HANDLER 0
#define WASM_RT_USE_STACK_DEPTH_COUNT 1

#include <wasm-rt.h>

#include <withost/glue.h>

/* The guest's prologue counts a depth and compares it. Ours compares the stack pointer with a limit instead, which holds
 * for parked stacks and for frames of any size: the count is a dummy, the maximum is 0 or infinite. */
extern _Thread_local uintptr_t withost__stack_limit __attribute__((tls_model("initial-exec")));
#undef WASM_RT_MAX_CALL_STACK_DEPTH
#define WASM_RT_MAX_CALL_STACK_DEPTH ((uintptr_t)__builtin_frame_address(0) < withost__stack_limit ? 0u : 2u)
#define wasm_rt_call_stack_depth ((uint32_t){0})

typedef struct withost_wasm2c_types { char *text; size_t used, capacity; } withost_wasm2c_types;

/* Runs the module's own initialization, once per program. */
void withost_wasm2c_init(withost_wasm2c_types *types, void (*init_module)(void));

/*
 * A guest's instantiate function takes one pointer per module that it imports from, and which those are is known to its
 * header only. Every one of ours is the instance. WITHOST_WASM2C_INSTANTIATE(world, self, ...) turns the prototype in that
 * header into the prototype and a function `world_open_core(self, instance)` with as many arguments.
 */
#define WITHOST_W2C_1(p) p
#define WITHOST_W2C_2(p) p, WITHOST_W2C_1(p)
#define WITHOST_W2C_3(p) p, WITHOST_W2C_2(p)
#define WITHOST_W2C_4(p) p, WITHOST_W2C_3(p)
#define WITHOST_W2C_5(p) p, WITHOST_W2C_4(p)
#define WITHOST_W2C_6(p) p, WITHOST_W2C_5(p)
#define WITHOST_W2C_7(p) p, WITHOST_W2C_6(p)
#define WITHOST_W2C_8(p) p, WITHOST_W2C_7(p)
#define WITHOST_W2C_9(p) p, WITHOST_W2C_8(p)
#define WITHOST_W2C_10(p) p, WITHOST_W2C_9(p)
#define WITHOST_W2C_11(p) p, WITHOST_W2C_10(p)
#define WITHOST_W2C_12(p) p, WITHOST_W2C_11(p)
#define WITHOST_W2C_PICK(a, b, c, d, e, f, g, h, i, j, k, l, N, ...) N
#define WITHOST_W2C_COUNT(...) \
  WITHOST_W2C_PICK(__VA_ARGS__, WITHOST_W2C_12, WITHOST_W2C_11, WITHOST_W2C_10, WITHOST_W2C_9, WITHOST_W2C_8, \
                   WITHOST_W2C_7, WITHOST_W2C_6, WITHOST_W2C_5, WITHOST_W2C_4, WITHOST_W2C_3, WITHOST_W2C_2, \
                   WITHOST_W2C_1, 0)
#define WITHOST_WASM2C_INSTANTIATE(world, function, self, ...)                      \
  function(self, __VA_ARGS__);                                                      \
  static inline void world##_open_core(self instance, void *p) {                    \
    function(instance, WITHOST_W2C_COUNT(__VA_ARGS__)(p));                          \
  }                                                                                 \
  void function(self, __VA_ARGS__)

#endif
