/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Cooperative threads and task handles (thread.*, task.drop; names are behind one table in wasm2c.h). To be written:
 * everything here fails loudly, except yield.
 */
#include "machine.h"

uint32_t withost_thread_index(withost_instance *i) {
  withost_trap(i, "unsupported: threads");
}

uint32_t withost_thread_yield(withost_instance *i, const withost_blocking *block) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
  withost__thread_make_ready(i->running);
  withost__thread_park(i->running, block);
  return 0;
}

uint32_t withost_thread_suspend(withost_instance *i, const withost_blocking *block) {
  (void)block;
  withost_trap(i, "unsupported: threads");
}

uint32_t withost_thread_new(withost_instance *i, void (*start)(void *core, uint32_t argument), uint32_t argument) {
  (void)start;
  (void)argument;
  withost_trap(i, "unsupported: threads");
}

void withost_thread_resume_later(withost_instance *i, uint32_t thread) {
  (void)thread;
  withost_trap(i, "unsupported: threads");
}

uint32_t withost_thread_suspend_then_resume(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  (void)block;
  (void)thread;
  withost_trap(i, "unsupported: threads");
}

uint32_t withost_thread_yield_then_resume(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  (void)block;
  (void)thread;
  withost_trap(i, "unsupported: threads");
}

uint32_t withost_thread_suspend_then_promote(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  (void)block;
  (void)thread;
  withost_trap(i, "unsupported: threads");
}

uint32_t withost_thread_yield_then_promote(withost_instance *i, const withost_blocking *block, uint32_t thread) {
  (void)block;
  (void)thread;
  withost_trap(i, "unsupported: threads");
}

uint32_t withost_thread_get_task(withost_instance *i) {
  withost_trap(i, "unsupported: threads");
}

void withost_thread_set_task(withost_instance *i, uint32_t task) {
  (void)task;
  withost_trap(i, "unsupported: threads");
}

void withost_task_drop(withost_instance *i, uint32_t task) {
  (void)task;
  withost_trap(i, "unsupported: threads");
}
