/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The random guest: for each built-in what it does to the model, if that allows it now; and what a thread does next.
 */
#include "schedules.h"

enum { WAIT = 2, EVENTS = 1024, ANSWERS = 8192, THINGS = 16 };

/* ---- Random choices among what there is; NULL or 0: nothing ---- */

static uint32_t pick_handle(world *w, m_kind kind) {
  uint32_t used = w->m.handle_used, start = used ? pick(w, used) : 0;
  for (uint32_t n = 0; n < used; n++) {
    uint32_t index = (start + n) % used;
    if (w->m.handles[index].kind == kind) return index;
  }
  return 0;
}

static uint32_t count_handles(const world *w, m_kind kind) {
  uint32_t count = 0;
  for (uint32_t n = 1; n < w->m.handle_used; n++) count += w->m.handles[n].kind == kind;
  return count;
}

static m_subtask *pick_subtask(world *w) {
  uint32_t index = pick_handle(w, M_SUBTASK);
  return index ? w->m.handles[index].record : NULL;
}

/* One whose number is known. */
static m_thread *pick_thread(world *w, bool suspended) {
  uint32_t start = pick(w, M_ACTORS + 1);
  for (uint32_t n = 0; n <= M_ACTORS; n++) {
    m_thread *t = &w->m.threads[(start + n) % (M_ACTORS + 1)];
    if (t->state != M_FREE && t->number && (!suspended || t->state == M_SUSPENDED)) return t;
  }
  return NULL;
}

/* ---- Operations: each says what it does to the model, or EXIT with b = 1 if it is not allowed now ---- */

#define NOT_NOW op(EXIT, 0, 1)

static uint32_t event_address(const m_thread *t) { return EVENTS + t->who * 8; }

static machine_op do_yield(world *w) {
  m_stops(&w->m, M_READY);
  return op(YIELD, 0, 0);
}

static machine_op do_suspend(world *w) {
  m_thread *t = w->m.running;
  if (w->draining || !t->number) return NOT_NOW;
  m_stops(&w->m, M_SUSPENDED);
  return op(SUSPEND, 0, 0);
}

static machine_op do_spawn(world *w) {
  m_thread *t = w->m.running, *s = w->draining ? NULL : m_thread_new(&w->m);
  if (!s || pick(w, 2)) return NOT_NOW;
  *s = (m_thread){.state = M_SUSPENDED, .task = t->task, .who = s->who, .budget = (int)pick(w, 12)};
  t->task->threads++;
  return op(THREAD_NEW, 1, s->who);
}

static machine_op do_resume(world *w) {
  m_thread *s = pick_thread(w, true);
  if (!s) return NOT_NOW;
  s->state = M_READY;
  return op(RESUME_LATER, s->number, 0);
}

static machine_op do_switch(world *w, bool yields) {
  m_thread *s = pick_thread(w, true);
  if (!s || (!yields && (w->draining || !w->m.running->number))) return NOT_NOW;
  w->m.next = s;
  m_stops(&w->m, yields ? M_READY : M_SUSPENDED);
  return op(yields ? YIELD_THEN_RESUME : SUSPEND_THEN_RESUME, s->number, 0);
}

static machine_op do_promote(world *w, bool yields) {
  m_thread *s = pick_thread(w, false);
  if (!s || s == w->m.running || (!yields && (w->draining || !w->m.running->number))) return NOT_NOW;
  if (m_may_run(&w->m, s)) w->m.next = s;
  m_stops(&w->m, yields ? M_READY : M_SUSPENDED);
  return op(yields ? YIELD_THEN_PROMOTE : SUSPEND_THEN_PROMOTE, s->number, 0);
}

static machine_op do_index(world *w) {
  m_thread *t = w->m.running;
  if (t->number) m_expect(t, t->number);
  return op(INDEX, 0, 0);
}

static machine_op do_context(world *w) {
  m_thread *t = w->m.running;
  if (pick(w, 2)) {
    m_expect(t, t->context);
    return op(CONTEXT_GET, 0, 0);
  }
  t->context = pick(w, 1000);
  return op(CONTEXT_SET, t->context, 0);
}

static machine_op do_get_task(world *w) {
  m_thread *t = w->m.running;
  if (w->draining || t->task->is_sync_typed || count_handles(w, M_TASK) > THINGS) return NOT_NOW;
  t->task->handles++;
  m_expect(t, m_handle_add(&w->m, M_TASK, t->task));
  return op(GET_TASK, 0, 0);
}

static machine_op do_set_task(world *w, uint32_t index) {
  m_thread *t = w->m.running;
  if (!index || !m_may_leave(t->task)) return NOT_NOW;
  m_moves(t, w->m.handles[index].record);
  return op(SET_TASK, index, 0);
}

/* The last way to an unresolved task is kept. */
static machine_op do_task_drop(world *w) {
  uint32_t index = pick_handle(w, M_TASK);
  if (!index) return NOT_NOW;
  m_task *t = w->m.handles[index].record;
  if (t->state != M_RESOLVED && t->handles == 1 && !t->threads) return NOT_NOW;
  t->handles--;
  m_handle_remove(&w->m, index);
  return op(TASK_DROP, index, 0);
}

static machine_op do_return(world *w) {
  m_thread *t = w->m.running;
  m_task *task = t->task;
  if (task->state == M_RESOLVED || task->is_sync_typed || task->form == SL) return NOT_NOW;
  if (task->state == M_CANCEL_DELIVERED && pick(w, 2)) {
    task->state = M_RESOLVED;
    return op(TASK_CANCEL, 0, 0);
  }
  task->state = M_RESOLVED;
  task->returned = true;
  task->value = pick(w, 100000);
  return op(pick(w, 2) ? RETURN_ST : RETURN_CB, task->value, 0);
}

static machine_op do_set_new(world *w) {
  if (count_handles(w, M_SET) > THINGS) return NOT_NOW;
  uint32_t index = m_handle_add(&w->m, M_SET, NULL);
  w->m.sets[index] = (m_set){.index = index};
  w->m.handles[index].record = &w->m.sets[index];
  m_expect(w->m.running, index);
  return op(SET_NEW, 0, 0);
}

static machine_op do_set_drop(world *w) {
  uint32_t index = pick_handle(w, M_SET);
  if (!index || w->m.sets[index].members || w->m.sets[index].waiting) return NOT_NOW;
  m_handle_remove(&w->m, index);
  return op(SET_DROP, index, 0);
}

static machine_op do_join(world *w, m_subtask *s, uint32_t set) {
  if (!s || s->waiter) return NOT_NOW;
  if (s->set) s->set->members--;
  s->set = set ? &w->m.sets[set] : NULL;
  if (s->set) s->set->members++;
  return op(JOIN, s->index, set);
}

static machine_op do_poll(world *w, uint32_t index) {
  m_thread *t = w->m.running;
  if (!index) return NOT_NOW;
  t->set = &w->m.sets[index];
  m_expect(t, m_set_pending(&w->m, t->set));
  return op(SET_POLL, index, event_address(t));
}

static machine_op do_set_wait(world *w) {
  uint32_t index = pick_handle(w, M_SET);
  m_thread *t = w->m.running;
  if (!index || (w->draining && !m_set_pending(&w->m, &w->m.sets[index]))) return NOT_NOW;
  t->set = &w->m.sets[index];
  t->set->waiting++;
  m_expect(t, 1);
  if (!m_set_pending(&w->m, t->set)) m_stops(&w->m, M_SET_WAIT);
  return op(SET_WAIT, index, event_address(t));
}

/* Whether it is answered at once is the host's choice: world_later. */
static machine_op do_import(world *w, bool blocks, bool pending) {
  m_subtask *s = pick_subtask(w) && count_handles(w, M_SUBTASK) > THINGS ? NULL : m_subtask_new(&w->m);
  if (!s || (blocks && w->draining)) {
    if (s) s->used = false;
    return NOT_NOW;
  }
  s->in_call = true;
  w->m.running->waits = s;
  if (blocks) return op(LATER, pending, 0);
  return op(LATER_ASYNC, pending, ANSWERS + (uint32_t)(s - w->m.subtasks) * 4);
}

static machine_op do_subtask_drop(world *w) {
  m_subtask *s = pick_subtask(w);
  if (!s || !s->delivered) return NOT_NOW;
  if (s->set) s->set->members--;
  m_handle_remove(&w->m, s->index);
  uint32_t index = s->index;
  *s = (m_subtask){0};
  return op(SUBTASK_DROP, index, 0);
}

static machine_op do_subtask_cancel(world *w, bool blocks) {
  m_thread *t = w->m.running;
  m_subtask *s = pick_subtask(w);
  if (!s || s->delivered || s->cancel_requested || s->set || s->waiter || (blocks && w->draining)) return NOT_NOW;
  s->cancel_requested = true;
  t->waits = s;
  if (s->state != M_SUB_STARTED) {
    s->delivered = true;
    m_expect(t, s->state);
  } else if (blocks) {
    s->waiter = t;
    m_stops(&w->m, M_SUB_WAIT);
  } else {
    m_expect(t, M_BLOCKED); /* unless the host answers in the notice */
  }
  return op(blocks ? SUBTASK_CANCEL : SUBTASK_CANCEL_ASYNC, s->index, 0);
}

/* Back to the host: the end, or for callbacks a round of the loop. */
static machine_op do_exit(world *w) {
  m_thread *t = w->m.running;
  if (t->home && t->home->is_sync_typed) return NOT_NOW;
  bool is_sync = t->home && t->home->form == SL;
  if (is_sync ? t->task != t->home && !m_may_leave(t->task) : !m_may_leave(t->task)) return NOT_NOW;
  if (!is_sync) {
    m_exits(&w->m);
    return op(EXIT, 0, 0);
  }
  m_moves(t, t->home);
  t->home->state = M_RESOLVED;
  t->home->returned = true;
  t->home->value = 1 + pick(w, 100000);
  m_exits(&w->m);
  return op(EXIT, t->home->value, 0);
}

static machine_op do_loop(world *w) {
  m_thread *t = w->m.running;
  if (!t->home || t->home->is_sync_typed || t->home->form != CB) return NOT_NOW;
  uint32_t set = pick(w, 3) ? pick_handle(w, M_SET) : 0;
  t->set = set ? &w->m.sets[set] : NULL;
  if (set) t->set->waiting++;
  w->m.exclusive = NULL;
  m_stops(&w->m, M_LOOP);
  return op(EXIT, set ? WAIT | set << 4 : 1, 0);
}

/* ---- What a thread does next ---- */

static machine_op choose_random(world *w) {
  switch (pick(w, 32)) {
    case 0: return do_yield(w);
    case 1: return do_suspend(w);
    case 2: return do_spawn(w);
    case 3: case 4: case 5: return do_resume(w);
    case 6: return do_switch(w, pick(w, 2));
    case 7: return do_promote(w, pick(w, 2));
    case 8: return do_index(w);
    case 9: return do_context(w);
    case 10: return do_get_task(w);
    case 11: return do_set_task(w, pick_handle(w, M_TASK));
    case 12: return do_task_drop(w);
    case 13: return pick(w, 3) ? NOT_NOW : do_return(w);
    case 14: return do_set_new(w);
    case 15: return do_set_drop(w);
    case 16: case 17: return do_join(w, pick_subtask(w), pick(w, 3) ? pick_handle(w, M_SET) : 0);
    case 18: return do_poll(w, pick_handle(w, M_SET));
    case 19: return do_set_wait(w);
    case 20: return do_import(w, true, pick(w, 3));
    case 21: case 22: return do_import(w, false, pick(w, 3));
    case 23: case 24: return do_subtask_drop(w);
    case 25: return do_subtask_cancel(w, false);
    case 26: return do_subtask_cancel(w, true);
    default: return do_loop(w);
  }
}

/* A task that only a handle leads to. */
static uint32_t find_stranded(const world *w) {
  for (uint32_t n = 1; n < w->m.handle_used; n++) {
    const m_task *t = w->m.handles[n].kind == M_TASK ? w->m.handles[n].record : NULL;
    if (t && t->state != M_RESOLVED && !t->threads && t->form != SL) return n;
  }
  return 0;
}

/* A set that somebody waits on and nothing will come to. */
static m_set *find_silent(world *w) {
  for (uint32_t n = 1; n < w->m.handle_used; n++) {
    m_set *set = w->m.handles[n].kind == M_SET ? &w->m.sets[n] : NULL;
    bool hope = false;
    for (uint32_t k = 0; set && k < M_SUBTASKS; k++) hope |= w->m.subtasks[k].set == set && !w->m.subtasks[k].delivered;
    if (set && set->waiting && !hope) return set;
  }
  return NULL;
}

static m_subtask *find_loose(world *w) {
  for (uint32_t n = 0; n < M_SUBTASKS; n++) {
    m_subtask *s = &w->m.subtasks[n];
    if (m_subtask_pending(s) && s->index && !s->set && !s->waiter) return s;
  }
  return NULL;
}

/* One that nobody waits for. */
static uint32_t find_idle_set(const world *w) {
  for (uint32_t n = 1; n < w->m.handle_used; n++)
    if (w->m.handles[n].kind == M_SET && !w->m.sets[n].waiting) return n;
  return 0;
}

static m_subtask *find_free_subtask(world *w) {
  for (uint32_t n = 0; n < M_SUBTASKS; n++) {
    m_subtask *s = &w->m.subtasks[n];
    if (s->used && s->index && !s->set && !s->waiter && s->state == M_SUB_STARTED) return s;
  }
  return NULL;
}

/* So that all can come to an end; nothing of it blocks. NOT_NOW: there is nothing to do. */
static machine_op choose_tidy(world *w) {
  machine_op next = do_resume(w);
  if (next.what) return next;
  if (w->m.running->task != w->m.running->home && w->m.running->task->state != M_RESOLVED) {
    next = do_return(w);
    if (next.what) return next;
  }
  if (find_stranded(w) && (next = do_set_task(w, find_stranded(w))).what) return next;
  m_set *silent = find_silent(w);
  if (silent && find_free_subtask(w)) return do_join(w, find_free_subtask(w), silent->index);
  if (silent && (next = do_import(w, false, 1)).what) return next;
  uint32_t idle = find_idle_set(w);
  if (idle && m_set_pending(&w->m, &w->m.sets[idle])) return do_poll(w, idle);
  if (find_loose(w)) return idle ? do_join(w, find_loose(w), idle) : do_set_new(w);
  for (int n = 0; n < 8; n++) {
    next = n < 3 ? do_subtask_drop(w) : n < 6 ? do_task_drop(w) : do_set_drop(w);
    if (next.what) return next;
  }
  return NOT_NOW;
}

static machine_op choose_end(world *w) {
  machine_op next = do_return(w);
  if (next.what || !(next = do_exit(w)).b) return next;
  next = choose_tidy(w);
  return next.what ? next : do_yield(w);
}

machine_op guest_next(world *w) {
  m_thread *t = w->m.running;
  machine_op next = NOT_NOW;
  bool tired = --t->budget < 0 || w->draining;
  for (int n = 0; n < 8 && !next.what && next.b; n++) next = tired ? choose_end(w) : choose_random(w);
  return !next.what && next.b ? do_yield(w) : next;
}

machine_op janitor_next(world *w) {
  m_thread *t = w->m.running;
  if (t->doing.what == EXIT && (!w->m.backpressure || pick(w, 2)) && w->m.backpressure < 3 && !w->draining && !pick(w, 4)) {
    w->m.backpressure++;
    return op(INC, 0, 0);
  }
  if (w->m.backpressure && (w->draining || !pick(w, 3))) {
    w->m.backpressure--;
    return op(DEC, 0, 0);
  }
  bool must = t->task != t->home && !m_may_leave(t->task);
  if (!w->draining && !pick(w, 4)) return do_yield(w);
  if (!w->draining && !pick(w, 8)) return do_index(w);
  if (!w->draining && !pick(w, 4)) {
    machine_op next = pick(w, 2) ? do_switch(w, true) : do_promote(w, true);
    if (next.what) return next;
  }
  machine_op next = must ? do_return(w) : w->draining || --t->budget >= 0 ? choose_tidy(w) : NOT_NOW;
  if (next.what) return next;
  m_moves(t, t->home);
  m_exits(&w->m);
  return op(EXIT, 1, 0);
}
