/*
 * View, types: names, and what the values of a type own.
 *
 * A type is entered after the types it needs, so that everything about it follows from the entries of its parts: the
 * word that names it inside others, whether it is made of primitives only, what it owns.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/core_names.h"
#include "emit/view_build.h"
#include "support/vec.h"

/* Parts: every type directly inside another, in the order in which C declares them. */

typedef bool (*part_test)(const view *v, const type *part);

static bool any_part(const view *v, const type *t, part_test test) {
  for (size_t i = 0; i < t->members.count; i++) {
    if (t->members.items[i].type != NULL && test(v, t->members.items[i].type))
      return true;
  }
  return (t->key != NULL && test(v, t->key)) || (t->elem != NULL && test(v, t->elem)) ||
         (t->err != NULL && test(v, t->err));
}

static bool is_handle(const type *t) {
  return t->kind == TYPE_OWN || t->kind == TYPE_BORROW || t->kind == TYPE_STREAM || t->kind == TYPE_FUTURE;
}

static bool part_is_not_shared(const view *v, const type *part) {
  return part->kind >= TYPE_PRIMITIVES && !v->types[part->id]->is_shared;
}

static bool is_shared(const view *v, const type *t) {
  switch (t->kind) {
  case TYPE_LIST:
  case TYPE_FIXED_LIST:
  case TYPE_OPTION:
  case TYPE_TUPLE:
  case TYPE_MAP:
    return t->name.len == 0 && !any_part(v, t, part_is_not_shared);
  default:
    return false;
  }
}

static bool part_owns_memory(const view *v, const type *part) {
  return part->kind < TYPE_PRIMITIVES ? part->kind == TYPE_STRING : v->types[part->id]->owns_memory;
}

static bool owns_memory(const view *v, const type *t) {
  return t->kind == TYPE_LIST || t->kind == TYPE_MAP || (!is_handle(t) && any_part(v, t, part_owns_memory));
}

static bool part_owns_handles(const view *v, const type *part) {
  return part->kind < TYPE_PRIMITIVES ? part->kind == TYPE_ERROR_CONTEXT : v->types[part->id]->owns_handles;
}

static bool owns_handles(const view *v, const type *t) {
  switch (t->kind) {
  case TYPE_RESOURCE:
    return false;
  case TYPE_OWN:
  case TYPE_STREAM:
  case TYPE_FUTURE:
    return true;
  case TYPE_BORROW: /* a handle to be dropped, unless it is a pointer to our own object or dropped by the glue */
    return !view_resource_of(v, t)->exported && !v->options->autodrop_borrows;
  default:
    return any_part(v, t, part_owns_handles);
  }
}

static bool part_has_free(const view *v, const type *part) {
  return part->kind < TYPE_PRIMITIVES ? part->kind == TYPE_STRING : v->types[part->id]->has_free;
}

/* As the reference tool has it: variants, options and results have a free function even if it finds nothing to do. */
static bool has_free(const view *v, const type *t) {
  switch (t->kind) {
  case TYPE_LIST:
  case TYPE_MAP:
  case TYPE_VARIANT:
  case TYPE_OPTION:
  case TYPE_RESULT:
    return true;
  case TYPE_RECORD:
  case TYPE_TUPLE:
  case TYPE_FIXED_LIST:
  case TYPE_ALIAS:
    return any_part(v, t, part_has_free);
  default:
    return false;
  }
}

/* Words */

static str part_word(const view *v, const type *part) {
  if (part == NULL)
    return STR("void");
  if (part->kind >= TYPE_PRIMITIVES)
    return v->types[part->id]->word;
  if (part->kind == TYPE_CHAR)
    return STR("char32");
  if (part->kind == TYPE_ERROR_CONTEXT)
    return STR("error_context");
  return str_of(type_primitive_name(part->kind));
}

static str word_one(view_builder *b, const char *prefix, const type *part) {
  return str_format(b->arena, "%s_%.*s", prefix, STR_ARG(part_word(b->view, part)));
}

static str word_two(view_builder *b, const char *prefix, const type *first, const type *second) {
  return str_format(b->arena, "%s_%.*s_%.*s", prefix, STR_ARG(part_word(b->view, first)),
                    STR_ARG(part_word(b->view, second)));
}

static str word_tuple(view_builder *b, const type *t) {
  buf out;
  buf_init(&out, b->arena);
  buf_printf(&out, "tuple%zu", t->members.count);
  for (size_t i = 0; i < t->members.count; i++) {
    buf_add_byte(&out, '_');
    buf_add(&out, part_word(b->view, t->members.items[i].type));
  }
  return buf_str(&out);
}

static str type_word(view_builder *b, const type *t) {
  if (t->name.len > 0)
    return names_snake(b->arena, t->name);
  switch (t->kind) {
  case TYPE_TUPLE: return word_tuple(b, t);
  case TYPE_OPTION: return word_one(b, "option", t->elem);
  case TYPE_RESULT: return word_two(b, "result", t->elem, t->err);
  case TYPE_LIST: return word_one(b, "list", t->elem);
  case TYPE_FIXED_LIST:
    return str_format(b->arena, "list%u_%.*s", (unsigned)t->length, STR_ARG(part_word(b->view, t->elem)));
  case TYPE_MAP: return word_two(b, "map", t->key, t->elem);
  case TYPE_FUTURE: return word_one(b, "future", t->elem);
  case TYPE_STREAM: return word_one(b, "stream", t->elem);
  case TYPE_OWN: return word_one(b, "own", t->elem);
  default: return word_one(b, "borrow", t->elem);
  }
}

/* Resources */

static void add_resource(view_builder *b, const type *t) {
  arena *a = b->arena;
  str p = b->section->prefix;
  str r = names_snake(a, t->name);
  view_resource *resource = arena_new(a, view_resource);
  *resource = (view_resource){
      .type = t, .section = b->section, .exported = b->section->exported, .prefix = p, .snake = r,
      .own = str_format(a, "%.*s_own_%.*s_t", STR_ARG(p), STR_ARG(r)),
      .borrow = str_format(a, "%.*s_borrow_%.*s_t", STR_ARG(p), STR_ARG(r)),
      .rep = str_format(a, "%.*s_%.*s_t", STR_ARG(p), STR_ARG(r)),
      .drop_own = str_format(a, "%.*s_%.*s_drop_own", STR_ARG(p), STR_ARG(r)),
  };
  if (resource->exported) {
    resource->make = str_format(a, "%.*s_%.*s_new", STR_ARG(p), STR_ARG(r));
    resource->get_rep = str_format(a, "%.*s_%.*s_rep", STR_ARG(p), STR_ARG(r));
    resource->destructor = str_format(a, "%.*s_%.*s_destructor", STR_ARG(p), STR_ARG(r));
  } else {
    resource->as_borrow = str_format(a, "%.*s_borrow_%.*s", STR_ARG(p), STR_ARG(r));
    resource->drop_borrow = str_format(a, "%.*s_%.*s_drop_borrow", STR_ARG(p), STR_ARG(r));
  }
  b->view->resources[t->id] = resource;
  vec_push(a, &b->section->resources, resource);
}

/* Where somebody wrote the type; a handle that stands for a resource's name has the place of that. */
static span place_of(const type *t) {
  while (t->at.source == NULL && t->elem != NULL)
    t = t->elem;
  return t->at;
}

static bool claim(view_builder *b, const type *t, str name) {
  const char *kind = t->name.len > 0 ? "type" : "an anonymous type";
  return name.len == 0 || name_scope_claim(&b->view->scope, name, place_of(t), kind, t->name);
}

static void claim_resource(view_builder *b, const view_resource *r) {
  claim(b, r->type, r->own);
  claim(b, r->type, r->borrow);
  if (b->view->side == SIDE_HOST) /* which has no more */
    return;
  if (r->exported)
    claim(b, r->type, r->rep);
  const str helpers[] = {r->drop_own, r->drop_borrow, r->as_borrow, r->make, r->get_rep, r->destructor};
  for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
    claim(b, r->type, helpers[i]);
}

/* Entries */

static void set_name(view_builder *b, view_type *entry, str prefix) {
  entry->stem = str_format(b->arena, "%.*s_%.*s", STR_ARG(prefix), STR_ARG(entry->word));
  entry->name = str_format(b->arena, "%.*s_t", STR_ARG(entry->stem));
}

static void choose_name(view_builder *b, view_type *entry) {
  const type *t = entry->type;
  bool is_handle_of_resource =
      t->name.len == 0 && (t->kind == TYPE_OWN || t->kind == TYPE_BORROW) && t->elem->kind == TYPE_RESOURCE;
  if (entry->is_shared)
    set_name(b, entry, b->view->snake);
  else if (is_handle_of_resource)
    set_name(b, entry, view_resource_of(b->view, t)->prefix);
  else
    set_name(b, entry, b->section->prefix);
  entry->declared = !is_handle_of_resource && t->kind != TYPE_RESOURCE && type_resolve(t)->kind != TYPE_RESOURCE;
}

static void claim_entry(view_builder *b, const view_type *entry) {
  const type *t = entry->type;
  if (!entry->declared || !claim(b, t, entry->name))
    return;
  if (t->kind == TYPE_MAP)
    claim(b, t, view_map_entry_name(b->view, t));
  if (entry->has_free && !b->view->options->no_helpers && b->view->side == SIDE_GUEST)
    claim(b, t, str_format(b->arena, "%.*s_free", STR_ARG(entry->stem)));
}

typedef bool (*type_test)(const view *v, const type *x, const type *y);

static bool same_parts(const view *v, const type *x, const type *y, type_test same) {
  if (x->kind != y->kind || x->kind == TYPE_RESOURCE || !str_eq(x->name, y->name) || x->length != y->length ||
      x->members.count != y->members.count)
    return false;
  for (size_t i = 0; i < x->members.count; i++) {
    const member *p = &x->members.items[i], *q = &y->members.items[i];
    if (!str_eq(p->name, q->name) || !same(v, p->type, q->type))
      return false;
  }
  return same(v, x->key, y->key) && same(v, x->elem, y->elem) && same(v, x->err, y->err);
}

/* Whether two parts are one type in C; all parts have their entries before what they are part of. */
static bool same_entry(const view *v, const type *x, const type *y) {
  if (x == NULL || y == NULL || x->kind < TYPE_PRIMITIVES || y->kind < TYPE_PRIMITIVES)
    return x == y;
  return v->types[x->id] == v->types[y->id];
}

/* Whether two parts are one type in WIT, though anonymous ones may have two names in C. */
static bool same_shape(const view *v, const type *x, const type *y) {
  if (same_entry(v, x, y))
    return true;
  return x != NULL && y != NULL && x->kind >= TYPE_PRIMITIVES && y->kind >= TYPE_PRIMITIVES && x->name.len == 0 &&
         same_parts(v, x, y, same_shape);
}

/* Streams and futures are numbers in C, whatever the type they carry is called. */
static bool same_type(const view *v, const type *x, const type *y) {
  return same_parts(v, x, y, x->kind == TYPE_STREAM || x->kind == TYPE_FUTURE ? same_shape : same_entry);
}

/* The entry of an equal type under the same name, which then serves both. The model shares anonymous types within a
 * package, but the functions of one world can come from several; and one label can be imported and exported. */
static view_type *find_equal(view_builder *b, view_type *entry) {
  view_type *first = table_add(&b->named, entry->name, entry);
  return first != NULL && same_type(b->view, first->type, entry->type) ? first : NULL;
}

static void add_entry(view_builder *b, const type *t) {
  view *v = b->view;
  if (t->kind == TYPE_RESOURCE) {
    add_resource(b, t);
    claim_resource(b, v->resources[t->id]);
  }
  view_type *entry = arena_new(b->arena, view_type);
  *entry = (view_type){.type = t, .section = b->section, .word = type_word(b, t)};
  entry->is_shared = is_shared(v, t);
  choose_name(b, entry);
  v->types[t->id] = find_equal(b, entry);
  if (v->types[t->id] != NULL)
    return;
  v->types[t->id] = entry;
  entry->owns_memory = owns_memory(v, t);
  entry->owns_handles = owns_handles(v, t);
  entry->has_free = has_free(v, t);
  claim_entry(b, entry);
  vec_push(b->arena, &b->section->types, entry);
}

void view_add_type(view_builder *b, const type *t) {
  if (t == NULL)
    return;
  if (t->kind < TYPE_PRIMITIVES) {
    b->view->uses_string |= t->kind == TYPE_STRING;
    b->view->uses_error_context |= t->kind == TYPE_ERROR_CONTEXT;
    return;
  }
  if (b->view->types[t->id] != NULL)
    return;
  for (size_t i = 0; i < t->members.count; i++)
    view_add_type(b, t->members.items[i].type);
  view_add_type(b, t->key);
  view_add_type(b, t->elem);
  view_add_type(b, t->err);
  add_entry(b, t);
}

/* Drop functions */

/* Whether a handle inside has no drop function: streams and futures that no function of the world mentions. */
static bool part_is_stuck(const view *v, const type *part) {
  return part->kind >= TYPE_PRIMITIVES && v->types[part->id]->is_stuck;
}

static bool is_stuck(const view *v, const type *t) {
  if (t->kind == TYPE_STREAM || t->kind == TYPE_FUTURE)
    return v->types[t->id]->pipe == NULL;
  return !is_handle(t) && any_part(v, t, part_is_stuck);
}

static bool has_drop(const view_type *entry) {
  const type *t = type_resolve(entry->type);
  return entry->owns_handles && !entry->is_stuck && !is_handle(t) && t->kind != TYPE_ERROR_CONTEXT;
}

/* The names of drop functions are ours, not the reference tool's: they make way for anything else. */
static void name_drop(view_builder *b, view_type *entry) {
  entry->drop_name = str_format(b->arena, "%.*s_drop", STR_ARG(entry->stem));
  if (!entry->declared || !name_scope_has(&b->view->scope, entry->drop_name))
    return;
  diag_warning(b->diag, entry->type->at, "no function '%.*s' is declared, as another item has this name",
               STR_ARG(entry->drop_name));
  entry->drop_is_private = true;
  entry->drop_name = str_format(b->arena, "__%.*s_drop", STR_ARG(entry->stem));
}

void view_finish_types(view_builder *b) {
  view *v = b->view;
  if (v->options->no_helpers || v->side == SIDE_HOST) /* a host has its own */
    return;
  for (size_t s = 0; s < v->sections.count; s++) {
    view_type_vec types = v->sections.items[s]->types;
    for (size_t i = 0; i < types.count; i++) {
      view_type *entry = types.items[i];
      entry->is_stuck = is_stuck(v, entry->type);
      entry->has_drop = has_drop(entry);
      if (entry->has_drop)
        name_drop(b, entry);
    }
  }
}

/* Queries */

str view_type_name(const view *v, const type *t) {
  if (t->kind == TYPE_STRING)
    return str_format(v->arena, "%.*s_string_t", STR_ARG(v->snake));
  if (t->kind == TYPE_ERROR_CONTEXT)
    return str_format(v->arena, "%.*s_error_context_t", STR_ARG(v->snake));
  return t->kind < TYPE_PRIMITIVES ? str_of(names_scalar(t->kind)) : v->types[t->id]->name;
}

const view_type *view_type_of(const view *v, const type *t) {
  return t->kind < TYPE_PRIMITIVES ? NULL : v->types[t->id];
}

const view_resource *view_resource_of(const view *v, const type *t) {
  const type *r = type_resolve(t);
  if (r->kind == TYPE_OWN || r->kind == TYPE_BORROW)
    r = type_resolve(r->elem);
  return v->resources[r->id];
}

str view_map_entry_name(const view *v, const type *map) {
  return str_format(v->arena, "%.*s_entry_t", STR_ARG(v->types[map->id]->stem));
}

str view_free_name(const view *v, const type *t) {
  if (t->kind == TYPE_STRING)
    return str_format(v->arena, "%.*s_string_free", STR_ARG(v->snake));
  if (t->kind < TYPE_PRIMITIVES || !v->types[t->id]->has_free)
    return STR("");
  return str_format(v->arena, "%.*s_free", STR_ARG(v->types[t->id]->stem));
}

str view_drop_name(const view *v, const type *t) {
  return t->kind < TYPE_PRIMITIVES || !v->types[t->id]->has_drop ? STR("") : v->types[t->id]->drop_name;
}

bool view_owns_memory(const view *v, const type *t) {
  const view_type *vt = t ? view_type_of(v, t) : NULL;
  return vt ? vt->owns_memory : t && t->kind == TYPE_STRING;
}

bool view_by_pointer(const type *t) {
  switch (type_resolve(t)->kind) {
  case TYPE_STRING:
  case TYPE_RECORD:
  case TYPE_TUPLE:
  case TYPE_VARIANT:
  case TYPE_OPTION:
  case TYPE_RESULT:
  case TYPE_LIST:
  case TYPE_FIXED_LIST:
  case TYPE_MAP:
    return true;
  default:
    return false;
  }
}
