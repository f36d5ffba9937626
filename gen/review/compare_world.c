/*
 * Worlds: imports and exports, by label or by interface. What is in an interface with a name of its own is compared where
 * that is; here are those without, and labels that stand for another interface than before.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

/* One list of both worlds. */
typedef struct direction {
  const char *word; /* "import" */
  change_rule added, removed;
  bool is_import;
  str path;
} direction;

static const char *item_word(const world_item *item) {
  static const char *const words[] = {[ITEM_INTERFACE] = "interface", [ITEM_FUNC] = "function", [ITEM_TYPE] = "type"};
  return words[item->kind];
}

span item_at(const world_item *item) {
  switch (item->kind) {
  case ITEM_FUNC: return item->func->at;
  case ITEM_TYPE: return item->type->at;
  case ITEM_INTERFACE: break;
  }
  return item->at.source ? item->at : item->interface->at; /* one that others need stands nowhere in the world */
}

/* The key without a version. */
static str item_key(const comparison *c, const world_item *item) {
  return item->name.len ? item->name : path_item(c, item->interface->package, item->interface->name);
}

str item_part(const comparison *c, const world_item *item, const char *word) {
  str key = item_key(c, item);
  return str_format(c->arena, "%s %.*s", word, STR_ARG(key));
}

/* "import of function 'f'" */
static str item_text(const comparison *c, const world_item *item, const direction *d) {
  str key = item_key(c, item);
  return str_format(c->arena, "%s of %s '%.*s'", d->word, item_word(item), STR_ARG(key));
}

static void item_added(comparison *c, const world *old, const world_item *item, const direction *d, str path) {
  hidden h = hidden_find(&c->old_hidden, old->package, old->name, item_part(c, item, d->word));
  str text = item_text(c, item, d);
  if (h.found)
    gate_opened(c, h, item_at(item), path, text);
  else
    change_add(c, d->added, path, (places){old->at, item_at(item)}, "%.*s is new", STR_ARG(text));
}

static void item_removed(comparison *c, const world *new, const world_item *item, const direction *d, str path) {
  hidden h = hidden_find(&c->new_hidden, new->package, new->name, item_part(c, item, d->word));
  str text = item_text(c, item, d);
  if (h.found)
    gate_closed(c, h, item_at(item), path, text);
  else
    change_add(c, d->removed, path, (places){item_at(item), new->at}, "%.*s is gone", STR_ARG(text));
}

static str interface_text(const comparison *c, const interface *i) {
  return i->name.len ? path_item(c, i->package, i->name) : STR("an inline interface");
}

static void compare_item_interfaces(comparison *c, const world_item *old, const world_item *new, str path) {
  const interface *a = old->interface, *b = new->interface;
  places at = {item_at(old), item_at(new)};
  if (interfaces_paired(c, a, b))
    return;
  if (a->name.len || b->name.len)
    change_add(c, RULE_IMPLEMENTS_CHANGED, path, at, "'%.*s' stands for '%.*s' instead of '%.*s'", STR_ARG(new->name),
               STR_ARG(interface_text(c, b)), STR_ARG(interface_text(c, a)));
  compare_interface(c, a, b, path);
}

static notes_on item_notes(const world_item *item) {
  return (notes_on){&item->stability, &item->docs, item->has_external_id, item->external_id, item_at(item)};
}

static void compare_item(comparison *c, const world_item *old, const world_item *new, const direction *d, str path) {
  places at = {item_at(old), item_at(new)};
  if (old->kind != new->kind) {
    change_add(c, RULE_ITEM_KIND_CHANGED, path, at, "%s '%.*s' is %s %s instead of %s %s", d->word, STR_ARG(new->name),
               new->kind == ITEM_INTERFACE ? "an" : "a", item_word(new), old->kind == ITEM_INTERFACE ? "an" : "a", item_word(old));
  } else if (new->kind == ITEM_FUNC) {
    compare_func(c, old->func, new->func, path);
  } else if (new->kind == ITEM_TYPE) {
    compare_type(c, old->type, new->type, path);
  } else {
    str key = item_key(c, new);
    compare_item_interfaces(c, old, new, path);
    compare_notes(c, item_notes(old), item_notes(new), path, str_format(c->arena, "%s '%.*s'", d->word, STR_ARG(key)).ptr);
  }
}

static void compare_items(comparison *c, const world *old, const world *new, const world_item_vec *olds,
                          const world_item_vec *news, const direction *d) {
  item_pair_vec pairs = pair_items(c, olds, news);
  for (size_t i = 0; i < pairs.count; i++) {
    const world_item *a = pairs.items[i].old, *b = pairs.items[i].new;
    str path = path_member(c, d->path, item_key(c, b ? b : a));
    if (a && b)
      compare_item(c, a, b, d, path);
    else if (d->is_import && import_is_partial(c, a ? c->new : c->old))
      continue;
    else if (b)
      item_added(c, old, b, d, path);
    else
      item_removed(c, new, a, d, path);
  }
}

void compare_world(comparison *c, const world *old, const world *new, str path) {
  direction imports = {"import", RULE_IMPORT_ADDED, RULE_IMPORT_REMOVED, true, path_member(c, path, STR("import"))};
  direction exports = {"export", RULE_EXPORT_ADDED, RULE_EXPORT_REMOVED, false, path_member(c, path, STR("export"))};
  compare_items(c, old, new, &old->imports, &new->imports, &imports);
  compare_items(c, old, new, &old->exports, &new->exports, &exports);
  notes_on a = {&old->stability, &old->docs, false, {0}, old->at}, b = {&new->stability, &new->docs, false, {0}, new->at};
  compare_notes(c, a, b, path, str_format(c->arena, "world '%.*s'", STR_ARG(new->name)).ptr);
}
