/*
 * Types: declarations, and checks that C lays them out as the Canonical ABI does.
 *
 * One function per kind of type writes its typedef to the header; `declare_*`. What belongs to a type besides (case
 * macros, entry structs) stands with it. Checks go to the .c, where the target is known.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/layout.h"
#include "emit/release.h"
#include "support/vec.h"

/* Pieces */

static void open_struct(guest *g, str name) {
  buf_printf(&g->h_types, "typedef struct %.*s {\n", STR_ARG(name));
}

static void close_struct(guest *g, str name) {
  buf_printf(&g->h_types, "} %.*s;\n", STR_ARG(name));
}

static void add_field(guest *g, const char *indent, const type *t, str field) {
  str name = view_type_name(g->view, t);
  buf_printf(&g->h_types, "%s%.*s %.*s;\n", indent, STR_ARG(name), STR_ARG(field));
}

static void typedef_as(guest *g, str target, str name) {
  buf_printf(&g->h_types, "typedef %.*s %.*s;\n", STR_ARG(target), STR_ARG(name));
}

/* The unsigned integer that holds a discriminant or a set of flags. */
static const char *uint_of_size(uint32_t size) {
  return size == 1 ? "uint8_t" : size == 2 ? "uint16_t" : "uint32_t";
}

/* Checks */

/* On the host pointers are wider, and values are converted. */
static void check_size(guest *g, str name, uint32_t size) {
  if (g->side == SIDE_HOST)
    return;
  buf_printf(&g->c_checks, "static_assert(sizeof(%.*s) == %u, \"size\");\n", STR_ARG(name), (unsigned)size);
}

static void check_offset(guest *g, str name, str field, uint32_t offset) {
  if (g->side == SIDE_HOST)
    return;
  buf_printf(&g->c_checks, "static_assert(offsetof(%.*s, %.*s) == %u, \"offset\");\n", STR_ARG(name), STR_ARG(field),
             (unsigned)offset);
}

static void check_align(guest *g, str name, uint32_t align) {
  if (g->side == SIDE_HOST)
    return;
  buf_printf(&g->c_checks, "static_assert(alignof(%.*s) == %u, \"alignment\");\n", STR_ARG(name), (unsigned)align);
}

/* Case macros */

static str macro_name(guest *g, const view_type *vt, const member *m) {
  str prefix = names_shouty(g->arena, vt->section->prefix);
  str type_name = names_shouty(g->arena, vt->type->name), own = names_shouty(g->arena, m->name);
  return str_format(g->arena, "%.*s_%.*s_%.*s", STR_ARG(prefix), STR_ARG(type_name), STR_ARG(own));
}

static str flag_value(guest *g, size_t i) {
  return str_format(g->arena, i < 31 ? "(1 << %zu)" : "(1u << %zu)", i); /* 1 << 31 overflows */
}

static void add_macros(guest *g, const view_type *vt) {
  const member_vec *members = &vt->type->members;
  bool flags = vt->type->kind == TYPE_FLAGS;
  if (members->count > 0)
    buf_add_byte(&g->h_types, '\n');
  for (size_t i = 0; i < members->count; i++) {
    const member *m = &members->items[i];
    str name = macro_name(g, vt, m);
    str value = flags ? flag_value(g, i) : str_format(g->arena, "%zu", i);
    name_scope_claim(g->scope, name, m->at, flags ? "flag" : "case", m->name);
    guest_emit_docs(&g->h_types, "", &m->docs, NULL);
    buf_printf(&g->h_types, "#define %.*s %.*s\n", STR_ARG(name), STR_ARG(value));
  }
}

/* Kinds */

static void declare_record(guest *g, const view_type *vt) {
  open_struct(g, vt->name);
  for (size_t i = 0; i < vt->type->members.count; i++) {
    const member *m = &vt->type->members.items[i];
    str field = view_ident(g->view, m->name);
    guest_emit_docs(&g->h_types, "  ", &m->docs, NULL);
    add_field(g, "  ", m->type, field);
    check_offset(g, vt->name, field, layout_member_offset(vt->type, i));
  }
  close_struct(g, vt->name);
}

static void declare_tuple(guest *g, const view_type *vt) {
  open_struct(g, vt->name);
  for (size_t i = 0; i < vt->type->members.count; i++) {
    str field = str_format(g->arena, "f%zu", i);
    add_field(g, "  ", vt->type->members.items[i].type, field);
    check_offset(g, vt->name, field, layout_member_offset(vt->type, i));
  }
  close_struct(g, vt->name);
}

static void declare_variant(guest *g, const view_type *vt) {
  const type *t = vt->type;
  bool has_payload = false;
  open_struct(g, vt->name);
  buf_printf(&g->h_types, "  %s tag;\n", uint_of_size(layout_discriminant(t)));
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    if (m->type == NULL)
      continue;
    if (!has_payload)
      buf_add_c(&g->h_types, "  union {\n");
    has_payload = true;
    add_field(g, "    ", m->type, view_ident(g->view, m->name));
  }
  if (has_payload) {
    buf_add_c(&g->h_types, "  } val;\n");
    check_offset(g, vt->name, STR("val"), layout_payload_offset(t));
  }
  close_struct(g, vt->name);
  add_macros(g, vt);
}

static void declare_option(guest *g, const view_type *vt) {
  open_struct(g, vt->name);
  buf_add_c(&g->h_types, "  bool is_some;\n");
  add_field(g, "  ", vt->type->elem, STR("val"));
  close_struct(g, vt->name);
  check_offset(g, vt->name, STR("val"), layout_payload_offset(vt->type));
}

static void declare_result(guest *g, const view_type *vt) {
  const type *ok = vt->type->elem, *err = vt->type->err;
  open_struct(g, vt->name);
  buf_add_c(&g->h_types, "  bool is_err;\n");
  if (ok != NULL || err != NULL) {
    buf_add_c(&g->h_types, "  union {\n");
    if (ok != NULL)
      add_field(g, "    ", ok, STR("ok"));
    if (err != NULL)
      add_field(g, "    ", err, STR("err"));
    buf_add_c(&g->h_types, "  } val;\n");
    check_offset(g, vt->name, STR("val"), layout_payload_offset(vt->type));
  }
  close_struct(g, vt->name);
}

static void add_pointer_and_length(guest *g, str elem, str name) {
  open_struct(g, name);
  buf_printf(&g->h_types, "  %.*s *ptr;\n  size_t len;\n", STR_ARG(elem));
  close_struct(g, name);
}

static void declare_map(guest *g, const view_type *vt) {
  str entry = view_map_entry_name(g->view, vt->type);
  open_struct(g, entry);
  add_field(g, "  ", vt->type->key, STR("key"));
  add_field(g, "  ", vt->type->elem, STR("value"));
  close_struct(g, entry);
  buf_add_byte(&g->h_types, '\n');
  add_pointer_and_length(g, entry, vt->name);
}

static void declare_fixed_list(guest *g, const view_type *vt) {
  str elem = view_type_name(g->view, vt->type->elem);
  open_struct(g, vt->name);
  buf_printf(&g->h_types, "  %.*s f[%u];\n", STR_ARG(elem), (unsigned)vt->type->length);
  close_struct(g, vt->name);
}

static void declare_handle(guest *g, const view_type *vt) {
  const view_resource *r = view_resource_of(g->view, vt->type);
  typedef_as(g, type_resolve(vt->type)->kind == TYPE_OWN ? r->own : r->borrow, vt->name);
}

static void declare_pipe(guest *g, const view_type *vt) {
  if (g->side == SIDE_GUEST)
    typedef_as(g, STR("uint32_t"), vt->name);
  else
    typedef_as(g, vt->type->kind == TYPE_STREAM ? STR("withost_stream *") : STR("withost_future *"), vt->name);
}

static void declare_kind(guest *g, const view_type *vt) {
  const type *t = vt->type;
  switch (t->kind) {
  case TYPE_RECORD: declare_record(g, vt); break;
  case TYPE_TUPLE: declare_tuple(g, vt); break;
  case TYPE_VARIANT: declare_variant(g, vt); break;
  case TYPE_ENUM:
  case TYPE_FLAGS:
    typedef_as(g, str_of(uint_of_size(layout_size(t))), vt->name);
    add_macros(g, vt);
    break;
  case TYPE_OPTION: declare_option(g, vt); break;
  case TYPE_RESULT: declare_result(g, vt); break;
  case TYPE_LIST: add_pointer_and_length(g, view_type_name(g->view, t->elem), vt->name); break;
  case TYPE_FIXED_LIST: declare_fixed_list(g, vt); break;
  case TYPE_MAP: declare_map(g, vt); break;
  case TYPE_FUTURE:
  case TYPE_STREAM: declare_pipe(g, vt); break;
  case TYPE_OWN:
  case TYPE_BORROW: declare_handle(g, vt); break;
  default: typedef_as(g, view_type_name(g->view, t->elem), vt->name); break; /* TYPE_ALIAS */
  }
}

/* Comments */

static const char *kind_word(const type *t) {
  static const char *const words[] = {
      [TYPE_RECORD] = "record",   [TYPE_VARIANT] = "variant", [TYPE_ENUM] = "enum",
      [TYPE_FLAGS] = "flags",     [TYPE_RESOURCE] = "resource",
  };
  size_t count = sizeof words / sizeof *words;
  return t->kind < count && words[t->kind] != NULL ? words[t->kind] : "type";
}

/* "wit: record ns:pkg/iface#name", in line with the note before it. */
static str origin_note(guest *g, const view_section *s, const type *t, bool follows) {
  const char *label = follows ? "wit:    " : "wit:";
  return str_format(g->arena, "%s %s %.*s#%.*s", label, kind_word(t), STR_ARG(s->title), STR_ARG(t->name));
}

/* How to give back what a value holds; empty when it holds nothing. */
static str release_note(guest *g, const view_type *vt) {
  if (g->side == SIDE_HOST)
    return STR("");
  if (vt->has_drop && !vt->drop_is_private)
    return str_format(g->arena, "release: %.*s(), which also drops the handles inside", STR_ARG(vt->drop_name));
  if (vt->owns_memory && !g->options->no_helpers)
    return str_format(g->arena, "release: %.*s_free()", STR_ARG(vt->stem));
  return STR("");
}

static void add_comment(guest *g, const view_section *s, const view_type *vt) {
  str_vec notes = {0};
  str release = release_note(g, vt);
  if (vt->type->name.len == 0)
    return;
  if (release.len > 0)
    vec_push(g->arena, &notes, release);
  vec_push(g->arena, &notes, origin_note(g, s, vt->type, release.len > 0));
  guest_emit_docs(&g->h_types, "", &vt->type->docs, &notes);
}

/* Resources */

static void add_handle(guest *g, str name) {
  open_struct(g, name);
  buf_add_c(&g->h_types, "  int32_t __handle;\n");
  close_struct(g, name);
}

static void add_host_handle(guest *g, const view_resource *r) {
  open_struct(g, r->own);
  buf_printf(&g->h_types, "%s  uint32_t rep;\n", r->exported ? "  withost_instance *instance; /* private, both */\n" : "");
  close_struct(g, r->own);
  buf_add_byte(&g->h_types, '\n');
  typedef_as(g, r->own, r->borrow);
}

static void declare_host_resource(guest *g, const view_section *s, const type *t) {
  const view_resource *r = view_resource_of(g->view, t);
  str_vec notes = {0};
  vec_push(g->arena, &notes, r->exported ? STR("The guest's object: yours until you drop it or give it back.")
                                         : STR("Your object: `rep` is whatever you choose, an index or a key."));
  vec_push(g->arena, &notes, origin_note(g, s, t, false));
  buf_add_byte(&g->h_types, '\n');
  guest_emit_docs(&g->h_types, "", &t->docs, &notes);
  add_host_handle(g, r);
}

static void declare_resource(guest *g, const view_section *s, const type *t) {
  const view_resource *r = view_resource_of(g->view, t);
  str_vec notes = {0};
  str note = str_format(g->arena, "release: %.*s()", STR_ARG(r->drop_own));
  if (!g->options->no_helpers)
    vec_push(g->arena, &notes, note);
  note = origin_note(g, s, t, notes.count > 0);
  vec_push(g->arena, &notes, note);
  buf_add_byte(&g->h_types, '\n');
  guest_emit_docs(&g->h_types, "", &t->docs, &notes);
  add_handle(g, r->own);
  check_size(g, r->own, 4);
  buf_add_byte(&g->h_types, '\n');
  if (!r->exported) {
    buf_printf(&g->h_types, "/** A borrowed handle: to be dropped only by an exported function that received it. */\n");
    add_handle(g, r->borrow);
    return;
  }
  str struct_name = str_format(g->arena, "struct %.*s", STR_ARG(r->rep));
  buf_printf(&g->h_types, "/** What a handle stands for: this component defines the struct. */\n");
  typedef_as(g, struct_name, r->rep);
  buf_printf(&g->h_types, "\ntypedef %.*s *%.*s;\n", STR_ARG(r->rep), STR_ARG(r->borrow));
}

static void declare(guest *g, const view_section *s, const view_type *vt) {
  buf_add_byte(&g->h_types, '\n');
  add_comment(g, s, vt);
  declare_kind(g, vt);
  if (vt->type->kind == TYPE_ALIAS)
    return;
  check_size(g, vt->name, layout_size(vt->type));
  check_align(g, vt->name, layout_align(vt->type));
}

/* Another name for a type of an earlier section. Its macros have other names too. */
static void declare_twin(guest *g, const view_type *vt, const view_type *twin) {
  const type *t = vt->type;
  buf_add_byte(&g->h_types, '\n');
  if (t->kind == TYPE_RESOURCE) {
    typedef_as(g, view_resource_of(g->view, twin->type)->own, view_resource_of(g->view, t)->own);
    typedef_as(g, view_resource_of(g->view, twin->type)->borrow, view_resource_of(g->view, t)->borrow);
    return;
  }
  if (!vt->declared)
    return;
  if (t->kind == TYPE_MAP)
    typedef_as(g, view_map_entry_name(g->view, twin->type), view_map_entry_name(g->view, t));
  typedef_as(g, twin->name, vt->name);
  if (t->kind == TYPE_VARIANT || t->kind == TYPE_ENUM || t->kind == TYPE_FLAGS)
    add_macros(g, vt);
}

void guest_emit_types(guest *g, const view_section *s) {
  for (size_t i = 0; i < s->types.count; i++) {
    const view_type *vt = s->types.items[i];
    const view_type *twin = g->side == SIDE_HOST ? view_twin(g->view, s, vt) : NULL;
    if (twin)
      declare_twin(g, vt, twin);
    else if (vt->type->kind == TYPE_RESOURCE && g->side == SIDE_HOST)
      declare_host_resource(g, s, vt->type);
    else if (vt->type->kind == TYPE_RESOURCE)
      declare_resource(g, s, vt->type);
    else if (vt->declared)
      declare(g, s, vt);
    if (vt->declared && g->side == SIDE_GUEST && !g->options->no_helpers)
      release_emit(g, vt);
  }
}
