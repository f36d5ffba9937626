/*
 * Host pipe: streams and futures. For each payload type a table with typed conversions and typed functions for the host
 * author; for each function that mentions it the guest's intrinsics.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <inttypes.h>

#include "abi/core_names.h"
#include "emit/host.h"

static const char *kind_of(const type *t) {
  return t->kind == TYPE_STREAM ? "stream" : "future";
}

/* Conversions of elements */

static void write_lift(host *h, buf *to, const type *elem, str record) {
  body b;
  str name = view_type_name(h->base.view, elem);
  body_init(&b, &h->base, to);
  body_line(&b, "\nstatic void lift_%.*s(withost_instance *i, const uint8_t *p, void *to, size_t count) {", STR_ARG(record));
  b.depth++;
  body_line(&b, "%.*s *v = to;", STR_ARG(name));
  if (!host_traits_of(h, elem).checked && !host_traits_of(h, elem).memory)
    body_line(&b, "(void)i;");
  body_open(&b, "for (size_t k = 0; k < count; k++, p += %u) {", (unsigned)layout_size(elem));
  host_load(h, &b, elem, STR("v[k]"), STR("p"));
  host_own(h, &b, elem, STR("v[k]"));
  body_close(&b, "}");
  body_close(&b, "}");
  body_release(&b);
}

static void write_lower(host *h, buf *to, const type *elem, str record) {
  body b;
  str name = view_type_name(h->base.view, elem);
  body_init(&b, &h->base, to);
  body_line(&b, "\nstatic void lower_%.*s(withost_instance *i, const void *from, uint8_t *to, size_t count) {", STR_ARG(record));
  b.depth++;
  body_line(&b, "const %.*s *v = from;", STR_ARG(name));
  body_line(&b, "uint32_t at = (uint32_t)(to - withost_memory(i));");
  body_open(&b, "for (size_t k = 0; k < count; k++, at += %u) {", (unsigned)layout_size(elem));
  host_store(h, &b, elem, STR("v[k]"), STR("at"));
  body_close(&b, "}");
  body_close(&b, "}");
  body_release(&b);
}

static void write_release(host *h, buf *to, const type *elem, str record) {
  bool context = type_resolve(elem)->kind == TYPE_ERROR_CONTEXT;
  str function = context ? STR("withost_error_context_release") : host_free_function(h, elem);
  str name = view_type_name(h->base.view, elem);
  buf_printf(to, "\nstatic void release_%.*s(void *elements, size_t count) {\n", STR_ARG(record));
  buf_printf(to, "  %.*s *v = elements;\n", STR_ARG(name));
  buf_printf(to, "  for (size_t k = 0; k < count; k++) %.*s(%sv[k]);\n}\n", STR_ARG(function), context ? "" : "&");
}

static void write_conversions(host *h, buf *out, const type *elem, str record) {
  host_traits traits = host_traits_of(h, elem);
  type_kind kind = type_resolve(elem)->kind;
  bool owned = host_is_owned(h, elem);
  write_lift(h, out, elem, record);
  write_lower(h, out, elem, record);
  if (owned)
    write_release(h, out, elem, record);
  buf_printf(out, "\nconst withost_stream_type %.*s = {\n  .size = %u, .align = %u, .host_size = sizeof(%.*s), .is_number = %s,"
                  " .is_plain = %s,\n  .identity = UINT64_C(0x%" PRIx64 "),\n  .lift = lift_%.*s, .lower = lower_%.*s, .release = %s%.*s};\n",
             STR_ARG(record), (unsigned)layout_size(elem), (unsigned)layout_align(elem),
             STR_ARG(view_type_name(h->base.view, elem)), kind >= TYPE_U8 && kind <= TYPE_F64 ? "true" : "false",
             traits.plain ? "true" : "false", host_identity(h, elem), STR_ARG(record), STR_ARG(record), owned ? "release_" : "NULL",
             STR_ARG(owned ? record : STR("")));
}

static void write_table(host *h, const type *t, str record) {
  arena *a = h->base.arena;
  buf out;
  buf_init(&out, a);
  if (t->elem)
    write_conversions(h, &out, t->elem, record);
  else
    buf_printf(&out, "\nconst withost_stream_type %.*s = {.is_number = true, .is_plain = true};\n", STR_ARG(record));
  host_helper_add(h, HELPER_PIPE, t, buf_str(&out));
}

/* The author's functions */

/* The table is declared with each of the equal types that have it, in whatever order they stand. */
static void declare_typed(host *h, const type *t, str record) {
  const view_type *vt = view_type_of(h->base.view, t);
  buf text, *out = &text;
  const char *kind = kind_of(t), *count = t->kind == TYPE_STREAM ? ", size_t count" : "", *pass = *count ? ", count" : "";
  const char *done = t->kind == TYPE_STREAM ? "withost_copy_done" : "withost_future_done";
  str stem = vt->stem, elem = t->elem ? view_type_name(h->base.view, t->elem) : STR("void");
  str release = t->elem ? host_release_text(h, t->elem) : STR("");
  buf_init(out, h->base.arena);
  buf_printf(out, "\nextern const withost_stream_type %.*s;", STR_ARG(record));
  buf_printf(out, "\n/* %.*s: the host's end of a %s. _new makes both ends, which are yours: pass the readable one on, or use it; ENOMEM.\n"
                  " * _read and _write start an operation: withost_%s_read(). An end goes back with withost_%s_drop().",
             STR_ARG(vt->name), kind, kind, kind);
  if (release.len)
    buf_printf(out, "\n * What _read brings is yours; release each with %.*s.", STR_ARG(release));
  buf_add_c(out, " */\n");
  buf_printf(out, "static inline int %.*s_new(withost_store *store, %.*s *readable, %.*s *writable) {\n", STR_ARG(stem),
             STR_ARG(vt->name), STR_ARG(vt->name));
  buf_printf(out, "  return withost_%s_pair(store, &%.*s, readable, writable);\n}\n", kind, STR_ARG(record));
  buf_printf(out, "static inline int %.*s_read(%.*s end, %.*s *buffer%s, %s done, void *user) {\n", STR_ARG(stem),
             STR_ARG(vt->name), STR_ARG(elem), count, done);
  buf_printf(out, "  return withost_%s_read(end, buffer%s, done, user);\n}\n", kind, pass);
  buf_printf(out, "static inline int %.*s_write(%.*s end, const %.*s *buffer%s, %s done, void *user) {\n", STR_ARG(stem),
             STR_ARG(vt->name), STR_ARG(elem), count, done);
  buf_printf(out, "  return withost_%s_write(end, buffer%s, done, user);\n}\n", kind, pass);
  host_helper_declare(h, HELPER_PIPE, t, buf_str(out));
}

/* The guest's intrinsics */

static void add_copy(host *h, str module, core_copy_op op, const core_payload *p, const func *f, bool async_form) {
  static const char *const words[] = {
      [CORE_COPY_NEW] = "new",
      [CORE_COPY_READ] = "copy_in",
      [CORE_COPY_WRITE] = "copy_out",
      [CORE_COPY_CANCEL_READ] = "cancel_copy",
      [CORE_COPY_CANCEL_WRITE] = "cancel_copy",
      [CORE_COPY_DROP_READABLE] = "drop_end",
      [CORE_COPY_DROP_WRITABLE] = "drop_end",
      [CORE_COPY_FORWARD] = "forward",
  };
  arena *a = h->base.arena;
  func_signature s = {.param_count = 1, .has_result = true};
  bool copies = op == CORE_COPY_READ || op == CORE_COPY_WRITE, cancels = op == CORE_COPY_CANCEL_READ || op == CORE_COPY_CANCEL_WRITE;
  bool drops = op == CORE_COPY_DROP_READABLE || op == CORE_COPY_DROP_WRITABLE;
  bool writable = op == CORE_COPY_CANCEL_WRITE || op == CORE_COPY_DROP_WRITABLE;
  const char *block = !(copies || cancels) ? "" : async_form ? ", NULL" : ", &withost_can_block";
  const char *side = cancels || drops ? (writable ? ", true" : ", false") : "";
  if (op == CORE_COPY_NEW)
    s = (func_signature){.has_result = true, .result = CORE_I64};
  else if (copies)
    s.param_count = p->type->kind == TYPE_STREAM ? 3 : 2;
  else if (op == CORE_COPY_FORWARD)
    s = (func_signature){.param_count = 2};
  else if (drops)
    s.has_result = false;
  host_import *r = host_add_import(h, module, core_copy_name(a, op, p, f, async_form), &s);
  if (copies && p->type->elem)
    r->needs = op == CORE_COPY_READ && host_traits_of(h, p->type->elem).memory ? NEEDS_REALLOC : NEEDS_MEMORY;
  r->function = str_format(a, "withost_%s_%s", kind_of(p->type), words[op]);
  r->arguments = str_format(a, "&%.*s%s%s", STR_ARG(host_stream_table(h, p->type)), block, side);
}

static void add_copies(host *h, str module, const core_payload *p, const func *f) {
  for (core_copy_op op = CORE_COPY_NEW; op <= CORE_COPY_FORWARD; op++) {
    add_copy(h, module, op, p, f, false);
    if (op == CORE_COPY_READ || op == CORE_COPY_WRITE || op == CORE_COPY_CANCEL_READ || op == CORE_COPY_CANCEL_WRITE)
      add_copy(h, module, op, p, f, true);
  }
}

void host_pipes(host *h, const view_func *f) {
  arena *a = h->base.arena;
  core_payload_vec payloads = core_payloads(a, f->func);
  str module = f->exported ? core_export_intrinsic_module(a, f->item) : core_import_module(a, f->item);
  for (size_t i = 0; i < payloads.count; i++) {
    const core_payload *p = &payloads.items[i];
    str record = host_stream_table(h, p->type);
    if (host_claim(h, record))
      write_table(h, p->type, record);
    if (host_claim(h, str_format(a, "%.*s functions", STR_ARG(view_type_of(h->base.view, p->type)->stem))))
      declare_typed(h, p->type, record);
    add_copies(h, module, p, f->func);
  }
}
