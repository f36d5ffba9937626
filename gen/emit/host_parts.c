/*
 * Host parts: the walk over the parts of a value `v` that lies in guest memory too, for loading (host_load.c) and storing
 * (host_store.c): where each part is on both sides, and which of them there are.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/host.h"

str host_moved(host *h, str place, uint32_t offset) {
  return offset ? str_format(h->base.arena, "%.*s + %u", STR_ARG(place), (unsigned)offset) : place;
}

static void members(host *h, body *b, const type *t, const host_walk *w) {
  for (size_t i = 0; i < t->members.count; i++) {
    str value = t->kind == TYPE_TUPLE
                  ? str_format(b->arena, "v->f%zu", i)
                  : str_format(b->arena, "v->%.*s", STR_ARG(view_ident(h->base.view, t->members.items[i].name)));
    w->part(h, b, t->members.items[i].type, value, host_moved(h, w->place, layout_member_offset(t, i)));
  }
}

static void fixed_list(host *h, body *b, const type *t, const host_walk *w) {
  str place = str_format(b->arena, "%.*s + n * %u", STR_ARG(w->place), (unsigned)layout_size(t->elem));
  body_open(b, "for (uint32_t n = 0; n < %u; n++) {", (unsigned)t->length);
  w->part(h, b, t->elem, STR("v->f[n]"), place);
  body_close(b, "}");
}

static void payload(host *h, body *b, const type *t, size_t index, const host_walk *w) {
  str in = payload_member(b->view, t, index);
  str value = in.len ? str_format(b->arena, "v->val.%.*s", STR_ARG(in)) : STR("v->val");
  w->part(h, b, payload_type(t, index), value, host_moved(h, w->place, layout_payload_offset(t)));
}

static void choice(host *h, body *b, const type *t, const host_walk *w) {
  const char *flag = t->kind == TYPE_OPTION ? "is_some" : "is_err";
  body_line(b, w->flag, flag);
  for (size_t i = 0; i < 2; i++) {
    if (!payload_type(t, i))
      continue;
    body_open(b, i ? "if (v->%s) {" : "if (!v->%s) {", flag);
    payload(h, b, t, i, w);
    body_close(b, "}");
  }
}

static void variant(host *h, body *b, const type *t, const host_walk *w) {
  unsigned bits = (unsigned)layout_discriminant(t) * 8;
  size_t only = 0;
  body_line(b, w->tag, bits, bits, t->members.count);
  if (!payload_count(t, &only))
    return;
  body_line(b, "switch (v->tag) {");
  for (size_t i = 0; i < t->members.count; i++) {
    if (!t->members.items[i].type)
      continue;
    body_open(b, "case %zu:", i);
    payload(h, b, t, i, w);
    body_line(b, "break;");
    b->depth--;
  }
  body_line(b, "default: break;");
  body_line(b, "}");
}

void host_walk_parts(host *h, body *b, const type *t, const host_walk *w) {
  switch (t->kind) {
  case TYPE_RECORD: case TYPE_TUPLE: members(h, b, t, w); break;
  case TYPE_FIXED_LIST: fixed_list(h, b, t, w); break;
  case TYPE_VARIANT: variant(h, b, t, w); break;
  default: choice(h, b, t, w); break;
  }
}
