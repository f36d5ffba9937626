/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The same component through libwasmtime's component C API, as a C host has to use it; and bare core calls of the engine
 * with raw values, which nobody can be faster than.
 */
#define _POSIX_C_SOURCE 200809L
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "component_api.h"
#include "timing.h"

typedef struct peer {
  wasm_engine_t *engine;
  wasmtime_store_t *store;
  wasmtime_context_t *context;
  wasmtime_component_linker_t *linker;
  wasmtime_component_t *component;
  wasmtime_component_instance_t instance;
  wasmtime_component_func_t function;
  component_val *args;
  size_t arg_count;
  bool has_result;
  bool answered, answers_later; /* async imports */
  wasmtime_func_t core;
  wasmtime_func_t realloc, echo, post; /* of the guest, as a core module */
} peer;

static void must(wasmtime_error_t *error, const char *what) {
  if (!error) return;
  wasm_byte_vec_t text;
  wasmtime_error_message(error, &text);
  fprintf(stderr, "bench: peer: %s: %.*s\n", what, (int)text.size, text.data);
  exit(1);
}

static wasm_byte_vec_t text_of(const char *text) { return (wasm_byte_vec_t){strlen(text), (char *)(uintptr_t)text}; }

static wasmtime_error_t *tick(void *user, wasmtime_context_t *context, const void *type, component_val *args, size_t arg_count,
                              component_val *results, size_t result_count) {
  (void)user;
  (void)context;
  (void)type;
  (void)arg_count;
  (void)result_count;
  results[0] = args[0];
  return NULL;
}

static bool is_answered(void *env) {
  bool *answered = env;
  return *answered;
}

/* Answered at once, or as soon as the caller has been parked. This API cannot provide an `async func`: this is a `func` whose
 * caller may be parked. */
static void tick_async(void *user, wasmtime_context_t *context, const void *type, component_val *args, size_t arg_count,
                         component_val *results, size_t result_count, wasmtime_error_t **error,
                         wasmtime_async_continuation_t *continuation) {
  tick(NULL, context, type, args, arg_count, results, result_count);
  *error = NULL;
  *continuation = (wasmtime_async_continuation_t){.callback = is_answered, .env = user};
}

static wasm_trap_t *raw_import(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values, size_t count) {
  (void)env;
  (void)caller;
  (void)values;
  (void)count;
  return NULL;
}

/* ---- Timed ---- */

static void run_call(void *user, size_t n) {
  peer *p = user;
  for (size_t k = 0; k < n; k++) {
    component_val result = {0};
    must(wasmtime_component_func_call(&p->function, p->context, p->args, p->arg_count, &result, p->has_result), "call");
    wasmtime_component_val_delete(&result);
  }
}

static void run_import(void *user, size_t n) {
  peer *p = user;
  p->args[0].of.u32 = (uint32_t)n;
  run_call(p, 1);
}

static void call_async(peer *p) {
  wasmtime_error_t *error = NULL;
  component_val result = {0};
  wasmtime_call_future_t *f =
    wasmtime_component_func_call_async(&p->function, p->context, p->args, p->arg_count, &result, p->has_result, &error);
  p->answered = !p->answers_later;
  while (!wasmtime_call_future_poll(f)) p->answered = true;
  wasmtime_call_future_delete(f);
  must(error, "async call");
  wasmtime_component_val_delete(&result);
}

static void run_async(void *user, size_t n) {
  for (size_t k = 0; k < n; k++) call_async(user);
}

static void run_async_imports(void *user, size_t n) {
  peer *p = user;
  p->args[0].of.u32 = (uint32_t)n;
  call_async(p);
}

static void run_instantiate(void *user, size_t n) {
  peer *p = user;
  for (size_t k = 0; k < n; k++) {
    wasmtime_component_instance_t instance;
    wasmtime_store_t *store = wasmtime_store_new(p->engine, NULL, NULL);
    must(wasmtime_component_linker_instantiate(p->linker, wasmtime_store_context(store), p->component, &instance), "instantiate");
    wasmtime_store_delete(store);
  }
}

static void raw_call(peer *p, const wasmtime_func_t *function, wasmtime_val_raw_t *values, size_t count) {
  wasm_trap_t *trap = NULL;
  must(wasmtime_func_call_unchecked(p->context, function, values, count, &trap), "raw call");
}

static void run_raw(void *user, size_t n) {
  peer *p = user;
  for (size_t k = 0; k < n; k++) {
    wasmtime_val_raw_t v[2] = {{.words = {k, 0}}, {.words = {1, 0}}};
    raw_call(p, &p->core, v, p->arg_count);
  }
}

static void run_raw_import(void *user, size_t n) {
  peer *p = user;
  wasmtime_val_raw_t v[1] = {{.words = {n, 0}}};
  raw_call(p, &p->core, v, 1);
}

static uint64_t raw_realloc(peer *p, size_t size) {
  wasmtime_val_raw_t v[4] = {{.words = {0, 0}}, {.words = {0, 0}}, {.words = {1, 0}}, {.words = {size, 0}}};
  raw_call(p, &p->realloc, v, 4);
  return (uint32_t)v[0].words[0];
}

/* What nobody who passes the record can do without: room for two strings, the call, post-return. Copies nothing. */
static void run_raw_record(void *user, size_t n) {
  peer *p = user;
  while (n--) {
    uint64_t name = raw_realloc(p, 12), mail = raw_realloc(p, 15);
    wasmtime_val_raw_t v[10] = {{.words = {1, 0}}, {.words = {2, 0}}, {.words = {name, 0}}, {.words = {12, 0}}, {.words = {mail, 0}},
                                {.words = {15, 0}}};
    raw_call(p, &p->echo, v, 10);
    raw_call(p, &p->post, v, 1);
  }
}

/* ---- Setting up ---- */

static void link_imports(peer *p, bool async) {
  wasmtime_component_linker_instance_t *root, *env;
  p->linker = wasmtime_component_linker_new(p->engine);
  wasmtime_component_linker_allow_shadowing(p->linker, true);
  must(wasmtime_component_linker_define_unknown_imports_as_traps(p->linker, p->component), "imports");
  root = wasmtime_component_linker_root(p->linker);
  must(wasmtime_component_linker_instance_add_instance(root, "bench:host/env", 14, &env), "env");
  if (async) must(wasmtime_component_linker_instance_add_func_async(env, "tick", 4, tick_async, &p->answered, NULL), "tick");
  else must(wasmtime_component_linker_instance_add_func(env, "tick", 4, tick, NULL, NULL), "tick");
  wasmtime_component_linker_instance_delete(env);
  wasmtime_component_linker_instance_delete(root);
}

static void instantiate_async(peer *p) {
  wasmtime_error_t *error = NULL;
  wasmtime_call_future_t *f =
    wasmtime_component_linker_instantiate_async(p->linker, p->context, p->component, &p->instance, &error);
  while (!wasmtime_call_future_poll(f)) {}
  wasmtime_call_future_delete(f);
  must(error, "instantiate");
}

static void component_open(peer *p, peer_code code, bool async) {
  must(wasmtime_component_new(p->engine, code.bytes, code.size, &p->component), "component");
  link_imports(p, async);
  if (async) instantiate_async(p);
  else must(wasmtime_component_linker_instantiate(p->linker, p->context, p->component, &p->instance), "instantiate");
}

static void find(peer *p, const char *interface, const char *name, component_val *args, size_t count, bool has_result) {
  wasmtime_component_export_index_t *work =
    wasmtime_component_instance_get_export_index(&p->instance, p->context, NULL, interface, strlen(interface));
  wasmtime_component_export_index_t *index =
    wasmtime_component_instance_get_export_index(&p->instance, p->context, work, name, strlen(name));
  if (!index || !wasmtime_component_instance_get_func(&p->instance, p->context, index, &p->function)) {
    fprintf(stderr, "bench: peer: no %s\n", name);
    exit(1);
  }
  p->args = args;
  p->arg_count = count;
  p->has_result = has_result;
}

static double time_list(peer *p) {
  enum { LENGTH = 65536 };
  component_val *bytes = calloc(LENGTH, sizeof *bytes);
  if (!bytes) return 0;
  for (size_t n = 0; n < LENGTH; n++) bytes[n].kind = COMPONENT_U8;
  component_val list = {.kind = COMPONENT_LIST, .of.list = {LENGTH, bytes}};
  find(p, "bench:host/work", "sum", &list, 1, true);
  double time = bench_best(run_call, p);
  free(bytes);
  return time;
}

static double time_record(peer *p) {
  component_field fields[] = {
    {text_of("id"), {COMPONENT_U32, {.u32 = 1}}},
    {text_of("age"), {COMPONENT_U32, {.u32 = 2}}},
    {text_of("name"), {COMPONENT_STRING, {.string = text_of("Ada Lovelace")}}},
    {text_of("mail"), {COMPONENT_STRING, {.string = text_of("ada@example.org")}}},
    {text_of("height"), {COMPONENT_F64, {.f64 = 1.5}}},
    {text_of("weight"), {COMPONENT_F64, {.f64 = 60}}},
    {text_of("a"), {COMPONENT_U64, {.u64 = 7}}},
    {text_of("b"), {COMPONENT_U8, {.u8 = 8}}}};
  component_val person = {.kind = COMPONENT_RECORD, .of.record = {sizeof fields / sizeof *fields, fields}};
  find(p, "bench:host/work", "echo", &person, 1, true);
  return bench_best(run_call, p);
}

static wasmtime_func_t core_export(peer *p, const wasmtime_instance_t *guest, const char *name) {
  wasmtime_extern_t item;
  if (!wasmtime_instance_export_get(p->context, guest, name, strlen(name), &item)) {
    fprintf(stderr, "bench: peer: no %s\n", name);
    exit(1);
  }
  return item.of.func;
}

/* Imports that the linker does not have are traps. */
static wasmtime_instance_t core_instantiate(peer *p, wasmtime_linker_t *linker, const uint8_t *bytes, size_t size) {
  wasmtime_module_t *module;
  wasmtime_instance_pre_t *ready;
  wasmtime_instance_t guest;
  wasm_trap_t *trap = NULL;
  must(wasmtime_module_new(p->engine, bytes, size, &module), "module");
  must(wasmtime_linker_define_unknown_imports_as_traps(linker, module), "link");
  must(wasmtime_linker_instantiate_pre(linker, module, &ready), "link");
  must(wasmtime_instance_pre_instantiate(ready, p->context, &guest, &trap), "instantiate");
  return guest;
}

static void core_open_guest(peer *p, peer_code module) {
  wasmtime_instance_t guest = core_instantiate(p, wasmtime_linker_new(p->engine), module.bytes, module.size);
  wasmtime_func_t initialize = core_export(p, &guest, "_initialize");
  wasmtime_val_raw_t none[1];
  raw_call(p, &initialize, none, 0);
  p->realloc = core_export(p, &guest, "cabi_realloc");
  p->echo = core_export(p, &guest, "bench:host/work#echo");
  p->post = core_export(p, &guest, "cabi_post_bench:host/work#echo");
}

/* (func (export "f") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add) */
static const uint8_t add_module[] = {
  0, 'a', 's', 'm', 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 'f', 0, 0,
  10, 9, 1, 7, 0, 0x20, 0, 0x20, 1, 0x6a, 11};

/* Calls import "m" "t", i32 to i32, as often as it is told, and drops what it returns. */
static const uint8_t import_module[] = {
  0, 'a', 's', 'm', 1, 0, 0, 0, 1, 10, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 1, 0x7f, 0, 2, 7, 1, 1, 'm', 1, 't', 0, 0,
  3, 2, 1, 1, 7, 5, 1, 1, 'f', 0, 1,
  10, 21, 1, 19, 0, 3, 0x40, 0x20, 0, 0x10, 0, 0x1a, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 11, 11};

static void core_open_import(peer *p) {
  wasm_valtype_t *param = wasm_valtype_new(WASM_I32), *result = wasm_valtype_new(WASM_I32);
  wasm_valtype_vec_t params, results;
  wasm_valtype_vec_new(&params, 1, &param);
  wasm_valtype_vec_new(&results, 1, &result);
  wasm_functype_t *type = wasm_functype_new(&params, &results);
  wasmtime_linker_t *linker = wasmtime_linker_new(p->engine);
  must(wasmtime_linker_define_func_unchecked(linker, "m", 1, "t", 1, type, raw_import, NULL, NULL), "import");
  wasmtime_instance_t guest = core_instantiate(p, linker, import_module, sizeof import_module);
  p->core = core_export(p, &guest, "f");
}

static void engine_open(peer *p, bool async) {
  wasm_config_t *config = wasm_config_new();
  wasmtime_config_wasm_component_model_async_set(config, async);
  p->engine = wasm_engine_new_with_config(config);
  p->store = wasmtime_store_new(p->engine, NULL, NULL);
  p->context = wasmtime_store_context(p->store);
}

static void measure_core(peer *p, peer_times *t, peer_code module) {
  wasmtime_instance_t guest = core_instantiate(p, wasmtime_linker_new(p->engine), add_module, sizeof add_module);
  p->core = core_export(p, &guest, "f");
  p->arg_count = 2;
  t->raw_add = bench_best(run_raw, p);
  core_open_import(p);
  t->raw_import = bench_best(run_raw_import, p);
  core_open_guest(p, module);
  t->raw_record = bench_best(run_raw_record, p);
}

static void measure_sync(peer *p, peer_times *t) {
  component_val numbers[2] = {{.kind = COMPONENT_U32}, {.kind = COMPONENT_U32}};
  find(p, "bench:host/work", "add", numbers, 2, true);
  t->add = bench_best(run_call, p);
  find(p, "bench:host/work", "imports", numbers, 1, true);
  t->import = bench_best(run_import, p);
  t->list = time_list(p);
  t->record = time_record(p);
  t->instantiate = bench_best(run_instantiate, p);
}

static void measure_async(peer *p, peer_times *t) {
  component_val number = {.kind = COMPONENT_U32};
  find(p, "bench:host/jobs", "nop", NULL, 0, false);
  t->nop = bench_best(run_async, p);
  find(p, "bench:host/work", "imports", &number, 1, true);
  t->ready = bench_best(run_async_imports, p);
  number.of.u32 = 1;
  p->answers_later = true;
  t->later = bench_best(run_async, p);
}

/* Everything lives to the end of the process: it is measured once. */
peer_times peer_measure(peer_code module, peer_code component, peer_code sync) {
  static peer p;
  peer_times t = {0};
  engine_open(&p, false);
  measure_core(&p, &t, module);
  component_open(&p, sync, false);
  measure_sync(&p, &t);
  engine_open(&p, true);
  component_open(&p, component, true);
  measure_async(&p, &t);
  return t;
}
