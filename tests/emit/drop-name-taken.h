#ifndef __BINDINGS_W_H
#define __BINDINGS_W_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * release: demo_clash_i_r_drop_own()
 * wit:     resource demo:clash/i#r
 */
typedef struct demo_clash_i_own_r_t {
  int32_t __handle;
} demo_clash_i_own_r_t;

/** A borrowed handle: to be dropped only by an exported function that received it. */
typedef struct demo_clash_i_borrow_r_t {
  int32_t __handle;
} demo_clash_i_borrow_r_t;

/** wit: record demo:clash/i#holder */
typedef struct demo_clash_i_holder_t {
  demo_clash_i_own_r_t r;
} demo_clash_i_holder_t;

typedef struct demo_clash_i_list_holder_t {
  demo_clash_i_holder_t *ptr;
  size_t len;
} demo_clash_i_list_holder_t;

/* Imported: demo:clash/i */

/* Handles of resource r. */
void demo_clash_i_r_drop_own(demo_clash_i_own_r_t handle);
/* For borrows that an exported function was given. */
void demo_clash_i_r_drop_borrow(demo_clash_i_borrow_r_t handle);
/* A borrow of what you own, good while you keep it; not to be dropped. */
demo_clash_i_borrow_r_t demo_clash_i_borrow_r(demo_clash_i_own_r_t handle);

/**
 * h:   handles inside are given away.
 * wit: import demo:clash/i#holder-drop
 */
void demo_clash_i_holder_drop(demo_clash_i_holder_t *h);

/**
 * h:   stays yours; handles inside are given away.
 * wit: import demo:clash/i#list-drop
 */
void demo_clash_i_list_drop(demo_clash_i_list_holder_t *h);

void demo_clash_i_list_holder_free(demo_clash_i_list_holder_t *ptr);

void demo_clash_i_list_holder_drop(demo_clash_i_list_holder_t *ptr);

#ifdef __cplusplus
}
#endif
#endif
