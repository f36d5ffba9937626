/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Random schedules: two streams or futures, whose ends are guests' or the host's, with buffers or views, do what they like:
 * copies, cancels, drops, readable ends passed from guest to host to guest, one stream forwarded into the other; and so does a
 * small model of the rules. After each of 10^6 steps both must agree on every result, event, callback and byte.
 * The model knows no memory and no engine: only what canonical-abi/definitions.py says of `End`, and laws S1 to S5.
 * Arguments: seed, steps.
 */
#include "check.h"

enum { SPACE = 16, AT = 4096 };

/* ---- The model ---- */

typedef struct model {
  bool host, writable, view, future;
  struct model *other;     /* NULL: gone */
  enum { IDLE, COPYING, DONE } state;
  bool alive;
  bool parked, to_begin, ending, pending;
  size_t remain, progress, take;
  int status, calls, last_status; /* of callbacks */
  size_t last_count;
  bool dropped;
} model;

static void m_callback(model *e) {
  e->calls++;
  e->last_status = e->status;
  e->last_count = e->future ? 0 : e->progress;
  e->state = e->status == WITHOST_EDROPPED || (e->future && e->status == WITHOST_OK) ? DONE : IDLE;
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
  unsigned result = e->future && e->progress ? COMPLETED : !e->other ? DROPPED : cancelled ? CANCELLED : COMPLETED;
  uint64_t packed = e->future ? result : RESULT(result, e->progress);
  e->state = e->future ? result == CANCELLED ? IDLE : DONE : !e->other ? DONE : IDLE;
  e->pending = e->parked = false;
  e->progress = 0;
  return packed;
}

static void m_cut(model *e) {
  model *o = e->other;
  e->other = NULL;
  if (!o) return;
  o->other = NULL;
  if (!o->host) o->pending |= o->state != DONE;
  else if (o->state == COPYING) m_finish(o, WITHOST_EDROPPED);
}

static void m_drop(model *e) {
  m_cut(e);
  if (e->host && e->state == COPYING) {
    e->dropped = true;
    m_finish(e, WITHOST_ECANCELLED);
  } else {
    e->alive = false;
  }
}

/* The peers of a readable and a writable end meet; those two are gone. *moved: elements, from w to r. */
static void m_forward(model *from, model *to, size_t *moved) {
  model *w = from->other, *r = to->other;
  *moved = 0;
  from->alive = to->alive = false;
  if (w == to || !w || !r) {
    m_cut(from);
    m_cut(to);
    return;
  }
  w->other = r;
  r->other = w;
  if (!w->parked || !r->parked) return;
  model *host = w->host ? w : r->host ? r : NULL; /* begins anew, in the turn */
  if (r->host && !w->host) host = r;
  if (host) {
    host->parked = false;
    host->to_begin = true;
    return;
  }
  model *smaller = r->remain > w->remain ? w : r;
  smaller->parked = false;
  if (m_meet(smaller, smaller->other, moved)) smaller->pending = true;
}

/* ---- The real thing ---- */

typedef struct end {
  model m;
  stream_instance *guest;
  uint32_t index;
  void *stream;       /* or future, of the host */
  uint8_t buffer[SPACE];
  int calls, last_status;
  size_t last_count;
  uint8_t *into;      /* where an operation's bytes are */
  uint8_t next;       /* the value of the byte that it sends or gets next */
} end;

enum { FIRST_READER, FIRST_WRITER, SECOND_READER, SECOND_WRITER, ENDS };

typedef struct world {
  uint64_t random, seed, steps, step;
  withost_store *store;
  stream_instance *guests[2];
  end ends[ENDS];
  bool future;
  uint64_t moved, forwards, passes, futures;
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

static void future_done(void *user, withost_future *future, int status) { done(user, (withost_stream *)future, status, 0); }

static end *end_of(model *m) { return (end *)(void *)((char *)m - offsetof(end, m)); }

static void take_bytes(world *w, end *e, const uint8_t *p, size_t n) {
  for (size_t k = 0; k < n; k++) must(w, p[k] == e->next++, "a byte is out of order");
}

static size_t ready(void *user, withost_stream *stream, void *elements, size_t count) {
  end *e = user;
  (void)stream;
  size_t n = count < e->m.take ? count : e->m.take;
  if (e->m.writable) for (size_t k = 0; k < n; k++) ((uint8_t *)elements)[k] = e->next++;
  else take_bytes(the_world, e, elements, n);
  return n;
}

/* ---- Steps ---- */

static void fill(end *e, size_t n) {
  for (size_t k = 0; k < n; k++) e->into[k] = (uint8_t)(e->next + k);
}

/* The model says that n more bytes went through between these two: those in the reader's buffer must be the next ones. */
static void account(world *w, end *e, size_t n) {
  if (!n) return;
  end *r = e->m.writable ? end_of(e->m.other) : e, *s = e->m.writable ? e : end_of(e->m.other);
  w->moved += n;
  if (!s->m.view) s->next = (uint8_t)(s->next + n);
  if (!r->m.view) {
    take_bytes(w, r, r->into, n);
    r->into += n;
  } else if (!s->m.view) {
    s->into += n;
  }
}

static uint64_t guest_op(world *w, const end *e, uint32_t code, uint32_t a, uint32_t b) {
  return op(e->guest, w->future ? OP_FUTURE + code : code, U8, e->index, a, b);
}

static void guest_start(world *w, end *e) {
  uint32_t n = w->future ? 1 : pick(w, 4) ? pick(w, SPACE) : 0, at = AT + (uint32_t)(e - w->ends) * SPACE;
  size_t moved = 0;
  e->into = memory(e->guest) + at;
  if (e->m.writable) fill(e, n);
  w->what = e->m.writable ? "guest write" : "guest read";
  model *peer = e->m.other;
  uint64_t got = guest_op(w, e, e->m.writable ? OP_WRITE : OP_READ, at, n);
  e->m.state = COPYING;
  e->m.remain = n;
  e->m.progress = 0;
  bool over = !peer || m_meet(&e->m, peer, &moved);
  account(w, e, moved);
  uint64_t expected = over ? m_result(&e->m, false) : BLOCKED;
  must(w, got == expected, "result");
}

static void guest_cancel(world *w, end *e) {
  w->what = "guest cancel";
  uint64_t got = guest_op(w, e, e->m.writable ? OP_CANCEL_WRITE : OP_CANCEL_READ, 0, 0);
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
  if (code) must(w, code == (e->m.writable ? 3u : 2u) + (w->future ? 2 : 0) && payload == m_result(&e->m, false), "the event");
}

static void drop(world *w, end *e) {
  w->what = e->m.host ? "host drop" : "guest drop";
  if (!e->m.host) must(w, guest_op(w, e, e->m.writable ? OP_DROP_WRITABLE : OP_DROP_READABLE, 0, 0) == 0, "result");
  else if (w->future) withost_future_drop(e->stream);
  else withost_stream_drop(e->stream);
  m_drop(&e->m);
}

static int host_begin(world *w, end *e, size_t n) {
  if (w->future && e->m.writable) return withost_future_write(e->stream, e->buffer, future_done, e);
  if (w->future) return withost_future_read(e->stream, e->buffer, future_done, e);
  if (e->m.view) return (e->m.writable ? withost_stream_write_view : withost_stream_read_view)(e->stream, ready, done, e);
  if (e->m.writable) return withost_stream_write(e->stream, e->buffer, n, done, e);
  return withost_stream_read(e->stream, e->buffer, n, done, e);
}

/* Two views have nothing between them; forward could make them meet. */
static bool may_view(const world *w, const end *e) {
  if (w->future) return false;
  for (int k = 0; k < ENDS; k++)
    if (w->ends[k].m.alive && w->ends[k].m.host && w->ends[k].m.view && &w->ends[k] != e) return false;
  return true;
}

static void host_start(world *w, end *e) {
  size_t n = w->future ? 1 : pick(w, 4) ? pick(w, SPACE) : 0;
  w->what = e->m.writable ? "host write" : "host read";
  e->m.view = false;
  e->m.view = !pick(w, 3) && may_view(w, e);
  e->into = e->buffer;
  if (e->m.writable && !e->m.view) fill(e, n);
  int error = host_begin(w, e, n);
  must(w, error == (e->m.state == DONE ? WITHOST_EDROPPED : WITHOST_OK), "result");
  if (error) {
    e->m.view = false;
    return;
  }
  e->m.remain = e->m.view ? SIZE_MAX : n;
  e->m.progress = 0;
  e->m.state = COPYING;
  e->m.parked = e->m.other && !e->m.other->parked;
  e->m.to_begin = !e->m.parked;
}

static void host_cancel(world *w, end *e) {
  w->what = "host cancel";
  must(w, (w->future ? withost_future_cancel(e->stream) : withost_stream_cancel(e->stream)) == WITHOST_OK, "result");
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
    for (int k = 0; k < ENDS; k++) {
      end *e = &w->ends[k];
      size_t moved = 0;
      if (!e->m.host || !e->m.alive) continue;
      if (e->m.to_begin) {
        again = true;
        e->m.to_begin = false;
        bool over = !e->m.other || m_meet(&e->m, e->m.other, &moved);
        account(w, e, moved);
        if (over) m_finish(&e->m, e->m.other ? WITHOST_OK : WITHOST_EDROPPED);
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

/* A readable end that is idle changes hands. */
static void pass_on(world *w, end *e) {
  w->what = "pass on";
  if (e->m.host) {
    if (pick(w, 2)) e->guest = w->guests[pick(w, 2)];
    int error = w->future ? stream_lower_future(e->guest, U8, e->stream, &e->index) : stream_lower(e->guest, U8, e->stream, &e->index);
    must(w, !error, "lower");
    e->m.pending = !e->m.other;
  } else {
    e->stream = w->future ? (void *)lift_future(e->guest, U8, e->index) : (void *)lift(e->guest, U8, e->index);
    must(w, e->stream, "lift");
    e->m.pending = false;
  }
  e->m.host = !e->m.host;
  e->m.view = false;
  w->passes++;
}

/* A readable and a writable end of one guest, both idle. */
static void forward(world *w, end *from, end *to) {
  size_t moved;
  w->what = "forward";
  end *s = from->m.other ? end_of(from->m.other) : NULL, *r = to->m.other ? end_of(to->m.other) : NULL;
  must(w, op(from->guest, w->future ? OP_FUTURE + OP_FORWARD : OP_FORWARD, U8, from->index, to->index, 0) == 0, "result");
  if (s && r && s != to) r->next = s->next; /* which is what has not been sent */
  m_forward(&from->m, &to->m, &moved);
  if (moved) account(w, r, moved);
  w->forwards++;
}

static end *may_forward(world *w, end *from) {
  end *to = &w->ends[pick(w, 2) ? FIRST_WRITER : SECOND_WRITER];
  bool good = !from->m.writable && !from->m.host && from->m.state == IDLE;
  return good && to->m.alive && !to->m.host && to->m.state == IDLE && to->guest == from->guest ? to : NULL;
}

static bool may_drop(const world *w, const end *e) {
  if (e->m.host) return true;
  return e->m.state == DONE || (e->m.state == IDLE && !(w->future && e->m.writable));
}

static void choose_takes(world *w) {
  for (int k = 0; k < ENDS; k++) w->ends[k].m.take = pick(w, 3) ? SPACE : pick(w, SPACE);
}

static void end_step(world *w, end *e) {
  uint32_t choice = pick(w, 32);
  choose_takes(w);
  if (!e->m.alive || e->m.dropped) return;
  end *to = may_forward(w, e);
  if (choice == 0 && pick(w, 2) && may_drop(w, e)) drop(w, e);
  else if (choice == 1 && !e->m.writable && e->m.state == IDLE) pass_on(w, e);
  else if (choice < 10 && to) forward(w, e, to);
  else if (e->m.host && choice < 12 && withost_store_is_ready(w->store)) host_turn(w);
  else if (e->m.host && e->m.state != COPYING) host_start(w, e);
  else if (e->m.host && choice < 16) host_cancel(w, e);
  else if (e->m.host && e->m.view) host_resume(w, e);
  else if (e->m.host) return;
  else if (e->m.state == IDLE && choice < 28) guest_start(w, e);
  else if (e->m.state == COPYING && choice < 6) guest_cancel(w, e);
  else guest_event(w, e);
}

static void compare_callbacks(world *w) {
  for (int k = 0; k < ENDS; k++) {
    const end *e = &w->ends[k];
    must(w, e->calls == e->m.calls, "how many callbacks have run");
    must(w, !e->calls || e->last_status == e->m.last_status, "a callback's status");
    must(w, !e->calls || e->last_count == e->m.last_count, "a callback's count");
  }
}

/* ---- A stream's life ---- */

static void open_pair(world *w, end *r, end *s, bool reader_is_host, bool writer_is_host) {
  *r = (end){.m = {.alive = true, .host = reader_is_host, .future = w->future}};
  *s = (end){.m = {.alive = true, .host = writer_is_host, .future = w->future, .writable = true}};
  r->m.other = &s->m;
  s->m.other = &r->m;
  r->guest = w->guests[pick(w, 2)];
  s->guest = w->guests[pick(w, 2)];
  if (s->m.host) {
    int error = w->future ? withost_future_pair(w->store, &stream_types[U8], (withost_future **)&r->stream, (withost_future **)&s->stream)
                          : withost_stream_pair(w->store, &stream_types[U8], (withost_stream **)&r->stream, (withost_stream **)&s->stream);
    if (error) abort();
  } else {
    uint64_t ends = op(s->guest, w->future ? OP_FUTURE + OP_NEW : OP_NEW, U8, 0, 0, 0);
    s->index = (uint32_t)(ends >> 32);
    r->stream = w->future ? (void *)lift_future(s->guest, U8, (uint32_t)ends) : (void *)lift(s->guest, U8, (uint32_t)ends);
  }
  if (r->m.host) return;
  r->m.host = true;
  pass_on(w, r);
}

static bool world_is_over(const world *w) {
  for (int k = 0; k < ENDS; k++)
    if (w->ends[k].m.alive) return false;
  return true;
}

static void open_ends(world *w) {
  w->future = !pick(w, 3);
  w->futures += w->future;
  bool in_the_middle = pick(w, 2); /* a guest between the two */
  open_pair(w, &w->ends[FIRST_READER], &w->ends[FIRST_WRITER], !in_the_middle && pick(w, 2), pick(w, 2));
  open_pair(w, &w->ends[SECOND_READER], &w->ends[SECOND_WRITER], pick(w, 2), !in_the_middle && pick(w, 2));
}

static void close_ends(world *w) {
  for (int k = 0; k < ENDS; k++) {
    end *e = &w->ends[k];
    if (e->m.alive && e->m.host) drop(w, e);
  }
  host_turn(w);
}

int main(int argc, char **argv) {
  world w = {.seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20261121, .steps = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000};
  uint64_t pairs = 0;
  the_world = &w;
  w.random = w.seed * 0x9e3779b97f4a7c15u + 1;
  w.store = store_new();
  w.guests[0] = instance_new(w.store);
  w.guests[1] = instance_new(w.store);
  printf("# seed %llu\n", (unsigned long long)w.seed);
  for (; w.step < w.steps; w.step++) {
    if (world_is_over(&w)) {
      open_ends(&w);
      pairs++;
    }
    end *e;
    do e = &w.ends[pick(&w, ENDS)];
    while (!e->m.alive);
    end_step(&w, e);
    for (int k = 0; k < ENDS; k++)
      if (w.ends[k].m.alive && w.ends[k].m.dropped) host_turn(&w);
    compare_callbacks(&w);
  }
  w.what = "close";
  close_ends(&w);
  compare_callbacks(&w);
  must(&w, withost_store_close(w.store) == WITHOST_OK, "the store closes");
  bool busy = w.moved && w.steps < 10000 ? true : w.forwards > 10 && w.passes > 10 && w.futures > 10 && pairs > 10;
  printf("%sok 1 - schedules\n# %llu steps, %llu pairs (%llu of futures), %llu forwards, %llu passes, %llu bytes\n1..1\n", busy ? "" : "not ",
         (unsigned long long)w.step, (unsigned long long)pairs, (unsigned long long)w.futures, (unsigned long long)w.forwards,
         (unsigned long long)w.passes, (unsigned long long)w.moved);
  return !busy;
}
