/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The store: its memory, its ready queue, its turn. A turn runs the threads that were ready when it began, so that a
 * guest that yields forever cannot keep the host out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

/* ---- Memory and messages ---- */

void *withost__resize_with_malloc(void *user, void *old, size_t old_size, size_t size) {
  (void)user;
  (void)old_size;
  if (size) return realloc(old, size);
  free(old);
  return NULL;
}

void *withost__resize(withost_store *store, void *p, size_t old_size, size_t size) {
  return store->config.allocator.resize(store->config.allocator.user, p, old_size, size);
}

void *withost__alloc(withost_store *store, size_t size) {
  void *p = withost__resize(store, NULL, 0, size);
  return p ? memset(p, 0, size) : NULL;
}

void withost__free(withost_store *store, void *p, size_t size) {
  if (p) withost__resize(store, p, size, 0);
}

/* A message that does not fit in memory is the empty one; the error code stays. */
int withost__fail_v(withost_store *store, int error, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int length = vsnprintf(NULL, 0, format, args);
  size_t size = (size_t)(length < 0 ? 0 : length) + 1;
  char *message = withost__alloc(store, size);
  if (message) vsnprintf(message, size, format, again);
  va_end(again);
  withost__free(store, store->message, store->message_size);
  store->message = message;
  store->message_size = size;
  return error;
}

int withost__fail(withost_store *store, int error, const char *format, ...) {
  va_list args;
  va_start(args, format);
  withost__fail_v(store, error, format, args);
  va_end(args);
  return error;
}

const char *withost_store_message(const withost_store *store) { return store->message ? store->message : ""; }

const char *withost_error_text(int error) {
  switch (error) {
    case WITHOST_OK: return "ok";
#define ERROR_TEXT(name, value, text) case WITHOST_##name: return text;
    WITHOST_ERRORS(ERROR_TEXT)
#undef ERROR_TEXT
    default: return "unknown error";
  }
}

/* ---- Queues ---- */

void withost__queue_push(withost_queue *queue, withost_thread *thread) {
  thread->queue = queue;
  thread->next = NULL;
  thread->prev = queue->last;
  *(queue->last ? &queue->last->next : &queue->first) = thread;
  queue->last = thread;
}

void withost__queue_push_front(withost_queue *queue, withost_thread *thread) {
  thread->queue = queue;
  thread->prev = NULL;
  thread->next = queue->first;
  *(queue->first ? &queue->first->prev : &queue->last) = thread;
  queue->first = thread;
}

void withost__queue_remove(withost_thread *thread) {
  withost_queue *queue = thread->queue;
  if (!queue) return;
  *(thread->prev ? &thread->prev->next : &queue->first) = thread->next;
  *(thread->next ? &thread->next->prev : &queue->last) = thread->prev;
  thread->queue = NULL;
}

withost_thread *withost__queue_pop(withost_queue *queue) {
  withost_thread *thread = queue->first;
  if (thread) withost__queue_remove(thread);
  return thread;
}

void withost__thread_make_ready(withost_thread *thread) {
  withost_store *store = thread->task->call.instance->store;
  withost_queue *ready = &store->ready[store->filling];
  bool was_idle = !ready->first;
  withost__queue_push(ready, thread);
  if (was_idle && !store->turning && store->config.on_ready) store->config.on_ready(store->config.user, store);
}

/* ---- Life ---- */

static void store_init(withost_store *store, const withost_config *config) {
  memset(store, 0, sizeof *store);
  store->config = *config;
  if (!store->config.guest_stack) store->config.guest_stack = 256 * 1024;
  const withost_hooks *hooks = &config->hooks;
  store->has_hooks = hooks->start || hooks->enter || hooks->exit || hooks->finish;
  store->tasks.size = sizeof(withost_task);
  store->subtasks.size = sizeof(withost_subtask);
  store->sets.size = sizeof(withost__set);
  store->threads.size = sizeof(withost__spawned);
  store->borrows.size = sizeof(withost__borrow);
  store->lends.size = sizeof(withost__lend);
}

int withost_store_new(const withost_config *config, withost_store **out) {
  withost_config c = config ? *config : (withost_config){0};
  if (!c.allocator.resize) c.allocator.resize = withost__resize_with_malloc;
  *out = NULL;
  withost_store *store = c.allocator.resize(c.allocator.user, NULL, 0, sizeof *store);
  if (!store) return WITHOST_ENOMEM;
  store_init(store, &c);
  *out = store;
  return WITHOST_OK;
}

static void store_free(withost_store *store) {
  if (&withost_can_block) withost_can_block.close(store);
  withost__slab *slabs[] = {&store->tasks, &store->subtasks, &store->sets, &store->streams, &store->threads,
                            &store->borrows, &store->lends};
  for (size_t n = 0; n < sizeof slabs / sizeof *slabs; n++) withost__slab_release(store, slabs[n]);
  withost__held_free(store);
  withost__free(store, store->transit.items, store->transit.capacity * sizeof *store->transit.items);
  withost__free(store, store->scratch.base, store->scratch.capacity);
  withost__free(store, store->message, store->message_size);
  withost__deadlines_release(store);
  withost_allocator allocator = store->config.allocator;
  allocator.resize(allocator.user, store, sizeof *store, 0);
}

static bool store_has_work(const withost_store *store) {
  for (const withost_instance *i = store->instances; i; i = i->next)
    if (i->tasks || i->subtasks) return true;
  return store->unfinished || store->held.live;
}

int withost_store_close(withost_store *store) {
  if (store->depth || store->turning) return withost__fail(store, WITHOST_EBUSY, "the store is running");
  if (store_has_work(store)) return withost__fail(store, WITHOST_EBUSY, "calls, streams or futures are unfinished");
  while (store->instances) {
    int error = withost_instance_close(store->instances);
    if (error) return error; /* a destructor started something */
  }
  store_free(store);
  return WITHOST_OK;
}

/* ---- The turn ---- */

int withost_store_run(withost_store *store) {
  if (store->depth || store->turning) return withost__fail(store, WITHOST_EREENTER, "the store is running");
  store->turning = true;
  if (store->due.first) withost__ends_turn(store);
  withost_queue *ready = &store->ready[store->filling];
  store->filling = !store->filling;
  for (withost_thread *thread; (thread = withost__queue_pop(ready));) withost__thread_run_ready(thread);
  store->turning = false;
  return withost_store_is_ready(store) ? 1 : 0;
}

bool withost_store_is_ready(const withost_store *store) {
  return store->ready[store->filling].first || store->due.first;
}
