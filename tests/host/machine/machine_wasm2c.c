/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * World test:machine/machine on wasm2c. Written by hand.
 */
#include <withost/wasm2c.h>

#include <threads.h>

#include "machine_host.h"

struct Z_host_instance_t { machine_instance i; };
struct Z_Z24root_instance_t { machine_instance i; };
struct Z_Z5BexportZ5DZ24root_instance_t { machine_instance i; };
struct Z_Z5BexportZ5Dthings_instance_t { machine_instance i; };
typedef struct Z_host_instance_t host;
typedef struct Z_Z24root_instance_t root;
typedef struct Z_Z5BexportZ5DZ24root_instance_t export_root;

#define I (&m->i.base)
#define B (&withost_can_block)

static void (*thread_start(withost_instance *i, uint32_t index))(void *core, uint32_t argument);

static inline void Z_hostZ_ask(host *m, uint32_t a, uint32_t b, uint32_t c) { machine__ask(&m->i, a, b, c); }
static inline void Z_hostZ_tell(host *m, uint32_t a, uint32_t b, uint32_t c, uint32_t d) { machine__tell(&m->i, a, b, c, d); }
static inline uint32_t Z_Z24rootZ_Z5BcontextZ2DgetZ2D0Z5D(root *m) { return withost_context_get(I, 0); }
static inline void Z_Z24rootZ_Z5BcontextZ2DsetZ2D0Z5D(root *m, uint32_t a) { withost_context_set(I, 0, a); }
static inline void Z_Z5BexportZ5DZ24rootZ_Z5BtaskZ2DreturnZ5Dcb(export_root *m, uint32_t a) {
  machine__task_return(&m->i, CB, a);
}
static inline void Z_Z5BexportZ5DZ24rootZ_Z5BtaskZ2DreturnZ5Dst(export_root *m, uint32_t a) {
  machine__task_return(&m->i, ST, a);
}
static inline void Z_Z5BexportZ5DZ24rootZ_Z5BtaskZ2DreturnZ5Dnone(export_root *m) {
  machine__task_return(&m->i, NONE, 0);
}
static inline void Z_Z5BexportZ5DZ24rootZ_Z5BtaskZ2DcancelZ5D(export_root *m) {
  withost_task_cancel(I);
}
static inline void Z_Z24rootZ_Z5BsubtaskZ2DdropZ5D(root *m, uint32_t a) {
  withost_subtask_drop(I, a);
}
static inline uint32_t Z_Z24rootZ_Z5BsubtaskZ2DcancelZ5D(root *m, uint32_t a) {
  return withost_subtask_cancel(I, B, a);
}
static inline uint32_t Z_Z24rootZ_Z5BasyncZ2DlowerZ5DZ5BsubtaskZ2DcancelZ5D(root *m, uint32_t a) {
  return withost_subtask_cancel(I, NULL, a);
}
static inline uint32_t Z_Z24rootZ_Z5BwaitableZ2DsetZ2DnewZ5D(root *m) {
  return withost_waitable_set_new(I);
}
static inline uint32_t Z_Z24rootZ_Z5BwaitableZ2DsetZ2DwaitZ5D(root *m, uint32_t a, uint32_t b) {
  return withost_waitable_set_wait(I, B, a, b);
}
static inline uint32_t Z_Z24rootZ_Z5BwaitableZ2DsetZ2DpollZ5D(root *m, uint32_t a, uint32_t b) {
  return withost_waitable_set_poll(I, a, b);
}
static inline void Z_Z24rootZ_Z5BwaitableZ2DsetZ2DdropZ5D(root *m, uint32_t a) {
  withost_waitable_set_drop(I, a);
}
static inline void Z_Z24rootZ_Z5BwaitableZ2DjoinZ5D(root *m, uint32_t a, uint32_t b) {
  withost_waitable_join(I, a, b);
}
static inline void Z_Z24rootZ_Z5BbackpressureZ2DincZ5D(root *m) {
  withost_backpressure_inc(I);
}
static inline void Z_Z24rootZ_Z5BbackpressureZ2DdecZ5D(root *m) {
  withost_backpressure_dec(I);
}
static inline uint32_t Z_hostZ_later(host *m, uint32_t a) {
  return machine__later_sync(&m->i, B, a);
}
static inline uint32_t Z_hostZ_Z5BasyncZ2DlowerZ5Dlater(host *m, uint32_t a, uint32_t b) {
  return machine__later_async(&m->i, a, b);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DyieldZ5D(root *m) {
  return withost_thread_yield(I, B);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DindexZ5D(root *m) {
  return withost_thread_index(I);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DsuspendZ5D(root *m) {
  return withost_thread_suspend(I, B);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DnewZ2DindirectZ2Dv0Z5D(root *m, uint32_t a, uint32_t b) {
  return withost_thread_new(I, thread_start(I, a), I->core, b);
}
static inline void Z_Z24rootZ_Z5BthreadZ2DresumeZ2DlaterZ5D(root *m, uint32_t a) {
  withost_thread_resume_later(I, a);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DsuspendZ2DthenZ2DresumeZ5D(root *m, uint32_t a) {
  return withost_thread_suspend_then_resume(I, B, a);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DyieldZ2DthenZ2DresumeZ5D(root *m, uint32_t a) {
  return withost_thread_yield_then_resume(I, B, a);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DsuspendZ2DthenZ2DpromoteZ5D(root *m, uint32_t a) {
  return withost_thread_suspend_then_promote(I, B, a);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DyieldZ2DthenZ2DpromoteZ5D(root *m, uint32_t a) {
  return withost_thread_yield_then_promote(I, B, a);
}
static inline uint32_t Z_Z24rootZ_Z5BthreadZ2DgetZ2DtaskZ5D(root *m) {
  return withost_thread_get_task(I);
}
static inline void Z_Z24rootZ_Z5BthreadZ2DsetZ2DtaskZ5D(root *m, uint32_t a) {
  withost_thread_set_task(I, a);
}
static inline void Z_Z24rootZ_Z5BtaskZ2DdropZ5D(root *m, uint32_t a) {
  withost_task_drop(I, a);
}
static inline uint32_t Z_Z24rootZ_Z5BcontextZ2DgetZ2D1Z5D(root *m) {
  return withost_context_get(I, 1);
}
static inline void Z_Z24rootZ_Z5BcontextZ2DsetZ2D1Z5D(root *m, uint32_t a) {
  withost_context_set(I, 1, a);
}

static inline uint32_t Z_Z5BexportZ5DthingsZ_Z5BresourceZ2DnewZ5Dthing(struct Z_Z5BexportZ5Dthings_instance_t *m, uint32_t a) {
  return withost_resource_new(I, &machine_thing, a);
}
static inline void Z_Z5BexportZ5DthingsZ_Z5BresourceZ2DdropZ5Dthing(struct Z_Z5BexportZ5Dthings_instance_t *m, uint32_t a) {
  withost_resource_drop(I, &machine_thing, a);
}

#define Z_machine_instantiate(...) WITHOST_WASM2C_INSTANTIATE(machine, Z_machine_instantiate, __VA_ARGS__)
#include "machine_guest.h"
#undef Z_machine_instantiate
#include "machine_guest.c"

typedef Z_machine_instance_t core;

static void (*thread_start(withost_instance *i, uint32_t index))(void *, uint32_t) {
  const wasm_rt_funcref_table_t *table = Z_machineZ___indirect_function_table(i->core);
  return index < table->size ? (void (*)(void *, uint32_t))table->data[index].func : NULL;
}

static uint32_t core_cb(void *p, uint32_t a) { return Z_machineZ_Z5BasyncZ2DliftZ5Dcb(p, a); }
static uint32_t core_sl(void *p, uint32_t a) { return Z_machineZ_sl(p, a); }
static uint32_t core_none(void *p, uint32_t a) { return Z_machineZ_Z5BasyncZ2DliftZ5Dnone(p, a); }
static uint32_t core_sy(void *p, uint32_t a) { return Z_machineZ_sy(p, a); }
static void core_dtor(void *p, uint32_t a) { Z_machineZ_thingsZ23Z5BdtorZ5Dthing(p, a); }
static uint32_t core_st(void *p, uint32_t a) { return Z_machineZ_Z5BasyncZ2DliftZ2DstackfulZ5Dst(p, a), 0; }
static uint32_t core_callback(void *p, uint32_t a, uint32_t b, uint32_t c) {
  return Z_machineZ_Z5BcallbackZ5DZ5BasyncZ2DliftZ5Dcb(p, a, b, c);
}

static void module_init(void) {
  withost_wasm2c_types types = {0};
  withost_wasm2c_init(&types, Z_machine_init_module);
}

static void core_open(withost_instance *base, void *p) {
  static once_flag once = ONCE_FLAG_INIT;
  call_once(&once, module_init);
  machine_instance *i = (machine_instance *)base;
  machine_open_core(p, i);
  withost_wasm2c_set_memory(base, Z_machineZ_memory(p));
  i->core = (machine_core){{core_cb, core_st, core_sl, core_none}, core_callback, core_sy, core_dtor};
}

static void core_close(void *p) { Z_machine_free(p); }

const withost_program *machine_program_wasm2c(void) {
  static const withost_program program = {.abi = WITHOST_ABI,
                                          .world = "test:machine/machine",
                                          .engine = "wasm2c",
                                          .core_size = sizeof(core),
                                          .open = core_open,
                                          .close = core_close};
  return &program;
}
