/*
 * Interface: the body of an interface, by name or inline in a world: its types, then its functions.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

docs docs_of(const syn_docs *d) {
  return (docs){.present = d->present, .text = d->text};
}

static void define_func(body *b, iface_node *node, unique_names *names, const syn_func *s, type_node *resource) {
  func *f = funcs_resolve(b, s, &s->docs, &s->attrs, s->name, resource);
  unique_names_add(b->r, names, f->name, f->at);
  vec_push(b->r->arena, &node->i.funcs, f);
}

/* Functions have their names in the scope so that their use as a type gets a better message. */
static void define_free_func(body *b, iface_node *node, unique_names *names, const syn_func *s) {
  scope_entry *entry = arena_new(b->r->arena, scope_entry);
  *entry = (scope_entry){.name = s->name.name, .at = s->name.at};
  table_add(&b->scope->names, s->name.name, entry);
  define_func(b, node, names, s, NULL);
}

static void define_resource_funcs(body *b, iface_node *node, unique_names *names, const syn_typedef *d) {
  const scope_entry *entry = table_get(&b->scope->names, d->name.name);
  if (entry == NULL || entry->type == NULL) {
    return;
  }
  for (size_t i = 0; i < d->funcs.count; i++) {
    define_func(b, node, names, &d->funcs.items[i], entry->type);
  }
}

static void check_setters(resolver *r, const iface_node *node) {
  table getters;
  table_init(&getters, r->arena);
  for (size_t i = 0; i < node->i.funcs.count; i++) {
    func *f = node->i.funcs.items[i];
    if (f->accessor == ACCESSOR_GETTER) {
      table_add(&getters, f->name, f);
    }
  }
  for (size_t i = 0; i < node->i.funcs.count; i++) {
    const func *f = node->i.funcs.items[i];
    if (f->accessor == ACCESSOR_SETTER && table_get(&getters, name_getter_of_setter(r->arena, f->name)) == NULL) {
      diag_error(r->diag, f->at, "setter '%.*s' has no getter", STR_ARG(f->item_name));
    }
  }
}

static void define_funcs(body *b, iface_node *node, const syn_interface_item_vec *items) {
  unique_names names;
  unique_names_init(&names, b->r->arena);
  for (size_t i = 0; i < b->scope->types.count; i++) {
    str name = b->scope->type_names.items[i];
    const scope_entry *entry = table_get(&b->scope->names, name);
    unique_names_add(b->r, &names, name, entry->at);
    vec_push(b->r->arena, &node->i.types, &b->scope->types.items[i]->t);
  }
  for (size_t i = 0; i < items->count; i++) {
    const syn_interface_item *item = &items->items[i];
    if (item->kind == SYN_ITEM_FUNC) {
      define_free_func(b, node, &names, &item->u.func);
    } else if (item->kind == SYN_ITEM_TYPEDEF && item->u.type.kind == SYN_DEF_RESOURCE) {
      define_resource_funcs(b, node, &names, &item->u.type);
    }
  }
  check_setters(b->r, node);
  funcs_place_setters(&node->i.funcs, b->r->arena);
}

void interface_define(resolver *r, unit *u, const table *local, iface_node *node, const syn_interface_item_vec *items,
                      const syn_docs *doc, const syn_attr_vec *attrs) {
  node->i.docs = docs_of(doc);
  node->i.stability = gate_read(r, attrs, false);
  node->i.package = &u->package;
  type_scope_init(&node->scope, r->arena);
  body b = {.r = r, .unit = u, .local = local, .scope = &node->scope};
  b.owner = (owner){.kind = OWNER_INTERFACE, .interface = &node->i};
  types_define_all(&b, items);
  define_funcs(&b, node, items);
}
