/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * See shared.h. The executor is of version 1 in every other call, so that both versions are met.
 */
#include <stdlib.h>

#include <witguest/wasip3.h>

#include "laws.h"
#include "shared.h"

/* ---- In exports of others ---- */

typedef struct waiting { void (*over)(void *, uint32_t); void *arg; uint32_t subtask; void *task; const wasip3_task_vtable *vtable; } waiting;

static void waiting_event(void *arg, uint32_t state) {
  waiting w = *(waiting *)arg;
  if (state < LAWS_SUBTASK_RETURNED) abort(); /* this host never says that it has started */
  free(arg);
  laws_subtask_drop(w.subtask);
  w.over(w.arg, state);
  w.vtable->drop(w.task);
}

void shared_wait(uint32_t status, void (*over)(void *, uint32_t), void *arg) {
  wasip3_task *task = wasip3_task_set(NULL);
  wasip3_task_set(task);
  if (!task || task->version < WASIP3_TASK_V2) abort();
  const wasip3_task_vtable *vtable = ((wasip3_task_v2 *)task)->vtable;
  waiting *w = malloc(sizeof *w);
  if (!w) abort();
  *w = (waiting){over, arg, LAWS_SUBTASK_HANDLE(status), vtable->clone(task->ptr), vtable};
  if (vtable->waitable_register(w->task, w->subtask, waiting_event, NULL)) abort();
  if (vtable->waitable_unregister(w->task, w->subtask)) abort(); /* it was registered with NULL */
  if (task->waitable_register(task->ptr, w->subtask, waiting_event, w)) abort();
  if (task->waitable_register(task->ptr, w->subtask, waiting_event, w) != w) abort();
}

/* ---- As an executor, of one waitable a call ---- */

struct shared_executor {
  wasip3_task_v2 task;
  uint32_t set, waitable, refs;
  wasip3_waitable_callback callback;
  void *callback_ptr, *user;
  struct shared_executor *next;
};

static shared_executor *executors;
static unsigned entered;

static void *executor_register(void *ptr, uint32_t waitable, wasip3_waitable_callback callback, void *callback_ptr) {
  shared_executor *e = ptr;
  e->waitable = waitable;
  e->callback = callback;
  e->callback_ptr = callback_ptr;
  laws_waitable_join(waitable, e->set);
  return NULL;
}

static void *executor_unregister(void *ptr, uint32_t waitable) {
  shared_executor *e = ptr;
  laws_waitable_join(waitable, 0);
  e->waitable = 0;
  return e->callback_ptr;
}

static void *executor_clone(void *ptr) {
  ((shared_executor *)ptr)->refs++;
  return ptr;
}

static void executor_drop(void *ptr) { ((shared_executor *)ptr)->refs--; }

shared_executor *shared_enter(void) {
  static const wasip3_task_vtable vtable = {executor_register, executor_unregister, executor_clone, executor_drop};
  shared_executor *e = calloc(1, sizeof *e);
  if (!e) abort();
  e->task = (wasip3_task_v2){{entered++ % 2 ? WASIP3_TASK_V2 : WASIP3_TASK_V1, e, executor_register, executor_unregister}, &vtable};
  if (e->task.v1.version == WASIP3_TASK_V1) e->task.vtable = NULL;
  e->set = laws_waitable_set_new();
  e->next = executors;
  executors = e;
  wasip3_task_set(&e->task.v1);
  return e;
}

uint32_t shared_leave(shared_executor *e, void *user) {
  e->user = user;
  wasip3_task_set(NULL);
  return LAWS_CALLBACK_CODE_WAIT(e->set);
}

shared_executor *shared_find(uint32_t waitable) {
  for (shared_executor *e = executors; e; e = e->next)
    if (waitable && e->waitable == waitable) return e;
  return NULL;
}

void *shared_deliver(shared_executor *e, uint32_t waitable, uint32_t code) {
  laws_waitable_join(waitable, 0);
  e->waitable = 0;
  wasip3_task_set(&e->task.v1);
  e->callback(e->callback_ptr, code);
  wasip3_task_set(NULL);
  return e->waitable ? NULL : e->user;
}

uint32_t shared_set(const shared_executor *e) { return e->set; }

void shared_end(shared_executor *e) {
  if (e->refs) abort(); /* a clone was not dropped */
  laws_waitable_set_drop(e->set);
  shared_executor **at = &executors;
  while (*at != e) at = &(*at)->next;
  *at = e->next;
  free(e);
}

/* ---- Counting ---- */

static uint32_t counted;

uint32_t counted_intrinsics(void) {
  uint32_t n = counted;
  counted = 0;
  return n;
}

WITGUEST_TEST_IMPORT("[thread-get-task]") uint32_t real_thread_get_task(void);
WITGUEST_TEST_IMPORT("[thread-set-task]") void real_thread_set_task(uint32_t task);
WITGUEST_TEST_IMPORT("[task-drop]") void real_task_drop(uint32_t task);
WITGUEST_TEST_IMPORT("[thread-index]") uint32_t real_thread_index(void);
WITGUEST_TEST_IMPORT("[context-get-0]") uint32_t real_context_get(void);
WITGUEST_TEST_IMPORT("[context-set-0]") void real_context_set(uint32_t value);

uint32_t __wrap_witguest__thread_get_task(void) { return counted++, real_thread_get_task(); }
void __wrap_witguest__thread_set_task(uint32_t task) { counted++, real_thread_set_task(task); }
void __wrap_witguest__task_drop(uint32_t task) { counted++, real_task_drop(task); }
uint32_t __wrap_witguest__thread_index(void) { return counted++, real_thread_index(); }
uint32_t __wrap_witguest__context_get(void) { return counted++, real_context_get(); }
void __wrap_witguest__context_set(uint32_t value) { counted++, real_context_set(value); }
