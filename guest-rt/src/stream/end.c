/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Ends of streams and futures, and one operation on each. Generated functions differ in what arguments they have: elements only
 * where there is a payload, a count only for streams.
 */
#include <witguest/stream.h>

enum { BLOCKED = -1, COMPLETED = 0, DROPPED = 1 }; /* the low four bits of a copy's status */

static void end_init(witguest__end *e, const witguest_stream_type *type, uint32_t handle, bool writes) {
  *e = (witguest__end){.type = type, .handle = handle, .writes = writes};
}

void witguest_reader_init(witguest_reader *r, const witguest_stream_type *type, uint32_t readable) {
  end_init(&r->end, type, readable, false);
}

void witguest_writer_init(witguest_writer *w, const witguest_stream_type *type, uint32_t writable) {
  end_init(&w->end, type, writable, true);
}

static uint32_t copy_start(const witguest__end *e) {
  const witguest_stream_type *type = e->type;
  witguest_generated copy = e->writes ? type->write : type->read;
  if (type->is_future)
    return type->size ? ((uint32_t (*)(uint32_t, void *))copy)(e->handle, e->at) : ((uint32_t (*)(uint32_t))copy)(e->handle);
  return type->size ? ((uint32_t (*)(uint32_t, void *, size_t))copy)(e->handle, e->at, e->left)
                    : ((uint32_t (*)(uint32_t, size_t))copy)(e->handle, e->left);
}

static uint32_t (*copy_cancel(const witguest__end *e))(uint32_t) {
  return e->writes ? e->type->cancel_write : e->type->cancel_read;
}

static void copy_done(void *arg, uint32_t code);

/* One step. An operation that nobody would hear of is taken back. */
static int copy_go_on(witguest__end *e) {
  uint32_t status = copy_start(e);
  int error = witguest_await_copy(&e->await, e->handle, status, copy_cancel(e), copy_done, e);
  if (error && status == (uint32_t)BLOCKED) copy_cancel(e)(e->handle);
  return error;
}

static void copy_count(witguest__end *e, uint32_t code) {
  size_t count = e->type->is_future ? (code & 15) == COMPLETED : code >> 4;
  e->moved += count;
  e->left -= count;
  e->at += count * e->type->size;
  if ((code & 15) == DROPPED || e->type->is_future) e->closed = (code & 15) <= DROPPED;
}

static int copy_status(const witguest__end *e, uint32_t code) {
  bool is_enough = e->writes ? !e->left : e->moved > 0;
  if ((code & 15) == COMPLETED || (is_enough && (code & 15) == DROPPED)) return WITGUEST_OK;
  return (code & 15) == DROPPED ? WITGUEST_ECLOSED : WITGUEST_ECANCELLED;
}

static void copy_done(void *arg, uint32_t code) {
  witguest__end *e = arg;
  copy_count(e, code);
  if (e->all && e->left && (code & 15) == COMPLETED && !copy_go_on(e)) return;
  e->active = false;
  e->done(e->arg, copy_status(e, code), e->moved);
}

static int end_begin(witguest__end *e, void *elements, size_t count, bool all, witguest_moved done, void *arg) {
  if (e->active) return WITGUEST_EBUSY;
  if (e->closed) return WITGUEST_ECLOSED;
  e->at = elements;
  e->left = count;
  e->moved = 0;
  e->all = all;
  e->done = done;
  e->arg = arg;
  int error = copy_go_on(e);
  e->active = !error;
  return error;
}

int witguest_read(witguest_reader *r, void *elements, size_t count, witguest_moved done, void *arg) {
  return end_begin(&r->end, elements, count, false, done, arg);
}

int witguest_write_all(witguest_writer *w, const void *elements, size_t count, witguest_moved done, void *arg) {
  return end_begin(&w->end, (void *)(uintptr_t)elements, count, true, done, arg);
}

static int end_cancel(witguest__end *e) { return e->active ? witguest_await_cancel(&e->await) : WITGUEST_EINVAL; }

int witguest_reader_cancel(witguest_reader *r) { return end_cancel(&r->end); }
int witguest_writer_cancel(witguest_writer *w) { return end_cancel(&w->end); }

static int end_drop(witguest__end *e) {
  if (e->active) return WITGUEST_EBUSY;
  (e->writes ? e->type->drop_writable : e->type->drop_readable)(e->handle);
  e->closed = true;
  return WITGUEST_OK;
}

int witguest_reader_drop(witguest_reader *r) { return end_drop(&r->end); }
int witguest_writer_drop(witguest_writer *w) { return end_drop(&w->end); }

int witguest_reader_take(witguest_reader *r, uint32_t *readable) {
  if (r->end.active) return WITGUEST_EBUSY;
  r->end.closed = true;
  *readable = r->end.handle;
  return WITGUEST_OK;
}
