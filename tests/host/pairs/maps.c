/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Maps in both directions, nested and optional.
 */
#include "pair.h"

#define CALLEE(name) callee_test_maps_io_##name
#define RUNNER(name) runner_test_maps_io_##name

static void free_inverted(void *map) { callee_map_u32_string_free(map); }

static runner_map_u32_string_t on_invert(void *host, withost_call *call, runner_map_string_u32_t m) {
  callee_map_u32_string_t result = {0};
  wire_called(host, call, CALLEE(invert)(TO_CALLEE(host, call), SAME(callee_map_string_u32_t, m), &result));
  wire_keep_result(host, &result, sizeof result, free_inverted);
  return SAME(runner_map_u32_string_t, result);
}

static void free_nested(void *map) { exports_test_maps_io_map_string_entry_free(map); }

static test_maps_io_map_string_entry_t on_nested(void *host, withost_call *call, test_maps_io_map_string_entry_t m) {
  exports_test_maps_io_map_string_entry_t result = {0};
  wire_called(host, call, CALLEE(nested)(TO_CALLEE(host, call), SAME(exports_test_maps_io_map_string_entry_t, m), &result));
  wire_keep_result(host, &result, sizeof result, free_nested);
  return SAME(test_maps_io_map_string_entry_t, result);
}

static uint32_t on_optional(void *host, withost_call *call, runner_option_map_char32_bool_t m) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(optional)(TO_CALLEE(host, call), SAME(callee_option_map_char32_bool_t, m), &result));
  return result;
}

static void later_done(void *user, withost_call *inner, int status, const callee_map_s64_u32_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(later_return)(call, SAME(runner_map_s64_u32_t, *result));
}

static void on_later(void *host, withost_call *call, runner_map_s64_list_u8_t m) {
  wire *w = wire_open(host, call);
  callee_map_s64_list_u8_t map = {wire_keep(w, m.ptr, m.len * sizeof *m.ptr), m.len};
  for (size_t n = 0; n < m.len; n++) map.ptr[n].value.ptr = wire_keep(w, m.ptr[n].value.ptr, m.ptr[n].value.len);
  wire_sent(w, CALLEE(later)(TO_CALLEE(host, call), map, later_done, w, wire_inner(w)));
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_maps_io_invert = on_invert,
  .test_maps_io_nested = on_nested,
  .test_maps_io_optional = on_optional,
  .test_maps_io_later = on_later,
  .test_maps_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "maps", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = pair_round});
}
