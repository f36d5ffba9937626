/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Error contexts: a debug message behind a handle. Immutable and counted: each handle and each host that keeps one is a
 * reference. The message is kept in UTF-8 and is all of what the guest gave.
 */
#include "../value/text.h"
#include "machine.h"

struct withost_error_context {
  withost_store *store;
  size_t refs, length;
  size_t kept; /* of these refs, those in values that the host has not got yet; then it is in instance->kept */
  withost_error_context *next;
  char text[];
};

int withost_error_context_create(withost_store *store, const char *text, size_t length, withost_error_context **out) {
  *out = NULL;
  if (length > WITHOST__STRING_MAX || !withost__utf8_is_valid((const uint8_t *)text, length))
    return withost__fail(store, WITHOST_EINVAL, "an error context is at most 2^28-1 bytes of UTF-8");
  withost_error_context *c = withost__alloc(store, sizeof *c + length);
  if (!c) return withost__fail(store, WITHOST_ENOMEM, "no memory for an error context");
  c->store = store;
  c->refs = 1;
  c->length = length;
  c->kept = 0;
  if (length) memcpy(c->text, text, length);
  *out = c;
  return WITHOST_OK;
}

const char *withost_error_context_text(const withost_error_context *c, size_t *length) {
  *length = c->length;
  return c->text;
}

withost_error_context *withost_error_context_keep(withost_error_context *c) {
  c->refs++;
  return c;
}

void withost_error_context_release(withost_error_context *c) {
  if (--c->refs == 0) withost__free(c->store, c, sizeof *c + c->length);
}

/* ---- Values ---- */

withost_error_context *withost_own_error_context(withost_instance *i, withost_error_context *c) {
  if (!c->kept++) {
    c->next = i->kept;
    i->kept = c;
  }
  i->unsettled = true;
  return withost_error_context_keep(c);
}

void withost__kept_settle(withost_instance *i) {
  for (; i->kept; i->kept = i->kept->next) i->kept->kept = 0;
}

void withost__kept_undo(withost_instance *i) {
  for (withost_error_context *c; (c = i->kept);) {
    i->kept = c->next;
    for (size_t n = c->kept; n; n--) {
      c->kept = n - 1;
      withost_error_context_release(c);
    }
  }
}

withost_error_context *withost_lift_error_context(withost_instance *i, uint32_t handle) {
  const withost_slot *slot = withost__handle_slot(i, handle);
  if (slot->tag != WITHOST__ERROR_CONTEXT) withost_trap(i, "handle index %u is not an error context", handle);
  return slot->record;
}

/* Behind a handle that is there already: a full table leaves no context in nobody's hands. */
static void context_new(withost_instance *i, uint32_t handle, const char *text, size_t length) {
  withost_error_context *c;
  if (withost_error_context_create(i->store, text, length, &c)) {
    withost__handle_remove(i, handle);
    withost_trap(i, "out of memory for an error context");
  }
  i->handles.slots[handle].record = c;
}

uint32_t withost_lower_error_context(withost_instance *i, withost_error_context *c) {
  uint32_t handle = withost__handle_add(i, WITHOST__ERROR_CONTEXT, c);
  if (c) c->refs++;
  else context_new(i, handle, "", 0);
  return handle;
}

/* ---- Built-ins ---- */

static void check_may_leave(withost_instance *i) {
  if (!i->may_leave) withost_trap(i, "cannot leave component instance");
}

uint32_t withost_error_context_new(withost_instance *i, withost_encoding encoding, uint32_t ptr, uint32_t units) {
  check_may_leave(i);
  size_t length, mark = withost_scratch_mark(i);
  const uint8_t *text = withost_lift_string(i, encoding, ptr, units, &length);
  uint32_t handle = withost__handle_add(i, WITHOST__ERROR_CONTEXT, NULL);
  context_new(i, handle, (const char *)text, length);
  if (mark) withost_scratch_release(i, mark);
  return handle;
}

/* The context outlives the realloc in between, which may not leave the guest and so cannot drop it. */
void withost_error_context_debug_message(withost_instance *i, withost_encoding encoding, uint32_t handle, uint32_t out) {
  check_may_leave(i);
  const withost_error_context *c = withost_lift_error_context(i, handle);
  withost_check(i, out, 8, 4);
  uint32_t units, address = withost_lower_string(i, encoding, (const uint8_t *)c->text, c->length, &units);
  uint8_t *p = withost_check(i, out, 8, 4);
  withost_store_u32(p, address);
  withost_store_u32(p + 4, units);
}

void withost_error_context_drop(withost_instance *i, uint32_t handle) {
  check_may_leave(i);
  withost_error_context *c = withost_lift_error_context(i, handle);
  withost__handle_remove(i, handle);
  withost_error_context_release(c);
}
