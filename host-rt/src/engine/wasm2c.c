/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The runtime that wasm2c's output calls (wasm-rt.h of Debian's wabt 1.0.32), without process-wide state: a trap goes to
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

/* ---- Function types: numbers that are equal for equal types of one module ---- */

static WITHOST__TLS withost_wasm2c_types *current_types;

void withost_wasm2c_init(withost_wasm2c_types *types, void (*init_module)(void)) {
  current_types = types;
  init_module();
  current_types = NULL;
  free(types->text);
  *types = (withost_wasm2c_types){0};
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

/* ---- Memories and tables ---- */

enum { PAGE = 65536, MAX_PAGES = 65535 }; /* size is 32 bits: 4 GiB less a page */

void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t max_pages) {
  memory->data = pages > MAX_PAGES ? NULL : calloc(pages ? pages : 1, PAGE);
  if (!memory->data) withost_trap(withost__entry->instance, "out of memory for %u pages", pages);
  memory->pages = pages;
  memory->max_pages = max_pages < MAX_PAGES ? max_pages : MAX_PAGES;
  memory->size = pages * PAGE;
}

uint32_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint32_t delta) {
  uint32_t old = memory->pages;
  if (delta == 0) return old;
  if (delta > memory->max_pages - old) return UINT32_MAX;
  uint8_t *data = realloc(memory->data, (size_t)(old + delta) * PAGE);
  if (!data) return UINT32_MAX;
  memset(data + (size_t)old * PAGE, 0, (size_t)delta * PAGE);
  memory->data = data;
  memory->pages = old + delta;
  memory->size = memory->pages * PAGE;
  return old;
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory) { free(memory->data); }

void wasm_rt_allocate_funcref_table(wasm_rt_funcref_table_t *table, uint32_t elements, uint32_t max_elements) {
  table->data = calloc(elements ? elements : 1, sizeof *table->data);
  if (!table->data) withost_trap(withost__entry->instance, "out of memory for a table");
  table->size = elements;
  table->max_size = max_elements;
}

uint32_t wasm_rt_grow_funcref_table(wasm_rt_funcref_table_t *table, uint32_t delta, wasm_rt_funcref_t init) {
  uint32_t old = table->size;
  if (delta == 0) return old;
  if (delta > table->max_size - old) return UINT32_MAX;
  wasm_rt_funcref_t *data = realloc(table->data, (size_t)(old + delta) * sizeof *data);
  if (!data) return UINT32_MAX;
  for (uint32_t n = old; n < old + delta; n++) data[n] = init;
  table->data = data;
  table->size = old + delta;
  return old;
}

void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *table) { free(table->data); }
