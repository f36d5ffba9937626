/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams as guests see them: canon_stream_new, copy, cancel_copy, drop, forward, and readable ends that pass through
 * functions. What futures share with them is here too; future.c only adds their tags.
 */
#include "end.h"

const withost_stream_type withost_unit = {.is_number = true, .is_plain = true};

/* ---- Checks ---- */

static const char *end_kind(const withost__end *e) { return e->is_future ? "future" : "stream"; }

/* The end behind a handle of that kind and payload, or a trap. */
static withost__end *end_get(withost_instance *i, const withost_stream_type *type, withost__tag tag, uint32_t index) {
  withost_slot *slot = withost__handle_slot(i, index);
  withost__end *e = slot->record;
  if (WITHOST_UNLIKELY(slot->tag != tag || (e->type != type && !withost__types_equal(e->type, type))))
    withost_trap(i, "handle index %u used with the wrong type", index);
  return e;
}

static void check_may_leave(withost_instance *i) {
  if (WITHOST_UNLIKELY(!i->may_leave)) withost_trap(i, "cannot leave component instance");
}

WITHOST_NORETURN static void trap_done(withost_instance *i, const withost__end *e, const char *what) {
  if (!e->is_future)
    withost_trap(i, "cannot %s stream after being notified that the %s end dropped", what,
                 e->is_writable ? "readable" : "writable");
  if (e->is_writable) withost_trap(i, "cannot %s future after previous write succeeded or readable end dropped", what);
  withost_trap(i, "cannot %s future after previous read succeeded", what);
}

static void check_idle(withost_instance *i, const withost__end *e) {
  if (WITHOST_LIKELY(e->state == WITHOST__END_IDLE)) return;
  if (e->state == WITHOST__END_DONE) trap_done(i, e, e->is_writable ? "write to" : "read from");
  withost_trap(i, "cannot have concurrent operations active on a future/stream");
}

static void check_not_in_set(withost_instance *i, const withost__end *e) {
  if (e->waitable.set) withost_trap(i, "waitable cannot be used synchronously while added to a waitable set");
}

/* An end that is to leave the table. */
static void check_may_go(withost_instance *i, const withost__end *e, const char *what) {
  if (e->state == WITHOST__END_DONE) trap_done(i, e, what);
  if (e->state != WITHOST__END_IDLE) withost_trap(i, "cannot %s busy %s", what, end_kind(e));
  if (e->waitable.set) withost_trap(i, "cannot %s %s while it's in a waitable set", what, end_kind(e));
}

static void check_buffer(withost_instance *i, const withost_stream_type *type, uint32_t ptr, uint32_t count) {
  if (WITHOST_UNLIKELY(count > WITHOST__COPY_MAX)) withost_trap(i, "stream read/write count too large");
  if (!type->size || !count) return;
  if (WITHOST_UNLIKELY(ptr & (type->align - 1))) withost_trap(i, "unaligned pointer");
  if (WITHOST_UNLIKELY(!withost_memory_has(i, ptr + (uint64_t)count * type->size))) withost_trap(i, "pointer out-of-bounds");
}

/* ---- new ---- */

uint64_t withost__guest_new(withost_instance *i, const withost_stream_type *type, bool is_future) {
  check_may_leave(i);
  withost__end *r, *w;
  if (!withost__ends_new(i->store, i, type, is_future, &r, &w)) withost_trap(i, "out of memory for a stream");
  r->waitable.index = withost__handle_add(i, is_future ? WITHOST__FUTURE_READABLE : WITHOST__STREAM_READABLE, r);
  w->waitable.index = withost__handle_add(i, is_future ? WITHOST__FUTURE_WRITABLE : WITHOST__STREAM_WRITABLE, w);
  return r->waitable.index | (uint64_t)w->waitable.index << 32;
}

/* ---- read and write ---- */

/* Whether it is over; an event that came meanwhile (the peer went) is part of the result. */
static bool copy_begin(withost_instance *i, withost__end *e) {
  if (WITHOST_UNLIKELY(!e->other)) return true;
  withost_instance *peer = e->other->owner;
  if (WITHOST_UNLIKELY(peer && peer->poisoned)) {
    withost__end_cut(e->other);
    return true;
  }
  bool over = withost__end_meet(e);
  if (WITHOST_UNLIKELY(peer && peer->poisoned)) withost__instance_sweep(peer);
  withost_import_leave(i); /* a callback of the host may have run */
  return over || e->waitable.pending;
}

static uint32_t copy_result(withost__end *e) {
  if (e->result != WITHOST__BLOCKED) return e->result;
  return e->waitable.pending ? withost__waitable_take(&e->waitable).p2 : withost__end_result(e);
}

uint32_t withost__guest_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                             withost__tag tag, uint32_t index, uint32_t ptr, uint32_t count) {
  check_may_leave(i);
  withost__end *e = end_get(i, type, tag, index);
  check_idle(i, e);
  if (block) check_not_in_set(i, e);
  check_buffer(i, type, ptr, count);
  e->address = ptr;
  e->remain = count;
  e->progress = 0;
  e->result = WITHOST__BLOCKED;
  e->state = WITHOST__END_COPYING;
  if (copy_begin(i, e)) return copy_result(e);
  if (!block) return WITHOST__BLOCKED;
  withost__waitable_wait(&e->waitable, block);
  return copy_result(e);
}

/* ---- cancel, drop, forward ---- */

/* No peer keeps hold of a buffer, the host's neither: a cancel is over at once and needs not block. */
uint32_t withost__guest_cancel(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                               withost__tag tag, uint32_t index) {
  check_may_leave(i);
  withost__end *e = end_get(i, type, tag, index);
  const char *what = e->is_writable ? "write" : "read";
  if (e->state != WITHOST__END_COPYING) withost_trap(i, "stream or future %s cancelled when no %s is pending", what, what);
  if (e->waitable.sync_waiter) withost_trap(i, "cannot cancel a %s that a thread waits for", what);
  if (block) check_not_in_set(i, e);
  e->state = WITHOST__END_CANCELLING;
  e->result = WITHOST__BLOCKED;
  return copy_result(e);
}

void withost__guest_drop(withost_instance *i, const withost_stream_type *type, withost__tag tag, uint32_t index) {
  check_may_leave(i);
  withost__end *e = end_get(i, type, tag, index);
  if (e->state == WITHOST__END_COPYING || e->state == WITHOST__END_CANCELLING)
    withost_trap(i, "cannot %s busy %s", e->is_writable ? "drop" : "remove", end_kind(e));
  if (tag == WITHOST__FUTURE_WRITABLE && e->state != WITHOST__END_DONE)
    withost_trap(i, "cannot drop future write end without first writing a value");
  withost__end_cut(e);
  withost__waitable_join(&e->waitable, NULL);
  withost__handle_remove(i, index);
  withost__end_free(e);
}

void withost__guest_forward(withost_instance *i, const withost_stream_type *type, withost__tag readable_tag, uint32_t readable,
                            withost__tag writable_tag, uint32_t writable) {
  check_may_leave(i);
  withost__end *r = end_get(i, type, readable_tag, readable);
  check_may_go(i, r, "forward");
  if (writable == readable) withost_trap(i, "unknown handle index %u", writable); /* it has gone by then */
  withost__end *w = end_get(i, type, writable_tag, writable);
  check_may_go(i, w, "forward");
  withost__handle_remove(i, readable);
  withost__handle_remove(i, writable);
  withost__end_forward(r, w);
  withost_import_leave(i);
}

/* ---- Through functions ---- */

/* Out of the table, into the host's hands, and back. */
static void end_leave(withost_instance *i, withost__end *e) {
  withost__handle_remove(i, e->waitable.index);
  e->owner = NULL;
  e->waitable.index = 0;
  e->waitable.pending = false; /* it is lowered, or used, with the other end gone: that says the same */
  i->store->unfinished++;
}

static void end_enter(withost_instance *i, const withost_stream_type *type, withost__tag tag, withost__end *e) {
  e->waitable.index = withost__handle_add(i, tag, e);
  e->type = type;
  e->owner = i;
  i->store->unfinished--;
  if (!e->other) withost__waitable_post(&e->waitable);
}

withost__end *withost__guest_lift(withost_instance *i, const withost_stream_type *type, withost__tag tag, uint32_t index) {
  withost__end *e = end_get(i, type, tag, index);
  check_may_go(i, e, "lift");
  withost__move_reserve(i);
  withost__move_push(i, (withost_move){.kind = WITHOST__LIFTED_END, .type = type, .end = e});
  end_leave(i, e);
  return e;
}

void withost__end_unlift(withost_instance *i, const withost_stream_type *type, withost__end *e) {
  end_enter(i, type, e->is_future ? WITHOST__FUTURE_READABLE : WITHOST__STREAM_READABLE, e);
}

void withost__end_unlower(withost_instance *i, withost__end *e) { end_leave(i, e); }

/* Tables written by hand are compared as far as a size can show it. */
static bool types_fit(const withost_stream_type *a, const withost_stream_type *b) {
  if (a->identity && b->identity) return withost__types_equal(a, b);
  return a == b || withost__layouts_equal(a, b);
}

uint32_t withost__guest_lower(withost_instance *i, const withost_stream_type *type, withost__tag tag, withost__end *e) {
  bool is_future = tag == WITHOST__FUTURE_READABLE;
  if (!e || e->owner || e->dropped || e->is_writable || e->is_future != is_future || e->store != i->store)
    withost_trap(i, "the host passed something else than a readable end of its own");
  if (!types_fit(e->type, type)) withost_trap(i, "the host passed a %s of another payload type", end_kind(e));
  if (e->state != WITHOST__END_IDLE) withost_trap(i, "the host passed a %s that it has not finished with", end_kind(e));
  if (WITHOST_UNLIKELY(i->journal)) withost__move_reserve(i);
  end_enter(i, type, tag, e);
  if (WITHOST_UNLIKELY(i->journal)) withost__move_push(i, (withost_move){.kind = WITHOST__LOWERED_END, .type = type, .end = e});
  return e->waitable.index;
}

/* ---- Streams ---- */

uint64_t withost_stream_new(withost_instance *i, const withost_stream_type *type) { return withost__guest_new(i, type, false); }

uint32_t withost_stream_copy_in(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                                uint32_t end, uint32_t ptr, uint32_t count) {
  return withost__guest_copy(i, type, block, WITHOST__STREAM_READABLE, end, ptr, count);
}

uint32_t withost_stream_copy_out(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                                 uint32_t end, uint32_t ptr, uint32_t count) {
  return withost__guest_copy(i, type, block, WITHOST__STREAM_WRITABLE, end, ptr, count);
}

uint32_t withost_stream_cancel_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                                    bool writable, uint32_t end) {
  return withost__guest_cancel(i, type, block, writable ? WITHOST__STREAM_WRITABLE : WITHOST__STREAM_READABLE, end);
}

void withost_stream_drop_end(withost_instance *i, const withost_stream_type *type, bool writable, uint32_t end) {
  withost__guest_drop(i, type, writable ? WITHOST__STREAM_WRITABLE : WITHOST__STREAM_READABLE, end);
}

void withost_stream_forward(withost_instance *i, const withost_stream_type *type, uint32_t readable, uint32_t writable) {
  withost__guest_forward(i, type, WITHOST__STREAM_READABLE, readable, WITHOST__STREAM_WRITABLE, writable);
}

withost_stream *withost_lift_stream(withost_instance *i, const withost_stream_type *type, uint32_t end) {
  return (withost_stream *)withost__guest_lift(i, type, WITHOST__STREAM_READABLE, end);
}

uint32_t withost_lower_stream(withost_instance *i, const withost_stream_type *type, withost_stream *stream) {
  return withost__guest_lower(i, type, WITHOST__STREAM_READABLE, (withost__end *)stream);
}
