/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What the pairs of tests/runtime share on the C host: a runner and a callee, instances of two worlds in one store. A case
 * wires what the runner imports to what the callee exports; the runner tests the callee and reports, as it does in a
 * component. It includes the two worlds.
 */
#ifndef PAIR_H
#define PAIR_H

#include <stdio.h>
#include <string.h>

#include "callee_host.h"
#include "runner_host.h"
#include "wire.h"

typedef struct pair {
  wires wires; /* first: what a case's imports get as `host` is a pair */
  runner_instance *runner;
  callee_instance *callee;
  int status;  /* of the runner's call */
  bool done;
} pair;

/* Behind a wire, which is what answers get as `user`. */
static inline pair *pair_of(const wire *w) { return (pair *)(void *)wire_all(w); }

/* An argument of an async function: see wire_keep. */
static inline callee_string_t pair_keep(wire *w, runner_string_t s) {
  return (callee_string_t){wire_keep(w, s.ptr, s.len), s.len};
}

/* The first two arguments of every call that is passed on. */
#define TO_CALLEE(host, call) ((pair *)(host))->callee, withost_call_group(call)

enum { PAIR_TURNS = 1000000 }; /* more than any runner needs */

static inline int pair_runner_heap(void *guest, uint32_t *blocks) { return runner_heap(guest, NULL, blocks); }

/* Both guests; `callee_heap` asks the callee for its blocks. */
static inline void pair_open(case_run *c, const runner_imports *imports, case_heap callee_heap) {
  static const callee_imports nothing = {0};
  pair *p = c->state;
  p->wires.run = c;
  if (callee_instantiate(c->store, c->programs[1], &nothing, NULL, &p->callee)) return;
  if (runner_instantiate(c->store, c->programs[0], imports, p, &p->runner)) return;
  case_guest(c, runner_as_instance(p->runner), p->runner, pair_runner_heap);
  case_guest(c, callee_as_instance(p->callee), p->callee, callee_heap);
}

static inline void pair_ran(void *user, withost_call *call, int status, const runner_string_t *log) {
  pair *p = user;
  (void)call;
  p->done = true;
  p->status = status;
  if (log) case_log(p->wires.run, log->ptr, log->len);
}

/* Turns until nothing is ready. */
static inline void pair_run(case_run *c) {
  pair *p = c->state;
  p->done = false;
  if (!case_called(c, runner_run(p->runner, NULL, pair_ran, p, NULL), "the runner is called")) return;
  for (int turn = 0; turn < PAIR_TURNS && withost_store_is_ready(c->store); turn++) withost_store_run(c->store);
}

/* All tests of the runner once. What either guest still does after its answers ends here too. */
static inline void pair_round(case_run *c) {
  pair *p = c->state;
  pair_run(c);
  if (!case_check(c, p->done && p->status == WITHOST_OK, "the runner comes to its end")) {
    printf("# %s %s\n", p->done ? withost_error_text(p->status) : "it waits:",
           p->done ? withost_instance_trap(runner_as_instance(p->runner)) : "nothing is ready");
    if (!p->done && withost_store_check_deadlock(c->store)) printf("# %s\n", withost_store_message(c->store));
  }
  case_equal(c, p->wires.open, 0, "no call is left between the two");
  wire_keep_result(&p->wires, NULL, 0, NULL);
}

/* Instead, where an engine cannot do it: the guest ends with the documented error, and both can be closed. Then there are two
 * new ones, which take their time: a round counts for a thousand calls. */
static inline void pair_round_refused(case_run *c, bool is_callee, const char *wanted) {
  pair *p = c->state;
  pair_run(c);
  const char *trap = withost_instance_trap(is_callee ? callee_as_instance(p->callee) : runner_as_instance(p->runner));
  case_text(c, trap, strlen(trap), wanted, "the guest is refused what its engine cannot do");
  case_check(c, p->done && p->status == WITHOST_ETRAP, "the host is told");
  wire_keep_result(&p->wires, NULL, 0, NULL);
  case_equal(c, p->wires.open, 0, "no call is left between the two");
  case_check(c, !runner_close(p->runner) && !callee_close(p->callee), "both can be closed");
  c->guest_count = 0;
  c->plan->open(c);
  c->calls += 1000;
}

#define PAIR_BLOCKS ": unsupported: this engine cannot keep a guest's stack while it waits"
#define PAIR_ENTERED ": unsupported: this engine cannot enter a guest again from another stack"

#endif
