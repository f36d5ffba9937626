/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * For generated <world>_wasm2c.c only: one translation unit that holds the trampolines of a world and, by inclusion, the C
 * that wasm2c made of the guest. Trampolines are static: two guests in one program may import the same names, and the
 * compiler sees through them. Use, in this order:
 *
 *   #include <withost/wasm2c.h>
 *   weak declarations of the exports that a guest may leave out (a lift has three forms)
 *   static inline definitions of every import of the world, under its mangled name
 *   #include <withost/wasi_wasm2c.h>, which does that for wasi_snapshot_preview1
 *   #define Z_<world>_instantiate(...) WITHOST_WASM2C_INSTANTIATE(<world>, Z_<world>_instantiate, __VA_ARGS__)
 *   #include "<world>_guest.h", #undef, #include "<world>_guest.c"
 *
 * Names are those of 1.0.32: Z_<module>Z_<field>, where other characters than letters and digits are ZXX in hex ('Z' is
 * Z5A). With a newer wabt they are macros for its names.
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

/*
 * The prologue's check (below) sees where a frame begins; what it reaches down to must be within the reserve below the limit (64 KiB
 * on the library's own stacks), with room for what the host does there. No compiler makes such a frame of ordinary code; where one
 * has this warning for a part of a file, it is an error. For clang: -Werror=frame-larger-than=32768.
 */
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
#pragma GCC diagnostic error "-Wframe-larger-than=32768"
#endif

/* Explicit bounds checks: no signal handler, so no state of the process. Newer wabt calls that otherwise, and has a second
 * header beside the first. */
#if __has_include(<wasm-rt-exceptions.h>)
#define WASM_RT_USE_MMAP 0
#define WASM_RT_MEMCHECK_BOUNDS_CHECK 1
#define WASM_RT_STACK_DEPTH_COUNT 1
#else
#define WASM_RT_MEMCHECK_SIGNAL_HANDLER 0
#endif
#define WASM_RT_USE_STACK_DEPTH_COUNT 1

#include <wasm-rt.h>

/* Which wabt wrote this header, and so the guest's C. Today's has names with w2c_, types by hash, memories of 64-bit sizes. */
#ifdef WASM_DEFAULT_PAGE_SIZE
#define WITHOST_WASM2C_NEW
typedef wasm_rt_func_type_t withost_wasm2c_type;
#else
typedef uint32_t withost_wasm2c_type;
_Static_assert(sizeof(((wasm_rt_funcref_t *)0)->func_type) == sizeof(withost_wasm2c_type),
               "withost knows the wasm2c of wabt 1.0.32 (Debian 12) and that of today, not those in between");
#endif

#include <withost/glue.h>

#pragma GCC system_header /* the macros below go beyond C11 where all compilers do */

/* The guest's prologue counts a depth and compares it. Ours compares the stack pointer with a limit instead, which holds
 * for parked stacks and for frames of any usual size: the count is a dummy, the maximum is 0 or infinite. */
extern _Thread_local uintptr_t withost__stack_limit __attribute__((__tls_model__("initial-exec")));
#undef WASM_RT_MAX_CALL_STACK_DEPTH
#define WASM_RT_MAX_CALL_STACK_DEPTH ((uintptr_t)__builtin_frame_address(0) < withost__stack_limit ? 0u : 2u)
#define wasm_rt_call_stack_depth ((uint32_t){0})

static inline bool withost_wasm2c_types_are_equal(withost_wasm2c_type a, withost_wasm2c_type b) {
#ifdef WITHOST_WASM2C_NEW
  return a == b || (a && b && memcmp(a, b, 32) == 0); /* SHA-256 */
#else
  return a == b;
#endif
}

#ifndef WITHOST_WASM2C_NEW
typedef struct withost_wasm2c_types { char *text; size_t used, capacity; } withost_wasm2c_types;

/* Runs the module's own initialization, once per program. Returns its number for the type of a thread's function. */
withost_wasm2c_type withost_wasm2c_init(withost_wasm2c_types *types, void (*init_module)(void));
#endif

/*
 * A guest's instantiate function takes one pointer per module that it imports from, and which those are is known to its
 * header only. Every one of ours is &instance->self. WITHOST_WASM2C_INSTANTIATE(world, function, self, ...) turns the prototype
 * in that header into the prototype and a function `world_open_core(self, instance)`, which passes as many arguments: none
 * for a guest without imports, up to 341.
 */
#define WITHOST_W2C_SCAN(...) WITHOST_W2C_SCAN4(WITHOST_W2C_SCAN4(WITHOST_W2C_SCAN4(WITHOST_W2C_SCAN4(__VA_ARGS__))))
#define WITHOST_W2C_SCAN4(...) WITHOST_W2C_SCAN3(WITHOST_W2C_SCAN3(WITHOST_W2C_SCAN3(WITHOST_W2C_SCAN3(__VA_ARGS__))))
#define WITHOST_W2C_SCAN3(...) WITHOST_W2C_SCAN2(WITHOST_W2C_SCAN2(WITHOST_W2C_SCAN2(WITHOST_W2C_SCAN2(__VA_ARGS__))))
#define WITHOST_W2C_SCAN2(...) WITHOST_W2C_SCAN1(WITHOST_W2C_SCAN1(WITHOST_W2C_SCAN1(WITHOST_W2C_SCAN1(__VA_ARGS__))))
#define WITHOST_W2C_SCAN1(...) __VA_ARGS__
#define WITHOST_W2C_NOTHING
#define WITHOST_W2C_NEXT() WITHOST_W2C_EACH
/* ", p" for each of the others; each scan takes one step. */
#define WITHOST_W2C_EACH(p, other, ...) , p __VA_OPT__(WITHOST_W2C_NEXT WITHOST_W2C_NOTHING ()(p, __VA_ARGS__))
#define WITHOST_WASM2C_INSTANTIATE(world, function, self, ...)                                         \
  function(self __VA_OPT__(, ) __VA_ARGS__);                                                           \
  static inline void world##_open_core(self instance, void *p) {                                       \
    (void)p;                                                                                           \
    function(instance __VA_OPT__(WITHOST_W2C_SCAN(WITHOST_W2C_EACH(p, __VA_ARGS__))));                 \
  }                                                                                                    \
  void function(self __VA_OPT__(, ) __VA_ARGS__)

/*
 * The instance behind what an import gets as its module's: the address of `self`. Where a table holds an imported function,
 * the C of 1.0.32 passes the address of its own copy of that address instead. `self` holds its own address, so that reading
 * a pointer there leads to the same place from both.
 */
static inline withost_instance *withost_wasm2c_self(const void *module) {
  char *self;
  memcpy(&self, module, sizeof self);
  return (withost_instance *)(void *)(self - offsetof(withost_instance, self));
}

/* The built-in [thread-new-indirect-v0]. table: NULL for a guest that exports none; type: of withost_wasm2c_init. Traps. */
static inline uint32_t withost_wasm2c_thread_new(withost_instance *i, const wasm_rt_funcref_table_t *table,
                                                 withost_wasm2c_type type, uint32_t index, uint32_t argument) {
  if (!table) withost_trap(i, "the guest exports no table `__indirect_function_table`");
  const wasm_rt_funcref_t *f = index < table->size ? &table->data[index] : NULL;
  if (!f || !f->func || !withost_wasm2c_types_are_equal(f->func_type, type)) return withost_thread_new(i, NULL, NULL, argument);
  return withost_thread_new(i, (void (*)(void *, uint32_t))f->func, f->module_instance, argument);
}

/* memory: NULL for a guest that exports none. */
void withost_wasm2c_set_memory(withost_instance *instance, const wasm_rt_memory_t *memory);

#endif
