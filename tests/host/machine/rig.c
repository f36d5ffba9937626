/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "rig.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int number, failures;

void check(bool good, const char *name, const char *format, ...) {
  printf("%sok %d - %s", good ? "" : "not ", ++number, name);
  va_list args;
  va_start(args, format);
  if (*format) printf(": ");
  vprintf(format, args);
  va_end(args);
  printf("\n");
  fflush(stdout);
  failures += !good;
}

int check_end(void) {
  printf("1..%d\n", number);
  return failures != 0;
}

static machine_op rig_ask(void *host, withost_call *call, uint32_t who, uint32_t result) {
  rig *r = host;
  actor *a = &r->actors[who % RIG_ACTORS];
  if (r->ordered < RIG_NOTES) r->order[r->ordered++] = who;
  if (a->at && a->at <= RIG_NOTES) a->results[a->at - 1] = result;
  if (r->inside) r->inside(r, call);
  while (a->script[a->at].what == HOST_ACTION) a->at++;
  machine_op op = a->script[a->at];
  if (op.what != EXIT || op.a) a->at++;
  if (op.what == EXIT && op.a && a->at < RIG_NOTES) a->results[a->at - 1] = 0;
  return op;
}

static void rig_tell(void *host, withost_call *call, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2) {
  rig *r = host;
  actor *a = &r->actors[who % RIG_ACTORS];
  (void)call;
  if (a->event_count == RIG_NOTES) return;
  a->events[a->event_count].code = event;
  a->events[a->event_count].p1 = p1;
  a->events[a->event_count++].p2 = p2;
}

static void rig_cancelled(void *user, withost_call *call) {
  (void)call;
  ((rig *)user)->cancels++;
}

/* 1000 and above are answered at once, with what they ask for. */
static void rig_later(void *host, withost_call *call, uint32_t value) {
  rig *r = host;
  if (value >= 1000) {
    machine_later_return(call, value);
    return;
  }
  if (r->pass) {
    r->pass(r, call, value);
    return;
  }
  withost_call_on_cancel(call, rig_cancelled, r);
  r->later[r->later_count++] = call;
}

static const machine_imports imports = {rig_ask, rig_tell, rig_later};

const machine_imports *rig_imports(void) { return &imports; }

void rig_open(rig *r) {
  if (withost_store_new(&r->config, &r->store)) abort();
  if (machine_instantiate(r->store, machine_program_wasm2c(), &imports, r, &r->guest)) abort();
}

void rig_open_beside(rig *r, const rig *other) {
  r->store = other->store;
  if (machine_instantiate(r->store, machine_program_wasm2c(), &imports, r, &r->guest)) abort();
}

/* Whatever is unfinished is ended, and every import answered: then closing must succeed. */
void rig_close(rig *r) {
  withost_instance_abort(machine_as_instance(r->guest), "end of test");
  for (uint32_t n = 0; n < r->later_count; n++)
    if (r->later[n]) machine_later_return(r->later[n], 0);
  int error = withost_store_close(r->store);
  if (error) check(false, "close", "%s", withost_error_text(error));
}

void rig_run(rig *r) {
  for (int n = 0; n < 1000 && withost_store_run(r->store) > 0; n++) continue;
}

static void rig_done(void *user, withost_call *call, int status, const uint32_t *result) {
  actor *a = user;
  (void)call;
  a->done++;
  a->status = status;
  a->call = NULL;
  if (result) a->result = *result;
}

void rig_script(rig *r, uint32_t who, const machine_op *script) {
  r->actors[who] = (actor){.script = script, .status = 99};
}

int rig_call(rig *r, machine_form form, uint32_t who, const machine_op *script) {
  withost_call *call;
  rig_script(r, who, script);
  int error = machine_call(r->guest, form, NULL, who, rig_done, &r->actors[who], &call);
  if (!error) r->actors[who].call = call;
  return error;
}

int rig_sync(rig *r, uint32_t who, const machine_op *script) {
  rig_script(r, who, script);
  return machine_sy(r->guest, NULL, who, &r->actors[who].result);
}

void rig_answer(rig *r, uint32_t which, uint32_t value) {
  machine_later_return(r->later[which], value);
  r->later[which] = NULL;
}

bool rig_trapped(const rig *r, const char *text) {
  const char *trap = withost_instance_trap(machine_as_instance(r->guest));
  bool good = strcmp(trap, text) == 0;
  if (!good) printf("# trap: '%s'\n", trap);
  return good;
}
