/*
 * Wasm types: sections, type definitions and declarators of a component binary.
 *
 * `scope` is one index space: of the component itself, of a component type or of an instance type. `value_read`,
 * `func_read` and `scope_read` read the three families of types; `decl_*` the declarators inside component and instance
 * types. What a WIT package never holds (core types, values, nested components as such, instantiations) is refused.
 *
 * Binary format: component-model design/mvp/Binary.md.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_names.h"
#include "wit/wasm_scope.h"

enum {
  SCOPE_DEPTH_LIMIT = 16, /* a package needs three: component, world, instance */
  VALUE_DEPTH_LIMIT = 97, /* as the reference validator: 100 with the function, instance and world around */
  ALIAS_LIMIT = 1000,     /* in a row; as for packages in text */
  FLAGS_LIMIT = 32
};

wnode *scope_node_new(types_reader *t, wnode_kind kind) {
  wnode *n = arena_new(t->arena, wnode);
  n->kind = kind;
  return n;
}

static wnode *scope_type(types_reader *t, const scope *s, uint32_t index) {
  if (index < s->types.count) {
    return s->types.items[index];
  }
  reader_fail(t->r, "unknown type index");
  return NULL;
}

wnode *scope_type_of_kind(types_reader *t, const scope *s, wnode_kind kind) {
  wnode *n = scope_type(t, s, reader_u32(t->r));
  if (n && n->kind != kind) {
    reader_fail(t->r, "type of another kind than needed");
    return NULL;
  }
  return n;
}

/* Values */

static bool primitive_of(uint8_t opcode, type_kind *out) {
  static const uint8_t opcodes[TYPE_PRIMITIVES] = {
      [TYPE_BOOL] = 0x7f, [TYPE_S8] = 0x7e,   [TYPE_U8] = 0x7d,     [TYPE_S16] = 0x7c,          [TYPE_U16] = 0x7b,
      [TYPE_S32] = 0x7a,  [TYPE_U32] = 0x79,  [TYPE_S64] = 0x78,    [TYPE_U64] = 0x77,          [TYPE_F32] = 0x76,
      [TYPE_F64] = 0x75,  [TYPE_CHAR] = 0x74, [TYPE_STRING] = 0x73, [TYPE_ERROR_CONTEXT] = 0x64};
  for (type_kind kind = 0; kind < TYPE_PRIMITIVES; kind++) {
    if (opcodes[kind] == opcode) {
      *out = kind;
      return true;
    }
  }
  return false;
}

static wref wref_read(types_reader *t, const scope *s) {
  int64_t code = reader_s33(t->r);
  wref ref = {.present = true};
  if (code >= 0) {
    ref.node = scope_type(t, s, (uint32_t)code);
    if (ref.node && ref.node->kind != WNODE_VALUE) {
      reader_fail(t->r, "not a value type");
    } else if (ref.node && ref.node->value == TYPE_ALIAS && !ref.node->alias) {
      ref = ref.node->elem; /* a primitive that has an index but no name */
    }
  } else if (code < -0x40 || !primitive_of((uint8_t)(code + 0x80), &ref.primitive)) {
    reader_fail(t->r, "unknown primitive type");
  }
  return ref;
}

static wref wref_read_optional(types_reader *t, const scope *s) {
  switch (reader_u8(t->r)) {
  case 0x00: return (wref){0};
  case 0x01: return wref_read(t, s);
  default: reader_fail(t->r, "neither absent nor present"); return (wref){0};
  }
}

static str kebab_read(types_reader *t) {
  str name = reader_name(t->r);
  if (!wasm_name_is_kebab(name)) {
    reader_fail(t->r, "not a kebab-case name");
  }
  return name;
}

/* Plain names are the same without case and hyphens, interface ids only as they are. */
void scope_name_claim(types_reader *t, table *names, str name) {
  bool is_id = str_find(name, ':', 0) < name.len;
  str key = is_id ? name : wasm_name_key(t->arena, name);
  if (!reader_failed(t->r) && table_add(names, key, t)) {
    reader_fail(t->r, "name conflicts with an earlier one");
  }
}

typedef enum member_form { MEMBER_NAMED, MEMBER_NAME_ONLY, MEMBER_TYPE_ONLY, MEMBER_CASE } member_form;

static wmember member_read(types_reader *t, const scope *s, member_form form) {
  wmember m = {0};
  if (form != MEMBER_TYPE_ONLY) {
    m.name = kebab_read(t);
  }
  if (form == MEMBER_CASE) {
    m.type = wref_read_optional(t, s);
    if (reader_u8(t->r) != 0x00) {
      reader_fail(t->r, "case refines another");
    }
  } else if (form != MEMBER_NAME_ONLY) {
    m.type = wref_read(t, s);
  }
  return m;
}

static void members_read(types_reader *t, const scope *s, member_form form, wmember_vec *out) {
  table names;
  table_init(&names, t->arena);
  uint32_t count = reader_count(t->r);
  for (uint32_t i = 0; i < count && !reader_failed(t->r); i++) {
    wmember m = member_read(t, s, form);
    if (form != MEMBER_TYPE_ONLY) {
      scope_name_claim(t, &names, m.name);
    }
    vec_push(t->arena, out, m);
  }
  table_release(&names);
}

static void nonempty_members_read(types_reader *t, const scope *s, member_form form, wnode *n) {
  members_read(t, s, form, &n->members);
  if (n->members.count == 0) {
    reader_fail(t->r, "type without parts");
  }
}

static void map_read(types_reader *t, const scope *s, wnode *n) {
  n->key = wref_read(t, s);
  n->elem = wref_read(t, s);
  bool is_float = n->key.primitive == TYPE_F32 || n->key.primitive == TYPE_F64;
  if (n->key.node || is_float || n->key.primitive == TYPE_ERROR_CONTEXT) {
    reader_fail(t->r, "not a type for map keys");
  }
}

static void fixed_list_read(types_reader *t, const scope *s, wnode *n) {
  n->elem = wref_read(t, s);
  n->length = reader_u32(t->r);
  if (n->length == 0) {
    reader_fail(t->r, "list of length zero");
  }
}

static void handle_read(types_reader *t, const scope *s, wnode *n) {
  n->elem = (wref){.present = true, .node = scope_type_of_kind(t, s, WNODE_RESOURCE)};
  n->has_borrow = n->value == TYPE_BORROW;
}

static void flags_read(types_reader *t, const scope *s, wnode *n) {
  nonempty_members_read(t, s, MEMBER_NAME_ONLY, n);
  if (n->members.count > FLAGS_LIMIT) {
    reader_fail(t->r, "more than 32 flags");
  }
}

static void value_body_read(types_reader *t, const scope *s, wnode *n) {
  switch (n->value) {
  case TYPE_RECORD: nonempty_members_read(t, s, MEMBER_NAMED, n); break;
  case TYPE_VARIANT: nonempty_members_read(t, s, MEMBER_CASE, n); break;
  case TYPE_TUPLE: nonempty_members_read(t, s, MEMBER_TYPE_ONLY, n); break;
  case TYPE_ENUM: nonempty_members_read(t, s, MEMBER_NAME_ONLY, n); break;
  case TYPE_FLAGS: flags_read(t, s, n); break;
  case TYPE_OWN:
  case TYPE_BORROW: handle_read(t, s, n); break;
  case TYPE_MAP: map_read(t, s, n); break;
  case TYPE_FIXED_LIST: fixed_list_read(t, s, n); break;
  case TYPE_RESULT:
    n->elem = wref_read_optional(t, s);
    n->err = wref_read_optional(t, s);
    break;
  case TYPE_FUTURE:
  case TYPE_STREAM: n->elem = wref_read_optional(t, s); break;
  default: n->elem = wref_read(t, s); break;
  }
}

/* Takes over what the whole has from a part. */
static void part_account(wnode *n, const wref *part) {
  uint8_t depth = part->node ? part->node->depth : 1;
  if (part->present && depth >= n->depth) {
    n->depth = (uint8_t)(depth + 1);
  }
  n->has_borrow = n->has_borrow || (part->node && part->node->has_borrow);
}

static void parts_account(types_reader *t, wnode *n) {
  n->depth = 1;
  for (size_t i = 0; i < n->members.count; i++) {
    part_account(n, &n->members.items[i].type);
  }
  part_account(n, &n->key);
  part_account(n, &n->elem);
  part_account(n, &n->err);
  bool is_pipe = n->kind == WNODE_VALUE && (n->value == TYPE_STREAM || n->value == TYPE_FUTURE);
  if (n->depth > VALUE_DEPTH_LIMIT) {
    reader_fail(t->r, "types are nested too deep");
  } else if (is_pipe && n->has_borrow) {
    reader_fail(t->r, "borrowed handle in a stream or future");
  } else if (is_pipe && n->elem.present && !n->elem.node && n->elem.primitive == TYPE_CHAR && n->value == TYPE_STREAM) {
    reader_fail(t->r, "stream of characters");
  }
}

/* The type constructor of an opcode, or false. */
static bool constructor_of(uint8_t opcode, type_kind *out) {
  static const struct {
    uint8_t opcode;
    type_kind kind;
  } rows[] = {{0x72, TYPE_RECORD}, {0x71, TYPE_VARIANT}, {0x70, TYPE_LIST},       {0x6f, TYPE_TUPLE},
              {0x6e, TYPE_FLAGS},  {0x6d, TYPE_ENUM},    {0x6b, TYPE_OPTION},     {0x6a, TYPE_RESULT},
              {0x69, TYPE_OWN},    {0x68, TYPE_BORROW},  {0x67, TYPE_FIXED_LIST}, {0x66, TYPE_STREAM},
              {0x65, TYPE_FUTURE}, {0x63, TYPE_MAP}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (rows[i].opcode == opcode) {
      *out = rows[i].kind;
      return true;
    }
  }
  return false;
}

static wnode *value_read(types_reader *t, const scope *s, uint8_t opcode) {
  wnode *n = scope_node_new(t, WNODE_VALUE);
  n->elem.present = true;
  n->value = TYPE_ALIAS;
  if (!primitive_of(opcode, &n->elem.primitive)) {
    n->elem = (wref){0};
    if (!constructor_of(opcode, &n->value)) {
      reader_fail(t->r, "unknown kind of type");
      return n;
    }
    value_body_read(t, s, n);
  }
  parts_account(t, n);
  return n;
}

/* Functions */

static void func_result_read(types_reader *t, const scope *s, wnode *n) {
  switch (reader_u8(t->r)) {
  case 0x00: n->elem = wref_read(t, s); break;
  case 0x01:
    if (reader_u8(t->r) != 0x00) {
      reader_fail(t->r, "several results");
    }
    break;
  default: reader_fail(t->r, "unknown form of results"); break;
  }
  if (n->elem.node && n->elem.node->has_borrow) {
    reader_fail(t->r, "borrowed handle in a result");
  }
}

static wnode *func_read(types_reader *t, const scope *s, bool is_async) {
  wnode *n = scope_node_new(t, WNODE_FUNC);
  n->is_async = is_async;
  members_read(t, s, MEMBER_NAMED, &n->members);
  func_result_read(t, s, n);
  return n;
}

/* Imports and exports */

static void extern_options_read(types_reader *t, wextern *e) {
  uint32_t count = reader_count(t->r);
  for (uint32_t i = 0; i < count && !reader_failed(t->r); i++) {
    uint8_t option = reader_u8(t->r);
    str text = reader_name(t->r);
    switch (option) {
    case 0x00: e->implements = text; break;
    case 0x01: e->version_suffix = text; break;
    case 0x02:
      e->has_external_id = true;
      e->external_id = text;
      break;
    default: reader_fail(t->r, "unknown attribute of a name"); break;
    }
  }
}

void scope_extern_name_read(types_reader *t, wextern *e) {
  uint8_t form = reader_u8(t->r);
  e->name = reader_name(t->r);
  if (form == 0x02) {
    extern_options_read(t, e);
  } else if (form > 0x01) {
    reader_fail(t->r, "unknown form of a name");
  }
}

wnode *scope_alias_new(types_reader *t, const wnode *of) {
  wnode *n = scope_node_new(t, WNODE_VALUE);
  if (!of || (of->kind != WNODE_VALUE && of->kind != WNODE_RESOURCE)) {
    reader_fail(t->r, "neither a value type nor a resource");
    return n;
  }
  *n = *of;
  n->alias = of;
  n->mapped = NULL;
  if (++n->aliases > ALIAS_LIMIT) {
    reader_fail(t->r, "too many aliases of aliases");
  }
  return n;
}

/* `(type (eq i))` or `(type (sub resource))`: a new node either way. */
static wnode *type_bound_read(types_reader *t, const scope *s) {
  uint8_t bound = reader_u8(t->r);
  if (bound == 0x01) {
    return scope_node_new(t, WNODE_RESOURCE);
  }
  if (bound != 0x00) {
    reader_fail(t->r, "unknown bound of a type");
  }
  return scope_alias_new(t, scope_type(t, s, reader_u32(t->r)));
}

/* Reads what stands behind the name, and gives it the next index of its kind. */
void scope_extern_desc_read(types_reader *t, scope *s, wextern *e) {
  switch (reader_u8(t->r)) {
  case 0x01: e->node = scope_type_of_kind(t, s, WNODE_FUNC); break;
  case 0x03:
    e->is_type = true;
    e->node = type_bound_read(t, s);
    vec_push(t->arena, &s->types, e->node);
    break;
  case 0x04: e->node = scope_type_of_kind(t, s, WNODE_COMPONENT); break;
  case 0x05:
    e->node = scope_type_of_kind(t, s, WNODE_INSTANCE);
    vec_push(t->arena, &s->instances, e->node);
    break;
  default: reader_fail(t->r, "import or export of a kind that WIT does not have"); break;
  }
}

void scope_extern_check_name(types_reader *t, const wextern *e) {
  wasm_func_name parts;
  bool is_func = e->node && e->node->kind == WNODE_FUNC && !e->is_type;
  bool is_plain = wasm_name_is_kebab(e->name);
  if (is_func && !wasm_name_parse_func(e->name, &parts)) {
    reader_fail(t->r, "not a function's name");
  } else if (e->is_type && !is_plain) {
    reader_fail(t->r, "not a type's name");
  }
}

static wextern extern_read(types_reader *t, scope *s, table *names) {
  wextern e = {0};
  scope_extern_name_read(t, &e);
  scope_extern_desc_read(t, s, &e);
  scope_extern_check_name(t, &e);
  scope_name_claim(t, names, e.name);
  return e;
}

/* Aliases */

static void instance_index(types_reader *t, wnode *instance) {
  instance->by_name = arena_new(t->arena, table);
  table_init(instance->by_name, t->arena);
  for (size_t i = 0; i < instance->exports.count; i++) {
    wextern *e = &instance->exports.items[i];
    table_add(instance->by_name, e->name, e);
  }
  vec_push(t->arena, &t->indexed, instance);
}

const wextern *scope_instance_find(types_reader *t, wnode *instance, str name) {
  if (!instance->by_name) {
    instance_index(t, instance);
  }
  return table_get(instance->by_name, name);
}

const wextern *scope_alias_export_read(types_reader *t, const scope *s) {
  uint32_t instance = reader_u32(t->r);
  str name = reader_name(t->r);
  if (instance >= s->instances.count) {
    reader_fail(t->r, "unknown instance index");
    return NULL;
  }
  wnode *from = s->instances.items[instance];
  const wextern *e = from ? scope_instance_find(t, from, name) : NULL;
  if (!e) {
    reader_fail(t->r, "alias of something that the instance does not export");
  }
  return e;
}

static wnode *alias_type_read(types_reader *t, const scope *s) {
  const wextern *e = scope_alias_export_read(t, s);
  if (e && !e->is_type) {
    reader_fail(t->r, "alias of an item of another kind");
    return NULL;
  }
  return e ? e->node : NULL;
}

wnode *scope_alias_outer_read(types_reader *t, const scope *s) {
  uint32_t count = reader_u32(t->r);
  uint32_t index = reader_u32(t->r);
  for (; count > 0 && s; count--) {
    s = s->outer;
  }
  if (!s) {
    reader_fail(t->r, "alias of a scope further out than there are");
    return NULL;
  }
  return scope_type(t, s, index);
}

static void alias_read(types_reader *t, scope *s) {
  wnode *n = NULL;
  if (reader_u8(t->r) != 0x03) {
    reader_fail(t->r, "alias of something else than a type");
    return;
  }
  switch (reader_u8(t->r)) {
  case 0x00: n = alias_type_read(t, s); break;
  case 0x02: n = scope_alias_outer_read(t, s); break;
  default: reader_fail(t->r, "unknown form of alias"); break;
  }
  if (n) {
    vec_push(t->arena, &s->types, n);
  }
}

/* Component and instance types */

static void decl_read(types_reader *t, scope *s, wnode *n) {
  uint8_t decl = reader_u8(t->r);
  if (decl == 0x01) {
    wnode *made = scope_type_read(t, s);
    vec_push(t->arena, &s->types, made);
  } else if (decl == 0x02) {
    alias_read(t, s);
  } else if (decl == 0x03 && !s->is_instance) {
    wextern e = extern_read(t, s, &s->import_names);
    vec_push(t->arena, &n->imports, e);
  } else if (decl == 0x04) {
    wextern e = extern_read(t, s, &s->names);
    vec_push(t->arena, &n->exports, e);
  } else {
    reader_fail(t->r, "declaration of a kind that WIT does not have");
  }
}

static wnode *scope_read(types_reader *t, const scope *outer, bool is_instance) {
  wnode *n = scope_node_new(t, is_instance ? WNODE_INSTANCE : WNODE_COMPONENT);
  scope s = {.outer = outer, .depth = outer->depth + 1, .is_instance = is_instance};
  if (s.depth > SCOPE_DEPTH_LIMIT) {
    reader_fail(t->r, "component types are nested too deep");
    return n;
  }
  table_init(&s.names, t->arena);
  table_init(&s.import_names, t->arena);
  uint32_t count = reader_count(t->r);
  for (uint32_t i = 0; i < count && !reader_failed(t->r); i++) {
    decl_read(t, &s, n);
  }
  table_release(&s.names);
  table_release(&s.import_names);
  return n;
}

wnode *scope_type_read(types_reader *t, const scope *s) {
  uint8_t opcode = reader_u8(t->r);
  switch (opcode) {
  case 0x40: return func_read(t, s, false);
  case 0x43: return func_read(t, s, true);
  case 0x41: return scope_read(t, s, false);
  case 0x42: return scope_read(t, s, true);
  default: return value_read(t, s, opcode);
  }
}

/* Sections of the component itself */

static void type_section_read(types_reader *t, scope *s) {
  uint32_t count = reader_count(t->r);
  for (uint32_t i = 0; i < count && !reader_failed(t->r); i++) {
    wnode *n = scope_type_read(t, s);
    vec_push(t->arena, &s->types, n);
  }
}

static void export_read(types_reader *t, scope *s) {
  wextern e = {.is_type = true};
  scope_extern_name_read(t, &e);
  if (reader_u8(t->r) != 0x03) {
    reader_fail(t->r, "not a WIT package: it exports more than types");
  }
  e.node = scope_type_of_kind(t, s, WNODE_COMPONENT);
  if (reader_u8(t->r) != 0x00) {
    reader_fail(t->r, "export with a type of its own");
  }
  scope_name_claim(t, &s->names, e.name);
  vec_push(t->arena, &t->out->exports, e);
  if (e.node) {
    vec_push(t->arena, &s->types, e.node);
  }
}

static void export_section_read(types_reader *t, scope *s) {
  uint32_t count = reader_count(t->r);
  for (uint32_t i = 0; i < count && !reader_failed(t->r); i++) {
    export_read(t, s);
  }
}

static void custom_section_read(types_reader *t) {
  str name = reader_name(t->r);
  if (!reader_failed(t->r) && str_eq_c(name, "package-docs")) {
    if (t->out->has_docs) {
      reader_fail(t->r, "more than one section 'package-docs'");
    }
    t->out->has_docs = true;
    t->out->docs = str_sub(t->r->bytes, t->r->at, t->r->end);
  }
  t->r->at = t->r->end;
}

static void section_read(types_reader *t, scope *s) {
  wasm_reader *r = t->r;
  size_t whole = r->end;
  uint8_t id = reader_u8(r);
  uint32_t size = reader_u32(r);
  if (size > whole - r->at) {
    reader_fail(r, "section is longer than the file");
  }
  if (reader_failed(r)) {
    return;
  }
  r->end = r->at + size;
  switch (id) {
  case 0x00: custom_section_read(t); break;
  case 0x07: type_section_read(t, s); break;
  case 0x0b: export_section_read(t, s); break;
  default: reader_fail(r, "not a WIT package: it has sections of a component that runs"); break;
  }
  if (r->at != r->end) {
    reader_fail(r, "bytes left over in a section");
  }
  r->end = whole;
}

static bool header_read(wasm_reader *r) {
  static const char component[] = "\0asm\x0d\0\x01\0", module[] = "\0asm\1\0\0\0";
  str head = str_sub(r->bytes, 0, 8);
  if (str_eq(head, (str){module, 8})) {
    return reader_fail(r, "a core module, not a WIT package");
  }
  if (!str_eq(head, (str){component, 8})) {
    return reader_fail(r, "not a component of a known version");
  }
  r->at = 8;
  return true;
}

bool wasm_types_read(wasm_reader *r, arena *a, wasm_types *out) {
  *out = (wasm_types){0};
  types_reader t = {.r = r, .arena = a, .out = out};
  scope s = {0};
  table_init(&s.names, a);
  if (header_read(r)) {
    while (r->at < r->end && !reader_failed(r)) {
      section_read(&t, &s);
    }
  }
  table_release(&s.names);
  for (size_t i = 0; i < t.indexed.count; i++) {
    table_release(t.indexed.items[i]->by_name);
  }
  return !reader_failed(r);
}
