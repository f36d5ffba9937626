/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The loop inside: its queues, and awaits.
 */
#ifndef WITGUEST_LOOP_INTERNAL_H
#define WITGUEST_LOOP_INTERNAL_H

#include <witguest/loop.h>

#include "../mode/mode.h"

/* What a witguest_await is. */
typedef struct witguest__await {
  witguest__waiter waiter;
  witguest_done done;
  void *arg;
  struct witguest__await *prev, *next; /* of its task */
  uint32_t waitable;                   /* 0: its code is there */
  uint32_t code;
  bool is_subtask, cancelling;
} witguest__await;
_Static_assert(sizeof(witguest__await) <= sizeof(witguest_await), "loop.h reserves too little");

typedef struct witguest__loop { witguest__queue microtasks, macrotasks; } witguest__loop;
extern witguest__loop witguest__the_loop;

/* Puts work for a task where it can run: here, or in the task's own callback. Takes the job's reference. */
void witguest__loop_queue(witguest__job job);

#endif
