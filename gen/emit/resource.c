/*
 * Resource: the functions around the handles of one resource.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/funcs.h"

#include "abi/core_names.h"
#include "emit/debug_hooks.h"

str resource_drop_symbol(arena *a, const view_resource *r) {
  return str_format(a, "__wasm_import_%.*s_%.*s__drop", STR_ARG(r->prefix), STR_ARG(r->snake));
}

/* The import or export that a resource belongs to; resources of the world itself have none and live in "$root". */
static world_item resource_item(const view_resource *r) {
  return r->section->item ? *r->section->item : (world_item){.kind = ITEM_TYPE};
}

static void emit_imported(guest *g, const view_resource *r) {
  world_item item = resource_item(r);
  const template_hole h_holes[] = {
      {"wit", r->type->name},  {"own", r->own},
      {"borrow", r->borrow},   {"drop_own", r->drop_own},
      {"as_borrow", r->as_borrow}, {"drop_borrow", r->drop_borrow},
  };
  const template_hole c_holes[] = {
      {"module", core_import_module(g->arena, &item)},
      {"core_drop", core_resource_drop_name(g->arena, r->type)},
      {"drop", resource_drop_symbol(g->arena, r)},
      {"own", r->own},
      {"borrow", r->borrow},
      {"drop_own", r->drop_own},
      {"drop_borrow", r->drop_borrow},
      {"as_borrow", r->as_borrow},
      {"debug", debug_drop_line(g)},
  };
  template_expand(g->templates, "guest/resource_imported.h.in", h_holes, sizeof h_holes / sizeof *h_holes, &g->h_funcs);
  template_expand(g->templates, "guest/resource_imported.c.in", c_holes, sizeof c_holes / sizeof *c_holes,
                  &g->c_adapters);
}

static void emit_exported(guest *g, const view_resource *r) {
  arena *a = g->arena;
  world_item item = resource_item(r);
  const template_hole h_holes[] = {
      {"wit", r->type->name}, {"tag", r->rep}, {"own", r->own},
      {"rep", r->rep},        {"make", r->make},                       {"get_rep", r->get_rep},
      {"drop_own", r->drop_own}, {"destructor", r->destructor},
  };
  const template_hole c_holes[] = {
      {"module", core_export_intrinsic_module(a, &item)},
      {"core_drop", core_resource_drop_name(a, r->type)},
      {"core_new", core_resource_new_name(a, r->type)},
      {"core_rep", core_resource_rep_name(a, r->type)},
      {"core_dtor", core_destructor_name(a, &item, r->type)},
      {"drop", resource_drop_symbol(a, r)},
      {"own", r->own},
      {"rep", r->rep},
      {"make", r->make},
      {"get_rep", r->get_rep},
      {"drop_own", r->drop_own},
      {"dtor", str_format(a, "%.*s_%.*s", STR_ARG(r->prefix), STR_ARG(r->snake))},
      {"destructor", r->destructor},
  };
  template_expand(g->templates, "guest/resource_exported.h.in", h_holes, sizeof h_holes / sizeof *h_holes, &g->h_funcs);
  template_expand(g->templates, "guest/resource_exported.c.in", c_holes, sizeof c_holes / sizeof *c_holes,
                  &g->c_adapters);
}

void resource_emit(guest *g, const view_resource *r) {
  if (r->exported)
    emit_exported(g, r);
  else
    emit_imported(g, r);
}
