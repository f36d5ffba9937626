/*
 * Host func: what imports and exports share. The host author's C signature is the same rule everywhere: each WIT type is
 * passed by value, in its C type.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <inttypes.h>

#include "emit/host.h"

#include "abi/core_names.h"
#include "support/vec.h"

static str type_name(host *h, const type *t) {
  return view_type_name(h->base.view, t);
}

/* The interface's own name also where a label stands for it; empty for the world's functions and inline interfaces. */
str host_interface_text(host *h, const view_func *f) {
  if (f->item->kind != ITEM_INTERFACE)
    return STR("");
  const interface *i = f->item->interface;
  return i->name.len ? interface_id_text(h->base.arena, i) : world_item_key(h->base.arena, f->item);
}

static void add_c_string(buf *out, str text) {
  buf_add_byte(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", c);
    else if (c < ' ' || c > '~' || c == '?')
      buf_printf(out, "\\%03o", c);
    else
      buf_add_byte(out, (char)c);
  }
  buf_add_byte(out, '"');
}

static void add_field(buf *out, const char *name, str text) {
  buf_printf(out, ".%s = ", name);
  add_c_string(out, text);
  buf_add_c(out, ", ");
}

str host_function_record(host *h, const view_func *f) {
  buf out;
  str of = host_interface_text(h, f);
  buf_init(&out, h->base.arena);
  buf_add_byte(&out, '{');
  if (of.len)
    add_field(&out, "interface", of);
  add_field(&out, "name", f->func->name);
  if (f->item->kind == ITEM_INTERFACE && f->item->name.len)
    add_field(&out, "label", f->item->name);
  if (f->func->has_external_id)
    add_field(&out, "external_id", f->func->external_id);
  else if (f->item->has_external_id)
    add_field(&out, "external_id", f->item->external_id);
  buf_printf(&out, ".is_async = %s, .result_type = ", f->func->is_async ? "true" : "false");
  if (f->func->result)
    buf_printf(&out, "UINT64_C(0x%" PRIx64 ")}", host_number(h, f->func->result));
  else
    buf_add_c(&out, "0}");
  return buf_str(&out);
}

/* Names of parameters: none that the function has besides. */
static void names_init(host *h, body *b) {
  static const char *const taken[] = {"instance", "group", "done", "user", "call", "result", "host"};
  body_init(b, &h->base, NULL);
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
    body_name(b, str_of(taken[i]));
}

str_vec host_param_declarations(host *h, const view_func *f) {
  str_vec out = {0};
  body names;
  names_init(h, &names);
  for (size_t i = 0; i < f->func->params.count; i++) {
    const param *p = &f->func->params.items[i];
    str name = body_name(&names, view_ident(h->base.view, p->name));
    vec_push(h->base.arena, &out, c_declare(h->base.arena, type_name(h, p->type), name));
  }
  body_release(&names);
  return out;
}

str host_comment_origin(host *h, const view_func *f) {
  const char *side = f->exported ? "export" : "import";
  str name = core_export_name(h->base.arena, f->item, f->func);
  return str_format(h->base.arena, "wit: %s %.*s", side, STR_ARG(name));
}

bool host_params_need_scratch(host *h, const view_func *f) {
  for (size_t i = 0; i < f->func->params.count; i++) {
    if (host_traits_of(h, f->func->params.items[i].type).memory)
      return true;
  }
  return false;
}

/* What a core function needs: wit-component's RequiredOptions. Values that go into the guest need realloc. */

static host_needs needs(bool in, bool out) {
  return in ? NEEDS_REALLOC : out ? NEEDS_MEMORY : NEEDS_NOTHING;
}

static bool result_has_memory(host *h, const view_func *f) {
  return f->func->result && host_traits_of(h, f->func->result).memory;
}

host_needs host_import_needs(host *h, const view_func *f, const func_signature *s) {
  return needs(result_has_memory(h, f), host_params_need_scratch(h, f) || s->params_spilled || s->result_spilled);
}

host_needs host_export_needs(host *h, const view_func *f, const func_signature *s) {
  return needs(host_params_need_scratch(h, f) || s->params_spilled, result_has_memory(h, f) || s->result_spilled);
}

host_needs host_task_return_needs(host *h, const view_func *f, const func_signature *s) {
  return needs(false, result_has_memory(h, f) || s->params_spilled);
}

/* Lifting */

static void lift_spilled(host *h, body *b, const param_vec *params) {
  body_line(b, "const uint8_t *p = withost_check(i, a0, %u, %u);", (unsigned)layout_params_size(params),
            (unsigned)layout_params_align(params));
  for (size_t i = 0; i < params->count; i++) {
    str to = str_format(b->arena, "v%zu", i), declaration = c_declare(b->arena, type_name(h, params->items[i].type), to);
    body_line(b, "%.*s;", STR_ARG(declaration));
    host_load(h, b, params->items[i].type, to, str_format(b->arena, "p + %u", (unsigned)layout_param_offset(params, i)));
  }
}

void host_lift_params(host *h, body *b, const view_func *f, const func_signature *s) {
  const param_vec *params = &f->func->params;
  size_t next = 0;
  if (s->params_spilled) {
    lift_spilled(h, b, params);
    return;
  }
  for (size_t i = 0; i < params->count; i++) {
    flat_slot slots[MAX_FLAT_PARAMS];
    core_type flat[MAX_FLAT_PARAMS];
    size_t count = layout_flatten(params->items[i].type, flat, MAX_FLAT_PARAMS);
    for (size_t k = 0; k < count; k++, next++)
      slots[k] = (flat_slot){flat[k], str_format(b->arena, "a%zu", next)};
    str to = str_format(b->arena, "v%zu", i), declaration = c_declare(b->arena, type_name(h, params->items[i].type), to);
    body_line(b, "%.*s;", STR_ARG(declaration));
    host_flat_lift(h, b, params->items[i].type, to, slots);
  }
}

/* Lowering */

static str param_value(body *b, const char *prefix, size_t i) {
  return str_format(b->arena, "%sv%zu", prefix, i);
}

str_vec host_lower_params(host *h, body *b, const view_func *f, const func_signature *s, const char *prefix) {
  const param_vec *params = &f->func->params;
  str_vec out = {0};
  if (s->params_spilled) {
    body_line(b, "uint32_t args = withost_realloc(i, 0, 0, %u, %u);", (unsigned)layout_params_align(params),
              (unsigned)layout_params_size(params));
    for (size_t k = 0; k < params->count; k++)
      host_store(h, b, params->items[k].type, param_value(b, prefix, k),
                 str_format(b->arena, "args + %u", (unsigned)layout_param_offset(params, k)));
    vec_push(b->arena, &out, STR("args"));
    return out;
  }
  for (size_t k = 0; k < params->count; k++) {
    flat_slot slots[MAX_FLAT_PARAMS + 1];
    size_t count = host_flat_lower(h, b, params->items[k].type, param_value(b, prefix, k), slots);
    for (size_t n = 0; n < count; n++)
      vec_push(b->arena, &out, slots[n].text);
  }
  return out;
}
