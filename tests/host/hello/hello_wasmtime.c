/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * World demo:hello/hello on libwasmtime: binds hello_host.c to a guest that is loaded at run time.
 * Written by hand, as the generator is to write it.
 */
#include <withost/wasmtime.h>

#include "hello_host.h"

typedef withost_wasmtime_value value;

/* ---- exports: typed functions over values; their order is that of hello_exports ---- */

enum { GREET_ASYNC, GREET_CALLBACK, GREET_STACKFUL, GREET_SYNC, GREET_POST };

static uint32_t greet_async(void *core, uint32_t a, uint32_t b, uint32_t c) {
  value v[] = {{a, 0}, {b, 0}, {c, 0}};
  withost_wasmtime_call(core, GREET_ASYNC, v, 3);
  return (uint32_t)v[0].bits;
}
static uint32_t greet_callback(void *core, uint32_t a, uint32_t b, uint32_t c) {
  value v[] = {{a, 0}, {b, 0}, {c, 0}};
  withost_wasmtime_call(core, GREET_CALLBACK, v, 3);
  return (uint32_t)v[0].bits;
}
static void greet_stackful(void *core, uint32_t a, uint32_t b, uint32_t c) {
  value v[] = {{a, 0}, {b, 0}, {c, 0}};
  withost_wasmtime_call(core, GREET_STACKFUL, v, 3);
}
static uint32_t greet_sync(void *core, uint32_t a, uint32_t b, uint32_t c) {
  value v[] = {{a, 0}, {b, 0}, {c, 0}};
  withost_wasmtime_call(core, GREET_SYNC, v, 3);
  return (uint32_t)v[0].bits;
}
static void greet_post(void *core, uint32_t a) {
  value v[] = {{a, 0}};
  withost_wasmtime_call(core, GREET_POST, v, 1);
}

static const withost_wasmtime_export hello_exports[] = {
  [GREET_ASYNC] = {"[async-lift]demo:hello/greeter#greet", "iii:i",
                   offsetof(hello_instance, core.demo_hello_greeter_greet_async), (void (*)(void))greet_async},
  [GREET_CALLBACK] = {"[callback][async-lift]demo:hello/greeter#greet", "iii:i",
                      offsetof(hello_instance, core.demo_hello_greeter_greet_callback), (void (*)(void))greet_callback},
  [GREET_STACKFUL] = {"[async-lift-stackful]demo:hello/greeter#greet", "iii:",
                      offsetof(hello_instance, core.demo_hello_greeter_greet_stackful), (void (*)(void))greet_stackful},
  [GREET_SYNC] = {"demo:hello/greeter#greet", "iii:i", offsetof(hello_instance, core.demo_hello_greeter_greet_sync),
                  (void (*)(void))greet_sync},
  [GREET_POST] = {"cabi_post_demo:hello/greeter#greet", "i:", offsetof(hello_instance, core.demo_hello_greeter_greet_post),
                  (void (*)(void))greet_post}};

/* ---- imports ---- */

static void timer_wait_async(withost_instance *i, value *v) {
  v[0].bits = hello__demo_hello_timer_wait_async((hello_instance *)i, (uint32_t)v[0].bits);
}
static void timer_wait_sync(withost_instance *i, value *v) {
  hello__demo_hello_timer_wait_sync((hello_instance *)i, &withost_wasmtime_can_block, (uint32_t)v[0].bits);
}
static void greet_task_return(withost_instance *i, value *v) {
  hello__demo_hello_greeter_greet_task_return((hello_instance *)i, (uint32_t)v[0].bits, (uint32_t)v[1].bits);
}

/* $root; the generator is to write all built-ins, the same for every world */
static void context_get_0(withost_instance *i, value *v) { v[0].bits = withost_context_get(i, 0); }
static void context_set_0(withost_instance *i, value *v) { withost_context_set(i, 0, (uint32_t)v[0].bits); }
static void subtask_drop(withost_instance *i, value *v) { withost_subtask_drop(i, (uint32_t)v[0].bits); }
static void subtask_cancel(withost_instance *i, value *v) {
  v[0].bits = withost_subtask_cancel(i, &withost_wasmtime_can_block, (uint32_t)v[0].bits);
}
static void subtask_cancel_async(withost_instance *i, value *v) {
  v[0].bits = withost_subtask_cancel(i, NULL, (uint32_t)v[0].bits);
}
static void waitable_set_new(withost_instance *i, value *v) { v[0].bits = withost_waitable_set_new(i); }
static void waitable_set_wait(withost_instance *i, value *v) {
  v[0].bits = withost_waitable_set_wait(i, &withost_wasmtime_can_block, (uint32_t)v[0].bits, (uint32_t)v[1].bits);
}
static void waitable_set_poll(withost_instance *i, value *v) {
  v[0].bits = withost_waitable_set_poll(i, (uint32_t)v[0].bits, (uint32_t)v[1].bits);
}
static void waitable_set_drop(withost_instance *i, value *v) { withost_waitable_set_drop(i, (uint32_t)v[0].bits); }
static void waitable_join(withost_instance *i, value *v) {
  withost_waitable_join(i, (uint32_t)v[0].bits, (uint32_t)v[1].bits);
}
static void backpressure_inc(withost_instance *i, value *v) { (void)v; withost_backpressure_inc(i); }
static void backpressure_dec(withost_instance *i, value *v) { (void)v; withost_backpressure_dec(i); }

static const withost_wasmtime_import hello_imports_of_core[] = {
  {"demo:hello/timer", "[async-lower]wait", "i:i", timer_wait_async},
  {"demo:hello/timer", "wait", "i:", timer_wait_sync},
  {"[export]demo:hello/greeter", "[task-return]greet", "ii:", greet_task_return},
  {"$root", "[context-get-0]", ":i", context_get_0},
  {"$root", "[context-set-0]", "i:", context_set_0},
  {"$root", "[subtask-drop]", "i:", subtask_drop},
  {"$root", "[subtask-cancel]", "i:i", subtask_cancel},
  {"$root", "[async-lower][subtask-cancel]", "i:i", subtask_cancel_async},
  {"$root", "[waitable-set-new]", ":i", waitable_set_new},
  {"$root", "[waitable-set-wait]", "ii:i", waitable_set_wait},
  {"$root", "[waitable-set-poll]", "ii:i", waitable_set_poll},
  {"$root", "[waitable-set-drop]", "i:", waitable_set_drop},
  {"$root", "[waitable-join]", "ii:", waitable_join},
  {"$root", "[backpressure-inc]", ":", backpressure_inc},
  {"$root", "[backpressure-dec]", ":", backpressure_dec}};

/* ---- the program ---- */

int hello_load_wasmtime(withost_wasmtime *engine, const uint8_t *module, size_t size, withost_program **program) {
  static const withost_wasmtime_world world = {
    .abi = WITHOST_ABI, .world = "demo:hello/hello",
    .imports = hello_imports_of_core, .import_count = sizeof hello_imports_of_core / sizeof *hello_imports_of_core,
    .exports = hello_exports, .export_count = sizeof hello_exports / sizeof *hello_exports};
  return withost_wasmtime_load(engine, &world, module, size, program);
}
