/*
 * Host export: what the host author calls. A sync function is one function; an async one has a callback type, a record
 * of how to start and finish it, and the core import by which the guest returns.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/core_names.h"
#include "emit/host.h"
#include "support/vec.h"

typedef struct export_job {
  host *h;
  const view_func *f;
  const func *wit;
  str name;    /* "demo_hello_greeter_greet": members of {world}_core begin with it */
  str public;  /* "hello_demo_hello_greeter_greet" */
  str record;  /* the withost_function or withost_export */
  str world;
  body b;
} export_job;

static str result_name(const export_job *j) {
  return j->wit->result ? view_type_name(j->h->base.view, j->wit->result) : STR("void");
}

static str text(export_job *j, const char *format, str value) {
  buf out;
  buf_init(&out, j->h->base.arena);
  for (const char *p = format; *p; p++)
    if (*p == '@')
      buf_add(&out, value);
    else
      buf_add_byte(&out, *p);
  return buf_str(&out);
}

/* Results */

/* Gives `to` the value that the core function left at guest address `at`, or returned. */
static void lift_result(export_job *j, const func_signature *s, str core, str to) {
  body *b = &j->b;
  const type *t = j->wit->result;
  if (!s->result_spilled) {
    flat_slot one = {s->result, core};
    host_flat_lift(j->h, b, t, to, &one);
    return;
  }
  body_line(b, "const uint8_t *p = withost_check(i, %.*s, %u, %u);", STR_ARG(core), (unsigned)layout_size(t),
            (unsigned)layout_align(t));
  host_load(j->h, b, t, to, STR("p"));
}

static void post_return(export_job *j, const func_signature *s, const char *core) {
  body *b = &j->b;
  body_open(b, "if (self->core.%.*s_post) {", STR_ARG(j->name));
  body_line(b, "withost_post_return_begin(i);");
  body_line(b, "self->core.%.*s_post(i->core%s%s);", STR_ARG(j->name), s->has_result ? ", " : "", s->has_result ? core : "");
  body_line(b, "withost_post_return_end(i);");
  body_close(b, "}");
}

static void call_core(export_job *j, const char *before, const char *form, const str_vec *args) {
  str_vec all = {0};
  arena *a = j->h->base.arena;
  vec_push(a, &all, STR("i->core"));
  for (size_t k = 0; k < args->count; k++)
    vec_push(a, &all, args->items[k]);
  body_list(&j->b, str_format(a, "%sself->core.%.*s_%s", before, STR_ARG(j->name), form), &all, "", ";");
}

static void add_core_sync(export_job *j) {
  arena *a = j->h->base.arena;
  func_signature s = layout_signature(j->wit, ABI_EXPORT_SYNC), post = {0};
  host_add_export(j->h, core_export_name(a, j->f->item, j->wit), text(j, "@_sync", j->name), &s,
                  host_export_needs(j->h, j->f, &s));
  if (s.has_result) {
    post.param_count = 1;
    post.params[0] = s.result;
  }
  host_add_export(j->h, core_post_return_name(a, j->f->item, j->wit), text(j, "@_post", j->name), &post, NEEDS_NOTHING);
}

/* Sync functions */

static void sync_comment(export_job *j) {
  host *h = j->h;
  str_vec notes = {0};
  str release = j->wit->result ? host_release_text(h, j->wit->result) : STR("");
  if (host_params_need_scratch(h, j->f))
    vec_push(h->base.arena, &notes, STR("Arguments are borrowed until this returns; handles are given away."));
  if (release.len)
    vec_push(h->base.arena, &notes, str_format(h->base.arena, "result:  yours; release with %.*s.", STR_ARG(release)));
  vec_push(h->base.arena, &notes, STR("returns: OK, EPOISONED, EREENTER, ETRAP, ELINK."));
  vec_push(h->base.arena, &notes, host_comment_origin(h, j->f));
  buf_add_byte(&h->base.h_funcs, '\n');
  guest_emit_docs(&h->base.h_funcs, "", &j->wit->docs, &notes);
}

/* Parameters have the author's names in the header; in the source they are v0, v1, …, as conversions know them. */
static void add_params(export_job *j, str_vec *params, bool header) {
  arena *a = j->h->base.arena;
  str_vec own = host_param_declarations(j->h, j->f);
  for (size_t k = 0; k < own.count; k++) {
    str ctype = view_type_name(j->h->base.view, j->wit->params.items[k].type);
    vec_push(a, params, header ? own.items[k] : c_declare(a, ctype, str_format(a, "v%zu", k)));
  }
}

static void add_head(export_job *j, str_vec *params) {
  arena *a = j->h->base.arena;
  vec_push(a, params, text(j, "@_instance *instance", j->world));
  vec_push(a, params, STR("withost_group *group"));
}

static void print_head(export_job *j, const str_vec *params, bool header) {
  body b;
  body_init(&b, &j->h->base, header ? &j->h->base.h_funcs : &j->h->base.c_adapters);
  if (!header)
    buf_add_byte(b.out, '\n');
  body_list(&b, str_format(j->h->base.arena, "int %.*s", STR_ARG(j->public)), params, "", header ? ";" : " {");
  body_release(&b);
}

static void sync_head(export_job *j, bool header) {
  str_vec params = {0};
  arena *a = j->h->base.arena;
  add_head(j, &params);
  add_params(j, &params, header);
  if (j->wit->result)
    vec_push(a, &params, c_declare(a, text(j, "@ *", result_name(j)), STR("result")));
  print_head(j, &params, header);
}

static void sync_body(export_job *j) {
  body *b = &j->b;
  func_signature s = layout_signature(j->wit, ABI_EXPORT_SYNC);
  body_line(b, "%.*s_instance *self = instance;", STR_ARG(j->world));
  body_line(b, "withost_instance *i = &self->base;");
  body_line(b, "if (!self->core.%.*s_sync) return withost_export_missing(i, &%.*s);", STR_ARG(j->name), STR_ARG(j->record));
  body_line(b, "withost_sync s;");
  body_line(b, "int error = withost_sync_enter(i, &%.*s, group, &s);", STR_ARG(j->record));
  body_line(b, "if (error) return error;");
  body_line(b, "if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);");
  str_vec args = host_lower_params(j->h, b, j->f, &s, "");
  const char *before = s.has_result ? str_format(b->arena, "%s core = ", host_core_ctype(s.result)).ptr : "";
  call_core(j, before, "sync", &args);
  if (j->wit->result) {
    lift_result(j, &s, STR("core"), STR("(*result)"));
    host_own(j->h, b, j->wit->result, STR("(*result)"));
  }
  post_return(j, &s, "core");
  body_line(b, "return withost_sync_leave(&s);");
}

static void write_sync(export_job *j) {
  host *h = j->h;
  buf *out = &h->base.c_adapters;
  str record = host_function_record(h, j->f);
  add_core_sync(j);
  sync_comment(j);
  sync_head(j, true);
  buf_printf(out, "\nstatic const withost_function %.*s = %.*s;\n", STR_ARG(j->record), STR_ARG(record));
  sync_head(j, false);
  body_init(&j->b, &h->base, out);
  j->b.depth++;
  sync_body(j);
  body_close(&j->b, "}");
  body_release(&j->b);
}

/* Async functions */

static void add_core_async(export_job *j) {
  arena *a = j->h->base.arena;
  const world_item *item = j->f->item;
  func_signature s = layout_signature(j->wit, ABI_EXPORT_ASYNC_CALLBACK);
  func_signature callback = {.param_count = 3, .has_result = true}, stackful = s;
  stackful.has_result = false;
  str name = core_export_name(a, item, j->wit);
  host_needs needs = host_export_needs(j->h, j->f, &s);
  host_add_export(j->h, core_async_export_name(a, item, j->wit), text(j, "@_async", j->name), &s, needs);
  host_add_export(j->h, core_callback_name(a, item, j->wit), text(j, "@_callback", j->name), &callback, NEEDS_NOTHING);
  host_add_export(j->h, text(j, "[async-lift-stackful]@", name), text(j, "@_stackful", j->name), &stackful, needs);
}

static void async_comment(export_job *j) {
  host *h = j->h;
  arena *a = h->base.arena;
  str_vec notes = {0};
  if (host_params_need_scratch(h, j->f))
    vec_push(a, &notes, STR("Arguments are borrowed until `done` runs or withost_call_has_started(); handles are given away."));
  vec_push(a, &notes, STR("done:    runs once if this returns OK. status: OK, ECANCELLED, EDEADLINE, ETRAP."));
  str handles = j->wit->result ? host_handles_text(h, j->wit->result) : STR("");
  if (j->wit->result)
    vec_push(a, &notes, STR("         result: NULL unless OK; memory in it is valid until done returns, handles are yours."));
  if (handles.len)
    vec_push(a, &notes, str_format(a, "         Release those with %.*s.", STR_ARG(handles)));
  vec_push(a, &notes, STR("call:    NULL, or gets the call, which lives until done runs; NULL if that has happened already."));
  vec_push(a, &notes, STR("returns: OK, EPOISONED, ENOMEM, ELINK."));
  vec_push(a, &notes, host_comment_origin(h, j->f));
  buf_add_byte(&h->base.h_funcs, '\n');
  guest_emit_docs(&h->base.h_funcs, "", &j->wit->docs, &notes);
}

static void declare_done(export_job *j) {
  buf *out = &j->h->base.h_funcs;
  buf_printf(out, "typedef void (*%.*s_done)(void *user, withost_call *call, int status", STR_ARG(j->public));
  if (j->wit->result)
    buf_printf(out, ", const %.*s *result", STR_ARG(result_name(j)));
  buf_add_c(out, ");\n");
}

static void async_head(export_job *j, bool header) {
  str_vec params = {0};
  arena *a = j->h->base.arena;
  add_head(j, &params);
  add_params(j, &params, header);
  vec_push(a, &params, text(j, "@_done done", j->public));
  vec_push(a, &params, STR("void *user"));
  vec_push(a, &params, STR("withost_call **call"));
  print_head(j, &params, header);
}

static void write_params_struct(export_job *j) {
  body *b = &j->b;
  if (!j->wit->params.count)
    return;
  body_open(b, "\ntypedef struct params__%.*s {", STR_ARG(j->name));
  for (size_t k = 0; k < j->wit->params.count; k++) {
    str ctype = view_type_name(b->view, j->wit->params.items[k].type), v = str_format(b->arena, "v%zu", k);
    body_line(b, "%.*s;", STR_ARG(c_declare(b->arena, ctype, v)));
  }
  b->depth--;
  body_line(b, "} params__%.*s;", STR_ARG(j->name));
}

static void write_form(export_job *j) {
  body *b = &j->b;
  body_line(b, "\nstatic withost_lift form__%.*s(const withost_instance *i) {", STR_ARG(j->name));
  b->depth++;
  body_line(b, "const %.*s_core *core = &((const %.*s_instance *)(const void *)i)->core;", STR_ARG(j->world), STR_ARG(j->world));
  body_line(b, "if (core->%.*s_async) return WITHOST_LIFT_CALLBACK;", STR_ARG(j->name));
  body_line(b, "return core->%.*s_stackful ? WITHOST_LIFT_STACKFUL : WITHOST_LIFT_SYNC;", STR_ARG(j->name));
  body_close(b, "}");
}

/* The end of a sync lift: its result is where the core function says. */
static void write_finish(export_job *j, const func_signature *s) {
  body *b = &j->b;
  body_line(b, "\nstatic void finish__%.*s(%.*s_instance *self%s%s) {", STR_ARG(j->name), STR_ARG(j->world),
            s->has_result ? ", " : "", s->has_result ? str_format(b->arena, "%s core", host_core_ctype(s->result)).ptr : "");
  b->depth++;
  body_line(b, "withost_instance *i = &self->base;");
  if (j->wit->result) {
    body_line(b, "%.*s;", STR_ARG(c_declare(b->arena, result_name(j), STR("result"))));
    lift_result(j, s, STR("core"), STR("result"));
  }
  body_line(b, "withost_task_return(i, &%.*s.function, %s);", STR_ARG(j->record), j->wit->result ? "&result" : "NULL");
  post_return(j, s, "core");
  body_close(b, "}");
}

static void write_start(export_job *j, const func_signature *sync) {
  body *b = &j->b;
  func_signature s = layout_signature(j->wit, ABI_EXPORT_ASYNC_CALLBACK);
  body_line(b, "\nstatic uint32_t start__%.*s(withost_instance *i, const void *params) {", STR_ARG(j->name));
  b->depth++;
  body_line(b, "%.*s_instance *self = (%.*s_instance *)(void *)i;", STR_ARG(j->world), STR_ARG(j->world));
  if (j->wit->params.count)
    body_line(b, "const params__%.*s *p = params;", STR_ARG(j->name));
  else
    body_line(b, "(void)params;");
  str_vec args = host_lower_params(j->h, b, j->f, &s, "p->");
  body_line(b, "if (self->core.%.*s_async)", STR_ARG(j->name));
  b->depth++;
  call_core(j, "return ", "async", &args);
  b->depth--;
  body_open(b, "if (self->core.%.*s_stackful) {", STR_ARG(j->name));
  call_core(j, "", "stackful", &args);
  b->depth--;
  body_open(b, "} else {");
  if (sync->has_result) {
    str before = str_format(b->arena, "%s core = ", host_core_ctype(sync->result));
    call_core(j, before.ptr, "sync", &args);
    body_line(b, "finish__%.*s(self, core);", STR_ARG(j->name));
  } else {
    call_core(j, "", "sync", &args);
    body_line(b, "finish__%.*s(self);", STR_ARG(j->name));
  }
  body_close(b, "}");
  body_line(b, "return 0;");
  body_close(b, "}");
}

static void write_callback_and_deliver(export_job *j) {
  body *b = &j->b;
  body_line(b, "\nstatic uint32_t callback__%.*s(withost_instance *i, uint32_t event, uint32_t p1, uint32_t p2) {", STR_ARG(j->name));
  body_line(b, "  return ((%.*s_instance *)(void *)i)->core.%.*s_callback(i->core, event, p1, p2);", STR_ARG(j->world),
            STR_ARG(j->name));
  body_line(b, "}");
  body_line(b, "\nstatic void deliver__%.*s(withost_done done, void *user, withost_call *call, int status, const void *result) {",
            STR_ARG(j->name));
  if (!j->wit->result)
    body_line(b, "  (void)result;");
  body_line(b, "  ((%.*s_done)done)(user, call, status%s);", STR_ARG(j->public), j->wit->result ? ", result" : "");
  body_line(b, "}");
}

static void write_record(export_job *j) {
  body *b = &j->b;
  str function = host_function_record(j->h, j->f), n = j->name;
  body_line(b, "\nstatic const withost_export %.*s = {", STR_ARG(j->record));
  body_line(b, "  .function = %.*s,", STR_ARG(function));
  if (j->wit->params.count)
    body_line(b, "  .params_size = sizeof(params__%.*s),", STR_ARG(n));
  body_line(b, "  .form = form__%.*s,\n  .start = start__%.*s,\n  .callback = callback__%.*s,\n  .deliver = deliver__%.*s};",
            STR_ARG(n), STR_ARG(n), STR_ARG(n), STR_ARG(n));
}

static void write_caller(export_job *j) {
  body *b = &j->b;
  async_head(j, false);
  b->depth++;
  str_vec values = {0};
  for (size_t k = 0; k < j->wit->params.count; k++)
    vec_push(b->arena, &values, str_format(b->arena, "v%zu", k));
  body_line(b, "const %.*s_core *core = &instance->core;", STR_ARG(j->world));
  body_line(b, "if (!core->%.*s_async && !core->%.*s_stackful && !core->%.*s_sync)", STR_ARG(j->name), STR_ARG(j->name),
            STR_ARG(j->name));
  body_line(b, "  return withost_export_missing(&instance->base, &%.*s.function);", STR_ARG(j->record));
  if (values.count) {
    buf_printf(b->out, "  const params__%.*s params = {", STR_ARG(j->name));
    for (size_t k = 0; k < values.count; k++)
      buf_printf(b->out, "%s%.*s", k ? ", " : "", STR_ARG(values.items[k]));
    buf_add_c(b->out, "};\n");
  }
  body_line(b, "return withost_task_call(&instance->base, &%.*s, group, %s, (withost_done)done, user, call);",
            STR_ARG(j->record), values.count ? "&params" : "NULL");
  body_close(b, "}");
}

static void write_task_return(export_job *j) {
  host *h = j->h;
  body *b = &j->b;
  func_signature s = layout_task_return(j->wit);
  str name = str_format(h->base.arena, "%.*s__%.*s_task_return", STR_ARG(j->world), STR_ARG(j->name));
  str head = host_import_head(h, name, "", &s);
  const type *t = j->wit->result;
  host_import *import =
    host_add_import(h, core_export_intrinsic_module(h->base.arena, j->f->item), core_task_return_name(h->base.arena, j->wit), &s);
  import->function = name;
  import->typed = true;
  import->needs = host_task_return_needs(h, j->f, &s);
  buf_printf(&h->h_engine, "%.*s;\n", STR_ARG(head));
  body_line(b, "\n%.*s {", STR_ARG(head));
  b->depth++;
  body_line(b, "withost_instance *i = &self->base;");
  body_line(b, "withost_task_return_begin(i, &%.*s.function);", STR_ARG(j->record));
  if (t) {
    body_line(b, "%.*s;", STR_ARG(c_declare(b->arena, result_name(j), STR("result"))));
    if (s.params_spilled) {
      body_line(b, "const uint8_t *p = withost_check(i, a0, %u, %u);", (unsigned)layout_size(t), (unsigned)layout_align(t));
      host_load(h, b, t, STR("result"), STR("p"));
    } else {
      flat_slot slots[MAX_FLAT_PARAMS];
      for (size_t k = 0; k < s.param_count; k++)
        slots[k] = (flat_slot){s.params[k], str_format(b->arena, "a%zu", k)};
      host_flat_lift(h, b, t, STR("result"), slots);
    }
  }
  body_line(b, "withost_task_return(i, &%.*s.function, %s);", STR_ARG(j->record), t ? "&result" : "NULL");
  body_close(b, "}");
}

static void write_async(export_job *j) {
  host *h = j->h;
  func_signature sync = layout_signature(j->wit, ABI_EXPORT_SYNC);
  add_core_async(j);
  add_core_sync(j);
  async_comment(j);
  declare_done(j);
  async_head(j, true);
  body_init(&j->b, &h->base, &h->base.c_adapters);
  write_params_struct(j);
  body_line(&j->b, "\nstatic const withost_export %.*s;", STR_ARG(j->record));
  write_form(j);
  write_finish(j, &sync);
  body_release(&j->b);
  body_init(&j->b, &h->base, &h->base.c_adapters);
  write_start(j, &sync);
  write_callback_and_deliver(j);
  write_record(j);
  write_caller(j);
  body_release(&j->b);
  body_init(&j->b, &h->base, &h->base.c_adapters);
  write_task_return(j);
  body_release(&j->b);
}

static void claim_names(const export_job *j) {
  host *h = j->h;
  name_scope_claim(h->base.scope, j->public, j->wit->at, "function", j->wit->item_name);
  if (j->wit->is_async)
    name_scope_claim(h->base.scope, str_format(h->base.arena, "%.*s_done", STR_ARG(j->public)), j->wit->at, "the callback of",
                     j->wit->item_name);
}

void host_export_func(host *h, const view_func *f) {
  arena *a = h->base.arena;
  export_job j = {.h = h, .f = f, .wit = f->func, .name = host_plain_name(h, f->name), .world = h->base.view->snake};
  j.public = host_public_name(h, f->name);
  j.record = str_format(a, "export__%.*s", STR_ARG(j.name));
  claim_names(&j);
  if (f->func->is_async)
    write_async(&j);
  else
    write_sync(&j);
}
