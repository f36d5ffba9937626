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

static void print_params(buf *out, const func_signature *s, const char *between) {
  for (size_t i = 0; i < s->param_count; i++)
    buf_printf(out, "%s%s", i ? ", " : between, host_core_ctype(s->params[i]));
}

void host_add_export(host *h, str name, str name_in_c, const func_signature *s) {
  host_export r = {.name = name, .member = name_in_c, .param_count = s->param_count, .has_result = s->has_result,
                   .result = s->result};
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

/* Built-ins */

typedef struct builtin {
  const char *name, *function, *arguments;
  unsigned params;
  bool result;
} builtin;

#define CAN_BLOCK "&withost_can_block"

static const builtin builtins[] = {
    {"[task-cancel]", "task_cancel", "", 0, false},
    {"[subtask-cancel]", "subtask_cancel", CAN_BLOCK, 1, true},
    {"[async-lower][subtask-cancel]", "subtask_cancel", "NULL", 1, true},
    {"[subtask-drop]", "subtask_drop", "", 1, false},
    {"[waitable-set-new]", "waitable_set_new", "", 0, true},
    {"[waitable-set-wait]", "waitable_set_wait", CAN_BLOCK, 2, true},
    {"[cancellable][waitable-set-wait]", "waitable_set_wait", CAN_BLOCK, 2, true},
    {"[waitable-set-wait-i32]", "waitable_set_wait", CAN_BLOCK, 2, true},
    {"[waitable-set-poll]", "waitable_set_poll", "", 2, true},
    {"[waitable-set-poll-i32]", "waitable_set_poll", "", 2, true},
    {"[cancellable][waitable-set-poll]", "waitable_set_poll", "", 2, true},
    {"[waitable-set-drop]", "waitable_set_drop", "", 1, false},
    {"[waitable-join]", "waitable_join", "", 2, false},
    {"[backpressure-inc]", "backpressure_inc", "", 0, false},
    {"[backpressure-dec]", "backpressure_dec", "", 0, false},
    {"[context-get-0]", "context_get", "0", 0, true},
    {"[context-set-0]", "context_set", "0", 1, false},
    {"[context-get-1]", "context_get", "1", 0, true},
    {"[context-set-1]", "context_set", "1", 1, false},
    {"[context-get-i32-0]", "context_get", "0", 0, true},
    {"[context-set-i32-0]", "context_set", "0", 1, false},
    {"[context-get-i32-1]", "context_get", "1", 0, true},
    {"[context-set-i32-1]", "context_set", "1", 1, false},
    {"[thread-index]", "thread_index", "", 0, true},
    {"[thread-yield]", "thread_yield", CAN_BLOCK, 0, true},
    {"[cancellable][thread-yield]", "thread_yield", CAN_BLOCK, 0, true},
    {"[thread-suspend]", "thread_suspend", CAN_BLOCK, 0, true},
    {"[cancellable][thread-suspend]", "thread_suspend", CAN_BLOCK, 0, true},
    {"[thread-new-indirect-v0]", "thread_new_indirect", "", 2, true},
    {"[thread-resume-later]", "thread_resume_later", "", 1, false},
    {"[thread-suspend-then-resume]", "thread_suspend_then_resume", CAN_BLOCK, 1, true},
    {"[cancellable][thread-suspend-then-resume]", "thread_suspend_then_resume", CAN_BLOCK, 1, true},
    {"[thread-yield-then-resume]", "thread_yield_then_resume", CAN_BLOCK, 1, true},
    {"[cancellable][thread-yield-then-resume]", "thread_yield_then_resume", CAN_BLOCK, 1, true},
    {"[thread-suspend-then-promote]", "thread_suspend_then_promote", CAN_BLOCK, 1, true},
    {"[cancellable][thread-suspend-then-promote]", "thread_suspend_then_promote", CAN_BLOCK, 1, true},
    {"[thread-yield-then-promote]", "thread_yield_then_promote", CAN_BLOCK, 1, true},
    {"[cancellable][thread-yield-then-promote]", "thread_yield_then_promote", CAN_BLOCK, 1, true},
    {"[error-context-new-utf8]", "error_context_new", "WITHOST_UTF8", 2, true},
    {"[error-context-new-utf16]", "error_context_new", "WITHOST_UTF16", 2, true},
    {"[error-context-new-latin1+utf16]", "error_context_new", "WITHOST_LATIN1_UTF16", 2, true},
    {"[error-context-debug-message-utf8]", "error_context_debug_message", "WITHOST_UTF8", 2, false},
    {"[error-context-debug-message-utf16]", "error_context_debug_message", "WITHOST_UTF16", 2, false},
    {"[error-context-debug-message-latin1+utf16]", "error_context_debug_message", "WITHOST_LATIN1_UTF16", 2, false},
    {"[error-context-drop]", "error_context_drop", "", 1, false},
};

static builtin task_builtin(core_task_op op) {
  static const char *const functions[] = {
      [CORE_THREAD_GET_TASK] = "thread_get_task", [CORE_THREAD_SET_TASK] = "thread_set_task", [CORE_TASK_DROP] = "task_drop"};
  bool get = op == CORE_THREAD_GET_TASK;
  return (builtin){core_task_name(op), functions[op], "", !get, get};
}

/* Streams without payload need no function that mentions them. */
static const builtin unit_streams[] = {
    {"[stream-new-unit]", "stream_new", "&withost_unit", 0, true},
    {"[stream-read-unit]", "stream_copy_in", "&withost_unit, &withost_can_block", 3, true},
    {"[async-lower][stream-read-unit]", "stream_copy_in", "&withost_unit, NULL", 3, true},
    {"[stream-write-unit]", "stream_copy_out", "&withost_unit, &withost_can_block", 3, true},
    {"[async-lower][stream-write-unit]", "stream_copy_out", "&withost_unit, NULL", 3, true},
    {"[stream-cancel-read-unit]", "stream_cancel_copy", "&withost_unit, &withost_can_block, false", 1, true},
    {"[async-lower][stream-cancel-read-unit]", "stream_cancel_copy", "&withost_unit, NULL, false", 1, true},
    {"[stream-cancel-write-unit]", "stream_cancel_copy", "&withost_unit, &withost_can_block, true", 1, true},
    {"[async-lower][stream-cancel-write-unit]", "stream_cancel_copy", "&withost_unit, NULL, true", 1, true},
    {"[stream-drop-readable-unit]", "stream_drop_end", "&withost_unit, false", 1, false},
    {"[stream-drop-writable-unit]", "stream_drop_end", "&withost_unit, true", 1, false},
};

static void add_builtin(host *h, str module, const builtin *b, core_type result) {
  func_signature s = {.param_count = b->params, .has_result = b->result, .result = result};
  host_import *r = host_add_import(h, module, str_of(b->name), &s);
  r->function = str_format(h->base.arena, "withost_%s", b->function);
  r->arguments = str_of(b->arguments);
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
