/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The libwasmtime engine. An instance has a store of the engine to itself, so that one that ends leaves nothing behind. Laws:
 *
 *  E1. The engine never unwinds through us, and we never unwind through it. An import gives the innermost entry a target of
 *      its own, and turns a jump to it into the engine's trap; what comes back from a call as a trap goes on as ours.
 *  E2. memory_size of the instance is what memory had when the engine was last asked, which takes as long as an import. Memory
 *      never shrinks and never moves, so it is asked only where that is not enough.
 *  E3. Guests of one native stack end in the order in which they were entered, the last first: nothing is ever parked.
 */
#include <stdio.h>
#include <stdlib.h>

#include <withost/wasi.h>
#include <withost/wasmtime.h>

#include "../task/machine.h"

#include "module.h"
#include "wasmtime_check.h"

_Static_assert(sizeof(wasmtime_func_t) == 16 && sizeof(wasmtime_memory_t) == 24, "layout of libwasmtime");
_Static_assert(sizeof(wasmtime_extern_t) == 32 && sizeof(wasmtime_instance_t) == 16, "layout of libwasmtime");
_Static_assert(sizeof(wasmtime_val_t) == 32 && sizeof(wasmtime_table_t) == 24, "layout of libwasmtime");
_Static_assert(sizeof(wasmtime_val_raw_t) == sizeof(withost_wasmtime_value), "values are passed on as they are");

enum { GUEST_STACK = 128 * 1024 };
#define MEMORY_MAX 0xffff0000u /* its size has to fit into 32 bits */

struct withost_wasmtime {
  wasm_engine_t *engine;
  uint32_t ticks;
  char *message;
};

/* What a loaded module is, behind the program that everybody sees. */
typedef struct wasmtime_code {
  withost_program program;
  withost_wasmtime *engine;
  const withost_wasmtime_world *world;
  wasmtime_module_t *module;
  wasmtime_linker_t *linker;
  wasmtime_instance_pre_t *ready;
  bool has_odd_types; /* of functions that may be in a table */
} wasmtime_code;

/* Exports that every guest may have; those of the world follow. */
enum { EXPORT_REALLOC, EXPORT_INITIALIZE, EXPORT_COUNT };
static const withost_wasmtime_export own_exports[EXPORT_COUNT] = {
  {"cabi_realloc", "iiii:i", WITHOST_NEEDS_NOTHING, 0, NULL}, {"_initialize", ":", WITHOST_NEEDS_NOTHING, 0, NULL}};

typedef struct wasmtime_core {
  withost_instance *instance;
  wasmtime_store_t *store;
  wasmtime_context_t *context;
  wasmtime_instance_t guest;
  uint64_t store_id; /* of functions in its tables */
  uint32_t ticks;
  bool has_memory;
  wasmtime_memory_t memory;
  uint8_t *base;      /* what the instance's memory and memory_size point to */
  uint32_t size;
  wasmtime_func_t exports[]; /* store_id 0: not there */
} wasmtime_core;

/* The engine reserves 4 GiB of addresses for each memory, so that it grows where it is: only its size changes. */
static void core_measure(void *core) {
  wasmtime_core *c = core;
  if (c->has_memory) c->size = (uint32_t)wasmtime_memory_data_size(c->context, &c->memory);
}

/* ---- Traps of the engine ---- */

static const char *trap_text(uint8_t code) {
  static const char *const texts[] = {
    "call stack exhausted", "out of bounds memory access", "misaligned memory access",
    "undefined element: out of bounds table access", "uninitialized element", "indirect call type mismatch",
    "integer overflow", "integer divide by zero", "invalid conversion to integer",
    "wasm `unreachable` instruction executed", "interrupted"};
  return code < sizeof texts / sizeof *texts ? texts[code] : "the guest trapped";
}

/* Neither error nor trap: nothing happened. */
static void trap_go_on(withost_instance *i, wasmtime_error_t *error, wasm_trap_t *trap) {
  uint8_t code = UINT8_MAX;
  if (trap && !i->poisoned) wasmtime_trap_code(trap, &code);
  if (trap) wasm_trap_delete(trap);
  if (i->poisoned) {
    if (error) wasmtime_error_delete(error);
    withost_trap_again(i);
  }
  if (!error && code == 0 && i->store->stack && withost__entry->interrupted)
    withost_trap(i, "unsupported: this engine cannot enter a guest again from another stack");
  if (!error) withost_trap(i, "%s", trap_text(code));
  wasm_byte_vec_t message;
  wasmtime_error_message(error, &message);
  char text[160]; /* as much of it as a trap's message has room for: it is freed before we jump */
  const char *end = memchr(message.data, '\n', message.size);
  snprintf(text, sizeof text, "%.*s", (int)(end ? end - message.data : (ptrdiff_t)message.size), message.data);
  wasm_byte_vec_delete(&message);
  wasmtime_error_delete(error);
  withost_trap(i, "%s", text);
}

/* ---- Calls, out and in ---- */

/* The engine measures what a guest uses from where its instance was entered, we from where the first of a chain of guests was.
 * On a stack of the pool all of that has to be there. */
static inline bool stack_has_room(const wasmtime_core *c) {
  uintptr_t room = WITHOST_UNLIKELY(c->instance->store->stack != NULL) ? GUEST_STACK : 0;
  return (uintptr_t)__builtin_frame_address(0) - room >= withost__stack_limit;
}

static inline void core_call(wasmtime_core *c, const wasmtime_func_t *function, withost_wasmtime_value *values, size_t count) {
  wasm_trap_t *trap = NULL;
  if (WITHOST_UNLIKELY(!stack_has_room(c))) withost_trap(c->instance, "call stack exhausted");
  if (c->ticks) wasmtime_context_set_epoch_deadline(c->context, c->ticks);
  wasmtime_error_t *error =
    wasmtime_func_call_unchecked(c->context, function, (wasmtime_val_raw_t *)values, count, &trap);
  if (WITHOST_UNLIKELY(error || trap)) trap_go_on(c->instance, error, trap);
}

void withost_wasmtime_call(void *core, uint32_t export_index, withost_wasmtime_value *values, size_t count) {
  wasmtime_core *c = core;
  core_call(c, &c->exports[EXPORT_COUNT + export_index], values, count);
}

static uint32_t core_realloc(void *core, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  wasmtime_core *c = core;
  withost_wasmtime_value v[] = {{old, 0}, {old_size, 0}, {align, 0}, {size, 0}};
  core_call(c, &c->exports[EXPORT_REALLOC], v, 4);
  return (uint32_t)v[0].bits;
}

static void core_initialize(void *core) {
  wasmtime_core *c = core;
  withost_wasmtime_value v[1] = {{0, 0}};
  if (c->exports[EXPORT_INITIALIZE].store_id) core_call(c, &c->exports[EXPORT_INITIALIZE], v, 0);
}

/* Runs `import` with a trap target of its own. False: it trapped. Whose guest is calling, the innermost entry knows. */
static bool import_run(const withost_wasmtime_import *import, wasmtime_val_raw_t *values) {
  withost_entry *entry = withost__entry;
  withost_target target;
  memcpy(&target, &entry->target, sizeof target);
  bool good = WITHOST_TRY(entry);
  if (good) import->call(entry->instance, (withost_wasmtime_value *)values);
  memcpy(&entry->target, &target, sizeof target);
  return good;
}

static wasm_trap_t *import_called(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values, size_t count) {
  (void)caller;
  (void)count;
  return WITHOST_LIKELY(import_run(env, values)) ? NULL : wasmtime_trap_new("trap", 4);
}

/* ---- wasi_snapshot_preview1 ---- */

static void wasi_run(withost_instance *i, withost_wasmtime_value *values, withost_wasi_function function, size_t count) {
  uint64_t slots[10] = {0};
  for (size_t n = 0; n < count; n++) slots[n] = values[n].bits;
  values[0].bits = withost_wasi_call(i, function, slots);
}

#define WASI_PARAMS(signature) (sizeof(signature) - 1 - (signature[sizeof(signature) - 2] == 'i' ? 2 : 1))
/* The upper half of an i32 is not defined in the engine's values. */
static void wasi_trim(withost_wasmtime_value *values, const char *signature) {
  for (size_t n = 0; signature[n] != ':'; n++)
    if (signature[n] == 'i') values[n].bits = (uint32_t)values[n].bits;
}

#define WASI_IMPORT(NAME, name, signature)                                       \
  static void wasi_##name(withost_instance *i, withost_wasmtime_value *values) { \
    wasi_trim(values, signature);                                                \
    wasi_run(i, values, WITHOST_WASI_##NAME, WASI_PARAMS(signature));            \
  }
WITHOST_WASI_FUNCTIONS(WASI_IMPORT)
#undef WASI_IMPORT

static const withost_wasmtime_import wasi_imports[] = {
#define WASI_IMPORT(NAME, name, signature) {"wasi_snapshot_preview1", #name, signature, WITHOST_NEEDS_NOTHING, wasi_##name},
  WITHOST_WASI_FUNCTIONS(WASI_IMPORT)
#undef WASI_IMPORT
};

/* ---- Signatures ---- */

static void types_of(const char *letters, size_t count, wasm_valtype_vec_t *types) {
  wasm_valtype_t *list[64];
  for (size_t n = 0; n < count; n++) {
    uint8_t kind = WASM_I32;
    while (withost__kind_letters[kind] != letters[n]) kind++;
    list[n] = wasm_valtype_new(kind);
  }
  wasm_valtype_vec_new(types, count, list);
}

static wasm_functype_t *type_of(const char *signature) {
  const char *colon = strchr(signature, ':');
  wasm_valtype_vec_t params, results;
  types_of(signature, (size_t)(colon - signature), &params);
  types_of(colon + 1, strlen(colon + 1), &results);
  return wasm_functype_new(&params, &results);
}

static bool function_is(const wasmtime_core *c, const wasmtime_func_t *function, const char *signature) {
  wasm_functype_t *type = wasmtime_func_type(c->context, function);
  bool good = withost__functype_is(type, signature);
  wasm_functype_delete(type);
  return good;
}

/* ---- Instances ---- */

/* store_id 0 if there is none. Its type was checked when the module was loaded. */
static wasmtime_func_t core_find(wasmtime_core *c, const char *name) {
  wasmtime_extern_t item;
  if (!wasmtime_instance_export_get(c->context, &c->guest, name, strlen(name), &item)) return (wasmtime_func_t){0, NULL};
  return item.of.func;
}

static void core_bind(wasmtime_core *c, const withost_wasmtime_world *world) {
  wasmtime_extern_t item;
  c->has_memory = wasmtime_instance_export_get(c->context, &c->guest, "memory", 6, &item) && item.kind == WASMTIME_EXTERN_MEMORY;
  if (c->has_memory) {
    c->memory = item.of.memory;
    c->base = wasmtime_memory_data(c->context, &c->memory);
  }
  core_measure(c);
  for (size_t n = 0; n < EXPORT_COUNT; n++)
    c->exports[n] = core_find(c, own_exports[n].name);
  if (c->exports[EXPORT_REALLOC].store_id) c->instance->realloc = core_realloc;
  for (size_t n = 0; n < world->export_count; n++) {
    const withost_wasmtime_export *e = &world->exports[n];
    c->exports[EXPORT_COUNT + n] = core_find(c, e->name);
    if (c->exports[EXPORT_COUNT + n].store_id)
      memcpy((uint8_t *)c->instance + e->offset, &e->call, sizeof e->call);
  }
}

static void core_open(withost_instance *i, void *core) {
  const wasmtime_code *code = (const wasmtime_code *)i->program;
  wasmtime_core *c = core;
  c->instance = i;
  i->memory = &c->base;
  i->memory_size = &c->size;
  c->store = wasmtime_store_new(code->engine->engine, NULL, NULL);
  c->context = wasmtime_store_context(c->store);
  c->ticks = code->engine->ticks;
  wasmtime_store_limiter(c->store, MEMORY_MAX, WITHOST__ELEMENTS_MAX, -1, -1, 1);
  if (c->ticks) wasmtime_context_set_epoch_deadline(c->context, c->ticks);
  wasm_trap_t *trap = NULL;
  wasmtime_error_t *error = wasmtime_instance_pre_instantiate(code->ready, c->context, &c->guest, &trap);
  if (error || trap) trap_go_on(i, error, trap);
  core_bind(c, code->world);
}

static void core_close(void *core) {
  wasmtime_core *c = core;
  if (c->store) wasmtime_store_delete(c->store);
}

/* ---- Threads of thread.new-indirect ---- */

static void start_called(void *self, uint32_t argument) {
  wasmtime_core *c = withost__entry->instance->core;
  const wasmtime_func_t function = {c->store_id, self};
  withost_wasmtime_value v[] = {{argument, 0}};
  core_call(c, &function, v, 1);
}

uint32_t withost_wasmtime_thread_new(withost_instance *i, uint32_t index, uint32_t argument) {
  wasmtime_core *c = i->core;
  wasmtime_extern_t item;
  wasmtime_val_t value;
  static const char name[] = "__indirect_function_table";
  if (((const wasmtime_code *)i->program)->has_odd_types)
    withost_trap(i, "unsupported: threads of a guest whose functions take vectors or references");
  if (!wasmtime_instance_export_get(c->context, &c->guest, name, sizeof name - 1, &item) ||
      item.kind != WASMTIME_EXTERN_TABLE)
    withost_trap(i, "the guest exports no table `%s`", name);
  if (!wasmtime_table_get(c->context, &item.of.table, index, &value) || value.kind != WASMTIME_FUNCREF ||
      !value.of.funcref.store_id || !function_is(c, &value.of.funcref, "i:"))
    return withost_thread_new(i, NULL, NULL, argument);
  c->store_id = value.of.funcref.store_id;
  return withost_thread_new(i, start_called, value.of.funcref.place, argument);
}

/* ---- Blocking: what others can do while the guest's frames stay where they are ---- */

static bool thread_is_ready(const withost_store *store, const withost_thread *thread) {
  return thread->queue == &store->ready[0] || thread->queue == &store->ready[1];
}

/* The first that may run before `thread` does, if that is ready (it yields), or at all. */
static withost_thread *ready_before(const withost_store *store, const withost_thread *thread) {
  const withost_instance *i = thread->task->call.instance;
  for (unsigned n = 0; n < 2; n++)
    for (withost_thread *t = store->ready[n ? store->filling : !store->filling].first; t; t = t->next) {
      if (t == thread) return NULL;
      if (t->task->call.instance != i && !t->task->call.instance->running) return t;
    }
  return NULL;
}

/* A thread of another instance, or else what is due of the host's ends of streams. False: neither. */
static bool run_elsewhere(withost_store *store, const withost_thread *thread) {
  withost_thread *other = ready_before(store, thread);
  if (other) {
    withost__queue_remove(other);
    withost__thread_run_ready(other);
    return true;
  }
  if (!store->due.first || thread_is_ready(store, thread)) return false;
  withost__ends_turn(store);
  return true;
}

/* Who yields lets others run, each once. */
static void nest_park(withost_thread *thread) {
  withost_instance *i = thread->task->call.instance;
  withost__ends_turn(i->store);
  withost__thread_run_above(thread);
  for (;;) {
    withost_import_leave(i);
    if (run_elsewhere(i->store, thread)) continue;
    if (thread_is_ready(i->store, thread)) break;
    if (withost__thread_run_above(thread)) continue;
    withost__queue_remove(thread);
    withost_trap(i, "unsupported: this engine cannot keep a guest's stack while it waits");
  }
  withost__queue_remove(thread);
}

const withost_blocking withost_wasmtime_can_block = {.park = nest_park};

/* ---- Engines and programs ---- */

int withost_wasmtime_new(uint32_t ticks, withost_wasmtime **out) {
  *out = NULL;
  withost_wasmtime *engine = calloc(1, sizeof *engine);
  wasm_config_t *config = engine ? wasm_config_new() : NULL;
  if (config) {
    wasmtime_config_epoch_interruption_set(config, ticks != 0);
    wasmtime_config_max_wasm_stack_set(config, GUEST_STACK);
    wasmtime_config_memory_may_move_set(config, false);
    engine->engine = wasm_engine_new_with_config(config);
    engine->ticks = ticks;
  }
  if (!engine || !engine->engine) {
    free(engine);
    return WITHOST_ENOMEM;
  }
  *out = engine;
  return WITHOST_OK;
}

void withost_wasmtime_free(withost_wasmtime *engine) {
  wasm_engine_delete(engine->engine);
  free(engine->message);
  free(engine);
}

void withost_wasmtime_tick(withost_wasmtime *engine) { wasmtime_engine_increment_epoch(engine->engine); }

const char *withost_wasmtime_message(const withost_wasmtime *engine) { return engine->message ? engine->message : ""; }

/* False, for callers that fail. */
static bool engine_keep_message(withost_wasmtime *engine, const char *text, size_t size) {
  free(engine->message);
  engine->message = malloc(size + 1);
  if (!engine->message) return false;
  memcpy(engine->message, text, size);
  engine->message[size] = 0;
  return false;
}

/* Keeps the message of an error, if it is one. */
static bool failed(withost_wasmtime *engine, wasmtime_error_t *error) {
  if (!error) return false;
  wasm_byte_vec_t text;
  wasmtime_error_message(error, &text);
  engine_keep_message(engine, text.data, text.size);
  wasm_byte_vec_delete(&text);
  wasmtime_error_delete(error);
  return true;
}

static wasmtime_error_t *link_imports(wasmtime_linker_t *linker, const withost_wasmtime_import *imports, size_t count) {
  wasmtime_error_t *error = NULL;
  for (size_t n = 0; n < count && !error; n++) {
    const withost_wasmtime_import *m = &imports[n];
    wasm_functype_t *type = type_of(m->signature);
    error = wasmtime_linker_define_func_unchecked(linker, m->module, strlen(m->module), m->name, strlen(m->name), type,
                                                  import_called, (void *)(uintptr_t)m, NULL);
    wasm_functype_delete(type);
  }
  return error;
}

/* How the guest encodes strings, as far as it says so. */
static bool code_read(wasmtime_code *code, const uint8_t *module, size_t size) {
  static const char component[] =
    "this is a component: give the core module in it, as it was before `wasm-tools component new` "
    "(or what `wasm-tools component unbundle` takes out of it)";
  static const char several[] = "the guest's component-type sections name several string encodings";
  code->program.encoding = code->world->encoding;
  if (withost__module_is_component(module, size))
    return engine_keep_message(code->engine, component, sizeof component - 1);
  if (withost__module_encoding(module, size, &code->program.encoding) == WITHOST__SAYS_SEVERAL)
    return engine_keep_message(code->engine, several, sizeof several - 1);
  return true;
}

/* Before anybody asks the engine for the type of a function. */
static bool code_check_types(wasmtime_code *code, const uint8_t *module, size_t size) {
  static const char odd[] = "the guest imports or exports a function that takes or returns vectors or references";
  withost__module_types types = withost__module_check_types(module, size);
  code->has_odd_types = types != WITHOST__TYPES_PLAIN;
  return types != WITHOST__TYPES_ODD_OUTSIDE || engine_keep_message(code->engine, odd, sizeof odd - 1);
}

static bool code_check(const wasmtime_code *code) {
  static const withost__common common = {wasi_imports, WITHOST_WASI_COUNT, own_exports, EXPORT_COUNT};
  char why[384], text[512];
  if (withost__module_fits(code->module, code->world, &common, why, sizeof why)) return true;
  snprintf(text, sizeof text, "the guest does not fit world %.90s: %s", code->world->world, why);
  return engine_keep_message(code->engine, text, strlen(text));
}

static bool code_make(wasmtime_code *code, const uint8_t *module, size_t size) {
  withost_wasmtime *engine = code->engine;
  const withost_wasmtime_world *world = code->world;
  if (!code_read(code, module, size)) return false;
  if (failed(engine, wasmtime_module_new(engine->engine, module, size, &code->module))) return false;
  if (!code_check_types(code, module, size) || !code_check(code)) return false;
  code->linker = wasmtime_linker_new(engine->engine);
  return !failed(engine, link_imports(code->linker, world->imports, world->import_count)) &&
         !failed(engine, link_imports(code->linker, wasi_imports, WITHOST_WASI_COUNT)) &&
         !failed(engine, wasmtime_linker_instantiate_pre(code->linker, code->module, &code->ready));
}

int withost_wasmtime_load(withost_wasmtime *engine, const withost_wasmtime_world *world, const uint8_t *module, size_t size,
                          withost_program **program) {
  *program = NULL;
  if (world->abi != WITHOST_ABI) return WITHOST_EABI;
  wasmtime_code *code = calloc(1, sizeof *code);
  if (!code) return WITHOST_ENOMEM;
  code->program = (withost_program){
    .abi = WITHOST_ABI, .world = world->world, .engine = "wasmtime",
    .core_size = sizeof(wasmtime_core) + (EXPORT_COUNT + world->export_count) * sizeof(wasmtime_func_t),
    .open = core_open, .close = core_close, .measure = core_measure, .initialize = core_initialize, .nests = true};
  code->engine = engine;
  code->world = world;
  if (!code_make(code, module, size)) {
    withost_wasmtime_unload(&code->program);
    return WITHOST_ELINK;
  }
  *program = &code->program;
  return WITHOST_OK;
}

void withost_wasmtime_unload(withost_program *program) {
  wasmtime_code *code = (wasmtime_code *)program;
  if (!code) return;
  if (code->ready) wasmtime_instance_pre_delete(code->ready);
  if (code->linker) wasmtime_linker_delete(code->linker);
  if (code->module) wasmtime_module_delete(code->module);
  free(code);
}
