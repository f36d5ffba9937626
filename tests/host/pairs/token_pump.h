/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Streams of tokens from one guest to the other: the host reads a few, and writes what they are for the other side. What it has
 * read and cannot get rid of it drops.
 */
#ifndef TOKEN_PUMP_H
#define TOKEN_PUMP_H

#include <stdlib.h>

#include "pair.h"

#define T(name) test_payloads_io_##name
#define E(name) exports_test_payloads_io_##name

/* For the runner a token is a resource of the host, whose representation is the number of the host's handle of it. */
static inline T(own_token_t) token_for_runner(E(own_token_t) token) { return (T(own_token_t)){token.rep}; }

static inline E(own_token_t) token_of_callee(pair *p, T(own_token_t) token) {
  return (E(own_token_t)){callee_as_instance(p->callee), token.rep};
}

enum { PUMP_ROOM = 3 };

typedef struct token_pump {
  pair *pair;
  bool to_callee;
  bool source_gone;
  withost_stream *from, *to;
  size_t count, sent;
  E(own_token_t) far[PUMP_ROOM];
  T(own_token_t) near[PUMP_ROOM];
} token_pump;

static void token_pump_read(token_pump *pump);
static void token_pump_write(token_pump *pump);

static inline void token_pump_end(token_pump *pump) {
  for (; pump->sent < pump->count; pump->sent++) callee_test_payloads_io_token_drop(pump->far[pump->sent]);
  withost_stream_drop(pump->from);
  withost_stream_drop(pump->to);
  pump->pair->wires.open--;
  free(pump);
}

static inline void token_pump_got(void *user, withost_stream *stream, int status, size_t count) {
  token_pump *pump = user;
  (void)stream;
  for (size_t n = 0; n < count; n++)
    if (pump->to_callee) pump->far[n] = token_of_callee(pump->pair, pump->near[n]);
    else pump->near[n] = token_for_runner(pump->far[n]);
  pump->count = count;
  pump->sent = 0;
  pump->source_gone = status != WITHOST_OK;
  token_pump_write(pump);
}

static inline void token_pump_sent(void *user, withost_stream *stream, int status, size_t count) {
  token_pump *pump = user;
  (void)stream;
  pump->sent += count;
  if (status != WITHOST_OK) token_pump_end(pump);
  else token_pump_write(pump);
}

static inline void token_pump_read(token_pump *pump) {
  int error = pump->to_callee ? T(stream_own_token_read)(pump->from, pump->near, PUMP_ROOM, token_pump_got, pump)
                              : E(stream_own_token_read)(pump->from, pump->far, PUMP_ROOM, token_pump_got, pump);
  if (error) token_pump_end(pump);
}

static inline void token_pump_write(token_pump *pump) {
  size_t at = pump->sent, count = pump->count - at;
  int error = WITHOST_EDROPPED;
  if (!count && !pump->source_gone) {
    token_pump_read(pump);
    return;
  }
  if (count && pump->to_callee) error = E(stream_own_token_write)(pump->to, pump->far + at, count, token_pump_sent, pump);
  else if (count) error = T(stream_own_token_write)(pump->to, pump->near + at, count, token_pump_sent, pump);
  if (error) token_pump_end(pump);
}

static inline token_pump *token_pump_new(pair *p, withost_stream *from, bool to_callee) {
  token_pump *pump = malloc(sizeof *pump);
  if (!pump) abort();
  *pump = (token_pump){.pair = p, .from = from, .to_callee = to_callee};
  p->wires.open++;
  return pump;
}

/* The readable end for the other side. */
static inline T(stream_own_token_t) token_pump_to_runner(pair *p, E(stream_own_token_t) from) {
  token_pump *pump = token_pump_new(p, from, false);
  T(stream_own_token_t) end;
  if (T(stream_own_token_new)(p->wires.run->store, &end, &pump->to)) abort();
  token_pump_read(pump);
  return end;
}

static inline E(stream_own_token_t) token_pump_to_callee(pair *p, T(stream_own_token_t) from) {
  token_pump *pump = token_pump_new(p, from, true);
  E(stream_own_token_t) end;
  if (E(stream_own_token_new)(p->wires.run->store, &end, &pump->to)) abort();
  token_pump_read(pump);
  return end;
}

#endif
