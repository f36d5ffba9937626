/*
 * Elaborate: a world gets the interfaces that its own need, in dependency order.
 *
 * An imported interface comes after those whose types it uses. An exported one uses other exports where they are listed,
 * and imports otherwise; it is an error when one interface would then be needed both ways. Walks keep their own stack,
 * because chains of `use` are as long as input makes them.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "wit/resolve_parts.h"

/* One interface on the way, and the type of it that is looked at next. */
typedef struct visit {
  world_item item;
  size_t next;
  bool is_export;
} visit;

typedef struct visit_vec {
  visit *items;
  size_t count, cap;
} visit_vec;

typedef struct elaboration {
  resolver *r;
  world_node *w;
  item_list imports, exports;      /* under construction */
  const item_list *listed_exports; /* as the world has them */
  table required;                  /* interfaces that exports need as imports, by address */
  visit_vec stack;                 /* empty between walks */
} elaboration;

const interface *type_interface_dep(const type *t) {
  if (t->kind != TYPE_ALIAS || t->elem->kind < TYPE_PRIMITIVES) {
    return NULL;
  }
  const owner *a = &t->owner, *b = &t->elem->owner;
  bool same = a->kind == b->kind && a->interface == b->interface && a->world == b->world;
  return same || b->kind != OWNER_INTERFACE ? NULL : b->interface;
}

/* The next interface that the top of the stack needs, or NULL when there are no more. */
static const interface *next_dep(visit *v) {
  const type_vec *types = &v->item.interface->types;
  while (v->next < types->count) {
    const interface *dep = type_interface_dep(types->items[v->next++]);
    if (dep != NULL) {
      return dep;
    }
  }
  return NULL;
}

static world_item dependency_item(const interface *dep, const stability *s) {
  return (world_item){.kind = ITEM_INTERFACE, .interface = (interface *)(uintptr_t)dep, .stability = *s};
}

/* Imports */

static void import_with_deps(elaboration *e, const world_item *item) {
  arena *a = e->r->arena;
  visit_vec *stack = &e->stack;
  if (item_list_find(&e->imports, item->name, item->interface) != NULL) {
    return;
  }
  visit first = {*item, 0, false};
  vec_push(a, stack, first);
  while (stack->count > 0) {
    visit *top = &stack->items[stack->count - 1];
    const interface *dep = next_dep(top);
    if (dep == NULL) {
      item_list_add(&e->imports, a, &top->item);
      stack->count--;
    } else if (item_list_find(&e->imports, (str){"", 0}, dep) == NULL) {
      visit next = {dependency_item(dep, &top->item.stability), 0, false};
      vec_push(a, stack, next);
    }
  }
}

/*
 * Order of imports: interfaces, types that come from them, other types, functions, functions of resources. The same as
 * in printed WIT, and each kind needs only those before it.
 */
enum { ITEM_CLASSES = 5 };

static int item_class(const world_item *item) {
  switch (item->kind) {
  case ITEM_INTERFACE: return 0;
  case ITEM_TYPE: {
    const type *t = item->type;
    bool other = t->kind == TYPE_ALIAS && t->elem->kind >= TYPE_PRIMITIVES &&
                 (t->elem->owner.kind != t->owner.kind || t->elem->owner.interface != t->owner.interface ||
                  t->elem->owner.world != t->owner.world);
    return other ? 1 : 2;
  }
  case ITEM_FUNC: return item->func->resource == NULL ? 3 : 4;
  }
  return 0;
}

static bool is_sorted(const world_item_vec *items) {
  for (size_t i = 1; i < items->count; i++) {
    if (item_class(&items->items[i - 1]) > item_class(&items->items[i])) {
      return false;
    }
  }
  return true;
}

static world_item_vec sort_by_class(arena *a, const world_item_vec *items) {
  if (is_sorted(items)) {
    return *items;
  }
  world_item_vec sorted = {arena_new_array(a, world_item, items->count), 0, items->count};
  for (int class = 0; class < ITEM_CLASSES; class ++) {
    for (size_t i = 0; i < items->count; i++) {
      if (item_class(&items->items[i]) == class) {
        sorted.items[sorted.count++] = items->items[i];
      }
    }
  }
  return sorted;
}

static void elaborate_imports(elaboration *e) {
  world_item_vec items = sort_by_class(e->r->arena, &e->w->imports.items);
  for (size_t i = 0; i < items.count; i++) {
    const world_item *item = &items.items[i];
    if (item->kind == ITEM_INTERFACE) {
      import_with_deps(e, item);
      continue;
    }
    const interface *dep = item->kind == ITEM_TYPE ? type_interface_dep(item->type) : NULL;
    if (dep != NULL) {
      world_item needed = dependency_item(dep, &item->type->stability);
      import_with_deps(e, &needed);
    }
    item_list_add(&e->imports, e->r->arena, item);
  }
}

/* Exports */

static str interface_address(arena *a, const interface *i) {
  char *bytes = arena_alloc(a, sizeof i);
  memcpy(bytes, &i, sizeof i);
  return (str){bytes, sizeof i};
}

static bool is_required(const elaboration *e, const interface *i) {
  return table_get(&e->required, (str){(const char *)&i, sizeof i}) != NULL;
}

/* Whether a visit is over before it begins; `*ok` turns false when the interface can't be had this way. */
static bool is_settled(const elaboration *e, const visit *v, bool *ok) {
  if (item_list_find(&e->exports, v->item.name, v->item.interface) != NULL) {
    *ok = v->is_export;
    return true;
  }
  return !v->is_export && is_required(e, v->item.interface);
}

static bool finish_visit(elaboration *e, const visit *v) {
  if (!v->is_export) {
    table_add(&e->required, interface_address(e->r->arena, v->item.interface), v->item.interface);
    item_list_add(&e->imports, e->r->arena, &v->item);
    return true;
  }
  if (is_required(e, v->item.interface)) {
    return false;
  }
  item_list_add(&e->exports, e->r->arena, &v->item);
  return true;
}

static bool push_visit(elaboration *e, const visit *v) {
  bool ok = true;
  if (!is_settled(e, v, &ok)) {
    vec_push(e->r->arena, &e->stack, *v);
  }
  return ok;
}

/* The interface that is needed both ways, or NULL. */
static const interface *export_with_deps(elaboration *e, const world_item *item) {
  visit first = {*item, 0, true};
  if (!push_visit(e, &first)) {
    return item->interface;
  }
  while (e->stack.count > 0) {
    visit *top = &e->stack.items[e->stack.count - 1];
    const interface *dep = next_dep(top);
    if (dep == NULL) {
      e->stack.count--;
      if (!finish_visit(e, top)) {
        return top->item.interface;
      }
      continue;
    }
    visit next = {dependency_item(dep, &top->item.stability), 0, false};
    next.item.has_external_id = top->item.has_external_id;
    next.item.external_id = top->item.external_id;
    next.is_export = top->is_export && item_list_find(e->listed_exports, (str){"", 0}, dep) != NULL;
    if (!push_visit(e, &next)) {
      return dep;
    }
  }
  return NULL;
}

static void report_conflict(elaboration *e, const world_item *item, const interface *both) {
  arena *a = e->r->arena;
  str key = world_item_key(a, item);
  str id = interface_id_text(a, both);
  diag_error(e->r->diag, e->w->w.at, "world '%.*s' exports '%.*s', which needs '%.*s' both imported and exported",
             STR_ARG(e->w->w.name), STR_ARG(key), STR_ARG(id));
  diag_note(e->r->diag, item->at,
            "export every interface between '%.*s' and '%.*s' too, or leave out the export of '%.*s'", STR_ARG(key),
            STR_ARG(id), STR_ARG(id));
}

static bool elaborate_exports(elaboration *e) {
  const world_item_vec *items = &e->w->exports.items;
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind != ITEM_INTERFACE) {
      item_list_add(&e->exports, e->r->arena, &items->items[i]);
    }
  }
  for (size_t i = 0; i < items->count; i++) {
    const world_item *item = &items->items[i];
    const interface *both = item->kind == ITEM_INTERFACE ? export_with_deps(e, item) : NULL;
    if (both != NULL) {
      report_conflict(e, item, both);
      return false;
    }
  }
  return true;
}

bool world_elaborate(resolver *r, world_node *w) {
  elaboration e = {.r = r, .w = w, .listed_exports = &w->exports};
  item_list_init(&e.imports, r->arena);
  item_list_init(&e.exports, r->arena);
  table_init(&e.required, r->arena);
  elaborate_imports(&e);
  if (!elaborate_exports(&e)) {
    return false;
  }
  world_item_vec sorted = sort_by_class(r->arena, &e.imports.items);
  if (sorted.items != e.imports.items.items) {
    e.imports.items = sorted;
    item_list_reindex(&e.imports, r->arena);
  }
  w->imports = e.imports;
  w->exports = e.exports;
  return true;
}
