/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Lists of fixed length, flat and through memory.
 */
#include "pair.h"

#define CALLEE(name) callee_test_fixed_lists_io_##name
#define RUNNER(name) runner_test_fixed_lists_io_##name

static runner_list4_u8_t on_bytes(void *host, withost_call *call, runner_list4_u8_t a) {
  callee_list4_u8_t result = {0};
  wire_called(host, call, CALLEE(bytes)(TO_CALLEE(host, call), SAME(callee_list4_u8_t, a), &result));
  return SAME(runner_list4_u8_t, result);
}

static runner_list2_list3_f32_t on_matrix(void *host, withost_call *call, runner_list3_list2_f32_t m) {
  callee_list2_list3_f32_t result = {0};
  wire_called(host, call, CALLEE(matrix)(TO_CALLEE(host, call), SAME(callee_list3_list2_f32_t, m), &result));
  return SAME(runner_list2_list3_f32_t, result);
}

static void free_texts(void *texts) { callee_list2_string_free(texts); }

static runner_list2_string_t on_cells(void *host, withost_call *call, test_fixed_lists_io_list2_cell_t c) {
  callee_list2_string_t result = {0};
  wire_called(host, call, CALLEE(cells)(TO_CALLEE(host, call), SAME(exports_test_fixed_lists_io_list2_cell_t, c),
                                         &result));
  wire_keep_result(host, &result, sizeof result, free_texts);
  return SAME(runner_list2_string_t, result);
}

static runner_list20_u64_t on_long(void *host, withost_call *call, runner_list20_u64_t n) {
  callee_list20_u64_t result = {0};
  wire_called(host, call, CALLEE(long)(TO_CALLEE(host, call), SAME(callee_list20_u64_t, n), &result));
  return SAME(runner_list20_u64_t, result);
}

static uint32_t on_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .test_fixed_lists_io_bytes = on_bytes,
  .test_fixed_lists_io_matrix = on_matrix,
  .test_fixed_lists_io_cells = on_cells,
  .test_fixed_lists_io_long = on_long,
  .test_fixed_lists_io_heap = on_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

int main(void) {
  return case_main(&(case_plan){.name = "fixed-lists", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = pair_round});
}
