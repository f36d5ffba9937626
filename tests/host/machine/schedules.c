/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Schedules: a random host and random guests for 10^6 steps, beside a small model (model.h). Every operation of every thread
 * is chosen while it runs, among those that the model allows: calls of three forms, threads and switches between them, task
 * handles and moves, sets, imports sync and async, cancellation from both sides, deadlines, back-pressure. Both must agree
 * on who may run, on each result, event and callback, and at rest on that nobody could.
 *
 *   schedules [seed [steps]]
 */
#include <stdio.h>
#include <stdlib.h>

#include "schedules.h"

static uint8_t *guest_at(world *w, uint32_t address) { return withost_memory(machine_as_instance(w->guest)) + address; }

/* ---- The host's part ---- */

static void world_done(void *user, withost_call *call, int status, const uint32_t *result) {
  m_task *t = user;
  world *w = t->world;
  (void)call;
  m_thread *at = w->m.running;
  int expected = t->returned ? WITHOST_OK : t->overdue ? WITHOST_EDEADLINE : WITHOST_ECANCELLED;
  if (!t->alive) m_differs(&w->m, at, "the callback ran twice");
  if (t->state != M_RESOLVED) m_differs(&w->m, at, "the callback of a task that has not resolved");
  if (status != expected) m_differs(&w->m, at, "a status");
  if (status == WITHOST_OK && *result != t->value) m_differs(&w->m, at, "a result");
  t->alive = false;
  t->call = NULL;
}

static void world_call(world *w) {
  static const machine_form forms[] = {CB, CB, CB, ST, ST, SL};
  m_thread *t = w->draining ? NULL : m_thread_new(&w->m);
  m_task *task = t ? m_task_new(&w->m, forms[pick(w, 6)], t->who) : NULL;
  if (!task) return;
  task->world = w;
  task->threads = 1;
  *t = (m_thread){.state = M_ENTERING, .who = t->who, .task = task, .home = task, .budget = (int)pick(w, 24)};
  bool at_rest = !w->m.running;
  withost_call *call;
  if (machine_call(w->guest, task->form, &task->group, t->who, world_done, task, &call)) m_differs(&w->m, t, "the call was refused");
  if (!!call != task->alive) m_differs(&w->m, t, "a call pointer after the end, or none before");
  if (call && withost_call_has_started(call) != (task->state != M_INITIAL)) m_differs(&w->m, t, "has_started");
  if (!at_rest && task->state != M_INITIAL) m_differs(&w->m, t, "began inside a running instance");
  if (task->alive) task->call = call;
}

static m_task *pick_call(world *w) {
  uint32_t start = pick(w, M_TASKS);
  for (uint32_t n = 0; n < M_TASKS; n++) {
    m_task *t = &w->m.tasks[(start + n) % M_TASKS];
    if (t->used && t->call) return t;
  }
  return NULL;
}

/* One that had not started ends at once, and so does its thread. */
static void model_cancel(world *w, m_task *t) {
  if (t->state == M_STARTED) t->state = M_PENDING_CANCEL;
  if (t->state != M_INITIAL) return;
  t->state = M_RESOLVED;
  t->threads = 0;
  w->m.threads[t->who].state = M_FREE;
}

static void world_cancel(world *w) {
  m_task *t = pick_call(w);
  if (!t) return;
  if (!t->overdue) t->cancelled = true;
  bool ends = t->state == M_INITIAL;
  model_cancel(w, t);
  withost_call_cancel(t->call);
  if (ends && t->alive) m_differs(&w->m, NULL, "a call that had not started outlived its cancellation");
}

static void world_deadline(world *w) {
  m_task *t = pick_call(w);
  if (!t || t->cancelled || t->state > M_STARTED) return;
  withost_call_set_deadline(t->call, w->now + 1);
  t->overdue = true;
  model_cancel(w, t);
  withost_store_set_now(w->store, ++w->now);
}

static void world_answer_one(world *w, m_subtask *s) {
  withost_call *call = s->call;
  bool cancelled = s->cancel_requested && s->index && pick(w, 2);
  s->call = NULL;
  s->state = cancelled ? M_SUB_CANCELLED : M_SUB_RETURNED;
  s->value = pick(w, 100000);
  if (cancelled ? withost_call_answer_cancelled(call) : machine_later_return(call, s->value))
    m_differs(&w->m, NULL, "an answer was refused");
}

static void world_answer(world *w) {
  uint32_t start = pick(w, M_SUBTASKS);
  for (uint32_t n = 0; n < M_SUBTASKS; n++) {
    m_subtask *s = &w->m.subtasks[(start + n) % M_SUBTASKS];
    if (!s->used || !s->call || s->in_call) continue;
    world_answer_one(w, s);
    return;
  }
}

/* A sync function: it barges in. */
static void world_janitor(world *w) {
  m_thread *t = &w->m.threads[M_JANITOR];
  m_task *home = &w->m.tasks[M_TASKS - 1];
  uint32_t result;
  home->used = home->is_sync_typed = true;
  home->threads = 1;
  home->state = M_STARTED;
  *t = (m_thread){.state = M_READY, .who = M_JANITOR, .task = home, .home = home, .budget = 1 + (int)pick(w, 4)};
  if (machine_sy(w->guest, NULL, M_JANITOR, &result)) m_differs(&w->m, t, "a sync call was refused");
}

/* Once in a while, also from inside the guest. */
static void world_meddle(world *w) {
  switch (pick(w, 48)) {
    case 0: world_call(w); break;
    case 1: world_answer(w); break;
    case 2: world_cancel(w); break;
    default: break;
  }
}

/* ---- What the guest asks ---- */

static void check_result(world *w, m_thread *t, uint32_t result) {
  m_subtask *s = t->waits;
  if (t->has_expected && result != t->expected) m_differs(&w->m, t, "a result of an operation");
  t->has_expected = false;
  switch (t->doing.what) {
    case THREAD_NEW: w->m.threads[t->doing.b].number = result; break;
    case INDEX: t->number = result; break;
    case SET_WAIT:
    case SET_POLL:
      if (t->doing.what == SET_WAIT) t->set->waiting--;
      if (result)
        m_event(&w->m, t, t->set, result, withost_load_u32(guest_at(w, t->doing.b)), withost_load_u32(guest_at(w, t->doing.b + 4)));
      t->set = NULL;
      break;
    case LATER:
      if (s->state != M_SUB_RETURNED || result != s->value) m_differs(&w->m, t, "a result of a sync import");
      *s = (m_subtask){0};
      break;
    case SUBTASK_CANCEL:
      if (result != s->state) m_differs(&w->m, t, "what subtask.cancel returned");
      s->delivered = true;
      s->waiter = NULL;
      break;
    default: break;
  }
}

static void check_numbers(world *w, m_thread *t) {
  for (uint32_t n = 0; n < M_ACTORS; n++)
    if (&w->m.threads[n] != t && w->m.threads[n].state != M_FREE && t->number && w->m.threads[n].number == t->number)
      m_differs(&w->m, t, "two threads have one number");
}

static machine_op world_ask(void *host, withost_call *call, uint32_t who, uint32_t result) {
  world *w = host;
  m_thread *t = &w->m.threads[who];
  w->m.step = ++w->asked;
  m_runs(&w->m, t);
  if (withost_call_group(call) != &t->task->group && !t->task->is_sync_typed) m_differs(&w->m, t, "the group of an import");
  check_result(w, t, result);
  if (t->doing.what == INDEX) check_numbers(w, t);
  t->doing = op(EXIT, 0, 0);
  world_meddle(w);
  machine_op next = who == M_JANITOR ? janitor_next(w) : guest_next(w);
  t->doing = next.what == EXIT ? op(DEEP, 0, 0) : next;
  w->made[next.what]++;
  return next.what == EXIT ? op(EXIT, next.a, 0) : next;
}

static void world_tell(void *host, withost_call *call, uint32_t who, uint32_t event, uint32_t p1, uint32_t p2) {
  world *w = host;
  m_thread *t = &w->m.threads[who];
  (void)call;
  m_told(&w->m, t, event, p1, p2);
  t->has_expected = false;
  t->waits = NULL;
}

/* The guest, or nobody: the answer may come at once. */
static void world_notice(void *user, withost_call *call) {
  m_subtask *s = user;
  world *w = s->world;
  (void)call;
  if (!s->cancel_requested) m_differs(&w->m, w->m.running, "a notice that nobody asked for");
  if (pick(w, 2)) return;
  m_thread *t = s->waiter ? s->waiter : w->m.running;
  world_answer_one(w, s);
  if (s->waiter) { /* it does not block after all */
    t->state = M_RUNNING;
    w->m.running = t;
    return;
  }
  s->delivered = true;
  m_expect(t, s->state);
}

static void world_later(void *host, withost_call *call, uint32_t pending) {
  world *w = host;
  m_thread *t = w->m.running;
  m_subtask *s = t->waits;
  bool blocks = t->doing.what == LATER;
  withost_call_on_cancel(call, world_notice, s);
  s->call = call;
  s->world = w;
  s->in_call = false;
  if (!pending) {
    world_answer_one(w, s);
    if (blocks) return;
    m_expect(t, M_SUB_RETURNED);
    *s = (m_subtask){0};
    return;
  }
  if (blocks) {
    s->waiter = t;
    m_stops(&w->m, M_SUB_WAIT);
    return;
  }
  s->index = m_handle_add(&w->m, M_SUBTASK, s);
  m_expect(t, M_SUB_STARTED | s->index << 4);
}

/* ---- ---- */

static void world_step(world *w) {
  switch (pick(w, 16)) {
    case 0: case 1: case 2: world_call(w); break;
    case 3: case 4: case 5: world_answer(w); break;
    case 6: case 7: world_cancel(w); break;
    case 8: world_deadline(w); break;
    case 9: case 10: world_janitor(w); break;
    default: withost_store_run(w->store); break;
  }
  if (!withost_store_is_ready(w->store)) m_rest(&w->m);
}

static bool world_is_busy(const world *w) {
  bool busy = w->m.backpressure || withost_store_is_ready(w->store);
  for (uint32_t n = 0; n < M_ACTORS; n++) busy |= w->m.threads[n].state != M_FREE;
  for (uint32_t n = 1; n < w->m.handle_used; n++) busy |= w->m.handles[n].kind != M_NONE;
  return busy;
}

/* Lets everything come to its end. */
static void world_drain(world *w) {
  w->draining = true;
  for (int n = 0; n < 100000 && world_is_busy(w); n++) {
    world_janitor(w);
    for (int k = 0; k < 4; k++) world_answer(w);
    withost_store_run(w->store);
  }
}

static const machine_imports imports = {world_ask, world_tell, world_later};

static void check_all_gone(world *w) {
  const withost_instance *i = machine_as_instance(w->guest);
  uint32_t alive = 0, handles = 0, groups = 0, threads = 0;
  for (uint32_t n = 0; n < M_TASKS; n++) {
    alive += w->m.tasks[n].used && w->m.tasks[n].alive && !w->m.tasks[n].is_sync_typed;
    groups += w->m.tasks[n].group.tasks != 0;
  }
  for (uint32_t n = 0; n < i->handles.used; n++) handles += i->handles.slots[n].tag != WITHOST__FREE;
  for (uint32_t n = 0; n < i->threads.used; n++) threads += i->threads.slots[n].tag != WITHOST__FREE;
  check(alive == 0 && groups == 0, "every call has ended", "%u are left, %u groups", alive, groups);
  check(handles == 0 && threads == 0, "the tables are empty", "%u handles, %u threads", handles, threads);
  check(w->store->tasks.used == 0 && w->store->subtasks.used == 0 && w->store->sets.used == 0 && w->store->threads.used == 0,
        "records", "none is left");
  uint32_t never = 0;
  for (uint32_t n = 0; n <= TASK_DROP; n++) never += !w->made[n] && n != RETURN_NONE;
  check(never == 0 || w->asked < 100000, "operations", "all have been made");
}

int main(int count, char **arguments) {
  uint64_t seed = count > 1 ? strtoull(arguments[1], NULL, 10) : 20261121;
  uint64_t steps = count > 2 ? strtoull(arguments[2], NULL, 10) : 1000000;
  static world w;
  w.random = seed * 0x9e3779b97f4a7c15u + 1;
  printf("# seed %llu, %llu steps\n", (unsigned long long)seed, (unsigned long long)steps);
  if (withost_store_new(NULL, &w.store) || machine_instantiate(w.store, machine_program_wasm2c(), &imports, &w, &w.guest)) return 1;
  withost_instance *i = machine_as_instance(w.guest);
  for (w.steps = 0; w.steps < steps && !i->poisoned && w.m.differences < 10; w.steps++) world_step(&w);
  check(!i->poisoned, "no trap", "%s", withost_instance_trap(i));
  if (!i->poisoned && !w.m.differences) world_drain(&w);
  check(w.m.differences == 0, "schedules", "%llu differences in %llu operations", (unsigned long long)w.m.differences,
        (unsigned long long)w.asked);
  check_all_gone(&w);
  check(withost_store_close(w.store) == WITHOST_OK, "close", "with nothing unfinished");
  return check_end();
}
