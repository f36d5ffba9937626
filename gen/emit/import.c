/*
 * Import: functions that the guest calls. Each is a core import and a wrapper around it:
 *
 *   __attribute__((__import_module__("my:pkg/i"), __import_name__("f")))
 *   extern void __wasm_import_my_pkg_i_f(uint8_t *s_ptr, size_t s_len, my_pkg_i_result_u32_e_t *ret);
 *
 *   bool my_pkg_i_f(w_string_t *s, uint32_t *ret, my_pkg_i_e_t *err) {
 *     my_pkg_i_result_u32_e_t result;
 *     __wasm_import_my_pkg_i_f(s->ptr, s->len, &result);
 *     …
 *
 * The wrapper lowers flat parameters (flat.h). What the ABI passes by pointer has the layout of the C type, so the
 * user's own memory is passed on: `T *ret` of a caller is the out pointer of the core function.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/funcs.h"

#include "abi/core_names.h"
#include "emit/debug_hooks.h"
#include "emit/flat.h"
#include "support/vec.h"

typedef struct import_writer {
  const view_func *func;
  const func *wit;
  proto proto;
  func_signature core;
  core_import import;
  str spilled; /* the local struct of parameters that do not travel flat */
  body body;
} import_writer;

static str type_name(import_writer *w, const type *t) {
  return view_type_name(w->body.view, t);
}

/* The core import */

static void declare_core_params(import_writer *w, guest *g) {
  const param_vec *params = &w->wit->params;
  slot_vec slots = {0};
  body names;
  body_init(&names, g, NULL);
  for (size_t i = 0; i < params->count && !w->core.params_spilled; i++)
    slots_add(g->view, params->items[i].type, w->proto.params.items[i].ident, &slots);
  for (size_t i = 0; i < slots.count; i++)
    slots.items[i].name = body_name(&names, slots.items[i].name);
  w->import.params = slots_declare(g, &slots);
  if (w->core.params_spilled)
    vec_push(g->arena, &w->import.params, STR("const void *params"));
  if (w->core.result_spilled) {
    str pointer = str_format(g->arena, "%.*s *", STR_ARG(type_name(w, w->wit->result)));
    vec_push(g->arena, &w->import.params, c_declare(g->arena, pointer, body_name(&names, STR("ret"))));
  }
  body_release(&names);
}

static void declare_core(import_writer *w, guest *g) {
  str result = STR("void");
  if (w->func->is_async) {
    result = w->proto.result;
  } else if (w->core.has_result) {
    slot_vec slots = {0};
    slots_add(g->view, w->wit->result, STR("ret"), &slots);
    result = slots.items[0].ctype;
  }
  w->import.module = core_import_module(g->arena, w->func->item);
  w->import.name = w->func->is_async ? core_async_import_name(g->arena, w->wit) : w->wit->name;
  w->import.symbol = str_format(g->arena, "__wasm_import_%.*s", STR_ARG(w->func->name));
  w->import.result = result;
  declare_core_params(w, g);
  core_import_emit(g, &g->c_imports, &w->import);
}

/* Arguments */

static void lower_params(import_writer *w, str_vec *args) {
  for (size_t i = 0; i < w->proto.params.count; i++) {
    const proto_param *p = &w->proto.params.items[i];
    if (p->maybe)
      lower_maybe(&w->body, p->param->type, p->name, p->ident, args);
    else
      lower_value(&w->body, p->param->type, (place){p->name, p->by_pointer}, p->ident, args);
  }
}

/* One field of the record of spilled parameters; an option that the signature flattened is put together again. */
static void spill_param(import_writer *w, const proto_param *p) {
  body *b = &w->body;
  if (!p->maybe) {
    str value = place_value(b->arena, (place){p->name, p->by_pointer});
    body_line(b, "%.*s.%.*s = %.*s;", STR_ARG(w->spilled), STR_ARG(p->ident), STR_ARG(value));
    return;
  }
  str field = str_format(b->arena, "%.*s.%.*s", STR_ARG(w->spilled), STR_ARG(p->ident));
  body_line(b, "%.*s.is_some = %.*s != NULL;", STR_ARG(field), STR_ARG(p->name));
  body_open(b, "if (%.*s != NULL)", STR_ARG(p->name));
  body_line(b, "%.*s.val = *%.*s;", STR_ARG(field), STR_ARG(p->name));
  b->depth--;
}

static void spill_params(import_writer *w, str_vec *args) {
  body *b = &w->body;
  const proto_param_vec *params = &w->proto.params;
  if (params->count == 1 && params->items[0].by_pointer && !params->items[0].maybe) {
    vec_push(b->arena, args, params->items[0].name);
    return;
  }
  w->spilled = body_name(b, STR("params"));
  body_open(b, "struct {");
  for (size_t i = 0; i < params->count; i++) {
    str field = c_declare(b->arena, type_name(w, params->items[i].param->type), params->items[i].ident);
    body_line(b, "%.*s;", STR_ARG(field));
  }
  b->depth--;
  body_line(b, "} %.*s;", STR_ARG(w->spilled));
  for (size_t i = 0; i < params->count; i++)
    spill_param(w, &params->items[i]);
  vec_push(b->arena, args, str_format(b->arena, "&%.*s", STR_ARG(w->spilled)));
}

/* Results */

static void call(import_writer *w, const char *before, const str_vec *args, const char *after) {
  str head = str_format(w->body.arena, "%s%.*s", before, STR_ARG(w->import.symbol));
  body_list(&w->body, head, args, "", after);
}

/* A call whose result lies in memory, and may hold some. */
static void call_for_memory(import_writer *w, const str_vec *args) {
  debug_note_call(&w->body, w->func);
  call(w, "", args, ";");
  debug_note_returned(&w->body, w->func);
}

/* The call as an expression, for a result in one slot. */
static str call_expression(import_writer *w, const str_vec *args) {
  buf out;
  body line;
  buf_init(&out, w->body.arena);
  body_init(&line, w->body.guest, &out);
  line.depth = w->body.depth;
  body_list(&line, w->import.symbol, args, "", "");
  body_release(&line);
  str text = buf_str(&out);
  size_t indent = 0;
  while (indent < text.len && text.ptr[indent] == ' ')
    indent++;
  return str_sub(text, indent, text.len - 1);
}

/* Calls and gives back what comes in one slot. */
static void return_slot(import_writer *w, const str_vec *args) {
  body *b = &w->body;
  slot_vec slots = {0};
  size_t next = 0;
  slots_add(b->view, w->wit->result, STR("ret"), &slots);
  slots.items[0].name = call_expression(w, args);
  if (w->proto.ret == RETURN_RESULT) {
    body_line(b, "return !%.*s;", STR_ARG(slots.items[0].name));
    return;
  }
  str value = lift_expression(b, w->wit->result, &slots, &next);
  body_line(b, w->proto.ret == RETURN_VALUE ? "return %.*s;" : "*ret = %.*s;", STR_ARG(value));
}

static void return_option(import_writer *w, str_vec *args) {
  body *b = &w->body;
  str option = body_name(b, STR("option")), name = type_name(w, w->wit->result);
  body_line(b, "%.*s %.*s;", STR_ARG(name), STR_ARG(option));
  vec_push(b->arena, args, str_format(b->arena, "&%.*s", STR_ARG(option)));
  call_for_memory(w, args);
  body_open(b, "if (!%.*s.is_some)", STR_ARG(option));
  body_line(b, "return false;");
  b->depth--;
  body_line(b, "*ret = %.*s.val;", STR_ARG(option));
  body_line(b, "return true;");
}

static void return_result(import_writer *w, str_vec *args) {
  body *b = &w->body;
  str result = body_name(b, STR("result")), name = type_name(w, w->wit->result);
  body_line(b, "%.*s %.*s;", STR_ARG(name), STR_ARG(result));
  vec_push(b->arena, args, str_format(b->arena, "&%.*s", STR_ARG(result)));
  call_for_memory(w, args);
  body_open(b, w->proto.err ? "if (%.*s.is_err) {" : "if (%.*s.is_err)", STR_ARG(result));
  if (w->proto.err)
    body_line(b, "*err = %.*s.val.err;", STR_ARG(result));
  body_line(b, "return false;");
  b->depth--;
  if (w->proto.err)
    body_line(b, "}");
  if (w->proto.ok)
    body_line(b, "*ret = %.*s.val.ok;", STR_ARG(result));
  body_line(b, "return true;");
}

static void call_and_return(import_writer *w, str_vec *args) {
  if (!w->core.result_spilled) {
    if (w->wit->result)
      return_slot(w, args);
    else
      call(w, "", args, ";");
    return;
  }
  switch (w->proto.ret) {
  case RETURN_OPTION: return_option(w, args); break;
  case RETURN_RESULT: return_result(w, args); break;
  default:
    vec_push(w->body.arena, args, STR("ret"));
    call_for_memory(w, args);
    break;
  }
}

/* Bodies */

static void body_sync(import_writer *w) {
  str_vec args = {0};
  if (w->core.params_spilled)
    spill_params(w, &args);
  else
    lower_params(w, &args);
  call_and_return(w, &args);
}

static void body_async(import_writer *w) {
  str_vec args = {0};
  if (w->core.params_spilled)
    vec_push(w->body.arena, &args, w->proto.args_struct.len ? STR("args") : STR("arg"));
  else
    lower_params(w, &args);
  if (w->wit->result)
    vec_push(w->body.arena, &args, w->proto.result_name);
  str open = debug_subtask_open(&w->body, w->func), close = debug_subtask_close(&w->body, &w->proto);
  call(w, str_c(w->body.arena, str_format(w->body.arena, "return %.*s", STR_ARG(open))), &args,
       str_c(w->body.arena, str_format(w->body.arena, "%.*s;", STR_ARG(close))));
}

static void claim_names(import_writer *w) {
  body *b = &w->body;
  for (size_t i = 0; i < w->proto.params.count; i++)
    body_name(b, w->proto.params.items[i].name);
  body_name(b, STR("ret"));
  body_name(b, STR("err"));
  if (w->func->is_async)
    body_name(b, w->proto.result_name);
}

void import_emit(guest *g, const view_func *f) {
  import_writer w = {.func = f, .wit = f->func, .proto = proto_make(g, f)};
  w.core = layout_signature(f->func, f->is_async ? ABI_IMPORT_ASYNC : ABI_IMPORT_SYNC);
  body_init(&w.body, g, &g->c_adapters);
  proto_emit(g, &w.proto);
  declare_core(&w, g);
  claim_names(&w);
  buf_add_byte(&g->c_adapters, '\n');
  body_list(&w.body, c_declare(g->arena, w.proto.result, f->name), &w.proto.declarations, "void", " {");
  w.body.depth++;
  if (f->is_async)
    body_async(&w);
  else
    body_sync(&w);
  body_close(&w.body, "}");
  body_release(&w.body);
  debug_emit_macro(g, f->name, f);
  if (f->for_task)
    for_task_emit(g, &w.proto);
}
