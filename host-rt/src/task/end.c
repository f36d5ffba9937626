/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The rendezvous of two ends. An operation that finds the other end's buffer on offer copies as much as both have, at once,
 * from one buffer to the other: guest memory to guest memory, to or from the host's, or into a callback that sees
 * the guest's memory. Else it parks its own buffer. Nothing is allocated, except scratch for payloads that have another
 * layout on each side.
 */
#include "end.h"

/* ---- Records ---- */

static withost__end *end_new(withost_store *store, withost_instance *owner, const withost_stream_type *type) {
  store->streams.size = sizeof(withost__end);
  withost__end *e = withost__slab_take(store, &store->streams);
  if (!e) return NULL;
  *e = (withost__end){.waitable = {.deliver = withost__end_deliver}, .type = type, .owner = owner, .store = store};
  return e;
}

bool withost__ends_new(withost_store *store, withost_instance *owner, const withost_stream_type *type, bool is_future,
                       withost__end **readable, withost__end **writable) {
  withost__end *r = end_new(store, owner, type), *w = r ? end_new(store, owner, type) : NULL;
  if (!w) {
    if (r) withost__end_free(r);
    return false;
  }
  r->other = w;
  w->other = r;
  r->is_future = w->is_future = is_future;
  w->is_writable = true;
  if (!owner) store->unfinished += 2;
  *readable = r;
  *writable = w;
  return true;
}

void withost__end_free(withost__end *e) {
  if (!e->owner) e->store->unfinished--;
  withost__slab_give(&e->store->streams, e);
}

/* ---- What a guest's operation came to ---- */

uint32_t withost__end_result(withost__end *e) {
  uint32_t progress = (uint32_t)e->progress;
  withost__copy_result result = !e->other                                 ? WITHOST__DROPPED
                                : e->state == WITHOST__END_CANCELLING ? WITHOST__CANCELLED
                                                                          : WITHOST__COMPLETED;
  e->parked = false;
  e->progress = 0;
  if (!e->is_future) {
    e->state = result == WITHOST__DROPPED ? WITHOST__END_DONE : WITHOST__END_IDLE;
    return (uint32_t)result | progress << 4;
  }
  if (progress) result = WITHOST__COMPLETED;
  e->state = result == WITHOST__CANCELLED ? WITHOST__END_IDLE : WITHOST__END_DONE;
  return (uint32_t)result;
}

withost__event withost__end_deliver(withost__waitable *w) {
  withost__end *e = (withost__end *)(void *)w;
  uint32_t code = e->is_future ? e->is_writable ? WITHOST__EVENT_FUTURE_WRITE : WITHOST__EVENT_FUTURE_READ
                  : e->is_writable ? WITHOST__EVENT_STREAM_WRITE
                                   : WITHOST__EVENT_STREAM_READ;
  return (withost__event){code, w->index, withost__end_result(e)};
}

void withost__end_cut(withost__end *e) {
  withost__end *o = e->other;
  e->other = NULL;
  if (!o) return;
  o->other = NULL;
  if (o->owner) {
    if (o->state != WITHOST__END_DONE) withost__waitable_post(&o->waitable);
  } else if (o->state == WITHOST__END_COPYING && !o->ending) {
    withost__host_finish(o, WITHOST_EDROPPED);
  }
}

/* ---- Between layouts: lift and lower are guest code of `g`'s owner, which need not be the one that runs ---- */

static const withost_function copying = {.name = "copy of a stream or future"};

/* One at a time: lowering may move the guest's memory, and after a trap it must be known how far it came. A trap takes back
 * all that was lifted, but of what was lowered only the element that is underway. */
static void lift_elements(withost__end *g, uint8_t *elements, size_t n, uint32_t *marks) {
  const withost_stream_type *t = g->type;
  withost_instance *i = g->owner;
  for (; g->underway < n; g->underway++) {
    if (marks) marks[g->underway] = i->moves.used;
    t->lift(i, withost_memory(i) + g->address + g->underway * t->size, elements + g->underway * t->host_size, 1);
    withost__owned_settle(i); /* it is complete: released as a whole */
  }
  if (marks) withost__moves_to_transit(i);
}

static void lower_elements(withost__end *g, const uint8_t *elements, size_t n) {
  const withost_stream_type *t = g->type;
  withost_instance *i = g->owner;
  i->journal = true;
  for (; g->underway < n; g->underway++) {
    t->lower(i, elements + g->underway * t->host_size, withost_memory(i) + g->address + g->underway * t->size, 1);
    i->moves.used = 0;
  }
  i->journal = false;
}

/* marks: if what is lifted is to be in transit, where in it each element begins. False: that instance trapped. */
static bool transfer(withost__end *g, uint8_t *elements, size_t n, uint32_t *marks) {
  withost_instance *i = g->owner;
  g->underway = 0;
  if (i->poisoned) return false;
  withost_task task;
  withost_entry entry;
  withost__task_init_on_stack(&task, i, &copying, NULL);
  withost__enter(&entry, i, &task.thread);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    return false;
  }
  bool may_leave = i->may_leave;
  i->may_leave = false;
  if (g->is_writable) lift_elements(g, elements, n, marks);
  else lower_elements(g, elements, n);
  i->may_leave = may_leave;
  withost__leave(&entry);
  return true;
}

/* What lifted elements own here, when they have been lowered or nobody is to have them. */
static void release_elements(const withost_stream_type *t, uint8_t *elements, size_t n) {
  if (t->release && n) t->release(elements, n);
}

/* A guest that trapped on a copy is as good as gone. If it is the one that runs, its trap goes on. */
static void end_trapped(withost__end *g) {
  if (withost__entry->instance == g->owner) withost_trap_again(g->owner);
  withost__end_cut(g);
}

/* ---- Moving elements ---- */

static uint8_t *end_data(const withost__end *e) {
  return e->owner ? withost_memory(e->owner) + e->address : e->buffer;
}

static void end_advance(withost__end *e, size_t n) {
  e->progress += n;
  if (withost__host_is_view(e)) return;
  e->remain -= n;
  if (e->owner) e->address += (uint32_t)n * e->type->size;
  else if (e->buffer) e->buffer += n * e->type->host_size;
}

enum { BLOCK = 64 };

/* What a reader that traps has not got stays the writer's, with the same handles. */
static bool move_block(withost__end *r, withost__end *w, uint8_t *elements, size_t n) {
  uint32_t marks[BLOCK];
  if (!transfer(w, elements, n, marks)) {
    release_elements(w->type, elements, w->underway);
    end_trapped(w);
    return false;
  }
  bool lowered = transfer(r, elements, n, NULL);
  withost__transit_return(w->owner, lowered ? w->store->transit.used : marks[r->underway]);
  release_elements(w->type, elements, n);
  end_advance(w, lowered ? n : r->underway);
  if (lowered) end_advance(r, n);
  else end_trapped(r);
  return lowered;
}

/* From guest to guest: through scratch, a block at a time. */
static void move_lifted(withost__end *r, withost__end *w, size_t n) {
  withost_instance *running = withost__entry->instance;
  size_t size = w->type->host_size > r->type->host_size ? w->type->host_size : r->type->host_size;
  for (size_t block; n; n -= block) {
    block = n < BLOCK ? n : BLOCK;
    size_t mark = withost_scratch_mark(running);
    uint8_t *elements = withost_scratch(running, block * size, sizeof(max_align_t));
    bool moved = move_block(r, w, elements, block);
    withost_scratch_release(running, mark);
    if (!moved) return;
  }
}

/* To the host, which is given what the guest had to give, or all of it back. */
static void move_to_host(withost__end *r, withost__end *w, size_t n) {
  if (transfer(w, r->buffer, n, NULL)) {
    end_advance(r, n);
    end_advance(w, n);
    return;
  }
  release_elements(w->type, r->buffer, w->underway);
  end_trapped(w);
}

/* From the host, which is told how many the guest has got. */
static void move_from_host(withost__end *r, withost__end *w, size_t n) {
  bool moved = transfer(r, w->buffer, n, NULL);
  end_advance(w, moved ? n : r->underway);
  if (moved) end_advance(r, n);
  else end_trapped(r);
}

/* Both operations end with what the store's message is about. */
static void host_copy_failed(withost__end *a, withost__end *b) {
  withost__host_finish(a, WITHOST_EINVAL);
  withost__host_finish(b, WITHOST_EINVAL);
}

static void move_between_hosts(withost__end *r, withost__end *w, size_t n) {
  size_t copied = withost__host_copy(r->store, w->type, w->buffer, r->type, r->buffer, n);
  end_advance(r, copied);
  end_advance(w, copied);
  if (copied < n) host_copy_failed(r, w);
}

static void move_elements(withost__end *r, withost__end *w, size_t n) {
  const withost_stream_type *t = r->type;
  bool is_plain = withost__type_is_plain(t);
  if (!is_plain && r->owner && w->owner) move_lifted(r, w, n);
  else if (!is_plain && w->owner) move_to_host(r, w, n);
  else if (!is_plain && r->owner) move_from_host(r, w, n);
  else if (!is_plain && r->type->release) move_between_hosts(r, w, n);
  else {
    if (t->size) memmove(end_data(r), end_data(w), n * (is_plain ? t->size : t->host_size));
    end_advance(r, n);
    end_advance(w, n);
  }
}

static bool is_in_one_instance(const withost__end *e, const withost__end *o) {
  return e->owner && e->owner == o->owner && !e->type->is_number && e->type->size;
}

/* Tells a peer whose operation has moved on. A host's callback runs at once if a guest caused it. */
static void peer_notify(withost__end *o, bool by_guest) {
  if (o->owner) withost__waitable_post(&o->waitable);
  else if (by_guest) withost__host_finish_now(o, WITHOST_OK);
  else withost__host_finish(o, WITHOST_OK);
}

/* Copies for the host's eyes. The handles of what it does not take are the writer's again. */
static size_t view_lifted(withost__end *view, withost__end *w, uint8_t *elements, size_t n) {
  uint32_t marks[BLOCK + 1];
  if (!transfer(w, elements, n, marks)) {
    release_elements(w->type, elements, w->underway);
    end_trapped(w);
    return 0;
  }
  marks[n] = w->store->transit.used;
  withost_moves moves = withost__transit_take(w->store);
  size_t taken = withost__host_view(view, elements, n);
  withost__transit_put(w->store, moves);
  withost__transit_return(w->owner, marks[taken]);
  release_elements(w->type, elements, n);
  return taken;
}

/* What the host fills in is read at once. */
static size_t view_to_lower(withost__end *view, withost__end *r, uint8_t *elements, size_t n) {
  memset(elements, 0, n * r->type->host_size);
  n = withost__host_view(view, elements, n);
  if (r->owner->poisoned || transfer(r, elements, n, NULL)) return n;
  end_advance(view, r->underway);
  end_trapped(r);
  return 0;
}

/* The same for a reader of the host, who is to own what it gets. */
static size_t view_to_copy(withost__end *view, withost__end *r, uint8_t *elements, size_t n) {
  memset(elements, 0, n * r->type->host_size);
  n = withost__host_view(view, elements, n);
  size_t copied = withost__host_copy(r->store, view->type, elements, r->type, r->buffer, n);
  if (copied < n) host_copy_failed(view, r);
  return copied;
}

static size_t view_failed(withost__end *view, withost__end *o) {
  withost__fail(view->store, WITHOST_ENOMEM, "no memory for elements of a stream");
  if (o->owner) withost_trap(o->owner, "out of memory for a value");
  host_copy_failed(view, o);
  return 0;
}

static size_t view_block(withost__end *view, withost__end *o, size_t n) {
  withost_store *store = o->store;
  size_t mark = store->scratch.used, size = o->type->host_size > view->type->host_size ? o->type->host_size : view->type->host_size;
  uint8_t *elements = withost__scratch_try(store, n * size, sizeof(max_align_t));
  if (!elements) return view_failed(view, o);
  if (!o->owner) store->depth++; /* guests that the host runs inside leave the scratch alone */
  n = !view->is_writable ? view_lifted(view, o, elements, n)
      : o->owner         ? view_to_lower(view, o, elements, n)
                         : view_to_copy(view, o, elements, n);
  if (!o->owner) store->depth--;
  if (mark) store->scratch.used = mark;
  else withost__scratch_release_all(store);
  return n;
}

/* Elements with another layout are shown through scratch, a block at a time. */
static size_t move_through_scratch(withost__end *view, withost__end *o) {
  size_t total = 0, n, block;
  do {
    block = o->remain < BLOCK ? o->remain : BLOCK;
    total += n = view_block(view, o, block);
    end_advance(view, n);
    end_advance(o, n);
  } while (n == block && o->remain && o->other && !view->ending);
  return total;
}

static bool needs_scratch(const withost__end *view, const withost__end *o) {
  return !withost__type_is_plain(o->type) && (o->owner || (view->is_writable && o->type->release));
}

/* A view sees the other's buffer. It may take nothing, and then waits until it is resumed. */
static size_t move_through_view(withost__end *view, withost__end *o) {
  if (needs_scratch(view, o)) return move_through_scratch(view, o);
  size_t n = withost__host_view(view, o->type->size ? end_data(o) : NULL, o->remain);
  end_advance(view, n);
  end_advance(o, n);
  return n;
}

/* False: a view took nothing. */
static bool end_move(withost__end *e, withost__end *o) {
  if (withost__host_is_view(o)) return move_through_view(o, e);
  if (withost__host_is_view(e)) return move_through_view(e, o);
  size_t n = e->remain < o->remain ? e->remain : o->remain;
  if (e->is_writable) move_elements(o, e, n);
  else move_elements(e, o, n);
  return true;
}

/* Both have something to offer. */
static bool end_copy(withost__end *e, withost__end *o) {
  if (is_in_one_instance(e, o))
    withost_trap(withost__entry->instance,
                 "cannot read from and write to intra-component future/stream with non-numeric payload");
  bool is_view = withost__host_is_view(e), meets_view = withost__host_is_view(o);
  bool moved = end_move(e, o);
  if (!e->other) return true; /* a callback dropped it, or its instance trapped */
  if (!moved) {
    if (!is_view) e->parked = true;
    return false;
  }
  if (!o->remain) o->parked = false;
  if (!e->owner && !o->owner && o->is_writable && !is_view)
    withost__host_finish(e, WITHOST_OK); /* the reader first: what it got may point into what the writer lent */
  if (e->owner && !o->owner && !meets_view) e->result = withost__end_result(e); /* if the callback drops o, that comes next */
  if (!meets_view) peer_notify(o, e->owner);
  return !is_view;
}

bool withost__end_meet(withost__end *e) {
  withost__end *o = e->other;
  if (!o->parked) {
    e->parked = true;
    return false;
  }
  if (e->remain && o->remain) return end_copy(e, o);
  if (!e->remain && (o->remain || e->is_writable)) return true; /* nothing moves: the answer to "is somebody there?" */
  o->parked = false;
  e->parked = true;
  peer_notify(o, e->owner);
  return false;
}

/* ---- Forward ---- */

/* Both were parked, one of them at each of the two streams. */
static void meet_parked(withost__end *a, withost__end *b) {
  withost__end *bigger = a->remain > b->remain ? a : b, *smaller = bigger == a ? b : a;
  if (!a->owner || !b->owner) {
    withost__end *host = a->owner ? b : a;
    host->parked = false;
    withost__host_begin_later(host);
    return;
  }
  withost_instance *owners[] = {a->owner, b->owner};
  smaller->parked = false;
  if (withost__end_meet(smaller)) withost__waitable_post(&smaller->waitable);
  for (size_t n = 0; n < 2; n++)
    if (owners[n]->poisoned) withost__instance_sweep(owners[n]);
}

void withost__end_forward(withost__end *r, withost__end *w) {
  withost__end *writable = r->other, *readable = w->other;
  if (writable == w || !writable || !readable) {
    withost__end_cut(r);
    withost__end_cut(w);
  } else {
    r->other = w->other = NULL;
    writable->other = readable;
    readable->other = writable;
    if (writable->parked && readable->parked) meet_parked(readable, writable);
  }
  withost__end_free(r);
  withost__end_free(w);
}

/* ---- Death ---- */

static withost__end *slot_end(const withost_slot *slot) {
  return slot->tag >= WITHOST__STREAM_READABLE && slot->tag <= WITHOST__FUTURE_WRITABLE ? slot->record : NULL;
}

/* Nobody waits any more; then the ends go, each telling its peer. */
void withost__ends_release(withost_instance *i) {
  withost__end *e;
  for (uint32_t n = 1; n < i->handles.used; n++)
    if ((e = slot_end(&i->handles.slots[n]))) {
      e->waitable.sync_waiter = NULL;
      withost__waitable_join(&e->waitable, NULL);
    }
  for (uint32_t n = 1; n < i->handles.used; n++)
    if ((e = slot_end(&i->handles.slots[n]))) {
      withost__end_cut(e);
      withost__handle_remove(i, n);
      withost__end_free(e);
    }
}
