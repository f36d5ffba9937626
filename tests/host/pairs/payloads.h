/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host of the world of payloads, for both of its cases. Streams and futures are handed on whatever they carry, but one: a
 * token is a resource of the callee, and of the host for the runner, so a stream of tokens is pumped (token_pump.h).
 */
#ifndef PAYLOADS_H
#define PAYLOADS_H

#include "pair.h"
#include "token_pump.h"

#define CALLEE(name) callee_test_payloads_io_##name
#define RUNNER(name) runner_test_payloads_io_##name

/* ---- Tokens ---- */

static inline T(own_token_t) on_constructor_token(void *host, withost_call *call, uint32_t n) {
  E(own_token_t) token = {0};
  wire_called(host, call, CALLEE(constructor_token)(TO_CALLEE(host, call), n, &token));
  return token_for_runner(token);
}

static inline uint32_t on_method_token_n(void *host, withost_call *call, T(borrow_token_t) self) {
  uint32_t n = 0;
  wire_called(host, call, CALLEE(method_token_n)(TO_CALLEE(host, call), token_of_callee(host, self), &n));
  return n;
}

static inline void on_token_destructor(void *host, T(own_token_t) token) {
  CALLEE(token_drop)(token_of_callee(host, token));
}

static inline void tokens_done(void *user, withost_call *inner, int status, const E(stream_own_token_t) *result) {
  pair *p = pair_of(user);
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(tokens_return)(call, token_pump_to_runner(p, *result));
}

static inline void on_tokens(void *host, withost_call *call, uint32_t count) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(tokens)(TO_CALLEE(host, call), count, tokens_done, w, wire_inner(w)));
}

static inline void take_tokens_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(take_tokens_return)(call, *result);
}

static inline void on_take_tokens(void *host, withost_call *call, T(stream_own_token_t) s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(take_tokens)(TO_CALLEE(host, call), token_pump_to_callee(host, s), take_tokens_done, w, wire_inner(w)));
}

/* ---- Streams and futures ---- */

static inline void lists_done(void *user, withost_call *inner, int status, const uint64_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(lists_return)(call, *result);
}

static inline void on_lists(void *host, withost_call *call, T(stream_list_u16_t) s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(lists)(TO_CALLEE(host, call), s, lists_done, w, wire_inner(w)));
}

static inline void options_done(void *user, withost_call *inner, int status, const callee_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(options_return)(call, SAME(runner_string_t, *result));
}

static inline void on_options(void *host, withost_call *call, T(stream_option_string_t) s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(options)(TO_CALLEE(host, call), s, options_done, w, wire_inner(w)));
}

static inline void wide_done(void *user, withost_call *inner, int status, const uint64_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(wide_return)(call, *result);
}

static inline void on_wide(void *host, withost_call *call, T(stream_u64_t) s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(wide)(TO_CALLEE(host, call), s, wide_done, w, wire_inner(w)));
}

static inline void bools_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(bools_return)(call, *result);
}

static inline void on_bools(void *host, withost_call *call, T(stream_bool_t) s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(bools)(TO_CALLEE(host, call), s, bools_done, w, wire_inner(w)));
}

static inline void pairs_done(void *user, withost_call *inner, int status, const double *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(pairs_return)(call, *result);
}

static inline void on_pairs(void *host, withost_call *call, T(stream_tuple3_color_f64_perm_t) s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(pairs)(TO_CALLEE(host, call), s, pairs_done, w, wire_inner(w)));
}

static inline void streams_done(void *user, withost_call *inner, int status, const uint32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(streams_return)(call, *result);
}

static inline void on_streams(void *host, withost_call *call, T(stream_stream_u8_t) s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(streams)(TO_CALLEE(host, call), s, streams_done, w, wire_inner(w)));
}

static inline void result_later_done(void *user, withost_call *inner, int status,
                                     const E(future_result_list_string_color_t) *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(result_later_return)(call, *result);
}

static inline void on_result_later(void *host, withost_call *call, bool good) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(result_later)(TO_CALLEE(host, call), good, result_later_done, w, wire_inner(w)));
}

/* ---- A value full of handles ---- */

static inline void free_bag(void *bag) { E(bag_free)(bag); }

static inline T(list_own_token_t) tokens_for_runner(withost_call *call, E(list_own_token_t) tokens) {
  T(list_own_token_t) list = {withost_call_alloc(call, tokens.len * sizeof *list.ptr), tokens.len};
  for (size_t n = 0; n < list.len; n++) list.ptr[n] = token_for_runner(tokens.ptr[n]);
  return list;
}

static inline T(result_own_token_string_t) either_for_runner(E(result_own_token_string_t) either) {
  T(result_own_token_string_t) result = {.is_err = either.is_err};
  if (either.is_err) result.val.err = SAME(runner_string_t, either.val.err);
  else result.val.ok = token_for_runner(either.val.ok);
  return result;
}

static inline T(bag_t) on_pack(void *host, withost_call *call) {
  E(bag_t) bag = {0};
  if (!wire_called(host, call, CALLEE(pack)(TO_CALLEE(host, call), &bag))) return (T(bag_t)){0};
  wire_keep_result(host, &bag, sizeof bag, free_bag);
  return (T(bag_t)){.label = SAME(runner_string_t, bag.label), .first = token_for_runner(bag.first), .bytes = bag.bytes,
                    .later = bag.later, .extra = {bag.extra.is_some, token_for_runner(bag.extra.val)},
                    .more = tokens_for_runner(call, bag.more), .either = either_for_runner(bag.either)};
}

static inline bool on_bag_is_empty(void *host, withost_call *call) {
  bool result = false;
  wire_called(host, call, CALLEE(bag_is_empty)(TO_CALLEE(host, call), &result));
  return result;
}

static inline uint32_t on_alive(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(alive)(TO_CALLEE(host, call), &result));
  return result;
}

static inline uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_payloads_io_token_destructor = on_token_destructor,
  .test_payloads_io_constructor_token = on_constructor_token,
  .test_payloads_io_method_token_n = on_method_token_n,
  .test_payloads_io_tokens = on_tokens,
  .test_payloads_io_take_tokens = on_take_tokens,
  .test_payloads_io_lists = on_lists,
  .test_payloads_io_options = on_options,
  .test_payloads_io_wide = on_wide,
  .test_payloads_io_bools = on_bools,
  .test_payloads_io_pairs = on_pairs,
  .test_payloads_io_streams = on_streams,
  .test_payloads_io_result_later = on_result_later,
  .test_payloads_io_pack = on_pack,
  .test_payloads_io_bag_is_empty = on_bag_is_empty,
  .test_payloads_io_alive = on_alive,
  .test_payloads_io_heap = on_heap,
};

static inline int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static inline void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

#endif
