/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The rules of the small model: see model.h.
 */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>

void m_differs(model *m, const m_thread *t, const char *what) {
  if (m->differences++ < 10)
    printf("# thread %u: %s (step %llu)\n", t ? t->who : 0, what, (unsigned long long)m->step);
}

/* ---- Records ---- */

/* Also of handles and subtasks that name it: the machine's group counts those. */
void m_task_collect(m_task *t) {
  if (t->used && !t->alive && !t->threads && !t->handles && !t->group.tasks) t->used = false;
}

m_task *m_task_new(model *m, machine_form form, uint32_t who) {
  for (uint32_t n = 0; n < M_TASKS; n++) {
    m_task *t = &m->tasks[n];
    m_task_collect(t);
    if (t->used) continue;
    *t = (m_task){.used = true, .alive = true, .form = form, .who = who};
    return t;
  }
  return NULL;
}

m_thread *m_thread_new(model *m) {
  for (uint32_t n = 0; n < M_ACTORS; n++)
    if (m->threads[n].state == M_FREE) {
      m->threads[n] = (m_thread){.who = n};
      return &m->threads[n];
    }
  return NULL;
}

/* Free indices come back last in first out. */
uint32_t m_handle_add(model *m, m_kind kind, void *record) {
  uint32_t index = m->free_count ? m->free[--m->free_count] : m->handle_used ? m->handle_used++ : 1;
  if (m->handle_used < 2) m->handle_used = 2;
  if (index >= M_HANDLES) abort();
  m->handles[index].kind = kind;
  m->handles[index].record = record;
  return index;
}

void m_handle_remove(model *m, uint32_t index) {
  m->handles[index].kind = M_NONE;
  m->free[m->free_count++] = index;
}

m_subtask *m_subtask_new(model *m) {
  for (uint32_t n = 0; n < M_SUBTASKS; n++)
    if (!m->subtasks[n].used) {
      m->subtasks[n] = (m_subtask){.used = true, .state = M_SUB_STARTED};
      return &m->subtasks[n];
    }
  return NULL;
}

bool m_subtask_pending(const m_subtask *s) { return s->used && s->state != M_SUB_STARTED && !s->delivered; }

bool m_set_pending(const model *m, const m_set *set) {
  for (uint32_t n = 0; n < M_SUBTASKS; n++)
    if (m->subtasks[n].set == set && m_subtask_pending(&m->subtasks[n])) return true;
  return false;
}

/* ---- Who may run ---- */

bool m_needs_lock(const m_thread *t) { return t->home && !t->home->is_sync_typed && t->home->form != ST; }

bool m_may_run(const model *m, const m_thread *t) {
  switch (t->state) {
    case M_ENTERING: return !m->backpressure && !(m_needs_lock(t) && m->exclusive);
    case M_LOOP:
      return !m->exclusive && (!t->set || t->task->state == M_PENDING_CANCEL || m_set_pending(m, t->set));
    case M_READY: return true;
    case M_SET_WAIT: return m_set_pending(m, t->set);
    case M_SUB_WAIT: return t->waits->state != M_SUB_STARTED;
    default: return false;
  }
}

void m_runs(model *m, m_thread *t) {
  if (m->running) {
    if (m->running != t) m_differs(m, t, "runs while another thread does");
    return;
  }
  bool is_next = m->next == t;
  if (m->next && !is_next) m_differs(m, t, "runs before the one that was switched to");
  m->next = NULL;
  if (!is_next && !m_may_run(m, t)) m_differs(m, t, "runs and may not");
  if (t->state == M_ENTERING) {
    t->home->state = M_STARTED;
    if (m_needs_lock(t)) m->exclusive = t;
  }
  t->state = M_RUNNING;
  m->running = t;
}

void m_event(model *m, m_thread *t, const m_set *set, uint32_t code, uint32_t p1, uint32_t p2) {
  m_subtask *s = p1 < M_HANDLES && m->handles[p1].kind == M_SUBTASK ? m->handles[p1].record : NULL;
  if (code != 1 || !s || s->set != set || !m_subtask_pending(s) || s->state != p2) m_differs(m, t, "an event that is not there");
  else s->delivered = true;
}

void m_told(model *m, m_thread *t, uint32_t code, uint32_t p1, uint32_t p2) {
  m_set *set = t->set;
  bool in_loop = t->state == M_LOOP, cancel = t->task->state == M_PENDING_CANCEL;
  if (!in_loop) m_differs(m, t, "is called back and does not wait");
  if (m->exclusive) m_differs(m, t, "is called back while another one has the lock");
  m_runs(m, t);
  m->exclusive = t;
  t->set = NULL;
  if (set) set->waiting--;
  if (cancel != (code == 6)) m_differs(m, t, "TASK_CANCELLED, or not");
  if (cancel) t->task->state = M_CANCEL_DELIVERED;
  else if (set) m_event(m, t, set, code, p1, p2);
  else if (code || p1 || p2) m_differs(m, t, "an event after a yield");
}

/* ---- What running threads do ---- */

void m_expect(m_thread *t, uint32_t result) {
  t->has_expected = true;
  t->expected = result;
}

void m_stops(model *m, m_thread_state state) {
  m->running->state = state;
  m->running = NULL;
}

bool m_may_leave(const m_task *t) { return t->state == M_RESOLVED || t->threads > 1 || t->handles || t->is_sync_typed; }

void m_moves(m_thread *t, m_task *task) {
  t->task->threads--;
  t->task = task;
  task->threads++;
}

void m_exits(model *m) {
  m_thread *t = m->running;
  t->task->threads--;
  if (m->exclusive == t) m->exclusive = NULL;
  m_stops(m, M_FREE);
}

void m_rest(model *m) {
  if (m->running || m->next) m_differs(m, m->running ? m->running : m->next, "did not go on");
  for (uint32_t n = 0; n < M_ACTORS; n++)
    if (m_may_run(m, &m->threads[n])) m_differs(m, &m->threads[n], "could run, and nothing is ready");
}
