/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Channels. Whoever comes second does the work for both: a sender that finds a receiver waiting copies into its memory.
 * So senders wait only while the buffer is full, receivers only while it is empty.
 */
#include <stdlib.h>
#include <string.h>

#include "go.h"

witguest_channel *witguest_channel_new(size_t size, size_t capacity) {
  size_t bytes;
  if (__builtin_mul_overflow(size, capacity, &bytes) || __builtin_add_overflow(bytes, sizeof(witguest_channel), &bytes)) __builtin_trap();
  witguest_channel *c = malloc(bytes);
  if (!c) __builtin_trap();
  *c = (witguest_channel){.size = size, .capacity = capacity};
  return c;
}

void witguest_channel_free(witguest_channel *c) { free(c); }

void witguest_channel_close(witguest_channel *c) {
  c->closed = true;
  witguest__line_serve_all(&c->senders, WITGUEST_ECLOSED);
  witguest__line_serve_all(&c->receivers, WITGUEST_ECLOSED);
}

size_t witguest_channel_count(const witguest_channel *c) { return c->count; }

static void value_copy(const witguest_channel *c, void *to, const void *from) {
  if (c->size && to) memcpy(to, from, c->size);
}

static void buffer_push(witguest_channel *c, const void *value) {
  value_copy(c, c->values + (c->first + c->count++) % c->capacity * c->size, value);
}

static void buffer_pop(witguest_channel *c, void *value) {
  value_copy(c, value, c->values + c->first * c->size);
  c->first = (c->first + 1) % c->capacity;
  c->count--;
}

int witguest_channel_try_send(witguest_channel *c, const void *value) {
  witguest__place *receiver = c->receivers.first;
  if (c->closed) return WITGUEST_ECLOSED;
  if (receiver) {
    value_copy(c, receiver->value, value);
    witguest__place_serve(receiver, WITGUEST_OK);
  } else if (c->count < c->capacity) {
    buffer_push(c, value);
  } else {
    return WITGUEST_EAGAIN;
  }
  return WITGUEST_OK;
}

int witguest_channel_try_receive(witguest_channel *c, void *value) {
  witguest__place *sender = c->senders.first;
  if (c->count) {
    buffer_pop(c, value);
    if (sender) buffer_push(c, sender->value);
  } else if (sender) {
    value_copy(c, value, sender->value);
  } else {
    return c->closed ? WITGUEST_ECLOSED : WITGUEST_EAGAIN;
  }
  if (sender) witguest__place_serve(sender, WITGUEST_OK);
  return WITGUEST_OK;
}

/* The value is only read, by who takes it: the line has one kind of place for both directions. */
int witguest_channel_send(witguest_channel *c, const void *value) {
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  int status = witguest_channel_try_send(c, value);
  return status == WITGUEST_EAGAIN ? witguest__line_wait(&c->senders, (void *)(uintptr_t)value) : status;
}

int witguest_channel_receive(witguest_channel *c, void *value) {
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  int status = witguest_channel_try_receive(c, value);
  return status == WITGUEST_EAGAIN ? witguest__line_wait(&c->receivers, value) : status;
}
