/*
 * Pipe: the functions of one stream or future type. The intrinsics are imported in the name of the first function of
 * the world whose signature mentions the type.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/funcs.h"

#include "abi/core_names.h"

static str core_name(guest *g, const view_pipe *p, core_copy_op op, bool async) {
  const core_payload payload = {p->type->type, p->index};
  return core_copy_name(g->arena, op, &payload, p->func->func, async);
}

static str element_name(guest *g, const view_pipe *p) {
  const type *element = p->type->type->elem;
  return element ? view_type_name(g->view, element) : STR("void");
}

static str buffer_param(guest *g, const view_pipe *p, const char *qualifier) {
  if (!p->type->type->elem)
    return STR("");
  return str_format(g->arena, ", %s%.*s *buf", qualifier, STR_ARG(element_name(g, p)));
}

static void emit_header(guest *g, const view_pipe *p) {
  bool stream = p->type->type->kind == TYPE_STREAM;
  const template_hole holes[] = {
      {"WORLD", g->view->shouty},
      {"world", g->view->snake},
      {"type", p->type->name},
      {"stem", p->type->stem},
      {"writer", str_format(g->arena, "%.*s_writer_t", STR_ARG(p->type->stem))},
      {"read_param", buffer_param(g, p, "")},
      {"write_param", buffer_param(g, p, "const ")},
  };
  template_expand(g->templates, stream ? "guest/stream.h.in" : "guest/future.h.in", holes,
                  sizeof holes / sizeof *holes, &g->h_funcs);
}

void pipe_emit(guest *g, const view_pipe *p) {
  bool stream = p->type->type->kind == TYPE_STREAM;
  const world_item *item = p->func->item;
  const template_hole holes[] = {
      {"module", p->func->exported ? core_export_intrinsic_module(g->arena, item) : core_import_module(g->arena, item)},
      {"core_new", core_name(g, p, CORE_COPY_NEW, false)},
      {"core_read", core_name(g, p, CORE_COPY_READ, true)},
      {"core_write", core_name(g, p, CORE_COPY_WRITE, true)},
      {"core_cancel_read", core_name(g, p, CORE_COPY_CANCEL_READ, false)},
      {"core_cancel_write", core_name(g, p, CORE_COPY_CANCEL_WRITE, false)},
      {"core_drop_readable", core_name(g, p, CORE_COPY_DROP_READABLE, false)},
      {"core_drop_writable", core_name(g, p, CORE_COPY_DROP_WRITABLE, false)},
      {"core_forward", core_name(g, p, CORE_COPY_FORWARD, false)},
      {"world", g->view->snake},
      {"type", p->type->name},
      {"stem", p->type->stem},
      {"writer", str_format(g->arena, "%.*s_writer_t", STR_ARG(p->type->stem))},
      {"element", element_name(g, p)},
      {"read_param", buffer_param(g, p, "")},
      {"write_param", buffer_param(g, p, "const ")},
      {"count_param", stream ? STR(", size_t count") : STR("")},
      {"buf", p->type->type->elem ? STR("buf") : STR("NULL")},
      {"count_arg", stream ? STR(", count") : STR("")},
  };
  emit_header(g, p);
  template_expand(g->templates, "guest/pipe.c.in", holes, sizeof holes / sizeof *holes, &g->c_adapters);
}
