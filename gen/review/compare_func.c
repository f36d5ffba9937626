/*
 * Functions: name and kind, async, parameters, result. Function types must be equal, so nearly everything counts.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

/* Words */

str func_text(const comparison *c, const func *f) {
  static const char *const accessors[] = {[ACCESSOR_NONE] = "function", [ACCESSOR_GETTER] = "getter", [ACCESSOR_SETTER] = "setter"};
  static const char *const kinds[] = {[FUNC_METHOD] = "method", [FUNC_STATIC] = "static function"};
  const char *word = accessors[f->accessor];
  if (f->kind == FUNC_CONSTRUCTOR)
    return str_format(c->arena, "the constructor of '%.*s'", STR_ARG(f->resource->name));
  if (f->kind == FUNC_FREESTANDING)
    return str_format(c->arena, "%s '%.*s'", word, STR_ARG(f->item_name));
  word = f->accessor == ACCESSOR_NONE ? kinds[f->kind] : word;
  return str_format(c->arena, "%s '%.*s' of '%.*s'", word, STR_ARG(f->item_name), STR_ARG(f->resource->name));
}

str func_path(const comparison *c, str path, const func *f) {
  static const char *const accessors[] = {"", ".(get)", ".(set)"};
  str place = f->resource ? path_member(c, path, f->resource->name) : path;
  return str_format(c->arena, "%.*s.%.*s%s", STR_ARG(place), STR_ARG(f->item_name), accessors[f->accessor]);
}

static notes_on func_notes(const func *f) {
  return (notes_on){&f->stability, &f->docs, f->has_external_id, f->external_id, f->at};
}

/* Parts */

void compare_mention(comparison *c, change_rule r, const type *old, const type *new, str path, places at, const char *what) {
  sameness how = type_sameness(c, old, new);
  if (how == SAME)
    return;
  str before = type_text(c->arena, old), after = type_text(c->arena, new);
  change_rule rules[] = {[RESPELLED] = RULE_TYPE_SPELLED, [RENAMED] = RULE_TYPE_RENAMED_IN_C, [DIFFERENT] = r};
  change_add(c, rules[how], path, at, "%s is '%.*s' instead of '%.*s'", what, STR_ARG(after), STR_ARG(before));
}

static const char *quoted(const comparison *c, const char *word, str name) {
  return str_format(c->arena, "%s '%.*s'", word, STR_ARG(name)).ptr;
}

static void compare_async(comparison *c, const func *old, const func *new, str path, const char *what) {
  places at = {old->at, new->at};
  if (new->is_async && !old->is_async)
    change_add(c, RULE_ASYNC_ADDED, path, at, "%s is async now", what);
  if (old->is_async && !new->is_async)
    change_add(c, RULE_ASYNC_REMOVED, path, at, "%s is not async any more", what);
}

static void compare_results(comparison *c, const func *old, const func *new, str path, const char *what) {
  places at = {old->at, new->at};
  path = path_member(c, path, STR("(result)"));
  if (!old->result && new->result) {
    str text = type_text(c->arena, new->result);
    change_add(c, RULE_RESULT_ADDED, path, at, "%s returns '%.*s' now", what, STR_ARG(text));
  } else if (old->result && !new->result) {
    str text = type_text(c->arena, old->result);
    change_add(c, RULE_RESULT_REMOVED, path, at, "%s does not return '%.*s' any more", what, STR_ARG(text));
  } else if (old->result) {
    what = str_format(c->arena, "the result of %s", what).ptr;
    compare_mention(c, RULE_RESULT_TYPE_CHANGED, old->result, new->result, path, at, what);
  }
}

static bool has_param(const param_vec *params, str name) {
  for (size_t i = 0; i < params->count; i++)
    if (str_eq(params->items[i].name, name))
      return true;
  return false;
}

/* The parameter that stands where `gone` stood, if that name is new too and the type has stayed. */
static const param *find_renamed(comparison *c, const func *old, const func *new, const param *gone) {
  size_t index = (size_t)(gone - old->params.items);
  if (old->params.count != new->params.count)
    return NULL;
  const param *now = &new->params.items[index];
  return !has_param(&old->params, now->name) && type_sameness(c, gone->type, now->type) == SAME ? now : NULL;
}

static void param_removed(comparison *c, const func *old, const func *new, const param *gone, str path) {
  const param *now = find_renamed(c, old, new, gone);
  path = path_member(c, path, gone->name);
  if (now)
    change_add(c, RULE_PARAM_RENAMED, path, (places){gone->at, now->at}, "parameter '%.*s' is called '%.*s' now",
               STR_ARG(gone->name), STR_ARG(now->name));
  else
    change_add(c, RULE_PARAM_REMOVED, path, (places){gone->at, new->at}, "parameter '%.*s' is gone", STR_ARG(gone->name));
}

/* The old parameter that `added` is under a new name, by the same rule. */
static bool is_renamed(comparison *c, const func *old, const func *new, const param *added) {
  size_t index = (size_t)(added - new->params.items);
  if (index >= old->params.count)
    return false;
  const param *before = &old->params.items[index];
  return !has_param(&new->params, before->name) && find_renamed(c, old, new, before) == added;
}

static void param_added(comparison *c, const func *old, const func *new, const param *added, str path) {
  str text = type_text(c->arena, added->type);
  if (!is_renamed(c, old, new, added))
    change_add(c, RULE_PARAM_ADDED, path_member(c, path, added->name), (places){old->at, added->at},
               "parameter '%.*s: %.*s' is new", STR_ARG(added->name), STR_ARG(text));
}

static void compare_params(comparison *c, const func *old, const func *new, str path) {
  item_pair_vec pairs = pair_params(c, &old->params, &new->params);
  const param *last = NULL;
  bool in_order = true;
  for (size_t i = 0; i < pairs.count; i++) {
    const param *a = pairs.items[i].old, *b = pairs.items[i].new;
    if (!b) {
      param_removed(c, old, new, a, path);
    } else if (!a) {
      param_added(c, old, new, b, path);
    } else {
      in_order = in_order && (!last || last < a);
      last = a;
      compare_mention(c, RULE_PARAM_TYPE_CHANGED, a->type, b->type, path_member(c, path, b->name),
                      (places){a->at, b->at}, quoted(c, "parameter", b->name));
    }
  }
  if (!in_order)
    change_add(c, RULE_PARAMS_REORDERED, path, (places){old->at, new->at}, "the parameters have another order");
}

void compare_func(comparison *c, const func *old, const func *new, str path) {
  const char *what = func_text(c, new).ptr;
  compare_async(c, old, new, path, what);
  compare_params(c, old, new, path);
  compare_results(c, old, new, path, what);
  compare_notes(c, func_notes(old), func_notes(new), path, what);
}

/* Lists */

/* What came and went, by place: a function of the same place and item name but of another kind has changed, not gone. */
typedef struct unpaired {
  table old, new; /* func */
} unpaired;

static str place_of(const comparison *c, const func *f) {
  str resource = f->resource ? f->resource->name : STR("");
  return str_format(c->arena, "%.*s.%.*s", STR_ARG(resource), STR_ARG(f->item_name));
}

/* A getter and a setter of one name are two functions. */
static const func *find_other_kind(const comparison *c, const table *side, const func *f) {
  const func *other = table_get(side, place_of(c, f));
  return other && (f->accessor == ACCESSOR_NONE || other->accessor == ACCESSOR_NONE) ? other : NULL;
}

/* Where a function would be on the other side: in its resource, or in the interface. */
static span home_of(const interface *i, const func *f) {
  for (size_t k = 0; f->resource && k < i->types.count; k++)
    if (str_eq(i->types.items[k]->name, f->resource->name))
      return i->types.items[k]->at;
  return i->at;
}

static void func_added(comparison *c, const interface *old, const interface *new, const unpaired *u, const func *f, str path) {
  bool with_resource = f->resource && !c->is_partner[f->resource->id]; /* told with the resource */
  const func *other = find_other_kind(c, &u->old, f);
  str text = func_text(c, f);
  path = func_path(c, path, f);
  if (with_resource)
    return;
  hidden h = hidden_find(&c->old_hidden, old->package, old->name, f->name);
  if (other)
    change_add(c, RULE_FUNC_KIND_CHANGED, path, (places){other->at, f->at}, "%.*s is %.*s now",
               STR_ARG(func_text(c, other)), STR_ARG(text));
  else if (h.found)
    gate_opened(c, h, f->at, path, text);
  else {
    change_add(c, RULE_FUNC_ADDED, path, (places){home_of(old, f), f->at}, "%.*s is new", STR_ARG(text));
    hint_keep(c, f, new, true);
  }
}

static void func_removed(comparison *c, const interface *old, const interface *new, const unpaired *u, const func *f, str path) {
  bool with_resource = f->resource && !c->partner[f->resource->id];
  str text = func_text(c, f);
  path = func_path(c, path, f);
  if (with_resource || find_other_kind(c, &u->new, f))
    return;
  hidden h = hidden_find(&c->new_hidden, new->package, new->name, f->name);
  if (h.found)
    gate_closed(c, h, f->at, path, text);
  else {
    change_add(c, RULE_FUNC_REMOVED, path, (places){f->at, home_of(new, f)}, "%.*s is gone", STR_ARG(text));
    hint_keep(c, f, old, false);
  }
}

static unpaired unpaired_of(const comparison *c, const item_pair_vec *pairs) {
  unpaired u;
  table_init(&u.old, c->arena);
  table_init(&u.new, c->arena);
  for (size_t i = 0; i < pairs->count; i++) {
    const func *a = pairs->items[i].old, *b = pairs->items[i].new;
    if (!b)
      table_add(&u.old, place_of(c, a), (void *)(uintptr_t)a);
    else if (!a)
      table_add(&u.new, place_of(c, b), (void *)(uintptr_t)b);
  }
  return u;
}

void compare_funcs(comparison *c, const interface *old, const interface *new, str path) {
  item_pair_vec pairs = pair_funcs(c, &old->funcs, &new->funcs);
  unpaired u = unpaired_of(c, &pairs);
  for (size_t i = 0; i < pairs.count; i++) {
    const func *a = pairs.items[i].old, *b = pairs.items[i].new;
    if (a && b)
      compare_func(c, a, b, func_path(c, path, b));
    else if (interface_is_partial(c, a ? c->new : c->old, a ? new : old))
      continue;
    else if (b)
      func_added(c, old, new, &u, b, path);
    else
      func_removed(c, old, new, &u, a, path);
  }
}
