/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * World test:machine/machine, seen from the host: a puppet (puppet.wat) that does what the host tells it. Written by hand.
 */
#ifndef MACHINE_HOST_H
#define MACHINE_HOST_H

#include <withost/glue.h>

/* What the puppet can do; the order is the puppet's. EXIT returns `a` from the core function. */
enum machine_what {
  EXIT,
  RETURN_CB,
  RETURN_ST,
  RETURN_NONE,
  TASK_CANCEL,
  SUBTASK_DROP,
  SUBTASK_CANCEL,
  SUBTASK_CANCEL_ASYNC,
  SET_NEW,
  SET_WAIT,
  SET_POLL,
  SET_DROP,
  JOIN,
  INC,
  DEC,
  LATER,
  LATER_ASYNC,
  YIELD,
  INDEX,
  SUSPEND,
  THREAD_NEW,
  RESUME_LATER,
  SUSPEND_THEN_RESUME,
  YIELD_THEN_RESUME,
  SUSPEND_THEN_PROMOTE,
  YIELD_THEN_PROMOTE,
  GET_TASK,
  SET_TASK,
  TASK_DROP,
  CONTEXT_GET,
  CONTEXT_SET,
  UNREACHABLE,
  DEEP,
  THING_NEW, /* a guest-defined resource, whose destructor is actor `a` */
  THING_DROP,
};

typedef struct machine_op { uint32_t what, a, b; } machine_op;

/* `result`: what the operation before gave. */
typedef struct machine_imports {
  machine_op (*ask)(void *host, withost_call *call, uint32_t who, uint32_t result);
  void (*tell)(void *host, withost_call *call, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2);
  void (*later)(void *host, withost_call *call, uint32_t value);
} machine_imports;

int machine_later_return(withost_call *call, uint32_t value);

typedef struct machine_instance machine_instance;
const withost_program *machine_program_wasm2c(void);
int machine_instantiate(withost_store *store, const withost_program *program, const machine_imports *imports, void *host,
                        machine_instance **instance);
withost_instance *machine_as_instance(machine_instance *instance);

/* The same function (u32) -> u32 in four forms; `none` has no result. */
typedef enum machine_form { CB, ST, SL, NONE } machine_form;
typedef void (*machine_done)(void *user, withost_call *call, int status, const uint32_t *result);
int machine_call(machine_instance *instance, machine_form form, withost_group *group, uint32_t who, machine_done done,
                 void *user, withost_call **call);
int machine_sy(machine_instance *instance, withost_group *group, uint32_t who, uint32_t *result);

/* ---- Between machine_host.c and the engine ---- */

typedef struct machine_core {
  uint32_t (*start[4])(void *core, uint32_t);
  uint32_t (*callback)(void *core, uint32_t, uint32_t, uint32_t);
  uint32_t (*sy)(void *core, uint32_t);
  void (*dtor)(void *core, uint32_t);
} machine_core;

struct machine_instance {
  withost_instance base;
  const machine_imports *imports;
  void *host;
  machine_core core;
};

void machine__ask(machine_instance *i, uint32_t who, uint32_t result, uint32_t out);
void machine__tell(machine_instance *i, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2);
uint32_t machine__later_async(machine_instance *i, uint32_t value, uint32_t out);
uint32_t machine__later_sync(machine_instance *i, const withost_blocking *block, uint32_t value);
extern const withost_resource_type machine_thing;
void machine__task_return(machine_instance *i, machine_form form, uint32_t result);

#endif
