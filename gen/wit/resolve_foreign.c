/*
 * Foreign: what a package takes from others finds its target, now that those are linked.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

/* The package of the same name, whatever its version: among those of this path, or linked already. */
static const package *find_other_version(resolver *r, const package_name *wanted) {
  for (size_t i = 0; i < r->units.count; i++) {
    const package *p = &r->units.items[i]->package;
    if (str_eq(p->name.ns, wanted->ns) && str_eq(p->name.name, wanted->name)) {
      return p;
    }
  }
  for (size_t i = 0; i < r->names.count; i++) {
    const linked_package *linked = table_get(&r->packages, r->names.items[i]);
    const package *p = linked->package;
    if (str_eq(p->name.ns, wanted->ns) && str_eq(p->name.name, wanted->name)) {
      return p;
    }
  }
  return NULL;
}

static void note_packages(resolver *r, const foreign_package *wanted) {
  const package *other = find_other_version(r, &wanted->name);
  if (other != NULL) {
    str name = package_name_text(r->arena, &other->name);
    diag_note(r->diag, other->at, "there is '%.*s'; the version is part of the name", STR_ARG(name));
    return;
  }
  str near = suggest_name(r, wanted->text, r->names.items, r->names.count);
  if (near.len > 0) {
    const linked_package *p = table_get(&r->packages, near);
    diag_note(r->diag, p->package->at, "there is '%.*s'; did you mean that?", STR_ARG(near));
  } else {
    diag_note(r->diag, SPAN_NONE, "dependencies are looked for in the directory 'deps' beside the package's files%s",
              r->several_paths ? ", and in the paths before this one" : "");
  }
}

static const linked_package *find_package(resolver *r, const foreign_package *wanted) {
  const linked_package *p = table_get(&r->packages, wanted->text);
  if (p == NULL) {
    diag_error(r->diag, wanted->at, "package '%.*s' not found", STR_ARG(wanted->text));
    note_packages(r, wanted);
  }
  return p;
}

/* An item is needed when any mention of it is. */
static bool any_gate_open(resolver *r, const unit *u, const foreign_item *item) {
  for (size_t i = 0; i < item->gates.count; i++) {
    if (gate_is_open(r, &item->gates.items[i], &u->package, item->ref.at)) {
      return true;
    }
  }
  return false;
}

static void note_item(resolver *r, const linked_package *p, str wanted, bool is_world) {
  const item_ref *declared = p->unit == NULL ? NULL : table_get(&p->unit->items, wanted);
  if (declared != NULL && (declared->world != NULL) == is_world) {
    const stability *s = is_world ? &declared->world->w.stability : &declared->iface->i.stability;
    diag_note(r->diag, declared->at, "it needs feature '%.*s', which is not active", STR_ARG(s->feature));
    return;
  }
  if (declared != NULL) {
    diag_note(r->diag, declared->at, "'%.*s' is %s", STR_ARG(wanted), is_world ? "an interface" : "a world");
    return;
  }
  if (r->diag->errors > r->diag->limit) {
    return;
  }
  str_vec names = {0};
  for (size_t i = 0; !is_world && i < p->package->interfaces.count; i++) {
    vec_push(r->arena, &names, p->package->interfaces.items[i]->name);
  }
  for (size_t i = 0; is_world && i < p->package->worlds.count; i++) {
    vec_push(r->arena, &names, p->package->worlds.items[i]->name);
  }
  str near = suggest_name(r, wanted, names.items, names.count);
  if (near.len > 0) {
    const iface_node *i = is_world ? NULL : table_get(&p->interfaces, near);
    const world_node *w = is_world ? table_get(&p->worlds, near) : NULL;
    diag_note(r->diag, is_world ? w->w.at : i->i.at, "there is '%.*s'; did you mean that?", STR_ARG(near));
  }
}

static void *find_item(resolver *r, const foreign_item *item, const linked_package *p, bool is_world) {
  void *found = table_get(is_world ? &p->worlds : &p->interfaces, item->name);
  if (found == NULL) {
    diag_error(r->diag, item->ref.at, "package '%.*s' has no %s '%.*s'", STR_ARG(item->package->text),
               is_world ? "world" : "interface", STR_ARG(item->name));
    note_item(r, p, item->name, is_world);
  }
  return found;
}

static void link_item(resolver *r, unit *u, foreign_item *item) {
  bool is_world = item->ref.world != NULL;
  const linked_package *p = find_package(r, item->package);
  if (p == NULL) {
    return;
  }
  bool open = any_gate_open(r, u, item);
  void *found = open ? find_item(r, item, p, is_world) : NULL;
  if (is_world) {
    item->ref.world->gated = !open;
    item->ref.world->target = found;
    item->ref.world->w.stability = item->gates.items[0];
  } else {
    item->ref.iface->gated = !open;
    item->ref.iface->target = found;
    item->ref.iface->i.stability = item->gates.items[0];
  }
}

/* Types */

static type_node *find_type(resolver *r, const type_node *placeholder, const iface_node *from) {
  const scope_entry *entry = table_get(&from->scope.names, placeholder->t.name);
  if (entry != NULL && entry->type != NULL && !entry->type->gated) {
    return entry->type;
  }
  diag_error(r->diag, placeholder->t.at, "interface '%.*s' has no type '%.*s'",
             STR_ARG(interface_id_text(r->arena, &from->i)), STR_ARG(placeholder->t.name));
  if (entry != NULL && entry->type == NULL) {
    diag_note(r->diag, entry->at, "'%.*s' is a function; only types can be used", STR_ARG(placeholder->t.name));
  } else if (entry != NULL) {
    diag_note(r->diag, entry->at, "it needs feature '%.*s', which is not active",
              STR_ARG(entry->type->t.stability.feature));
  } else {
    str near = suggest_name(r, placeholder->t.name, from->scope.type_names.items, from->scope.type_names.count);
    entry = near.len == 0 ? NULL : table_get(&from->scope.names, near);
    if (entry != NULL) {
      diag_note(r->diag, entry->at, "'%.*s' is defined here; did you mean that?", STR_ARG(near));
    }
  }
  return NULL;
}

static void link_foreign_type(resolver *r, unit *u, type_node *n) {
  if (!gate_is_open(r, &n->t.stability, &u->package, n->t.at)) {
    n->gated = true;
    return;
  }
  const iface_node *from = (const iface_node *)n->t.owner.interface;
  if (from->gated || from->target == NULL) {
    n->gated = true;
    return;
  }
  n->target = find_type(r, n, from->target);
  n->gated = n->target == NULL;
}

static void check_handles(resolver *r, const unit *u) {
  for (size_t i = 0; i < u->handle_checks.count; i++) {
    const handle_check *c = &u->handle_checks.items[i];
    const type_node *n = c->type->target;
    if (n != NULL && n->base->kind != TYPE_RESOURCE) {
      diag_error(r->diag, c->at, "'%.*s' is not a resource, so it has no handles", STR_ARG(n->t.name));
      diag_note(r->diag, n->t.at, "'%.*s' is defined here", STR_ARG(n->t.name));
    }
  }
}

bool foreign_link(resolver *r, unit *u) {
  size_t before = r->diag->errors;
  for (size_t i = 0; i < u->foreign_ifaces.count; i++) {
    link_item(r, u, u->foreign_ifaces.items[i]);
  }
  for (size_t i = 0; i < u->foreign_worlds.count; i++) {
    link_item(r, u, u->foreign_worlds.items[i]);
  }
  if (r->diag->errors > before) {
    return false;
  }
  for (size_t i = 0; i < u->foreign_types.count; i++) {
    link_foreign_type(r, u, u->foreign_types.items[i]);
  }
  check_handles(r, u);
  return r->diag->errors == before;
}
