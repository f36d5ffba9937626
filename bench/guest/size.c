/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What a guest that uses the library's tasks, or its loop, is larger by. It allocates in each case.
 */
#include <stdlib.h>

#include <witguest/loop.h>

#define EXPORT(name) __attribute__((__export_name__(name)))

EXPORT("keep") void *keep(size_t size) { return calloc(1, size); }
EXPORT("grow") void *grow(void *p, size_t size) { return realloc(p, size); }
EXPORT("give") void give(void *p) { free(p); }

#if defined TASKS || defined LOOP
EXPORT("capture") witguest_capture_t capture(void) { return witguest_capture(); }
EXPORT("enter") witguest_scope enter(witguest_capture_t c) { return witguest_enter(c); }
EXPORT("leave") void leave(witguest_scope s) { witguest_leave(s); }
EXPORT("release") void release(witguest_capture_t c) { witguest_release(c); }
#endif

#ifdef LOOP
static witguest_await await;
EXPORT("start") uint32_t start(void *arg) { return witguest_loop_start(free, arg); }
EXPORT("event") uint32_t event(uint32_t e, uint32_t w, uint32_t c) { return witguest_loop_event(e, w, c); }
EXPORT("work") int work(void *arg) { return witguest_microtask(free, arg) + witguest_macrotask(free, arg); }
EXPORT("wait") int wait(uint32_t status, witguest_done done) { return witguest_await_subtask(&await, status, done, NULL); }
EXPORT("cancel") int cancel(void) { return witguest_await_cancel(&await) + witguest_on_cancel(free, NULL); }
EXPORT("timer") witguest_timer *timer(uint64_t ns) { return witguest_timer_start(ns, free, NULL); }
#endif
