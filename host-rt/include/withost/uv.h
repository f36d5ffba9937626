/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * withost on libuv: a store that a loop turns. Link libwithost_uv.a before libwithost.a, and -luv.
 *
 *   withost_uv *uv;                        withost_uv_new(uv_default_loop(), NULL, &uv);
 *   withost_store *store = withost_uv_store(uv);
 *   ... instantiate, call; answer imports from the callbacks of your own handles ...
 *   uv_run(uv_default_loop(), UV_RUN_DEFAULT);
 *   withost_uv_close(uv);                  uv_run(uv_default_loop(), UV_RUN_DEFAULT);
 *
 * Laws
 *
 *  U1. While something in the store is ready the loop does not sleep, and does not end. What only waits for you does not
 *      keep the loop alive: your handles do.
 *  U2. Each turn runs once per iteration of the loop, so that guests and handles take turns.
 *  U3. The store's time is uv_now(), in milliseconds: withost_call_set_deadline(call, uv_now(loop) + 500). A deadline keeps
 *      the loop alive.
 *  U4. All of it belongs to the loop's thread. From others, use a uv_async_t of yours and answer in its callback.
 */
#ifndef WITHOST_UV_H
#define WITHOST_UV_H

#include <uv.h>

#include <withost/withost.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct withost_uv withost_uv;

/* Makes a store that the loop turns. config: as for withost_store_new, but on_ready and user are taken. *uv: own, release with
 * withost_uv_close. ENOMEM. */
int withost_uv_new(uv_loop_t *loop, const withost_config *config, withost_uv **uv);
/* The store: lent. */
withost_store *withost_uv_store(withost_uv *uv);
/* To be called after a deadline was set before the loop runs (inside of its callbacks there is no need). */
void withost_uv_update(withost_uv *uv);
/* Closes the store. EBUSY as withost_store_close: then nothing happened. Memory is freed by the loop's next iteration. */
int withost_uv_close(withost_uv *uv);

#ifdef __cplusplus
}
#endif
#endif
