/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A caller in UTF-16 and a callee in Latin-1 or UTF-16: the host is in the middle, in UTF-8.
 */
#include "pair.h"

#define CALLEE(name) callee_test_strings_mixed_io_##name
#define RUNNER(name) runner_test_strings_mixed_io_##name

static void free_echo(void *echo) { callee_tuple2_string_bool_free(echo); }

static runner_tuple2_string_bool_t on_echo(void *host, withost_call *call, runner_string_t s) {
  callee_tuple2_string_bool_t result = {0};
  wire_called(host, call, CALLEE(echo)(TO_CALLEE(host, call), SAME(callee_string_t, s), &result));
  wire_keep_result(host, &result, sizeof result, free_echo);
  return SAME(runner_tuple2_string_bool_t, result);
}

static void free_list(void *list) { callee_list_string_free(list); }

static runner_list_string_t on_reverse(void *host, withost_call *call, runner_list_string_t all) {
  callee_list_string_t result = {0};
  wire_called(host, call, CALLEE(reverse)(TO_CALLEE(host, call), SAME(callee_list_string_t, all), &result));
  wire_keep_result(host, &result, sizeof result, free_list);
  return SAME(runner_list_string_t, result);
}

static void later_done(void *user, withost_call *inner, int status, const callee_option_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(later_return)(call, SAME(runner_option_string_t, *result));
}

static void on_later(void *host, withost_call *call, runner_string_t s) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(later)(TO_CALLEE(host, call), pair_keep(w, s), later_done, w, wire_inner(w)));
}

static void words_done(void *user, withost_call *inner, int status, const exports_test_strings_mixed_io_stream_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(words_return)(call, *result);
}

static void on_words(void *host, withost_call *call, uint32_t total) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(words)(TO_CALLEE(host, call), total, words_done, w, wire_inner(w)));
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_strings_mixed_io_echo = on_echo,
  .test_strings_mixed_io_reverse = on_reverse,
  .test_strings_mixed_io_later = on_later,
  .test_strings_mixed_io_words = on_words,
  .test_strings_mixed_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

/* `words` waits inside its call. */
static void one_round(case_run *c) {
  if (c->can_block) pair_round(c);
  else pair_round_refused(c, true, "test:strings-mixed/io#words" PAIR_BLOCKS);
}

int main(void) {
  return case_main(&(case_plan){.name = "strings-mixed", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = one_round});
}
