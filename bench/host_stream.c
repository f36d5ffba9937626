/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams on the C host: nanoseconds per 64-byte chunk that a guest writes and the host reads (through a view, and into a
 * buffer), and the rate of 64 KiB chunks, guest to host and guest to guest, beside memcpy in the same run. Lines of
 * "name unit value goal peer_value"; the peer of the rate is memcpy. Links the guest of tests/host/stream.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../tests/host/stream/stream_host.h"

enum { SMALL = 64, BIG = 64 * 1024, CHUNKS = 500000, COPIES = 20000, RUNS = 7 };

typedef struct sink { uint8_t buffer[BIG]; uint64_t sum; uint64_t allocations; } sink;

static double now(void) {
  struct timespec t;
  timespec_get(&t, TIME_UTC);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

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

static double time_pump(stream_instance *i, uint32_t end) {
  uint64_t result;
  double start = now();
  if (stream_pump(i, end, CHUNKS, &result) || result != SMALL << 4) abort();
  return (now() - start) / CHUNKS;
}

/* Big chunks: one call of the guest each. */
static double time_writes(stream_instance *i, uint32_t end) {
  double start = now();
  for (int n = 0; n < COPIES; n++)
    if (op(i, OP_WRITE, end, 0, BIG) != (uint64_t)BIG << 4) abort();
  return (double)BIG * COPIES / (now() - start);
}

/* a writes, b reads: a rendezvous needs a call of each. */
static double time_guest_to_guest(stream_instance *a, stream_instance *b, uint32_t w, uint32_t r) {
  double start = now();
  for (int n = 0; n < COPIES; n++) {
    if (op(b, OP_READ, r, 0, BIG) != 0xffffffffu || op(a, OP_WRITE, w, 0, BIG) != (uint64_t)BIG << 4) abort();
    op(b, OP_CANCEL_READ, r, 0, 0); /* takes the event */
  }
  return (double)BIG * COPIES / (now() - start);
}

static double time_memcpy(sink *s, const uint8_t *from) {
  double start = now();
  for (int n = 0; n < COPIES; n++) {
    memcpy(s->buffer, from, BIG);
    __asm__ volatile("" : : "r"(s->buffer), "r"(from) : "memory");
  }
  return (double)BIG * COPIES / (now() - start);
}

static void better(double *best, double value, bool lower) {
  if (*best == 0 || (lower ? value < *best : value > *best)) *best = value;
}

int main(void) {
  static sink s;
  withost_config config = {.allocator = {count_allocations, &s}};
  withost_store *store;
  stream_instance *a, *b;
  withost_stream *viewed, *read, *copied, *passed;
  uint32_t passed_r;
  if (withost_store_new(&config, &store) || stream_instantiate(store, &a) || stream_instantiate(store, &b)) return 1;
  uint32_t viewed_w = open_stream(a, &viewed), read_w = open_stream(a, &read), copied_w = open_stream(a, &copied);
  uint32_t passed_w = open_stream(a, &passed);
  if (stream_lower(b, U8, passed, &passed_r)) return 1;
  withost_stream_read_view(viewed, view_ready, view_done, &s);
  withost_stream_read_view(copied, view_copy, view_done, &s);
  withost_stream_read(read, s.buffer, sizeof s.buffer, read_done, &s);
  double view_ns = 0, read_ns = 0, copy_rate = 0, guest_rate = 0, memcpy_rate = 0;
  uint64_t allocations = s.allocations;
  for (int n = 0; n < RUNS; n++) {
    better(&view_ns, time_pump(a, viewed_w), true);
    better(&read_ns, time_pump(a, read_w), true);
    better(&memcpy_rate, time_memcpy(&s, withost_memory(&a->base)), false);
    better(&copy_rate, time_writes(a, copied_w), false);
    better(&guest_rate, time_guest_to_guest(a, b, passed_w, passed_r), false);
  }
  printf("host.stream-64.wasm2c ns %.1f 50 -\n", view_ns);
  printf("host.stream-64-buffer.wasm2c ns %.1f 50 -\n", read_ns);
  printf("host.stream-64k.wasm2c GB/s %.2f %.2f %.2f\n", copy_rate, memcpy_rate * 0.9, memcpy_rate);
  printf("host.stream-64k-guests.wasm2c GB/s %.2f %.2f %.2f\n", guest_rate, memcpy_rate * 0.9, memcpy_rate);
  printf("host.stream-allocations count %llu 0 -\n", (unsigned long long)(s.allocations - allocations));
  op(a, OP_DROP_WRITABLE, viewed_w, 0, 0);
  op(a, OP_DROP_WRITABLE, read_w, 0, 0);
  op(a, OP_DROP_WRITABLE, copied_w, 0, 0);
  while (withost_store_run(store) > 0) {}
  return withost_store_close(store) != WITHOST_OK;
}
