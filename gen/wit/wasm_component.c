/*
 * Wasm component: a walk through a component's sections that keeps its index spaces of types, functions, instances and
 * components. Core modules and what connects them are passed over, as are the bodies of components that nobody
 * instantiates.
 *
 * What an instance exports depends on what it was instantiated with, but only by way of resources: everything else has
 * its type written down. So the body of a component is read again for each of its instances, with resources that it
 * imports standing for those that it was given (`import_bind`). A few bytes can ask for many instances in that way; a
 * budget ends it.
 *
 * Nothing is validated that does not bear on the types: the core modules might not even run.
 *
 * Binary format: component-model design/mvp/Binary.md.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_component.h"

#include "wit/wasm_names.h"
#include "wit/wasm_scope.h"

enum {
  NESTING_LIMIT = 32,
  BUDGET = 16 << 20,   /* bytes that are looked into, first or again */
  BODY_COST = 1 << 10  /* for each body, on top of its bytes */
};

enum {
  SECTION_CUSTOM,
  SECTION_CORE_MODULE,
  SECTION_CORE_INSTANCE,
  SECTION_CORE_TYPE,
  SECTION_COMPONENT,
  SECTION_INSTANCE,
  SECTION_ALIAS,
  SECTION_TYPE,
  SECTION_CANON,
  SECTION_START,
  SECTION_IMPORT,
  SECTION_EXPORT
};

typedef enum sort_kind { SORT_CORE, SORT_FUNC, SORT_VALUE, SORT_TYPE, SORT_COMPONENT, SORT_INSTANCE } sort_kind;

/* Where a component stands in the file, and what it sees around it. */
struct component_body {
  size_t at, end;
  const scope *outer;
};

typedef struct component_reader {
  types_reader t;
  unsigned nesting;
  size_t budget;
} component_reader;

static wnode *body_read(component_reader *c, const struct component_body *body, const table *args);

/* One body under way. */
typedef struct frame {
  component_reader *c;
  types_reader *t;
  wasm_reader *r;
  scope *s;
  wnode *out;
  const table *args; /* wextern by name; NULL: nobody instantiates it, it is the file itself */
} frame;

/* Index spaces */

static wnode_vec *space_of(scope *s, sort_kind sort) {
  switch (sort) {
  case SORT_FUNC: return &s->funcs;
  case SORT_TYPE: return &s->types;
  case SORT_COMPONENT: return &s->components;
  default: return &s->instances;
  }
}

static sort_kind sort_read(frame *f) {
  uint8_t sort = reader_u8(f->r);
  if (sort == SORT_CORE)
    reader_u8(f->r); /* which one */
  else if (sort == SORT_VALUE || sort > SORT_INSTANCE)
    reader_fail(f->r, "values, or something newer, which are not read");
  return (sort_kind)sort;
}

/* `sort index`, as an item without a name. Its node is NULL for what is core. */
static wextern item_read(frame *f) {
  sort_kind sort = sort_read(f);
  uint32_t index = reader_u32(f->r);
  wextern e = {.is_type = sort == SORT_TYPE};
  if (sort == SORT_CORE || reader_failed(f->r))
    return e;
  const wnode_vec *space = space_of(f->s, sort);
  if (index >= space->count)
    reader_fail(f->r, "unknown index");
  else
    e.node = space->items[index];
  return e;
}

/* Gives an item the next index of its kind. */
static void item_push(frame *f, const wextern *e) {
  if (e->node == NULL)
    return;
  static const sort_kind sorts[] = {[WNODE_VALUE] = SORT_TYPE, [WNODE_RESOURCE] = SORT_TYPE, [WNODE_FUNC] = SORT_FUNC,
                               [WNODE_INSTANCE] = SORT_INSTANCE, [WNODE_COMPONENT] = SORT_COMPONENT};
  wnode_vec *space = space_of(f->s, e->is_type ? SORT_TYPE : sorts[e->node->kind]);
  vec_push(f->t->arena, space, e->node);
}

/* Types */

/* A resource of its own: representation and destructor do not matter. */
static wnode *resource_read(frame *f, bool has_callback) {
  uint8_t rep = reader_u8(f->r);
  if (rep != 0x7f && rep != 0x7e)
    reader_fail(f->r, "resource with an unknown representation");
  if (has_callback)
    reader_u32(f->r); /* the destructor, which is async */
  if (reader_u8(f->r) == 0x01)
    reader_u32(f->r);
  return scope_node_new(f->t, WNODE_RESOURCE);
}

static void type_section_read(frame *f) {
  uint32_t count = reader_count(f->r);
  for (uint32_t i = 0; i < count && !reader_failed(f->r); i++) {
    uint8_t opcode = f->r->at < f->r->end ? (uint8_t)f->r->bytes.ptr[f->r->at] : 0;
    bool is_resource = opcode == 0x3f || opcode == 0x3e;
    if (is_resource)
      reader_u8(f->r);
    wnode *n = is_resource ? resource_read(f, opcode == 0x3e) : scope_type_read(f->t, f->s);
    vec_push(f->t->arena, &f->s->types, n);
  }
}

/* Imports and exports */

/* Types may be bound more than once, but not to themselves. */
static bool is_behind(const wnode *n, const wnode *of) {
  while (of != NULL && of != n)
    of = of->alias;
  return of == n;
}

/* What `n` describes is given as `arg`: its types are those of `arg`. */
static void import_bind(frame *f, wnode *n, wnode *arg) {
  bool is_instance = n->kind == WNODE_INSTANCE;
  if (n->kind != arg->kind || n == arg)
    return;
  if ((n->kind == WNODE_VALUE || n->kind == WNODE_RESOURCE) && !is_behind(n, arg))
    n->alias = arg;
  for (size_t i = 0; is_instance && i < n->exports.count && !reader_failed(f->r); i++) {
    const wextern *e = &n->exports.items[i];
    const wextern *given = e->is_type ? scope_instance_find(f->t, arg, e->name) : NULL;
    if (given && given->is_type)
      import_bind(f, e->node, given->node);
  }
}

/* False: what is described is no part of a world. */
static bool desc_read(frame *f, wextern *e) {
  if (f->r->at < f->r->end && f->r->bytes.ptr[f->r->at] == SORT_CORE) {
    reader_u8(f->r);
    reader_u8(f->r);
    reader_u32(f->r);
    return false;
  }
  scope_extern_desc_read(f->t, f->s, e); /* gives types and instances their index */
  if (!reader_failed(f->r) && !e->is_type && e->node->kind != WNODE_INSTANCE)
    item_push(f, e);
  return !reader_failed(f->r);
}

/* A component that is given is what it is; the import only describes it. */
static void component_replace(frame *f, const wextern *e, wnode *arg) {
  if (e->node->kind == WNODE_COMPONENT && arg->kind == WNODE_COMPONENT)
    f->s->components.items[f->s->components.count - 1] = arg;
}

static void import_read(frame *f) {
  wextern e = {0};
  scope_extern_name_read(f->t, &e);
  bool is_item = desc_read(f, &e);
  if (!is_item)
    return;
  scope_name_claim(f->t, &f->s->import_names, e.name);
  if (f->args == NULL) {
    scope_extern_check_name(f->t, &e);
    if (e.is_type || e.node->kind != WNODE_COMPONENT)
      vec_push(f->t->arena, &f->out->imports, e);
    return;
  }
  const wextern *arg = table_get(f->args, e.name);
  if (arg == NULL || arg->node == NULL || arg->is_type != e.is_type) {
    reader_fail(f->r, "instance of a component without something that it imports");
    return;
  }
  import_bind(f, e.node, arg->node);
  component_replace(f, &e, arg->node);
}

/* An export is a new item, whose type may be described anew. */
static void export_read(frame *f) {
  wextern e = {0};
  scope_extern_name_read(f->t, &e);
  wextern item = item_read(f);
  uint8_t is_described = reader_u8(f->r);
  e.is_type = item.is_type;
  e.node = item.node;
  if (is_described == 0x01 && desc_read(f, &e) && item.node != NULL)
    import_bind(f, e.node, item.node);
  else if (item.is_type && item.node != NULL && !reader_failed(f->r))
    e.node = scope_alias_new(f->t, item.node);
  if (is_described != 0x01)
    item_push(f, &e);
  if (reader_failed(f->r))
    return;
  if (e.node == NULL && f->args == NULL)
    reader_fail(f->r, "export of a kind that WIT does not have");
  if (e.node == NULL)
    return;
  scope_extern_check_name(f->t, &e);
  scope_name_claim(f->t, &f->s->names, e.name);
  vec_push(f->t->arena, &f->out->exports, e);
}

/* Instances */

static void args_read(frame *f, table *args) {
  uint32_t count = reader_count(f->r);
  for (uint32_t i = 0; i < count && !reader_failed(f->r); i++) {
    wextern *arg = arena_new(f->t->arena, wextern);
    str name = reader_name(f->r);
    *arg = item_read(f);
    arg->name = name;
    if (arg->node != NULL && table_add(args, name, arg))
      reader_fail(f->r, "argument that is given twice");
  }
}

static wnode *instance_of(frame *f, const wnode *component, const table *args) {
  if (component->body != NULL)
    return body_read(f->c, component->body, args);
  wnode *n = scope_node_new(f->t, WNODE_INSTANCE);
  n->exports = component->exports;
  return n;
}

static wnode *instantiate_read(frame *f) {
  uint32_t index = reader_u32(f->r);
  wnode *n = NULL;
  table args;
  table_init(&args, f->t->arena);
  args_read(f, &args);
  if (index >= f->s->components.count)
    reader_fail(f->r, "unknown component index");
  else if (!reader_failed(f->r))
    n = instance_of(f, f->s->components.items[index], &args);
  table_release(&args);
  return n;
}

/* An instance of what is already there. */
static wnode *bundle_read(frame *f) {
  wnode *n = scope_node_new(f->t, WNODE_INSTANCE);
  uint32_t count = reader_count(f->r);
  for (uint32_t i = 0; i < count && !reader_failed(f->r); i++) {
    wextern named = {0};
    scope_extern_name_read(f->t, &named);
    wextern e = item_read(f);
    e.name = named.name;
    if (e.node != NULL)
      vec_push(f->t->arena, &n->exports, e);
  }
  return n;
}

static void instance_read(frame *f) {
  wnode *n = NULL;
  switch (reader_u8(f->r)) {
  case 0x00: n = instantiate_read(f); break;
  case 0x01: n = bundle_read(f); break;
  default: reader_fail(f->r, "unknown form of instance"); break;
  }
  if (n != NULL)
    vec_push(f->t->arena, &f->s->instances, n);
}

/* Aliases */

static void alias_outer_component(frame *f) {
  uint32_t count = reader_u32(f->r), index = reader_u32(f->r);
  const scope *s = f->s;
  for (; count > 0 && s; count--)
    s = s->outer;
  if (!s || index >= s->components.count) {
    reader_fail(f->r, "alias of a component that is not there");
    return;
  }
  vec_push(f->t->arena, &f->s->components, s->components.items[index]);
}

static void alias_export(frame *f, sort_kind sort) {
  const wextern *e = scope_alias_export_read(f->t, f->s);
  if (e == NULL)
    return;
  if (e->is_type != (sort == SORT_TYPE))
    reader_fail(f->r, "alias of an item of another kind");
  else
    item_push(f, e);
}

static void alias_outer(frame *f, sort_kind sort) {
  if (sort == SORT_COMPONENT) {
    alias_outer_component(f);
    return;
  }
  wnode *n = scope_alias_outer_read(f->t, f->s);
  if (n != NULL)
    vec_push(f->t->arena, &f->s->types, n);
}

static void alias_read(frame *f) {
  sort_kind sort = sort_read(f);
  uint8_t target = reader_u8(f->r);
  if (target == 0x00 && sort != SORT_CORE) {
    alias_export(f, sort);
  } else if (target == 0x02 && (sort == SORT_TYPE || sort == SORT_COMPONENT)) {
    alias_outer(f, sort);
  } else if (sort == SORT_CORE && target <= 0x02) { /* of something core: passed over */
    reader_u32(f->r);
    if (target == 0x02)
      reader_u32(f->r);
    else
      reader_name(f->r);
  } else {
    reader_fail(f->r, "unknown form of alias");
  }
}

/* Canonical functions: `lift` makes a function of the component, all others make core functions. */

/*
 * What stands behind the opcode, a letter each: r result list, o options, v type of a value, i index or flag. NULL:
 * unknown.
 */
static const char *canon_form(uint8_t opcode) {
  static const char *const forms[] = {
      [0x02] = "i",  [0x03] = "i",  [0x04] = "i",  [0x05] = "",   [0x06] = "i",  [0x07] = "i",  [0x08] = "",   [0x09] = "ro",
      [0x0a] = "vi", [0x0b] = "vi", [0x0c] = "i",  [0x0d] = "",   [0x0e] = "i",  [0x0f] = "io", [0x10] = "io", [0x11] = "ii",
      [0x12] = "ii", [0x13] = "i",  [0x14] = "i",  [0x15] = "i",  [0x16] = "io", [0x17] = "io", [0x18] = "ii", [0x19] = "ii",
      [0x1a] = "i",  [0x1b] = "i",  [0x1c] = "o",  [0x1d] = "o",  [0x1e] = "",   [0x1f] = "",   [0x20] = "ii", [0x21] = "ii",
      [0x22] = "",   [0x23] = "",   [0x24] = "",   [0x25] = "",   [0x26] = "",   [0x27] = "ii", [0x28] = "",   [0x29] = "i",
      [0x2a] = "i",  [0x2b] = "i",  [0x2c] = "i",  [0x2d] = "i",  [0x40] = "i",  [0x41] = "ii", [0x42] = ""};
  return opcode < sizeof forms / sizeof *forms ? forms[opcode] : NULL;
}

static void canon_options_read(frame *f) {
  uint32_t count = reader_count(f->r);
  for (uint32_t i = 0; i < count && !reader_failed(f->r); i++) {
    uint8_t option = reader_u8(f->r);
    if ((option >= 0x03 && option <= 0x05) || option == 0x07 || option == 0x08)
      reader_u32(f->r);
    else if (option > 0x09)
      reader_fail(f->r, "unknown option of a canonical function");
  }
}

static void canon_results_read(frame *f) {
  if (reader_u8(f->r) == 0x00)
    reader_s33(f->r);
  else
    reader_u8(f->r); /* no results */
}

static void canon_other_read(frame *f, uint8_t opcode) {
  const char *form = canon_form(opcode);
  if (form == NULL) {
    reader_fail(f->r, "unknown canonical function");
    return;
  }
  for (; *form; form++) {
    switch (*form) {
    case 'r': canon_results_read(f); break;
    case 'o': canon_options_read(f); break;
    case 'v': reader_s33(f->r); break;
    default: reader_u32(f->r); break;
    }
  }
}

static void canon_read(frame *f) {
  uint8_t opcode = reader_u8(f->r);
  if (opcode > 0x01) {
    canon_other_read(f, opcode);
    return;
  }
  reader_u8(f->r);
  reader_u32(f->r);
  canon_options_read(f);
  if (opcode == 0x00) {
    wnode *n = scope_type_of_kind(f->t, f->s, WNODE_FUNC);
    vec_push(f->t->arena, &f->s->funcs, n);
  }
}

/* Sections */

static void items_read(frame *f, void (*item)(frame *f)) {
  uint32_t count = reader_count(f->r);
  for (uint32_t i = 0; i < count && !reader_failed(f->r); i++)
    item(f);
}

/* A component inside: kept for when it is instantiated. */
static void nested_read(frame *f) {
  struct component_body *body = arena_new(f->t->arena, struct component_body);
  wnode *n = scope_node_new(f->t, WNODE_COMPONENT);
  *body = (struct component_body){f->r->at, f->r->end, f->s};
  n->body = body;
  vec_push(f->t->arena, &f->s->components, n);
  f->r->at = f->r->end;
}

static void custom_read(frame *f) {
  str name = reader_name(f->r);
  if (f->args == NULL && !reader_failed(f->r) && str_eq_c(name, "package-docs")) {
    if (f->t->out->has_docs)
      reader_fail(f->r, "more than one section 'package-docs'");
    f->t->out->has_docs = true;
    f->t->out->docs = str_sub(f->r->bytes, f->r->at, f->r->end);
  }
  if (!reader_failed(f->r))
    f->r->at = f->r->end;
}

static void section_body_read(frame *f, uint8_t id) {
  switch (id) {
  case SECTION_CUSTOM: custom_read(f); break;
  case SECTION_CORE_MODULE:
  case SECTION_CORE_INSTANCE:
  case SECTION_CORE_TYPE: f->r->at = f->r->end; break;
  case SECTION_COMPONENT: nested_read(f); break;
  case SECTION_INSTANCE: items_read(f, instance_read); break;
  case SECTION_ALIAS: items_read(f, alias_read); break;
  case SECTION_TYPE: type_section_read(f); break;
  case SECTION_CANON: items_read(f, canon_read); break;
  case SECTION_IMPORT: items_read(f, import_read); break;
  case SECTION_EXPORT: items_read(f, export_read); break;
  default: reader_fail(f->r, "section of a kind that is not read"); break;
  }
}

/* False, with the failure in the reader, when too much was read. */
static bool budget_take(component_reader *c, size_t bytes) {
  if (bytes > c->budget)
    return reader_fail(c->t.r, "components are instantiated too often");
  c->budget -= bytes;
  return true;
}

/* Sections that are passed over cost nothing, however large they are. */
static bool section_pay(frame *f, uint8_t id, uint32_t size) {
  return id == SECTION_CUSTOM || id == SECTION_CORE_MODULE || id == SECTION_COMPONENT || budget_take(f->c, size);
}

static void section_read(frame *f) {
  wasm_reader *r = f->r;
  size_t whole = r->end;
  uint8_t id = reader_u8(r);
  uint32_t size = reader_u32(r);
  if (size > whole - r->at)
    reader_fail(r, "section is longer than the file");
  if (reader_failed(r) || !section_pay(f, id, size))
    return;
  r->end = r->at + size;
  section_body_read(f, id);
  if (r->at != r->end)
    reader_fail(r, "bytes left over in a section");
  r->end = whole;
}

static bool header_read(wasm_reader *r) {
  static const char header[] = "\0asm\x0d\0\x01\0";
  if (r->end - r->at < 8 || !str_eq(str_sub(r->bytes, r->at, r->at + 8), (str){header, 8}))
    return reader_fail(r, "not a component of a known version");
  r->at += 8;
  return true;
}

static void sections_read(component_reader *c, const struct component_body *body, const table *args, wnode *out) {
  scope *s = arena_new(c->t.arena, scope); /* components inside may outlive the reading */
  frame f = {.c = c, .t = &c->t, .r = c->t.r, .s = s, .out = out, .args = args};
  s->outer = body->outer;
  table_init(&s->names, c->t.arena);
  table_init(&s->import_names, c->t.arena);
  if (header_read(f.r)) {
    while (f.r->at < f.r->end && !reader_failed(f.r))
      section_read(&f);
  }
  table_release(&s->names);
  table_release(&s->import_names);
}

/* Reads a body wherever the reader stands, which stands there again afterwards. */
static wnode *body_read(component_reader *c, const struct component_body *body, const table *args) {
  wasm_reader *r = c->t.r;
  wnode *out = scope_node_new(&c->t, args == NULL ? WNODE_COMPONENT : WNODE_INSTANCE);
  size_t at = r->at, end = r->end;
  if (c->nesting == NESTING_LIMIT)
    reader_fail(r, "components are nested too deep");
  if (reader_failed(r) || !budget_take(c, BODY_COST))
    return out;
  c->nesting++;
  r->at = body->at;
  r->end = body->end;
  sections_read(c, body, args, out);
  c->nesting--;
  r->end = end;
  r->at = reader_failed(r) ? end : at;
  return out;
}

wnode *wasm_component_read(wasm_reader *r, arena *a, wasm_types *remarks) {
  component_reader c = {.t = {.r = r, .arena = a, .out = remarks}, .budget = BUDGET};
  const struct component_body whole = {r->at, r->end, NULL};
  *remarks = (wasm_types){0};
  wnode *n = body_read(&c, &whole, NULL);
  for (size_t i = 0; i < c.t.indexed.count; i++)
    table_release(c.t.indexed.items[i]->by_name);
  return reader_failed(r) ? NULL : n;
}

/* A WIT package has types, exports of them, and remarks; a component that runs has something else, or nothing. */
bool wasm_component_is(str bytes) {
  wasm_reader r;
  bool has_exports = false;
  wasm_reader_init(&r, bytes);
  if (!header_read(&r))
    return false;
  while (r.at < r.end && !reader_failed(&r)) {
    uint8_t id = reader_u8(&r);
    uint32_t size = reader_u32(&r);
    if (size > r.end - r.at)
      return false;
    has_exports |= id == SECTION_EXPORT;
    if (id != SECTION_CUSTOM && id != SECTION_TYPE && id != SECTION_EXPORT)
      return true;
    r.at += size;
  }
  return !has_exports && !reader_failed(&r);
}
