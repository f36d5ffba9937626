/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Ends of streams and futures. A stream is two ends that point at each other; there is nothing in between: no buffer, no
 * record of its own. An end belongs to a guest (it is in its handle table) or to the host, and changes hands by
 * changing `owner`. States and words are those of `End` in canonical-abi/definitions.py.
 *
 *   end.c       records, the rendezvous, death             stream.c   what guests call, for streams
 *   host_end.c  what the host calls; its callbacks         future.c   the same for futures
 *   host_copy.c elements between two ends of the host
 *
 * Laws of the ends
 *
 *  E1. Of two ends at most one is parked with room or data left, unless the other is to begin in the next turn.
 *  E2. A guest's event is computed at delivery, from `progress` and from whether the other end is still there.
 *  E3. A host's operation begins in the function that starts it only if there is nothing to do yet; else in the
 *      next turn. So no callback ever runs inside a function of the host API.
 *  E4. A host end whose callback is due is in store->due, and its record lives until the callback has run.
 */
#ifndef WITHOST_END_H
#define WITHOST_END_H

#include "machine.h"

#define WITHOST__COPY_MAX ((1u << 28) - 1)
#define WITHOST__BLOCKED 0xffffffffu

typedef enum withost__end_state {
  WITHOST__END_IDLE,
  WITHOST__END_COPYING,
  WITHOST__END_CANCELLING,
  WITHOST__END_DONE
} withost__end_state;

typedef enum withost__copy_result { WITHOST__COMPLETED, WITHOST__DROPPED, WITHOST__CANCELLED } withost__copy_result;

typedef struct withost__end {
  withost__waitable waitable; /* first: see waitable.c */
  const withost_stream_type *type; /* as its owner's world has it */
  struct withost__end *other;      /* NULL: dropped */
  withost_instance *owner;         /* NULL: the host */
  withost_store *store;
  withost__end_state state;
  bool is_future, is_writable;
  bool parked;                     /* its buffer is on offer */
  uint32_t address;                /* a guest's buffer: what remains of it */
  size_t remain, progress;         /* elements */
  uint32_t result;                 /* of an operation that a callback of the host followed; else BLOCKED */
  size_t underway;                 /* of a copy in progress: lifted or lowered */

  /* the host's */
  uint8_t *buffer;
  withost_view_ready ready;        /* instead of a buffer */
  union { withost_copy_done stream; withost_future_done future; } done;
  void *user;
  int status;
  bool ending;                     /* the operation is over, its callback is due */
  bool dropped;                    /* the host dropped it meanwhile */
  bool queued;
  struct withost__end *next_due;
} withost__end;

/* ---- end.c ---- */

/* Both ends, owned by `owner` (NULL: the host). False: out of memory. */
bool withost__ends_new(withost_store *store, withost_instance *owner, const withost_stream_type *type, bool is_future,
                       withost__end **readable, withost__end **writable);
void withost__end_free(withost__end *e);
/* The peer learns that e is gone. */
void withost__end_cut(withost__end *e);
/* Starts e's operation: true if it is over at once. Traps. */
bool withost__end_meet(withost__end *e);
/* What happened to a guest's operation; packed for the guest. Its state moves on. */
uint32_t withost__end_result(withost__end *e);
withost__event withost__end_deliver(withost__waitable *w);
/* Connects the peers of a readable and a writable end of a guest, and frees both. Traps. */
void withost__end_forward(withost__end *readable, withost__end *writable);

/* ---- stream.c: for guests' streams and futures alike ---- */

uint64_t withost__guest_new(withost_instance *i, const withost_stream_type *type, bool is_future);
uint32_t withost__guest_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                             withost__tag tag, uint32_t index, uint32_t ptr, uint32_t count);
uint32_t withost__guest_cancel(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                               withost__tag tag, uint32_t index);
void withost__guest_drop(withost_instance *i, const withost_stream_type *type, withost__tag tag, uint32_t index);
void withost__guest_forward(withost_instance *i, const withost_stream_type *type, withost__tag readable_tag, uint32_t readable,
                            withost__tag writable_tag, uint32_t writable);
withost__end *withost__guest_lift(withost_instance *i, const withost_stream_type *type, withost__tag tag, uint32_t index);
uint32_t withost__guest_lower(withost_instance *i, const withost_stream_type *type, withost__tag tag, withost__end *e);

/* ---- host_end.c ---- */

/* Ends the operation; the callback runs in the next turn. */
void withost__host_finish(withost__end *e, int status);
/* The same, with the callback at once: guest code is on the stack, no function of the host API. May free e. */
void withost__host_finish_now(withost__end *e, int status);
/* Has it begin in the next turn. */
void withost__host_begin_later(withost__end *e);
/* Calls a view's `ready`; how many elements it took. */
size_t withost__host_view(withost__end *e, void *elements, size_t count);

/* Elements that own memory: how many were copied; fewer than n, with the store's message, if memory ran out or text was bad. */
size_t withost__host_copy(withost_store *store, const withost_stream_type *from_type, const void *from,
                          const withost_stream_type *to_type, void *to, size_t n);

static inline bool withost__host_is_view(const withost__end *e) { return e->ready; }
/* Two tables of one type: of two worlds, or of two names for it. The layout tells a resource that one world defines from the
 * other's. */
static inline bool withost__layouts_equal(const withost_stream_type *a, const withost_stream_type *b) {
  return a->size == b->size && a->align == b->align && a->host_size == b->host_size && a->is_plain == b->is_plain &&
         a->is_number == b->is_number;
}
static inline bool withost__types_equal(const withost_stream_type *a, const withost_stream_type *b) {
  return a->identity && a->identity == b->identity && withost__layouts_equal(a, b);
}
static inline bool withost__type_is_plain(const withost_stream_type *t) { return t->is_plain || !t->size; }

/* Future and stream operations of the host, without their types. */
int withost__host_start(withost__end *e, bool writable, void *buffer, size_t count, withost_view_ready ready, void *user);
int withost__host_cancel(withost__end *e);
void withost__host_drop(withost__end *e);
int withost__host_pair(withost_store *store, const withost_stream_type *type, bool is_future, withost__end **readable,
                       withost__end **writable);

#endif
