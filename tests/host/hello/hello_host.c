/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Lifts and lowers for world demo:hello/hello. Written by hand, as the generator is to write it.
 */
#include "hello_host.h"

/* ---- import demo:hello/timer ---- */

static const withost_function demo_hello_timer_wait = {
  .interface = "demo:hello/timer", .name = "wait", .is_async = true, .result_type = 0};

uint32_t hello__demo_hello_timer_wait_async(hello_instance *i, uint32_t milliseconds) {
  withost_call *call = withost_subtask_begin(&i->base, &demo_hello_timer_wait, 0);
  i->imports->demo_hello_timer_wait(i->host, call, milliseconds);
  return withost_subtask_end(call);
}

void hello__demo_hello_timer_wait_sync(hello_instance *i, const withost_blocking *block, uint32_t milliseconds) {
  withost_call *call = withost_subtask_begin(&i->base, &demo_hello_timer_wait, 0);
  i->imports->demo_hello_timer_wait(i->host, call, milliseconds);
  withost_subtask_block(call, block);
}

int hello_demo_hello_timer_wait_return(withost_call *call) {
  return withost_answer_nothing(call, &demo_hello_timer_wait);
}

/* ---- export demo:hello/greeter ---- */

typedef struct demo_hello_greeter_greet_params {
  hello_string_t name;
  uint32_t milliseconds;
} demo_hello_greeter_greet_params;

static const withost_export demo_hello_greeter_greet;

static withost_lift demo_hello_greeter_greet_form(const withost_instance *base) {
  const hello_instance *i = (const hello_instance *)base;
  return i->core.demo_hello_greeter_greet_async      ? WITHOST_LIFT_CALLBACK
         : i->core.demo_hello_greeter_greet_stackful ? WITHOST_LIFT_STACKFUL
                                                     : WITHOST_LIFT_SYNC;
}

/* A sync lift: the result is where the core function says. */
static void demo_hello_greeter_greet_return_sync(hello_instance *i, uint32_t address) {
  const uint8_t *p = withost_check(&i->base, address, 8, 4);
  hello_string_t result;
  result.ptr = (uint8_t *)withost_lift_string(&i->base, WITHOST_UTF8, withost_load_u32(p), withost_load_u32(p + 4),
                                              &result.len);
  withost_task_return(&i->base, &demo_hello_greeter_greet.function, &result);
  if (!i->core.demo_hello_greeter_greet_post) return;
  withost_post_return_begin(&i->base);
  i->core.demo_hello_greeter_greet_post(i->base.core, address);
  withost_post_return_end(&i->base);
}

static uint32_t demo_hello_greeter_greet_start(withost_instance *base, const void *params) {
  hello_instance *i = (hello_instance *)base;
  const demo_hello_greeter_greet_params *p = params;
  uint32_t name_len, name = withost_lower_string(base, WITHOST_UTF8, p->name.ptr, p->name.len, &name_len);
  if (i->core.demo_hello_greeter_greet_async)
    return i->core.demo_hello_greeter_greet_async(base->core, name, name_len, p->milliseconds);
  if (i->core.demo_hello_greeter_greet_stackful)
    i->core.demo_hello_greeter_greet_stackful(base->core, name, name_len, p->milliseconds);
  else
    demo_hello_greeter_greet_return_sync(
      i, i->core.demo_hello_greeter_greet_sync(base->core, name, name_len, p->milliseconds));
  return 0;
}

static uint32_t demo_hello_greeter_greet_callback(withost_instance *base, uint32_t event, uint32_t p1, uint32_t p2) {
  return ((hello_instance *)base)->core.demo_hello_greeter_greet_callback(base->core, event, p1, p2);
}

static void demo_hello_greeter_greet_deliver(withost_done done, void *user, withost_call *call, int status,
                                             const void *result) {
  ((hello_demo_hello_greeter_greet_done)done)(user, call, status, result);
}

static const withost_export demo_hello_greeter_greet = {
  .function = {.interface = "demo:hello/greeter", .name = "greet", .is_async = true, .result_type = 1},
  .params_size = sizeof(demo_hello_greeter_greet_params),
  .form = demo_hello_greeter_greet_form,
  .start = demo_hello_greeter_greet_start,
  .callback = demo_hello_greeter_greet_callback,
  .deliver = demo_hello_greeter_greet_deliver};

int hello_demo_hello_greeter_greet(hello_instance *i, withost_group *group, hello_string_t name, uint32_t milliseconds,
                                   hello_demo_hello_greeter_greet_done done, void *user, withost_call **call) {
  const demo_hello_greeter_greet_params params = {name, milliseconds};
  return withost_task_call(&i->base, &demo_hello_greeter_greet, group, &params, (withost_done)done, user, call);
}

void hello__demo_hello_greeter_greet_task_return(hello_instance *i, uint32_t ptr, uint32_t len) {
  withost_task_return_begin(&i->base, &demo_hello_greeter_greet.function);
  hello_string_t result;
  result.ptr = (uint8_t *)withost_lift_string(&i->base, WITHOST_UTF8, ptr, len, &result.len);
  withost_task_return(&i->base, &demo_hello_greeter_greet.function, &result);
}

/* ---- the instance ---- */

static void hello_prepare(withost_instance *base, const void *imports, void *host) {
  hello_instance *i = (hello_instance *)base;
  i->imports = imports;
  i->host = host;
}

int hello_instantiate(withost_store *store, const withost_program *program, const hello_imports *imports, void *host,
                      hello_instance **instance) {
  withost_instance *base;
  int error = withost_instantiate(store, program, sizeof(hello_instance), hello_prepare, imports, host, &base);
  *instance = (hello_instance *)base;
  return error;
}

int hello_close(hello_instance *i) { return withost_instance_close(&i->base); }
withost_instance *hello_as_instance(hello_instance *i) { return &i->base; }
