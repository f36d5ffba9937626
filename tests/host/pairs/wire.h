/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Wires: calls that one guest made and another one answers, with the host in between.
 *
 *   static void on_slow(void *host, withost_call *call, uint32_t turns) {
 *     wire *w = wire_open(host, call);
 *     wire_sent(w, callee_slow(TO_CALLEE(host, call), turns, slow_done, w, wire_inner(w)));
 *   }
 *   static void slow_done(void *user, withost_call *inner, int status, const uint32_t *result) {
 *     withost_call *call = wire_done(user, inner, status);
 *     if (call) runner_slow_return(call, *result);
 *   }
 *
 * A wire passes on what a host has to know nothing of: a cancellation on its way in, the end of a cancelled or a trapped
 * call on its way out. Values, handles, streams and futures are the case's: it has their types.
 */
#ifndef WIRE_H
#define WIRE_H

#include "case.h"

typedef struct wire wire;

/* The last result of a sync call that owns memory: there until the next one, for a guest goes on in between. */
typedef struct wire_result {
  void (*release)(void *result);
  void *value;
} wire_result;

/* First member of a case's state. */
typedef struct wires {
  case_run *run;
  wire_result result;
  uint32_t open; /* wires */
} wires;

/* Counts the call. */
wire *wire_open(wires *all, withost_call *call);
/* A copy that lives as long as the wire: an argument has to outlive the implementation if its callee is not let in. */
void *wire_keep(wire *w, const void *data, size_t size);
wires *wire_all(const wire *w);
/* Where the call of the export puts its call, and what it returned. */
withost_call **wire_inner(wire *w);
void wire_sent(wire *w, int error);
/* The call that is to be answered, or NULL: there is no result, the guest has been told. */
withost_call *wire_done(wire *w, withost_call *inner, int status);

/* Sync calls: counts it, and ends the guest if it failed. */
bool wire_called(wires *all, withost_call *call, int error);
/* Room for a result that `release` is called for once the guest has it. */
void *wire_keep_result(wires *all, const void *result, size_t size, void (*release)(void *result));

/* The same value in the other world's type: one WIT type has one layout. `value` is an lvalue. */
#define SAME(type, value) \
  (*(type *)memcpy(&(type){0}, &(value), sizeof(char[sizeof(type) == sizeof(value) ? 1 : -1]) * sizeof(type)))

#endif
