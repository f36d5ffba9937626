/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Keeps every function of a header in the module: how large is a part of the library that is used to the last function?
 */
#ifndef BENCH_EVERY_H
#define BENCH_EVERY_H

typedef void (*bench_function)(void);

#define BENCH_ITEM(f) (bench_function)f,
/* An export, so that the linker cannot know which of them is wanted. */
#define BENCH_KEEP(list)                                                                              \
  __attribute__((__export_name__("every"))) bench_function every(unsigned n);                         \
  bench_function every(unsigned n) {                                                                  \
    static const bench_function all[] = {list};                                                       \
    return all[n];                                                                                    \
  }

#define BENCH_TASKS(X)                                                                                               \
  X(witguest_task_current) X(witguest_task_ref) X(witguest_task_unref) X(witguest_task_is_cancelled)                 \
  X(witguest_capture) X(witguest_enter) X(witguest_leave) X(witguest_release)                                        \
  X(witguest_run_for) X(witguest_call_for) X(witguest_error_text)                                                    \
  X(witguest_export_enter) X(witguest_export_leave) X(witguest_export_is_needed) X(witguest_export_waits)            \
  X(witguest_export_event) X(witguest_export_end)

#define BENCH_LOOP(X)                                                                                                \
  X(witguest_loop_start) X(witguest_loop_event) X(witguest_microtask) X(witguest_microtask_for)                      \
  X(witguest_macrotask) X(witguest_macrotask_for) X(witguest_queue) X(witguest_run_microtasks)                       \
  X(witguest_await_subtask) X(witguest_await_copy) X(witguest_await_cancel)                                          \
  X(witguest_set_wait) X(witguest_timer_start) X(witguest_timer_stop) X(witguest_await_timeout)                      \
  X(witguest_on_cancel) X(witguest_task_cancel) X(witguest_drain)

#endif
