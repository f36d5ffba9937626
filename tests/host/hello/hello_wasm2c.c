/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * World demo:hello/hello on wasm2c: binds hello_host.c to a guest that `wasm2c -n hello guest.wasm -o hello_guest.c` made.
 * Written by hand, as the generator is to write it.
 */
#include <withost/wasm2c.h>

#include <threads.h>

#include "hello_host.h"

/* ---- exports that the guest may or may not have ---- */

typedef struct Z_hello_instance_t Z_hello_instance_t;
#define WEAK __attribute__((weak))
WEAK wasm_rt_memory_t *Z_helloZ_memory(Z_hello_instance_t *);
WEAK void Z_helloZ__initialize(Z_hello_instance_t *);
WEAK uint32_t Z_helloZ_cabi_realloc(Z_hello_instance_t *, uint32_t, uint32_t, uint32_t, uint32_t);
WEAK uint32_t Z_helloZ_Z5BasyncZ2DliftZ5DdemoZ3AhelloZ2FgreeterZ23greet(Z_hello_instance_t *, uint32_t, uint32_t, uint32_t);
WEAK uint32_t Z_helloZ_Z5BcallbackZ5DZ5BasyncZ2DliftZ5DdemoZ3AhelloZ2FgreeterZ23greet(Z_hello_instance_t *, uint32_t,
                                                                                      uint32_t, uint32_t);
WEAK void Z_helloZ_Z5BasyncZ2DliftZ2DstackfulZ5DdemoZ3AhelloZ2FgreeterZ23greet(Z_hello_instance_t *, uint32_t, uint32_t,
                                                                               uint32_t);
WEAK uint32_t Z_helloZ_demoZ3AhelloZ2FgreeterZ23greet(Z_hello_instance_t *, uint32_t, uint32_t, uint32_t);
WEAK void Z_helloZ_cabi_post_demoZ3AhelloZ2FgreeterZ23greet(Z_hello_instance_t *, uint32_t);

/* ---- import modules: each one's instance is ours ---- */

struct Z_Z24root_instance_t { hello_instance i; };
struct Z_demoZ3AhelloZ2Ftimer_instance_t { hello_instance i; };
struct Z_Z5BexportZ5DdemoZ3AhelloZ2Fgreeter_instance_t { hello_instance i; };

/* demo:hello/timer */
static inline uint32_t Z_demoZ3AhelloZ2FtimerZ_Z5BasyncZ2DlowerZ5Dwait(struct Z_demoZ3AhelloZ2Ftimer_instance_t *m, uint32_t a) {
  return hello__demo_hello_timer_wait_async(&m->i, a);
}
static inline void Z_demoZ3AhelloZ2FtimerZ_wait(struct Z_demoZ3AhelloZ2Ftimer_instance_t *m, uint32_t a) {
  hello__demo_hello_timer_wait_sync(&m->i, &withost_can_block, a);
}

/* [export]demo:hello/greeter */
static inline void Z_Z5BexportZ5DdemoZ3AhelloZ2FgreeterZ_Z5BtaskZ2DreturnZ5Dgreet(
  struct Z_Z5BexportZ5DdemoZ3AhelloZ2Fgreeter_instance_t *m, uint32_t a, uint32_t b) {
  hello__demo_hello_greeter_greet_task_return(&m->i, a, b);
}

/* $root; the generator is to write all built-ins, the same for every world */
static inline uint32_t Z_Z24rootZ_Z5BcontextZ2DgetZ2D0Z5D(struct Z_Z24root_instance_t *m) {
  return withost_context_get(&m->i.base, 0);
}
static inline void Z_Z24rootZ_Z5BcontextZ2DsetZ2D0Z5D(struct Z_Z24root_instance_t *m, uint32_t v) {
  withost_context_set(&m->i.base, 0, v);
}
static inline void Z_Z24rootZ_Z5BsubtaskZ2DdropZ5D(struct Z_Z24root_instance_t *m, uint32_t a) {
  withost_subtask_drop(&m->i.base, a);
}
static inline uint32_t Z_Z24rootZ_Z5BsubtaskZ2DcancelZ5D(struct Z_Z24root_instance_t *m, uint32_t a) {
  return withost_subtask_cancel(&m->i.base, &withost_can_block, a);
}
static inline uint32_t Z_Z24rootZ_Z5BasyncZ2DlowerZ5DZ5BsubtaskZ2DcancelZ5D(struct Z_Z24root_instance_t *m, uint32_t a) {
  return withost_subtask_cancel(&m->i.base, NULL, a);
}
static inline uint32_t Z_Z24rootZ_Z5BwaitableZ2DsetZ2DnewZ5D(struct Z_Z24root_instance_t *m) {
  return withost_waitable_set_new(&m->i.base);
}
static inline uint32_t Z_Z24rootZ_Z5BwaitableZ2DsetZ2DwaitZ5D(struct Z_Z24root_instance_t *m, uint32_t set, uint32_t p) {
  return withost_waitable_set_wait(&m->i.base, &withost_can_block, set, p);
}
static inline uint32_t Z_Z24rootZ_Z5BwaitableZ2DsetZ2DpollZ5D(struct Z_Z24root_instance_t *m, uint32_t set, uint32_t p) {
  return withost_waitable_set_poll(&m->i.base, set, p);
}
static inline void Z_Z24rootZ_Z5BwaitableZ2DsetZ2DdropZ5D(struct Z_Z24root_instance_t *m, uint32_t a) {
  withost_waitable_set_drop(&m->i.base, a);
}
static inline void Z_Z24rootZ_Z5BwaitableZ2DjoinZ5D(struct Z_Z24root_instance_t *m, uint32_t w, uint32_t set) {
  withost_waitable_join(&m->i.base, w, set);
}
static inline void Z_Z24rootZ_Z5BbackpressureZ2DincZ5D(struct Z_Z24root_instance_t *m) {
  withost_backpressure_inc(&m->i.base);
}
static inline void Z_Z24rootZ_Z5BbackpressureZ2DdecZ5D(struct Z_Z24root_instance_t *m) {
  withost_backpressure_dec(&m->i.base);
}

/* ---- the guest ---- */

#include <withost/wasi_wasm2c.h>

#define Z_hello_instantiate(...) WITHOST_WASM2C_INSTANTIATE(hello, Z_hello_instantiate, __VA_ARGS__)
#include "hello_guest.h"
#undef Z_hello_instantiate
#include "hello_guest.c"

/* ---- the program ---- */

static uint32_t core_realloc(void *core, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  return Z_helloZ_cabi_realloc(core, old, old_size, align, size);
}
static uint32_t greet_async(void *core, uint32_t a, uint32_t b, uint32_t c) {
  return Z_helloZ_Z5BasyncZ2DliftZ5DdemoZ3AhelloZ2FgreeterZ23greet(core, a, b, c);
}
static uint32_t greet_callback(void *core, uint32_t a, uint32_t b, uint32_t c) {
  return Z_helloZ_Z5BcallbackZ5DZ5BasyncZ2DliftZ5DdemoZ3AhelloZ2FgreeterZ23greet(core, a, b, c);
}
static void greet_stackful(void *core, uint32_t a, uint32_t b, uint32_t c) {
  Z_helloZ_Z5BasyncZ2DliftZ2DstackfulZ5DdemoZ3AhelloZ2FgreeterZ23greet(core, a, b, c);
}
static uint32_t greet_sync(void *core, uint32_t a, uint32_t b, uint32_t c) {
  return Z_helloZ_demoZ3AhelloZ2FgreeterZ23greet(core, a, b, c);
}
static void greet_post(void *core, uint32_t a) { Z_helloZ_cabi_post_demoZ3AhelloZ2FgreeterZ23greet(core, a); }
static void core_initialize(void *core) {
  if (Z_helloZ__initialize) Z_helloZ__initialize(core);
}

static void module_init(void) {
  withost_wasm2c_types types = {0};
  withost_wasm2c_init(&types, Z_hello_init_module);
}

static void core_open(withost_instance *base, void *core) {
  static once_flag once = ONCE_FLAG_INIT;
  call_once(&once, module_init);
  hello_instance *i = (hello_instance *)base;
  hello_open_core(core, i);
  withost_wasm2c_set_memory(base, Z_helloZ_memory ? Z_helloZ_memory(core) : NULL);
  if (Z_helloZ_cabi_realloc) base->realloc = core_realloc;
  if (Z_helloZ_Z5BasyncZ2DliftZ5DdemoZ3AhelloZ2FgreeterZ23greet) i->core.demo_hello_greeter_greet_async = greet_async;
  if (Z_helloZ_Z5BcallbackZ5DZ5BasyncZ2DliftZ5DdemoZ3AhelloZ2FgreeterZ23greet)
    i->core.demo_hello_greeter_greet_callback = greet_callback;
  if (Z_helloZ_Z5BasyncZ2DliftZ2DstackfulZ5DdemoZ3AhelloZ2FgreeterZ23greet)
    i->core.demo_hello_greeter_greet_stackful = greet_stackful;
  if (Z_helloZ_demoZ3AhelloZ2FgreeterZ23greet) i->core.demo_hello_greeter_greet_sync = greet_sync;
  if (Z_helloZ_cabi_post_demoZ3AhelloZ2FgreeterZ23greet) i->core.demo_hello_greeter_greet_post = greet_post;
}

static void core_close(void *core) { Z_hello_free(core); }

const withost_program *hello_program_wasm2c(void) {
  static const withost_program program = {.abi = WITHOST_ABI,
                                          .world = "demo:hello/hello",
                                          .engine = "wasm2c",
                                          .core_size = sizeof(Z_hello_instance_t),
                                          .open = core_open,
                                          .close = core_close,
                                          .initialize = core_initialize};
  return &program;
}
