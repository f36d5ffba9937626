/*
 * Component world: a world written as a component type.
 *
 * The component type imports and exports what the world does. Types are numbered per scope; there are two, the world
 * itself and the instance type of the interface that is being written. `scope` collects the declarators of one;
 * `valtype_*` functions put a type and what it needs into the current scope and give its reference; `world_*` functions
 * go through imports and exports in order.
 *
 * A type of another interface is reached through that interface's instance: an alias in the world's scope, made once,
 * and an alias of that alias in the instance that uses it. Equal anonymous types of one scope are written once;
 * equality is that of the model, whose anonymous types are already shared where WIT shares them.
 *
 * Binary format: component-model design/mvp/Binary.md, Type Definitions.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/component_world.h"

#include <stdlib.h>

#include "abi/component_comment.h"
#include "abi/wasm_write.h"
#include "support/table.h"
#include "support/vec.h"

/* Declarators and extern kinds */
enum { DECL_TYPE = 0x01, DECL_ALIAS = 0x02, DECL_IMPORT = 0x03, DECL_EXPORT = 0x04 };
enum { EXTERN_FUNC = 0x01, EXTERN_TYPE = 0x03, EXTERN_INSTANCE = 0x05 };
enum { OP_INSTANCE = 0x42, OP_FUNC = 0x40, OP_ASYNC_FUNC = 0x43 };

/* Reference to a type in the binary format: an index, or a primitive's opcode as the negative number it stands for. */
typedef int64_t valtype;

#define PRIMITIVE(opcode) ((opcode)-0x80)

static const int8_t primitive_codes[TYPE_PRIMITIVES] = {
    [TYPE_BOOL] = PRIMITIVE(0x7f),   [TYPE_S8] = PRIMITIVE(0x7e),
    [TYPE_U8] = PRIMITIVE(0x7d),     [TYPE_S16] = PRIMITIVE(0x7c),
    [TYPE_U16] = PRIMITIVE(0x7b),    [TYPE_S32] = PRIMITIVE(0x7a),
    [TYPE_U32] = PRIMITIVE(0x79),    [TYPE_S64] = PRIMITIVE(0x78),
    [TYPE_U64] = PRIMITIVE(0x77),    [TYPE_F32] = PRIMITIVE(0x76),
    [TYPE_F64] = PRIMITIVE(0x75),    [TYPE_CHAR] = PRIMITIVE(0x74),
    [TYPE_STRING] = PRIMITIVE(0x73), [TYPE_ERROR_CONTEXT] = PRIMITIVE(0x64),
};

static const struct {
  uint8_t opcode;
  const char *word;
} defined[] = {
    [TYPE_RECORD] = {0x72, "record"}, [TYPE_VARIANT] = {0x71, "variant"}, [TYPE_LIST] = {0x70, "list"},
    [TYPE_TUPLE] = {0x6f, "tuple"},   [TYPE_FLAGS] = {0x6e, "flags"},     [TYPE_ENUM] = {0x6d, "enum"},
    [TYPE_OPTION] = {0x6b, "option"}, [TYPE_RESULT] = {0x6a, "result"},   [TYPE_OWN] = {0x69, "own"},
    [TYPE_BORROW] = {0x68, "borrow"}, [TYPE_FIXED_LIST] = {0x67, "list"}, [TYPE_STREAM] = {0x66, "stream"},
    [TYPE_FUTURE] = {0x65, "future"}, [TYPE_MAP] = {0x63, "map"},
};

/* Scopes */

/* Where a type of the model stands in the current instance scope; stale when `stamp` is another interface's. */
typedef struct type_slot {
  uint32_t stamp, index;
} type_slot;

typedef struct scope {
  section_line_vec lines;
  uint32_t depth;
  uint32_t decls, types; /* counts so far */
  uint32_t stamp;
  type_slot *slots;       /* by type id */
  table anonymous, funcs; /* key bytes -> index + 1 */
} scope;

typedef struct encoder {
  arena *arena;
  scope world, instance;
  scope *scope;               /* one of the two */
  const interface *interface; /* the one being written, or NULL */
  uint32_t *aliases;          /* by type id: index + 1 of the alias in the world's scope */
  uint32_t *instances;        /* by interface id: index + 1 of the newest instance */
  uint32_t instance_count;
  bool failed;
} encoder;

static void scope_start(scope *s, arena *a) {
  s->lines = (section_line_vec){0};
  s->decls = s->types = 0;
  s->stamp++;
  table_init(&s->anonymous, a);
  table_init(&s->funcs, a);
}

static void scope_end(scope *s) {
  table_release(&s->anonymous);
  table_release(&s->funcs);
}

/* Adds a declarator to the current scope. */
static void decl_add(encoder *e, const buf *bytes, str comment) {
  section_line line = {.bytes = buf_str(bytes), .comment = comment, .depth = e->scope->depth};
  vec_push(e->arena, &e->scope->lines, line);
  e->scope->decls++;
}

/* Adds a declarator that takes the next type index, and gives the index. */
static uint32_t decl_add_type(encoder *e, const buf *bytes, str comment) {
  decl_add(e, bytes, comment);
  return e->scope->types++;
}

static void decl_start(encoder *e, buf *b, uint8_t opcode) {
  buf_init(b, e->arena);
  buf_add_byte(b, (char)opcode);
}

/* Names of imports and exports */

typedef struct extern_name {
  str name;
  str implements; /* empty: none */
  bool has_external_id;
  str external_id;
} extern_name;

static void extern_name_write(buf *b, const extern_name *n) {
  bool implements = n->implements.len > 0;
  if (!implements && !n->has_external_id) {
    buf_add_byte(b, 0x00);
    wasm_write_name(b, n->name);
    return;
  }
  buf_add_byte(b, 0x02);
  wasm_write_name(b, n->name);
  buf_add_byte(b, (char)(implements + n->has_external_id));
  if (implements) {
    buf_add_byte(b, 0x00);
    wasm_write_name(b, n->implements);
  }
  if (n->has_external_id) {
    buf_add_byte(b, 0x02);
    wasm_write_name(b, n->external_id);
  }
}

static extern_name extern_name_of_type(const type *t) {
  return (extern_name){.name = t->name, .has_external_id = t->has_external_id, .external_id = t->external_id};
}

static extern_name extern_name_of_func(const func *f) {
  return (extern_name){.name = f->name, .has_external_id = f->has_external_id, .external_id = f->external_id};
}

static extern_name extern_name_of_interface(arena *a, const world_item *item) {
  extern_name n = {
      .name = world_item_key(a, item), .has_external_id = item->has_external_id, .external_id = item->external_id};
  if (item->name.len > 0) {
    n.implements = interface_id_text(a, item->interface);
  }
  return n;
}

/* Types */

static valtype valtype_encode(encoder *e, const type *t);

static void valtype_write(encoder *e, buf *b, const type *t) {
  wasm_write_s33(b, valtype_encode(e, t));
}

static void valtype_write_optional(encoder *e, buf *b, const type *t) {
  buf_add_byte(b, t ? 0x01 : 0x00);
  if (t) {
    valtype_write(e, b, t);
  }
}

/* Bytes that are equal for equal types: a primitive's kind or a type's id. */
static void key_add_type(buf *b, const type *t) {
  uint32_t word = !t ? UINT32_MAX : t->kind < TYPE_PRIMITIVES ? (uint32_t)t->kind : TYPE_PRIMITIVES + t->id;
  buf_add(b, (str){(const char *)&word, sizeof word});
}

static str key_of_type(arena *a, const type *t) {
  uint32_t head[] = {(uint32_t)t->kind, t->length};
  buf b;
  buf_init(&b, a);
  buf_add(&b, (str){(const char *)head, sizeof head});
  key_add_type(&b, t->key);
  key_add_type(&b, t->elem);
  key_add_type(&b, t->err);
  for (size_t i = 0; i < t->members.count; i++) {
    key_add_type(&b, t->members.items[i].type);
  }
  return buf_str(&b);
}

static str key_of_func(arena *a, const func *f) {
  buf b;
  buf_init(&b, a);
  buf_add_byte(&b, (char)f->is_async);
  key_add_type(&b, f->result);
  for (size_t i = 0; i < f->params.count; i++) {
    wasm_write_name(&b, f->params.items[i].name);
    key_add_type(&b, f->params.items[i].type);
  }
  return buf_str(&b);
}

static void index_remember(table *t, str key, uint32_t index) {
  table_add(t, key, (void *)((uintptr_t)index + 1));
}

/* False, or the index under `key`. */
static bool index_find(const table *t, str key, uint32_t *index) {
  void *found = table_get(t, key);
  *index = (uint32_t)((uintptr_t)found - 1);
  return found;
}

static void slot_set(scope *s, const type *t, uint32_t index) {
  s->slots[t->id] = (type_slot){s->stamp, index};
}

/* Puts everything that `t` is made of into the scope, so that its own declarator can follow. */
static void valtype_encode_parts(encoder *e, const type *t) {
  for (size_t i = 0; i < t->members.count; i++) {
    if (t->members.items[i].type) {
      valtype_encode(e, t->members.items[i].type);
    }
  }
  const type *parts[] = {t->key, t->elem, t->err};
  for (size_t i = 0; i < 3; i++) {
    if (parts[i]) {
      valtype_encode(e, parts[i]);
    }
  }
}

static void members_write(encoder *e, buf *b, const type *t) {
  wasm_write_u32(b, (uint32_t)t->members.count);
  for (size_t i = 0; i < t->members.count; i++) {
    const member *m = &t->members.items[i];
    if (t->kind != TYPE_TUPLE) {
      wasm_write_name(b, m->name);
    }
    if (t->kind == TYPE_RECORD || t->kind == TYPE_TUPLE) {
      valtype_write(e, b, m->type);
    }
    if (t->kind == TYPE_VARIANT) {
      valtype_write_optional(e, b, m->type);
      buf_add_byte(b, 0x00); /* refines no other case */
    }
  }
}

static void defined_write(encoder *e, buf *b, const type *t) {
  buf_add_byte(b, (char)defined[t->kind].opcode);
  switch (t->kind) {
  case TYPE_RECORD:
  case TYPE_TUPLE:
  case TYPE_VARIANT:
  case TYPE_ENUM:
  case TYPE_FLAGS: members_write(e, b, t); break;
  case TYPE_RESULT:
    valtype_write_optional(e, b, t->elem);
    valtype_write_optional(e, b, t->err);
    break;
  case TYPE_FUTURE:
  case TYPE_STREAM: valtype_write_optional(e, b, t->elem); break;
  case TYPE_OWN:
  case TYPE_BORROW: wasm_write_u32(b, (uint32_t)valtype_encode(e, t->elem)); break;
  case TYPE_MAP:
    valtype_write(e, b, t->key);
    valtype_write(e, b, t->elem);
    break;
  case TYPE_FIXED_LIST:
    valtype_write(e, b, t->elem);
    wasm_write_u32(b, t->length);
    break;
  default: valtype_write(e, b, t->elem); break; /* list, option */
  }
}

/* Comments name types by their number, which the scope knows. */
static int64_t valtype_of(void *encoder_, const type *t) {
  return valtype_encode(encoder_, t);
}

static component_comment comment_start(encoder *e) {
  return (component_comment){.arena = e->arena, .index = e->scope->types, .valtype = valtype_of, .encoder = e};
}

static uint32_t defined_encode(encoder *e, const type *t) {
  valtype_encode_parts(e, t);
  component_comment c = comment_start(e);
  buf b;
  decl_start(e, &b, DECL_TYPE);
  defined_write(e, &b, t);
  return decl_add_type(e, &b, comment_defined(&c, t, defined[t->kind].word));
}

/* A named primitive needs an entry of its own. */
static uint32_t primitive_define(encoder *e, const type *t, valtype code) {
  buf b;
  decl_start(e, &b, DECL_TYPE);
  wasm_write_s33(&b, code);
  return decl_add_type(
      e, &b, str_format(e->arena, "type %u: %s", e->scope->types, type_primitive_name(type_resolve(t)->kind)));
}

/* In an instance a named type is exported, in the world it is imported; either way it gets a new index. */
static uint32_t type_name_encode(encoder *e, const type *t, bool is_resource, uint32_t index) {
  bool in_world = e->scope == &e->world;
  extern_name name = extern_name_of_type(t);
  buf b;
  decl_start(e, &b, in_world ? DECL_IMPORT : DECL_EXPORT);
  extern_name_write(&b, &name);
  buf_add_byte(&b, EXTERN_TYPE);
  buf_add_byte(&b, is_resource ? 0x01 : 0x00);
  if (!is_resource) {
    wasm_write_u32(&b, index);
  }
  const char *verb = in_world ? "import" : "export";
  uint32_t own = e->scope->types;
  str comment = is_resource
                    ? str_format(e->arena, "type %u: %s resource \"%.*s\"", own, verb, STR_ARG(t->name))
                    : str_format(e->arena, "type %u: %s type \"%.*s\" = type %u", own, verb, STR_ARG(t->name), index);
  return decl_add_type(e, &b, comment);
}

/* The alias in the world's scope of a type that an imported or exported instance exports. */
static uint32_t alias_from_instance(encoder *e, const type *t) {
  if (e->aliases[t->id] > 0) {
    return e->aliases[t->id] - 1;
  }
  uint32_t instance = e->instances[t->owner.interface->id];
  if (instance == 0) {
    e->failed = true;
    return 0;
  }
  scope *current = e->scope;
  e->scope = &e->world;
  buf b;
  decl_start(e, &b, DECL_ALIAS);
  buf_add(&b, (str){"\x03\x00", 2}); /* a type, of an instance export */
  wasm_write_u32(&b, instance - 1);
  wasm_write_name(&b, t->name);
  uint32_t index = decl_add_type(e, &b,
                                 str_format(e->arena, "type %u: alias of \"%.*s\" in instance %u", e->scope->types,
                                            STR_ARG(t->name), instance - 1));
  e->scope = current;
  e->aliases[t->id] = index + 1;
  return index;
}

static uint32_t foreign_encode(encoder *e, const type *t) {
  uint32_t index = alias_from_instance(e, t);
  if (e->scope == &e->instance) {
    buf b;
    decl_start(e, &b, DECL_ALIAS);
    buf_add(&b, (str){"\x03\x02\x01", 3}); /* a type, of the scope one level up */
    wasm_write_u32(&b, index);
    index =
        decl_add_type(e, &b, str_format(e->arena, "type %u: alias of type %u of the world", e->scope->types, index));
  }
  slot_set(e->scope, t, index);
  return index;
}

static valtype named_encode(encoder *e, const type *t) {
  if (t->kind == TYPE_RESOURCE) {
    return type_name_encode(e, t, true, 0);
  }
  valtype code = t->kind == TYPE_ALIAS ? valtype_encode(e, t->elem) : defined_encode(e, t);
  uint32_t index = code < 0 ? primitive_define(e, t, code) : (uint32_t)code;
  return type_name_encode(e, t, false, index);
}

static valtype anonymous_encode(encoder *e, const type *t) {
  if (t->kind == TYPE_ALIAS) {
    return valtype_encode(e, t->elem);
  }
  str key = key_of_type(e->arena, t);
  uint32_t index;
  if (!index_find(&e->scope->anonymous, key, &index)) {
    index = defined_encode(e, t);
    index_remember(&e->scope->anonymous, key, index);
  }
  return index;
}

static valtype valtype_encode(encoder *e, const type *t) {
  if (t->kind < TYPE_PRIMITIVES) {
    return primitive_codes[t->kind];
  }
  const type_slot *slot = &e->scope->slots[t->id];
  if (slot->stamp == e->scope->stamp) {
    return slot->index;
  }
  if (t->owner.kind == OWNER_INTERFACE && t->owner.interface != e->interface) {
    return foreign_encode(e, t);
  }
  valtype code = t->name.len > 0 ? named_encode(e, t) : anonymous_encode(e, t);
  if (code >= 0) {
    slot_set(e->scope, t, (uint32_t)code);
  }
  return code;
}

/* Functions */

static void func_write(encoder *e, buf *b, const func *f) {
  buf_add_byte(b, f->is_async ? OP_ASYNC_FUNC : OP_FUNC);
  wasm_write_u32(b, (uint32_t)f->params.count);
  for (size_t i = 0; i < f->params.count; i++) {
    wasm_write_name(b, f->params.items[i].name);
    valtype_write(e, b, f->params.items[i].type);
  }
  if (f->result) {
    buf_add_byte(b, 0x00);
    valtype_write(e, b, f->result);
  } else {
    buf_add(b, (str){"\x01\x00", 2});
  }
}

static uint32_t func_type_encode(encoder *e, const func *f) {
  str key = key_of_func(e->arena, f);
  uint32_t index;
  if (index_find(&e->scope->funcs, key, &index)) {
    return index;
  }
  for (size_t i = 0; i < f->params.count; i++) {
    valtype_encode(e, f->params.items[i].type);
  }
  if (f->result) {
    valtype_encode(e, f->result);
  }
  component_comment c = comment_start(e);
  buf b;
  decl_start(e, &b, DECL_TYPE);
  func_write(e, &b, f);
  index = decl_add_type(e, &b, comment_func(&c, f));
  index_remember(&e->scope->funcs, key, index);
  return index;
}

/* `import` or `export` of a function or instance whose type has an index. */
static void extern_encode(encoder *e, uint8_t decl, const extern_name *name, uint8_t kind, uint32_t index) {
  const char *verb = decl == DECL_IMPORT ? "import" : "export", *word = kind == EXTERN_FUNC ? "func" : "instance";
  buf b, comment;
  decl_start(e, &b, decl);
  extern_name_write(&b, name);
  buf_add_byte(&b, (char)kind);
  wasm_write_u32(&b, index);
  buf_init(&comment, e->arena);
  buf_printf(&comment, "%s %s \"%.*s\": type %u", verb, word, STR_ARG(name->name), index);
  if (name->implements.len > 0) {
    buf_printf(&comment, ", implements \"%.*s\"", STR_ARG(name->implements));
  }
  decl_add(e, &b, buf_str(&comment));
}

/* Interfaces */

/* Functions in the order of the binary: those of resources first, as their resources stand among the types. */
typedef struct func_rank {
  uint32_t resource, position;
  const func *func;
} func_rank;

static int func_rank_compare(const void *a, const void *b) {
  const func_rank *x = a, *y = b;
  if (x->resource != y->resource) {
    return x->resource < y->resource ? -1 : 1;
  }
  return x->position < y->position ? -1 : x->position > y->position;
}

static void interface_funcs_encode(encoder *e, const interface *i) {
  func_rank *order = arena_new_array(e->arena, func_rank, i->funcs.count);
  for (size_t n = 0; n < i->funcs.count; n++) {
    const func *f = i->funcs.items[n];
    /* an index grows with the place among the types: each resource was given its own when the types were written */
    uint32_t rank = f->resource ? e->instance.slots[f->resource->id].index : UINT32_MAX;
    order[n] = (func_rank){rank, (uint32_t)n, f};
  }
  if (i->funcs.count > 1) {
    qsort(order, i->funcs.count, sizeof *order, func_rank_compare);
  }
  for (size_t n = 0; n < i->funcs.count; n++) {
    uint32_t index = func_type_encode(e, order[n].func);
    extern_name name = extern_name_of_func(order[n].func);
    extern_encode(e, DECL_EXPORT, &name, EXTERN_FUNC, index);
  }
}

static void lines_append(encoder *e, section_line_vec *to, const section_line_vec *from) {
  for (size_t i = 0; i < from->count; i++) {
    vec_push(e->arena, to, from->items[i]);
  }
}

/* Writes the instance type of `i` into the world's scope and returns its index. */
static uint32_t interface_encode(encoder *e, const interface *i) {
  scope_start(&e->instance, e->arena);
  e->scope = &e->instance;
  e->interface = i;
  for (size_t n = 0; n < i->types.count; n++) {
    valtype_encode(e, i->types.items[n]);
  }
  interface_funcs_encode(e, i);
  e->scope = &e->world;
  e->interface = NULL;
  buf b;
  decl_start(e, &b, DECL_TYPE);
  buf_add_byte(&b, OP_INSTANCE);
  wasm_write_u32(&b, e->instance.decls);
  uint32_t index = decl_add_type(e, &b, str_format(e->arena, "type %u: instance", e->scope->types));
  lines_append(e, &e->world.lines, &e->instance.lines);
  scope_end(&e->instance);
  e->instances[i->id] = ++e->instance_count;
  return index;
}

/* Worlds */

static void world_item_encode(encoder *e, uint8_t decl, const world_item *item) {
  switch (item->kind) {
  case ITEM_INTERFACE: {
    uint32_t index = interface_encode(e, item->interface);
    extern_name name = extern_name_of_interface(e->arena, item);
    extern_encode(e, decl, &name, EXTERN_INSTANCE, index);
    break;
  }
  case ITEM_FUNC: {
    uint32_t index = func_type_encode(e, item->func);
    extern_name name = extern_name_of_func(item->func);
    name.name = item->name;
    extern_encode(e, decl, &name, EXTERN_FUNC, index);
    break;
  }
  case ITEM_TYPE: valtype_encode(e, item->type); break;
  }
}

static void world_encode(encoder *e, const world *w) {
  scope_start(&e->world, e->arena);
  e->scope = &e->world;
  for (size_t i = 0; i < w->imports.count; i++) {
    world_item_encode(e, DECL_IMPORT, &w->imports.items[i]);
  }
  for (size_t i = 0; i < w->exports.count; i++) {
    world_item_encode(e, DECL_EXPORT, &w->exports.items[i]);
  }
  scope_end(&e->world);
}

bool component_world_encode(const model *m, const world *w, uint32_t depth, arena *a, component_world *out) {
  encoder e = {
      .arena = a,
      .world = {.depth = depth, .slots = arena_new_array(a, type_slot, m->types.count)},
      .instance = {.depth = depth + 1, .slots = arena_new_array(a, type_slot, m->types.count)},
      .aliases = arena_new_array(a, uint32_t, m->types.count),
      .instances = arena_new_array(a, uint32_t, m->interfaces.count),
  };
  world_encode(&e, w);
  *out = (component_world){.lines = e.world.lines, .decls = e.world.decls};
  return !e.failed;
}
