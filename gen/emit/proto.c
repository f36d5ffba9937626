/*
 * Proto: C signatures. The rules are those of `wit-bindgen c` 0.63, so that code written for it compiles:
 *
 *   parameters    scalars, enums, flags, handles, streams, futures by value; the rest by pointer; `option<T>` written in
 *                 place is `T *maybe_x`, NULL for none
 *   result        scalars are returned; `option<T>` is a bool and `T *ret`; `result<O, E>` is a bool, `O *ret`, `E *err`;
 *                 the rest `T *ret`
 *   async import  parameters by value, options too; more than four core values go through one struct; `T *result`
 *   async export  parameters as above; the result is the argument of the generated `_return`
 *
 * Without signature flattening, options and results travel like any other struct.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/proto.h"

#include "abi/layout.h"
#include "support/vec.h"

static str pointer_to(guest *g, const type *t) {
  return str_format(g->arena, "%.*s *", STR_ARG(view_type_name(g->view, t)));
}

static void proto_declare(guest *g, proto *p, str ctype, str name) {
  vec_push(g->arena, &p->declarations, c_declare(g->arena, ctype, name));
  vec_push(g->arena, &p->names, name);
}

/* Parameters */

static proto_param param_make(guest *g, const param *q) {
  proto_param p = {.param = q, .ident = view_ident(g->view, q->name), .by_pointer = view_by_pointer(q->type)};
  p.name = p.ident;
  p.maybe = !g->options->no_sig_flattening && q->type->kind == TYPE_OPTION;
  if (p.maybe) {
    p.ctype = pointer_to(g, q->type->elem);
    p.name = str_format(g->arena, "maybe_%.*s", STR_ARG(p.ident));
  } else {
    p.ctype = p.by_pointer ? pointer_to(g, q->type) : view_type_name(g->view, q->type);
  }
  return p;
}

static proto_param param_by_value(guest *g, const param *q) {
  str name = view_ident(g->view, q->name);
  return (proto_param){.param = q, .ctype = view_type_name(g->view, q->type), .name = name, .ident = name};
}

static void params_make(guest *g, proto *p, proto_param (*make)(guest *g, const param *q)) {
  const param_vec *params = &p->func->func->params;
  body names; /* `maybe_x` can meet a parameter `maybe-x` */
  body_init(&names, g, NULL);
  for (size_t i = 0; i < params->count; i++) {
    proto_param q = make(g, &params->items[i]);
    q.name = body_name(&names, q.name);
    vec_push(g->arena, &p->params, q);
  }
  p->result_name = body_name(&names, STR("result"));
  body_release(&names);
}

static void params_declare(guest *g, proto *p) {
  for (size_t i = 0; i < p->params.count; i++)
    proto_declare(g, p, p->params.items[i].ctype, p->params.items[i].name);
}

/* Results */

static return_kind return_of(guest *g, const type *result) {
  if (!result)
    return RETURN_NOTHING;
  const type *t = type_resolve(result);
  if (t->kind == TYPE_OPTION && !g->options->no_sig_flattening)
    return RETURN_OPTION;
  if (t->kind == TYPE_RESULT && !g->options->no_sig_flattening)
    return RETURN_RESULT;
  return view_by_pointer(t) ? RETURN_POINTER : RETURN_VALUE;
}

static void return_make(guest *g, proto *p) {
  const type *result = p->func->func->result;
  p->ret = return_of(g, result);
  switch (p->ret) {
  case RETURN_NOTHING: p->result = STR("void"); break;
  case RETURN_VALUE: p->result = view_type_name(g->view, result); break;
  case RETURN_POINTER:
    p->result = STR("void");
    p->ok = result;
    break;
  case RETURN_OPTION: case RETURN_RESULT:
    p->result = STR("bool");
    p->ok = type_resolve(result)->elem;
    p->err = p->ret == RETURN_RESULT ? type_resolve(result)->err : NULL;
    break;
  }
  if (p->ok)
    proto_declare(g, p, pointer_to(g, p->ok), STR("ret"));
  if (p->err)
    proto_declare(g, p, pointer_to(g, p->err), STR("err"));
}

/* The signature of an async import. */
static void async_import_make(guest *g, proto *p) {
  const func *f = p->func->func;
  params_make(g, p, param_by_value);
  if (!layout_signature(f, ABI_IMPORT_ASYNC).params_spilled) {
    params_declare(g, p);
  } else if (f->params.count == 1) {
    p->params.items[0].name = STR("arg");
    proto_declare(g, p, pointer_to(g, f->params.items[0].type), STR("arg"));
  } else {
    p->args_struct = str_format(g->arena, "%.*s_args_t", STR_ARG(p->func->name));
    proto_declare(g, p, str_format(g->arena, "%.*s *", STR_ARG(p->args_struct)), STR("args"));
  }
  if (f->result)
    proto_declare(g, p, pointer_to(g, f->result), p->result_name);
  p->result = str_format(g->arena, "%.*s_subtask_status_t", STR_ARG(g->view->snake));
}

proto proto_make(guest *g, const view_func *f) {
  proto p = {.func = f};
  if (f->is_async && !f->exported) {
    async_import_make(g, &p);
    return p;
  }
  params_make(g, &p, param_make);
  params_declare(g, &p);
  if (f->is_async)
    p.result = str_format(g->arena, "%.*s_callback_code_t", STR_ARG(g->view->snake));
  else
    return_make(g, &p);
  return p;
}

/* Header */

static void emit_args_struct(guest *g, const proto *p) {
  str name = str_sub(p->args_struct, 0, p->args_struct.len - 2);
  name_scope_claim(g->scope, p->args_struct, p->func->func->at, "the arguments of", p->func->func->name);
  buf_printf(&g->h_types, "\n/* Arguments of %.*s(). */\n", STR_ARG(p->func->name));
  buf_printf(&g->h_types, "typedef struct %.*s {\n", STR_ARG(name));
  for (size_t i = 0; i < p->params.count; i++) {
    str field = c_declare(g->arena, p->params.items[i].ctype, p->params.items[i].ident);
    buf_printf(&g->h_types, "  %.*s;\n", STR_ARG(field));
  }
  buf_printf(&g->h_types, "} %.*s;\n", STR_ARG(p->args_struct));
}

void proto_emit(guest *g, const proto *p) {
  if (p->args_struct.len)
    emit_args_struct(g, p);
  str_vec notes = proto_notes(g, p);
  buf_add_byte(&g->h_funcs, '\n');
  guest_emit_docs(&g->h_funcs, "", &p->func->func->docs, &notes);
  body b;
  body_init(&b, g, &g->h_funcs);
  body_list(&b, c_declare(g->arena, p->result, p->func->name), &p->declarations, "void", ";");
  body_release(&b);
}
