/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Three handles: an idle one turns the store while something is ready (and keeps the loop from sleeping), a timer waits for
 * the nearest deadline, and a prepare one, which the loop does not count, sets the timer before the loop sleeps.
 */
#include <stdlib.h>

#include <withost/uv.h>

struct withost_uv {
  uv_idle_t turn;
  uv_timer_t deadline;
  uv_prepare_t before_sleep;
  withost_store *store;
  uint64_t set_for; /* what the timer waits for; UINT64_MAX: it is off */
  int open_handles;
};

static void on_ready(void *user, withost_store *store);

static void turn(uv_idle_t *handle) {
  withost_uv *uv = handle->data;
  withost_store_set_now(uv->store, uv_now(handle->loop));
  if (withost_store_run(uv->store) == 0) uv_idle_stop(handle);
}

static void on_ready(void *user, withost_store *store) {
  withost_uv *uv = user;
  (void)store;
  uv_idle_start(&uv->turn, turn);
}

static void deadline_passed(uv_timer_t *handle) {
  withost_uv *uv = handle->data;
  uv->set_for = UINT64_MAX;
  withost_store_set_now(uv->store, uv_now(handle->loop));
  withost_uv_update(uv);
}

void withost_uv_update(withost_uv *uv) {
  uint64_t next = withost_store_next_deadline(uv->store), now = uv_now(uv->deadline.loop);
  if (withost_store_is_ready(uv->store)) uv_idle_start(&uv->turn, turn);
  if (next == uv->set_for) return;
  uv->set_for = next;
  if (next == UINT64_MAX) uv_timer_stop(&uv->deadline);
  else uv_timer_start(&uv->deadline, deadline_passed, next > now ? next - now : 0, 0);
}

static void before_sleep(uv_prepare_t *handle) { withost_uv_update(handle->data); }

int withost_uv_new(uv_loop_t *loop, const withost_config *config, withost_uv **out) {
  *out = NULL;
  withost_uv *uv = calloc(1, sizeof *uv);
  if (!uv) return WITHOST_ENOMEM;
  withost_config c = config ? *config : (withost_config){0};
  c.on_ready = on_ready;
  c.user = uv;
  int error = withost_store_new(&c, &uv->store);
  if (error) {
    free(uv);
    return error;
  }
  uv->set_for = UINT64_MAX;
  uv->open_handles = 3;
  uv->turn.data = uv->deadline.data = uv->before_sleep.data = uv;
  uv_idle_init(loop, &uv->turn);
  uv_timer_init(loop, &uv->deadline);
  uv_prepare_init(loop, &uv->before_sleep);
  uv_prepare_start(&uv->before_sleep, before_sleep);
  uv_unref((uv_handle_t *)&uv->before_sleep);
  withost_store_set_now(uv->store, uv_now(loop));
  *out = uv;
  return WITHOST_OK;
}

withost_store *withost_uv_store(withost_uv *uv) { return uv->store; }

static void handle_closed(uv_handle_t *handle) {
  withost_uv *uv = handle->data;
  if (--uv->open_handles == 0) free(uv);
}

int withost_uv_close(withost_uv *uv) {
  int error = withost_store_close(uv->store);
  if (error) return error;
  uv_close((uv_handle_t *)&uv->turn, handle_closed);
  uv_close((uv_handle_t *)&uv->deadline, handle_closed);
  uv_close((uv_handle_t *)&uv->before_sleep, handle_closed);
  return WITHOST_OK;
}
