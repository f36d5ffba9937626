/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Goroutines: a coroutine with a task. Each stretch between two waits is a microtask of the loop.
 */
#include <stdlib.h>

#include "go.h"

enum { STACK_LEAST = 1024, STACK_ALIGN = 16, YIELDS_PER_TURN = 64 };

static struct { witguest__goroutine *running; uint32_t yields; } go;

witguest__goroutine *witguest__go_running(void) { return go.running; }

bool witguest_go_is_inside(void) { return go.running != NULL; }

static void goroutine_free(witguest__goroutine *g) {
  witguest_task_unref(g->home);
  free(g->coroutine.memory);
}

/* It was left inside a scope: the thread goes back to where the loop had it, and into the scope when it goes on. */
static void scope_keep(witguest__goroutine *g, witguest_task *outside) {
  witguest_task *inner = witguest__current();
  if (inner == outside) return;
  g->inner = witguest__ref(inner);
  witguest__move(outside);
}

static void scope_restore(witguest__goroutine *g) {
  if (!g->inner) return;
  witguest__move(g->inner);
  witguest__unref(g->inner); /* the scope holds one too */
  g->inner = NULL;
}

static void goroutine_run(void *arg) {
  witguest__goroutine *g = arg, *outer = go.running;
  witguest_task *outside = witguest__current();
  scope_restore(g);
  go.running = g;
  bool waits = witguest__coroutine_resume(&g->coroutine);
  go.running = outer;
  scope_keep(g, outside);
  if (!waits) goroutine_free(g);
}

/* Its reference has kept its home on the loop. */
void witguest__go_ready(witguest__goroutine *g, unsigned flags) {
  if (witguest_queue((witguest_capture_t)witguest__ref(g->home), goroutine_run, g, flags)) __builtin_trap();
}

void witguest__go_leave(void) { witguest__coroutine_suspend(&go.running->coroutine); }

static void goroutine_main(void *arg) {
  witguest__goroutine *g = arg;
  g->run(g->arg);
}

/* The stack first: one that overflows does not reach its own record, so that it is found out. */
static witguest__goroutine *goroutine_new(size_t stack) {
  size_t size = (stack + STACK_ALIGN - 1) & ~(size_t)(STACK_ALIGN - 1);
  char *memory = malloc(size + sizeof(witguest__goroutine));
  if (!memory) __builtin_trap();
  witguest__goroutine *g = (witguest__goroutine *)(void *)(memory + size);
  witguest__coroutine_init(&g->coroutine, memory, size, goroutine_main, g);
  return g;
}

int witguest_go_sized(size_t stack, void (*fn)(void *), void *arg) {
  if (stack < STACK_LEAST) return WITGUEST_EINVAL;
  if (!witguest__loop_task()) return WITGUEST_ENOLOOP;
  witguest__goroutine *g = goroutine_new(stack);
  g->run = fn;
  g->arg = arg;
  g->home = witguest_task_current();
  g->inner = NULL;
  witguest__go_ready(g, 0);
  return WITGUEST_OK;
}

int witguest_go(void (*fn)(void *), void *arg) { return witguest_go_sized(WITGUEST_GO_STACK, fn, arg); }

int witguest_go_yield(void) {
  if (!go.running) return WITGUEST_ENOGO;
  witguest__go_ready(go.running, ++go.yields % YIELDS_PER_TURN ? 0 : WITGUEST_IS_MACROTASK);
  witguest__go_leave();
  return WITGUEST_OK;
}

/* ---- Calls for other tasks, in the mode that cannot move the thread ---- */

typedef struct errand { witguest__parking parking; void (*fn)(void *arg); void *arg; } errand;

static void errand_run(void *arg) {
  errand *e = arg;
  e->fn(e->arg);
  witguest__parking_end(&e->parking, WITGUEST_OK);
}

bool witguest__go_call_for(witguest_task *t, void (*fn)(void *), void *arg) {
  errand e = {.fn = fn, .arg = arg};
  if (!go.running || witguest_run_for(t, errand_run, &e) < 0) return false;
  witguest__parking_wait(&e.parking);
  return true;
}

/* ---- Exports ---- */

typedef struct start { void (*fn)(void *arg); void *arg; } start;

static void start_main(void *arg) {
  start *s = arg;
  witguest_go_sized(WITGUEST_GO_EXPORT_STACK, s->fn, s->arg);
}

uint32_t witguest_go_start(void (*fn)(void *), void *arg) {
  start s = {fn, arg};
  return witguest_loop_start(start_main, &s);
}
