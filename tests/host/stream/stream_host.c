/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Glue of the world of intrinsics: see stream_host.h.
 */
#include <stdlib.h>

#include "stream_host.h"

/* ---- Payloads ---- */

static void string_lift(withost_instance *i, const uint8_t *from, void *to, size_t count) {
  stream_string *s = to;
  for (size_t n = 0; n < count; n++, from += 8)
    s[n].ptr = withost_lift_string(i, WITHOST_UTF8, withost_load_u32(from), withost_load_u32(from + 4), &s[n].len);
}

/* A copy that the receiver frees, as generated glue makes it. */
static void owned_lift(withost_instance *i, const uint8_t *from, void *to, size_t count) {
  stream_string *s = to;
  for (size_t n = 0; n < count; n++, from += 8) {
    const uint8_t *text = withost_lift_string(i, WITHOST_UTF8, withost_load_u32(from), withost_load_u32(from + 4), &s[n].len);
    uint8_t *copy = malloc(s[n].len + 1);
    memcpy(copy, text, s[n].len);
    s[n].ptr = copy;
  }
}

static void owned_release(void *elements, size_t count) {
  stream_string *s = elements;
  for (size_t n = 0; n < count; n++) free((void *)(uintptr_t)s[n].ptr);
}

/* Lowering may move the guest's memory: `to` is kept as an offset. */
static void string_lower(withost_instance *i, const void *from, uint8_t *to, size_t count) {
  const stream_string *s = from;
  size_t at = (size_t)(to - withost_memory(i));
  for (size_t n = 0; n < count; n++, at += 8) {
    uint32_t units, ptr = withost_lower_string(i, WITHOST_UTF8, s[n].ptr, s[n].len, &units);
    withost_store_u32(withost_memory(i) + at, ptr);
    withost_store_u32(withost_memory(i) + at + 4, units);
  }
}

static void file_drop(withost_instance *i, uint32_t rep) {
  uint8_t *destroyed = ((stream_instance *)i)->destroyed;
  if (destroyed) destroyed[rep]++;
}

const withost_resource_type stream_file_type = {.name = "test:streams/host#file", .drop = file_drop};

static void file_lift(withost_instance *i, const uint8_t *from, void *to, size_t count) {
  stream_file *f = to;
  for (size_t n = 0; n < count; n++, from += 12) {
    f[n].rep = withost_lift_own(i, &stream_file_type, withost_load_u32(from));
    f[n].name.ptr = withost_lift_string(i, WITHOST_UTF8, withost_load_u32(from + 4), withost_load_u32(from + 8), &f[n].name.len);
    f[n].name.ptr = withost_own(i, f[n].name.ptr, f[n].name.len);
  }
}

static void file_lower(withost_instance *i, const void *from, uint8_t *to, size_t count) {
  const stream_file *f = from;
  uint32_t at = (uint32_t)(to - withost_memory(i));
  for (size_t n = 0; n < count; n++, at += 12) {
    withost_store_word(i, at, withost_lower_own(i, &stream_file_type, f[n].rep));
    withost_store_string(i, WITHOST_UTF8, at + 4, f[n].name.ptr, f[n].name.len);
  }
}

static void file_release(void *elements, size_t count) {
  stream_file *f = elements;
  for (size_t n = 0; n < count; n++) withost_free((void *)(uintptr_t)f[n].name.ptr);
}

static void nested_lift(withost_instance *i, const uint8_t *from, void *to, size_t count) {
  withost_stream **s = to;
  for (size_t n = 0; n < count; n++) s[n] = withost_lift_stream(i, &stream_types[U8], withost_load_u32(from + 4 * n));
}

static void nested_lower(withost_instance *i, const void *from, uint8_t *to, size_t count) {
  withost_stream *const *s = from;
  for (size_t n = 0; n < count; n++) withost_store_u32(to + 4 * n, withost_lower_stream(i, &stream_types[U8], s[n]));
}

const withost_stream_type stream_types[PAYLOADS] = {
  [U8] = {.size = 1, .align = 1, .host_size = 1, .is_number = true, .is_plain = true},
  [U32] = {.size = 4, .align = 4, .host_size = 4, .is_number = true, .is_plain = true, .identity = 32},
  [S32] = {.size = 4, .align = 4, .host_size = 4, .is_number = true, .is_plain = true, .identity = 33},
  [U32_AGAIN] = {.size = 4, .align = 4, .host_size = 4, .is_number = true, .is_plain = true, .identity = 32},
  [UNIT] = {.size = 0, .align = 1, .host_size = 0, .is_plain = true},
  [STRING] = {.size = 8, .align = 4, .host_size = sizeof(stream_string), .lift = string_lift, .lower = string_lower},
  [OWNED] = {.size = 8, .align = 4, .host_size = sizeof(stream_string), .lift = owned_lift, .lower = string_lower,
             .release = owned_release},
  [PAIR] = {.size = 8, .align = 4, .host_size = 8, .is_plain = true},
  [OTHER_FILES] = {.size = 12, .align = 4, .host_size = sizeof(stream_file) + 8, .lift = file_lift, .lower = file_lower,
                   .release = file_release, .identity = 12},
  [FILES] = {.identity = 12, .size = 12, .align = 4, .host_size = sizeof(stream_file), .lift = file_lift, .lower = file_lower,
             .release = file_release},
  [NESTED] = {.size = 4, .align = 4, .host_size = sizeof(withost_stream *), .lift = nested_lift, .lower = nested_lower}};

/* ---- Imports ---- */

static uint64_t call_future(stream_instance *self, const withost_blocking *block, uint32_t code, const withost_stream_type *t,
                            uint32_t a, uint32_t b) {
  withost_instance *i = &self->base;
  switch (code) {
    case OP_NEW: return withost_future_new(i, t);
    case OP_READ: return withost_future_copy_in(i, t, block, a, b);
    case OP_WRITE: return withost_future_copy_out(i, t, block, a, b);
    case OP_CANCEL_READ:
    case OP_CANCEL_WRITE: return withost_future_cancel_copy(i, t, block, code == OP_CANCEL_WRITE, a);
    case OP_FORWARD: withost_future_forward(i, t, a, b); return 0;
    default: withost_future_drop_end(i, t, code == OP_DROP_WRITABLE, a); return 0;
  }
}

static uint64_t call_stream(stream_instance *self, const withost_blocking *block, uint32_t code, const withost_stream_type *t,
                            uint32_t a, uint32_t b, uint32_t c) {
  withost_instance *i = &self->base;
  switch (code) {
    case OP_NEW: return withost_stream_new(i, t);
    case OP_READ: return withost_stream_copy_in(i, t, block, a, b, c);
    case OP_WRITE: return withost_stream_copy_out(i, t, block, a, b, c);
    case OP_CANCEL_READ:
    case OP_CANCEL_WRITE: return withost_stream_cancel_copy(i, t, block, code == OP_CANCEL_WRITE, a);
    case OP_FORWARD: withost_stream_forward(i, t, a, b); return 0;
    default: withost_stream_drop_end(i, t, code == OP_DROP_WRITABLE, a); return 0;
  }
}

uint64_t stream__call(stream_instance *self, const withost_blocking *block, uint32_t code, uint32_t type, uint32_t a,
                      uint32_t b, uint32_t c) {
  withost_instance *i = &self->base;
  const withost_stream_type *t = &stream_types[type];
  switch (code) {
    case OP_SET_NEW: return withost_waitable_set_new(i);
    case OP_JOIN: withost_waitable_join(i, a, b); return 0;
    case OP_POLL: return withost_waitable_set_poll(i, a, b);
    case OP_SET_DROP: withost_waitable_set_drop(i, a); return 0;
    case OP_LIFT: self->lifted = withost_lift_stream(i, t, a); return 0;
    case OP_LIFT_FUTURE: self->lifted = withost_lift_future(i, t, a); return 0;
    case OP_LIFT_AND_STRING: {
      size_t length;
      self->lifted = withost_lift_stream(i, t, a);
      withost_lift_string(i, WITHOST_UTF8, b, c, &length);
      return 0;
    }
    case OP_MAKE_FILE: return withost_lower_own(i, &stream_file_type, a);
    case OP_DROP_FILE: withost_resource_drop(i, &stream_file_type, a); return 0;
    default: break;
  }
  if (code >= OP_FUTURE) return call_future(self, block, code - OP_FUTURE, t, a, b);
  return call_stream(self, block, code, t, a, b, c);
}

/* ---- Exports ---- */

static const withost_function op_function = {.interface = "test:streams/guest", .name = "op"};

int stream_op(stream_instance *i, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c, uint64_t *result) {
  withost_sync s;
  int error = withost_sync_enter(&i->base, &op_function, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  *result = i->core.op(i->base.core, code, type, a, b, c);
  return withost_sync_leave(&s);
}

int stream_pump(stream_instance *i, uint32_t end, uint32_t times, uint64_t *result) {
  withost_sync s;
  int error = withost_sync_enter(&i->base, &op_function, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  *result = i->core.pump(i->base.core, end, times);
  return withost_sync_leave(&s);
}

int stream_lower(stream_instance *i, uint32_t type, withost_stream *stream, uint32_t *end) {
  withost_sync s;
  int error = withost_sync_enter(&i->base, &op_function, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  *end = withost_lower_stream(&i->base, &stream_types[type], stream);
  return withost_sync_leave(&s);
}

int stream_lower_future(stream_instance *i, uint32_t type, withost_future *future, uint32_t *end) {
  withost_sync s;
  int error = withost_sync_enter(&i->base, &op_function, NULL, &s);
  if (error) return error;
  if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
  *end = withost_lower_future(&i->base, &stream_types[type], future);
  return withost_sync_leave(&s);
}

typedef struct op_params { uint32_t code, type, a, b, c; } op_params;

static withost_lift op_form(const withost_instance *base) {
  (void)base;
  return WITHOST_LIFT_STACKFUL;
}

static uint32_t op_start(withost_instance *base, const void *params) {
  const op_params p = *(const op_params *)params;
  ((stream_instance *)base)->core.op_async(base->core, p.code, p.type, p.a, p.b, p.c);
  return 0;
}

static void op_deliver(withost_done done, void *user, withost_call *call, int status, const void *result) {
  ((stream_op_done)done)(user, call, status, result);
}

static const withost_export op_async = {
  .function = {.interface = "test:streams/guest", .name = "op-async", .is_async = true, .result_type = 1},
  .params_size = sizeof(op_params),
  .form = op_form,
  .start = op_start,
  .deliver = op_deliver};

int stream_op_async(stream_instance *i, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c,
                    stream_op_done done, void *user, withost_call **call) {
  const op_params params = {code, type, a, b, c};
  return withost_task_call(&i->base, &op_async, NULL, &params, (withost_done)done, user, call);
}

void stream__return(stream_instance *i, uint64_t result) {
  withost_task_return_begin(&i->base, &op_async.function);
  withost_task_return(&i->base, &op_async.function, &result);
}

/* ---- The instance ---- */

static void stream_prepare(withost_instance *base, const void *imports, void *host) {
  (void)base;
  (void)imports;
  (void)host;
}

int stream_instantiate(withost_store *store, stream_instance **instance) {
  withost_instance *base;
  int error = withost_instantiate(store, stream_program_wasm2c(), sizeof(stream_instance), stream_prepare, NULL, NULL, &base);
  *instance = (stream_instance *)base;
  return error;
}
