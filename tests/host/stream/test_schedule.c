/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Random schedules: two ends of one stream, of guests or of the host, with buffers or views, do what they like, and so does
 * a small model of the rules. After each of 10^6 steps both must agree on every result, event, callback and byte.
 * The model knows no memory and no engine: only what canonical-abi/definitions.py says of `End`, and laws S1 to S5.
 * Arguments: seed, steps.
 */
#include "check.h"

enum { SPACE = 16, AT = 4096 };

/* ---- The model ---- */

typedef struct model {
  bool host, writable, view;
  enum { IDLE, COPYING, DONE } state;
  bool alive, other_gone;
  bool parked, to_begin, ending, pending;
  size_t remain, progress, take;
  int status, calls, last_status; /* of callbacks */
  size_t last_count;
  bool dropped;
} model;

static void m_callback(model *e) {
  e->calls++;
  e->last_status = e->status;
  e->last_count = e->progress;
  e->state = e->status == WITHOST_EDROPPED ? DONE : IDLE;
  e->ending = e->parked = e->to_begin = false;
  e->progress = 0;
  if (e->dropped) e->alive = false;
}

static void m_finish(model *e, int status) {
  if (e->ending) return;
  e->parked = e->to_begin = false;
  e->ending = true;
  e->status = status;
}

/* o's operation moved on because e's did. */
static void m_notify(model *e, model *o) {
  if (!o->host) o->pending = true;
  else if (e->host) m_finish(o, WITHOST_OK);
  else {
    o->status = WITHOST_OK;
    m_callback(o);
  }
}

static size_t m_amount(const model *e, const model *o) {
  size_t room = e->view ? o->remain : o->view ? e->remain : e->remain < o->remain ? e->remain : o->remain;
  const model *view = e->view ? e : o->view ? o : NULL;
  return view && view->take < room ? view->take : room;
}

/* e begins; whether it is over. *moved: elements. */
static bool m_meet(model *e, model *o, size_t *moved) {
  *moved = 0;
  if (!o->parked) {
    e->parked = true;
    return false;
  }
  if (!e->remain && (o->remain || e->writable)) return true;
  if (!e->remain || !o->remain) {
    o->parked = false;
    e->parked = true;
    m_notify(e, o);
    return false;
  }
  size_t n = *moved = m_amount(e, o);
  e->progress += n;
  o->progress += n;
  if (!e->view) e->remain -= n;
  if (!o->view) o->remain -= n;
  if (e->view) e->parked = n;
  if (o->view) o->parked = n;
  if (!n) {
    if (!e->view) e->parked = true;
    return false;
  }
  if (!o->remain) o->parked = false;
  if (!o->view) m_notify(e, o);
  return !e->view;
}

/* What a guest's operation came to. */
static uint64_t m_result(model *e, bool cancelled) {
  unsigned result = e->other_gone ? DROPPED : cancelled ? CANCELLED : COMPLETED;
  uint64_t packed = RESULT(result, e->progress);
  e->state = e->other_gone ? DONE : IDLE;
  e->pending = e->parked = false;
  e->progress = 0;
  return packed;
}

static void m_drop(model *e, model *o) {
  if (!e->other_gone) {
    o->other_gone = true;
    if (!o->host) o->pending |= o->state != DONE;
    else if (o->state == COPYING) m_finish(o, WITHOST_EDROPPED);
  }
  if (e->host && e->state == COPYING) {
    e->dropped = true;
    m_finish(e, WITHOST_ECANCELLED);
  } else {
    e->alive = false;
  }
}

/* ---- The real thing ---- */

typedef struct end {
  model m;
  stream_instance *guest;
  uint32_t index;
  withost_stream *stream;
  uint8_t buffer[SPACE];
  int calls, last_status;
  size_t last_count;
  uint8_t *into;      /* where an operation's bytes are */
  uint32_t set;
} end;

typedef struct world {
  uint64_t random, seed, steps, step;
  withost_store *store;
  stream_instance *guests[2];
  end ends[2]; /* reader, writer */
  uint8_t sent, received; /* the next byte's value */
  uint64_t moved;
  const char *what;
} world;

static uint32_t pick(world *w, uint32_t n) {
  w->random ^= w->random << 13;
  w->random ^= w->random >> 7;
  w->random ^= w->random << 17;
  return (uint32_t)(w->random >> 32) % n;
}

static void must(world *w, bool good, const char *what) {
  if (good) return;
  printf("not ok 1 - schedules\n# seed %llu step %llu: %s: %s\n1..1\n", (unsigned long long)w->seed, (unsigned long long)w->step,
         w->what, what);
  exit(1);
}

static world *the_world; /* for callbacks of views, which know their end only */

static void done(void *user, withost_stream *stream, int status, size_t count) {
  end *e = user;
  (void)stream;
  e->calls++;
  e->last_status = status;
  e->last_count = count;
}

static void take_bytes(world *w, const uint8_t *p, size_t n) {
  for (size_t k = 0; k < n; k++) must(w, p[k] == w->received++, "a byte is out of order");
}

static size_t ready(void *user, withost_stream *stream, void *elements, size_t count) {
  end *e = user;
  (void)stream;
  size_t n = count < e->m.take ? count : e->m.take;
  if (e->m.writable) for (size_t k = 0; k < n; k++) ((uint8_t *)elements)[k] = the_world->sent++;
  else take_bytes(the_world, elements, n);
  return n;
}

/* ---- Steps ---- */

static void fill(world *w, end *e, size_t n) {
  for (size_t k = 0; k < n; k++) e->into[k] = (uint8_t)(w->sent + k);
}

/* The model says that n more bytes went through buffers: the reader's must be the next ones. */
static void account(world *w, size_t n) {
  end *r = &w->ends[0], *s = &w->ends[1];
  w->moved += n;
  if (!s->m.view) w->sent = (uint8_t)(w->sent + n);
  if (!r->m.view) {
    take_bytes(w, r->into, n);
    r->into += n;
  } else if (!s->m.view) {
    s->into += n;
  }
}

static void guest_start(world *w, end *e, end *o) {
  uint32_t n = pick(w, 4) ? pick(w, SPACE) : 0;
  size_t moved = 0;
  e->into = memory(e->guest) + AT + (e->m.writable ? SPACE : 0);
  if (e->m.writable) fill(w, e, n);
  w->what = e->m.writable ? "guest write" : "guest read";
  uint64_t got = op(e->guest, e->m.writable ? OP_WRITE : OP_READ, U8, e->index, AT + (e->m.writable ? SPACE : 0), n);
  e->m.state = COPYING;
  e->m.remain = n;
  e->m.progress = 0;
  bool over = e->m.other_gone || m_meet(&e->m, &o->m, &moved);
  if (moved) account(w, moved);
  uint64_t expected = over ? m_result(&e->m, false) : BLOCKED;
  must(w, got == expected, "result");
}

static void guest_cancel(world *w, end *e) {
  w->what = "guest cancel";
  uint64_t got = op(e->guest, e->m.writable ? OP_CANCEL_WRITE : OP_CANCEL_READ, U8, e->index, 0, 0);
  must(w, got == m_result(&e->m, true), "result");
}

static void guest_event(world *w, end *e) {
  w->what = "guest event";
  uint32_t set = (uint32_t)op(e->guest, OP_SET_NEW, 0, 0, 0, 0);
  op(e->guest, OP_JOIN, 0, e->index, set, 0);
  uint64_t code = op(e->guest, OP_POLL, 0, set, 8, 0);
  uint32_t payload = withost_load_u32(memory(e->guest) + 12);
  op(e->guest, OP_JOIN, 0, e->index, 0, 0);
  op(e->guest, OP_SET_DROP, 0, set, 0, 0);
  must(w, (code != 0) == e->m.pending, "whether there is an event");
  if (code) must(w, code == (e->m.writable ? 3 : 2) && payload == m_result(&e->m, false), "the event");
}

static void drop(world *w, end *e, end *o) {
  w->what = e->m.host ? "host drop" : "guest drop";
  if (e->m.host) withost_stream_drop(e->stream);
  else must(w, op(e->guest, e->m.writable ? OP_DROP_WRITABLE : OP_DROP_READABLE, U8, e->index, 0, 0) == 0, "result");
  m_drop(&e->m, &o->m);
}

static void host_start(world *w, end *e, end *o) {
  size_t n = pick(w, 4) ? pick(w, SPACE) : 0;
  w->what = e->m.writable ? "host write" : "host read";
  e->m.view = !pick(w, 3) && !(o->m.host && o->m.view);
  e->into = e->buffer;
  if (e->m.writable && !e->m.view) fill(w, e, n);
  int error = e->m.view ? (e->m.writable ? withost_stream_write_view : withost_stream_read_view)(e->stream, ready, done, e)
              : e->m.writable ? withost_stream_write(e->stream, e->buffer, n, done, e)
                              : withost_stream_read(e->stream, e->buffer, n, done, e);
  must(w, error == (e->m.state == DONE ? WITHOST_EDROPPED : WITHOST_OK), "result");
  if (error) return;
  e->m.remain = e->m.view ? SIZE_MAX : n;
  e->m.progress = 0;
  e->m.state = COPYING;
  e->m.parked = !e->m.other_gone && !o->m.parked;
  e->m.to_begin = !e->m.parked;
}

static void host_cancel(world *w, end *e) {
  w->what = "host cancel";
  must(w, withost_stream_cancel(e->stream) == WITHOST_OK, "result");
  m_finish(&e->m, WITHOST_ECANCELLED);
}

static void host_resume(world *w, end *e) {
  w->what = "host resume";
  must(w, withost_stream_resume(e->stream) == WITHOST_OK, "result");
  if (!e->m.parked && !e->m.ending) e->m.to_begin = true;
}

static void model_turn(world *w) {
  for (bool again = true; again;) {
    again = false;
    for (int k = 0; k < 2; k++) {
      end *e = &w->ends[k], *o = &w->ends[!k];
      size_t moved = 0;
      if (!e->m.host || !e->m.alive) continue;
      if (e->m.to_begin) {
        again = true;
        e->m.to_begin = false;
        bool over = e->m.other_gone || m_meet(&e->m, &o->m, &moved);
        if (moved) account(w, moved);
        if (over) m_finish(&e->m, e->m.other_gone ? WITHOST_EDROPPED : WITHOST_OK);
      } else if (e->m.ending) {
        again = true;
        m_callback(&e->m);
      }
    }
  }
}

static void host_turn(world *w) {
  w->what = "turn";
  turn(w->store);
  model_turn(w);
}

static void end_step(world *w, end *e, end *o) {
  uint32_t choice = pick(w, 32);
  e->m.take = pick(w, 3) ? SPACE : pick(w, SPACE);
  o->m.take = pick(w, 3) ? SPACE : pick(w, SPACE);
  if (!e->m.alive || e->m.dropped) return;
  if (choice == 0 && (e->m.host || e->m.state != COPYING)) drop(w, e, o);
  else if (e->m.host && choice < 12) host_turn(w);
  else if (e->m.host && e->m.state != COPYING) host_start(w, e, o);
  else if (e->m.host && choice < 16) host_cancel(w, e);
  else if (e->m.host && e->m.view) host_resume(w, e);
  else if (e->m.host) return;
  else if (e->m.state == IDLE && choice < 28) guest_start(w, e, o);
  else if (e->m.state == COPYING && choice < 6) guest_cancel(w, e);
  else guest_event(w, e);
}

static void compare_callbacks(world *w) {
  for (int k = 0; k < 2; k++) {
    const end *e = &w->ends[k];
    must(w, e->calls == e->m.calls, "how many callbacks have run");
    must(w, !e->calls || e->last_status == e->m.last_status, "a callback's status");
    must(w, !e->calls || e->last_count == e->m.last_count, "a callback's count");
  }
}

/* ---- A stream's life ---- */

static void open_ends(world *w) {
  end *r = &w->ends[0], *s = &w->ends[1];
  *r = (end){.m = {.alive = true, .host = pick(w, 2)}};
  *s = (end){.m = {.alive = true, .host = pick(w, 2), .writable = true}};
  r->guest = w->guests[pick(w, 2)];
  s->guest = w->guests[pick(w, 2)];
  w->sent = w->received;
  if (s->m.host) {
    if (withost_stream_pair(w->store, &stream_types[U8], &r->stream, &s->stream)) abort();
  } else {
    uint64_t ends = op(s->guest, OP_NEW, U8, 0, 0, 0);
    s->index = (uint32_t)(ends >> 32);
    r->stream = lift(s->guest, U8, (uint32_t)ends);
  }
  if (!r->m.host && stream_lower(r->guest, U8, r->stream, &r->index)) abort();
}

int main(int argc, char **argv) {
  world w = {.seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20261121, .steps = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000};
  uint64_t streams = 0;
  the_world = &w;
  w.random = w.seed * 0x9e3779b97f4a7c15u + 1;
  w.store = store_new();
  w.guests[0] = instance_new(w.store);
  w.guests[1] = instance_new(w.store);
  printf("# seed %llu\n", (unsigned long long)w.seed);
  for (; w.step < w.steps; w.step++) {
    if (!w.ends[0].m.alive && !w.ends[1].m.alive) {
      open_ends(&w);
      streams++;
    }
    int k = (int)pick(&w, 2);
    end_step(&w, &w.ends[k], &w.ends[!k]);
    if (w.ends[0].m.dropped || w.ends[1].m.dropped) host_turn(&w);
    compare_callbacks(&w);
  }
  w.what = "close";
  for (int k = 0; k < 2; k++)
    if (w.ends[k].m.alive && w.ends[k].m.host) withost_stream_drop(w.ends[k].stream);
  host_turn(&w);
  must(&w, withost_store_close(w.store) == WITHOST_OK, "the store closes");
  printf("%sok 1 - schedules\n# %llu steps, %llu streams, %llu bytes\n1..1\n", w.moved && streams > 10 ? "" : "not ",
         (unsigned long long)w.step, (unsigned long long)streams, (unsigned long long)w.moved);
  return !(w.moved && streams > 10);
}
