/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What the tests of the machine share: a store, a puppet, and its actors. An actor is a thread of the guest with a script;
 * what it saw and how its call ended is written down.
 */
#ifndef RIG_H
#define RIG_H

#include "machine.h"
#include "machine_host.h"

enum { RIG_ACTORS = 8, RIG_NOTES = 64 };

typedef struct actor {
  const machine_op *script;
  size_t at;                          /* the next operation */
  uint32_t results[RIG_NOTES];        /* [n]: what operation n gave */
  struct { uint32_t code, p1, p2; } events[RIG_NOTES];
  size_t event_count;
  withost_call *call;
  int done;                           /* how often the callback ran */
  int status;
  uint32_t result;
} actor;

typedef struct rig {
  withost_store *store;
  machine_instance *guest;
  actor actors[RIG_ACTORS];
  withost_call *later[RIG_NOTES];     /* imports that are not answered */
  uint32_t later_count;
  int cancels;                        /* notices */
  uint32_t order[RIG_NOTES], ordered; /* who asked, in order */
  void (*inside)(struct rig *rig, withost_call *call); /* runs in every ask */
  void (*pass)(struct rig *rig, withost_call *call, uint32_t value); /* instead of keeping calls of `later` */
  withost_config config;
} rig;

/* An operation for the script only: the host does something inside the import. */
enum { HOST_ACTION = 1000, ANSWER_NOW };

void check(bool good, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
int check_end(void);

void rig_open(rig *r);
const machine_imports *rig_imports(void);
/* In the store of another, which is closed with it. */
void rig_open_beside(rig *r, const rig *other);
void rig_close(rig *r);
/* Turns until nothing is ready. */
void rig_run(rig *r);
/* Gives actor `who` its script; the call that it gets, if it is one. */
void rig_script(rig *r, uint32_t who, const machine_op *script);
int rig_call(rig *r, machine_form form, uint32_t who, const machine_op *script);
int rig_sync(rig *r, uint32_t who, const machine_op *script);
void rig_answer(rig *r, uint32_t which, uint32_t value);
/* That the first trap is "function: reason". */
bool rig_trapped(const rig *r, const char *text);

#define SCRIPT(...) ((const machine_op[]){__VA_ARGS__, {0}})

#endif
