/*
 * Host core: the lists of what a guest may import and export, and the built-ins that every world has.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/core_names.h"
#include "emit/host.h"

#include "support/vec.h"

host_import *host_add_import(host *h, str module, str name, const func_signature *s) {
  host_import r = {.module = module, .name = name, .param_count = s->param_count, .has_result = s->has_result,
                   .result = s->result};
  for (size_t i = 0; i < s->param_count; i++)
    r.params[i] = s->params[i];
  vec_push(h->base.arena, &h->imports, r);
  return &h->imports.items[h->imports.count - 1];
}

str host_signature(host *h, const core_type *params, size_t count, bool has_result, core_type result) {
  static const char letters[] = {[CORE_I32] = 'i', [CORE_I64] = 'I', [CORE_F32] = 'f', [CORE_F64] = 'F'};
  buf out;
  buf_init(&out, h->base.arena);
  for (size_t i = 0; i < count; i++)
    buf_add_byte(&out, letters[params[i]]);
  buf_add_byte(&out, ':');
  if (has_result)
    buf_add_byte(&out, letters[result]);
  return buf_str(&out);
}

const char *host_needs_name(host_needs needs) {
  static const char *const names[] = {"WITHOST_NEEDS_NOTHING", "WITHOST_NEEDS_MEMORY", "WITHOST_NEEDS_REALLOC"};
  return names[needs];
}

static void print_params(buf *out, const func_signature *s, const char *between) {
  for (size_t i = 0; i < s->param_count; i++)
    buf_printf(out, "%s%s", i ? ", " : between, host_core_ctype(s->params[i]));
}

void host_add_export(host *h, str name, str name_in_c, const func_signature *s, host_needs needs) {
  host_export r = {.name = name, .member = name_in_c, .param_count = s->param_count, .has_result = s->has_result,
                   .result = s->result, .needs = needs};
  for (size_t i = 0; i < s->param_count; i++)
    r.params[i] = s->params[i];
  vec_push(h->base.arena, &h->exports, r);
  buf_printf(&h->core, "  %s (*%.*s)(void *core", s->has_result ? host_core_ctype(s->result) : "void", STR_ARG(name_in_c));
  print_params(&h->core, s, ", ");
  buf_add_c(&h->core, ");\n");
}

str host_import_head(host *h, str name, const char *extra, const func_signature *s) {
  buf out;
  buf_init(&out, h->base.arena);
  buf_printf(&out, "%s %.*s(%.*s_instance *self%s", s->has_result ? host_core_ctype(s->result) : "void", STR_ARG(name),
             STR_ARG(h->base.view->snake), extra);
  for (size_t i = 0; i < s->param_count; i++)
    buf_printf(&out, ", %s a%zu", host_core_ctype(s->params[i]), i);
  buf_add_byte(&out, ')');
  return buf_str(&out);
}

/* Names for people */

static str without(str text, const char *prefix) {
  str p = str_of(prefix);
  return str_starts_with(text, prefix) ? str_sub(text, p.len, text.len) : text;
}

str host_wit_words(host *h, str module, str name) {
  static const char *const forms[] = {"cabi_post_", "[callback]", "[async-lower]", "[async-lift]", "[async-lift-stackful]"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    name = without(name, forms[i]);
  module = without(module, "[export]");
  if (!module.len || str_eq_c(module, "$root"))
    return name;
  return str_format(h->base.arena, "%.*s#%.*s", STR_ARG(module), STR_ARG(name));
}

/* Built-ins */

typedef struct builtin {
  const char *name, *function, *arguments;
  unsigned params;
  bool result;
  host_needs needs;
} builtin;

#define CAN_BLOCK "&withost_can_block"

static const builtin builtins[] = {
    {"[task-cancel]", "task_cancel", "", 0, false, NEEDS_NOTHING},
    {"[subtask-cancel]", "subtask_cancel", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[async-lower][subtask-cancel]", "subtask_cancel", "NULL", 1, true, NEEDS_NOTHING},
    {"[subtask-drop]", "subtask_drop", "", 1, false, NEEDS_NOTHING},
    {"[waitable-set-new]", "waitable_set_new", "", 0, true, NEEDS_NOTHING},
    {"[waitable-set-wait]", "waitable_set_wait", CAN_BLOCK, 2, true, NEEDS_MEMORY},
    {"[cancellable][waitable-set-wait]", "waitable_set_wait", CAN_BLOCK, 2, true, NEEDS_MEMORY},
    {"[waitable-set-wait-i32]", "waitable_set_wait", CAN_BLOCK, 2, true, NEEDS_MEMORY},
    {"[waitable-set-poll]", "waitable_set_poll", "", 2, true, NEEDS_MEMORY},
    {"[waitable-set-poll-i32]", "waitable_set_poll", "", 2, true, NEEDS_MEMORY},
    {"[cancellable][waitable-set-poll]", "waitable_set_poll", "", 2, true, NEEDS_MEMORY},
    {"[waitable-set-drop]", "waitable_set_drop", "", 1, false, NEEDS_NOTHING},
    {"[waitable-join]", "waitable_join", "", 2, false, NEEDS_NOTHING},
    {"[backpressure-inc]", "backpressure_inc", "", 0, false, NEEDS_NOTHING},
    {"[backpressure-dec]", "backpressure_dec", "", 0, false, NEEDS_NOTHING},
    {"[context-get-0]", "context_get", "0", 0, true, NEEDS_NOTHING},
    {"[context-set-0]", "context_set", "0", 1, false, NEEDS_NOTHING},
    {"[context-get-1]", "context_get", "1", 0, true, NEEDS_NOTHING},
    {"[context-set-1]", "context_set", "1", 1, false, NEEDS_NOTHING},
    {"[context-get-i32-0]", "context_get", "0", 0, true, NEEDS_NOTHING},
    {"[context-set-i32-0]", "context_set", "0", 1, false, NEEDS_NOTHING},
    {"[context-get-i32-1]", "context_get", "1", 0, true, NEEDS_NOTHING},
    {"[context-set-i32-1]", "context_set", "1", 1, false, NEEDS_NOTHING},
    {"[thread-index]", "thread_index", "", 0, true, NEEDS_NOTHING},
    {"[thread-yield]", "thread_yield", CAN_BLOCK, 0, true, NEEDS_NOTHING},
    {"[cancellable][thread-yield]", "thread_yield", CAN_BLOCK, 0, true, NEEDS_NOTHING},
    {"[thread-suspend]", "thread_suspend", CAN_BLOCK, 0, true, NEEDS_NOTHING},
    {"[cancellable][thread-suspend]", "thread_suspend", CAN_BLOCK, 0, true, NEEDS_NOTHING},
    {"[thread-new-indirect-v0]", "thread_new_indirect", "", 2, true, NEEDS_NOTHING},
    {"[thread-resume-later]", "thread_resume_later", "", 1, false, NEEDS_NOTHING},
    {"[thread-suspend-then-resume]", "thread_suspend_then_resume", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[cancellable][thread-suspend-then-resume]", "thread_suspend_then_resume", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[thread-yield-then-resume]", "thread_yield_then_resume", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[cancellable][thread-yield-then-resume]", "thread_yield_then_resume", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[thread-suspend-then-promote]", "thread_suspend_then_promote", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[cancellable][thread-suspend-then-promote]", "thread_suspend_then_promote", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[thread-yield-then-promote]", "thread_yield_then_promote", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[cancellable][thread-yield-then-promote]", "thread_yield_then_promote", CAN_BLOCK, 1, true, NEEDS_NOTHING},
    {"[error-context-new-utf8]", "error_context_new", "WITHOST_UTF8", 2, true, NEEDS_MEMORY},
    {"[error-context-new-utf16]", "error_context_new", "WITHOST_UTF16", 2, true, NEEDS_MEMORY},
    {"[error-context-new-latin1+utf16]", "error_context_new", "WITHOST_LATIN1_UTF16", 2, true, NEEDS_MEMORY},
    {"[error-context-debug-message-utf8]", "error_context_debug_message", "WITHOST_UTF8", 2, false, NEEDS_REALLOC},
    {"[error-context-debug-message-utf16]", "error_context_debug_message", "WITHOST_UTF16", 2, false, NEEDS_REALLOC},
    {"[error-context-debug-message-latin1+utf16]", "error_context_debug_message", "WITHOST_LATIN1_UTF16", 2, false, NEEDS_REALLOC},
    {"[error-context-drop]", "error_context_drop", "", 1, false, NEEDS_NOTHING},
};

static builtin task_builtin(core_task_op op) {
  static const char *const functions[] = {
      [CORE_THREAD_GET_TASK] = "thread_get_task", [CORE_THREAD_SET_TASK] = "thread_set_task", [CORE_TASK_DROP] = "task_drop"};
  bool get = op == CORE_THREAD_GET_TASK;
  return (builtin){core_task_name(op), functions[op], "", !get, get, NEEDS_NOTHING};
}

/* Streams without payload need no function that mentions them. */
static const builtin unit_streams[] = {
    {"[stream-new-unit]", "stream_new", "&withost_unit", 0, true, NEEDS_NOTHING},
    {"[stream-read-unit]", "stream_copy_in", "&withost_unit, &withost_can_block", 3, true, NEEDS_NOTHING},
    {"[async-lower][stream-read-unit]", "stream_copy_in", "&withost_unit, NULL", 3, true, NEEDS_NOTHING},
    {"[stream-write-unit]", "stream_copy_out", "&withost_unit, &withost_can_block", 3, true, NEEDS_NOTHING},
    {"[async-lower][stream-write-unit]", "stream_copy_out", "&withost_unit, NULL", 3, true, NEEDS_NOTHING},
    {"[stream-cancel-read-unit]", "stream_cancel_copy", "&withost_unit, &withost_can_block, false", 1, true, NEEDS_NOTHING},
    {"[async-lower][stream-cancel-read-unit]", "stream_cancel_copy", "&withost_unit, NULL, false", 1, true, NEEDS_NOTHING},
    {"[stream-cancel-write-unit]", "stream_cancel_copy", "&withost_unit, &withost_can_block, true", 1, true, NEEDS_NOTHING},
    {"[async-lower][stream-cancel-write-unit]", "stream_cancel_copy", "&withost_unit, NULL, true", 1, true, NEEDS_NOTHING},
    {"[stream-drop-readable-unit]", "stream_drop_end", "&withost_unit, false", 1, false, NEEDS_NOTHING},
    {"[stream-drop-writable-unit]", "stream_drop_end", "&withost_unit, true", 1, false, NEEDS_NOTHING},
};

static void add_builtin(host *h, str module, const builtin *b, core_type result) {
  func_signature s = {.param_count = b->params, .has_result = b->result, .result = result};
  host_import *r = host_add_import(h, module, str_of(b->name), &s);
  r->function = str_format(h->base.arena, "withost_%s", b->function);
  r->arguments = str_of(b->arguments);
  r->needs = b->needs;
}

void host_add_builtins(host *h) {
  for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
    add_builtin(h, STR("$root"), &builtins[i], CORE_I32);
    add_builtin(h, STR("[export]$root"), &builtins[i], CORE_I32);
  }
  for (core_task_op op = CORE_THREAD_GET_TASK; op <= CORE_TASK_DROP; op++) {
    const builtin b = task_builtin(op);
    add_builtin(h, STR("$root"), &b, CORE_I32);
    add_builtin(h, STR("[export]$root"), &b, CORE_I32);
  }
  for (size_t i = 0; i < sizeof unit_streams / sizeof *unit_streams; i++) /* a new pair: both ends in 64 bits */
    add_builtin(h, STR("$root"), &unit_streams[i], i ? CORE_I32 : CORE_I64);
}
