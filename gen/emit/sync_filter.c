/*
 * Sync filter: the rules by function name, checked once against the world.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/sync_filter.h"

#include "support/vec.h"

/* What the options say about one function name. */
typedef struct sync_rule {
  bool imported, exported;     /* the sides it applies to */
  bool has_import, has_export; /* the sides on which the world has such a function */
} sync_rule;

/* One filter as written: `import:ns:pkg/iface#f`. */
typedef struct filter_text {
  str text, name;
  bool imported, exported;
} filter_text;

static filter_text filter_parse(str text) {
  bool import_only = str_starts_with(text, "import:"), export_only = str_starts_with(text, "export:");
  return (filter_text){
      .text = text,
      .name = import_only || export_only ? str_sub(text, sizeof "import:" - 1, text.len) : text,
      .imported = !export_only,
      .exported = !import_only,
  };
}

/* The filters of all options: each option is split at its commas. */
static str_vec filter_split(const str_vec *options, arena *a) {
  str_vec texts = {0};
  for (size_t i = 0; i < options->count; i++) {
    str option = options->items[i];
    for (size_t from = 0, end; from <= option.len; from = end + 1) {
      end = str_find(option, ',', from);
      vec_push(a, &texts, str_sub(option, from, end));
    }
  }
  return texts;
}

static str filter_function_name(arena *a, const world_item *item, const func *f) {
  if (item->kind == ITEM_FUNC)
    return f->name;
  str key = world_item_key(a, item);
  return str_format(a, "%.*s#%.*s", STR_ARG(key), STR_ARG(f->name));
}

static void filter_add(sync_filter *s, str text) {
  if (str_eq_c(text, "all")) {
    s->all = true;
    return;
  }
  filter_text filter = filter_parse(text);
  sync_rule *rule = table_get(&s->named, filter.name);
  if (!rule) {
    rule = arena_new(s->arena, sync_rule);
    table_add(&s->named, filter.name, rule);
  }
  rule->imported |= filter.imported;
  rule->exported |= filter.exported;
}

/* Notes which rules a function of the world answers to, and its name for suggestions. */
static void filter_mark(sync_filter *s, const world_item *item, const func *f, bool imported, str_vec *names) {
  str name = filter_function_name(s->arena, item, f);
  sync_rule *rule = table_get(&s->named, name);
  if (rule && imported)
    rule->has_import = true;
  if (rule && !imported)
    rule->has_export = true;
  vec_push(s->arena, names, name);
}

static void filter_mark_items(sync_filter *s, const world_item_vec *items, bool imported, str_vec *names) {
  for (size_t i = 0; i < items->count; i++) {
    const world_item *item = &items->items[i];
    if (item->kind == ITEM_FUNC)
      filter_mark(s, item, item->func, imported, names);
    if (item->kind != ITEM_INTERFACE)
      continue;
    for (size_t f = 0; f < item->interface->funcs.count; f++)
      filter_mark(s, item, item->interface->funcs.items[f], imported, names);
  }
}

static void filter_report(const filter_text *filter, const sync_rule *rule, const world *w, const str_vec *names,
                          diag *d) {
  diag_error(d, SPAN_NONE, "'--sync %.*s' matches no function of world '%.*s'", STR_ARG(filter->text),
             STR_ARG(w->name));
  if (rule->has_import || rule->has_export) {
    diag_note(d, SPAN_NONE, "'%.*s' is only %s", STR_ARG(filter->name), rule->has_import ? "imported" : "exported");
    return;
  }
  str near = diag_nearest(filter->name, names->items, names->count);
  if (near.len)
    diag_note(d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
}

/* A filter is used when a side that it applies to has the function. */
static bool filter_check(const sync_filter *s, const str_vec *texts, const world *w, const str_vec *names, diag *d) {
  bool good = true;
  for (size_t i = 0; i < texts->count; i++) {
    filter_text filter = filter_parse(texts->items[i]);
    const sync_rule *rule = table_get(&s->named, filter.name);
    if (!rule || (filter.imported && rule->has_import) || (filter.exported && rule->has_export))
      continue;
    filter_report(&filter, rule, w, names, d);
    good = false;
  }
  return good;
}

bool sync_filter_init(sync_filter *s, const str_vec *options, const world *w, arena *a, diag *d) {
  *s = (sync_filter){.arena = a};
  table_init(&s->named, a);
  if (options->count == 0)
    return true;
  str_vec texts = filter_split(options, a), names = {0};
  for (size_t i = 0; i < texts.count; i++)
    filter_add(s, texts.items[i]);
  filter_mark_items(s, &w->imports, true, &names);
  filter_mark_items(s, &w->exports, false, &names);
  return filter_check(s, &texts, w, &names, d);
}

void sync_filter_release(sync_filter *s) {
  table_release(&s->named);
}

bool sync_filter_async(const sync_filter *s, const world_item *item, const func *f, bool imported) {
  if (!f->is_async || s->all)
    return false;
  if (!s->named.head)
    return true;
  const sync_rule *rule = table_get(&s->named, filter_function_name(s->arena, item, f));
  return !(rule && (imported ? rule->imported : rule->exported));
}
