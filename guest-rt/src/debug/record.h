/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The debug layer: a record for each thing that has to end. It sits on top of the public functions, so the libraries of the modes
 * are the same with it and without it.
 *
 *   record.c  the records, and the report     hooks.c  captures, scopes and awaits      waits.c  what goroutines wait for
 */
#ifndef WITGUEST_DEBUG_RECORD_H
#define WITGUEST_DEBUG_RECORD_H

#ifndef WITGUEST_DEBUG
#define WITGUEST_DEBUG
#endif
#define WITGUEST_DEBUG_INTERNAL
#include <witguest/debug.h>

#include "../loop/loop.h"

typedef struct witguest__record {
  const char *what, *name, *file; /* name: of a subtask's kind or a WIT item, or NULL */
  int line;
  bool is_event;       /* has happened, and is told once */
  bool waits;          /* somebody does, until this is gone */
  uintptr_t key;       /* a handle or a pointer */
  witguest_task *task; /* borrowed: it lives as long as the record, or is only compared; NULL: none */
  witguest_scope scope;
  witguest_done done;
  void *arg;
  struct witguest__record *prev, *next;
} witguest__record;

/* The last in the list, for the current task if there is one. */
witguest__record *witguest__record_new(const char *what, const char *file, int line);
void witguest__record_free(witguest__record *record);
/* What has happened, for the next report; 32 at most. */
void witguest__record_event(const char *what, const char *file, int line);
/* One that waits. */
witguest__record *witguest__record_wait(const char *name, const char *file, int line);

#endif
