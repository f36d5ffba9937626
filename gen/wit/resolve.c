/*
 * Resolve: the pipeline from paths to the model.
 *
 *   for each path: list files -> read, parse and define each package -> sort packages -> link each
 *   check
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve.h"

#include "wit/parse.h"
#include "wit/resolve_parts.h"
#include "wit/wasm_module.h"

static void resolver_init(resolver *r, const resolve_options *options, arena *a, diag *d, model *m) {
  *r = (resolver){.arena = a, .diag = d, .options = options, .model = m};
  table_init(&r->features, a);
  table_init(&r->packages, a);
  for (size_t i = 0; i < options->features.count; i++) {
    table_add(&r->features, options->features.items[i], &options->features.items[i]);
  }
  r->broken.t.kind = TYPE_RESOURCE;
  r->broken.base = &r->broken.t;
  r->broken.broken = true;
  r->broken.weight = 1;
}

static const source *make_source(resolver *r, str path, str text) {
  source *s = arena_new(r->arena, source);
  s->path = path;
  s->text = text;
  vec_push(r->arena, &r->sources, s);
  return s;
}

/* What one group adds: source packages in r->units, the main one in `main`; or a binary package. */
typedef struct group_result {
  package *main;
  unit_vec nested;
} group_result;

static void define_nested(resolver *r, const syn_file *file, group_result *out) {
  for (size_t i = 0; i < file->nested.count; i++) {
    syn_file_vec one = {0};
    vec_push(r->arena, &one, file->nested.items[i]);
    unit *u = package_define(r, one, file->source->path);
    if (u != NULL) {
      vec_push(r->arena, &out->nested, u);
    }
  }
}

static bool parse_into(resolver *r, str path, str text, syn_file_vec *files, group_result *out) {
  syn_file *file = wit_parse(make_source(r, path, text), r->arena, r->diag);
  if (file == NULL) {
    return false;
  }
  vec_push(r->arena, files, file);
  define_nested(r, file, out);
  return true;
}

static bool refuse_wat(resolver *r, str path) {
  diag_error(r->diag, SPAN_NONE, "'%.*s' is a component in text form, which is not read", STR_ARG(path));
  str stem = str_ends_with(path, ".wat") ? str_sub(path, 0, path.len - 4) : path;
  diag_note(r->diag, SPAN_NONE, "convert it with 'wasm-tools parse %.*s -o %.*s.wasm'", STR_ARG(path), STR_ARG(stem));
  return false;
}

static bool define_files(resolver *r, const load_group *group, group_result *out) {
  syn_file_vec files = {0};
  bool ok = true;
  for (size_t i = 0; i < group->paths.count; i++) {
    str path = group->paths.items[i], text;
    if (!load_file(r, path, &text)) {
      ok = false;
      continue;
    }
    bool alone = group->paths.count == 1 && str_eq(group->where, path);
    if (alone && load_is_binary(text)) {
      out->main = wasm_module_is(text) ? module_merge(r, text, path) : merge_binary(r, text, path);
      return out->main != NULL;
    }
    ok = (alone && load_is_wat(path, text) ? refuse_wat(r, path) : parse_into(r, path, text, &files, out)) && ok;
  }
  unit *u = ok ? package_define(r, files, group->where) : NULL;
  if (u != NULL) {
    out->main = &u->package;
  }
  for (size_t i = 0; i < out->nested.count; i++) {
    vec_push(r->arena, &r->units, out->nested.items[i]);
  }
  if (u != NULL) {
    vec_push(r->arena, &r->units, u);
  }
  return u != NULL;
}

/* The first group is the path's own package, the others are what it depends on. */
static package *define_groups(resolver *r, const load_group_vec *groups) {
  package *main = NULL;
  bool ok = true;
  for (size_t i = 0; i < groups->count; i++) {
    group_result result = {0};
    ok = define_files(r, &groups->items[i], &result) && ok;
    main = i == 0 ? result.main : main;
  }
  return ok && !diag_failed(r->diag) ? main : NULL;
}

/* Takes one path with its dependencies into the model. */
static bool resolve_path(resolver *r, const char *path, resolved *out) {
  load_group_vec groups = {0};
  unit_vec sorted = {0};
  r->units = (unit_vec){0};
  package *main = load_list(r, str_of(path), &groups) ? define_groups(r, &groups) : NULL;
  if (main == NULL || !units_sort(r, &sorted)) {
    return false;
  }
  for (size_t i = 0; i < sorted.count && !diag_failed(r->diag); i++) {
    link_unit(r, sorted.items[i]);
  }
  vec_push(r->arena, &out->mains, main);
  return !diag_failed(r->diag);
}

bool wit_resolve(const str_vec *paths, const resolve_options *options, arena *a, diag *d, resolved *out) {
  resolver r;
  *out = (resolved){0};
  resolver_init(&r, options, a, d, &out->model);
  r.several_paths = paths->count > 1;
  bool ok = true;
  for (size_t i = 0; i < paths->count && ok; i++) {
    ok = resolve_path(&r, paths->items[i].ptr, out);
  }
  out->sources = r.sources;
  if (ok) {
    check_model(&r);
  }
  return ok && !diag_failed(d);
}
