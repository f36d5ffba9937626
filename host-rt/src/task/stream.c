/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams and futures: guest intrinsics, host ends, the rendezvous between them. To be written: everything here fails
 * loudly. The contract is in glue.h (intrinsics), withost.h (host ends, laws S1 to S5) and machine.h (ends begin
 * with their waitable; records from store->streams; store->unfinished counts host ends).
 */
#include "machine.h"

uint64_t withost_stream_new(withost_instance *i, const withost_stream_type *type) {
  (void)type;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_stream_copy_in(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr, uint32_t count) {
  (void)type;
  (void)block;
  (void)end;
  (void)ptr;
  (void)count;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_stream_copy_out(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr, uint32_t count) {
  (void)type;
  (void)block;
  (void)end;
  (void)ptr;
  (void)count;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_stream_cancel_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, bool writable, uint32_t end) {
  (void)type;
  (void)block;
  (void)writable;
  (void)end;
  withost_trap(i, "unsupported: streams and futures");
}

void withost_stream_drop_end(withost_instance *i, const withost_stream_type *type, bool writable, uint32_t end) {
  (void)type;
  (void)writable;
  (void)end;
  withost_trap(i, "unsupported: streams and futures");
}

void withost_stream_forward(withost_instance *i, const withost_stream_type *type, uint32_t readable, uint32_t writable) {
  (void)type;
  (void)readable;
  (void)writable;
  withost_trap(i, "unsupported: streams and futures");
}

uint64_t withost_future_new(withost_instance *i, const withost_stream_type *type) {
  (void)type;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_future_copy_in(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr) {
  (void)type;
  (void)block;
  (void)end;
  (void)ptr;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_future_copy_out(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr) {
  (void)type;
  (void)block;
  (void)end;
  (void)ptr;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_future_cancel_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, bool writable, uint32_t end) {
  (void)type;
  (void)block;
  (void)writable;
  (void)end;
  withost_trap(i, "unsupported: streams and futures");
}

void withost_future_drop_end(withost_instance *i, const withost_stream_type *type, bool writable, uint32_t end) {
  (void)type;
  (void)writable;
  (void)end;
  withost_trap(i, "unsupported: streams and futures");
}

void withost_future_forward(withost_instance *i, const withost_stream_type *type, uint32_t readable, uint32_t writable) {
  (void)type;
  (void)readable;
  (void)writable;
  withost_trap(i, "unsupported: streams and futures");
}

withost_stream *withost_lift_stream(withost_instance *i, const withost_stream_type *type, uint32_t end) {
  (void)type;
  (void)end;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_lower_stream(withost_instance *i, const withost_stream_type *type, withost_stream *stream) {
  (void)type;
  (void)stream;
  withost_trap(i, "unsupported: streams and futures");
}

withost_future *withost_lift_future(withost_instance *i, const withost_stream_type *type, uint32_t end) {
  (void)type;
  (void)end;
  withost_trap(i, "unsupported: streams and futures");
}

uint32_t withost_lower_future(withost_instance *i, const withost_stream_type *type, withost_future *future) {
  (void)type;
  (void)future;
  withost_trap(i, "unsupported: streams and futures");
}

int withost_stream_pair(withost_store *store, const withost_stream_type *type, withost_stream **readable, withost_stream **writable) {
  (void)type;
  *readable = *writable = NULL;
  return withost__fail(store, WITHOST_EUNSUPPORTED, "streams and futures");
}

int withost_future_pair(withost_store *store, const withost_stream_type *type, withost_future **readable, withost_future **writable) {
  (void)type;
  *readable = *writable = NULL;
  return withost__fail(store, WITHOST_EUNSUPPORTED, "streams and futures");
}

int withost_stream_read(withost_stream *stream, void *buffer, size_t count, withost_copy_done done, void *user) {
  (void)stream;
  (void)buffer;
  (void)count;
  (void)done;
  (void)user;
  return WITHOST_EUNSUPPORTED;
}

int withost_stream_write(withost_stream *stream, const void *buffer, size_t count, withost_copy_done done, void *user) {
  (void)stream;
  (void)buffer;
  (void)count;
  (void)done;
  (void)user;
  return WITHOST_EUNSUPPORTED;
}

int withost_stream_read_view(withost_stream *stream, withost_view_ready ready, withost_copy_done done, void *user) {
  (void)stream;
  (void)ready;
  (void)done;
  (void)user;
  return WITHOST_EUNSUPPORTED;
}

int withost_stream_write_view(withost_stream *stream, withost_view_ready ready, withost_copy_done done, void *user) {
  (void)stream;
  (void)ready;
  (void)done;
  (void)user;
  return WITHOST_EUNSUPPORTED;
}

int withost_stream_cancel(withost_stream *stream) {
  (void)stream;
  return WITHOST_EUNSUPPORTED;
}

void withost_stream_drop(withost_stream *stream) {
  (void)stream;
}

int withost_future_read(withost_future *future, void *value, withost_future_done done, void *user) {
  (void)future;
  (void)value;
  (void)done;
  (void)user;
  return WITHOST_EUNSUPPORTED;
}

int withost_future_write(withost_future *future, const void *value, withost_future_done done, void *user) {
  (void)future;
  (void)value;
  (void)done;
  (void)user;
  return WITHOST_EUNSUPPORTED;
}

int withost_future_cancel(withost_future *future) {
  (void)future;
  return WITHOST_EUNSUPPORTED;
}

void withost_future_drop(withost_future *future) {
  (void)future;
}
