/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The runtime that wasm2c's output calls (the wasm-rt.h that is there, see wasm2c.h), without process-wide state: a trap goes to
 * the innermost entry of this thread, function types are numbered per module while it is initialized, memory is checked by
 * explicit bounds instead of a signal handler. Exceptions are not supported.
 */
#include <stdlib.h>

#include <withost/wasm2c.h>

#include "../task/machine.h"

/* ---- Traps ---- */

const char *wasm_rt_strerror(wasm_rt_trap_t trap) {
  switch (trap) {
    case WASM_RT_TRAP_NONE: return "no trap";
    case WASM_RT_TRAP_OOB: return "out of bounds memory or table access";
    case WASM_RT_TRAP_INT_OVERFLOW: return "integer overflow";
    case WASM_RT_TRAP_DIV_BY_ZERO: return "integer divide by zero";
    case WASM_RT_TRAP_INVALID_CONVERSION: return "invalid conversion to integer";
    case WASM_RT_TRAP_UNREACHABLE: return "wasm `unreachable` instruction executed";
    case WASM_RT_TRAP_CALL_INDIRECT: return "undefined table element or indirect call type mismatch";
    case WASM_RT_TRAP_UNCAUGHT_EXCEPTION: return "uncaught exception";
    case WASM_RT_TRAP_EXHAUSTION: return "call stack exhausted";
#ifdef WITHOST_WASM2C_NEW
    case WASM_RT_TRAP_NULL_REF: return "null reference";
    case WASM_RT_TRAP_UNALIGNED: return "unaligned atomic";
#endif
  }
  return "unknown trap";
}

void wasm_rt_trap(wasm_rt_trap_t trap) {
  if (!withost__entry) abort(); /* guest code outside an entry: law G1 */
  withost_trap(withost__entry->instance, "%s", wasm_rt_strerror(trap));
}

bool wasm_rt_is_initialized(void) { return true; }
void wasm_rt_init(void) {}
void wasm_rt_free(void) {}

#ifndef WITHOST_WASM2C_NEW
/* ---- Function types: numbers that are equal for equal types of one module ---- */

static WITHOST__TLS withost_wasm2c_types *current_types;

uint32_t withost_wasm2c_init(withost_wasm2c_types *types, void (*init_module)(void)) {
  current_types = types;
  init_module();
  uint32_t thread_type = wasm_rt_register_func_type(1, 0, WASM_RT_I32);
  current_types = NULL;
  free(types->text);
  *types = (withost_wasm2c_types){0};
  return thread_type;
}

/* Types are kept as text, "iiI:f" and a terminator, one after the other. */
static uint32_t types_find(const withost_wasm2c_types *types, const char *text, size_t length) {
  uint32_t number = 1;
  for (size_t at = 0; at < types->used; at += strlen(types->text + at) + 1, number++)
    if (strncmp(types->text + at, text, length + 1) == 0) return number;
  return number;
}

static void types_reserve(withost_wasm2c_types *types, size_t length) {
  if (types->used + length <= types->capacity) return;
  size_t capacity = (types->used + length) * 2;
  char *text = realloc(types->text, capacity);
  if (!text) abort(); /* before any store exists: there is nobody to tell */
  types->text = text;
  types->capacity = capacity;
}

uint32_t wasm_rt_register_func_type(uint32_t params, uint32_t results, ...) {
  withost_wasm2c_types *types = current_types;
  size_t length = (size_t)params + 1 + results;
  types_reserve(types, length + 1);
  char *text = types->text + types->used;
  va_list args;
  va_start(args, results);
  for (size_t n = 0; n < length; n++) text[n] = n == params ? ':' : "iIfFrx"[va_arg(args, wasm_rt_type_t)];
  va_end(args);
  text[length] = 0;
  uint32_t number = types_find(types, text, length);
  size_t end = types->used + length + 1;
  uint32_t count = 1;
  for (size_t at = 0; at < types->used; at += strlen(types->text + at) + 1) count++;
  if (number == count) types->used = end;
  return number;
}
#endif

/* ---- Memories and tables ---- */

/*
 * They live in blocks of the store's allocator. A block knows its store, because guests are freed outside of any entry. With
 * the default allocator, pages come from calloc: those that a guest never touches are never made.
 */
enum { PAGE = 65536, MAX_PAGES = 65535 }; /* size is 32 bits: 4 GiB less a page */

typedef struct block { _Alignas(16) withost_store *store; size_t size; } block;

static bool has_default_allocator(const withost_store *store) {
  return store->config.allocator.resize == withost__resize_with_malloc;
}

/* Zeroed; NULL: out of memory. */
static void *block_new(size_t size) {
  withost_store *store = withost__entry->instance->store;
  size += sizeof(block);
  block *b = has_default_allocator(store) ? calloc(1, size) : withost__alloc(store, size);
  if (!b) return NULL;
  *b = (block){store, size};
  return b + 1;
}

static void block_free(void *data) {
  if (!data) return;
  block *b = (block *)data - 1;
  withost__free(b->store, b, b->size);
}

/* What is new is not cleared. NULL: out of memory, and nothing has changed. */
static void *block_resize(void *data, size_t size) {
  block *b = (block *)data - 1;
  size += sizeof(block);
  b = withost__resize(b->store, b, b->size, size);
  if (!b) return NULL;
  b->size = size;
  return b + 1;
}

#ifdef WITHOST_WASM2C_NEW
typedef uint64_t pages_t;
#else
typedef uint32_t pages_t;
#endif

static void memory_set(wasm_rt_memory_t *memory, uint8_t *data, pages_t pages) {
  memory->data = data;
  memory->pages = pages;
  memory->size = pages * PAGE;
#ifdef WITHOST_WASM2C_NEW
  memory->data_end = data + memory->size;
#endif
}

static void memory_new(wasm_rt_memory_t *memory, pages_t pages, pages_t max_pages) {
  uint8_t *data = pages > MAX_PAGES ? NULL : block_new((size_t)(pages ? pages : 1) * PAGE);
  if (!data) withost_trap(withost__entry->instance, "out of memory for %lu pages", (unsigned long)pages);
  memory->max_pages = max_pages < MAX_PAGES ? max_pages : MAX_PAGES;
  memory_set(memory, data, pages);
}

#ifdef WITHOST_WASM2C_NEW
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint64_t pages, uint64_t max_pages, bool is64, uint32_t page_size) {
  if (is64 || page_size != PAGE) withost_trap(withost__entry->instance, "unsupported: a memory of 64 bits or of other pages");
  memory->is64 = false;
  memory->page_size = PAGE;
  memory_new(memory, pages, max_pages);
}
#else
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t max_pages) {
  memory_new(memory, pages, max_pages);
}
#endif

pages_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, pages_t delta) {
  pages_t old = memory->pages;
  if (delta == 0) return old;
  if (delta > memory->max_pages - old) return (pages_t)-1;
  uint8_t *data = block_resize(memory->data, (size_t)(old + delta) * PAGE);
  if (!data) return (pages_t)-1;
  memset(data + (size_t)old * PAGE, 0, (size_t)delta * PAGE);
  memory_set(memory, data, old + delta);
  return old;
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory) { block_free(memory->data); }

static void *table_new(uint32_t elements, size_t size) {
  void *data = elements > WITHOST__ELEMENTS_MAX ? NULL : block_new((elements ? elements : 1) * size);
  if (!data) withost_trap(withost__entry->instance, "out of memory for a table of %u", elements);
  return data;
}

/* NULL: there is a limit, or no memory. */
static void *table_grow(void *data, uint32_t old, uint32_t max, uint32_t delta, size_t size) {
  if (max > WITHOST__ELEMENTS_MAX) max = WITHOST__ELEMENTS_MAX;
  if (delta > max - old) return NULL;
  return block_resize(data, ((size_t)old + delta) * size);
}

void wasm_rt_allocate_funcref_table(wasm_rt_funcref_table_t *table, uint32_t elements, uint32_t max_elements) {
  table->data = table_new(elements, sizeof *table->data);
  table->size = elements;
  table->max_size = max_elements;
}

uint32_t wasm_rt_grow_funcref_table(wasm_rt_funcref_table_t *table, uint32_t delta, wasm_rt_funcref_t init) {
  uint32_t old = table->size;
  if (delta == 0) return old;
  wasm_rt_funcref_t *data = table_grow(table->data, old, table->max_size, delta, sizeof *data);
  if (!data) return UINT32_MAX;
  for (uint32_t n = old; n < old + delta; n++) data[n] = init;
  table->data = data;
  table->size = old + delta;
  return old;
}

void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *table) { block_free(table->data); }

void wasm_rt_allocate_externref_table(wasm_rt_externref_table_t *table, uint32_t elements, uint32_t max_elements) {
  table->data = table_new(elements, sizeof *table->data);
  table->size = elements;
  table->max_size = max_elements;
}

uint32_t wasm_rt_grow_externref_table(wasm_rt_externref_table_t *table, uint32_t delta, wasm_rt_externref_t init) {
  uint32_t old = table->size;
  if (delta == 0) return old;
  wasm_rt_externref_t *data = table_grow(table->data, old, table->max_size, delta, sizeof *data);
  if (!data) return UINT32_MAX;
  for (uint32_t n = old; n < old + delta; n++) data[n] = init;
  table->data = data;
  table->size = old + delta;
  return old;
}

void wasm_rt_free_externref_table(wasm_rt_externref_table_t *table) { block_free(table->data); }

void withost_wasm2c_set_memory(withost_instance *instance, const wasm_rt_memory_t *memory) {
  static uint8_t *const none = NULL;
  static const uint32_t zero = 0;
  instance->memory = memory ? (uint8_t *const *)&memory->data : &none;
  /* 64 bits in newer wabt, and always less than 2^32: the first half */
  instance->memory_size = memory ? (const uint32_t *)(const void *)&memory->size : &zero;
}
