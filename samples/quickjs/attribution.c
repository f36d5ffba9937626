/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The four hooks of libwitguest in QuickJS: capture when a promise is created, release when it is settled or gone; enter and leave
 * around jobs. In affine mode a job also has to run in a callback of its task; so the loop's microtasks take the place of the
 * engine's queue, which is emptied into them in its order.
 */
#include "attribution.h"

#include <stdlib.h>
#include <witguest/loop.h>

/* ---- Promises that are not settled, and who created them: a table with open addressing ---- */

typedef struct entry { const void *promise; witguest_capture_t capture; } entry;

static struct { entry *at; uint32_t count, capacity; } table; /* capacity: a power of two, or 0 */

static uint32_t place_of(const void *promise) { return (uint32_t)((uintptr_t)promise >> 3) * 2654435769u & (table.capacity - 1); }

/* Its entry, or the free one where it would go. */
static entry *table_find(const void *promise) {
  uint32_t n = place_of(promise);
  while (table.at[n].promise && table.at[n].promise != promise) n = (n + 1) & (table.capacity - 1);
  return &table.at[n];
}

static void table_grow(void) {
  entry *old = table.at;
  uint32_t count = table.capacity;
  table.capacity = count ? count * 2 : 64;
  table.at = calloc(table.capacity, sizeof *table.at);
  if (!table.at) abort();
  for (uint32_t n = 0; n < count; n++)
    if (old[n].promise) *table_find(old[n].promise) = old[n];
  free(old);
}

static void table_add(const void *promise, witguest_capture_t capture) {
  if (table.count * 2 >= table.capacity) table_grow();
  *table_find(promise) = (entry){promise, capture};
  table.count++;
}

/* Those behind it move up, if their place is not between the gap and them. */
static void table_close_gap(uint32_t gap) {
  uint32_t mask = table.capacity - 1;
  for (uint32_t n = (gap + 1) & mask; table.at[n].promise; n = (n + 1) & mask) {
    if (((n - place_of(table.at[n].promise)) & mask) < ((n - gap) & mask)) continue;
    table.at[gap] = table.at[n];
    gap = n;
  }
  table.at[gap] = (entry){0};
}

static witguest_capture_t table_get(const void *promise) { return table.count ? table_find(promise)->capture : 0; }

static void promise_ended(JSRuntime *runtime, const void *promise) {
  (void)runtime;
  entry *e = table.count ? table_find(promise) : NULL;
  if (!e || !e->promise) return;
  witguest_capture_t capture = e->capture;
  table_close_gap((uint32_t)(e - table.at));
  table.count--;
  witguest_release(capture);
}

/* ---- The promise hook ---- */

static void promise_hook(JSContext *context, JSPromiseHookType type, JSValueConst promise, JSValueConst parent, void *user) {
  (void)parent;
  (void)user;
  if (type == JS_PROMISE_HOOK_INIT) table_add(JS_VALUE_GET_PTR(promise), witguest_capture());
  if (type == JS_PROMISE_HOOK_RESOLVE) promise_ended(JS_GetRuntime(context), JS_VALUE_GET_PTR(promise));
}

/* ---- Jobs ---- */

typedef struct job {
  JSContext *context;
  JSJobFunc *run;
  int argc;
  JSValue argv[];
} job;

/* A job's exceptions have gone into promises, save one that nobody can catch. */
static void job_run(void *arg) {
  job *j = arg;
  JSRuntime *runtime = JS_GetRuntime(j->context);
  JSValue result = j->run(j->context, j->argc, (JSValueConst *)j->argv);
  if (JS_IsException(result)) JS_FreeValue(j->context, JS_GetException(j->context));
  JS_FreeValue(j->context, result);
  for (int n = 0; n < j->argc; n++) JS_FreeValue(j->context, j->argv[n]);
  free(j);
  attribution_flush(runtime);
}

/* Queued inside the scope of its promise's creator: the loop enters and leaves when it runs it. */
static void job_queue(JSContext *context, JSValueConst promise, JSJobFunc *run, int argc, JSValueConst *argv) {
  job *j = malloc(sizeof *j + (size_t)argc * sizeof *j->argv);
  if (!j) abort();
  *j = (job){context, run, argc};
  for (int n = 0; n < argc; n++) j->argv[n] = JS_DupValue(context, argv[n]);
  witguest_scope scope = witguest_enter(JS_IsUndefined(promise) ? 0 : table_get(JS_VALUE_GET_PTR(promise)));
  if (witguest_microtask(job_run, j)) abort(); /* all our exports are on the loop */
  witguest_leave(scope);
}

void attribution_flush(JSRuntime *runtime) {
  JSContext *context;
  while (JS_IsJobPending(runtime)) JS_ExecutePendingJob(runtime, &context);
}

/* ---- Begin and end ---- */

static const engine_events events = {.job = job_queue, .ended = promise_ended};

void attribution_begin(JSRuntime *runtime) {
  engine_set_events(runtime, &events);
  JS_SetPromiseHook(runtime, promise_hook, NULL);
}

void attribution_end(void) {
  if (table.count) abort(); /* a capture that was never released would hold its call forever */
  free(table.at);
  table.at = NULL;
  table.capacity = 0;
}
