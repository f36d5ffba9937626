/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Lifts and lowers of the world, and its host, which only notes what it is given.
 */
#include "values_host.h"

/* ---- Resources ---- */

static void file_destroy(withost_instance *i, uint32_t rep) { ((values *)i)->host->destroyed[rep]++; }
static void thing_destroy(withost_instance *i, uint32_t rep) { ((values *)i)->thing_dtor(i->core, rep); }

static const withost_resource_type file_type = {.name = "test:values/host#file", .drop = file_destroy};
static const withost_resource_type other_type = {.name = "test:values/host#other", .drop = file_destroy};
static const withost_resource_type thing_type = {
  .name = "test:values/guest#thing", .drop = thing_destroy, .guest_defined = true,
  .destructor = {.interface = "test:values/guest", .name = "[dtor]thing"}};

void values__file_drop(values *i, uint32_t handle) { withost_resource_drop(&i->base, &file_type, handle); }
void values__other_drop(values *i, uint32_t handle) { withost_resource_drop(&i->base, &other_type, handle); }
uint32_t values__thing_new(values *i, uint32_t rep) { return withost_resource_new(&i->base, &thing_type, rep); }
uint32_t values__thing_rep(values *i, uint32_t handle) { return withost_resource_rep(&i->base, &thing_type, handle); }
void values__thing_drop(values *i, uint32_t handle) { withost_resource_drop(&i->base, &thing_type, handle); }

/* ---- Sync imports ---- */

static const withost_function import = {.interface = "test:values/host", .name = "import"};

static void host_took_text(values_host *h, const uint8_t *text, size_t length) {
  h->taken = text;
  h->taken_length = length;
  h->length = length;
  memcpy(h->text, text, length < sizeof h->text ? length : sizeof h->text);
}

void values__string(values *i, uint32_t encoding, uint32_t p, uint32_t n) {
  withost_call call;
  size_t length;
  withost_import_enter(&i->base, &import, &call);
  size_t mark = withost_scratch_mark(&i->base);
  const uint8_t *text = withost_lift_string(&i->base, (withost_encoding)encoding, p, n, &length);
  host_took_text(i->host, text, length);
  if (withost_scratch_mark(&i->base) != mark) withost_scratch_release(&i->base, mark);
  withost_import_leave(&i->base);
}

void values__list(values *i, uint32_t p, uint32_t n) {
  withost_call call;
  withost_import_enter(&i->base, &import, &call);
  withost_check_list(&i->base, p, n, 4, 4);
  withost_import_leave(&i->base);
}

void values__character(values *i, uint32_t c) { withost_lift_char(&i->base, c); }
void values__variant(values *i, uint32_t d) { withost_lift_case(&i->base, d, 3); }
void values__record(values *i, uint32_t p) { withost_check(&i->base, p, 8, 4); }

uint32_t values__make_file(values *i, uint32_t rep) {
  withost_call call;
  withost_import_enter(&i->base, &import, &call);
  i->host->files_made++;
  withost_import_leave(&i->base);
  return withost_lower_own(&i->base, &file_type, rep);
}

uint32_t values__make_other(values *i, uint32_t rep) {
  i->host->files_made++;
  return withost_lower_own(&i->base, &other_type, rep);
}

uint32_t values__take_own(values *i, uint32_t handle) {
  withost_call call;
  withost_import_enter(&i->base, &import, &call);
  uint32_t rep = withost_lift_own(&i->base, &file_type, handle);
  i->host->owned[rep] = true;
  withost_import_leave(&i->base);
  return rep;
}

uint32_t values__take_borrow(values *i, uint32_t handle) {
  withost_call call;
  withost_import_enter(&i->base, &import, &call);
  uint32_t rep = withost_lift_borrow(&i->base, NULL, &file_type, handle);
  withost_import_leave(&i->base);
  return rep;
}

void values__take_both(values *i, uint32_t borrow, uint32_t own) {
  withost_call call;
  withost_import_enter(&i->base, &import, &call);
  withost_lift_borrow(&i->base, &call, &file_type, borrow);
  i->host->owned[withost_lift_own(&i->base, &file_type, own)] = true;
  withost_import_leave(&i->base);
}

void values__own_and_string(values *i, uint32_t own, uint32_t p, uint32_t n) {
  withost_call call;
  size_t length;
  withost_import_enter(&i->base, &import, &call);
  uint32_t rep = withost_lift_own(&i->base, &file_type, own);
  const uint8_t *text = withost_lift_string(&i->base, WITHOST_UTF8, p, n, &length);
  i->host->owned[rep] = true;
  host_took_text(i->host, text, length);
  withost_import_leave(&i->base);
}

void values__give_string(values *i, uint32_t encoding, uint32_t out) {
  withost_call call;
  values_host *h = i->host;
  withost_import_enter(&i->base, &import, &call);
  const uint8_t *text = h->give_is_view ? h->taken : h->give;
  size_t length = h->give_is_view ? h->taken_length : h->give_length;
  withost_import_leave(&i->base);
  uint32_t units, at = withost_lower_string(&i->base, (withost_encoding)encoding, text, length, &units);
  if (h->give_is_view) at = withost_lower_string(&i->base, (withost_encoding)encoding, text, length, &units);
  uint8_t *p = withost_check(&i->base, out, 8, 4);
  withost_store_u32(p, at);
  withost_store_u32(p + 4, units);
}

void values__give_thing(values *i, uint32_t out) {
  uint32_t handle = withost_lower_own(&i->base, &thing_type, i->host->thing);
  withost_store_u32(withost_check(&i->base, out, 4, 4), handle);
}

/* ---- An async import that borrows ---- */

static const withost_function lend = {.interface = "test:values/host", .name = "lend", .is_async = true};

static void lend_cancelled(void *user, withost_call *call) {
  (void)call;
  ((values_host *)user)->asked_to_cancel++;
}

static void host_lend(values_host *h, withost_call *call) {
  h->lent = call;
  withost_call_on_cancel(call, lend_cancelled, h);
}

uint32_t values__lend(values *i, uint32_t borrow) {
  withost_call *call = withost_subtask_begin(&i->base, &lend, 0);
  withost_lift_borrow(&i->base, call, &file_type, borrow);
  host_lend(i->host, call);
  return withost_subtask_end(call);
}

/* The other order of glue: lifts, then begins. */
uint32_t values__lend_and_string(values *i, uint32_t borrow, uint32_t p, uint32_t n) {
  size_t length;
  withost_lift_borrow(&i->base, NULL, &file_type, borrow);
  withost_call *call = withost_subtask_begin(&i->base, &lend, 0);
  withost_lift_string(&i->base, WITHOST_UTF8, p, n, &length);
  host_lend(i->host, call);
  return withost_subtask_end(call);
}

int values_lend_return(withost_call *call) { return withost_answer_nothing(call, &lend); }

/* ---- Sync exports ---- */

static const withost_function export_function = {.interface = "test:values/guest", .name = "export"};

int values_call(values *i, values_op op, uint32_t a, uint32_t b, uint32_t c, uint32_t *result) {
  withost_sync s;
  int error = withost_sync_enter(&i->base, &export_function, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  uint32_t r = i->core[op](i->base.core, a, b, c);
  if (result) *result = r;
  return withost_sync_leave(&s);
}

int values_post(values *i, uint32_t mode) {
  withost_sync s;
  int error = withost_sync_enter(&i->base, &export_function, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  withost_post_return_begin(&i->base);
  i->core[OP_post](i->base.core, mode, 0, 0);
  withost_post_return_end(&i->base);
  return withost_sync_leave(&s);
}

int values_take_thing(values *i, uint32_t rep, withost_resource *thing) {
  withost_sync s;
  int error = withost_sync_enter(&i->base, &export_function, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  uint32_t handle = i->core[OP_thing_new](i->base.core, rep, 0, 0);
  *thing = (withost_resource){&i->base, withost_lift_own(&i->base, &thing_type, handle)};
  return withost_sync_leave(&s);
}

int values_thing_drop(withost_resource thing) { return withost_held_drop(thing.instance, &thing_type, thing.rep); }

/* ---- An async export ---- */

static const withost_export task_export;

static withost_lift task_form(const withost_instance *i) {
  (void)i;
  return WITHOST_LIFT_CALLBACK;
}

static uint32_t task_start(withost_instance *base, const void *params) {
  values *i = (values *)base;
  const values_task_params *p = params;
  uint32_t file = withost_lower_borrow(base, &file_type, p->file);
  uint32_t thing = p->thing.instance ? withost_lower_borrow(base, &thing_type, p->thing.rep) : 0;
  return i->task(base->core, p->mode, file, thing);
}

static uint32_t task_callback(withost_instance *base, uint32_t event, uint32_t p1, uint32_t p2) {
  return ((values *)base)->task_callback(base->core, event, p1, p2);
}

static void task_deliver(withost_done done, void *user, withost_call *call, int status, const void *result) {
  (void)result;
  ((values_task_done)done)(user, call, status);
}

static const withost_export task_export = {.function = {.interface = "test:values/guest", .name = "task", .is_async = true},
                                           .params_size = sizeof(values_task_params),
                                           .form = task_form,
                                           .start = task_start,
                                           .callback = task_callback,
                                           .deliver = task_deliver};

int values_task(values *i, values_task_params params, values_task_done done, void *user, withost_call **call) {
  return withost_task_call(&i->base, &task_export, NULL, &params, (withost_done)done, user, call);
}

void values__task_return(values *i) {
  withost_task_return_begin(&i->base, &task_export.function);
  withost_task_return(&i->base, &task_export.function, NULL);
}

/* ---- Instances ---- */

static void values_prepare(withost_instance *base, const void *imports, void *host) {
  (void)imports;
  ((values *)base)->host = host;
}

int values_instantiate(withost_store *store, values_host *host, values **out) {
  withost_instance *base;
  int error = withost_instantiate(store, values_program_wasm2c(), sizeof(values), values_prepare, NULL, host, &base);
  *out = (values *)base;
  return error;
}
