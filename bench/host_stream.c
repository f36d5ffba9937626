/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams on the C host: nanoseconds per 64-byte chunk that a guest writes and the host reads (through a view, and into a
 * buffer), and the rate of 64 KiB chunks, guest to host and guest to guest, beside memcpy of the same bytes between the same
 * places. Lines of "name unit value goal peer_value peer". Links the guest of tests/host/stream.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>

#include "../tests/host/stream/stream_host.h"
#include "host/timing.h"

enum { SMALL = 64, BIG = 64 * 1024 };

typedef struct sink { uint8_t buffer[BIG]; uint64_t sum; uint64_t allocations; } sink;

static void *count_allocations(void *user, void *old, size_t old_size, size_t size) {
  (void)old_size;
  ((sink *)user)->allocations++;
  if (size) return realloc(old, size);
  free(old);
  return NULL;
}

static uint64_t op(stream_instance *i, uint32_t code, uint32_t a, uint32_t b, uint32_t c) {
  uint64_t result;
  if (stream_op(i, code, U8, a, b, c, &result)) abort();
  return result;
}

/* ---- The host reads ---- */

static size_t view_ready(void *user, withost_stream *stream, void *elements, size_t count) {
  (void)stream;
  ((sink *)user)->sum += *(uint8_t *)elements;
  return count;
}

static size_t view_copy(void *user, withost_stream *stream, void *elements, size_t count) {
  sink *s = user;
  (void)stream;
  memcpy(s->buffer, elements, count);
  return count;
}

static void view_done(void *user, withost_stream *stream, int status, size_t count) {
  (void)user;
  (void)status;
  (void)count;
  withost_stream_drop(stream);
}

static void read_done(void *user, withost_stream *stream, int status, size_t count) {
  sink *s = user;
  s->sum += count;
  if (status == WITHOST_OK) withost_stream_read(stream, s->buffer, sizeof s->buffer, read_done, s);
  else withost_stream_drop(stream);
}

static uint32_t open_stream(stream_instance *i, withost_stream **stream) {
  uint64_t ends = op(i, OP_NEW, 0, 0, 0);
  op(i, OP_LIFT, (uint32_t)ends, 0, 0);
  *stream = i->lifted;
  return (uint32_t)(ends >> 32);
}

/* ---- What is timed ---- */

typedef struct way { stream_instance *from, *to; uint32_t write, read; uint8_t *target; } way;

static void run_pump(void *user, size_t n) {
  way *w = user;
  uint64_t result;
  if (stream_pump(w->from, w->write, (uint32_t)n, &result) || result != SMALL << 4) abort();
}

/* Big chunks: one call of the guest each. */
static void run_writes(void *user, size_t n) {
  way *w = user;
  while (n--)
    if (op(w->from, OP_WRITE, w->write, 0, BIG) != (uint64_t)BIG << 4) abort();
}

/* One writes, the other reads: a rendezvous needs a call of each, and one that takes the event. */
static void run_rendezvous(void *user, size_t n) {
  way *w = user;
  while (n--) {
    if (op(w->to, OP_READ, w->read, 0, BIG) != 0xffffffffu || op(w->from, OP_WRITE, w->write, 0, BIG) != (uint64_t)BIG << 4) abort();
    op(w->to, OP_CANCEL_READ, w->read, 0, 0);
  }
}

static void run_memcpy(void *user, size_t n) {
  way *w = user;
  const uint8_t *from = withost_memory(&w->from->base);
  while (n--) {
    memcpy(w->target, from, BIG);
    __asm__ volatile("" : : "r"(w->target), "r"(from) : "memory");
  }
}

static double rate(void (*run)(void *user, size_t n), way *w) { return BIG / bench_best(run, w); }

static void row_of_rate(const char *name, void (*run)(void *user, size_t n), way *w) {
  double plain = rate(run_memcpy, w), value = rate(run, w);
  printf("host.%s.wasm2c GB/s %.2f %.2f %.2f memcpy\n", name, value, plain * 0.9, plain);
}

int main(void) {
  static sink s;
  withost_config config = {.allocator = {count_allocations, &s}};
  withost_store *store;
  stream_instance *a, *b;
  withost_stream *viewed, *read, *copied, *passed;
  if (withost_store_new(&config, &store) || stream_instantiate(store, &a) || stream_instantiate(store, &b)) return 1;
  way to_view = {.from = a, .write = open_stream(a, &viewed)}, to_buffer = {.from = a, .write = open_stream(a, &read)};
  way to_host = {.from = a, .write = open_stream(a, &copied), .target = s.buffer};
  way to_guest = {.from = a, .to = b, .write = open_stream(a, &passed), .target = withost_memory(&b->base)};
  if (stream_lower(b, U8, passed, &to_guest.read)) return 1;
  withost_stream_read_view(viewed, view_ready, view_done, &s);
  withost_stream_read_view(copied, view_copy, view_done, &s);
  withost_stream_read(read, s.buffer, sizeof s.buffer, read_done, &s);
  uint64_t allocations = s.allocations;
  printf("host.stream-64.wasm2c ns %.1f 50 - libwasmtime component C API: has no streams\n", bench_best(run_pump, &to_view));
  printf("host.stream-64-buffer.wasm2c ns %.1f 50 - libwasmtime component C API: has no streams\n", bench_best(run_pump, &to_buffer));
  row_of_rate("stream-64k", run_writes, &to_host);
  row_of_rate("stream-64k-guests", run_rendezvous, &to_guest);
  printf("host.stream-allocations times %llu 0 - none\n", (unsigned long long)(s.allocations - allocations));
  op(a, OP_DROP_WRITABLE, to_view.write, 0, 0);
  op(a, OP_DROP_WRITABLE, to_buffer.write, 0, 0);
  op(a, OP_DROP_WRITABLE, to_host.write, 0, 0);
  while (withost_store_run(store) > 0) {}
  return withost_store_close(store) != WITHOST_OK;
}
