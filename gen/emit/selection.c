/*
 * Selection: two filters, and the types that are needed for what they leave.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/selection.h"

#include "emit/reach.h"

/* Whether the options say anything about this side. */
static bool is_free(const selection *s, bool imported) {
  return imported || s->side == SIDE_HOST;
}

bool selection_has_func(const selection *s, const world_item *item, const func *f, bool imported) {
  if (!is_free(s, imported))
    return true;
  return (!func_filter_given(&s->include) || func_filter_has(&s->include, item, f, imported)) &&
         !func_filter_has(&s->exclude, item, f, imported);
}

/* Whether the interface is selected by its own name, so that all its types are. */
static bool has_whole(const selection *s, const world_item *item, bool imported) {
  if (!is_free(s, imported))
    return true;
  return (!func_filter_given(&s->include) || func_filter_has_item(&s->include, item, imported)) &&
         !func_filter_has_item(&s->exclude, item, imported);
}

static void reach_items(const selection *s, reach *r, const world_item_vec *items, bool imported) {
  for (size_t i = 0; i < items->count; i++) {
    const world_item *item = &items->items[i];
    if (item->kind == ITEM_TYPE)
      reach_type(r, item->type);
    else if (item->kind == ITEM_FUNC && selection_has_func(s, item, item->func, imported))
      reach_func(r, item->func);
    if (item->kind != ITEM_INTERFACE)
      continue;
    const interface *of = item->interface;
    for (size_t k = 0; k < of->types.count && has_whole(s, item, imported); k++)
      reach_type(r, of->types.items[k]);
    for (size_t k = 0; k < of->funcs.count; k++) {
      if (selection_has_func(s, item, of->funcs.items[k], imported))
        reach_func(r, of->funcs.items[k]);
    }
  }
}

static void check_exports(const selection *s, const world *w, diag *d) {
  for (size_t i = 0; i < s->exclude.rules.count && s->side == SIDE_GUEST; i++) {
    const filter_rule *rule = &s->exclude.rules.items[i];
    if (!rule->exported || rule->first_export.len == 0)
      continue;
    diag_error(d, SPAN_NONE, "'--exclude %.*s' leaves out export '%.*s', which a component of world '%.*s' must have",
               STR_ARG(rule->text), STR_ARG(rule->first_export), STR_ARG(w->name));
    if (rule->first_import.len > 0)
      diag_note(d, SPAN_NONE, "to leave out the import only, write 'import:%.*s'", STR_ARG(rule->text));
  }
}

void selection_init(selection *s, const emit_options *options, const world *w, const nominal *n, emit_side side, arena *a,
                    diag *d) {
  *s = (selection){.side = side};
  bool good = func_filter_init(&s->include, "--include", FILTER_INTERFACES, &options->include, w, a, d);
  good = func_filter_init(&s->exclude, "--exclude", FILTER_INTERFACES, &options->exclude, w, a, d) && good;
  if (good)
    check_exports(s, w, d);
  if (!func_filter_given(&s->include) && !func_filter_given(&s->exclude))
    return;
  reach r = {.types = arena_new_array(a, bool, n->type_count)};
  reach_items(s, &r, &n->imports, true);
  reach_items(s, &r, &n->exports, false);
  s->needed = r.types;
}

void selection_release(selection *s) {
  func_filter_release(&s->include);
  func_filter_release(&s->exclude);
}

bool selection_has_type(const selection *s, const type *t) {
  return s->needed == NULL || s->needed[t->id];
}

bool selection_has_any(const selection *s, const world_item *item, bool imported) {
  const interface *of = item->interface;
  if (s->needed == NULL || has_whole(s, item, imported))
    return true;
  for (size_t i = 0; i < of->types.count; i++) {
    if (selection_has_type(s, of->types.items[i]))
      return true;
  }
  for (size_t i = 0; i < of->funcs.count; i++) {
    if (selection_has_func(s, item, of->funcs.items[i], imported))
      return true;
  }
  return false;
}
