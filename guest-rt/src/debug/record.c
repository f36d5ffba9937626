/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Records in the order in which they came, and the report on them.
 */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 32 };
static struct { witguest__record *first, *last; unsigned events; } records;

witguest__record *witguest__record_new(const char *what, const char *file, int line) {
  witguest__record *r = calloc(1, sizeof *r);
  if (!r) __builtin_trap();
  r->what = what;
  r->file = file;
  r->line = line;
  r->task = witguest__is_unknown() ? NULL : witguest__current();
  r->prev = records.last;
  *(r->prev ? &r->prev->next : &records.first) = r;
  return records.last = r;
}

void witguest__record_free(witguest__record *r) {
  *(r->prev ? &r->prev->next : &records.first) = r->next;
  *(r->next ? &r->next->prev : &records.last) = r->prev;
  free(r);
}

void witguest__record_event(const char *what, const char *file, int line) {
  if (records.events++ < EVENTS) witguest__record_new(what, file, line)->is_event = true;
}

witguest__record *witguest__record_wait(const char *name, const char *file, int line) {
  witguest__record *r = witguest__record_new("waits for", file, line);
  r->name = name;
  r->waits = true;
  return r;
}

witguest__record *witguest__records(void) { return records.first; }

void witguest_debug_own(const char *what, const char *wit_name, uintptr_t key, const char *file, int line) {
  witguest__record *r = witguest__record_new(what, file, line);
  r->name = wit_name;
  r->key = key;
}

void witguest_debug_gone(uintptr_t key) {
  for (witguest__record *r = records.last; r; r = r->prev) {
    if (r->key != key || r->waits) continue;
    witguest__record_free(r);
    return;
  }
}

/* ---- The report ---- */

/* How many different tasks come up to its own: that is its number. */
static unsigned task_number(const witguest__record *of) {
  unsigned number = 0;
  for (const witguest__record *r = records.first; r; r = r->next) {
    const witguest__record *before = records.first;
    while (before != r && before->task != r->task) before = before->next;
    if (before == r && r->task) number++;
    if (r->task == of->task) return number;
  }
  return number;
}

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

void witguest__record_print(const witguest__record *r, witguest_debug_print print, void *user) {
  char line[256];
  int used = r->task ? snprintf(line, sizeof line, "task %u: ", task_number(r)) : 0;
  used += snprintf(line + used, sizeof line - (size_t)used, "%s%s%s", r->what, r->name ? " " : "", r->name ? r->name : "");
  if (r->file && used < (int)sizeof line) snprintf(line + used, sizeof line - (size_t)used, ", %s:%d", file_name(r->file), r->line);
  print(user, line);
}

/* Somebody waits; no task hears of the host, and there is no work. */
static bool is_deadlock(void) {
  bool waits = false;
  for (const witguest__record *r = records.first; r; r = r->next) waits |= r->waits;
  for (const witguest_task *t = witguest__rt.tasks; t; t = t->next)
    if (t->pending || t->jobs.count || t->waking) return false;
  return waits && !witguest__the_loop.microtasks.count && !witguest__the_loop.macrotasks.count;
}

/* Once told, what has happened is forgotten. */
static void events_forget(void) {
  for (witguest__record *r = records.first, *next; r; r = next) {
    next = r->next;
    if (r->is_event) witguest__record_free(r);
  }
  records.events = 0;
}

size_t witguest_debug_report(witguest_debug_print print, void *user) {
  size_t count = is_deadlock();
  if (count) print(user, "deadlock: only a new call can wake those who wait");
  witguest__memory_claim("memory from the host not freed", NULL, NULL, 0, 0);
  for (const witguest__record *r = records.first; r; r = r->next, count++) witguest__record_print(r, print, user);
  events_forget();
  return count;
}
