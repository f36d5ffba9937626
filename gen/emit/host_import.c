/*
 * Host import: what the guest calls and the host author implements. For each function a member of {world}_imports, the
 * core functions of both forms, and for async ones `{function}_return`, the author's answer.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/core_names.h"
#include "emit/host.h"
#include "support/vec.h"

typedef struct import_job {
  host *h;
  const view_func *f;
  const func *wit;
  str member;  /* of {world}_imports */
  str record;  /* the withost_function */
  str answer;  /* async: the author's function */
  body b;
} import_job;

static str result_name(const import_job *j) {
  return j->wit->result ? view_type_name(j->h->base.view, j->wit->result) : STR("void");
}

/* The author's function */

static void add_member(import_job *j) {
  host *h = j->h;
  str_vec notes = {0}, params = {0}, own = host_param_declarations(h, j->f);
  if (j->wit->is_async)
    vec_push(h->base.arena, &notes, str_format(h->base.arena, "Async: finish now or later with %.*s().", STR_ARG(j->answer)));
  if (host_params_need_scratch(h, j->f))
    vec_push(h->base.arena, &notes, STR("Strings and lists are borrowed until this returns; handles are yours."));
  for (size_t i = 0; i < j->wit->params.count; i++) {
    const param *p = &j->wit->params.items[i];
    str release = host_handles_text(h, p->type), name = view_ident(h->base.view, p->name);
    if (release.len)
      vec_push(h->base.arena, &notes, str_format(h->base.arena, "%.*s: yours; release %s with %.*s.", STR_ARG(name),
                                                 host_is_leaf(p->type) ? "it" : "its handles", STR_ARG(release)));
  }
  if (!j->wit->is_async && j->wit->result && host_traits_of(h, j->wit->result).memory)
    vec_push(h->base.arena, &notes, STR("Memory in the result: static, your own, the arguments', or from withost_call_alloc()."));
  vec_push(h->base.arena, &notes, host_comment_origin(h, j->f));
  guest_emit_docs(&h->members, "  ", &j->wit->docs, &notes);
  vec_push(h->base.arena, &params, STR("void *host"));
  vec_push(h->base.arena, &params, STR("withost_call *call"));
  for (size_t i = 0; i < own.count; i++)
    vec_push(h->base.arena, &params, own.items[i]);
  body b;
  body_init(&b, &h->base, &h->members);
  b.depth = 1;
  str result = j->wit->is_async ? STR("void") : result_name(j);
  body_list(&b, str_format(h->base.arena, "%.*s (*%.*s)", STR_ARG(result), STR_ARG(j->member)), &params, "", ";");
  body_release(&b);
}

/* Core functions. In all of them `self` is the world's instance, `i` the library's part of it. */

static void call_author(import_job *j, const char *before) {
  str_vec args = {0};
  arena *a = j->h->base.arena;
  vec_push(a, &args, STR("self->host"));
  vec_push(a, &args, STR("call"));
  for (size_t k = 0; k < j->wit->params.count; k++)
    vec_push(a, &args, str_format(a, "v%zu", k));
  body_list(&j->b, str_format(a, "%sself->imports->%.*s", before, STR_ARG(j->member)), &args, "", ";");
}

static void begin(import_job *j, const char *form, const char *extra, const func_signature *s) {
  arena *a = j->h->base.arena;
  str name = str_format(a, "%.*s__%.*s_%s", STR_ARG(j->h->base.view->snake), STR_ARG(j->member), form);
  str head = host_import_head(j->h, name, extra, s);
  buf_printf(&j->h->h_engine, "%.*s;\n", STR_ARG(head));
  body_init(&j->b, &j->h->base, &j->h->base.c_adapters);
  body_line(&j->b, "\n%.*s {", STR_ARG(head));
  j->b.depth++;
  body_line(&j->b, "withost_instance *i = &self->base;");
  body_line(&j->b, "if (WITHOST_UNLIKELY(!self->imports->%.*s)) withost_import_missing(i, &%.*s);", STR_ARG(j->member),
            STR_ARG(j->record));
}

static void end(import_job *j) {
  body_close(&j->b, "}");
  body_release(&j->b);
}

static bool uses_scratch(import_job *j) {
  bool result = !j->wit->is_async && j->wit->result && host_traits_of(j->h, j->wit->result).memory;
  return result || host_params_need_scratch(j->h, j->f);
}

static void mark(import_job *j) {
  if (uses_scratch(j))
    body_line(&j->b, "size_t mark = withost_scratch_mark(i);");
}

static void release(import_job *j) {
  if (uses_scratch(j))
    body_line(&j->b, "withost_scratch_release(i, mark);");
}

/* The result in one slot, in the local variable `flat`, so that scratch can be released before it is returned. */
static void lower_flat_result(import_job *j) {
  flat_slot slots[MAX_FLAT_PARAMS + 1];
  host_flat_lower(j->h, &j->b, j->wit->result, STR("result"), slots);
  body_line(&j->b, "%s flat = %.*s;", host_core_ctype(slots[0].core), STR_ARG(slots[0].text));
}

static void store_result(import_job *j, const func_signature *s) {
  body *b = &j->b;
  const type *t = j->wit->result;
  str out = str_format(b->arena, "a%zu", s->param_count - 1);
  body_line(b, "withost_check(i, %.*s, %u, %u);", STR_ARG(out), (unsigned)layout_size(t), (unsigned)layout_align(t));
  host_store(j->h, b, t, STR("result"), out);
}

/* A sync function, called in either form. */
static void write_sync(import_job *j, bool async_form, const func_signature *s) {
  body *b = &j->b;
  begin(j, async_form ? "async" : "sync", "", s);
  mark(j);
  body_line(b, "withost_call record, *call = withost_import_enter(i, &%.*s, &record);", STR_ARG(j->record));
  host_lift_params(j->h, b, j->f, s);
  str result = str_format(b->arena, "%.*s result = ", STR_ARG(result_name(j)));
  call_author(j, j->wit->result ? str_c(b->arena, result) : "");
  body_line(b, "withost_import_leave(i);");
  bool flat = j->wit->result && s->has_result && !async_form;
  if (flat)
    lower_flat_result(j);
  else if (j->wit->result)
    store_result(j, s);
  release(j);
  if (flat)
    body_line(b, "return flat;");
  else if (async_form)
    body_line(b, "return WITHOST_RETURNED;");
  end(j);
}

static const char *flat_from_bits(core_type c) {
  switch (c) {
  case CORE_I32: return "return (uint32_t)flat;";
  case CORE_I64: return "return flat;";
  case CORE_F32: return "return withost_bits_to_f32((uint32_t)flat);";
  default: return "return withost_bits_to_f64(flat);";
  }
}

static void write_async(import_job *j, bool async_form, const func_signature *s) {
  body *b = &j->b;
  bool out = j->wit->result && (async_form || s->result_spilled);
  str address = out ? str_format(j->h->base.arena, "a%zu", s->param_count - 1) : STR("0");
  begin(j, async_form ? "async" : "sync", async_form ? "" : ", const withost_blocking *block", s);
  mark(j);
  body_line(b, "withost_call *call = withost_subtask_begin%s(i, &%.*s, %.*s);", async_form ? "" : "_sync", STR_ARG(j->record),
            STR_ARG(address));
  host_lift_params(j->h, b, j->f, s);
  call_author(j, "");
  release(j);
  if (async_form) {
    body_line(b, "return withost_subtask_end(call);");
  } else if (s->has_result) {
    body_line(b, "uint64_t flat = withost_subtask_block(call, block);");
    body_line(b, "%s", flat_from_bits(s->result));
  } else {
    body_line(b, "withost_subtask_block(call, block);");
  }
  end(j);
}

/* The author's answer */

static void answer_flat(import_job *j) {
  body *b = &j->b;
  flat_slot slots[MAX_FLAT_PARAMS + 1];
  body_open(b, "if (withost_answer_is_flat(&a)) {");
  host_flat_lower(j->h, b, j->wit->result, STR("result"), slots);
  const char *bits = slots[0].core == CORE_F32 ? "withost_f32_to_bits" : slots[0].core == CORE_F64 ? "withost_f64_to_bits" : "";
  body_line(b, "withost_answer_flat(&a, %s(%.*s));", bits, STR_ARG(slots[0].text));
  body_line(b, "return withost_answer_end(&a);");
  body_close(b, "}");
}

static void declare_answer(import_job *j) {
  host *h = j->h;
  str_vec notes = {0};
  str text = str_format(h->base.arena, "Ends a call of %.*s. EANSWERED, EINVAL, EPOISONED, ETRAP.", STR_ARG(j->wit->name));
  vec_push(h->base.arena, &notes, text);
  buf_add_byte(&h->base.h_funcs, '\n');
  guest_emit_docs(&h->base.h_funcs, "", NULL, &notes);
  buf_printf(&h->base.h_funcs, "int %.*s(withost_call *call", STR_ARG(j->answer));
  if (j->wit->result)
    buf_printf(&h->base.h_funcs, ", %.*s result", STR_ARG(result_name(j)));
  buf_add_c(&h->base.h_funcs, ");\n");
}

static void write_answer(import_job *j, const func_signature *sync) {
  body *b = &j->b;
  const type *t = j->wit->result;
  declare_answer(j);
  body_init(b, &j->h->base, &j->h->base.c_adapters);
  if (!t) {
    body_line(b, "\nint %.*s(withost_call *call) {", STR_ARG(j->answer));
    body_line(b, "  return withost_answer_nothing(call, &%.*s);", STR_ARG(j->record));
    body_line(b, "}");
    body_release(b);
    return;
  }
  body_line(b, "\nint %.*s(withost_call *call, %.*s result) {", STR_ARG(j->answer), STR_ARG(result_name(j)));
  b->depth++;
  body_line(b, "withost_answer a;");
  body_line(b, "withost_instance *i = call->instance;");
  body_line(b, "int error = withost_answer_begin(call, &%.*s, &a);", STR_ARG(j->record));
  body_line(b, "if (error) return error;");
  body_line(b, "if (!WITHOST_TRY(&a.entry)) return withost_answer_trapped(&a);");
  if (sync->has_result)
    answer_flat(j);
  body_line(b, "uint32_t at = (uint32_t)(withost_answer_out(&a, %u, %u) - withost_memory(i));", (unsigned)layout_size(t),
            (unsigned)layout_align(t));
  host_store(j->h, b, t, STR("result"), STR("at"));
  body_line(b, "return withost_answer_end(&a);");
  end(j);
}

/* All of one function */

static void register_form(import_job *j, bool async_form, const func_signature *s) {
  arena *a = j->h->base.arena;
  str name = async_form ? core_async_import_name(a, j->wit) : j->wit->name;
  host_import *r = host_add_import(j->h, core_import_module(a, j->f->item), name, s);
  r->typed = true;
  r->needs = host_import_needs(j->h, j->f, s);
  r->function = str_format(a, "%.*s__%.*s_%s", STR_ARG(j->h->base.view->snake), STR_ARG(j->member),
                           async_form ? "async" : "sync");
  r->arguments = j->wit->is_async && !async_form ? STR("&withost_can_block") : STR("");
}

static void write_form(import_job *j, bool async_form, const func_signature *s) {
  if (j->wit->is_async)
    write_async(j, async_form, s);
  else
    write_sync(j, async_form, s);
  register_form(j, async_form, s);
}

void host_import_func(host *h, const view_func *f) {
  arena *a = h->base.arena;
  import_job j = {.h = h, .f = f, .wit = f->func, .member = host_plain_name(h, f->name)};
  func_signature sync = layout_signature(f->func, ABI_IMPORT_SYNC), async = layout_signature(f->func, ABI_IMPORT_ASYNC);
  j.record = str_format(a, "import__%.*s", STR_ARG(j.member));
  j.answer = str_format(a, "%.*s_return", STR_ARG(host_public_name(h, f->name)));
  name_scope_claim(&h->fields, j.member, f->func->at, "function", f->func->item_name);
  if (f->func->is_async)
    name_scope_claim(h->base.scope, j.answer, f->func->at, "the function that answers", f->func->item_name);
  add_member(&j);
  str record = host_function_record(h, f);
  buf_printf(&h->base.c_adapters, "\nstatic const withost_function %.*s = %.*s;\n", STR_ARG(j.record), STR_ARG(record));
  write_form(&j, false, &sync);
  write_form(&j, true, &async);
  if (f->func->is_async)
    write_answer(&j, &sync);
}
