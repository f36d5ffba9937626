/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A world whose guest does what it is told (guest.wat), and a host that counts. Every sync export has three numbers and a
 * number, so that a hostile call is a line of a table.
 */
#ifndef VALUES_HOST_H
#define VALUES_HOST_H

#include <withost/glue.h>

/* The guest's exports, in the order of enum values_op. */
#define VALUES_OPS(X)                                                                                                     \
  X(mode) X(destroyed) X(nothing) X(string) X(list) X(character) X(variant) X(record) X(make_file) X(make_other)          \
  X(take_own) X(take_borrow) X(take_both) X(own_and_string) X(lend) X(lend_and_string) X(give_string) X(give_thing)       \
  X(file_drop) X(other_drop) X(thing_new) X(thing_rep) X(thing_drop) X(context_new) X(context_message) X(context_drop)    \
  X(set_new) X(set_poll) X(join) X(subtask_drop) X(post)

typedef enum values_op {
#define VALUES_ENUM(name) OP_##name,
  VALUES_OPS(VALUES_ENUM)
#undef VALUES_ENUM
  VALUES_COUNT
} values_op;

typedef uint32_t (*values_function)(void *core, uint32_t a, uint32_t b, uint32_t c);

enum { FILES = 64 };

/* What the host sees. */
typedef struct values_host {
  uint32_t files_made, destroyed[FILES]; /* by representation */
  bool owned[FILES];                     /* the host has got it back */
  withost_call *lent;                    /* the last call of `lend` */
  unsigned asked_to_cancel;
  char text[256];                        /* the last string */
  size_t length;
  const uint8_t *give;                   /* to be lowered by give_string */
  size_t give_length;
  uint32_t thing;                        /* to be lowered by give_thing */
  bool give_is_view;                     /* give what was taken last, from the guest's own memory */
  const uint8_t *taken;
  size_t taken_length;
} values_host;

typedef struct values {
  withost_instance base;
  values_host *host;
  values_function core[VALUES_COUNT];
  uint32_t (*task)(void *core, uint32_t mode, uint32_t file, uint32_t thing);
  uint32_t (*task_callback)(void *core, uint32_t event, uint32_t p1, uint32_t p2);
  void (*thing_dtor)(void *core, uint32_t rep);
} values;

int values_instantiate(withost_store *store, values_host *host, values **instance);
/* One export. OK, ETRAP, EPOISONED, EREENTER. */
int values_call(values *i, values_op op, uint32_t a, uint32_t b, uint32_t c, uint32_t *result);
/* As a sync export with a post-return. */
int values_post(values *i, uint32_t mode);
/* thing_new in the guest, which gives it to the host. */
int values_take_thing(values *i, uint32_t rep, withost_resource *thing);
int values_thing_drop(withost_resource thing);

typedef struct values_task_params { uint32_t mode, file; withost_resource thing; } values_task_params;
typedef void (*values_task_done)(void *user, withost_call *call, int status);
int values_task(values *i, values_task_params params, values_task_done done, void *user, withost_call **call);
int values_lend_return(withost_call *call);

const withost_program *values_program_wasm2c(void);

/* ---- Core imports ---- */

void values__string(values *i, uint32_t encoding, uint32_t p, uint32_t n);
void values__list(values *i, uint32_t p, uint32_t n);
void values__character(values *i, uint32_t c);
void values__variant(values *i, uint32_t d);
void values__record(values *i, uint32_t p);
uint32_t values__make_file(values *i, uint32_t rep);
uint32_t values__make_other(values *i, uint32_t rep);
uint32_t values__take_own(values *i, uint32_t handle);
uint32_t values__take_borrow(values *i, uint32_t handle);
void values__take_both(values *i, uint32_t borrow, uint32_t own);
void values__own_and_string(values *i, uint32_t own, uint32_t p, uint32_t n);
uint32_t values__lend(values *i, uint32_t borrow);
uint32_t values__lend_and_string(values *i, uint32_t borrow, uint32_t p, uint32_t n);
void values__give_string(values *i, uint32_t encoding, uint32_t out);
void values__give_thing(values *i, uint32_t out);
void values__file_drop(values *i, uint32_t handle);
void values__other_drop(values *i, uint32_t handle);
uint32_t values__thing_new(values *i, uint32_t rep);
uint32_t values__thing_rep(values *i, uint32_t handle);
void values__thing_drop(values *i, uint32_t handle);
void values__task_return(values *i);

#endif
