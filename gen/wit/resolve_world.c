/*
 * World: the body of a world: its types and resource functions, then imports and exports as written. Includes wait for
 * linking, when the worlds they name are complete.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

typedef struct world_body {
  body b;
  world_node *node;
  unique_names import_names, export_names;
} world_body;

static const char *const item_words[] = {
    [ITEM_INTERFACE] = "interface", [ITEM_FUNC] = "function", [ITEM_TYPE] = "type"};

static void add_types(world_body *wb) {
  resolver *r = wb->b.r;
  type_scope *scope = wb->b.scope;
  for (size_t i = 0; i < scope->types.count; i++) {
    const scope_entry *entry = table_get(&scope->names, scope->type_names.items[i]);
    world_item item = {.kind = ITEM_TYPE, .name = entry->name, .type = &entry->type->t, .at = entry->at};
    unique_names_add(r, &wb->import_names, entry->name, entry->at);
    item_list_add(&wb->node->imports, r->arena, &item);
  }
}

static void add_resource_funcs(world_body *wb, const syn_typedef *d) {
  resolver *r = wb->b.r;
  const scope_entry *entry = table_get(&wb->b.scope->names, d->name.name);
  for (size_t i = 0; entry != NULL && i < d->funcs.count; i++) {
    const syn_func *s = &d->funcs.items[i];
    func *f = funcs_resolve(&wb->b, s, &s->docs, &s->attrs, s->name, entry->type);
    if (unique_names_add(r, &wb->import_names, f->name, f->at)) {
      world_item item = {.kind = ITEM_FUNC, .name = f->name, .func = f, .at = f->at};
      item_list_add(&wb->node->imports, r->arena, &item);
    }
  }
}

static void add_include(world_body *wb, const syn_use *u) {
  world_node *from = package_find_world(wb->b.r, wb->b.unit, wb->b.local, &u->from);
  if (from != NULL) {
    world_include include = {.from = from, .stability = gate_read(wb->b.r, &u->attrs, false), .syntax = u};
    vec_push(wb->b.r->arena, &wb->node->includes, include);
  }
}

/* Inline interfaces see none of the world's types. */
static void make_inline(world_body *wb, const syn_extern *e, world_item *item) {
  resolver *r = wb->b.r;
  iface_node *node = iface_node_new(r);
  node->i.at = e->name.at;
  interface_define(r, wb->b.unit, wb->b.local, node, &e->items, &e->docs, &e->attrs);
  vec_push(r->arena, &wb->b.unit->ifaces, node);
  item->name = e->name.name;
  item->interface = &node->i;
  item->stability = node->i.stability;
  item->at = e->name.at;
  item->has_external_id = gate_read_external_id(r, &e->attrs, false, &item->external_id);
}

static bool make_path(world_body *wb, const syn_extern *e, world_item *item) {
  resolver *r = wb->b.r;
  item->name = e->name.name;
  item->at = e->name.name.len > 0 ? e->name.at : e->path.name.at;
  item->stability = gate_read(r, &e->attrs, false);
  item->has_external_id = gate_read_external_id(r, &e->attrs, false, &item->external_id);
  item->docs = docs_of(&e->docs);
  iface_node *node = package_find_interface(r, wb->b.unit, wb->b.local, &e->path);
  if (node == NULL) {
    return false;
  }
  item->interface = &node->i;
  return true;
}

static bool make_item(world_body *wb, const syn_extern *e, world_item *item) {
  switch (e->kind) {
  case SYN_EXTERN_FUNC:
    item->kind = ITEM_FUNC;
    item->func = funcs_resolve(&wb->b, &e->func, &e->docs, &e->attrs, e->name, NULL);
    item->name = item->func->name;
    item->at = e->name.at;
    return true;
  case SYN_EXTERN_INTERFACE: make_inline(wb, e, item); return true;
  case SYN_EXTERN_PATH: return make_path(wb, e, item);
  }
  return false;
}

static void report_duplicate(world_body *wb, const world_item *item, const world_item *previous, const char *verb) {
  diag *d = wb->b.r->diag;
  if (item->name.len == 0) {
    diag_error(d, item->at, "interface '%.*s' is %sed more than once", STR_ARG(item->interface->name), verb);
  } else {
    diag_error(d, item->at, "%s '%.*s' has the name of an earlier %s", verb, STR_ARG(item->name),
               item_words[previous->kind]);
  }
  diag_note(d, previous->at, "'%.*s' is %s here", STR_ARG(item->name.len > 0 ? item->name : item->interface->name),
            previous->kind == ITEM_TYPE ? "defined" : "listed");
}

static void add_extern(world_body *wb, const syn_extern *e, bool is_import) {
  item_list *list = is_import ? &wb->node->imports : &wb->node->exports;
  unique_names *names = is_import ? &wb->import_names : &wb->export_names;
  world_item item = {.kind = ITEM_INTERFACE};
  if (!make_item(wb, e, &item)) {
    return;
  }
  const world_item *previous = item_list_add(list, wb->b.r->arena, &item);
  if (previous != NULL) {
    report_duplicate(wb, &item, previous, is_import ? "import" : "export");
  } else if (item.name.len > 0) {
    unique_names_add(wb->b.r, names, item.name, item.at);
  }
}

static void add_items(world_body *wb, const syn_interface_item_vec *items) {
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind == SYN_ITEM_INCLUDE) {
      add_include(wb, &items->items[i].u.use);
    }
  }
  add_types(wb);
  for (size_t i = 0; i < items->count; i++) {
    const syn_interface_item *item = &items->items[i];
    if (item->kind == SYN_ITEM_IMPORT || item->kind == SYN_ITEM_EXPORT) {
      add_extern(wb, &item->u.ext, item->kind == SYN_ITEM_IMPORT);
    } else if (item->kind == SYN_ITEM_TYPEDEF && item->u.type.kind == SYN_DEF_RESOURCE) {
      add_resource_funcs(wb, &item->u.type);
    }
  }
}

void world_define(resolver *r, unit *u, const table *local, world_node *node, const syn_decl *decl) {
  node->w.docs = docs_of(&decl->docs);
  node->w.stability = gate_read(r, &decl->attrs, false);
  node->w.package = &u->package;
  world_body wb = {.node = node};
  wb.b = (body){.r = r, .unit = u, .local = local, .scope = &node->scope};
  wb.b.owner = (owner){.kind = OWNER_WORLD, .world = &node->w};
  unique_names_init(&wb.import_names, r->arena);
  unique_names_init(&wb.export_names, r->arena);
  types_define_all(&wb.b, &decl->items);
  add_items(&wb, &decl->items);
}
