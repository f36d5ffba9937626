/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The debug layer: a record for each thing that has to end. It sits on top of the public functions, so the libraries of the modes
 * are the same with it and without it.
 *
 *   record.c  the records, and the report     hooks.c   captures, scopes and awaits      waits.c  what goroutines wait for
 *   glue.c    calls and borrows               memory.c  memory that the host has placed here   moves.c  operations on streams
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
  bool is_call;        /* a goroutine waits inside of a call */
  bool is_borrow;      /* key is a handle, and `call` the number of the call that it came with */
  bool is_memory;      /* key is a pointer to `size` bytes that the host has placed here */
  bool is_nobodys;     /* memory whose call is not known yet */
  unsigned call;
  size_t size;
  uintptr_t key;       /* a handle or a pointer */
  witguest_task *task; /* borrowed: it lives as long as the record, or is only compared; NULL: none */
  witguest_scope scope;
  witguest_done done;
  void (*moved)(void); /* the same for a stream's operation, whatever its type */
  void *arg;           /* of done or moved; of a goroutine's wait: the goroutine */
  struct witguest__record *prev, *next;
} witguest__record;

/* The last in the list, for the current task if there is one. */
witguest__record *witguest__record_new(const char *what, const char *file, int line);
void witguest__record_free(witguest__record *record);
/* What has happened, for the next report; 32 at most. */
void witguest__record_event(const char *what, const char *file, int line);
/* Prints the line of one. */
void witguest__record_print(const witguest__record *record, witguest_debug_print print, void *user);
witguest__record *witguest__records(void);

/* memory.c: what no call has claimed by now belongs to this one; file and line: where that is declared. */
void witguest__memory_claim(const char *what, const char *name, const char *file, int line, unsigned call);

/* One that waits. */
witguest__record *witguest__record_wait(const char *name, const char *file, int line);

#endif
