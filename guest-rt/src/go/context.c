/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Contexts: a tree of channels that are closed from the leaves up.
 */
#include <stdlib.h>

#include "go.h"

static void context_unlink(witguest_context *c) {
  if (!c->parent) return;
  *(c->prev ? &c->prev->next : &c->parent->child) = c->next;
  if (c->next) c->next->prev = c->prev;
  c->parent = c->prev = c->next = NULL;
}

static void context_link(witguest_context *c, witguest_context *parent) {
  c->parent = parent;
  c->next = parent->child;
  if (c->next) c->next->prev = c;
  parent->child = c;
}

static void context_end(witguest_context *c, int status) {
  c->status = status;
  if (c->timer) witguest_timer_stop(c->timer);
  c->timer = NULL;
  witguest_channel_close(c->done);
}

/* What has ended leaves the tree: so the way down needs no stack, however deep it is. */
static void context_end_all(witguest_context *c, int status) {
  while (!c->status) {
    witguest_context *leaf = c;
    while (leaf->child) leaf = leaf->child;
    context_unlink(leaf);
    context_end(leaf, status);
  }
}

witguest_context *witguest_context_new(witguest_context *parent) {
  witguest_context *c = calloc(1, sizeof *c);
  if (!c) __builtin_trap();
  c->done = witguest_channel_new(0, 0);
  if (parent && parent->status) context_end(c, parent->status);
  else if (parent) context_link(c, parent);
  return c;
}

void witguest_context_free(witguest_context *c) {
  if (!c) return;
  while (c->child) context_unlink(c->child);
  context_unlink(c);
  if (c->timer) witguest_timer_stop(c->timer);
  witguest_channel_free(c->done);
  free(c);
}

void witguest_context_cancel(witguest_context *c) { context_end_all(c, WITGUEST_ECANCELLED); }

static void context_is_late(void *arg) {
  witguest_context *c = arg;
  c->timer = NULL;
  context_end_all(c, WITGUEST_EDEADLINE);
}

int witguest_context_timeout(witguest_context *c, uint64_t nanoseconds) {
  if (c->timer) return WITGUEST_EBUSY;
  if (c->status) return WITGUEST_OK;
  c->timer = witguest_timer_start(nanoseconds, context_is_late, c);
  return c->timer ? WITGUEST_OK : WITGUEST_EINVAL;
}

int witguest_context_status(const witguest_context *c) { return c->status; }

witguest_channel *witguest_context_done(witguest_context *c) { return c->done; }
