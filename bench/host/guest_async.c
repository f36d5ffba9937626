/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The async functions of guest.c's world.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

bench_callback_code_t exports_bench_host_jobs_nop(void) {
  exports_bench_host_jobs_nop_return();
  return BENCH_CALLBACK_CODE_EXIT;
}

bench_callback_code_t exports_bench_host_jobs_nop_callback(bench_event_t *event) {
  (void)event;
  return BENCH_CALLBACK_CODE_EXIT;
}

bench_callback_code_t exports_bench_host_jobs_call_ready(uint32_t n) {
  uint32_t result, sum = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (BENCH_SUBTASK_STATE(bench_host_timer_ready(i, &result)) != BENCH_SUBTASK_RETURNED) abort();
    sum += result;
  }
  exports_bench_host_jobs_call_ready_return(sum);
  return BENCH_CALLBACK_CODE_EXIT;
}

bench_callback_code_t exports_bench_host_jobs_call_ready_callback(bench_event_t *event) {
  (void)event;
  return BENCH_CALLBACK_CODE_EXIT;
}

typedef struct waiting { uint32_t result; bench_subtask_t call; bench_waitable_set_t set; } waiting;

bench_callback_code_t exports_bench_host_jobs_call_later(uint32_t a) {
  waiting *w = malloc(sizeof *w);
  if (!w) abort();
  w->call = BENCH_SUBTASK_HANDLE(bench_host_timer_later(a, &w->result));
  w->set = bench_waitable_set_new();
  bench_waitable_join(w->call, w->set);
  bench_context_set_0(w);
  return BENCH_CALLBACK_CODE_WAIT(w->set);
}

bench_callback_code_t exports_bench_host_jobs_call_later_callback(bench_event_t *event) {
  waiting *w = bench_context_get_0();
  (void)event;
  bench_subtask_drop(w->call);
  bench_waitable_set_drop(w->set);
  exports_bench_host_jobs_call_later_return(w->result);
  free(w);
  return BENCH_CALLBACK_CODE_EXIT;
}
