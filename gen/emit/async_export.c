/*
 * Async export: the callback through which the host delivers events, and the function that hands over the result.
 *
 *   w_callback_code_t exports_w_f_callback(w_event_t *event);   the user defines it
 *   void exports_w_f_return(w_string_t ret);                    the user calls it, once
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/async_export.h"

#include "abi/core_names.h"
#include "emit/debug_hooks.h"
#include "emit/flat.h"
#include "support/vec.h"

static void emit_callback(guest *g, const view_func *f, str symbol) {
  str w = g->view->snake;
  buf_printf(&g->h_funcs, "%.*s_callback_code_t %.*s_callback(%.*s_event_t *event);\n", STR_ARG(w), STR_ARG(f->name),
             STR_ARG(w));
  buf *out = &g->c_adapters;
  core_export_emit(out, core_callback_name(g->arena, f->item, f->func), false);
  body b;
  str_vec params = {0};
  body_init(&b, g, out);
  vec_push(g->arena, &params, str_format(g->arena, "%.*s_event_code_t event", STR_ARG(w)));
  vec_push(g->arena, &params, STR("uint32_t waitable"));
  vec_push(g->arena, &params, STR("uint32_t code"));
  str head = str_format(g->arena, "%.*s_callback_code_t %.*s__callback", STR_ARG(w), STR_ARG(symbol));
  body_list(&b, head, &params, "", " {");
  b.depth++;
  debug_note_event(&b);
  body_release(&b);
  buf_printf(out, "  %.*s_event_t received = {event, waitable, code};\n", STR_ARG(w));
  buf_printf(out, "  return %.*s_callback(&received);\n}\n", STR_ARG(f->name));
}

/* `[task-return]f`, whose parameters are the flat result, or a pointer to it. */
static core_import task_return(guest *g, const view_func *f, str symbol, bool spilled) {
  const type *result = f->func->result;
  slot_vec slots = {0};
  if (result && !spilled)
    slots_add(g->view, result, STR("ret"), &slots);
  body names;
  body_init(&names, g, NULL);
  for (size_t i = 0; i < slots.count; i++)
    slots.items[i].name = body_name(&names, slots.items[i].name);
  body_release(&names);
  core_import c = {
      .module = core_export_intrinsic_module(g->arena, f->item),
      .name = core_task_return_name(g->arena, f->func),
      .symbol = str_format(g->arena, "%.*s__task_return", STR_ARG(symbol)),
      .result = STR("void"),
      .params = slots_declare(g, &slots),
  };
  if (spilled) {
    str pointer = str_format(g->arena, "%.*s *", STR_ARG(view_type_name(g->view, result)));
    vec_push(g->arena, &c.params, c_declare(g->arena, pointer, STR("ret")));
  }
  return c;
}

static str given_note(guest *g, const type *t) {
  const view_type *vt = view_type_of(g->view, t);
  bool memory = view_owns_memory(g->view, t), handles = vt && vt->owns_handles;
  if (memory && handles)
    return STR("memory stays yours; handles inside are given away");
  return memory ? STR("stays yours") : handles ? STR("handles are given away") : STR("");
}

static void emit_return(guest *g, const view_func *f, str symbol) {
  const type *result = f->func->result;
  bool spilled = layout_task_return(f->func).params_spilled;
  core_import core = task_return(g, f, symbol, spilled);
  core_import_emit(g, &g->c_imports, &core);

  str ret = result ? c_declare(g->arena, view_type_name(g->view, result), STR("ret")) : STR("void");
  str note = result ? given_note(g, result) : STR("");
  buf_printf(&g->h_funcs, "/* The result of %.*s%s%.*s. To be called once. */\n", STR_ARG(f->name), note.len ? ": " : "",
             STR_ARG(note));
  buf_printf(&g->h_funcs, "void %.*s_return(%.*s);\n", STR_ARG(f->name), STR_ARG(ret));

  body b;
  str_vec args = {0};
  body_init(&b, g, &g->c_adapters);
  body_name(&b, STR("ret"));
  body_line(&b, "\nvoid %.*s_return(%.*s) {", STR_ARG(f->name), STR_ARG(ret));
  b.depth++;
  debug_note_async_return(&b, f);
  if (spilled)
    vec_push(g->arena, &args, STR("&ret"));
  else if (result)
    lower_value(&b, result, (place){STR("ret"), false}, STR("ret"), &args);
  body_list(&b, core.symbol, &args, "", ";");
  body_close(&b, "}");
  body_release(&b);
}

void async_export_emit(guest *g, const view_func *f, str symbol) {
  emit_callback(g, f, symbol);
  emit_return(g, f, symbol);
}
