/*
 * Func filter: every name of the world is put to every rule once; answers are looked up.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/func_filter.h"

#include "abi/core_names.h"
#include "support/vec.h"

/* Reading */

static bool rule_read(func_filter *s, str text, diag *d) {
  bool import_only = str_starts_with(text, "import:"), export_only = str_starts_with(text, "export:");
  size_t name = import_only || export_only ? sizeof "import:" - 1 : 0;
  filter_rule rule = {.text = text, .imported = !export_only, .exported = !import_only};
  if (s->form == FILTER_ALL && str_eq_c(text, "all")) {
    s->all = true;
    return true;
  }
  bool good = pattern_init(&rule.name, pattern_source(s->arena, s->option, text), name, text.len, s->arena, d);
  vec_push(s->arena, &s->rules, rule);
  return good;
}

static bool rules_read(func_filter *s, const str_vec *texts, diag *d) {
  bool good = true;
  for (size_t i = 0; i < texts->count; i++) {
    str item;
    for (size_t at = 0; pattern_list_next(texts->items[i], &at, &item);)
      good = rule_read(s, item, d) && good;
  }
  return good;
}

/* Matching */

/* Puts one name of the world to all rules. `covers`: the name whose meaning this one shares, that of its interface. */
static bool name_match(func_filter *s, str name, bool imported) {
  table *meant = imported ? &s->imports : &s->exports;
  for (size_t i = 0; i < s->rules.count; i++) {
    filter_rule *rule = &s->rules.items[i];
    str *first = imported ? &rule->first_import : &rule->first_export;
    pattern_answer answer = pattern_match(&rule->name, name);
    if (answer == PATTERN_FAILED)
      return false;
    if (answer == PATTERN_NO)
      continue;
    *first = first->len > 0 ? *first : name;
    if (imported ? rule->imported : rule->exported)
      table_add(meant, name, rule);
  }
  return true;
}

static bool interface_match(func_filter *s, const world_item *item, bool imported, str_vec *names) {
  if (s->form != FILTER_ALL) {
    vec_push(s->arena, names, world_item_key(s->arena, item));
    if (!name_match(s, names->items[names->count - 1], imported))
      return false;
  }
  for (size_t i = 0; i < item->interface->funcs.count; i++) {
    vec_push(s->arena, names, core_export_name(s->arena, item, item->interface->funcs.items[i]));
    if (!name_match(s, names->items[names->count - 1], imported))
      return false;
  }
  return true;
}

static bool items_match(func_filter *s, const world_item_vec *items, bool imported, str_vec *names) {
  bool good = true;
  for (size_t i = 0; i < items->count && good; i++) {
    const world_item *item = &items->items[i];
    if (item->kind == ITEM_INTERFACE)
      good = interface_match(s, item, imported, names);
    if (item->kind != ITEM_FUNC)
      continue;
    vec_push(s->arena, names, item->func->name);
    good = name_match(s, item->func->name, imported);
  }
  return good;
}

/* Rules without effect */

static void rule_report(const func_filter *s, const filter_rule *rule, const world *w, const str_vec *names, diag *d) {
  static const char *const words[] = {"function", "interface or function", "imported interface or function"};
  diag_error(d, SPAN_NONE, "'%s %.*s' matches no %s of world '%.*s'", s->option, STR_ARG(rule->text), words[s->form],
             STR_ARG(w->name));
  if (rule->first_import.len > 0 || rule->first_export.len > 0) {
    str only = rule->first_import.len > 0 ? rule->first_import : rule->first_export;
    diag_note(d, SPAN_NONE, "'%.*s' is only %s", STR_ARG(only), rule->first_import.len > 0 ? "imported" : "exported");
    return;
  }
  if (rule->name.code != NULL) {
    pattern_note_names(&rule->name, names, d);
    return;
  }
  str near = diag_nearest(rule->name.text, names->items, names->count);
  if (near.len)
    diag_note(d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
}

/* A rule is used when a side that it applies to has the name. */
static bool rules_check(const func_filter *s, const world *w, const str_vec *names, diag *d) {
  bool good = true;
  for (size_t i = 0; i < s->rules.count; i++) {
    const filter_rule *rule = &s->rules.items[i];
    if ((rule->imported && rule->first_import.len > 0) || (rule->exported && rule->first_export.len > 0))
      continue;
    rule_report(s, rule, w, names, d);
    good = false;
  }
  return good;
}

bool func_filter_init(func_filter *s, const char *option, filter_form form, const str_vec *texts, const world *w,
                      arena *a, diag *d) {
  str_vec names = {0};
  *s = (func_filter){.option = option, .form = form, .arena = a};
  table_init(&s->imports, a);
  table_init(&s->exports, a);
  if (texts->count == 0)
    return true;
  return rules_read(s, texts, d) && items_match(s, &w->imports, true, &names) &&
         (form == FILTER_IMPORTS || items_match(s, &w->exports, false, &names)) && rules_check(s, w, &names, d);
}

void func_filter_release(func_filter *s) {
  for (size_t i = 0; i < s->rules.count; i++)
    pattern_release(&s->rules.items[i].name);
  table_release(&s->imports);
  table_release(&s->exports);
}

/* Answers */

bool func_filter_given(const func_filter *s) {
  return s->all || s->rules.count > 0;
}

static bool has_name(const func_filter *s, str name, bool imported) {
  return table_get(imported ? &s->imports : &s->exports, name) != NULL;
}

bool func_filter_has_item(const func_filter *s, const world_item *item, bool imported) {
  return s->rules.count > 0 && has_name(s, world_item_key(s->arena, item), imported);
}

bool func_filter_has(const func_filter *s, const world_item *item, const func *f, bool imported) {
  if (s->all || s->rules.count == 0)
    return s->all;
  if (s->form != FILTER_ALL && item->kind == ITEM_INTERFACE && func_filter_has_item(s, item, imported))
    return true;
  return has_name(s, core_export_name(s->arena, item, f), imported);
}
