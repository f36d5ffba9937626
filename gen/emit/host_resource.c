/*
 * Host resource: handles of one resource. One that the host defines is a representation of 32 bits, and its destructor is
 * a member of {world}_imports. One that the guest defines is opaque, and `{resource}_drop` runs the guest's destructor.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/core_names.h"
#include "emit/host.h"

/* The import or export that a section belongs to; resources of the world itself live in "$root". */
static world_item item_of(const view_section *s) {
  return s->item ? *s->item : (world_item){.kind = ITEM_TYPE};
}

static str plain_stem(host *h, const view_resource *r) {
  return host_plain_name(h, str_format(h->base.arena, "%.*s_%.*s", STR_ARG(r->prefix), STR_ARG(r->snake)));
}

/* A core import that is one call of the library. */
static void add_intrinsic(host *h, str module, str name, const char *function, const view_resource *r, bool result) {
  func_signature s = {.param_count = 1, .has_result = result};
  host_import *import = host_add_import(h, module, name, &s);
  import->function = str_of(function);
  import->arguments = str_format(h->base.arena, "&%.*s", STR_ARG(host_resource_table(h, r)));
}

static void write_table(host *h, const view_resource *r, str drop) {
  str record = host_resource_table(h, r);
  buf_printf(&h->h_engine, "extern const withost_resource_type %.*s;\n", STR_ARG(record));
  str title = r->section->title, name = r->type->name;
  buf_printf(&h->c_tables, "\nconst withost_resource_type %.*s = {.name = \"%.*s#%.*s\", .drop = %.*s", STR_ARG(record),
             STR_ARG(title), STR_ARG(name), STR_ARG(drop));
  if (r->exported)
    buf_printf(&h->c_tables, ", .guest_defined = true,\n  .destructor = {.interface = \"%.*s\", .name = \"[dtor]%.*s\"}",
               STR_ARG(title), STR_ARG(name));
  buf_add_c(&h->c_tables, "};\n");
}

static void imported(host *h, const view_resource *r) {
  arena *a = h->base.arena;
  world_item item = item_of(r->section);
  str stem = plain_stem(h, r), w_name = h->base.view->snake, drop = str_format(a, "drop__%.*s_%.*s", STR_ARG(r->prefix), STR_ARG(r->snake));
  buf_printf(&h->members, "  /* %.*s: the guest has dropped it, or ended with it. Runs once for each. NULL: nothing to do. */\n",
             STR_ARG(r->type->name));
  name_scope_claim(&h->fields, str_format(a, "%.*s_destructor", STR_ARG(stem)), r->type->at, "the destructor of", r->type->name);
  buf_printf(&h->members, "  void (*%.*s_destructor)(void *host, %.*s handle);\n", STR_ARG(stem), STR_ARG(r->own));
  buf_printf(&h->c_tables, "\nstatic void %.*s(withost_instance *i, uint32_t rep) {\n", STR_ARG(drop));
  buf_printf(&h->c_tables, "  %.*s_instance *self = (%.*s_instance *)(void *)i;\n", STR_ARG(w_name), STR_ARG(w_name));
  buf_printf(&h->c_tables, "  if (self->imports->%.*s_destructor) self->imports->%.*s_destructor(self->host, (%.*s){rep});\n}\n",
             STR_ARG(stem), STR_ARG(stem), STR_ARG(r->own));
  write_table(h, r, drop);
  add_intrinsic(h, core_import_module(a, &item), core_resource_drop_name(a, r->type), "withost_resource_drop", r, false);
}

static void write_guest_drop(host *h, const view_resource *r, str stem) {
  buf *out = &h->base.c_adapters, *header = &h->base.h_funcs;
  str public = host_public_name(h, stem);
  name_scope_claim(h->base.scope, str_format(h->base.arena, "%.*s_drop", STR_ARG(public)), r->type->at, "type", r->type->name);
  buf_printf(header, "\n/* Ends a %.*s: runs the guest's destructor, now or later. OK, EINVAL, EBUSY, ETRAP. */\n", STR_ARG(r->type->name));
  buf_printf(header, "int %.*s_drop(%.*s handle);\n", STR_ARG(public), STR_ARG(r->own));
  buf_printf(out, "\nint %.*s_drop(%.*s handle) {\n", STR_ARG(public), STR_ARG(r->own));
  buf_printf(out, "  return withost_held_drop(handle.instance, &%.*s, handle.rep);\n}\n", STR_ARG(host_resource_table(h, r)));
}

static void exported(host *h, const view_resource *r) {
  arena *a = h->base.arena;
  world_item item = item_of(r->section);
  func_signature destructor = {.param_count = 1};
  str stem = plain_stem(h, r), w_name = h->base.view->snake, module = core_export_intrinsic_module(a, &item);
  str drop = str_format(a, "drop__%.*s_%.*s", STR_ARG(r->prefix), STR_ARG(r->snake));
  host_add_export(h, core_destructor_name(a, &item, r->type), str_format(a, "%.*s_destructor", STR_ARG(stem)), &destructor,
                  NEEDS_NOTHING);
  buf_printf(&h->c_tables, "\nstatic void %.*s(withost_instance *i, uint32_t rep) {\n", STR_ARG(drop));
  buf_printf(&h->c_tables, "  %.*s_instance *self = (%.*s_instance *)(void *)i;\n", STR_ARG(w_name), STR_ARG(w_name));
  buf_printf(&h->c_tables, "  if (self->core.%.*s_destructor) self->core.%.*s_destructor(i->core, rep);\n}\n", STR_ARG(stem),
             STR_ARG(stem));
  write_table(h, r, drop);
  write_guest_drop(h, r, stem);
  add_intrinsic(h, module, core_resource_drop_name(a, r->type), "withost_resource_drop", r, false);
  add_intrinsic(h, module, core_resource_new_name(a, r->type), "withost_resource_new", r, true);
  add_intrinsic(h, module, core_resource_rep_name(a, r->type), "withost_resource_rep", r, true);
}

void host_resource(host *h, const view_resource *r) {
  if (r->exported)
    exported(h, r);
  else
    imported(h, r);
}

/* A guest may drop handles in the name of any interface that has the resource under some name. */
void host_resource_aliases(host *h, const view_section *s) {
  arena *a = h->base.arena;
  world_item item = item_of(s);
  for (size_t i = 0; i < s->types.count; i++) {
    const type *t = s->types.items[i]->type;
    if (t->kind != TYPE_ALIAS || type_resolve(t)->kind != TYPE_RESOURCE)
      continue;
    str module = s->exported ? core_export_intrinsic_module(a, &item) : core_import_module(a, &item);
    add_intrinsic(h, module, core_resource_drop_name(a, t), "withost_resource_drop", view_resource_of(h->base.view, t), false);
  }
}
