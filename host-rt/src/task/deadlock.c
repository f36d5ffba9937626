/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The deadlock report. If nothing is ready, the host owes no answer and holds no end of a stream, then what is unfinished
 * waits for each other; one line for each task that has not returned, and for each of its threads, says what for.
 */
#include <stdio.h>

#include "machine.h"

typedef struct report { withost_store *store; char *text; size_t used, capacity; bool failed; } report;

static bool report_reserve(report *r, size_t length) {
  if (r->used + length < r->capacity) return true;
  size_t capacity = (r->used + length + 1) * 2;
  char *text = withost__resize(r->store, r->text, r->capacity, capacity);
  r->failed = !text;
  if (!text) return false;
  r->text = text;
  r->capacity = capacity;
  return true;
}

static void report_add(report *r, const char *text) {
  size_t length = strlen(text);
  if (r->failed || !report_reserve(r, length)) return;
  memcpy(r->text + r->used, text, length + 1);
  r->used += length;
}

static void report_add_index(report *r, const char *before, uint32_t index) {
  char number[16];
  snprintf(number, sizeof number, " %u", index);
  report_add(r, before);
  report_add(r, number);
}

static void report_function(report *r, const withost_function *f) {
  if (f->interface) report_add(r, f->interface);
  if (f->interface) report_add(r, "#");
  report_add(r, f->name);
}

/* ---- What a thread waits on: looked for in the instance's handles, which is slow and seldom ---- */

static const withost__waitable *slot_waitable(const withost_slot *slot, const char **kind) {
  switch (slot->tag) {
    case WITHOST__SUBTASK: *kind = "subtask"; return &((const withost_subtask *)slot->record)->waitable;
    case WITHOST__STREAM_READABLE: *kind = "readable end of stream"; return slot->record;
    case WITHOST__STREAM_WRITABLE: *kind = "writable end of stream"; return slot->record;
    case WITHOST__FUTURE_READABLE: *kind = "readable end of future"; return slot->record;
    case WITHOST__FUTURE_WRITABLE: *kind = "writable end of future"; return slot->record;
    default: return NULL;
  }
}

static uint32_t set_index(const withost_instance *i, const withost__set *set) {
  for (uint32_t n = 1; n < i->handles.used; n++)
    if (i->handles.slots[n].tag == WITHOST__SET && i->handles.slots[n].record == set) return n;
  return 0;
}

static void report_set(report *r, const withost_instance *i, const withost__set *set) {
  const char *kind, *before = " of ";
  report_add_index(r, "waits on waitable set", set_index(i, set));
  if (!set->members) report_add(r, ", which is empty");
  for (uint32_t n = 1; n < i->handles.used; n++) {
    const withost__waitable *w = slot_waitable(&i->handles.slots[n], &kind);
    if (!w || w->set != set) continue;
    report_add(r, before);
    report_add_index(r, kind, n);
    before = ", ";
  }
}

/* A sync operation. */
static void report_parked(report *r, const withost_instance *i, const withost_thread *thread) {
  const char *kind;
  for (uint32_t n = 1; n < i->handles.used; n++) {
    const withost__waitable *w = slot_waitable(&i->handles.slots[n], &kind);
    if (!w || w->sync_waiter != thread) continue;
    report_add(r, "waits on ");
    report_add_index(r, kind, n);
    return;
  }
  report_add(r, "waits in a synchronous call");
}

static void report_thread(report *r, const withost_instance *i, const withost_thread *thread) {
  if (thread->suspended) report_add(r, "is suspended");
  else if (thread->queue == &i->entering || thread->queue == &i->entering_unlocked) report_add(r, i->backpressure ? "is held back by backpressure" : "is held back");
  else if (thread->queue == &i->locked_out) report_add(r, "waits for the exclusive lock");
  else if (thread->set) report_set(r, i, thread->set);
  else report_parked(r, i, thread);
}

static void report_line(report *r, const withost_task *t) {
  report_add(r, r->used ? "\n" : "deadlock detected: event loop cannot make further progress\n");
  report_function(r, t->call.function);
  report_add(r, ": ");
}

static void report_task(report *r, withost_instance *i, withost_task *t) {
  if (t->state == WITHOST__RESOLVED) return;
  if (!t->threads) {
    report_line(r, t);
    report_add(r, "no thread is left in it");
  }
  if (!t->thread.done && t->thread.task == t) {
    report_line(r, t);
    report_thread(r, i, &t->thread);
  }
  uint32_t index = 0;
  for (withost_thread *s; withost__threads_next && t->threads && (s = withost__threads_next(i, &index));) {
    if (s->task != t || s == &t->thread) continue;
    report_line(r, t);
    report_add_index(r, "thread", index);
    report_add(r, " ");
    report_thread(r, i, s);
  }
}

/* ---- ---- */

static bool host_owes_something(const withost_store *store) {
  if (store->depth || store->turning || store->unfinished || withost_store_is_ready(store)) return true;
  for (const withost_instance *i = store->instances; i; i = i->next)
    for (const withost_subtask *s = i->subtasks; s; s = s->next)
      if (!withost__call_is_passed_on(s)) return true;
  return false;
}

int withost_store_check_deadlock(withost_store *store) {
  report r = {.store = store};
  if (host_owes_something(store)) return WITHOST_OK;
  for (withost_instance *i = store->instances; i; i = i->next)
    for (withost_task *t = i->tasks; t; t = t->next) report_task(&r, i, t);
  if (!r.used && !r.failed) return WITHOST_OK;
  int error = withost__fail(store, WITHOST_EDEADLOCK, "%s",
                            r.failed ? "deadlock detected: event loop cannot make further progress" : r.text);
  withost__free(store, r.text, r.capacity);
  return error;
}
