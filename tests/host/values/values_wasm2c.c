/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The world on wasm2c.
 */
#include <withost/wasm2c.h>

#include <threads.h>

#include "values_host.h"

struct Z_host_instance_t { values i; };
#define HOST struct Z_host_instance_t *m
#define BASE (&m->i.base)

static inline void Z_hostZ_string(HOST, uint32_t a, uint32_t b, uint32_t c) { values__string(&m->i, a, b, c); }
static inline void Z_hostZ_list(HOST, uint32_t a, uint32_t b) { values__list(&m->i, a, b); }
static inline void Z_hostZ_character(HOST, uint32_t a) { values__character(&m->i, a); }
static inline void Z_hostZ_variant(HOST, uint32_t a) { values__variant(&m->i, a); }
static inline void Z_hostZ_record(HOST, uint32_t a) { values__record(&m->i, a); }
static inline uint32_t Z_hostZ_make_file(HOST, uint32_t a) { return values__make_file(&m->i, a); }
static inline uint32_t Z_hostZ_make_other(HOST, uint32_t a) { return values__make_other(&m->i, a); }
static inline uint32_t Z_hostZ_take_own(HOST, uint32_t a) { return values__take_own(&m->i, a); }
static inline uint32_t Z_hostZ_take_borrow(HOST, uint32_t a) { return values__take_borrow(&m->i, a); }
static inline void Z_hostZ_take_both(HOST, uint32_t a, uint32_t b) { values__take_both(&m->i, a, b); }
static inline void Z_hostZ_own_and_string(HOST, uint32_t a, uint32_t b, uint32_t c) {
  values__own_and_string(&m->i, a, b, c);
}
static inline uint32_t Z_hostZ_lend(HOST, uint32_t a) { return values__lend(&m->i, a); }
static inline uint32_t Z_hostZ_lend_and_string(HOST, uint32_t a, uint32_t b, uint32_t c) {
  return values__lend_and_string(&m->i, a, b, c);
}
static inline void Z_hostZ_give_string(HOST, uint32_t a, uint32_t b) { values__give_string(&m->i, a, b); }
static inline void Z_hostZ_give_thing(HOST, uint32_t a) { values__give_thing(&m->i, a); }
static inline void Z_hostZ_file_drop(HOST, uint32_t a) { values__file_drop(&m->i, a); }
static inline void Z_hostZ_other_drop(HOST, uint32_t a) { values__other_drop(&m->i, a); }
static inline uint32_t Z_hostZ_thing_new(HOST, uint32_t a) { return values__thing_new(&m->i, a); }
static inline uint32_t Z_hostZ_thing_rep(HOST, uint32_t a) { return values__thing_rep(&m->i, a); }
static inline void Z_hostZ_thing_drop(HOST, uint32_t a) { values__thing_drop(&m->i, a); }
static inline uint32_t Z_hostZ_context_new(HOST, uint32_t a, uint32_t b, uint32_t c) {
  return withost_error_context_new(BASE, (withost_encoding)a, b, c);
}
static inline void Z_hostZ_context_message(HOST, uint32_t a, uint32_t b, uint32_t c) {
  withost_error_context_debug_message(BASE, (withost_encoding)a, b, c);
}
static inline void Z_hostZ_context_drop(HOST, uint32_t a) { withost_error_context_drop(BASE, a); }
static inline uint32_t Z_hostZ_set_new(HOST) { return withost_waitable_set_new(BASE); }
static inline uint32_t Z_hostZ_set_poll(HOST, uint32_t a, uint32_t b) { return withost_waitable_set_poll(BASE, a, b); }
static inline void Z_hostZ_join(HOST, uint32_t a, uint32_t b) { withost_waitable_join(BASE, a, b); }
static inline void Z_hostZ_subtask_drop(HOST, uint32_t a) { withost_subtask_drop(BASE, a); }
static inline void Z_hostZ_task_return(HOST) { values__task_return(&m->i); }

#define Z_values_instantiate(...) WITHOST_WASM2C_INSTANTIATE(values, Z_values_instantiate, __VA_ARGS__)
#include "values_guest.h"
#undef Z_values_instantiate
#include "values_guest.c"

static uint32_t core_realloc(void *core, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  return Z_valuesZ_cabi_realloc(core, old, old_size, align, size);
}
#define CORE(name) \
  static uint32_t core_##name(void *core, uint32_t a, uint32_t b, uint32_t c) { return Z_valuesZ_##name(core, a, b, c); }
VALUES_OPS(CORE)
CORE(task)
CORE(task_callback)
static void core_thing_dtor(void *core, uint32_t rep) { Z_valuesZ_thing_dtor(core, rep); }

static void module_init(void) {
  withost_wasm2c_types types = {0};
  withost_wasm2c_init(&types, Z_values_init_module);
}

static void core_open(withost_instance *base, void *core) {
  static once_flag once = ONCE_FLAG_INIT;
  call_once(&once, module_init);
  values *i = (values *)base;
  values_open_core(core, i);
  withost_wasm2c_set_memory(base, Z_valuesZ_memory(core));
  base->realloc = core_realloc;
#define SET(name) i->core[OP_##name] = core_##name;
  VALUES_OPS(SET)
  i->task = core_task;
  i->task_callback = core_task_callback;
  i->thing_dtor = core_thing_dtor;
}

static void core_close(void *core) { Z_values_free(core); }

const withost_program *values_program_wasm2c(void) {
  static const withost_program program = {.abi = WITHOST_ABI,
                                          .world = "test:values/values",
                                          .engine = "wasm2c",
                                          .core_size = sizeof(Z_values_instance_t),
                                          .open = core_open,
                                          .close = core_close};
  return &program;
}
