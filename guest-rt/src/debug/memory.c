/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Memory that the host has placed here, from cabi_realloc to free. What comes during a sync call is its result. What comes at another
 * time is nobody's at first: if a pointer to it lies in the result of an async call, it is that call's; if an export is entered next,
 * it is one of its parameters.
 *
 * free and realloc come by because the guest is linked with --wrap=free,--wrap=realloc.
 */
#include "record.h"

#include <stdlib.h>
#include <string.h>

void __real_free(void *memory) __attribute__((__weak__));
void *__real_realloc(void *memory, size_t size) __attribute__((__weak__));
void __wrap_free(void *memory);
void *__wrap_realloc(void *memory, size_t size);

/* Where a call was made, and what it is. */
typedef struct call_site {
  const char *name, *file;
  int line;
} call_site;

/* An async call whose result is not there yet, for all that is known. */
typedef struct open_call {
  call_site site;
  uint32_t subtask;
  const void *result;
  size_t size;
  witguest_task *task; /* only compared */
  struct open_call *next;
} open_call;

static struct {
  call_site site; /* name: only during a sync call */
  open_call *open;
  bool is_seen;
} memory;

static witguest__record *record_at(uintptr_t key) {
  witguest__record *r = key ? witguest__records() : NULL;
  while (r && !(r->is_memory && r->key == key)) r = r->next;
  return r;
}

/* ---- Sync calls ---- */

void witguest_debug_site(const char *file, int line) { memory.site = (call_site){NULL, file, line}; }
void witguest_debug_call(const char *wit_name) { memory.site.name = wit_name; }
void witguest_debug_returned(void) { memory.site = (call_site){0}; }

static void record_give(witguest__record *r, const char *what, const call_site *site) {
  r->what = what;
  r->name = site->name;
  r->file = site->file;
  r->line = site->line;
  r->is_nobodys = false;
}

void witguest_debug_allocated(void *block, size_t size) {
  if (!block || record_at((uintptr_t)block)) return;
  witguest__record *r = witguest__record_new(NULL, NULL, 0);
  r->is_memory = r->is_nobodys = true;
  r->key = (uintptr_t)block;
  r->size = size;
  if (memory.site.name) record_give(r, "result not freed", &memory.site);
}

/* ---- Async calls ---- */

/* Gives the call what the words of its result point to, and what the words there point to. */
static bool scan(const open_call *c, const void *words, size_t size) {
  bool found = false;
  for (size_t i = 0; i + sizeof(uintptr_t) <= size; i += sizeof(uintptr_t)) {
    uintptr_t word;
    memcpy(&word, (const char *)words + i, sizeof word);
    witguest__record *r = record_at(word);
    if (!r || !r->is_nobodys) continue;
    record_give(r, "result not freed", &c->site);
    r->task = c->task;
    scan(c, (const void *)r->key, r->size);
    found = true;
  }
  return found;
}

/* subtask: a handle has come again, so the call that had it is over; 0: of none. */
static void open_calls_look(uint32_t subtask) {
  for (open_call **at = &memory.open, *c; (c = *at);) {
    if (!scan(c, c->result, c->size) && !(subtask && c->subtask == subtask)) {
      at = &c->next;
      continue;
    }
    *at = c->next;
    free(c);
  }
}

static void open_call_add(const open_call *call) {
  open_call *c = malloc(sizeof *c);
  if (!c) __builtin_trap();
  *c = *call;
  c->next = memory.open;
  memory.open = c;
}

uint32_t witguest_debug_subtask(const char *wit_name, uint32_t status, const void *result, size_t size) {
  open_call c = {.site = memory.site, .subtask = status >> 4, .result = result, .size = size};
  c.site.name = wit_name;
  c.task = witguest__is_unknown() ? NULL : witguest__current();
  memory.site = (call_site){0};
  open_calls_look(c.subtask);
  if (c.subtask) open_call_add(&c);
  else scan(&c, result, size);
  return status;
}

/* ---- The rest ---- */

/* Whether the guest was linked so; if not, nothing is known of memory. */
static bool is_seen(void) {
  void *volatile probe = malloc(1);
  if (!memory.is_seen) free(probe);
  else __real_free(probe);
  return memory.is_seen;
}

void witguest__memory_claim(const char *what, const char *name, const char *file, int line, unsigned call) {
  const call_site site = {name, file, line};
  bool seen = is_seen();
  open_calls_look(0);
  for (witguest__record *r = witguest__records(), *next; r; r = next) {
    next = r->next;
    if (r->is_memory && !seen) {
      witguest__record_free(r);
    } else if (r->is_nobodys) {
      record_give(r, what, &site);
      r->task = NULL;
      r->call = call;
    }
  }
}

void witguest_debug_event(void) { witguest__memory_claim("element of a stream or future not freed", NULL, NULL, 0, 0); }

/* ---- What is freed ---- */

void __wrap_free(void *block) {
  witguest__record *r = record_at((uintptr_t)block);
  memory.is_seen = true;
  if (r) witguest__record_free(r);
  __real_free(block);
}

void *__wrap_realloc(void *block, size_t size) {
  void *moved = __real_realloc(block, size);
  witguest__record *r = moved ? record_at((uintptr_t)block) : NULL;
  if (r) r->key = (uintptr_t)moved, r->size = size;
  return moved;
}
