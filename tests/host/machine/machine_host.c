/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Lifts and lowers for world test:machine/machine. Written by hand.
 */
#include "machine_host.h"

static const withost_function ask_function = {.name = "ask"};
static const withost_function tell_function = {.name = "tell"};
static const withost_function later_function = {.interface = "host", .name = "later", .is_async = true, .result_type = 1};

void machine__ask(machine_instance *i, uint32_t who, uint32_t result, uint32_t out) {
  withost_call call;
  machine_op op = i->imports->ask(i->host, withost_import_enter(&i->base, &ask_function, &call), who, result);
  withost_import_leave(&i->base);
  memcpy(withost_check(&i->base, out, 12, 4), &op, 12);
}

void machine__tell(machine_instance *i, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2) {
  withost_call call;
  i->imports->tell(i->host, withost_import_enter(&i->base, &tell_function, &call), who, event, p1, p2);
  withost_import_leave(&i->base);
}

uint32_t machine__later_async(machine_instance *i, uint32_t value, uint32_t out) {
  withost_call *call = withost_subtask_begin(&i->base, &later_function, out);
  i->imports->later(i->host, call, value);
  return withost_subtask_end(call);
}

uint32_t machine__later_sync(machine_instance *i, const withost_blocking *block, uint32_t value) {
  withost_call *call = withost_subtask_begin_sync(&i->base, &later_function, 0);
  i->imports->later(i->host, call, value);
  return (uint32_t)withost_subtask_block(call, block);
}

int machine_later_return(withost_call *call, uint32_t value) {
  withost_answer a;
  int error = withost_answer_begin(call, &later_function, &a);
  if (error) return error;
  if (!WITHOST_TRY(&a.entry)) return withost_answer_trapped(&a);
  if (withost_answer_is_flat(&a)) withost_answer_flat(&a, value);
  else withost_store_u32(withost_answer_out(&a, 4, 4), value);
  return withost_answer_end(&a);
}

/* ---- exports ---- */

static void deliver(withost_done done, void *user, withost_call *call, int status, const void *result) {
  ((machine_done)done)(user, call, status, result);
}

static uint32_t callback(withost_instance *base, uint32_t event, uint32_t p1, uint32_t p2) {
  return ((machine_instance *)base)->core.callback(base->core, event, p1, p2);
}

static withost_lift form_callback(const withost_instance *i) { return (void)i, WITHOST_LIFT_CALLBACK; }
static withost_lift form_stackful(const withost_instance *i) { return (void)i, WITHOST_LIFT_STACKFUL; }
static withost_lift form_sync(const withost_instance *i) { return (void)i, WITHOST_LIFT_SYNC; }

static uint32_t start(withost_instance *base, machine_form form, const void *params) {
  return ((machine_instance *)base)->core.start[form](base->core, *(const uint32_t *)params);
}
static uint32_t start_cb(withost_instance *i, const void *params) { return start(i, CB, params); }
static uint32_t start_st(withost_instance *i, const void *params) { return start(i, ST, params); }
static uint32_t start_none(withost_instance *i, const void *params) { return start(i, NONE, params); }
static uint32_t start_sl(withost_instance *i, const void *params);

static const withost_export exports[] = {
  [CB] = {{.name = "cb", .is_async = true, .result_type = 1}, 4, form_callback, start_cb, callback, deliver},
  [ST] = {{.name = "st", .is_async = true, .result_type = 1}, 4, form_stackful, start_st, NULL, deliver},
  [SL] = {{.name = "sl", .is_async = true, .result_type = 1}, 4, form_sync, start_sl, NULL, deliver},
  [NONE] = {{.name = "none", .is_async = true, .result_type = 0}, 4, form_callback, start_none, callback, deliver},
};

static uint32_t start_sl(withost_instance *i, const void *params) {
  uint32_t result = start(i, SL, params);
  withost_task_return(i, &exports[SL].function, &result);
  return 0;
}

void machine__task_return(machine_instance *i, machine_form form, uint32_t result) {
  withost_task_return_begin(&i->base, &exports[form].function);
  withost_task_return(&i->base, &exports[form].function, &result);
}

static void thing_destroy(withost_instance *base, uint32_t rep) { ((machine_instance *)base)->core.dtor(base->core, rep); }

const withost_resource_type machine_thing = {
  .name = "things#thing", .drop = thing_destroy, .guest_defined = true, .destructor = {.interface = "things", .name = "[dtor]thing"}};

int machine_call(machine_instance *i, machine_form form, withost_group *group, uint32_t who, machine_done done, void *user,
                 withost_call **call) {
  return withost_task_call(&i->base, &exports[form], group, &who, (withost_done)done, user, call);
}

int machine_sy(machine_instance *i, withost_group *group, uint32_t who, uint32_t *result) {
  static const withost_function function = {.name = "sy", .result_type = 1};
  withost_sync s;
  int error = withost_sync_enter(&i->base, &function, group, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  *result = i->core.sy(i->base.core, who);
  return withost_sync_leave(&s);
}

/* ---- the instance ---- */

static void prepare(withost_instance *base, const void *imports, void *host) {
  machine_instance *i = (machine_instance *)base;
  i->imports = imports;
  i->host = host;
}

int machine_instantiate(withost_store *store, const withost_program *program, const machine_imports *imports, void *host,
                        machine_instance **instance) {
  withost_instance *base;
  int error = withost_instantiate(store, program, sizeof(machine_instance), prepare, imports, host, &base);
  *instance = (machine_instance *)base;
  return error;
}

withost_instance *machine_as_instance(machine_instance *i) { return &i->base; }
