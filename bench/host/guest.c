/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The guest that host.c calls: as little as there can be in each function.
 */
#include "bench.h"

uint32_t exports_bench_host_work_add(uint32_t a, uint32_t b) { return a + b; }

uint32_t exports_bench_host_work_imports(uint32_t n) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < n; i++) sum += bench_host_env_tick(i);
  return sum;
}

uint32_t exports_bench_host_work_sum(bench_list_u8_t *bytes) {
  uint32_t sum = bytes->len ? bytes->ptr[bytes->len - 1] : 0;
  bench_list_u8_free(bytes);
  return sum;
}

void exports_bench_host_work_echo(exports_bench_host_work_person_t *p, exports_bench_host_work_person_t *ret) { *ret = *p; }
