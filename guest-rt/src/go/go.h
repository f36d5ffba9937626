/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Goroutines inside: who runs, who waits, and how waiting ends.
 *
 *   coroutine.c  a stack of its own           goroutine.c  a coroutine that works for a task, as work of the loop
 *   parking.c    waiting in lines             channel.c, select.c, wait_group.c, context.c, go_await.c  what one waits for
 *
 * To wait, a goroutine makes a *parking* on its stack and takes a *place* in the line of each thing that it waits for. The first thing
 * that happens ends the parking: all places are left, and the goroutine is ready.
 */
#ifndef WITGUEST_GO_INTERNAL_H
#define WITGUEST_GO_INTERNAL_H

#include <witguest/go.h>

#include "../loop/loop.h"
#include "coroutine.h"

typedef struct witguest__goroutine {
  witguest__coroutine coroutine;
  void (*run)(void *arg);
  void *arg;
  witguest_task *home;  /* that it was started for: it runs in a callback of this task where the mode needs that */
  witguest_task *inner; /* of the scope in which it waits */
} witguest__goroutine;

/* The running one, or NULL. */
witguest__goroutine *witguest__go_running(void);
/* Leaves the running one, until it is made ready. */
void witguest__go_leave(void);
/* It runs soon. flags: of witguest_queue. */
void witguest__go_ready(witguest__goroutine *g, unsigned flags);

/* ---- Parkings ---- */

typedef struct witguest__place {
  struct witguest__place *prev, *next;
  struct witguest__line *line; /* NULL: in none */
  struct witguest__parking *parking;
  void *value; /* to be sent, or where to receive */
} witguest__place;
_Static_assert(sizeof(witguest__place) <= sizeof(witguest_place), "go.h reserves too little");

/* Who waits for one thing, first come first. Zeroed is empty. */
typedef struct witguest__line { witguest__place *first, *last; } witguest__line;

typedef struct witguest__parking {
  witguest__goroutine *goroutine;
  struct witguest__place *ended; /* the one that was served; NULL: something that has no place */
  int status;
  uint32_t count;
  witguest__place *(*place_at)(void *of, uint32_t n);
  void *of;
  bool is_over;
} witguest__parking;

/* For one place, in `of`, or for `count` of them. */
witguest__place *witguest__place_single(void *of, uint32_t n);

void witguest__line_join(witguest__line *line, witguest__place *place, witguest__parking *parking, void *value);
/* Ends a parking, served at that place. */
void witguest__place_serve(witguest__place *place, int status);
void witguest__line_serve_all(witguest__line *line, int status);
/* Ends a parking for another reason. */
void witguest__parking_end(witguest__parking *parking, int status);
/* Waits until it ends; over already is fine. Returns its status. */
int witguest__parking_wait(witguest__parking *parking);
/* Waits in one line. */
int witguest__line_wait(witguest__line *line, void *value);

/* ---- Channels ---- */

struct witguest_channel {
  size_t size, capacity, first, count;
  witguest__line senders, receivers;
  bool closed;
  _Alignas(max_align_t) char values[];
};

struct witguest_context {
  witguest_channel *done;
  int status;
  witguest_timer *timer; /* or NULL */
  struct witguest_context *parent, *child, *prev, *next; /* next: sibling */
};

#endif
