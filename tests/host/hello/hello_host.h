/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * World demo:hello/hello, seen from the host. Written by hand, as the generator is to write it.
 */
#ifndef HELLO_HOST_H
#define HELLO_HOST_H

#include <withost/glue.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Text in UTF-8: `len` counts bytes; there is no terminator. */
typedef struct hello_string_t {
  uint8_t *ptr;
  size_t len;
} hello_string_t;

/* What the guest imports. `host` is the pointer given to hello_instantiate. */
typedef struct hello_imports {
  /**
   * Returns after that many milliseconds.
   *
   * Async: finish now or later with hello_demo_hello_timer_wait_return().
   * wit: import demo:hello/timer#wait
   */
  void (*demo_hello_timer_wait)(void *host, withost_call *call, uint32_t milliseconds);
} hello_imports;

/* Ends a call of demo:hello/timer#wait. EANSWERED, EINVAL, EPOISONED. */
int hello_demo_hello_timer_wait_return(withost_call *call);

typedef struct hello_instance hello_instance;

/* The guest that is linked into this program through hello_wasm2c.c. */
const withost_program *hello_program_wasm2c(void);

/* imports: must outlive the instance. *instance: own; release with hello_close(). EABI, ENOMEM, ETRAP. */
int hello_instantiate(withost_store *store, const withost_program *program, const hello_imports *imports, void *host,
                      hello_instance **instance);
/* EBUSY: calls are unfinished. */
int hello_close(hello_instance *instance);
withost_instance *hello_as_instance(hello_instance *instance);

/**
 * Waits a while, then greets.
 *
 * name:   borrowed until `done` runs or withost_call_has_started().
 * done:   runs once if this returns OK. status: OK, ECANCELLED, ETRAP. result: NULL unless OK; valid until done returns.
 * call:   NULL, or gets the call, which lives until done runs; NULL if that has happened already.
 * returns: OK, EPOISONED, ENOMEM.
 * wit:    export demo:hello/greeter#greet
 */
typedef void (*hello_demo_hello_greeter_greet_done)(void *user, withost_call *call, int status, const hello_string_t *result);
int hello_demo_hello_greeter_greet(hello_instance *instance, withost_group *group, hello_string_t name,
                                   uint32_t milliseconds, hello_demo_hello_greeter_greet_done done, void *user,
                                   withost_call **call);

/* ---- Between hello_host.c and the engines ---- */

/* The guest's exports. NULL: it does not have that form. */
typedef struct hello_core {
  uint32_t (*demo_hello_greeter_greet_async)(void *core, uint32_t, uint32_t, uint32_t);
  uint32_t (*demo_hello_greeter_greet_callback)(void *core, uint32_t, uint32_t, uint32_t);
  void (*demo_hello_greeter_greet_stackful)(void *core, uint32_t, uint32_t, uint32_t);
  uint32_t (*demo_hello_greeter_greet_sync)(void *core, uint32_t, uint32_t, uint32_t);
  void (*demo_hello_greeter_greet_post)(void *core, uint32_t);
} hello_core;

struct hello_instance {
  withost_instance base;
  const hello_imports *imports;
  void *host;
  hello_core core;
};

/* Core imports, as the canonical ABI flattens them. */
uint32_t hello__demo_hello_timer_wait_async(hello_instance *i, uint32_t milliseconds);
void hello__demo_hello_timer_wait_sync(hello_instance *i, const withost_blocking *block, uint32_t milliseconds);
void hello__demo_hello_greeter_greet_task_return(hello_instance *i, uint32_t ptr, uint32_t len);

#ifdef __cplusplus
}
#endif
#endif
