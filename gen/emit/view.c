/*
 * View: the sections of a world, their prefixes, functions, streams and futures. Types are view_types.c's.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/core_names.h"
#include "emit/nominal.h"
#include "emit/rename.h"
#include "emit/selection.h"
#include "emit/view_build.h"
#include "support/vec.h"

/* What the options say about names and functions, ready for lookup. */
typedef struct choices {
  bool *several; /* by package id: another version of it is loaded */
  renamer names;
  selection selection;
  func_filter sync, for_task;
} choices;

/* Prefixes */

static void find_several_versions(const model *m, arena *a, bool *several) {
  table first;
  table_init(&first, a);
  for (size_t i = 0; i < m->packages.count; i++) {
    package *p = m->packages.items[i];
    str key = str_format(a, "%.*s:%.*s", STR_ARG(p->name.ns), STR_ARG(p->name.name));
    const package *other = table_add(&first, key, p);
    if (other == NULL || package_name_eq(&other->name, &p->name))
      continue;
    several[other->id] = true;
    several[p->id] = true;
  }
  table_release(&first);
}

static str version_ident(arena *a, const semver *version) {
  str text = str_copy(a, semver_text(a, version));
  char *bytes = (char *)(uintptr_t)text.ptr;
  for (size_t i = 0; i < text.len; i++) {
    if (bytes[i] == '.' || bytes[i] == '-' || bytes[i] == '+')
      bytes[i] = '_';
  }
  return text;
}

static str interface_prefix(view_builder *b, choices *c, const world_item *item, bool exported) {
  arena *a = b->arena;
  const char *side = exported && item->name.len == 0 ? "exports_" : "";
  str renamed = b->view->options->renames.count == 0 ? STR("") : renamer_name(&c->names, world_item_key(a, item));
  if (renamed.len > 0)
    return str_format(a, "%s%.*s", side, STR_ARG(renamed));
  if (item->name.len > 0)
    return names_snake(a, item->name);
  const package *p = item->interface->package;
  str ns = names_snake(a, p->name.ns), name = names_snake(a, p->name.name);
  str own = names_snake(a, item->interface->name);
  if (!c->several[p->id] || !p->name.has_version)
    return str_format(a, "%s%.*s_%.*s_%.*s", side, STR_ARG(ns), STR_ARG(name), STR_ARG(own));
  str version = version_ident(a, &p->name.version);
  return str_format(a, "%s%.*s_%.*s_%.*s_%.*s", side, STR_ARG(ns), STR_ARG(name), STR_ARG(version), STR_ARG(own));
}

/* Functions */

static bool is_for_task(const view_builder *b, const choices *c, const func *f, const world_item *item) {
  if (b->section->exported)
    return false;
  return func_filter_given(&c->for_task) ? func_filter_has(&c->for_task, item, f, true) : b->view->options->for_task;
}

/* A host has functions of other names: host_import.c, host_export.c. */
static void claim_func(view_builder *b, const view_func *f) {
  name_scope *scope = &b->view->scope;
  if (b->view->side == SIDE_HOST)
    return;
  name_scope_claim(scope, f->name, f->func->at, "function", f->func->item_name);
  if (!f->is_async || !f->exported)
    return;
  str callback = str_format(b->arena, "%.*s_callback", STR_ARG(f->name)), end = str_format(b->arena, "%.*s_return", STR_ARG(f->name));
  name_scope_claim(scope, callback, f->func->at, "the callback of", f->func->item_name);
  name_scope_claim(scope, end, f->func->at, "the function that ends", f->func->item_name);
}

static void add_func(view_builder *b, choices *c, const func *f, const world_item *item) {
  view_section *s = b->section;
  if (!selection_has_func(&c->selection, item, f, !s->exported))
    return;
  str snake = names_snake(b->arena, f->name);
  view_func *entry = arena_new(b->arena, view_func);
  *entry = (view_func){.func = f, .item = item, .section = s, .exported = s->exported};
  entry->name = str_format(b->arena, "%.*s_%.*s", STR_ARG(s->func_prefix), STR_ARG(snake));
  entry->is_async = f->is_async && !func_filter_has(&c->sync, item, f, !s->exported);
  entry->for_task = is_for_task(b, c, f, item);
  b->view->uses_async |= entry->is_async;
  claim_func(b, entry);
  if (f->kind == FUNC_STATIC) /* nothing in its signature need mention the resource */
    view_add_type(b, f->resource);
  for (size_t i = 0; i < f->params.count; i++)
    view_add_type(b, f->params.items[i].type);
  view_add_type(b, f->result);
  vec_push(b->arena, &s->funcs, entry);
}

/* Streams and futures */

static void claim_pipe(view_builder *b, const view_pipe *pipe) {
  static const char *const helpers[] = {"writer_t",    "new",          "read",          "write",
                                        "cancel_read", "cancel_write", "drop_readable", "drop_writable", "forward"};
  const type *t = pipe->type->type;
  for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++) {
    str name = str_format(b->arena, "%.*s_%s", STR_ARG(pipe->type->stem), helpers[i]);
    name_scope_claim(&b->view->scope, name, t->at, t->kind == TYPE_STREAM ? "a stream" : "a future", t->name);
  }
}

static void add_pipes(view_builder *b, const view_func *f) {
  core_payload_vec payloads = core_payloads(b->arena, f->func);
  for (size_t i = 0; i < payloads.count; i++) {
    view_type *entry = b->view->types[type_resolve(payloads.items[i].type)->id];
    if (entry->pipe != NULL)
      continue;
    view_pipe *pipe = arena_new(b->arena, view_pipe);
    *pipe = (view_pipe){.type = entry, .func = f, .index = payloads.items[i].index};
    entry->pipe = pipe;
    b->view->uses_async = true;
    vec_push(b->arena, &b->section->pipes, pipe);
    claim_pipe(b, pipe);
  }
}

/* Sections */

static view_section *begin_section(view_builder *b, view_section_kind kind, str prefix, str title) {
  view_section *s = arena_new(b->arena, view_section);
  bool exported = kind == VIEW_EXPORT_FUNCS || kind == VIEW_EXPORT_INTERFACE;
  *s = (view_section){.kind = kind, .exported = exported, .prefix = prefix, .func_prefix = prefix, .title = title};
  vec_push(b->arena, &b->view->sections, s);
  b->section = s;
  return s;
}

static void end_section(view_builder *b) {
  for (size_t i = 0; i < b->section->funcs.count; i++)
    add_pipes(b, b->section->funcs.items[i]);
}

static void add_interface(view_builder *b, choices *c, const world_item *item, bool exported) {
  view_section_kind kind = exported ? VIEW_EXPORT_INTERFACE : VIEW_IMPORT_INTERFACE;
  str prefix = interface_prefix(b, c, item, exported);
  if (!selection_has_any(&c->selection, item, !exported))
    return;
  view_section *s = begin_section(b, kind, prefix, world_item_key(b->arena, item));
  s->item = item;
  s->interface = item->interface;
  for (size_t i = 0; i < item->interface->types.count; i++) {
    if (selection_has_type(&c->selection, item->interface->types.items[i]))
      view_add_type(b, item->interface->types.items[i]);
  }
  for (size_t i = 0; i < item->interface->funcs.count; i++)
    add_func(b, c, item->interface->funcs.items[i], item);
  end_section(b);
}

static void add_interfaces(view_builder *b, choices *c, const world_item_vec *items, bool exported) {
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind == ITEM_INTERFACE)
      add_interface(b, c, &items->items[i], exported);
  }
}

static bool has_item(const world_item_vec *items, world_item_kind kind) {
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind == kind)
      return true;
  }
  return false;
}

/* Types or functions of the world itself. */
static void add_world_items(view_builder *b, choices *c, const world_item_vec *items, view_section_kind kind) {
  world_item_kind wanted = kind == VIEW_IMPORT_TYPES ? ITEM_TYPE : ITEM_FUNC;
  if (!has_item(items, wanted))
    return;
  view_section *s = begin_section(b, kind, b->view->snake, b->view->world->name);
  if (kind == VIEW_EXPORT_FUNCS)
    s->func_prefix = str_format(b->arena, "exports_%.*s", STR_ARG(s->prefix));
  for (size_t i = 0; i < items->count; i++) {
    const world_item *item = &items->items[i];
    if (item->kind == wanted && wanted == ITEM_TYPE)
      view_add_type(b, item->type);
    else if (item->kind == wanted)
      add_func(b, c, item->func, item);
  }
  end_section(b);
}

static void add_sections(view_builder *b, choices *c, const nominal *n) {
  add_interfaces(b, c, &n->imports, false);
  add_world_items(b, c, &n->imports, VIEW_IMPORT_TYPES);
  add_world_items(b, c, &n->imports, VIEW_IMPORT_FUNCS);
  add_world_items(b, c, &n->exports, VIEW_EXPORT_FUNCS);
  add_interfaces(b, c, &n->exports, true);
}

/* Options */

static void choices_init(choices *c, view_builder *b, const nominal *n, emit_side side) {
  const emit_options *o = b->view->options;
  const world *w = b->view->world;
  names_check_world(b->view->world_name, b->arena, b->diag);
  *c = (choices){.several = arena_alloc(b->arena, b->view->model->packages.count)};
  find_several_versions(b->view->model, b->arena, c->several);
  renamer_init(&c->names, &o->renames, b->arena, b->diag);
  func_filter_init(&c->sync, "--sync", FILTER_ALL, &o->sync_filters, w, b->arena, b->diag);
  func_filter_init(&c->for_task, "--for-task-only", FILTER_IMPORTS, &o->for_task_only, w, b->arena, b->diag);
  selection_init(&c->selection, o, w, n, side, b->arena, b->diag);
}

static void choices_release(choices *c) {
  renamer_release(&c->names);
  func_filter_release(&c->sync);
  func_filter_release(&c->for_task);
  selection_release(&c->selection);
}

/* Names of the templates */

static void claim_builtin(void *context, str name) {
  view *v = context;
  name_scope_claim_builtin(&v->scope, name, v->world->at, "a built-in of the world");
}

static void claim_template(view *v, const templates *t, const char *name) {
  const template_hole holes[] = {{"world", v->snake}, {"WORLD", v->shouty}};
  for (size_t i = 0; i < sizeof holes / sizeof *holes; i++)
    template_names(t, name, &holes[i], claim_builtin, v);
}

static void claim_string(view *v, const templates *t) {
  static const char *const types[] = {"guest/string.h.in", "guest/string.h.in", "guest/string_latin1.h.in"};
  static const char *const helpers[] = {"guest/string_utf8_helpers.h.in", "guest/string_utf16_helpers.h.in",
                                        "guest/string_latin1_helpers.h.in"};
  if (!v->uses_string)
    return;
  claim_template(v, t, v->side == SIDE_HOST ? "host/string.h.in" : types[v->options->encoding]);
  if (v->side == SIDE_GUEST && !v->options->no_helpers)
    claim_template(v, t, helpers[v->options->encoding]);
}

/* What the templates that the world needs declare: the string type and its helpers, error-context, async, … */
static void claim_builtins(view *v, const templates *t) {
  claim_string(v, t);
  if (v->uses_error_context)
    claim_builtin(v, view_type_name(v, type_primitive(TYPE_ERROR_CONTEXT)));
  if (v->side == SIDE_HOST)
    claim_template(v, t, "host/header.h.in"), claim_template(v, t, "host/wasm2c.c.in");
  if (v->side == SIDE_GUEST && v->uses_error_context)
    claim_template(v, t, "guest/error_context.h.in");
  if (v->side == SIDE_GUEST && v->uses_async)
    claim_template(v, t, "guest/async.h.in");
  if (v->side == SIDE_GUEST && v->uses_async && v->options->threading_helpers)
    claim_template(v, t, "guest/threads.h.in");
}

static view *make_empty(const model *m, const world *w, emit_side side, const emit_options *options, arena *a, diag *d) {
  view *v = arena_new(a, view);
  *v = (view){.model = m, .world = w, .side = side, .options = options, .arena = a};
  v->world_name = options->rename_world.len > 0 ? options->rename_world : w->name;
  v->snake = names_snake(a, v->world_name);
  v->shouty = names_shouty(a, v->world_name);
  v->uses_async = options->async_helpers || options->threading_helpers;
  name_scope_init(&v->scope, a, d);
  bool witguest = options->for_task || options->for_task_only.count > 0 || options->debug_hooks;
  v->scope.library = side == SIDE_HOST ? "withost" : witguest ? "witguest" : "";
  return v;
}

view *view_make(const model *m, const world *w, emit_side side, const emit_options *options, const templates *t, arena *a,
                diag *d) {
  view *v = make_empty(m, w, side, options, a, d);
  view_builder b = {.view = v, .arena = a, .diag = d};
  size_t errors = d->errors;
  choices c;
  nominal n = nominal_make(m, w, a);
  choices_init(&c, &b, &n, side);
  v->type_count = n.type_count;
  v->types = arena_alloc_array(a, n.type_count, sizeof *v->types);
  v->resources = arena_alloc_array(a, n.type_count, sizeof *v->resources);
  table_init(&b.named, a);
  add_sections(&b, &c, &n);
  v->uses_string |= v->uses_error_context; /* its message */
  claim_builtins(v, t);
  view_finish_types(&b);
  renamer_finish(&c.names, w->name);
  table_release(&b.named);
  choices_release(&c);
  if (side == SIDE_GUEST && names_is_header(v->snake))
    diag_warning(d, w->at, "'%.*s.h' is also a header of the C library, which -I would hide: compile with -iquote, or use --rename-world",
                 STR_ARG(v->snake));
  return d->errors == errors ? v : NULL;
}

str view_ident(const view *v, str name) {
  return v->side == SIDE_HOST ? names_ident_on_host(v->arena, name) : names_ident(v->arena, name);
}

void view_release(view *v) {
  name_scope_release(&v->scope);
}
