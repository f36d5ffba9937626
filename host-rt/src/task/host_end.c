/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host's ends of streams and futures (laws S1 to S5 in withost.h). An operation is parked, or is to begin in the next
 * turn, or its callback is due; what is to be done in a turn is in store->due. When a guest's operation meets a
 * parked one, the callback runs at once, inside the guest's call: no turn, no queue.
 */
#include "end.h"

/* ---- The queue ---- */

static void due_add(withost__end *e) {
  withost_store *store = e->store;
  if (e->queued) return;
  bool was_idle = !withost_store_is_ready(store);
  e->queued = true;
  e->next_due = NULL;
  *(store->due.first ? &store->due.last->next_due : &store->due.first) = e;
  store->due.last = e;
  if (was_idle && !store->turning && store->config.on_ready) store->config.on_ready(store->config.user, store);
}

void withost__host_begin_later(withost__end *e) { due_add(e); }

void withost__host_finish(withost__end *e, int status) {
  if (e->ending) return;
  e->parked = false;
  e->ending = true;
  e->status = status;
  due_add(e);
}

/* Last thing: the callback may start the next operation, or drop the end. */
static void host_deliver(withost__end *e) {
  int status = e->status;
  size_t count = e->progress;
  bool was_dropped = e->dropped;
  e->ending = e->parked = false;
  e->progress = 0;
  e->ready = NULL; /* whoever has the end next has no view */
  e->state = status == WITHOST_EDROPPED || (e->is_future && status == WITHOST_OK) ? WITHOST__END_DONE : WITHOST__END_IDLE;
  if (e->is_future) e->done.future(e->user, (withost_future *)e, status);
  else e->done.stream(e->user, (withost_stream *)e, status, count);
  if (was_dropped) withost__end_free(e);
}

/* An operation that was to begin in the next turn stays in the queue; the turn then finds nothing to do. */
void withost__host_finish_now(withost__end *e, int status) {
  if (e->queued) {
    withost__host_finish(e, status);
    return;
  }
  e->status = status;
  host_deliver(e);
}

size_t withost__host_view(withost__end *e, void *elements, size_t count) {
  size_t n = e->ready(e->user, (withost_stream *)e, elements, count);
  if (n > count) n = count;
  e->parked = n && !e->ending;
  return n;
}

/* ---- The turn ---- */

/* Two views have no memory between them. */
static bool cannot_meet(const withost__end *e) {
  const withost__end *o = e->other;
  return !o->owner && o->parked && withost__host_is_view(e) && withost__host_is_view(o);
}

static void host_meet(withost__end *e) {
  if (withost__end_meet(e) && !e->ending) withost__host_finish(e, e->other ? WITHOST_OK : WITHOST_EDROPPED);
}

/* Payloads are lifted, and views shown, inside an entry: so nothing runs in that guest meanwhile. */
static void host_meet_guest(withost__end *e) {
  static const withost_function copying = {.name = "copy of a stream or future"};
  withost__end *o = e->other;
  withost_instance *i = o->owner;
  withost_task task;
  withost_entry entry;
  withost__task_init_on_stack(&task, i, &copying, NULL);
  withost__enter(&entry, i, &task.thread);
  if (!WITHOST_TRY(&entry)) {
    withost__leave_trapped(&entry);
    withost__instance_sweep(i); /* cuts e off */
    return;
  }
  bool may_leave = i->may_leave;
  i->may_leave = false;
  bool over = withost__end_meet(e);
  i->may_leave = may_leave;
  if (over && !e->ending) {
    e->status = e->other ? WITHOST_OK : WITHOST_EDROPPED;
    host_deliver(e);
  }
  withost__leave(&entry);
  if (i->poisoned) withost__instance_sweep(i);
}

static void host_begin(withost__end *e) {
  if (!e->other) {
    e->status = WITHOST_EDROPPED;
    host_deliver(e);
  } else if (cannot_meet(e)) {
    withost__host_finish(e, WITHOST_EUNSUPPORTED);
    withost__host_finish(e->other, WITHOST_EUNSUPPORTED);
  } else if (e->other->owner) host_meet_guest(e);
  else host_meet(e);
}

static bool is_to_begin(const withost__end *e) { return e->state == WITHOST__END_COPYING && !e->parked && !e->ending; }

void withost__ends_turn(withost_store *store) {
  withost__end *next = store->due.first;
  store->due.first = NULL;
  for (withost__end *e; (e = next);) {
    next = e->next_due;
    e->queued = false;
    if (is_to_begin(e)) host_begin(e);
    else if (e->ending) host_deliver(e);
  }
}

/* ---- Operations ---- */

static int fail(withost__end *e, int error, const char *what) { return withost__fail(e->store, error, "%s", what); }

static int check_start(withost__end *e, bool writable) {
  if (!e || e->owner || e->dropped) return WITHOST_EINVAL; /* passed on, or dropped: not the caller's any more */
  if (e->is_writable != writable) return fail(e, WITHOST_EINVAL, "the wrong end of a stream or future");
  if (e->state == WITHOST__END_COPYING) return fail(e, WITHOST_EBUSY, "an operation is active on this end");
  if (e->state == WITHOST__END_DONE) return fail(e, WITHOST_EDROPPED, "this end has come to its end");
  return WITHOST_OK;
}

int withost__host_start(withost__end *e, bool writable, void *buffer, size_t count, withost_view_ready ready, void *user) {
  int error = check_start(e, writable);
  if (error) return error;
  e->buffer = buffer;
  e->remain = count;
  e->ready = ready;
  e->user = user;
  e->progress = 0;
  e->state = WITHOST__END_COPYING;
  e->parked = e->other && !e->other->parked;
  if (!e->parked) due_add(e);
  return WITHOST_OK;
}

int withost__host_cancel(withost__end *e) {
  if (!e || e->owner || e->dropped) return WITHOST_EINVAL;
  if (e->state != WITHOST__END_COPYING) return fail(e, WITHOST_EINVAL, "no operation is active on this end");
  withost__host_finish(e, WITHOST_ECANCELLED);
  return WITHOST_OK;
}

void withost__host_drop(withost__end *e) {
  if (!e || e->owner || e->dropped) return;
  withost__end_cut(e);
  if (e->state != WITHOST__END_COPYING) {
    withost__end_free(e);
    return;
  }
  e->dropped = true;
  withost__host_finish(e, WITHOST_ECANCELLED);
}

int withost__host_pair(withost_store *store, const withost_stream_type *type, bool is_future, withost__end **readable,
                       withost__end **writable) {
  if (withost__ends_new(store, NULL, type, is_future, readable, writable)) return WITHOST_OK;
  *readable = *writable = NULL;
  return withost__fail(store, WITHOST_ENOMEM, "no memory for a stream or future");
}

/* ---- Streams ---- */

int withost_stream_pair(withost_store *store, const withost_stream_type *type, withost_stream **readable,
                        withost_stream **writable) {
  return withost__host_pair(store, type, false, (withost__end **)readable, (withost__end **)writable);
}

static int stream_start(withost_stream *stream, bool writable, void *buffer, size_t count, withost_view_ready ready,
                        withost_copy_done done, void *user) {
  withost__end *e = (withost__end *)stream;
  if (!done) return WITHOST_EINVAL;
  int error = withost__host_start(e, writable, buffer, count, ready, user);
  if (!error) e->done.stream = done;
  return error;
}

int withost_stream_read(withost_stream *stream, void *buffer, size_t count, withost_copy_done done, void *user) {
  return stream_start(stream, false, buffer, count, NULL, done, user);
}

int withost_stream_write(withost_stream *stream, const void *buffer, size_t count, withost_copy_done done, void *user) {
  return stream_start(stream, true, (void *)(uintptr_t)buffer, count, NULL, done, user);
}

/* A view has room for whatever comes. */
static int stream_view(withost_stream *stream, bool writable, withost_view_ready ready, withost_copy_done done, void *user) {
  if (!ready) return WITHOST_EINVAL;
  return stream_start(stream, writable, NULL, SIZE_MAX, ready, done, user);
}

int withost_stream_read_view(withost_stream *stream, withost_view_ready ready, withost_copy_done done, void *user) {
  return stream_view(stream, false, ready, done, user);
}

int withost_stream_write_view(withost_stream *stream, withost_view_ready ready, withost_copy_done done, void *user) {
  return stream_view(stream, true, ready, done, user);
}

int withost_stream_resume(withost_stream *stream) {
  withost__end *e = (withost__end *)stream;
  if (!e || e->owner || e->dropped) return WITHOST_EINVAL;
  if (e->state != WITHOST__END_COPYING || !withost__host_is_view(e)) return fail(e, WITHOST_EINVAL, "no view to resume");
  if (is_to_begin(e)) due_add(e);
  return WITHOST_OK;
}

int withost_stream_cancel(withost_stream *stream) { return withost__host_cancel((withost__end *)stream); }
void withost_stream_drop(withost_stream *stream) { withost__host_drop((withost__end *)stream); }

/* ---- Futures ---- */

int withost_future_pair(withost_store *store, const withost_stream_type *type, withost_future **readable,
                        withost_future **writable) {
  return withost__host_pair(store, type, true, (withost__end **)readable, (withost__end **)writable);
}

static int future_start(withost_future *future, bool writable, void *value, withost_future_done done, void *user) {
  withost__end *e = (withost__end *)future;
  if (!done) return WITHOST_EINVAL;
  int error = withost__host_start(e, writable, value, 1, NULL, user);
  if (!error) e->done.future = done;
  return error;
}

int withost_future_read(withost_future *future, void *value, withost_future_done done, void *user) {
  return future_start(future, false, value, done, user);
}

int withost_future_write(withost_future *future, const void *value, withost_future_done done, void *user) {
  return future_start(future, true, (void *)(uintptr_t)value, done, user);
}

int withost_future_cancel(withost_future *future) { return withost__host_cancel((withost__end *)future); }
void withost_future_drop(withost_future *future) { withost__host_drop((withost__end *)future); }
