/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Schedules: a random host and a random guest for 10^6 steps, beside a small model that says for each call what may come
 * out of it. An actor is a call with a number of its own; the guest's part of the script is chosen while it runs.
 *
 *   schedules [seed [steps]]
 */
#include <stdio.h>
#include <stdlib.h>

#include "rig.h"

enum { ACTORS = 64, WAIT = 2, EVENTS = 4096 };

/* What the model knows about a call. */
typedef struct model {
  bool alive;            /* its callback has not run */
  machine_form form;
  bool started, cancelled, overdue, returned, cancel_seen, inc;
  uint32_t value;        /* that it returned */
  uint32_t set, subtask; /* handles; 0: none */
  bool joined;
  uint32_t later;        /* the import's value: which answer it waits for; 0: none */
  int phase;             /* what the last operation was */
  withost_call *call;
} model;

typedef struct world {
  withost_store *store;
  machine_instance *guest;
  model actors[ACTORS];
  struct { withost_call *call; uint32_t who; bool asked; } owed[ACTORS * 2];
  uint32_t owed_count, backpressure;
  uint64_t random, now, differences, outcomes[3], steps;
} world;

static uint32_t pick(world *w, uint32_t n) {
  w->random ^= w->random << 13;
  w->random ^= w->random >> 7;
  w->random ^= w->random << 17;
  return (uint32_t)(w->random >> 33) % n;
}

static void differs(world *w, uint32_t who, const char *what) {
  if (w->differences++ < 10) printf("# actor %u: %s (step %llu)\n", who, what, (unsigned long long)w->steps);
}

/* ---- The guest's part: one operation at a time ---- */

enum { P_START, P_SET, P_CALLED, P_JOINED, P_LOOP, P_UNJOINED, P_SUB_GONE, P_SET_GONE, P_RETURNED, P_SYNC };

static machine_op op(uint32_t what, uint32_t a, uint32_t b) { return (machine_op){what, a, b}; }

static machine_op actor_finish(world *w, model *m, uint32_t who) {
  m->phase = P_RETURNED;
  if (m->cancel_seen && pick(w, 2)) {
    m->returned = false;
    return op(TASK_CANCEL, 0, 0);
  }
  m->returned = true;
  m->value = who * 1000 + pick(w, 1000);
  return op(m->form == ST ? RETURN_ST : RETURN_CB, m->value, 0);
}

static machine_op actor_loop(world *w, model *m, uint32_t who) {
  m->phase = P_LOOP;
  if (m->subtask) return op(EXIT, WAIT | m->set << 4, 0);
  if (m->cancel_seen || pick(w, 2)) {
    m->phase = P_SUB_GONE;
    return op(SET_DROP, m->set, 0);
  }
  (void)who;
  return op(EXIT, 1, 0);
}

/* Callbacks: a set, an import, wait for it, drop both, return. */
static machine_op actor_callback(world *w, model *m, uint32_t who, uint32_t result) {
  switch (m->phase) {
    case P_START: m->phase = P_SET; return op(SET_NEW, 0, 0);
    case P_SET:
      m->set = result;
      m->phase = P_CALLED;
      return op(LATER_ASYNC, pick(w, 4) ? who + 1 : 0, 64);
    case P_CALLED:
      if (result == 2) return actor_loop(w, m, who);
      m->subtask = result >> 4;
      m->phase = P_JOINED;
      return op(JOIN, m->subtask, m->set);
    case P_JOINED:
    case P_LOOP: return actor_loop(w, m, who);
    case P_UNJOINED: m->subtask = 0; return actor_loop(w, m, who);
    case P_SUB_GONE: return actor_finish(w, m, who);
    default: return op(EXIT, 0, 0);
  }
}

/* Stackful and sync: sync imports and yields, then return. */
static machine_op actor_blocking(world *w, model *m, uint32_t who) {
  if (m->phase == P_RETURNED) return op(EXIT, 0, 0);
  switch (pick(w, 4)) {
    case 0: return op(YIELD, 0, 0);
    case 1: return op(LATER, pick(w, 2) ? who + 1 : 0, 0);
    default: break;
  }
  if (m->form != SL) return actor_finish(w, m, who);
  m->returned = true;
  m->value = who * 1000 + 1 + pick(w, 999);
  return op(EXIT, m->value, 0);
}

static machine_op world_ask(void *host, withost_call *call, uint32_t who, uint32_t result) {
  world *w = host;
  (void)call;
  if (who >= ACTORS) return op(who == ACTORS ? INC : who == ACTORS + 1 ? DEC : EXIT, 0, 0);
  model *m = &w->actors[who];
  m->started = true;
  return m->form == CB ? actor_callback(w, m, who, result) : actor_blocking(w, m, who);
}

/* A sync call that changes back-pressure; asked twice, the second time it ends. */
static machine_op world_ask_outer(void *host, withost_call *call, uint32_t who, uint32_t result) {
  world *w = host;
  if (who < ACTORS) return world_ask(host, call, who, result);
  bool again = w->actors[0].inc;
  w->actors[0].inc = !again;
  return again ? op(EXIT, 1, 0) : op(who == ACTORS ? INC : DEC, 0, 0);
}

static void world_tell(void *host, withost_call *call, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2) {
  world *w = host;
  model *m = &w->actors[who];
  (void)call;
  if (event == 6) {
    if (!m->cancelled && !m->overdue) differs(w, who, "TASK_CANCELLED without a request");
    if (m->cancel_seen) differs(w, who, "TASK_CANCELLED twice");
    m->cancel_seen = true;
  } else if (event == 1) {
    if (p1 != m->subtask || p2 != 2) differs(w, who, "an event of somebody else");
    if (m->later) differs(w, who, "an event before the answer");
    m->phase = P_UNJOINED;
  } else if (event) {
    differs(w, who, "an unknown event");
  }
}

static machine_op world_ask_checked(void *host, withost_call *call, uint32_t who, uint32_t result) {
  world *w = host;
  if (who < ACTORS && w->actors[who].phase == P_UNJOINED && w->actors[who].subtask) {
    uint32_t subtask = w->actors[who].subtask;
    w->actors[who].subtask = 0;
    return op(SUBTASK_DROP, subtask, 0);
  }
  return world_ask_outer(host, call, who, result);
}

static void world_later(void *host, withost_call *call, uint32_t value) {
  world *w = host;
  if (!value) {
    machine_later_return(call, 1);
    return;
  }
  w->actors[value - 1].later = value;
  w->owed[w->owed_count].call = call;
  w->owed[w->owed_count++].who = value - 1;
}

/* ---- The host's part ---- */

static void world_done(void *user, withost_call *call, int status, const uint32_t *result) {
  model *m = user;
  (void)call;
  if (!m->alive) m->set = 0xdead; /* twice: seen by world_check */
  m->alive = false;
  m->call = NULL;
  m->inc = m->inc; /* actor 0 keeps it */
  m->phase = status == WITHOST_OK ? (result && *result == m->value && m->returned ? -1 : -2)
             : status == WITHOST_ECANCELLED ? ((m->cancelled && !m->overdue) && (!m->started || m->cancel_seen) ? -3 : -4)
             : status == WITHOST_EDEADLINE ? (m->overdue ? -3 : -4) : -5;
  if (m->phase == -1 && m->form != SL) m->phase = P_RETURNED;
}

static void world_call(world *w, uint32_t who) {
  model *m = &w->actors[who];
  if (m->alive || m->call) return;
  bool inc = m->inc;
  static const machine_form forms[] = {CB, CB, ST, SL};
  *m = (model){.alive = true, .form = forms[pick(w, 4)], .inc = inc};
  withost_call *call;
  if (machine_call(w->guest, m->form, NULL, who, world_done, m, &call)) differs(w, who, "the call was refused");
  m->call = m->alive ? call : NULL;
  if (!!call != m->alive) differs(w, who, "a call pointer after the end, or none before");
  if (m->alive && withost_call_has_started(call) != m->started) differs(w, who, "has_started");
}

static void world_answer(world *w) {
  if (!w->owed_count) return;
  uint32_t n = pick(w, w->owed_count);
  withost_call *call = w->owed[n].call;
  w->actors[w->owed[n].who].later = 0;
  w->owed[n] = w->owed[--w->owed_count];
  if (machine_later_return(call, 5)) differs(w, 0, "an answer was refused");
}

static void world_cancel(world *w, uint32_t who) {
  model *m = &w->actors[who];
  if (!m->call) return;
  if (!m->overdue) m->cancelled = true;
  bool started = m->started;
  withost_call_cancel(m->call);
  if (!started && m->alive) differs(w, who, "a call that had not started outlived its cancellation");
}

static void world_deadline(world *w, uint32_t who) {
  model *m = &w->actors[who];
  if (!m->call || m->cancelled) return;
  m->overdue = true;
  withost_call_set_deadline(m->call, w->now + 1);
  withost_store_set_now(w->store, ++w->now);
}

static void world_backpressure(world *w) {
  uint32_t result;
  bool up = !w->backpressure || pick(w, 3) == 0;
  if (up && w->backpressure > 3) return;
  w->backpressure += up ? 1 : -1u;
  if (machine_sy(w->guest, NULL, ACTORS + !up, &result)) differs(w, 0, "a sync call was refused");
}

static void world_check(world *w, uint32_t who) {
  model *m = &w->actors[who];
  if (m->set == 0xdead) differs(w, who, "the callback ran twice");
  if (m->phase == -2) differs(w, who, "a wrong result");
  if (m->phase == -4) differs(w, who, "a cancellation that nobody asked for");
  if (m->phase == -5) differs(w, who, "an unexpected status");
}

static void world_step(world *w) {
  uint32_t who = pick(w, ACTORS);
  switch (pick(w, 16)) {
    case 0: case 1: case 2: case 3: world_call(w, who); break;
    case 4: case 5: case 6: world_answer(w); break;
    case 7: world_cancel(w, who); break;
    case 8: world_deadline(w, who); break;
    case 9: world_backpressure(w); break;
    default: withost_store_run(w->store); break;
  }
  world_check(w, who);
}

static const machine_imports imports = {world_ask_checked, world_tell, world_later};

/* Lets everything come to its end. */
static void world_drain(world *w) {
  while (w->backpressure) world_backpressure(w);
  for (int n = 0; n < 100000 && (w->owed_count || withost_store_is_ready(w->store)); n++) {
    world_answer(w);
    withost_store_run(w->store);
  }
}

int main(int count, char **arguments) {
  uint64_t seed = count > 1 ? strtoull(arguments[1], NULL, 10) : 20261121;
  uint64_t steps = count > 2 ? strtoull(arguments[2], NULL, 10) : 1000000;
  static world w;
  w.random = seed | 1;
  printf("# seed %llu, %llu steps\n", (unsigned long long)seed, (unsigned long long)steps);
  if (withost_store_new(NULL, &w.store) || machine_instantiate(w.store, machine_program_wasm2c(), &imports, &w, &w.guest)) return 1;
  withost_instance *i = machine_as_instance(w.guest);
  for (w.steps = 0; w.steps < steps && !i->poisoned; w.steps++) world_step(&w);
  check(!i->poisoned, "no trap", "%s", withost_instance_trap(i));
  world_drain(&w);
  uint32_t alive = 0, handles = 0;
  for (uint32_t n = 0; n < ACTORS; n++) alive += w.actors[n].alive;
  for (uint32_t n = 0; n < i->handles.used; n++) handles += i->handles.slots[n].tag != WITHOST__FREE;
  check(w.differences == 0, "schedules", "%llu differences", (unsigned long long)w.differences);
  check(alive == 0, "every call has ended", "%u are left", alive);
  check(handles == 0, "the handle table is empty", "%u are left", handles);
  check(w.store->tasks.used == 0 && w.store->subtasks.used == 0 && w.store->sets.used == 0 && w.store->threads.used == 0,
        "records", "none is left");
  check(withost_store_close(w.store) == WITHOST_OK, "close", "with nothing unfinished");
  return check_end();
}
