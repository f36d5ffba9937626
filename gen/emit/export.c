/*
 * Export: functions that the guest defines. The glue is a core export that lifts the parameters, calls the user's
 * function, and lowers the result:
 *
 *   __attribute__((__export_name__("my:pkg/i#f")))
 *   exports_my_pkg_i_result_u32_e_t *__wasm_export_exports_my_pkg_i_f(uint8_t *s_ptr, size_t s_len) {
 *     static exports_my_pkg_i_result_u32_e_t area;
 *     w_string_t s = {s_ptr, s_len};
 *     …
 *
 * A result that does not fit a core value lies in a static area: the caller copies it at once. The user's function
 * writes locals, since another call may enter the instance before it returns. A weak `cabi_post_…` frees what the
 * result holds. Parameters that do not travel flat come in memory of the guest's own allocator, with the layout of a C
 * struct; it is freed when the user's function has returned.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/funcs.h"

#include "abi/core_names.h"
#include "emit/async_export.h"
#include "emit/borrows.h"
#include "emit/debug_hooks.h"
#include "emit/flat.h"
#include "emit/release.h"
#include "support/vec.h"

/* A borrowed handle to drop when the user's function has returned (--autodrop-borrows). */
typedef struct kept_borrow {
  str local, drop;
  bool maybe; /* may be 0 */
} kept_borrow;

typedef struct kept_borrow_vec {
  kept_borrow *items;
  size_t count, cap;
} kept_borrow_vec;

typedef struct export_writer {
  const view_func *func;
  const func *wit;
  proto proto;
  func_signature core;
  str symbol, name;     /* the core function in C, and as exported */
  slot_vec slots;       /* flat parameters */
  str spilled;          /* or the pointer to them */
  str_vec args;         /* of the user's function */
  kept_borrow_vec kept;
  str debug_call;       /* --debug-hooks: the local with the number of this call; else empty */
  body body;
} export_writer;

static str type_name(export_writer *w, const type *t) {
  return view_type_name(w->body.view, t);
}

/* Borrows */

/* Remembers a handle in a lifted parameter, before the user can change it. */
static void keep_borrow(void *user, const type *t, str value, str condition) {
  export_writer *w = user;
  body *b = &w->body;
  kept_borrow kept = {.local = body_name(b, STR("borrow")), .drop = resource_drop_symbol(b->arena, view_resource_of(b->view, t))};
  kept.maybe = condition.len > 0;
  if (kept.maybe)
    body_line(b, "int32_t %.*s = %.*s ? %.*s.__handle : 0;", STR_ARG(kept.local), STR_ARG(condition), STR_ARG(value));
  else
    body_line(b, "int32_t %.*s = %.*s.__handle;", STR_ARG(kept.local), STR_ARG(value));
  vec_push(b->arena, &w->kept, kept);
}

static void refuse_list(void *user) {
  export_writer *w = user;
  diag_error(w->body.guest->diag, w->wit->at, "borrows in a list parameter of '%.*s' cannot be dropped automatically",
             STR_ARG(w->wit->name));
}

static bool autodrops(const export_writer *w) {
  return w->body.guest->options->autodrop_borrows && !w->func->is_async;
}

/* What is done about the borrows in a parameter whose value is there. */
static void take_borrows(export_writer *w, const param *p, const type *t, str value, str condition) {
  if (autodrops(w))
    borrows_visit(&w->body, t, value, condition, &(borrow_visitor){keep_borrow, refuse_list, w});
  else if (w->debug_call.len)
    debug_note_borrows(&w->body, w->debug_call, p, t, value, condition);
}

/* The same for a parameter that is a handle and no more: its slot. */
static void take_direct(export_writer *w, const param *p, str handle) {
  body *b = &w->body;
  if (!borrows_are_in(b->view, p->type))
    return;
  if (autodrops(w))
    vec_push(b->arena, &w->kept, ((kept_borrow){handle, resource_drop_symbol(b->arena, view_resource_of(b->view, p->type)), false}));
  else if (w->debug_call.len)
    debug_note_borrow(b, w->debug_call, p, p->type, handle);
}

/* Parameters */

static void add_arg(export_writer *w, str arg) {
  vec_push(w->body.arena, &w->args, arg);
}

/* An option that the signature flattens to a pointer. */
static void lift_maybe(export_writer *w, const proto_param *p, size_t *next) {
  body *b = &w->body;
  const type *payload = p->param->type->elem;
  str is_some = w->slots.items[(*next)++].name;
  size_t first = *next, probe = first;
  str value = lift_is_straight(payload) ? lift_initializer(b, payload, &w->slots, &probe) : STR("{");
  if (str_starts_with(value, "{")) {
    value = body_name(b, p->ident);
    lift_declare(b, payload, value, &w->slots, next);
  } else {
    *next = probe;
  }
  take_borrows(w, p->param, payload, value, is_some);
  add_arg(w, str_format(b->arena, "%.*s ? &%.*s : NULL", STR_ARG(is_some), STR_ARG(value)));
}

static void lift_param(export_writer *w, const proto_param *p, size_t *next) {
  body *b = &w->body;
  if (p->maybe) {
    lift_maybe(w, p, next);
    return;
  }
  if (!p->by_pointer) {
    size_t first = *next;
    str value = lift_expression(b, p->param->type, &w->slots, next);
    take_direct(w, p->param, w->slots.items[first].name);
    add_arg(w, value);
    return;
  }
  str local = body_name(b, p->ident);
  lift_declare(b, p->param->type, local, &w->slots, next);
  take_borrows(w, p->param, p->param->type, local, STR(""));
  add_arg(w, str_format(b->arena, "&%.*s", STR_ARG(local)));
}

/* A parameter out of the spilled record, in place. */
static void spilled_param(export_writer *w, const proto_param *p, str field) {
  arena *a = w->body.arena;
  take_borrows(w, p->param, p->param->type, field, STR(""));
  if (p->maybe)
    add_arg(w, str_format(a, "%.*s.is_some ? &%.*s.val : NULL", STR_ARG(field), STR_ARG(field)));
  else
    add_arg(w, p->by_pointer ? str_format(a, "&%.*s", STR_ARG(field)) : field);
}

static void lift_spilled(export_writer *w) {
  body *b = &w->body;
  w->spilled = STR("params");
  body_open(b, "struct {");
  for (size_t i = 0; i < w->proto.params.count; i++) {
    const proto_param *p = &w->proto.params.items[i];
    body_line(b, "%.*s;", STR_ARG(c_declare(b->arena, type_name(w, p->param->type), p->ident)));
  }
  body_close(b, "} *params = spilled;");
  for (size_t i = 0; i < w->proto.params.count; i++) {
    const proto_param *p = &w->proto.params.items[i];
    spilled_param(w, p, str_format(b->arena, "params->%.*s", STR_ARG(p->ident)));
  }
}

static void lift_params(export_writer *w) {
  if (w->core.params_spilled) {
    lift_spilled(w);
    return;
  }
  size_t next = 0;
  for (size_t i = 0; i < w->proto.params.count; i++)
    lift_param(w, &w->proto.params.items[i], &next);
}

/* The call, and what comes after it */

static bool has_after(const export_writer *w) {
  return w->core.params_spilled || w->kept.count > 0 || w->debug_call.len > 0;
}

static void after_call(export_writer *w) {
  body *b = &w->body;
  for (size_t i = 0; i < w->kept.count; i++) {
    const kept_borrow *k = &w->kept.items[i];
    if (k->maybe)
      body_line(b, "if (%.*s != 0)", STR_ARG(k->local));
    body_line(b, k->maybe ? "  %.*s(%.*s);" : "%.*s(%.*s);", STR_ARG(k->drop), STR_ARG(k->local));
  }
  if (w->core.params_spilled)
    body_line(b, "free(params);");
  if (w->debug_call.len)
    debug_note_left(b, w->debug_call, w->func->is_async);
}

static void call(export_writer *w, const char *before, const char *after) {
  str head = str_format(w->body.arena, "%s%.*s", before, STR_ARG(w->func->name));
  body_list(&w->body, head, &w->args, "", after);
}

/* `before` user(args) `after`, as the value of the core function. */
static void return_call(export_writer *w, const char *ctype, const char *before, const char *after) {
  if (!has_after(w)) {
    call(w, str_c(w->body.arena, str_format(w->body.arena, "return %s", before)), after);
    return;
  }
  str value = body_name(&w->body, STR("value"));
  str head = str_format(w->body.arena, "%s %.*s = %s", ctype, STR_ARG(value), before);
  call(w, str_c(w->body.arena, head), after);
  after_call(w);
  body_line(&w->body, "return %.*s;", STR_ARG(value));
}

/* Declares a local that the user's function writes through a pointer. */
static str out_local(export_writer *w, const type *t, const char *wanted) {
  str name = body_name(&w->body, str_of(wanted));
  body_line(&w->body, "%.*s;", STR_ARG(c_declare(w->body.arena, type_name(w, t), name)));
  add_arg(w, str_format(w->body.arena, "&%.*s", STR_ARG(name)));
  return name;
}

static void return_slot(export_writer *w) {
  body *b = &w->body;
  slot_vec slots = {0};
  slots_add(b->view, w->wit->result, STR("ret"), &slots);
  const char *ctype = str_c(b->arena, slots.items[0].ctype);
  if (w->proto.ret == RETURN_RESULT) {
    return_call(w, ctype, "!", ";");
  } else if (w->proto.ret == RETURN_VALUE) {
    return_call(w, ctype, "", type_resolve(w->wit->result)->kind == TYPE_OWN ? ".__handle;" : ";");
  } else {
    str_vec values = {0};
    str local = out_local(w, w->wit->result, "value");
    call(w, "", ";");
    after_call(w);
    lower_value(b, w->wit->result, (place){local, false}, local, &values);
    body_line(b, "return %.*s;", STR_ARG(values.items[0]));
  }
}

static void return_area(export_writer *w) {
  body *b = &w->body;
  str ret = {0}, err = {0};
  if (w->proto.ok)
    ret = out_local(w, w->proto.ok, "ret");
  if (w->proto.err)
    err = out_local(w, w->proto.err, "err");
  if (w->proto.ret == RETURN_POINTER) {
    call(w, "", ";");
    body_line(b, "area = %.*s;", STR_ARG(ret));
  } else if (w->proto.ret == RETURN_OPTION) {
    call(w, "area.is_some = ", ";");
    body_open(b, "if (area.is_some)");
    body_line(b, "area.val = %.*s;", STR_ARG(ret));
    b->depth--;
  } else {
    call(w, "area.is_err = !", ";");
    body_open(b, ret.len ? "if (!area.is_err)" : "if (area.is_err)");
    body_line(b, ret.len ? "area.val.ok = %.*s;" : "area.val.err = %.*s;", STR_ARG(ret.len ? ret : err));
    b->depth--;
    if (ret.len && err.len)
      body_line(b, "else\n%*sarea.val.err = %.*s;", (int)(b->depth + 1) * 2, "", STR_ARG(err));
  }
  after_call(w);
  body_line(b, "return &area;");
}

static void call_and_return(export_writer *w) {
  if (w->func->is_async) {
    return_call(w, str_c(w->body.arena, w->proto.result), "", ";");
  } else if (w->core.result_spilled) {
    return_area(w);
  } else if (w->wit->result) {
    return_slot(w);
  } else {
    call(w, "", ";");
    after_call(w);
  }
}

/* Core functions */

static void core_params(export_writer *w, str_vec *declarations) {
  body *b = &w->body;
  const param_vec *params = &w->wit->params;
  if (w->core.params_spilled) {
    vec_push(b->arena, declarations, STR("void *spilled"));
    return;
  }
  for (size_t i = 0; i < params->count; i++)
    slots_add(b->view, params->items[i].type, w->proto.params.items[i].ident, &w->slots);
  for (size_t i = 0; i < w->slots.count; i++)
    w->slots.items[i].name = body_name(b, w->slots.items[i].name);
  *declarations = slots_declare(b->guest, &w->slots);
}

static str core_result(export_writer *w) {
  arena *a = w->body.arena;
  if (w->func->is_async)
    return w->proto.result;
  if (!w->wit->result)
    return STR("void");
  if (w->core.result_spilled)
    return str_format(a, "%.*s *", STR_ARG(type_name(w, w->wit->result)));
  slot_vec slots = {0};
  slots_add(w->body.view, w->wit->result, STR("ret"), &slots);
  return slots.items[0].ctype;
}

static void claim_names(export_writer *w) {
  static const char *const fixed[] = {"area", "params", "spilled", "free", "ret", "err"};
  body_name(&w->body, w->func->name);
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed - 2; i++)
    body_name(&w->body, str_of(fixed[i]));
}

static void emit_core_function(export_writer *w) {
  body *b = &w->body;
  str_vec declarations = {0};
  claim_names(w);
  core_params(w, &declarations);
  core_export_emit(b->out, w->name, false);
  body_list(b, c_declare(b->arena, core_result(w), w->symbol), &declarations, "void", " {");
  b->depth++;
  if (w->core.result_spilled && !w->func->is_async)
    body_line(b, "static %.*s area;", STR_ARG(type_name(w, w->wit->result)));
  w->debug_call = debug_note_entered(b, w->func);
  lift_params(w);
  call_and_return(w);
  body_close(b, "}");
}

static void emit_post_return(export_writer *w) {
  const type *result = w->wit->result;
  if (!view_owns_memory(w->body.view, result))
    return;
  buf *out = w->body.out;
  if (w->body.guest->options->no_helpers)
    release_emit_private(w->body.guest, result);
  core_export_emit(out, core_post_return_name(w->body.arena, w->func->item, w->wit), true);
  buf_printf(out, "void %.*s__post_return(%.*s *ret) {\n", STR_ARG(w->symbol), STR_ARG(type_name(w, result)));
  buf_printf(out, "  %.*s(ret);\n}\n", STR_ARG(view_free_name(w->body.view, result)));
}

void export_emit(guest *g, const view_func *f) {
  export_writer w = {.func = f, .wit = f->func, .proto = proto_make(g, f)};
  w.core = layout_signature(f->func, f->is_async ? ABI_EXPORT_ASYNC_CALLBACK : ABI_EXPORT_SYNC);
  w.symbol = str_format(g->arena, "__wasm_export_%.*s", STR_ARG(f->name));
  w.name = f->is_async ? core_async_export_name(g->arena, f->item, f->func)
                       : core_export_name(g->arena, f->item, f->func);
  proto_emit(g, &w.proto);
  body_init(&w.body, g, &g->c_adapters);
  emit_core_function(&w);
  body_release(&w.body);
  if (f->is_async)
    async_export_emit(g, f, w.symbol);
  else
    emit_post_return(&w);
}
